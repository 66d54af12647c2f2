//! Random ids and tokens, and the hashes under which tokens are kept.

use sha2::{Digest, Sha256};

use crate::error::Broken;

/// A new token of 256 random bits, in hex.
pub fn new_token() -> Result<String, Broken> {
    random_hex::<32>()
}

/// A new id of 96 random bits, in hex: says nothing, and can't be guessed.
///
/// # Errors
/// When the operating system has no randomness.
pub fn new_id() -> Result<String, Broken> {
    random_hex::<12>()
}

/// Tokens are long and random, so a plain hash keeps them as well as a slow one would.
pub fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn random_hex<const BYTES: usize>() -> Result<String, Broken> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(Broken::Randomness)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
