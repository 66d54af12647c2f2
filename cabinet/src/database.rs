//! Which database holds what the cabinet knows: a file, or a server that several cabinets share.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use postgres::config::SslMode;

/// Where the database is.
#[derive(Clone, Debug)]
pub enum Database {
    /// An SQLite file; made if missing.
    File(PathBuf),
    /// A PostgreSQL database; its tables are made if missing.
    Server(Server),
}

/// A PostgreSQL database and how to get to it. Its password is shown by nothing.
#[derive(Clone, Debug)]
pub struct Server(Box<postgres::Config>);

/// Why a text names no database. Says nothing of the text, in which a password may stand.
#[derive(Debug, thiserror::Error)]
pub enum NoDatabase {
    /// An address that is not understood.
    #[error("the database's address is not understood: {0}")]
    Address(String),
    /// It demands what this program does not have; better no way than an open one.
    #[error("the way to the database can't be encrypted here: use a Unix socket or a tunnel")]
    Tls,
    /// Neither a file nor PostgreSQL.
    #[error("a database is a file, or begins with postgres://")]
    Scheme,
}

impl FromStr for Database {
    type Err = NoDatabase;

    fn from_str(text: &str) -> Result<Self, NoDatabase> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            None => Ok(Self::File(text.into())),
            Some("postgres" | "postgresql") => Server::parse(text).map(Self::Server),
            Some(_) => Err(NoDatabase::Scheme),
        }
    }
}

impl From<PathBuf> for Database {
    fn from(file: PathBuf) -> Self {
        Self::File(file)
    }
}

impl From<&Path> for Database {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl Server {
    /// A server that is gone must not hold up requests for the minutes that TCP would.
    fn parse(url: &str) -> Result<Self, NoDatabase> {
        let mut config: postgres::Config =
            url.parse().map_err(|error: postgres::Error| NoDatabase::Address(error.to_string()))?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(NoDatabase::Tls);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(15));
        }
        if config.get_application_name().is_none() {
            config.application_name("cabinet");
        }
        Ok(Self(Box::new(config)))
    }

    pub(crate) fn config(&self) -> &postgres::Config {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_server_and_anything_else_a_file() {
        let named = |text: &str| text.parse::<Database>();
        assert!(matches!(named("postgres://cabinet@localhost/cabinet"), Ok(Database::Server(_))));
        assert!(matches!(named("postgresql:///cabinet?host=/run/postgresql"), Ok(Database::Server(_))));
        assert!(matches!(named("folder/cabinet.db"), Ok(Database::File(_))));
        let encrypted = named("postgres://cabinet@localhost/cabinet?sslmode=require");
        assert!(matches!(encrypted, Err(NoDatabase::Tls)));
        assert!(matches!(named("mysql://cabinet@localhost/cabinet"), Err(NoDatabase::Scheme)));
    }

    #[test]
    fn a_password_is_in_no_error_and_in_no_debug_output() {
        let good: Database = "postgres://cabinet:planted@localhost/cabinet".parse().expect("a server");
        assert!(!format!("{good:?}").contains("planted"), "{good:?}");
        for bad in [
            "postgre://cabinet:planted@localhost/cabinet",
            "postgres://cabinet:planted@localhost:port/cabinet",
            "postgres://cabinet:planted%@localhost/cabinet",
            "postgres://cabinet:planted@localhost/cabinet?no_such=planted",
            "postgres://cabinet:planted@localhost/cabinet?sslmode=planted",
            "postgres://cabinet:%FFplanted@localhost/cabinet",
        ] {
            match bad.parse::<Database>() {
                Ok(taken) => assert!(!format!("{taken:?}").contains("planted"), "{taken:?}"),
                Err(error) => assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}"),
            }
        }
    }
}
