//! A utility's server on a raw socket: well-behaved, and keeping each reading once by its key, except where it is armed.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

use super::authority::{Authority, Credential};

/// What the server does instead of its duty.
#[derive(Clone, Copy)]
pub enum Act {
    /// On the bare socket, before any TLS.
    Tcp(fn(&mut TcpStream)),
    /// Shows another certificate.
    Shows(Credential),
    /// After the handshake, without reading the request.
    Early(fn(&mut Wire)),
    /// Once a batch of readings was read, and has been stored.
    Batch(fn(&mut Wire)),
}

/// A running server.
pub struct Server {
    pub base_url: String,
    pub root: String,
    shared: Arc<Shared>,
}

struct Shared {
    authority: Authority,
    good: Arc<ServerConfig>,
    act: Mutex<Option<Act>>,
    /// What was stored: key → reading.
    effects: Mutex<BTreeMap<String, Value>>,
    /// Keys in the order in which they came.
    keys: Mutex<Vec<String>>,
    /// Requests that came while another certificate was shown.
    betrayed: AtomicU64,
    /// The list of readings shows what was stored.
    listing: AtomicBool,
    /// Bytes of the act that the network took.
    written: AtomicU64,
}

/// A connection in the middle of an act.
pub struct Wire {
    tls: StreamOwned<ServerConnection, TcpStream>,
    shared: Arc<Shared>,
    batch: Vec<Value>,
}

/// No act goes on for longer, or writes more; a client that lets it has failed long before.
const PATIENCE: Duration = Duration::from_secs(50);
const FLOOD: u64 = 48 * 1024 * 1024;

impl Server {
    pub fn start() -> Self {
        let authority = Authority::new();
        let shared = Arc::new(Shared {
            good: authority.config(Credential::Good),
            authority,
            act: Mutex::default(),
            effects: Mutex::default(),
            keys: Mutex::default(),
            betrayed: AtomicU64::new(0),
            listing: AtomicBool::new(false),
            written: AtomicU64::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let root = shared.authority.pem();
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || serve(stream, shared));
            }
        });
        Self { base_url, root, shared }
    }

    pub fn arm(&self, act: Act) {
        *self.shared.act.lock().unwrap() = Some(act);
    }

    /// Behaves from now on, and lists what it has stored.
    pub fn behave(&self) {
        *self.shared.act.lock().unwrap() = None;
        self.shared.listing.store(true, Ordering::SeqCst);
    }

    pub fn keys(&self) -> Vec<String> {
        self.shared.keys.lock().unwrap().clone()
    }

    pub fn effects(&self) -> usize {
        self.shared.effects.lock().unwrap().len()
    }

    pub fn betrayed(&self) -> u64 {
        self.shared.betrayed.load(Ordering::SeqCst)
    }

    pub fn written(&self) -> u64 {
        self.shared.written.load(Ordering::SeqCst)
    }
}

fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let act = *shared.act.lock().unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    // So that what was written is what the client's side has.
    socket2::SockRef::from(&stream).set_send_buffer_size(16 * 1024).unwrap();
    let credential = match act {
        Some(Act::Tcp(act)) => return act(&mut stream),
        Some(Act::Shows(credential)) => credential,
        _ => Credential::Good,
    };
    let config = match credential {
        Credential::Good => Arc::clone(&shared.good),
        other => shared.authority.config(other),
    };
    let connection = ServerConnection::new(config).unwrap();
    let mut wire = Wire { tls: StreamOwned::new(connection, stream), shared, batch: Vec::new() };
    if let Some(Act::Early(act)) = act {
        while wire.tls.conn.is_handshaking() {
            if wire.tls.conn.complete_io(&mut wire.tls.sock).is_err() {
                return;
            }
        }
        return act(&mut wire);
    }
    while let Some((head, body)) = wire.request() {
        if credential != Credential::Good {
            wire.shared.betrayed.fetch_add(1, Ordering::SeqCst);
        }
        if head.starts_with("POST /v1/accounts/a1/readings ") {
            let verdicts = wire.take(&body);
            let act = *wire.shared.act.lock().unwrap();
            if let Some(Act::Batch(act)) = act {
                return act(&mut wire);
            }
            wire.json("200 OK", "", &verdicts);
        } else if head.starts_with("GET /v1/sync") {
            let page = wire.page();
            wire.json("200 OK", "", &page);
        } else {
            let tokens = json!({ "access_token": "a", "access_expires_at": "2030-01-01T00:00:00Z", "refresh_token": "r" });
            wire.json("200 OK", "", tokens.to_string());
        }
    }
}

impl Wire {
    fn request(&mut self) -> Option<(String, Vec<u8>)> {
        let mut bytes = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                let length = head
                    .lines()
                    .find_map(|line| {
                        line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
                    })
                    .unwrap_or(0);
                if bytes.len() >= end + 4 + length {
                    return Some((head, bytes[end + 4..].to_vec()));
                }
            }
            let count = self.tls.read(&mut chunk).ok().filter(|count| *count > 0)?;
            bytes.extend_from_slice(&chunk[..count]);
        }
    }

    /// Stores a batch, each key once, and gives the answer.
    fn take(&mut self, body: &[u8]) -> String {
        let batch: Value = serde_json::from_slice(body).unwrap();
        self.batch = batch["items"].as_array().unwrap().clone();
        let mut effects = self.shared.effects.lock().unwrap();
        for item in &self.batch {
            let key = item["idempotency_key"].as_str().unwrap().to_owned();
            self.shared.keys.lock().unwrap().push(key.clone());
            let id = format!("r{}", effects.len());
            effects.entry(key).or_insert_with(|| {
                json!({ "id": id, "meter_id": item["meter_id"], "period": item["period"], "value": item["value"],
                        "taken_at": null, "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": "received",
                        "receipt": "7", "client_item_id": item["client_item_id"] })
            });
        }
        drop(effects);
        self.verdicts()
    }

    fn page(&self) -> String {
        let meter = json!({ "id": "m-cold", "account_id": "a1", "serial": "1", "resource": "cold_water", "place": "кухня",
            "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null });
        let reading = json!({ "id": "old", "meter_id": "m-cold", "period": "2026-10", "value": "119", "taken_at": null,
            "received_at": "2026-10-24T09:00:00Z", "source": "app", "status": "accounted", "receipt": null });
        let mut readings = vec![reading];
        if self.shared.listing.load(Ordering::SeqCst) {
            readings.extend(self.shared.effects.lock().unwrap().values().cloned());
        }
        json!({ "cursor": "1", "meters": [meter], "readings": readings,
            "accounts": [{ "id": "a1", "number": "1204417", "address": "ул. Примерная, 12",
                "balance": { "kopecks": 0, "period": "2026-10", "as_of": "2026-11-01T00:00:00Z" } }] })
        .to_string()
    }

    /// The answer that the batch deserves.
    pub fn verdicts(&self) -> String {
        let effects = self.shared.effects.lock().unwrap();
        let verdicts: Vec<Value> = self
            .batch
            .iter()
            .map(|item| {
                let stored = &effects[item["idempotency_key"].as_str().unwrap()];
                json!({ "client_item_id": item["client_item_id"], "status": "received", "reading_id": stored["id"],
                        "receipt": "7", "effective_period": item["period"], "received_at": "2026-11-23T09:00:00Z" })
            })
            .collect();
        json!({ "items": verdicts }).to_string()
    }

    /// The id of the first item.
    pub fn item(&self) -> String {
        self.batch[0]["client_item_id"].as_str().unwrap().to_owned()
    }

    /// Says bytes; false when nobody takes them any more.
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let said = self.tls.write_all(bytes.as_ref()).and_then(|()| self.tls.flush());
        if said.is_ok() {
            self.shared.written.fetch_add(bytes.as_ref().len() as u64, Ordering::SeqCst);
        }
        said.is_ok()
    }

    /// A whole answer of JSON.
    pub fn json(&mut self, status: &str, headers: &str, body: impl AsRef<[u8]>) -> bool {
        self.answer(status, &format!("content-type: application/json\r\n{headers}"), body)
    }

    /// A whole answer.
    pub fn answer(&mut self, status: &str, headers: &str, body: impl AsRef<[u8]>) -> bool {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.as_ref().len());
        self.say([head.as_bytes(), body.as_ref()].concat())
    }

    /// A head of JSON in chunks, and nothing after it.
    pub fn chunked(&mut self, status: &str) -> bool {
        self.say(format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        ))
    }

    /// The same again and again, no faster than it is read on loopback, until nobody takes it.
    pub fn flood(&mut self, bytes: impl AsRef<[u8]>) {
        let block = bytes.as_ref().repeat((8 * 1024 / bytes.as_ref().len()).max(1));
        let since = Instant::now();
        let mut said = 0;
        while said < FLOOD && since.elapsed() < PATIENCE && self.say(&block) {
            said += block.len() as u64;
            thread::sleep(Duration::from_micros(500));
        }
    }

    /// Byte for byte with pauses, and then the same again, until nobody takes it.
    pub fn drip(&mut self, bytes: impl AsRef<[u8]>, pause: Duration) {
        let since = Instant::now();
        for byte in bytes.as_ref().iter().cycle() {
            if since.elapsed() > PATIENCE || !self.say([*byte]) {
                return;
            }
            thread::sleep(pause);
        }
    }

    /// Says goodbye properly, so that the end of the bytes is the end of the body.
    pub fn goodbye(&mut self) {
        self.tls.conn.send_close_notify();
        let _ = self.tls.flush();
    }

    /// Says nothing more until the client hangs up.
    pub fn wait(&mut self) {
        while self.tls.read(&mut [0; 4096]).is_ok_and(|count| count > 0) {}
    }

    /// Breaks the connection off.
    pub fn reset(&mut self) {
        reset(&self.tls.sock);
    }

    /// Bytes that are no TLS, in the middle of it.
    pub fn below_tls(&mut self, bytes: &[u8]) {
        let _ = self.tls.sock.write_all(bytes);
    }

    /// Reads so much of what the client says.
    pub fn hear(&mut self, bytes: usize) -> io::Result<()> {
        self.tls.read_exact(&mut vec![0; bytes])
    }
}

/// Makes the end of a socket a reset.
pub fn reset(socket: &TcpStream) {
    socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO)).unwrap();
}
