//! A mailer that puts letters into a folder: for the demonstration, or for a program that carries them on.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{Mail, MailError, Mailer};
use crate::auth::new_id;

/// Writes each letter into a file of its own, `….eml`, which only this user may read.
#[derive(Clone, Debug)]
pub struct FilesMailer {
    folder: PathBuf,
}

impl FilesMailer {
    /// Into this folder, made if it is missing.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn new(folder: &Path) -> std::io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    fn write(&self, name: &str, mail: &Mail) -> std::io::Result<()> {
        let (unfinished, done) = (self.folder.join(format!(".{name}")), self.folder.join(name));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        let Mail { to, subject, text } = mail;
        let head = [("To", to.as_str()), ("Subject", subject), ("Content-Type", "text/plain; charset=utf-8")];
        for (field, value) in head {
            write!(file, "{field}: {}\r\n", value.replace(['\r', '\n'], " "))?;
        }
        write!(file, "\r\n{}\r\n", text.replace('\n', "\r\n"))?;
        file.sync_all()?;
        fs::rename(unfinished, done)?;
        File::open(&self.folder)?.sync_all()
    }
}

impl Mailer for FilesMailer {
    fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let name = new_id().map_err(|error| MailError(error.to_string()))?;
        self.write(&format!("{name}.eml"), mail).map_err(|error| MailError(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_can_not_add_lines_to_its_own_head() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let mailer = FilesMailer::new(folder.path()).unwrap_or_else(|error| panic!("{error}"));
        let mail = Mail {
            to: "a@example.org\r\nBcc: b@example.org".to_owned(),
            subject: "Тема".to_owned(),
            text: "Раз.\nДва.".to_owned(),
        };
        assert!(mailer.send(&mail).is_ok());
        let files: Vec<_> = fs::read_dir(folder.path()).into_iter().flatten().flatten().collect();
        let written = fs::read_to_string(files[0].path()).unwrap_or_default();
        assert_eq!(
            written,
            "To: a@example.org  Bcc: b@example.org\r\nSubject: Тема\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\nРаз.\r\nДва.\r\n"
        );
        assert_eq!(files.len(), 1);
    }
}
