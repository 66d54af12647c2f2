//! Defects on purpose: what the simulation must see.

use serde_json::value::RawValue;
use vodomer_core::domain::Instant;
use vodomer_core::portal::{Reply, wire};

/// A planted defect, for the proof that the simulation sees such things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// Every attempt goes under a key of its own.
    NewKeyAtEachReplay,
    /// The log's syncs are promised and not done: `synchronous=NORMAL`.
    LogNotSynced,
    /// No sync is done: `synchronous=OFF`.
    NothingSynced,
    /// The phone takes every failure for a success.
    SuccessMadeUp,
    /// What was sent is never read back.
    NeverReadBack,
    /// The upgrade of an older version's file empties its queue.
    QueueNotUpgraded,
}

/// An item under another key.
pub(super) fn rekeyed(item: &RawValue, key: u64) -> Option<Box<RawValue>> {
    let mut value: serde_json::Value = serde_json::from_str(item.get()).ok()?;
    value["idempotency_key"] = format!("{key:016x}").into();
    serde_json::value::to_raw_value(&value).ok()
}

/// An answer that nobody gave: everything was received.
pub(super) fn made_up(items: &[Box<RawValue>], now: Instant) -> Reply<wire::BatchAnswer> {
    let names = items.iter().filter_map(|item| serde_json::from_str::<serde_json::Value>(item.get()).ok());
    let answers = names.map(|item| wire::ItemAnswer {
        client_item_id: item["client_item_id"].as_str().unwrap_or_default().to_owned(),
        status: "received".to_owned(),
        reading_id: Some("made up".to_owned()),
        receipt: None,
        effective_period: None,
        received_at: Some(now),
        code: None,
        params: Default::default(),
    });
    Reply { body: wire::BatchAnswer { items: answers.collect() }, server_time: None }
}
