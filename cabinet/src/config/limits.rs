//! What costs time, and how often strangers may ask for it.

use serde::Deserialize;

/// Cost of Argon2id. The default is OWASP's first choice for servers with little memory to spare.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordCost {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// After so many wrong passwords within the time, the login waits until it is over.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInRules {
    /// Wrong passwords that are answered.
    pub failures: u32,
    /// Minutes from the first of them until all is forgotten.
    pub minutes: u32,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self { failures: 5, minutes: 15 }
    }
}

/// How often a new login may be asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRules {
    /// By one source: an address, behind which a whole house may be.
    pub of_one_source: u32,
    /// For one telephone or one address.
    pub for_one_contact: u32,
    /// Minutes from the first of them until all is forgotten.
    pub minutes: u32,
    /// A proxy stands before the cabinet, and the last address of `X-Forwarded-For` is the source.
    #[serde(default)]
    pub behind_a_proxy: bool,
}

impl Default for RecoveryRules {
    fn default() -> Self {
        Self { of_one_source: 20, for_one_contact: 3, minutes: 60, behind_a_proxy: false }
    }
}

/// Appeals without a token are everybody's, and must not fill the disk.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealRules {
    /// So many are taken within an hour.
    pub anonymous_an_hour: u32,
}

impl Default for AppealRules {
    fn default() -> Self {
        Self { anonymous_an_hour: 200 }
    }
}

/// Applications are everybody's, too.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRules {
    /// So many are taken within an hour.
    pub an_hour: u32,
}

impl Default for RegistrationRules {
    fn default() -> Self {
        Self { an_hour: 60 }
    }
}
