//! Accepting connections and answering on them.
//!
//! An own loop rather than the framework's, since an answer that gets lost is a connection that closes without a
//! word, and no handler can do that.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use crate::cabinet::Shared;
use crate::faults::{Fault, faulty_answer, is_sending};
use crate::http::{KeysSeen, Peer, Problem};
use crate::request_log::{Outcome, RequestEntry};

/// Connections held at once; more wait to be accepted.
const MAX_CONNECTIONS: usize = 1024;
/// A request's head, and a request as a whole, must have come and been answered in this time.
const HEAD_TIME: Duration = Duration::from_secs(15);
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// Requests under way at the end get this long.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// The connection is to close without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the answer is lost on the way")]
struct AnswerLost;

/// Serves until told to stop, then lets the requests under way end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let stream = tokio::select! {
            stream = next_connection(&listener, &room) => stream,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Some((stream, peer, place)) = stream else { continue };
        let (router, shared) = (router.clone(), Arc::clone(&shared));
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            answer(router.clone(), Arc::clone(&shared), request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were cut off");
    }
}

async fn next_connection(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, Peer, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // An answer is one small write; waiting for more of it would only delay it.
            let _ = stream.set_nodelay(true);
            Some((stream, Peer(peer.ip()), place))
        }
        Err(error) => {
            // Usually: no more file descriptors. Some will be free soon.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn answer(
    router: Router,
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Body>, AnswerLost> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let started = std::time::Instant::now();
    let fault = shared.faults.strike(&method, &path);
    let responded = respond(router, request, fault, shared.clock.now());
    let (mut response, bytes_in) = match tokio::time::timeout(REQUEST_TIME, responded).await {
        Ok(answered) => answered,
        Err(_) => (Problem::timed_out().into_response(), 0),
    };
    let now = shared.clock.now();
    let headers = response.headers_mut();
    let date = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    headers.insert(header::DATE, HeaderValue::try_from(date).unwrap_or(HeaderValue::from_static("")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let status = response.status();
    let outcome = if fault == Some(Fault::LoseRequest) {
        Outcome::RequestLost
    } else if is_sending(&method, &path) && status == StatusCode::OK && shared.faults.takes_an_answer() {
        Outcome::AnswerLost
    } else {
        Outcome::Answered(status.as_u16())
    };
    let lost = !matches!(outcome, Outcome::Answered(_));
    let keys = response.extensions_mut().remove::<KeysSeen>().unwrap_or_default();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    // No path in the log: it names the account.
    tracing::info!(%method, status = status.as_u16(), lost, ms, "request");
    shared.requests.add(RequestEntry {
        at: now,
        method: method.to_string(),
        path,
        status: outcome,
        idempotency_keys: keys.0,
        bytes_in,
    });
    if lost { Err(AnswerLost) } else { Ok(response) }
}

async fn respond(
    router: Router,
    request: Request<Incoming>,
    fault: Option<Fault>,
    now: DateTime<Utc>,
) -> (Response<Body>, usize) {
    let (head, body) = request.into_parts();
    let body = match crate::http::read_body(body).await {
        Ok(body) => body,
        Err(problem) => return (problem.into_response(), 0),
    };
    let bytes_in = body.len();
    match fault {
        Some(Fault::LoseRequest) => return (Response::default(), bytes_in),
        Some(Fault::Answer { status, retry_after, bare }) => {
            return (faulty_answer(status, retry_after, bare, now), bytes_in);
        }
        None => {}
    }
    let answered: Result<_, Infallible> = router.oneshot(Request::from_parts(head, Body::from(body))).await;
    let Ok(response) = answered;
    (response, bytes_in)
}
