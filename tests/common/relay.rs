//! The network between phone and cabinet: a relay on loopback that can be cut, so that connecting is refused.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// A relay to one server, on a port that stays the same.
pub struct Relay {
    port: SocketAddr,
    server: SocketAddr,
    line: Option<Line>,
}

struct Line {
    cut: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Relay {
    /// A relay that is connected.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap();
        Self { port, server, line: Some(Line::over(listener, server)) }
    }

    /// Where the phone connects.
    pub fn url(&self) -> String {
        format!("http://{}", self.port)
    }

    /// Cuts it: nobody listens any more.
    pub fn cut(&mut self) {
        if let Some(line) = self.line.take() {
            line.cut.store(true, Ordering::SeqCst);
            let _ = TcpStream::connect(self.port);
            line.thread.join().unwrap();
        }
    }

    /// Connects it again.
    pub fn restore(&mut self) {
        self.cut();
        self.line = Some(Line::over(TcpListener::bind(self.port).unwrap(), self.server));
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.cut();
    }
}

impl Line {
    fn over(listener: TcpListener, server: SocketAddr) -> Self {
        let cut = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&cut);
        let thread = thread::spawn(move || {
            for phone in listener.incoming() {
                if seen.load(Ordering::SeqCst) {
                    break;
                }
                let (phone, server) = (phone.unwrap(), TcpStream::connect(server).unwrap());
                carry(phone.try_clone().unwrap(), server.try_clone().unwrap());
                carry(server, phone);
            }
        });
        Self { cut, thread }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
