//! Answers of somebody else: a Wi-Fi's page, a redirect, a gateway; and refusals.

use super::*;

const PAGE: &str = "<!doctype html><title>Wi-Fi</title><form>Войдите в сеть</form>";
const HTML: &str = "content-type: text/html; charset=utf-8\r\n";

pub const SOMEBODY_ELSE: &[Case] = &[
    other("a page of the Wi-Fi", |w| page(w, "200 OK"), &[NotTheUtility(200)]),
    other(
        "a page of the Wi-Fi under the name of JSON",
        |w| {
            w.json("200 OK", "", format!("\r\n  {PAGE}"));
        },
        &[NotTheUtility(200)],
    ),
    other("a page that forbids", |w| page(w, "403 Forbidden"), &[NotTheUtility(403)]),
    other("a page that finds nothing", |w| page(w, "404 Not Found"), &[NotTheUtility(404)]),
    other("a page that wants a password", |w| page(w, "401 Unauthorized"), &[NotTheUtility(401)]),
    other(
        "a proxy that wants a password",
        |w| page(w, "407 Proxy Authentication Required"),
        &[NotTheUtility(407)],
    ),
    other(
        "a network that wants a password",
        |w| page(w, "511 Network Authentication Required"),
        &[Refused(511)],
    ),
    other(
        "a page that forbids under the name of JSON",
        |w| {
            w.json("403 Forbidden", "", PAGE);
        },
        &[NotTheUtility(403)],
    ),
    other(
        "a redirect to itself",
        |w| redirect(w, "302 Found", "/v1/accounts/a1/readings"),
        &[NotTheUtility(302)],
    ),
    other(
        "a redirect that keeps the method",
        |w| redirect(w, "307 Temporary Redirect", "/v1/accounts/a1/readings"),
        &[NotTheUtility(307)],
    ),
    other(
        "a redirect to another host",
        |w| redirect(w, "301 Moved Permanently", "https://cabinet.example/"),
        &[NotTheUtility(301)],
    ),
    other(
        "a redirect to plain HTTP",
        |w| redirect(w, "308 Permanent Redirect", "http://localhost/"),
        &[NotTheUtility(308)],
    ),
    other(
        "a redirect with the right answer in it",
        |w| {
            let verdicts = w.verdicts();
            w.json("303 See Other", "location: /\r\n", verdicts);
        },
        &[NotTheUtility(303)],
    ),
    other(
        "another protocol from here on",
        |w| {
            w.say("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n");
            w.wait();
        },
        &[NotTheUtility(101)],
    ),
    other(
        "a status that nobody knows, with the right answer",
        |w| {
            let verdicts = w.verdicts();
            w.json("999 Odd", "", verdicts);
        },
        &[NotTheUtility(999)],
    ),
];

pub const REFUSALS: &[Case] = &[
    refused("a gateway whose server died", |w| page(w, "502 Bad Gateway"), &[Refused(502)]),
    refused("a gateway whose server is slow", |w| page(w, "504 Gateway Timeout"), &[Refused(504)]),
    refused("a server that waited too long", |w| page(w, "408 Request Timeout"), &[Refused(408)]),
    refused(
        "a breakdown with a problem that is none",
        |w| {
            w.json("500 Internal Server Error", "", r#"{"code": ["INTERNAL"]}"#);
        },
        &[Refused(500)],
    ),
    other(
        "a wish for all eternity",
        |w| {
            w.json(
                "429 Too Many Requests",
                "retry-after: 99999999999999999999999\r\n",
                r#"{"code": "RATE_LIMITED"}"#,
            );
        },
        &[Refused(429)],
    ),
    other(
        "a wish for the year 9999",
        |w| {
            let date =
                "date: Mon, 23 Nov 2026 09:00:00 GMT\r\nretry-after: Fri, 31 Dec 9999 23:59:59 GMT\r\n";
            w.json("503 Service Unavailable", date, r#"{"code": "MAINTENANCE"}"#);
        },
        &[Refused(503)],
    ),
    other(
        "a wish that is garbage",
        |w| {
            w.json("429 Too Many Requests", "retry-after: -1, soon, завтра\r\n", "nothing");
        },
        &[Refused(429)],
    ),
    other(
        "a server that one reading is too large for",
        |w| page(w, "413 Content Too Large"),
        &[Refused(413)],
    ),
    other(
        "a gateway's own word for no",
        |w| {
            w.json("403 Forbidden", "", r#"{"code": "forbidden", "message": "no"}"#);
        },
        &[Refused(403)],
    ),
    other(
        "a method that a gateway does not let through",
        |w| {
            w.json("405 Method Not Allowed", "", "{}");
        },
        &[Refused(405)],
    ),
];

fn page(wire: &mut Wire, status: &str) {
    wire.answer(status, HTML, PAGE);
}

fn redirect(wire: &mut Wire, status: &str, to: &str) {
    wire.answer(status, &format!("location: {to}\r\n"), "");
}
