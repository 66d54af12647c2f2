//! Whom the client trusts: Mozilla's roots and the profile's, never the phone's store, and nobody else.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use vodomer_core::domain::Portal as Address;
use vodomer_core::portal::{Failure, Portal, http::HttpPortal};

/// An HTTPS server on loopback under a root of its own; gives its address and the root as PEM.
fn server() -> (String, String) {
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &root).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = Arc::new(config);
    thread::spawn(move || {
        for stream in listener.incoming().take(1) {
            let mut tls =
                StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream.unwrap());
            let mut request = [0; 4096];
            if tls.read(&mut request).is_ok() {
                let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\
                              connection: close\r\n\r\n{\"cursor\": \"7\"}";
                tls.write_all(answer.as_bytes()).unwrap();
                tls.conn.send_close_notify();
                tls.flush().unwrap();
            }
        }
    });
    (format!("https://localhost:{port}"), root.pem())
}

#[test]
fn a_root_that_the_profile_names_is_trusted() {
    let (base_url, root) = server();
    let portal =
        HttpPortal::new(&Address { extra_roots: vec![root], ..Address::at(base_url) }, "test").unwrap();
    assert_eq!(portal.changes("token", None).unwrap().body.cursor, "7");
}

#[test]
fn a_root_that_nobody_named_is_not_trusted() {
    let (base_url, _) = server();
    let portal = HttpPortal::new(&Address::at(base_url), "test").unwrap();
    assert_eq!(portal.changes("token", None).unwrap_err(), Failure::Untrusted);
}

#[test]
fn an_extra_root_that_is_none_is_refused_at_once() {
    let address = Address { extra_roots: vec!["none".to_owned()], ..Address::at("https://localhost") };
    assert!(matches!(HttpPortal::new(&address, "test"), Err(Failure::Untrusted)));
}

#[test]
fn no_platform_verifier_and_no_second_tls_is_in_the_tree() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "vodomer-core",
            "--edges",
            "normal",
            "--target",
            "all",
            "--prefix",
            "none",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("rustls v"), "{tree}");
    for unwanted in ["rustls-platform-verifier", "native-tls", "openssl", "aws-lc", "rustls-native-certs"] {
        assert!(!tree.contains(unwanted), "{unwanted} would ask the phone, or double the library");
    }
}
