//! A page that pretends to be the bank, and says so. For the demonstration and for tests: it is no part of the contract, is
//! there only where the rules ask for it, and takes anybody's word that a payment was paid.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::Problem;
use crate::cabinet::Shared;
use crate::domain::PaymentStatus;
use crate::payments::{Payment, settle};

/// Where its pages are; a payment's id follows.
pub const PAGES: &str = "/bank/";

const PAGE: &str = include_str!("bank.html");
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");

/// Its routes.
pub fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/bank/{payment}", get(page)).route("/bank/{payment}/{outcome}", post(said))
}

async fn page(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Result<Response, Problem> {
    // What was said is nothing, so this only cancels one whose time is over.
    tell(&shared, id, PaymentStatus::Pending).await
}

async fn said(
    State(shared): State<Arc<Shared>>,
    Path((id, outcome)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let outcome = PaymentStatus::named(&outcome).ok_or_else(Problem::not_found)?;
    let told = tell(&shared, id.clone(), outcome).await?;
    if told.status() != StatusCode::OK {
        return Ok(told);
    }
    // So that reloading the page says nothing again.
    Ok(Redirect::to(&format!("../{id}")).into_response())
}

async fn tell(shared: &Arc<Shared>, id: String, outcome: PaymentStatus) -> Result<Response, Problem> {
    let payment = shared.in_background(move |shared| {
        let now = shared.clock.now();
        Ok(shared.storage.write(|tx| settle(tx, &id, outcome, now))?)
    });
    let payment = payment.await?.ok_or_else(Problem::not_found)?;
    let mut page = Html(page_of(&payment)).into_response();
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(page)
}

/// Its addresses are relative: a proxy may have it under a path of its own.
fn page_of(payment: &Payment) -> String {
    let buttons = [("paid", "Оплатить"), ("failed", "Не хватило денег"), ("cancelled", "Отказаться")];
    let button = |(outcome, says): (&str, &str)| {
        format!("<form method=\"post\" action=\"{}/{outcome}\"><button>{says}</button></form>", payment.id)
    };
    let below = match payment.status {
        PaymentStatus::Pending => buttons.map(button).concat(),
        PaymentStatus::Paid => "<p class=\"end\">Оплачено.</p>".to_owned(),
        PaymentStatus::Failed => "<p class=\"end\">Оплата не прошла.</p>".to_owned(),
        PaymentStatus::Cancelled => "<p class=\"end\">Оплата отменена.</p>".to_owned(),
    };
    let (roubles, kopecks) = (payment.amount_kopecks / 100, payment.amount_kopecks % 100);
    let parts = [
        ("{purpose}", escaped(&payment.purpose)),
        ("{amount}", format!("{roubles},{kopecks:02} ₽")),
        ("{below}", below),
    ];
    parts.iter().fold(PAGE.to_owned(), |page, (place, part)| page.replace(place, part))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('{', "&#123;")
}
