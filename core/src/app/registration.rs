//! The application for an account: checked, made into a sheet, and forgotten.
//!
//! Nothing of the form is stored, queued or logged. The sheet leaves as bytes; whoever writes them makes a private file
//! of them, and deletes it once it has been printed or handed to the mail app.

use zeroize::Zeroizing;

use super::{App, Error, Letter};
use crate::documents::registration;
use crate::domain::{Office, RegistrationForm, RegistrationProblem};

/// What becomes of a form without a mistake.
pub struct RegistrationPapers {
    /// Title, in Russian.
    pub title: String,
    /// Name for the private file; it tells nothing.
    pub file_name: String,
    /// The letter that the sheet is attached to; none where the utility takes none.
    pub letter: Option<Letter>,
    /// Where to bring the sheet instead, as one writes it on a letter; none where that is not known.
    pub office: Option<String>,
    /// The sheet, as HTML in UTF-8; zeroed when this is dropped.
    pub html: Zeroizing<Vec<u8>>,
}

/// Why there are no papers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationError {
    /// The form has mistakes: show each at its field.
    #[error("{} fields of the application have mistakes", problems.len())]
    Form {
        /// Each field, and what is wrong with it, in the order of the form.
        problems: Vec<RegistrationProblem>,
    },
    /// What today is can't be told.
    #[error(transparent)]
    Storage(#[from] Error),
}

impl App {
    /// Checks the form and makes the sheet and the letter out of it.
    ///
    /// # Errors
    /// [`RegistrationError::Form`] names every field that has a mistake, and never a value.
    pub fn registration_papers(
        &self,
        form: &RegistrationForm,
    ) -> Result<RegistrationPapers, RegistrationError> {
        let today = self.calendar().date(self.now().map_err(Error::from)?);
        let checked = form.checked(today).map_err(|problems| RegistrationError::Form { problems })?;
        let (subject, body) = registration::letter(&self.profile.name, &checked.account);
        let contacts = &self.profile.contacts;
        Ok(RegistrationPapers {
            title: registration::TITLE.to_owned(),
            file_name: "registration.html".to_owned(),
            html: registration::html(&self.profile.name, &checked),
            letter: contacts.application_email.as_ref().map(|to| Letter { to: to.clone(), subject, body }),
            office: contacts.office.as_ref().map(|office: &Office| office.address.clone()),
        })
    }
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
