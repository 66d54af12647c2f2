use super::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

/// A server that says the same to everyone, byte for byte; `None` hangs up without a word.
fn server(answer: Option<String>) -> crate::domain::Portal {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().take(1) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            if let Some(answer) = &answer {
                stream.write_all(answer.as_bytes()).unwrap();
            }
        }
    });
    crate::domain::Portal::at(base_url)
}

fn answer(status: &str, headers: &str, body: &str) -> Option<String> {
    let length = body.len();
    Some(format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"))
}

fn failure(answer: Option<String>) -> Failure {
    let portal = HttpPortal::new(&server(answer), "test").unwrap();
    portal.changes("token", None).unwrap_err()
}

const JSON: &str = "content-type: application/json\r\n";

#[test]
fn a_page_of_html_is_not_the_utility_whatever_its_status() {
    let html = "<html>Войдите в Wi-Fi</html>";
    for status in ["200 OK", "403 Forbidden", "511 Network Authentication Required"] {
        let failure = failure(answer(status, "content-type: text/html\r\n", html));
        let captive = matches!(failure, Failure::NotTheUtility { .. } | Failure::Refused { status: 511, .. });
        assert!(captive, "{status}: {failure:?}");
    }
}

#[test]
fn half_a_json_or_another_json_is_not_understood_as_success() {
    for body in ["{\"cursor\": \"1\"", "[]", "{}", "null"] {
        assert_eq!(failure(answer("200 OK", JSON, body)), Failure::Unreadable, "{body}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let redirect = answer("302 Found", "location: http://127.0.0.1:9/\r\n", "");
    assert_eq!(failure(redirect), Failure::NotTheUtility { status: 302 });
}

#[test]
fn a_connection_that_ends_without_an_answer_leaves_doubt() {
    assert_eq!(failure(None), Failure::AnswerLost);
    let cut = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"cur";
    assert_eq!(failure(Some(cut.to_owned())), Failure::AnswerLost);
}

#[test]
fn nobody_listening_means_that_nothing_was_sent() {
    let base_url = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let nobody = crate::domain::Portal::at(base_url);
    let failure = HttpPortal::new(&nobody, "test").unwrap().changes("token", None).unwrap_err();
    assert_eq!(failure, Failure::Unreachable);
}

#[test]
fn a_host_that_does_not_exist_is_named_as_such() {
    let nowhere = crate::domain::Portal::at("https://cabinet.example.invalid");
    let failure = HttpPortal::new(&nowhere, "test").unwrap().changes("token", None).unwrap_err();
    assert_eq!(failure, Failure::UnknownHost);
}

#[test]
fn a_problem_gives_its_code_and_the_time_to_wait() {
    let problem = |headers: &str| {
        failure(answer("503 Busy", &format!("{JSON}{headers}"), "{\"code\": \"MAINTENANCE\"}"))
    };
    let refused = |retry_after| Failure::Refused {
        status: 503,
        code: Some("MAINTENANCE".to_owned()),
        params: Default::default(),
        retry_after,
    };
    assert_eq!(problem(""), refused(None));
    assert_eq!(problem("retry-after: 120\r\n"), refused(Some(120)));
    let dated = "date: Wed, 25 Nov 2026 18:00:00 GMT\r\nretry-after: Wed, 25 Nov 2026 18:05:00 GMT\r\n";
    assert_eq!(problem(dated), refused(Some(300)));
    assert_eq!(problem("retry-after: soon\r\n"), refused(None));
}

#[test]
fn the_servers_clock_comes_with_the_answer() {
    let headers = format!("{JSON}date: Wed, 25 Nov 2026 21:02:00 GMT\r\n");
    let portal = HttpPortal::new(&server(answer("200 OK", &headers, "{\"cursor\": \"7\"}")), "test").unwrap();
    let reply = portal.changes("token", None).unwrap();
    assert_eq!(reply.body.cursor, "7");
    assert_eq!(reply.server_time.unwrap().to_rfc3339(), "2026-11-25T21:02:00+00:00");
}

#[test]
fn ids_travel_in_paths_as_they_are() {
    assert_eq!(percent_encoded("a-1_2.3~4"), "a-1_2.3~4");
    assert_eq!(percent_encoded("a/b c?д"), "a%2Fb%20c%3F%D0%B4");
}

/// What a server is asked, head and body, when it answers a JSON.
fn asked(body: &str, ask: impl FnOnce(&HttpPortal)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/city/", listener.local_addr().unwrap());
    let answer = answer("200 OK", JSON, body).unwrap();
    let server = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut bytes = vec![0; 4096];
        let count = stream.read(&mut bytes).unwrap();
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(bytes[..count].to_vec()).unwrap()
    });
    ask(&HttpPortal::new(&crate::domain::Portal::at(base_url), "1.2 «бета»").unwrap());
    server.join().unwrap()
}

#[test]
fn a_withdrawal_is_one_delete_with_its_key_and_without_a_body() {
    let done = r#"{"reading_id": "r/1", "withdrawn_at": "2026-11-25T18:00:00Z"}"#;
    let asked = asked(done, |portal| {
        assert_eq!(portal.withdraw("token", "a1", "r/1", "k1").unwrap().body.reading_id, "r/1");
    });
    assert!(asked.starts_with("DELETE /city/v1/accounts/a1/readings/r%2F1 HTTP/1.1\r\n"), "{asked}");
    for line in
        ["idempotency-key: k1\r\n", "authorization: Bearer token\r\n", "accept-encoding: identity\r\n"]
    {
        assert!(asked.contains(line), "{line} in {asked}");
    }
    assert!(asked.ends_with("\r\n\r\n") && !asked.contains("content-type"), "{asked}");
}

#[test]
fn an_appeal_goes_to_the_reception_without_a_token() {
    let held = r#"{"letter_id": "l1", "received_at": "2026-11-25T18:00:00Z"}"#;
    let letter = RawValue::from_string("{\"text\":  \"как есть\"}".to_owned()).unwrap();
    let asked = asked(held, |portal| {
        portal.post_letter(None, LetterBox::Appeals, &letter).unwrap();
    });
    assert!(
        asked.starts_with("POST /city/v1/appeals HTTP/1.1\r\n") && !asked.contains("authorization"),
        "{asked}"
    );
    assert!(asked.ends_with("\r\n\r\n{\"text\":  \"как есть\"}"), "byte for byte: {asked}");
    assert!(asked.contains("user-agent: vodomer/") && asked.contains(" 1.2\r\n"), "{asked}");
}

#[test]
fn a_token_that_no_header_can_carry_is_not_sent() {
    let nobody = crate::domain::Portal::at("http://127.0.0.1:9");
    let portal = HttpPortal::new(&nobody, "test").unwrap();
    assert_eq!(portal.changes("a\r\nx: y", None).unwrap_err(), Failure::Unreachable);
}

#[test]
fn an_address_that_is_none_is_not_reached() {
    for none in ["", "cabinet.example", "ftp://cabinet.example", "https://", "http:///path", "https://a b"] {
        let portal = HttpPortal::new(&crate::domain::Portal::at(none), "test");
        assert!(portal.unwrap().changes("token", None).is_err(), "{none:?}");
    }
}

#[test]
fn one_connection_serves_a_pass_and_a_new_one_takes_its_place_when_the_server_hangs_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let body = r#"{"cursor": "7"}"#;
        let answer = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {}\r\n\r\n{body}", body.len());
        // Two requests over the first connection, one over the second.
        for requests in [2, 1] {
            let mut stream = listener.accept().unwrap().0;
            for _ in 0..requests {
                assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        }
    });
    let portal = HttpPortal::new(&crate::domain::Portal::at(base_url), "test").unwrap();
    portal.changes("token", None).unwrap();
    portal.changes("token", None).unwrap();
    thread::sleep(Duration::from_millis(100));
    portal.changes("token", None).unwrap();
    server.join().unwrap();
}
