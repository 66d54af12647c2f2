//! The outbox through the facade, against a scripted server.

mod by_hand;
mod corrections;
mod delivery;
mod doubts;
mod elsewhere;
mod logins;
mod sessions;
mod waiting;

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::app::{
    CaptureOutcome, CaptureRequest, LetterKind, LetterRequest, LoginRequest, Resource, Status, SyncOutcome,
};
use crate::domain::Instant;
use crate::portal::Failure;
use crate::store::{Channel, State};
use crate::testing::{COLD, HOT, Phone, page, question, tokens};

const TIME: i64 = 10_000;

fn status(phone: &Phone, item: &str) -> Status {
    phone.app.proof(item).unwrap().entry.status
}

fn keys(phone: &Phone) -> Vec<String> {
    phone.portal.posted().iter().map(|p| p["idempotency_key"].as_str().unwrap().to_owned()).collect()
}

fn later(phone: &Phone) {
    phone.set_clock("2026-11-24T12:00:00+03:00");
}

fn meter_changes(phone: &Phone) {
    phone.portal.will_change(Ok(page(json!({
        "cursor": "2",
        "meters": [{ "id": COLD, "account_id": "a1", "serial": "new", "resource": "cold_water", "place": "кухня",
            "digits": { "whole": 5, "fraction": 3 }, "version": 2, "verify_by": null }],
    }))));
}

fn moment(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn too_many() -> Failure {
    let params = json!({ "limit": 1 }).as_object().unwrap().clone();
    Failure::Refused { status: 422, code: Some("TOO_MANY_ITEMS".into()), params, retry_after: None }
}

fn server_fails() -> Failure {
    Failure::Refused { status: 500, code: None, params: Default::default(), retry_after: None }
}

fn maintenance(seconds: u64) -> Failure {
    let code = Some("MAINTENANCE".into());
    Failure::Refused { status: 503, code, params: Default::default(), retry_after: Some(seconds) }
}

/// What the utility says to a value of a month in which another stands.
fn another_stands(value: &str, reading_id: &str) -> serde_json::Value {
    let params = json!({ "value": value, "reading_id": reading_id });
    json!({ "status": "refused", "code": "DUPLICATE_IN_PERIOD", "params": params })
}
