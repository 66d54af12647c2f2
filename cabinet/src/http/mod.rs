//! The contract over HTTP: routes, who is asking, problems. What is decided here is only how it is said.

mod accounts;
mod auth;
mod bank;
mod bearer;
mod body;
mod etag;
mod health;
mod letters;
mod notices;
mod payments;
mod problem;
mod proofs;
mod readings;
mod registration;
mod source;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, delete, get, post};

pub use bank::PAGES as BANK_PAGES;
pub use body::read_body;
pub use problem::Problem;
pub use readings::KeysSeen;
pub use source::Peer;

use crate::cabinet::Shared;
use crate::config::Bank;

const READINGS: &str = "/v1/accounts/{account}/readings";
const SERVICE_REQUESTS: &str = "/v1/accounts/{account}/service-requests";
const PAYMENTS: &str = "/v1/accounts/{account}/payments";
const QUESTIONS: &str = "/v1/accounts/{account}/questions";

type Service = MethodRouter<Arc<Shared>>;

/// Everything that is served: method and path as `contract/openapi.yaml` has them.
fn table() -> Vec<(&'static str, &'static str, Service)> {
    vec![
        ("post", "/v1/auth/login", post(auth::login)),
        ("post", "/v1/auth/refresh", post(auth::refresh)),
        ("post", "/v1/auth/logout", post(auth::logout)),
        ("post", "/v1/auth/recovery", post(auth::recovery)),
        ("get", "/v1/utility", get(notices::utility)),
        ("get", "/v1/news", get(notices::news)),
        ("get", "/v1/outages", get(notices::outages)),
        ("get", "/v1/accounts", get(accounts::accounts)),
        ("get", "/v1/accounts/{account}/meters", get(accounts::meters)),
        ("get", READINGS, get(accounts::readings)),
        ("post", READINGS, post(readings::post)),
        ("delete", "/v1/accounts/{account}/readings/{reading}", delete(readings::withdraw)),
        ("get", "/v1/accounts/{account}/charges", get(accounts::charges)),
        ("get", PAYMENTS, get(payments::payments)),
        ("post", PAYMENTS, post(payments::post)),
        ("get", "/v1/accounts/{account}/receipts/{period}", get(payments::receipt)),
        ("get", SERVICE_REQUESTS, get(letters::service_requests)),
        ("post", SERVICE_REQUESTS, post(letters::post_service_request)),
        ("get", QUESTIONS, get(letters::questions)),
        ("post", QUESTIONS, post(letters::post_question)),
        ("post", "/v1/appeals", post(letters::post_appeal)),
        ("post", "/v1/registration", post(registration::post)),
        ("get", "/v1/proofs/{receipt}/{code}", get(proofs::confirm)),
        ("get", "/v1/sync", get(sync::changes)),
    ]
}

/// Method and path of all that is served.
pub fn served() -> Vec<(&'static str, &'static str)> {
    table().into_iter().map(|(method, path, _)| (method, path)).collect()
}

/// The service of the contract.
pub fn router(shared: Arc<Shared>) -> Router {
    let routes =
        table().into_iter().fold(Router::new(), |router, (_, path, service)| router.route(path, service));
    let bank = match shared.rules.payments.map(|rules| rules.bank) {
        Some(Bank::Pretended) => bank::routes(),
        None => Router::new(),
    };
    routes
        .merge(bank)
        .route("/health", get(health::health))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(shared)
}
