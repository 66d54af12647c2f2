//! In which order readings of a month were meant.

use super::super::item::Item;

/// Puts each correction behind what it corrects, whatever a clock that went back has made of their names; the others stay
/// in the order in which they come.
pub(super) fn corrections_last(mut items: Vec<Item>) -> Vec<Item> {
    let mut ordered = Vec::with_capacity(items.len());
    while !items.is_empty() {
        let corrects = |item: &Item, other: &Item| item.supersedes.as_ref() == Some(&other.captured.item_id);
        let free = items.iter().position(|item| !items.iter().any(|other| corrects(item, other)));
        ordered.push(items.remove(free.unwrap_or(0)));
    }
    ordered
}
