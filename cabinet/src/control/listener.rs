//! The control listener: the handle [`Control`] over HTTP, on loopback.

use std::fmt::Display;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Control;
use crate::billing::Adjustment;
use crate::domain::Period;
use crate::faults::Which;
use crate::notices::{NewNews, NewOutage};
use crate::readings::Entry;
use crate::registrations::Verdict;

#[derive(Deserialize)]
struct ClockBody {
    now: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct LoseBody {
    count: u32,
}

#[derive(Deserialize)]
struct LoseRequestsBody {
    count: u32,
    #[serde(default)]
    of: Which,
}

#[derive(Deserialize)]
struct AnswerWithBody {
    count: u32,
    status: u16,
    retry_after: Option<u32>,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    of: Which,
}

#[derive(Deserialize)]
struct LetterBody {
    letter_id: String,
    answer: String,
}

#[derive(Deserialize)]
struct VerdictBody {
    registration_id: String,
    #[serde(flatten)]
    verdict: Verdict,
}

#[derive(Deserialize)]
struct BillingBody {
    period: Period,
}

#[derive(Deserialize)]
struct OfMeter {
    meter_id: String,
}

/// Serves the control listener until told to stop.
pub async fn serve(listener: TcpListener, control: Control, mut stop: watch::Receiver<bool>) {
    let router = Router::new()
        .route("/control/clock", post(set_clock))
        .route("/control/lose-answers", post(lose_answers))
        .route("/control/lose-requests", post(lose_requests))
        .route("/control/answer-with", post(answer_with))
        .route("/control/no-more-faults", post(no_more_faults))
        .route("/control/billing-run", post(billing_run))
        .route("/control/adjustments", post(adjust))
        .route("/control/requests", get(async |State(control): State<Control>| Json(control.requests())))
        .route("/control/readings", get(readings).post(enter_reading))
        .route("/control/letters", get(letters))
        .route("/control/answer-letter", post(answer_letter))
        .route("/control/registrations", get(registrations))
        .route("/control/answer-registration", post(answer_registration))
        .route("/control/news", post(publish_news))
        .route("/control/outages", post(publish_outage))
        .with_state(control);
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
        tracing::error!(%error, "the control listener failed");
    }
}

async fn set_clock(State(control): State<Control>, Json(body): Json<ClockBody>) -> Response {
    control.set_clock(body.now);
    Json(json!({ "now": control.now() })).into_response()
}

async fn lose_answers(State(control): State<Control>, Json(body): Json<LoseBody>) -> Response {
    control.lose_answers(body.count);
    Json(json!({ "count": body.count })).into_response()
}

async fn lose_requests(State(control): State<Control>, Json(body): Json<LoseRequestsBody>) -> Response {
    control.lose_requests(body.of, body.count);
    Json(json!({ "count": body.count })).into_response()
}

async fn answer_with(State(control): State<Control>, Json(body): Json<AnswerWithBody>) -> Response {
    if !(400..600).contains(&body.status) {
        let error = json!({ "error": "only statuses from 400 to 599 are faults" });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response();
    }
    let answer = if body.bare { Control::answer_bare } else { Control::answer_with };
    answer(&control, body.of, body.count, body.status, body.retry_after);
    Json(json!({ "count": body.count })).into_response()
}

async fn no_more_faults(State(control): State<Control>) -> Response {
    control.no_more_faults();
    Json(json!({})).into_response()
}

async fn billing_run(State(control): State<Control>, Json(body): Json<BillingBody>) -> Response {
    worked(move || control.billing_run(body.period)).await
}

async fn adjust(State(control): State<Control>, Json(adjustment): Json<Adjustment>) -> Response {
    worked(move || control.adjust(&adjustment).map(|()| json!({}))).await
}

async fn enter_reading(State(control): State<Control>, Json(entry): Json<Entry>) -> Response {
    worked(move || control.enter_reading(&entry)).await
}

async fn answer_letter(State(control): State<Control>, Json(body): Json<LetterBody>) -> Response {
    let answered = move || match control.answer_letter(&body.letter_id, &body.answer) {
        Ok(true) => Ok(json!({ "status": "answered" })),
        Ok(false) => Err("there is no such letter".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    worked(answered).await
}

async fn registrations(State(control): State<Control>) -> Response {
    worked(move || control.registrations()).await
}

async fn answer_registration(State(control): State<Control>, Json(body): Json<VerdictBody>) -> Response {
    worked(move || control.answer_registration(&body.registration_id, &body.verdict).map(|()| json!({})))
        .await
}

async fn publish_news(State(control): State<Control>, Json(news): Json<NewNews>) -> Response {
    worked(move || control.publish_news(&news)).await
}

async fn publish_outage(State(control): State<Control>, Json(outage): Json<NewOutage>) -> Response {
    worked(move || control.publish_outage(&outage)).await
}

async fn letters(State(control): State<Control>) -> Response {
    worked(move || control.letters()).await
}

/// What was done, or a conflict that says why not.
async fn worked<T: Serialize + Send + 'static, E: Display + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Json(done).into_response(),
        Ok(Err(error)) => (StatusCode::CONFLICT, Json(json!({ "error": error.to_string() }))).into_response(),
        Err(error) => failed(&error),
    }
}

async fn readings(State(control): State<Control>, Query(of): Query<OfMeter>) -> Response {
    match tokio::task::spawn_blocking(move || control.readings(&of.meter_id)).await {
        Ok(Ok(readings)) => Json(readings).into_response(),
        Ok(Err(error)) => failed(&error),
        Err(error) => failed(&error),
    }
}

fn failed(error: &dyn std::error::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "error": error.to_string() }))).into_response()
}
