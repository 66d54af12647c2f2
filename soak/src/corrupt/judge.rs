//! Whether what is shown after a damage is right.

use super::{Phone, Shown};

/// What is wrong with it; nothing, as it should be.
///
/// A fact that is shown must be the one of the sound files, or of the moment before what stood in the log. Items that had
/// not come to their end must be there as they were last; where both the database and the journal are hit, they may be
/// absent, never wrong. Counts and what they say of the month hold only where the app has everything, which it knows.
#[must_use]
pub fn judge(phone: &Phone, shown: &Shown, hit_twice: bool) -> Vec<String> {
    let mut wrong = vec![];
    let kept = |item: &String| {
        ["item", "proof", "letter"].iter().all(|kind| {
            let name = format!("{kind} {item}");
            !phone.sound.facts.contains_key(&name) || shown.facts.contains_key(&name)
        })
    };
    for (name, value) in &shown.facts {
        let sums_up =
            name == "hero" || name == "waiting" || name.ends_with(" usual") || name.contains(" used ");
        let must_be_last = phone.unsent.iter().any(|item| name.contains(item.as_str()));
        let last = phone.sound.facts.get(name);
        let before = phone.before.facts.get(name).filter(|_| !must_be_last);
        if last == Some(value) || before == Some(value) || (sums_up && !shown.complete) {
            continue;
        }
        // The utility's own value of a month stands where neither file knows of the reading that would correct it.
        let lost = || phone.unsent.iter().any(|item| is_of_its_meter(phone, name, item) && !kept(item));
        if hit_twice && name.starts_with("flat ") && lost() {
            continue;
        }
        if sums_up && (hit_twice || last.is_some_and(|_| mixes(phone, shown))) {
            continue;
        }
        wrong.push(format!("{name} is shown as\n    {value}\n  and is\n    {last:?}"));
    }
    if !hit_twice {
        wrong.extend(
            phone.unsent.iter().filter(|item| !kept(item)).map(|item| format!("item {item} is lost")),
        );
    }
    wrong
}

/// Whether a fact is about the meter that an item was taken off.
fn is_of_its_meter(phone: &Phone, name: &str, item: &str) -> bool {
    let meter = name.split_once(" meter ").and_then(|(_, rest)| rest.split(' ').next());
    let entry = phone.sound.facts.get(&format!("item {item}"));
    meter.zip(entry).is_some_and(|(meter, entry)| entry.contains(&format!("meter_id: \"{meter}\"")))
}

/// The log was cut between two answers of the utility: the items are the last ones, its own data of before.
fn mixes(phone: &Phone, shown: &Shown) -> bool {
    let of_utility = |name: &str| name.starts_with("flat ") && phone.before.facts.contains_key(name);
    shown.facts.iter().any(|(name, value)| {
        of_utility(name)
            && phone.before.facts.get(name) == Some(value)
            && phone.sound.facts.get(name) != Some(value)
    })
}
