//! What a phone shows of its items, and whether it may show that.

use std::collections::BTreeMap;

use vodomer_core::app::{App, Error, Proof, Status};

/// The proof of every reading that was ever seen, and every letter as it is listed, by item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    proofs: BTreeMap<String, Proof>,
    letters: BTreeMap<String, String>,
}

impl View {
    /// What the phone shows: its queue, and of `known` items also those that have left it.
    ///
    /// # Errors
    /// As [`App::proof`]; an item that is not known to the phone is none.
    pub fn take<'a>(app: &App, known: impl IntoIterator<Item = &'a String>) -> Result<Self, Error> {
        let mut ids: Vec<String> = app.outbox()?.into_iter().map(|entry| entry.item_id).collect();
        ids.extend(known.into_iter().cloned());
        let mut proofs = BTreeMap::new();
        for id in ids {
            match app.proof(&id) {
                Ok(proof) => {
                    proofs.insert(id, proof);
                }
                Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let letters = app.letters()?.into_iter().map(|entry| (entry.item_id.clone(), format!("{entry:?}")));
        Ok(Self { proofs, letters: letters.collect() })
    }

    /// The readings.
    pub fn items(&self) -> impl Iterator<Item = &String> {
        self.proofs.keys()
    }

    /// The key under which an item goes.
    #[must_use]
    pub fn key(&self, item: &str) -> Option<&str> {
        self.proofs.get(item).map(|proof| proof.idempotency_key.as_str())
    }

    /// Items that the server is not known to have, and that nothing has taken the place of.
    pub fn waiting(&self) -> impl Iterator<Item = &String> {
        let waits = |status| {
            matches!(status, Status::Saved | Status::WaitingForNetwork | Status::SentElsewhere | Status::Sent)
        };
        self.proofs
            .iter()
            .filter(move |(_, p)| waits(p.entry.status) && p.received_at.is_none())
            .map(|(id, _)| id)
    }

    /// Why this can't be what lies between two views; nothing when it can.
    #[must_use]
    pub fn not_between(&self, before: &Self, after: &Self) -> Option<String> {
        // Only what was there before and is not meant to be there after may go.
        let stays = |id: &&String| after.proofs.contains_key(*id) && !self.proofs.contains_key(*id);
        if let Some(lost) = before.items().find(stays) {
            return Some(format!("{lost} is lost"));
        }
        let stays = |id: &&String| after.letters.contains_key(*id) && !self.letters.contains_key(*id);
        if let Some(lost) = before.letters.keys().find(stays) {
            return Some(format!("the letter {lost} is lost"));
        }
        let strange = |(id, letter): &(&String, &String)| {
            before.letters.get(*id) != Some(*letter) && after.letters.get(*id) != Some(*letter)
        };
        if let Some((id, letter)) = self.letters.iter().find(strange) {
            return Some(format!("the letter {id} is as it never was: {letter}"));
        }
        self.proofs.iter().find_map(|(id, shown)| {
            let (before, after) = (before.proofs.get(id), after.proofs.get(id));
            let (Some(from), Some(to)) = (before.or(after), after.or(before)) else {
                return Some(format!("{id} came from nowhere"));
            };
            let field = field_not_between(shown, from, to)?;
            Some(format!("{id}: {field} is none of before or after: {shown:?}, not {from:?} or {to:?}"))
        })
    }
}

/// One thing that a proof says.
type Told = fn(&Proof) -> String;

/// Evidence never changes; progress is as it was before or as it would have become.
fn field_not_between(shown: &Proof, before: &Proof, after: &Proof) -> Option<&'static str> {
    // The code is a hash over the rest.
    let evidence = |p: &Proof| {
        (
            (p.entry.meter_id.clone(), p.entry.period, p.entry.value, p.entry.taken_at),
            (p.entered.clone(), p.account.clone(), p.serial.clone(), p.phone_at, p.skew_ms, p.monotonic_ms),
        )
    };
    let either = |of: Told| of(shown) == of(before) || of(shown) == of(after);
    let progress: [(&str, Told); 7] = [
        ("key", |p| p.idempotency_key.clone()),
        // What has gone may be in doubt between queue and receipt.
        ("sent_at", |p| format!("{:?}", p.sent_at)),
        ("received_at", |p| format!("{:?}", p.received_at)),
        ("accepted_at", |p| format!("{:?}", p.accepted_at)),
        ("accounted_at", |p| format!("{:?}", p.accounted_at)),
        ("receipt", |p| format!("{:?}", p.receipt)),
        ("channel", |p| format!("{:?}", p.entry.channel)),
    ];
    if evidence(shown) != evidence(after) {
        return Some("evidence");
    }
    if let Some((name, _)) = progress.into_iter().find(|(_, of)| !either(*of)) {
        return Some(name);
    }
    let left = matches!(shown.entry.status, Status::Sent | Status::Accepted | Status::Accounted);
    let (was, becomes) = (before.entry.status, after.entry.status);
    if left && shown.sent_at.is_none() {
        return Some("status without an attempt");
    }
    (shown.entry.status != was && shown.entry.status != becomes && !(left && becomes_sent(becomes)))
        .then_some("status")
}

fn becomes_sent(status: Status) -> bool {
    matches!(
        status,
        Status::Sent | Status::Accepted | Status::Accounted | Status::NeedsAnswer | Status::Rejected
    )
}
