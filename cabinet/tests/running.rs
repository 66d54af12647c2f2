//! A cabinet inside another process: started either way, gone when it is dropped.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Home, agent, config};
use vodomer_cabinet::{Cabinet, Running, StartError};

/// The status of a request without a session, if there is anybody to answer it.
fn status(url: &str) -> Option<u16> {
    agent().get(format!("{url}/v1/accounts")).call().ok().map(|answer| answer.status().as_u16())
}

#[test]
fn dropping_it_frees_its_address_at_once() {
    let home = Home::new();
    let first = Running::start_blocking(config(&home)).unwrap();
    let url = first.url();
    assert_eq!(status(&url), Some(401));
    drop(first);
    assert_eq!(status(&url), None);
    let mut same_port = config(&home);
    same_port.listen = url.trim_start_matches("http://").parse().unwrap();
    let second = Running::start_blocking(same_port).unwrap();
    assert_eq!((second.url(), status(&url)), (url.clone(), Some(401)));
}

#[test]
fn an_idle_connection_does_not_keep_it() {
    let home = Home::new();
    let running = Running::start_blocking(config(&home)).unwrap();
    let address = running.url().trim_start_matches("http://").to_owned();
    let _idle = std::net::TcpStream::connect(&address).unwrap();
    let client = agent();
    client.get(format!("{}/v1/accounts", running.url())).call().unwrap();
    let started = std::time::Instant::now();
    running.stop();
    assert!(started.elapsed() < std::time::Duration::from_secs(3), "{:?}", started.elapsed());
}

#[test]
fn an_address_that_is_taken_is_told() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = config(&home);
    config.listen = taken.local_addr().unwrap();
    assert!(matches!(Running::start_blocking(config), Err(StartError::Listen(..))));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_runtime_of_the_caller_it_runs_and_stops_as_well() {
    let home = Home::new();
    let mut config = config(&home);
    config.control = Some("127.0.0.1:0".parse().unwrap());
    let running = Cabinet::start(config).await.unwrap();
    let (url, control) = (running.url(), running.control_url().unwrap());
    let look = move || (status(&url), agent().get(format!("{control}/control/requests")).call().is_ok());
    assert_eq!(tokio::task::spawn_blocking(look.clone()).await.unwrap(), (Some(401), true));
    running.stop_and_wait().await;
    assert_eq!(tokio::task::spawn_blocking(look).await.unwrap(), (None, false));
}
