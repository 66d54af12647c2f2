//! Before any HTTP: sockets that speak something else, and certificates of every kind.

use super::*;

pub const ON_THE_SOCKET: &[Case] = &[
    tcp("hangs up before TLS", |_| {}, &[Unreachable]),
    tcp("resets before TLS", |s| reset(s), &[Unreachable]),
    tcp("never says a word of TLS", stall, &[Unreachable]),
    tcp(
        "speaks garbage instead of TLS",
        |s| say(s, b"\x00\xff\x13\x37 nothing of the kind \x00"),
        &[Untrusted],
    ),
    tcp(
        "speaks plain HTTP on the port of TLS",
        |s| say(s, b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        &[Untrusted],
    ),
    tcp("greets like a mail server", |s| say(s, b"220 mail.example ESMTP\r\n"), &[Untrusted]),
    tcp("speaks TLS a byte at a time", |s| drip(s, &[22, 3, 3, 64, 0]), &[Unreachable, Untrusted]),
    tcp(
        "hangs up in the middle of the handshake",
        |s| say(s, &[22, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3]),
        &[Unreachable],
    ),
    tcp("floods the handshake", |s| flood(s, &[22, 3, 3, 0, 1, 11]), &[Unreachable, Untrusted]),
    tcp("knows only TLS 1.0 and says so", |s| say(s, &[21, 3, 1, 0, 2, 2, 70]), &[Untrusted]),
    tcp("has no cipher in common", |s| say(s, &[21, 3, 3, 0, 2, 2, 40]), &[Untrusted]),
    tcp("chooses TLS 1.1 for us", |s| say(s, &hello_of_tls_1_1()), &[Untrusted]),
];

pub const CERTIFICATES: &[Case] = &[
    shows("an expired certificate", Credential::Expired),
    shows("a certificate of tomorrow", Credential::NotYetValid),
    shows("a certificate of another host", Credential::OtherHost),
    shows("a certificate with the name in its subject alone", Credential::NameInSubjectAlone),
    shows("a self-signed certificate", Credential::SelfSigned),
    shows("a certificate of an unknown root", Credential::UnknownRoot),
    shows("a certificate of a root with the utility's name and another key", Credential::RootOfTheSameName),
    shows("a certificate for clients only", Credential::ForClientsOnly),
    shows("a certificate that a server has issued", Credential::IssuedByAServer),
    shows("a certificate without its issuer", Credential::WithoutItsIssuer),
    shows("a root as its own certificate", Credential::TheRootItself),
];

fn hear_hello(socket: &mut TcpStream) {
    let _ = socket.read(&mut [0; 2048]);
}

fn say(socket: &mut TcpStream, bytes: &[u8]) {
    hear_hello(socket);
    let _ = socket.write_all(bytes);
}

fn stall(socket: &mut TcpStream) {
    while socket.read(&mut [0; 2048]).is_ok_and(|count| count > 0) {}
}

fn drip(socket: &mut TcpStream, bytes: &[u8]) {
    hear_hello(socket);
    for byte in bytes.iter().chain(std::iter::repeat_n(&0, 300)) {
        if socket.write_all(&[*byte]).is_err() {
            return;
        }
        thread::sleep(TICK);
    }
}

fn flood(socket: &mut TcpStream, bytes: &[u8]) {
    hear_hello(socket);
    let block = bytes.repeat(1000);
    for _ in 0..8_000 {
        if socket.write_all(&block).is_err() {
            return;
        }
    }
}

/// A ServerHello of TLS 1.1 with ECDHE-RSA-AES128-SHA.
fn hello_of_tls_1_1() -> Vec<u8> {
    let mut hello = vec![2, 0, 0, 38, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0xc0, 0x13, 0]);
    [&[22, 3, 2, 0, 42][..], &hello].concat()
}
