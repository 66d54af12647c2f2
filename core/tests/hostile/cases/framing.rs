//! Answers without end, and frames of HTTP that are none.

use super::*;

pub const ENDLESS: &[Case] = &[
    senseless("header lines without end", |w| {
        w.say("HTTP/1.1 200 OK\r\n");
        w.flood("x-padding: padding\r\n");
    }),
    senseless("a header line without end", |w| {
        w.say("HTTP/1.1 200 OK\r\nset-cookie: ");
        w.flood("padding");
    }),
    senseless("a reason without end", |w| {
        w.say("HTTP/1.1 200 ");
        w.flood("OK ");
    }),
    senseless("a hundred and one cookies", |w| {
        let cookies = "set-cookie: a=b\r\n".repeat(101);
        let verdicts = w.verdicts();
        w.json("200 OK", &cookies, verdicts);
    }),
    senseless("a body in chunks without end", |w| {
        w.chunked("200 OK");
        w.flood(format!("400\r\n{}\r\n", " ".repeat(1024)));
    }),
    refused(
        "chunks of one byte without end",
        |w| {
            w.chunked("200 OK");
            w.flood("1\r\n \r\n");
        },
        // Tens of thousands of them: on a slow machine the time is over first.
        &[Unreadable, AnswerLost],
    ),
    senseless("an extension of a chunk without end", |w| {
        w.chunked("200 OK");
        w.say("1;name=");
        w.flood("value");
    }),
    senseless("trailers without end", |w| {
        let verdicts = w.verdicts();
        w.chunked("200 OK");
        w.say(format!("{:x}\r\n{verdicts}\r\n0\r\n", verdicts.len()));
        w.flood("x-trailer: y\r\n");
    }),
    senseless("a body of the length of all the world's disks", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 18446744073709551613\r\n\r\n");
        w.flood(" ");
    }),
    senseless("a body of no length without end", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
        w.flood("[");
    }),
    senseless("interim answers without end", |w| w.flood("HTTP/1.1 100 Continue\r\n\r\n")),
    senseless("interim answers with headers without end", |w| {
        w.flood("HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n");
    }),
    other(
        "a refusal without end",
        |w| {
            w.chunked("403 Forbidden");
            w.flood(format!("400\r\n{}\r\n", " ".repeat(1024)));
        },
        &[NotTheUtility(403)],
    ),
    refused(
        "a breakdown without end",
        |w| {
            w.chunked("500 Internal Server Error");
            w.flood(format!("400\r\n{}\r\n", "{".repeat(1024)));
        },
        &[Refused(500)],
    ),
    senseless("a bomb of gzip", |w| {
        w.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 33554432\r\n\r\n\x1f");
        w.flood([0x8b, 8, 0, 0, 0, 0, 0, 0]);
    }),
    senseless("a small answer in brotli", |w| {
        w.json("200 OK", "content-encoding: br\r\n", b"\x0b\x02\x80{}\x03");
    }),
];

pub const FRAMES: &[Case] = &[
    senseless("a chunk of no size", |w| {
        w.chunked("200 OK");
        w.say("ZZ\r\n{}\r\n0\r\n\r\n");
        w.wait();
    }),
    senseless("a chunk larger than any number", |w| {
        w.chunked("200 OK");
        w.say("FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n");
        w.wait();
    }),
    senseless("a chunk that is longer than it says", |w| {
        let verdicts = w.verdicts();
        w.chunked("200 OK");
        w.say(format!("5\r\n{verdicts}\r\n0\r\n\r\n"));
        w.wait();
    }),
    senseless("a length below zero", |w| {
        let verdicts = w.verdicts();
        w.say(format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: -1\r\n\r\n{verdicts}"
        ));
        w.wait();
    }),
    senseless("two lengths that differ", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "content-length: 3\r\n", verdicts);
        w.wait();
    }),
    senseless("a length that is too short", |w| {
        let verdicts = w.verdicts();
        w.say(format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{verdicts}"
        ));
    }),
    senseless("an answer without a head", |w| {
        let verdicts = w.verdicts();
        w.say(verdicts);
        w.goodbye();
    }),
    senseless("an answer of another protocol", |w| {
        w.say("220 mail.example ESMTP\r\n");
        w.wait();
    }),
    senseless("an answer of HTTP/2", |w| {
        w.say(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80\x00\x04\x00\x01\x00\x00\x00\x05\x00\xff\xff\xff");
        w.wait();
    }),
    senseless("a status of two digits", |w| {
        w.json("20 OK", "", "{}");
    }),
    senseless("a NUL in a header", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "x-nul: a\0b\r\n", verdicts);
    }),
    senseless("a header without a name", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", ": nameless\r\n", verdicts);
    }),
    fine("an early hint before the answer", |w| {
        let verdicts = w.verdicts();
        w.say("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
        w.json("200 OK", "", verdicts);
    }),
    // The second must not be taken for the answer to the next question, which is for the list.
    fine("a second answer that nobody asked for", |w| {
        let verdicts = w.verdicts();
        let list = format!(
            r#"{{"cursor":"9","readings":[{{"id":"r0","meter_id":"m-cold","period":"2026-11","value":"123",
                "received_at":"2026-11-23T09:00:00Z","source":"app","status":"received","client_item_id":"{}"}}]}}"#,
            w.item()
        );
        let answer = |body: &str| {
            format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
        };
        w.say(answer(&verdicts) + &answer(&list));
        w.wait();
    }),
];
