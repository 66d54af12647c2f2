//! Argon2id, at the configured cost.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::config::PasswordCost;
use crate::error::Broken;

/// Hashes and verifies passwords.
pub struct Passwords {
    argon2: Argon2<'static>,
    /// Verified for logins that do not exist, so that they take as long as those that do.
    nobody: String,
}

impl Passwords {
    /// At this cost.
    ///
    /// # Errors
    /// When Argon2 does not know the cost, or there is no randomness.
    pub fn new(cost: PasswordCost) -> Result<Self, Broken> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None);
        let params = params.map_err(|error| Broken::Hashing(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, "nobody has this one")?;
        Ok(Self { argon2, nobody })
    }

    /// The hash to be stored.
    ///
    /// # Errors
    /// When there is no randomness or no memory.
    pub fn hash(&self, password: &str) -> Result<String, Broken> {
        hash(&self.argon2, password)
    }

    /// Whether a password is the stored one; the same work, with the answer no, if there is none stored.
    ///
    /// # Errors
    /// When the stored hash is none.
    pub fn matches(&self, password: &str, stored: Option<&str>) -> Result<bool, Broken> {
        let parsed = PasswordHash::new(stored.unwrap_or(&self.nobody));
        let parsed = parsed.map_err(|error| Broken::Hashing(error.to_string()))?;
        let verified = self.argon2.verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(verified && stored.is_some())
    }

    /// A new hash, if the stored one was made at another cost.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub fn renewed(&self, password: &str, stored: &str) -> Result<Option<String>, Broken> {
        let cost = PasswordHash::new(stored).ok().and_then(|parsed| Params::try_from(&parsed).ok());
        let same = cost.is_some_and(|cost| {
            let wanted = self.argon2.params();
            (cost.m_cost(), cost.t_cost(), cost.p_cost())
                == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
        });
        if same { Ok(None) } else { self.hash(password).map(Some) }
    }
}

fn hash(argon2: &Argon2, password: &str) -> Result<String, Broken> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Broken::Randomness)?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| Broken::Hashing(error.to_string()))?;
    let hash = argon2.hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| Broken::Hashing(error.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords(passes: u32) -> Passwords {
        match Passwords::new(PasswordCost { memory_kib: 64, passes, lanes: 1 }) {
            Ok(passwords) => passwords,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_password_fits_its_own_hash_only_and_never_that_of_nobody() {
        let passwords = passwords(1);
        let stored = passwords.hash("right").unwrap_or_default();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert!(matches!(passwords.matches("right", Some(&stored)), Ok(true)));
        assert!(matches!(passwords.matches("wrong", Some(&stored)), Ok(false)));
        assert!(matches!(passwords.matches("nobody has this one", None), Ok(false)));
    }

    #[test]
    fn a_hash_of_another_cost_still_fits_and_is_renewed() {
        let (cheap, dear) = (passwords(1), passwords(2));
        let stored = cheap.hash("right").unwrap_or_default();
        assert!(matches!(dear.matches("right", Some(&stored)), Ok(true)));
        assert!(matches!(dear.renewed("right", &stored), Ok(Some(new)) if new.contains("t=2")));
        assert!(matches!(cheap.renewed("right", &stored), Ok(None)));
    }
}
