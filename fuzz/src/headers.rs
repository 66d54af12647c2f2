//! What a server says before the body, through the HTTP client: bytes as the headers of an answer on a real socket.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use vodomer_core::portal::http::HttpPortal;
use vodomer_core::portal::{Failure, Portal};
use vodomer_domain::Profile;

struct Wire {
    portal: HttpPortal,
    answers: Sender<Vec<u8>>,
}

thread_local! {
    static WIRE: Wire = Wire::make().unwrap_or_else(|| panic!("no socket"));
}

/// The first byte is the status, the rest the headers.
pub fn headers(bytes: &[u8]) {
    let Some((status, headers)) = bytes.split_first() else { return };
    let status = [200, 204, 302, 400, 401, 408, 413, 429, 500, 502, 503, 504][usize::from(*status) % 12];
    let head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\n");
    let body = br#"{"code":"C","params":{"until":"2026-11-25T21:10:00+03:00"},"cursor":"1"}"#;
    WIRE.with(|wire| {
        let answer = [head.as_bytes(), headers, b"\r\n\r\n", body].concat();
        if wire.answers.send(answer).is_err() {
            panic!("the server is gone");
        }
        match wire.portal.changes("a", None) {
            Ok(reply) => assert!((200..300).contains(&status), "a success came of {status}: {reply:?}"),
            Err(Failure::Refused { status: said, .. }) => assert_eq!(said, status),
            Err(Failure::Unreachable | Failure::UnknownHost | Failure::Untrusted) => {
                panic!("the server is there")
            }
            Err(Failure::AnswerLost | Failure::Unreadable | Failure::NotTheUtility { .. }) => {}
        }
    });
}

impl Wire {
    fn make() -> Option<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").ok()?;
        let mut portal = Profile::kursk().ok()?.portal;
        portal.base_url = format!("http://{}", listener.local_addr().ok()?);
        let (answers, script) = mpsc::channel();
        thread::spawn(move || serve(&listener, &script));
        Some(Self { portal: HttpPortal::new(&portal, "fuzz").ok()?, answers })
    }
}

fn serve(listener: &TcpListener, script: &Receiver<Vec<u8>>) {
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { continue };
        let mut request = [0; 4096];
        let asked = stream.read(&mut request).is_ok_and(|n| n > 0);
        let Ok(answer) = script.recv() else { return };
        // A client that has read enough goes away.
        let _ = asked.then(|| stream.write_all(&answer));
    }
}
