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
