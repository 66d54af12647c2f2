//! Everything that the app shows, as facts: a name each, and what is shown under it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use vodomer_core::app::{App, Error, OpenOptions};
use vodomer_core::env::Env;
use vodomer_core::env::fake::{FakeClock, FakeSecrets};
use vodomer_core::store::RealMedium;

/// What is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Name → value; what is absent has no name.
    pub facts: BTreeMap<String, String>,
    /// All that the utility ever told is there, as far as the app knows.
    pub complete: bool,
}

/// Opens the app on a folder, and looks at every screen.
///
/// # Errors
/// Whatever keeps it from being opened or shown.
pub fn show(dir: &Path) -> Result<Shown, Error> {
    let clock = Arc::new(FakeClock::default());
    clock.set(super::phone::now());
    let options = OpenOptions {
        dir: dir.to_string_lossy().into_owned(),
        profile_json: None,
        app_version: String::new(),
    };
    let env = Env::new(clock, Arc::new(FakeSecrets::default()), String::new());
    let app = App::open_on(&options, env, Arc::new(RealMedium))?;
    look(&app)
}

fn look(app: &App) -> Result<Shown, Error> {
    let mut shown = Shown::default();
    let home = app.home()?;
    shown.complete = home.as_of.is_some();
    let mut note = |name: String, value: String| {
        shown.facts.insert(name, value);
    };
    note("hero".to_owned(), format!("{:?}", home.hero));
    note("waiting".to_owned(), format!("{:?}", home.waiting));
    for flat in &home.flats {
        let of = format!("flat {}", flat.account_id);
        note(of.clone(), format!("{} {} {:?}", flat.number, flat.address, flat.balance));
        for meter in &flat.meters {
            let of = format!("{of} meter {}", meter.meter_id);
            note(of.clone(), format!("{:?} {} {:?}", meter.resource, meter.place, meter.zone));
            if let Some(value) = meter.value {
                note(format!("{of} value"), format!("{value} {:?} {:?}", meter.status, meter.item_id));
            }
            if let Some(previous) = meter.previous {
                note(format!("{of} previous"), previous.to_string());
            }
            let history = app.history(&meter.meter_id, 120)?;
            if let Some(usual) = history.usual {
                note(format!("{of} usual"), usual.to_string());
            }
            for past in &history.readings {
                let value = format!("{} {:?} {:?}", past.value, past.rolled_over, past.replaced);
                note(format!("{of} past {} {:?}", past.period, past.source), value);
                if let Some(used) = past.used {
                    note(format!("{of} used {}", past.period), format!("{used} {:?}", past.kind));
                }
            }
        }
        for charge in app.charges(&flat.account_id)? {
            note(format!("{of} charge {}", charge.period), format!("{charge:?}"));
        }
    }
    for entry in app.outbox()? {
        note(format!("item {}", entry.item_id), format!("{entry:?}"));
        note(format!("proof {}", entry.item_id), format!("{:?}", app.proof(&entry.item_id)?));
    }
    for letter in app.letters()? {
        note(format!("letter {}", letter.item_id), format!("{letter:?}"));
    }
    for visit in app.visits()? {
        note(format!("visit {}", visit.id), format!("{} {:?} {:?}", visit.date, visit.from, visit.note));
    }
    Ok(shown)
}
