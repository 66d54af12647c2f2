//! What every portal must do alike, whether it speaks HTTP or from a script: the outbox is tested against the one and
//! works with the other.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops where it is not as told"
)]

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use chrono::DateTime;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use vodomer_core::domain::{Instant, Portal as Address};
use vodomer_core::portal::fake::FakePortal;
use vodomer_core::portal::http::HttpPortal;
use vodomer_core::portal::{Failure, LetterBox, Portal, wire};

/// What the utility says next.
#[derive(Clone)]
enum Says {
    Json(u16, Value),
    /// A refusal with seconds to wait.
    Later(u16, &'static str, u64),
    HangsUp,
}

/// To what it says it.
#[derive(Clone, Copy)]
enum To {
    SignIn,
    Changes,
    Batch,
    Withdrawal,
    Letter,
}

trait Side {
    fn name(&self) -> &'static str;
    fn portal(&self) -> &dyn Portal;
    fn will_say(&self, to: To, says: Says);
    /// What has arrived: posted readings and letters as they are, withdrawals as `{"withdraw", "idempotency_key"}`.
    fn heard(&self) -> Vec<Value>;
}

const CLOCK: &str = "Wed, 25 Nov 2026 18:00:00 GMT";

fn clock() -> Instant {
    DateTime::parse_from_rfc2822(CLOCK).unwrap().to_utc()
}

struct Scripted(FakePortal);

impl Scripted {
    fn new() -> Self {
        let portal = FakePortal::default();
        portal.set_time(clock());
        Self(portal)
    }
}

fn scripted<T: DeserializeOwned>(says: Says) -> Result<T, Failure> {
    match says {
        Says::Json(200, body) => Ok(serde_json::from_value(body).unwrap()),
        Says::Json(status, problem) => Err(Failure::Refused {
            status,
            code: problem["code"].as_str().map(str::to_owned),
            params: problem["params"].as_object().cloned().unwrap_or_default(),
            retry_after: None,
        }),
        Says::Later(status, code, seconds) => Err(Failure::Refused {
            status,
            code: Some(code.to_owned()),
            params: Map::new(),
            retry_after: Some(seconds),
        }),
        Says::HangsUp => Err(Failure::AnswerLost),
    }
}

impl Side for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn portal(&self) -> &dyn Portal {
        &self.0
    }

    fn will_say(&self, to: To, says: Says) {
        match to {
            To::SignIn => self.0.will_sign_in(scripted(says)),
            To::Changes => self.0.will_change(scripted(says)),
            To::Batch => self.0.will_answer(scripted(says)),
            To::Withdrawal => self.0.will_withdraw(scripted(says)),
            To::Letter => self.0.will_register(scripted(says)),
        }
    }

    fn heard(&self) -> Vec<Value> {
        self.0.posted()
    }
}

struct Canned {
    portal: HttpPortal,
    says: Arc<Mutex<VecDeque<Says>>>,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl Canned {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = Address::at(format!("http://{}", listener.local_addr().unwrap()));
        let (says, heard) = (Arc::<Mutex<VecDeque<Says>>>::default(), Arc::<Mutex<Vec<Value>>>::default());
        let (queue, notes) = (Arc::clone(&says), Arc::clone(&heard));
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                while let Some((head, body)) = request(&mut stream) {
                    note(&head, &body, &notes);
                    let Some(answer) = queue.lock().unwrap().pop_front().and_then(spoken) else { break };
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        Self { portal: HttpPortal::new(&address, "test").unwrap(), says, heard }
    }
}

fn request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some((head, bytes[end + 4..].to_vec()));
            }
        }
        let count = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn note(head: &str, body: &[u8], notes: &Mutex<Vec<Value>>) {
    let path = head.split(' ').nth(1).unwrap();
    let mut notes = notes.lock().unwrap();
    if head.starts_with("DELETE ") {
        let reading = path.rsplit('/').next().unwrap();
        notes.push(json!({ "withdraw": reading, "idempotency_key": header(head, "idempotency-key") }));
    } else if path.starts_with("/v1/auth/") || head.starts_with("GET ") {
    } else {
        let body: Value = serde_json::from_slice(body).unwrap();
        match body["items"].as_array() {
            Some(items) => notes.extend(items.clone()),
            None => notes.push(body),
        }
    }
}

fn spoken(says: Says) -> Option<String> {
    let (status, headers, body) = match says {
        Says::Json(status, body) => (status, String::new(), body),
        Says::Later(status, code, seconds) => {
            (status, format!("retry-after: {seconds}\r\n"), json!({ "code": code }))
        }
        Says::HangsUp => return None,
    };
    let (body, kind) =
        (body.to_string(), if status < 400 { "application/json" } else { "application/problem+json" });
    let length = body.len();
    Some(format!(
        "HTTP/1.1 {status} Said\r\ndate: {CLOCK}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    ))
}

impl Side for Canned {
    fn name(&self) -> &'static str {
        "over HTTP"
    }

    fn portal(&self) -> &dyn Portal {
        &self.portal
    }

    fn will_say(&self, _to: To, says: Says) {
        self.says.lock().unwrap().push_back(says);
    }

    fn heard(&self) -> Vec<Value> {
        self.heard.lock().unwrap().clone()
    }
}

fn sides() -> [Box<dyn Side>; 2] {
    [Box::new(Scripted::new()), Box::new(Canned::new())]
}

fn raw(json: &Value) -> Box<RawValue> {
    RawValue::from_string(json.to_string()).unwrap()
}

fn post(side: &dyn Side, items: &[Value]) -> Result<wire::BatchAnswer, Failure> {
    let items: Vec<Box<RawValue>> = items.iter().map(raw).collect();
    side.portal().post_readings("token", "a1", clock(), &items).map(|reply| reply.body)
}

fn tokens() -> Value {
    json!({ "access_token": "a", "access_expires_at": "2026-11-25T18:15:00Z", "refresh_token": "r" })
}

#[test]
fn signing_in_gives_tokens_and_the_servers_clock() {
    for side in sides() {
        side.will_say(To::SignIn, Says::Json(200, tokens()));
        side.will_say(To::SignIn, Says::Json(200, tokens()));
        let reply = side.portal().login("1204417", "secret").unwrap();
        assert_eq!(
            (reply.body.refresh_token.as_str(), reply.server_time),
            ("r", Some(clock())),
            "{}",
            side.name()
        );
        assert_eq!(side.portal().refresh("r").unwrap().body.access_token, "a");
    }
}

#[test]
fn a_page_comes_with_its_cursor_and_without_what_cant_be_read() {
    for side in sides() {
        let page = json!({ "cursor": "7", "more": true, "meters": [{ "id": "m1", "resource": "gas" }] });
        side.will_say(To::Changes, Says::Json(200, page));
        let page = side.portal().changes("token", Some("6")).unwrap().body;
        assert_eq!((page.cursor.as_str(), page.more, page.unreadable), ("7", true, 1), "{}", side.name());
    }
}

#[test]
fn readings_arrive_as_they_were_frozen_in_their_order_and_as_often_as_they_are_sent() {
    for side in sides() {
        let items = [
            json!({ "idempotency_key": "k1", "value": "123" }),
            json!({ "idempotency_key": "k2", "entered": "«0»" }),
        ];
        let answer =
            json!({ "items": [{ "client_item_id": "i2", "status": "received", "reading_id": "r2" }] });
        side.will_say(To::Batch, Says::HangsUp);
        side.will_say(To::Batch, Says::Json(200, answer));
        assert_eq!(post(side.as_ref(), &items).unwrap_err(), Failure::AnswerLost, "{}", side.name());
        let answer = post(side.as_ref(), &items).unwrap();
        assert_eq!(answer.items[0].reading_id.as_deref(), Some("r2"));
        assert_eq!(side.heard(), [&items[..], &items[..]].concat(), "{}", side.name());
    }
}

#[test]
fn a_refusal_comes_with_its_code_its_parameters_and_the_time_to_wait() {
    for side in sides() {
        let problem = json!({ "status": 422, "code": "TOO_MANY_ITEMS", "params": { "limit": 10 } });
        side.will_say(To::Batch, Says::Json(422, problem));
        side.will_say(To::Batch, Says::Later(503, "MAINTENANCE", 120));
        match post(side.as_ref(), &[]).unwrap_err() {
            Failure::Refused { status: 422, code: Some(code), params, retry_after: None } => {
                assert_eq!(
                    (code.as_str(), &params["limit"]),
                    ("TOO_MANY_ITEMS", &json!(10)),
                    "{}",
                    side.name()
                );
            }
            failure => panic!("{}: {failure:?}", side.name()),
        }
        let later = Failure::Refused {
            status: 503,
            code: Some("MAINTENANCE".into()),
            params: Map::new(),
            retry_after: Some(120),
        };
        assert_eq!(post(side.as_ref(), &[]).unwrap_err(), later, "{}", side.name());
    }
}

#[test]
fn a_withdrawal_names_the_reading_and_carries_its_key() {
    for side in sides() {
        let done = json!({ "reading_id": "r1", "withdrawn_at": "2026-11-25T18:00:00Z" });
        side.will_say(To::Withdrawal, Says::Json(200, done));
        side.will_say(To::Withdrawal, Says::Json(404, json!({ "code": "NO_SUCH_READING" })));
        let reply = side.portal().withdraw("token", "a1", "r1", "k1").unwrap();
        assert_eq!(
            (reply.body.reading_id.as_str(), reply.body.withdrawn_at),
            ("r1", clock()),
            "{}",
            side.name()
        );
        let gone = side.portal().withdraw("token", "a1", "r1", "k1").unwrap_err();
        assert!(matches!(gone, Failure::Refused { status: 404, .. }), "{}: {gone:?}", side.name());
        let heard = json!({ "withdraw": "r1", "idempotency_key": "k1" });
        assert_eq!(side.heard(), [heard.clone(), heard], "{}", side.name());
    }
}

#[test]
fn every_letter_finds_its_box_with_a_token_or_without() {
    for side in sides() {
        let boxes = [
            LetterBox::ServiceRequests { account: "a1" },
            LetterBox::Questions { account: "a1" },
            LetterBox::Appeals,
        ];
        for to in boxes {
            let held = json!({ "letter_id": "l1", "receipt": "В-7", "received_at": "2026-11-25T18:00:00Z" });
            side.will_say(To::Letter, Says::Json(200, held));
            let letter = raw(&json!({ "idempotency_key": "k1", "text": "Течёт кран" }));
            let access = (to != LetterBox::Appeals).then_some("token");
            let held = side.portal().post_letter(access, to, &letter).unwrap().body;
            assert_eq!(
                (held.letter_id.as_str(), held.receipt.as_deref()),
                ("l1", Some("В-7")),
                "{}",
                side.name()
            );
        }
        assert_eq!(side.heard().len(), 3);
        assert!(side.heard().iter().all(|letter| letter["text"] == "Течёт кран"), "{}", side.name());
    }
}
