//! What the transitions keep to, whoever calls them.

use super::*;
use crate::domain::Instant;
use crate::store::journal::tests::{capture, open};
use crate::store::{ErrandKind, LetterText, NewErrand, State, Store};

fn at(millis: i64) -> Instant {
    chrono::DateTime::from_timestamp_millis(millis).unwrap()
}

fn errand(item: &str) -> NewErrand {
    NewErrand {
        item_id: item.to_owned(),
        kind: ErrandKind::Question,
        account_id: Some("a1".to_owned()),
        letter: Some(LetterText::default()),
        written_at: at(1_000),
        idempotency_key: format!("key-{item}"),
    }
}

fn leaves(store: &Store, item: &str) -> bool {
    store.write(|db| freeze_and_send(db, item, Some("{}"), at(2_000))).unwrap()
}

#[test]
fn what_was_taken_back_or_corrected_a_moment_ago_does_not_leave() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    capture(&store, "a2", 2);
    store.write(|db| add_errand(db, &errand("l"))).unwrap();
    store.write(|db| withdraw_letter(db, "l")).unwrap();
    assert!(!leaves(&store, "a") && !leaves(&store, "l") && !leaves(&store, "nobody's"));
    assert!(leaves(&store, "a2") && leaves(&store, "a2"), "and what may have left goes again");
    let item = store.read(|db| by_id(db, "a2")).unwrap().unwrap();
    assert_eq!((item.state, item.attempts), (State::Sending, 2));
}
