//! A phone with two readings that have not left and one letter, on a disk in memory.

use std::collections::BTreeMap;

use vodomer_core::app::{App, CaptureRequest, Error, LetterKind, LetterRequest};
use vodomer_soak::disk::{Image, SimDisk};
use vodomer_soak::phone::{ACCOUNT, COLD, HOT, World};

/// The phone, switched off.
pub struct Phone {
    pub image: Image,
    pub world: World,
    /// What it shows of each reading: meter, value and key.
    pub readings: BTreeMap<String, Shown>,
}

/// What may never change by itself.
pub type Shown = (String, String, String);

thread_local! {
    static PHONE: Phone = Phone::make().unwrap_or_else(|error| panic!("no phone: {error:?}"));
}

/// Lends the phone.
pub fn with<T>(work: impl FnOnce(&Phone) -> T) -> T {
    PHONE.with(work)
}

impl Phone {
    fn make() -> Result<Self, Error> {
        let (world, disk) = (World::default(), SimDisk::new("fuzz"));
        let app = world.open(&disk)?;
        world.sign_in(&app)?;
        for (meter, typed) in [(COLD, "123"), (HOT, "84")] {
            let (meter_id, typed) = (meter.to_owned(), typed.to_owned());
            app.capture(&CaptureRequest { meter_id, typed, ..CaptureRequest::default() })?;
        }
        app.write_letter(&LetterRequest {
            kind: LetterKind::Question,
            account_id: Some(ACCOUNT.to_owned()),
            topic: "charges".to_owned(),
            text: "?".to_owned(),
            meter_id: None,
            wanted_on: None,
            name: None,
            contact: None,
        })?;
        let readings = shown(&app)?;
        drop(app);
        Ok(Self { image: disk.image(), world, readings })
    }

    /// Its disk, and its world with a server that has no script.
    pub fn on(&self) -> (SimDisk, World) {
        (SimDisk::from_image("fuzz", &self.image), self.world.fork())
    }

    /// Puts the phone's own items in the places of `$1` and `$2`, since nobody guesses their names.
    pub fn name_items(&self, text: &[u8]) -> Vec<u8> {
        let items: Vec<&String> = self.readings.keys().collect();
        let mut named = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            match (byte, rest.first()) {
                (b'$', Some(b'1'..=b'2')) => {
                    named.extend_from_slice(items[usize::from(rest[0] - b'1')].as_bytes());
                    rest = &rest[1..];
                }
                _ => named.push(*byte),
            }
        }
        named
    }

    /// Every reading is there as it was taken.
    pub fn is_whole(&self, app: &App) {
        for (item, (meter, value, _)) in &self.readings {
            let proof = app.proof(item).unwrap_or_else(|error| panic!("{item} is lost: {error:?}"));
            let entry = proof.entry;
            assert_eq!((&entry.meter_id, &entry.value.to_string()), (meter, value), "{item}");
        }
    }
}

/// The readings of the queue.
pub fn shown(app: &App) -> Result<BTreeMap<String, Shown>, Error> {
    let of = |entry: vodomer_core::app::OutboxEntry| {
        let key = app.proof(&entry.item_id)?.idempotency_key;
        Ok((entry.item_id, (entry.meter_id, entry.value.to_string(), key)))
    };
    app.outbox()?.into_iter().map(of).collect()
}

/// Asks for every screen; errors are answers, panics are not.
pub fn look_at_everything(app: &App) {
    let home = app.home();
    let _ = (app.outbox(), app.letters(), app.plan(), app.visits(), app.recovered(), app.other_channels());
    for meter in [COLD, HOT] {
        let _ = (app.history(meter, 24), app.capture_screen(meter), app.preview(meter, "125"));
    }
    if let Ok(charges) = app.charges(ACCOUNT) {
        for charge in charges.iter().take(3) {
            let _ = (app.receipt(ACCOUNT, charge.period), app.check_charge(ACCOUNT, charge.period));
        }
    }
    let now = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let _ = (home, app.cost_of_missing(ACCOUNT, vodomer_domain::Period::of(now)));
}
