//! Whom to trust: Mozilla's roots, compiled in, and the roots that the utility's profile names.
//!
//! The phone's own store is never asked: Russian utilities move to a national root that Android does not carry,
//! old phones lack new roots, and asking needs set-up that a library can't count on (ADR 0002).

pub(super) mod metered;

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// A root of the profile that is no certificate.
#[derive(Debug, thiserror::Error)]
#[error("an extra root of the profile is not a PEM certificate")]
pub struct BadRoot;

/// The TLS configuration for the utility's host.
///
/// # Errors
/// [`BadRoot`] when an extra root can't be read.
pub fn client_config(extra_roots: &[String]) -> Result<ClientConfig, BadRoot> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for pem in extra_roots {
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| BadRoot)?;
        roots.add(certificate).map_err(|_| BadRoot)?;
    }
    let provider = Arc::new(metered::provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| BadRoot)?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
