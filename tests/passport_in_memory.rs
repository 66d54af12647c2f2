//! Nothing of a passport is left in memory that was given back: each block is looked at when it is freed.
//!
//! One test alone, since it watches the whole process.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use uniffi::{Lift, Lower, LowerReturn, RustBuffer};
use vodomer::{EnteredForm, RegistrationForm, UniFfiTag};
use vodomer_core::app::RegistrationPapers;
use vodomer_core::env::fake::FakeClock;

use common::world::{World, empty_keystore, open};

/// Parts of a passport that stand nowhere else.
const MARKS: [&[u8]; 3] = ["Неповторимова".as_bytes(), b"987654", "Отделом единственных проб".as_bytes()];

/// Frees as the system does, and counts the blocks that still tell something.
struct Watcher;

static WATCHING: AtomicBool = AtomicBool::new(false);
static LEFT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: memory comes from the system's allocator and goes back to it, with the same layouts.
unsafe impl GlobalAlloc for Watcher {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // What was never written must not look like something left there.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if WATCHING.load(Ordering::SeqCst) {
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            let tells = MARKS.iter().any(|mark| bytes.windows(mark.len()).any(|part| part == *mark));
            LEFT.fetch_add(usize::from(tells), Ordering::SeqCst);
        }
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static WATCHER: Watcher = Watcher;

fn watched(work: impl FnOnce()) -> usize {
    LEFT.store(0, Ordering::SeqCst);
    WATCHING.store(true, Ordering::SeqCst);
    work();
    WATCHING.store(false, Ordering::SeqCst);
    LEFT.load(Ordering::SeqCst)
}

fn form() -> RegistrationForm {
    RegistrationForm {
        surname: "Неповторимова".into(),
        name: "Проба".into(),
        patronymic: "Примеровна".into(),
        born_on: "1.2.1950".into(),
        passport_series: "00 00".into(),
        passport_number: "987654".into(),
        issued_by: "Отделом  единственных проб".into(),
        issued_on: "03.02.1995".into(),
        department_code: "000002".into(),
        address: "ул. Примерная, 12".into(),
        account: String::new(),
        phone: "8 900 000 00 00".into(),
        email: "proba@example.invalid".into(),
    }
}

#[test]
fn nothing_of_a_passport_is_left_in_memory_that_was_given_back() {
    let world = World::new();
    let clock = std::sync::Arc::new(FakeClock::default());
    clock.set(chrono::DateTime::parse_from_rfc3339("2026-11-23T12:00:00+03:00").unwrap().to_utc());
    let app = open(world.dir(), world.profile(), clock, empty_keystore());
    // What Kotlin does before the call and after it is not ours.
    let entered: RustBuffer = <RegistrationForm as Lower<UniFfiTag>>::lower(form());
    let mut handed_over = None;
    let left = watched(|| {
        let form = <EnteredForm as Lift<UniFfiTag>>::try_lift(entered).unwrap();
        let Ok(papers) = app.registration_papers(form.form()) else { panic!("refused") };
        handed_over = <RegistrationPapers as LowerReturn<UniFfiTag>>::lower_return(papers).ok();
    });
    assert_eq!(left, 0, "blocks that tell something");
    let sheet = handed_over.unwrap().destroy_into_vec();
    assert!(
        MARKS.iter().all(|mark| sheet.windows(mark.len()).any(|part| part == *mark)),
        "it is on the sheet"
    );
    assert_eq!(watched(|| drop(sheet)), 1, "and the watcher sees what is left");
}
