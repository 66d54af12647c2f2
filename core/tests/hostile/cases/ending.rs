//! Connections cut at every stage, and answers that take their time.

use super::*;

pub const CUT: &[Case] = &[
    early("hangs up before the request", |_| {}),
    early("resets before the request", |w| w.reset()),
    early("resets in the middle of the request's head", |w| {
        let _ = w.hear(20);
        w.reset();
    }),
    early("resets in the middle of the request's body", |w| {
        let _ = w.hear(400);
        w.reset();
    }),
    lost("hangs up after the request", |_| {}),
    lost("says goodbye after the request", |w| w.goodbye()),
    lost("resets after the request", |w| w.reset()),
    lost("cuts the status line", |w| {
        w.say("HTTP/1.1 20");
    }),
    lost("cuts the head", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/js");
    }),
    lost("cuts between head and body", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n");
    }),
    lost("cuts the body", |w| {
        w.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"items\": [",
        );
        w.goodbye();
    }),
    lost("resets in the body", |w| {
        w.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"items\": [",
        );
        thread::sleep(TICK);
        w.reset();
    }),
    lost("cuts between two chunks", |w| {
        w.chunked("200 OK");
        w.say("a\r\n{\"items\":[\r\n");
        w.goodbye();
    }),
    lost("cuts a refusal", |w| {
        w.say("HTTP/1.1 409 Conflict\r\ncontent-type: application/problem+json\r\ncontent-length: 90\r\n\r\n{\"code\": \"PER");
    }),
    lost("breaks TLS in the middle of the body", |w| {
        w.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"items\": [",
        );
        w.below_tls(b"HTTP/1.1 200 OK\r\n\r\n and a good evening");
    }),
    lost("ends an answer of no length without a goodbye", |w| {
        let verdicts = w.verdicts();
        w.say(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{verdicts}"));
    }),
    fine("ends an answer of no length with a goodbye", |w| {
        let verdicts = w.verdicts();
        w.say(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{verdicts}"));
        w.goodbye();
    }),
    fine("hangs up after a whole answer", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "", verdicts);
    }),
];

pub const SLOW: &[Case] = &[
    lost("says nothing", |w| w.wait()),
    lost("says its head a byte at a time", |w| w.drip("HTTP/1.1 200 OK\r\n", TICK)),
    lost("says one header line after another", |w| {
        w.say("HTTP/1.1 200 OK\r\n");
        for n in 0..90 {
            thread::sleep(TICK);
            if !w.say(format!("x-{n}: y\r\n")) {
                return;
            }
        }
    }),
    lost("says its body a byte at a time", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n");
        w.drip(" ", TICK);
    }),
    lost("says its chunks a byte at a time", |w| {
        w.chunked("200 OK");
        w.drip("1\r\n \r\n", TICK);
    }),
    lost("promises more than it says", |w| {
        let verdicts = w.verdicts();
        w.say(format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{verdicts}",
            verdicts.len() + 1
        ));
        w.wait();
    }),
    lost("never ends its chunks", |w| {
        let verdicts = w.verdicts();
        w.chunked("200 OK");
        w.say(format!("{:x}\r\n{verdicts}\r\n", verdicts.len()));
        w.wait();
    }),
    lost("asks to go on and never does", |w| {
        w.say("HTTP/1.1 100 Continue\r\n\r\n");
        w.wait();
    }),
    lost("drips interim answers", |w| w.drip("HTTP/1.1 102 Processing\r\n\r\n", Duration::from_millis(20))),
];
