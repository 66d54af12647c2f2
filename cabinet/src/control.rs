//! Steering a cabinet in the demo and in tests: its clock, lost answers, billing, and a look inside.
//!
//! Nothing of it is part of the contract. The listener is there only when it is asked for, and on loopback only.

use std::sync::Arc;

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

use crate::billing::{self, Adjustment, BillingError};
use crate::cabinet::Shared;
use crate::domain::{Period, Volume};
use crate::error::Broken;
use crate::records::StoredReading;
use crate::request_log::RequestEntry;
use crate::storage::{BillingRun, NewMeter, Result, StorageError};

/// A handle on a running cabinet. Its methods block for as long as the database takes.
#[derive(Clone)]
pub struct Control {
    shared: Arc<Shared>,
}

impl Control {
    pub(crate) const fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Lets the clock stand at an instant until it is set again; `None` gives it back to the system.
    pub fn set_clock(&self, now: impl Into<Option<DateTime<Utc>>>) {
        self.shared.clock.set(now.into());
    }

    /// The cabinet's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// Loses the next so many answers to posted readings, after the readings were stored: the connection closes
    /// without a word.
    pub fn lose_answers(&self, count: u32) {
        self.shared.faults.lose_answers(count);
    }

    /// Charges a month for all accounts; a charged month is answered again and stays as it is.
    ///
    /// # Errors
    /// [`BillingError`]
    pub fn billing_run(&self, period: Period) -> std::result::Result<BillingRun, BillingError> {
        billing::run(&self.shared.storage, &self.shared.rules, period, self.now())
    }

    /// Puts a benefit or a recalculation on an account's newest receipt.
    ///
    /// # Errors
    /// [`BillingError`]
    pub fn adjust(&self, adjustment: &Adjustment) -> std::result::Result<(), BillingError> {
        billing::adjust(&self.shared.storage, adjustment, self.now())
    }

    /// The newest requests as the cabinet saw them, oldest first.
    pub fn requests(&self) -> Vec<RequestEntry> {
        self.shared.requests.entries()
    }

    /// Everything that is stored for a meter, oldest period first.
    ///
    /// # Errors
    /// The storage's.
    pub fn readings(&self, meter_id: &str) -> Result<Vec<StoredReading>> {
        let readings = self.shared.storage.read::<_, StorageError>(|tx| tx.readings_of_meter(meter_id))?;
        let stored =
            readings.into_iter().map(|reading| StoredReading { kept: reading.kept.clone(), reading });
        Ok(stored.collect())
    }

    /// Forgets old keys, tokens and failures now, as the cabinet does every hour.
    ///
    /// # Errors
    /// The storage's.
    pub fn forget_what_is_over(&self) -> std::result::Result<(), Broken> {
        self.shared.forget_what_is_over()
    }

    /// Takes a meter out of use, in favour of another if there is one.
    ///
    /// # Errors
    /// The storage's.
    pub fn archive_meter(&self, meter_id: &str, replaced_by: Option<&str>) -> Result<()> {
        self.shared.storage.write(|tx| tx.archive_meter(meter_id, replaced_by))
    }

    /// Writes the last day on which a meter's readings count.
    ///
    /// # Errors
    /// The storage's.
    pub fn set_verify_by(&self, meter_id: &str, day: Option<chrono::NaiveDate>) -> Result<()> {
        self.shared.storage.write(|tx| tx.set_verify_by(meter_id, day))
    }

    /// Writes a meter's own limit of a month's use; `None` leaves it to the utility's for all meters.
    ///
    /// # Errors
    /// The storage's.
    pub fn set_limit(&self, meter_id: &str, limit: Option<Volume>) -> Result<()> {
        self.shared.storage.write(|tx| tx.set_limit(meter_id, limit))
    }

    /// Enters a meter, or one more register of a meter.
    ///
    /// # Errors
    /// The storage's.
    pub fn add_meter(&self, meter: &NewMeter) -> Result<()> {
        self.shared.storage.write(|tx| tx.add_meter(meter))
    }
}

#[derive(Deserialize)]
struct ClockBody {
    now: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct LoseBody {
    count: u32,
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
pub(crate) async fn serve(listener: TcpListener, control: Control, mut stop: watch::Receiver<bool>) {
    let router = Router::new()
        .route("/control/clock", post(set_clock))
        .route("/control/lose-answers", post(lose_answers))
        .route("/control/billing-run", post(billing_run))
        .route("/control/adjustments", post(adjust))
        .route("/control/requests", get(async |State(control): State<Control>| Json(control.requests())))
        .route("/control/readings", get(readings))
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

async fn billing_run(State(control): State<Control>, Json(body): Json<BillingBody>) -> Response {
    billed(move || control.billing_run(body.period)).await
}

async fn adjust(State(control): State<Control>, Json(adjustment): Json<Adjustment>) -> Response {
    billed(move || control.adjust(&adjustment).map(|()| json!({}))).await
}

async fn billed<T: Serialize + Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, BillingError> + Send + 'static,
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
