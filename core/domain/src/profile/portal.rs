//! The utility's server.

use serde::{Deserialize, Serialize};

use super::ProfileProblems;

/// Where the utility's server is and whom to trust about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// `https://host[:port][/path]`; plain `http` only for this very machine, for trying things out.
    pub base_url: String,
    /// PEM certificates trusted for this host besides Mozilla's roots.
    #[serde(default)]
    pub extra_roots: Vec<String>,
    /// The server knows a key that it has seen. Without it, what is in doubt is looked for in the utility's list before
    /// it goes again.
    #[serde(default = "yes")]
    pub honours_keys: bool,
}

const fn yes() -> bool {
    true
}

impl Portal {
    /// A server under an address, trusted as Mozilla's roots say.
    #[must_use]
    pub fn at(base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into(), extra_roots: Vec::new(), honours_keys: true }
    }

    pub(super) fn host(&self) -> &str {
        let after_scheme = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        after_scheme.split(['/', ':']).next().unwrap_or("")
    }

    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        if let Err(reason) = self.check_url() {
            problems.add("portal.base_url", reason);
        }
        for (index, pem) in self.extra_roots.iter().enumerate() {
            let framed = pem.trim().starts_with("-----BEGIN CERTIFICATE-----")
                && pem.trim().ends_with("-----END CERTIFICATE-----");
            problems.unless(framed, format!("portal.extra_roots[{index}]"), "is no certificate as PEM");
        }
    }

    fn check_url(&self) -> Result<(), &'static str> {
        let Some((scheme, rest)) = self.base_url.split_once("://") else {
            return Err("is not a web address");
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let host_is_fine = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            && host.starts_with(char::is_alphanumeric)
            && host.ends_with(char::is_alphanumeric);
        if !host_is_fine {
            return Err("has no host");
        }
        if port.is_some_and(|p| p.starts_with('+') || !p.parse::<u16>().is_ok_and(|port| port > 0)) {
            return Err("has no port of 1–65535 after the colon");
        }
        if path.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#')) {
            return Err("has more than a path after the host");
        }
        let this_machine = matches!(host, "127.0.0.1" | "localhost");
        match scheme {
            "https" => Ok(()),
            "http" if this_machine => Ok(()),
            _ => Err("must begin with https://"),
        }
    }
}
