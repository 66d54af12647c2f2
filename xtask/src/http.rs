//! One request to the cabinet's control port on loopback: plain HTTP/1.0, so that the answer ends with the connection.

use crate::failure::{Failure, Outcome, While};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The cabinet answers in milliseconds; a machine that compiles beside it may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Gets `path` of the server at `base` ("http://127.0.0.1:1234") and returns the body of a success.
pub fn get(base: &str, path: &str) -> Outcome<String> {
    let doing = || format!("GET {base}{path}");
    let host = base
        .strip_prefix("http://")
        .map(|host| host.trim_end_matches('/'))
        .ok_or_else(|| Failure::new(format!("{base} is not an http:// address")))?;
    let mut connection = TcpStream::connect(host).when(doing())?;
    connection.set_read_timeout(Some(PATIENCE)).when(doing())?;
    connection.write_all(format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes()).when(doing())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).when(doing())?;
    body(&String::from_utf8_lossy(&answer))
        .map(str::to_owned)
        .map_err(|why| Failure::new(format!("{}: {why}", doing())))
}

fn body(answer: &str) -> Result<&str, String> {
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the answer is not HTTP")?;
    let status = head.lines().next().unwrap_or_default();
    match status.split(' ').nth(1) {
        Some("200") => Ok(body),
        _ => Err(format!("{status} {body}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    fn server_that_says(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            assert!(connection.read(&mut request).unwrap() > 0);
            connection.write_all(answer.as_bytes()).unwrap();
        });
        base
    }

    #[test]
    fn the_body_of_a_success_is_returned() {
        let base = server_that_says("HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\n[1]");
        assert_eq!(get(&base, "/control/requests").unwrap(), "[1]");
    }

    #[test]
    fn anything_but_a_success_names_the_request_and_the_answer() {
        let base = server_that_says("HTTP/1.0 404 Not Found\r\n\r\nno such page");
        let message = get(&base, "/nothing").unwrap_err().to_string();
        assert!(message.contains("/nothing"), "{message}");
        assert!(message.contains("404 Not Found no such page"), "{message}");
    }
}
