//! Certificates of every kind that a server can show.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    Good,
    Expired,
    NotYetValid,
    OtherHost,
    NameInSubjectAlone,
    SelfSigned,
    UnknownRoot,
    RootOfTheSameName,
    ForClientsOnly,
    IssuedByAServer,
    WithoutItsIssuer,
    TheRootItself,
}

/// The root that the profile names.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        Self(CertifiedIssuer::self_signed(issuer("The utility's root"), key()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server's configuration with a credential.
    pub fn config(&self, credential: Credential) -> Arc<ServerConfig> {
        let (chain, key) = self.credential(credential);
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        Arc::new(config)
    }

    fn credential(&self, credential: Credential) -> (Vec<CertificateDer<'static>>, KeyPair) {
        let key = key();
        let mut leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let by_root =
            |leaf: CertificateParams, key: &KeyPair| leaf.signed_by(key, &self.0).unwrap().der().clone();
        let chain = match credential {
            Credential::Good => vec![by_root(leaf, &key)],
            Credential::Expired => {
                (leaf.not_before, leaf.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
                vec![by_root(leaf, &key)]
            }
            Credential::NotYetValid => {
                (leaf.not_before, leaf.not_after) = (date_time_ymd(2150, 1, 1), date_time_ymd(2151, 1, 1));
                vec![by_root(leaf, &key)]
            }
            Credential::OtherHost => {
                let other = CertificateParams::new(vec!["cabinet.example".to_owned()]).unwrap();
                vec![by_root(other, &key)]
            }
            Credential::NameInSubjectAlone => {
                let mut nameless = CertificateParams::new(Vec::new()).unwrap();
                nameless.distinguished_name.push(DnType::CommonName, "localhost");
                vec![by_root(nameless, &key)]
            }
            Credential::SelfSigned => vec![leaf.self_signed(&key).unwrap().der().clone()],
            Credential::UnknownRoot => vec![by_another("Somebody's root", leaf, &key)],
            Credential::RootOfTheSameName => vec![by_another("The utility's root", leaf, &key)],
            Credential::ForClientsOnly => {
                leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
                vec![by_root(leaf, &key)]
            }
            Credential::IssuedByAServer => {
                let server_key = self::key();
                let server = CertificateParams::new(vec!["server.example".to_owned()]).unwrap();
                let shown = by_root(server.clone(), &server_key);
                let issued = leaf.signed_by(&key, &Issuer::new(server, server_key)).unwrap();
                vec![issued.der().clone(), shown]
            }
            Credential::WithoutItsIssuer => {
                let between = issuer("Between");
                vec![leaf.signed_by(&key, &Issuer::new(between, self::key())).unwrap().der().clone()]
            }
            Credential::TheRootItself => {
                let mut root = issuer("The utility's root");
                root.subject_alt_names = leaf.subject_alt_names;
                vec![by_root(root, &key)]
            }
        };
        (chain, key)
    }
}

fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

fn issuer(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn by_another(name: &str, leaf: CertificateParams, key: &KeyPair) -> CertificateDer<'static> {
    let root = CertifiedIssuer::self_signed(issuer(name), self::key()).unwrap();
    leaf.signed_by(key, &root).unwrap().der().clone()
}
