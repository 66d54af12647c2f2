//! A phone that was used for years, as its files lie on the disk in the middle of its life.

use std::path::Path;
use std::sync::Arc;

use vodomer_core::domain::{Captured, Dial, Instant, Period, Resource, Volume};
use vodomer_core::store::{
    self, AccountRow, ChargeRow, ErrandKind, LetterText, MeterRow, NewCapture, NewErrand, Outcome,
    ReadingRow, RealMedium, Seen, Store, VisitRow, Writing,
};

use super::{Part, Shown, show};

const METERS: i64 = 8;

/// The files, with what they show.
pub struct Phone {
    files: Vec<(Part, Vec<u8>)>,
    /// What the app shows of them.
    pub sound: Shown,
    /// What it showed before the last refresh and captures, which stand in the log alone.
    pub before: Shown,
    /// Items that have not come to their end.
    pub unsent: Vec<String>,
}

/// A folder in memory, where there is one: thousands of files are synced in it.
///
/// # Panics
/// When there is no room for one.
#[must_use]
#[allow(clippy::unwrap_used, reason = "a machine of tests")]
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The moment at which everything is looked at: in November's window.
#[must_use]
pub fn now() -> Instant {
    at(1_795_424_400_000)
}

fn at(millis: i64) -> Instant {
    chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

impl Phone {
    /// A phone with so many years of readings and charges, and something in every state.
    ///
    /// # Panics
    /// When the files can't be written.
    #[must_use]
    #[allow(clippy::unwrap_used, reason = "a machine of tests")]
    pub fn lived_in(years: usize) -> Self {
        let dir = folder();
        let store = Store::open(dir.path(), Arc::new(RealMedium)).unwrap();
        store.write(|db| past(db, years * 12)).unwrap();
        store.write(items).unwrap();
        drop(store);
        let before = show(dir.path()).unwrap();
        let store = Store::open(dir.path(), Arc::new(RealMedium)).unwrap();
        last_refresh(&store);
        // Copied while it is open: its log has not gone into the file.
        let files: Vec<_> =
            Part::ALL.map(|part| (part, std::fs::read(dir.path().join(part.name())).unwrap())).into();
        drop(store);
        let mut phone = Self { files, before, sound: Shown::default(), unsent: vec![] };
        let copy = folder();
        phone.copy_to(copy.path());
        phone.sound = show(copy.path()).unwrap();
        phone.unsent = [1, 2, 3, 5, 6, 7, 8].map(item).into_iter().chain([letter(), item(20)]).collect();
        phone
    }

    /// A file's bytes.
    #[must_use]
    pub fn files(&self, part: Part) -> &[u8] {
        self.files.iter().find(|(p, _)| *p == part).map_or(&[], |(_, bytes)| bytes)
    }

    /// The files into a folder.
    ///
    /// # Panics
    /// When they can't be written.
    #[allow(clippy::unwrap_used, reason = "a machine of tests")]
    pub fn copy_to(&self, dir: &Path) {
        for (part, bytes) in &self.files {
            std::fs::write(dir.join(part.name()), bytes).unwrap();
        }
    }
}

/// The id of an item.
fn item(n: i64) -> String {
    format!("019aa000-0000-7000-8000-{n:012}")
}

fn letter() -> String {
    "019aa000-0000-7000-8000-00000000abcd".to_owned()
}

fn meter(n: i64) -> String {
    format!("meter-{n}")
}

fn month(back: usize) -> Period {
    this_month().months_back(u32::try_from(back).unwrap_or(0))
}

fn this_month() -> Period {
    Period::of(now().date_naive())
}

/// What the utility has told over the years.
#[allow(clippy::unwrap_used, reason = "a machine of tests")]
fn past(db: &Writing<'_>, months: usize) -> rusqlite::Result<()> {
    store::put_login(db, "login-1", "1204417", true)?;
    store::put_account(db, &account(12_345))?;
    for n in 0..METERS {
        store::put_meter(
            db,
            &MeterRow {
                id: meter(n),
                account_id: "account-1".to_owned(),
                serial: format!("0455{n}"),
                resource: if n % 2 == 0 { Resource::ColdWater } else { Resource::HotWater },
                place: format!("стояк {}", n / 2 + 1),
                dial: Dial::new(5, 3).unwrap(),
                version: 1,
                verify_by: None,
                archived: false,
                zone: None,
                limit: None,
                replaces: None,
            },
        )?;
        for back in 1..=months {
            store::put_reading(db, &reading(n, back, months))?;
        }
    }
    for back in 1..=months {
        let line = r#"{"resource":"cold_water","basis":"meter","volume":"4","tariff_kopecks":5342,"amount_kopecks":21368}"#;
        store::put_charge(
            db,
            &ChargeRow {
                account_id: "account-1".to_owned(),
                period: month(back),
                total_kopecks: 21_368 + i64::try_from(back).unwrap_or(0),
                due_kopecks: 21_368,
                pay_by: None,
                lines: format!("[{line},{line},{line}]"),
            },
        )?;
    }
    for (id, day) in [("v1", "2026-12-01"), ("v2", "2026-12-08")] {
        let visit = VisitRow {
            id: id.to_owned(),
            account_id: "account-1".to_owned(),
            date: day.parse().unwrap_or_default(),
            from: None,
            until: None,
            note: "Поверка счётчика горячей воды".to_owned(),
        };
        store::put_visit(db, &visit)?;
    }
    store::show_reminder(db, "open 2026-11", now())?;
    store::refreshed(db, "login-1", "cursor-1", Some(at(1_795_000_000_000)))
}

fn account(kopecks: i64) -> AccountRow {
    AccountRow {
        id: "account-1".to_owned(),
        login_id: Some("login-1".to_owned()),
        number: "1204417".to_owned(),
        address: "ул. Примерная, 12, кв. 7".to_owned(),
        balance_kopecks: kopecks,
        balance_period: Some(month(1)),
        balance_as_of: at(1_795_000_000_000),
        residents: Some(3),
    }
}

fn reading(meter_n: i64, back: usize, months: usize) -> ReadingRow {
    let used = i64::try_from(months - back).unwrap_or(0) * (3 + meter_n);
    // Ids as a server makes them: in no order.
    let scattered = (back * 7_919 + usize::try_from(meter_n).unwrap_or(0) * 104_729) % 1_000_003;
    ReadingRow {
        id: format!("{scattered:07}-{meter_n}-{back}"),
        meter_id: meter(meter_n),
        period: month(back),
        value: Volume::from_units(100 + used),
        taken_at: Some(at(1_700_000_000_000)),
        received_at: at(1_700_000_000_000),
        source: "app".to_owned(),
        status: "accounted".to_owned(),
        receipt: Some(format!("{back:06}")),
        item_id: None,
        rollover: false,
        replacement: None,
        sent_at: None,
    }
}

fn capture(n: i64, meter_n: i64, units: i64) -> NewCapture {
    let taken = at(now().timestamp_millis() - 86_400_000 + n);
    NewCapture {
        captured: Captured {
            item_id: item(n),
            meter_id: meter(meter_n),
            period: this_month(),
            value: Volume::from_units(units),
            entered: format!("{units},000"),
            taken_at: taken,
        },
        seen: Seen {
            serial: format!("0455{meter_n}"),
            resource: if meter_n % 2 == 0 { Resource::ColdWater } else { Resource::HotWater },
            place: format!("стояк {}", meter_n / 2 + 1),
            zone: None,
            account: "1204417".to_owned(),
            address: "ул. Примерная, 12, кв. 7".to_owned(),
        },
        account_id: "account-1".to_owned(),
        meter_version: 1,
        skew: Some(1_500),
        phone_at: taken,
        monotonic: 1_000 + n,
        boot: 3,
        confirmed: vec!["higher".to_owned()],
        rollover: false,
        replacement: None,
        idempotency_key: format!("0b0c0d0e-0000-4000-8000-{n:012}"),
        not_before: taken,
    }
}

/// An item in every state, and a letter.
fn items(db: &Writing<'_>) -> rusqlite::Result<()> {
    for n in 0..6 {
        store::add(db, &capture(n, n, 500 + n))?;
    }
    for n in 1..6 {
        let payload = format!(r#"{{"client_item_id":"{}","value":"{}"}}"#, item(n), 500 + n);
        store::freeze_and_send(db, &item(n), Some(&payload), now())?;
    }
    let params = r#"{"limit":"40"}"#.to_owned();
    store::settle(
        db,
        &item(2),
        &Outcome::NeedsAnswer { code: "CONSUMPTION_TOO_HIGH".to_owned(), params },
        now(),
    )?;
    let refused = Outcome::Rejected { code: "METER_UNKNOWN".to_owned(), params: "{}".to_owned() };
    store::settle(db, &item(3), &refused, now())?;
    let received = |n: i64| Outcome::Received {
        reading_id: Some(format!("reading-{n}")),
        receipt: Some(format!("{n:06}")),
        effective_period: Some(this_month()),
        received_at: now(),
    };
    store::settle(db, &item(4), &received(4), now())?;
    store::mark_accounted(db, "reading-4", now())?;
    store::settle(db, &item(5), &received(5), now())?;
    let text = LetterText {
        topic: "meters".to_owned(),
        text: "Прошу опломбировать".to_owned(),
        ..LetterText::default()
    };
    store::add_errand(
        db,
        &NewErrand {
            item_id: letter(),
            kind: ErrandKind::Question,
            account_id: Some("account-1".to_owned()),
            letter: Some(text),
            written_at: now(),
            idempotency_key: "0b0c0d0e-0000-4000-8000-00000000abcd".to_owned(),
        },
    )
}

/// What stands in the log alone: a page of the utility's, captures, and a correction of what is in doubt.
#[allow(clippy::unwrap_used, reason = "a machine of tests")]
fn last_refresh(store: &Store) {
    store
        .write(|db| {
            store::put_account(db, &account(-500))?;
            store::put_reading(
                db,
                &ReadingRow {
                    status: "received".to_owned(),
                    source: "phone".to_owned(),
                    ..reading(7, 0, 24)
                },
            )?;
            store::refreshed(db, "login-1", "cursor-2", Some(at(1_795_400_000_000)))
        })
        .unwrap();
    for n in 6..8 {
        store.write(|db| store::add(db, &capture(n, n, 600 + n))).unwrap();
    }
    store.write(|db| store::add(db, &capture(8, 0, 555))).unwrap();
    store.write(|db| store::freeze_and_send(db, &item(6), Some(r#"{"value":"606"}"#), now())).unwrap();
    store.write(|db| store::add(db, &capture(20, 1, 777))).unwrap();
}
