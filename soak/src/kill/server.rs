//! The utility on a socket of this machine, as small as it can be: it takes whatever comes, answers a key as it did
//! before, and notes what no honest phone does.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Violation;
use crate::phone::{ACCOUNT, first_page};

/// A process that was killed has closed its connections; longer than this nothing is still on its way.
const PATIENCE: Duration = Duration::from_secs(5);

/// A reading that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub item: String,
    pub meter: String,
    pub value: String,
    pub status: &'static str,
    key: String,
    id: String,
    body: Value,
}

/// What the utility holds.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub held: Vec<Held>,
    /// What no honest phone does.
    pub violations: Vec<Violation>,
}

/// It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    ledger: Mutex<Ledger>,
    connections: AtomicUsize,
    closed: AtomicBool,
}

struct Request {
    method: String,
    path: String,
    key: String,
    body: Vec<u8>,
}

impl Server {
    /// Listens.
    pub fn start(ledger: Ledger) -> Result<Self, Violation> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no port: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let shared = Arc::new(Shared { ledger: Mutex::new(ledger), ..Shared::default() });
        let office = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if office.closed.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                office.connections.fetch_add(1, Ordering::SeqCst);
                let office = Arc::clone(&office);
                thread::spawn(move || {
                    // A process that was killed leaves half a request, which is none.
                    let _ = office.serve(&stream);
                    office.connections.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(Self { address, shared })
    }

    /// Where.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it holds.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.shared.ledger()
    }

    /// Whatever a dead process has sent has been read.
    pub fn wait_until_idle(&self) {
        let since = Instant::now();
        while self.shared.connections.load(Ordering::SeqCst) > 0 && since.elapsed() < PATIENCE {
            thread::sleep(Duration::from_micros(200));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let (mut reader, mut writer) = (BufReader::new(stream), stream);
        while let Some(request) = read(&mut reader)? {
            let (status, body) = self.ledger().answer(&request);
            let body = body.to_string();
            let kind = if status < 300 { "application/json" } else { "application/problem+json" };
            let head = format!(
                "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            writer.write_all((head + &body).as_bytes())?;
        }
        Ok(())
    }
}

/// The next request; none at the end.
fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut length, mut key) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            "idempotency-key" => value.clone_into(&mut key),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { method, path, key, body }))
}

impl Ledger {
    /// Readings that stand.
    pub fn standing(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|held| held.status == "received")
    }

    fn answer(&mut self, request: &Request) -> (u16, Value) {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let readings = format!("/v1/accounts/{ACCOUNT}/readings");
        match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/v1/auth/login" | "/v1/auth/refresh") => {
                let until = "2030-01-01T00:00:00Z";
                (200, json!({ "access_token": "a", "access_expires_at": until, "refresh_token": "r" }))
            }
            ("POST", "/v1/auth/logout") => (204, Value::Null),
            ("GET", path) if path.starts_with("/v1/sync") => (200, self.changes()),
            ("POST", path) if path == readings => {
                let items = body["items"].as_array().cloned().unwrap_or_default();
                let verdicts: Vec<Value> = items.into_iter().map(|item| self.take(item)).collect();
                (200, json!({ "items": verdicts }))
            }
            ("DELETE", path) if path.starts_with(&readings) => self.withdraw(path, &request.key),
            _ => {
                self.violations.push(format!("{} {} was asked", request.method, request.path));
                (404, json!({ "code": "NOT_FOUND" }))
            }
        }
    }

    fn take(&mut self, body: Value) -> Value {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let (key, item, meter) = (text("idempotency_key"), text("client_item_id"), text("meter_id"));
        if let Some(known) = self.held.iter().find(|held| held.key == key) {
            if known.body != body {
                self.violations
                    .push(format!("{item}: the payload under its key changed: {} → {body}", known.body));
            }
            return verdict(known);
        }
        if self.held.iter().any(|held| held.item == item) {
            self.violations.push(format!("{item} came under two keys"));
        }
        let supersedes = body["supersedes"].as_str();
        for held in self.held.iter_mut().filter(|held| held.meter == meter && held.status == "received") {
            if supersedes == Some(held.id.as_str()) {
                held.status = "superseded";
            } else {
                self.violations.push(format!("{item} doubles {}, which it does not correct", held.item));
            }
        }
        let id = format!("r-{}", self.held.len() + 1);
        let held =
            Held { item, meter, value: text("value"), status: "received", key, id, body: body.clone() };
        let answer = verdict(&held);
        self.held.push(held);
        answer
    }

    fn withdraw(&mut self, path: &str, key: &str) -> (u16, Value) {
        let id = path.rsplit('/').next().unwrap_or_default();
        if key.is_empty() {
            self.violations.push(format!("{id} is withdrawn without a key"));
        }
        match self.held.iter_mut().find(|held| held.id == id) {
            Some(held) => {
                held.status = "withdrawn";
                (200, json!({ "reading_id": id, "withdrawn_at": "2026-11-23T09:30:00Z" }))
            }
            None => (404, json!({ "code": "NO_SUCH_READING" })),
        }
    }

    fn changes(&self) -> Value {
        let mut page = first_page();
        let listed = self.held.iter().map(|held| {
            json!({ "id": held.id, "meter_id": held.meter, "period": "2026-11", "value": held.value,
                    "taken_at": null, "received_at": "2026-11-23T09:00:00Z", "source": "app",
                    "status": held.status, "receipt": format!("n-{}", held.id), "client_item_id": held.item })
        });
        if let Some(readings) = page["readings"].as_array_mut() {
            readings.extend(listed);
        }
        page
    }
}

fn verdict(held: &Held) -> Value {
    json!({ "client_item_id": held.item, "status": "received", "reading_id": held.id,
            "receipt": format!("n-{}", held.id), "effective_period": "2026-11",
            "received_at": "2026-11-23T09:00:00Z" })
}
