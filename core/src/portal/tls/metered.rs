//! How much a server may make us read, counted where all of it has to pass: at the deciphering of each TLS record.
//!
//! The HTTP client bounds bodies and heads but not what is between them: interim answers for ever, a megabyte of frames
//! around a kilobyte of chunks. Its sockets are its own, so the count is taken one layer up: the cipher suites are those
//! of the provider, and only their deciphering counts and, when the allowance is used up, fails; what was read until then
//! is lost with the connection, like any other that breaks.
//!
//! The allowance is the thread's: a client's runtime reads on the thread that waits for the answer. Plain `http` is not
//! counted; the profile allows it for this very machine alone.

use std::cell::Cell;
use std::sync::LazyLock;

use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, KeyBlockShape, MessageDecrypter,
    MessageEncrypter, Tls12AeadAlgorithm, Tls13AeadAlgorithm, UnsupportedOperationError,
};
use rustls::crypto::{CipherSuiteCommon, CryptoProvider};
use rustls::{ConnectionTrafficSecrets, Error, SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite};

/// What a record has besides its payload.
const RECORD_HEAD: usize = 5;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    static READ: Cell<u64> = const { Cell::new(0) };
}

/// Allows so many bytes from now on, for the connections that are read on this thread.
pub(in crate::portal) fn allow(bytes: usize) {
    LEFT.set(bytes);
}

/// Bytes that were read on this thread so far.
pub(in crate::portal) fn read() -> u64 {
    READ.get()
}

/// More was sent than was allowed.
pub(in crate::portal) fn is_used_up() -> bool {
    LEFT.get() == 0
}

/// The provider with suites that count.
pub(super) fn provider() -> CryptoProvider {
    static SUITES: LazyLock<Vec<SupportedCipherSuite>> = LazyLock::new(|| {
        rustls::crypto::ring::default_provider().cipher_suites.into_iter().map(counting).collect()
    });
    CryptoProvider { cipher_suites: SUITES.clone(), ..rustls::crypto::ring::default_provider() }
}

/// A suite that counts. It lives as long as the process, of which there is one of each.
fn counting(suite: SupportedCipherSuite) -> SupportedCipherSuite {
    match suite {
        SupportedCipherSuite::Tls12(suite) => {
            SupportedCipherSuite::Tls12(Box::leak(Box::new(Tls12CipherSuite {
                common: copy(&suite.common),
                prf_provider: suite.prf_provider,
                kx: suite.kx,
                sign: suite.sign,
                aead_alg: Box::leak(Box::new(Counting12(suite.aead_alg))),
            })))
        }
        SupportedCipherSuite::Tls13(suite) => {
            SupportedCipherSuite::Tls13(Box::leak(Box::new(Tls13CipherSuite {
                common: copy(&suite.common),
                hkdf_provider: suite.hkdf_provider,
                aead_alg: Box::leak(Box::new(Counting13(suite.aead_alg))),
                quic: None,
            })))
        }
    }
}

fn copy(common: &CipherSuiteCommon) -> CipherSuiteCommon {
    CipherSuiteCommon {
        suite: common.suite,
        hash_provider: common.hash_provider,
        confidentiality_limit: common.confidentiality_limit,
    }
}

struct Counting12(&'static dyn Tls12AeadAlgorithm);
struct Counting13(&'static dyn Tls13AeadAlgorithm);
struct Counting(Box<dyn MessageDecrypter>);

impl MessageDecrypter for Counting {
    fn decrypt<'a>(
        &mut self,
        message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let bytes = message.payload.len() + RECORD_HEAD;
        READ.set(READ.get().saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX)));
        LEFT.set(LEFT.get().saturating_sub(bytes));
        if is_used_up() {
            return Err(Error::General("more than any answer of the contract".to_owned()));
        }
        self.0.decrypt(message, sequence)
    }
}

impl Tls12AeadAlgorithm for Counting12 {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        self.0.encrypter(key, iv, extra)
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        Box::new(Counting(self.0.decrypter(key, iv)))
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        self.0.key_block_shape()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: &[u8],
        explicit: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv, explicit)
    }
}

impl Tls13AeadAlgorithm for Counting13 {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        self.0.encrypter(key, iv)
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        Box::new(Counting(self.0.decrypter(key, iv)))
    }

    fn key_len(&self) -> usize {
        self.0.key_len()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: Iv,
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv)
    }
}
