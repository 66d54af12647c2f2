//! What a well-shaped profile may still say wrong. Everything is looked at, so that one reading tells all.

use chrono::{Datelike, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::{Profile, ProfileProblems};
use crate::{FractionPolicy, ReminderRules, Resource, Volume};

/// Rules of utilities are of these years; what is outside of them is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;
/// A million m³ a month, a million roubles a m³: what is above is a slip of the finger, and sums stay far from
/// overflowing.
const MOST_UNITS: i64 = 1_000_000;
const MOST_KOPECKS: i64 = 100_000_000;
const MOST_TIMES: i64 = 1_000;
const MOST_MONTHS: i32 = 120;

pub(super) fn profile(profile: &Profile) -> Result<(), ProfileProblems> {
    let mut problems = ProfileProblems(Vec::new());
    profile.check_windows(&mut problems);
    problems.unless(!profile.name.trim().is_empty(), "name", "is empty");
    problems.unless(profile.zone.parse::<Tz>().is_ok(), "zone", "is not in the zone database");
    problems.unless(!profile.zone_phrase.trim().is_empty(), "zone_phrase", "is empty");
    if let FractionPolicy::Keep(digits) = profile.fraction {
        problems.unless(digits <= 4, "fraction.keep", "is more than 4 digits");
    }
    check_tariffs(profile, &mut problems);
    check_norms(profile, &mut problems);
    check_checks(profile, &mut problems);
    check_missed(profile, &mut problems);
    check_reminders(&profile.reminders, &mut problems);
    profile.portal.check(&mut problems);
    profile.contacts.check(&mut problems);
    if let Some(bank) = &profile.bank {
        bank.check(&mut problems);
    }
    for (index, source) in profile.sources.iter().enumerate() {
        problems.unless(!source.field.trim().is_empty(), format!("sources[{index}].field"), "is empty");
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

fn check_tariffs(profile: &Profile, problems: &mut ProfileProblems) {
    let begun: Vec<_> = profile.tariffs.iter().map(|t| (t.resource, t.from)).collect();
    check_begun("tariffs", &begun, problems);
    for (index, tariff) in profile.tariffs.iter().enumerate() {
        let fine = (0..=MOST_KOPECKS).contains(&tariff.kopecks);
        problems.unless(
            fine,
            format!("tariffs[{index}].kopecks"),
            format!("is not within 0 and {MOST_KOPECKS}"),
        );
        let until = format!("tariffs[{index}].until");
        check_day(&until, tariff.until, problems);
        let ends_first = tariff.from.zip(tariff.until).is_some_and(|(from, until)| until < from);
        problems.unless(!ends_first, until, "is before it begins");
    }
}

fn check_norms(profile: &Profile, problems: &mut ProfileProblems) {
    let begun: Vec<_> = profile.norms.iter().map(|n| (n.resource, n.from)).collect();
    check_begun("norms", &begun, problems);
    for (index, norm) in profile.norms.iter().enumerate() {
        check_volume(&format!("norms[{index}].volume"), norm.volume, problems);
    }
}

/// Of one service, no two rules begin on the same day.
fn check_begun(list: &str, begun: &[(Resource, Option<NaiveDate>)], problems: &mut ProfileProblems) {
    for (index, rule) in begun.iter().enumerate() {
        let field = format!("{list}[{index}].from");
        check_day(&field, rule.1, problems);
        if begun.iter().take(index).any(|earlier| earlier == rule) {
            problems.add(field, "is the same as in another one of this service");
        }
    }
}

fn check_checks(profile: &Profile, problems: &mut ProfileProblems) {
    let rules = &profile.checks;
    let times = (1..=MOST_TIMES).contains(&rules.unusual_times);
    problems.unless(times, "checks.unusual_times", format!("is not within 1 and {MOST_TIMES}"));
    check_volume("checks.never_unusual", rules.never_unusual, problems);
    check_volume("checks.unusual_alone", rules.unusual_alone, problems);
    if let Some(limit) = rules.hard_limit {
        check_volume("checks.hard_limit", limit, problems);
        let above = limit >= rules.never_unusual;
        problems.unless(above, "checks.hard_limit", "is below never_unusual");
    }
}

fn check_volume(field: &str, volume: Volume, problems: &mut ProfileProblems) {
    let fine = volume > Volume::default() && volume <= Volume::from_units(MOST_UNITS);
    problems.unless(fine, field, format!("is not above 0 and up to {MOST_UNITS}"));
}

fn check_missed(profile: &Profile, problems: &mut ProfileProblems) {
    let rules = &profile.missed;
    let months = |months: i32| (1..=MOST_MONTHS).contains(&months);
    problems.unless(
        months(rules.average_months),
        "missed.average_months",
        format!("is not within 1 and {MOST_MONTHS}"),
    );
    let fewest = (1..=rules.average_months).contains(&rules.fewest_months);
    problems.unless(fewest, "missed.fewest_months", "is not within 1 and average_months");
    let periods = (0..=MOST_MONTHS).contains(&rules.periods_by_average);
    problems.unless(periods, "missed.periods_by_average", format!("is not within 0 and {MOST_MONTHS}"));
}

/// The day must have room for reminders and for alarms that come late.
fn check_reminders(rules: &ReminderRules, problems: &mut ProfileProblems) {
    let day = TimeDelta::days(1);
    let after = |from, until| -> TimeDelta {
        let gap = chrono::NaiveTime::signed_duration_since(until, from);
        if gap < TimeDelta::zero() { gap + day } else { gap }
    };
    let quiet = after(rules.quiet_from, rules.quiet_until);
    let fine = quiet > TimeDelta::zero() && quiet <= TimeDelta::hours(14);
    problems.unless(fine, "reminders.quiet_until", "is not within 14 hours after quiet_from");
    let awake = after(rules.quiet_until, rules.at) + TimeDelta::hours(1) <= day - quiet;
    problems.unless(awake, "reminders.at", "is in the quiet hours, or less than an hour before them");
}

pub(super) fn check_day(field: &str, day: Option<NaiveDate>, problems: &mut ProfileProblems) {
    let fine = day.is_none_or(|day| YEARS.contains(&day.year()));
    problems.unless(fine, field, format!("is not within the years {} and {}", YEARS.start(), YEARS.end()));
}

pub(super) fn check_first_of_a_month(field: &str, day: Option<NaiveDate>, problems: &mut ProfileProblems) {
    problems.unless(day.is_none_or(|day| day.day() == 1), field, "is not the first of a month");
}
