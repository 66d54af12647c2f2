//! Which disk a path of this thread lies on.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, Weak};

use super::files::State;

thread_local! {
    static MOUNTED: RefCell<Vec<(String, Weak<Mutex<State>>)>> = const { RefCell::new(Vec::new()) };
}

/// The disk takes the place of what was mounted there before.
pub(super) fn mount(root: &str, state: &Arc<Mutex<State>>) {
    MOUNTED.with_borrow_mut(|mounted| {
        mounted.retain(|(known, disk)| known != root && disk.strong_count() > 0);
        mounted.push((root.to_owned(), Arc::downgrade(state)));
    });
}

/// The disk of a path, and the path on it.
pub(super) fn resolve(path: &str) -> Option<(Arc<Mutex<State>>, String)> {
    MOUNTED.with_borrow(|mounted| {
        mounted.iter().find_map(|(root, disk)| {
            let rest = path.strip_prefix(root.as_str()).filter(|rest| rest.starts_with('/'))?;
            Some((disk.upgrade()?, rest.to_owned()))
        })
    })
}
