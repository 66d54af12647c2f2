//! A utility as data: a profile that is taken must be usable for years, in every way that the app uses one.

use chrono::{DateTime, TimeDelta};
use vodomer_domain::{Agenda, Occasions, Period, Profile, plan};

/// Bytes as a profile.
pub fn profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(profile) = Profile::from_json(text) else { return };
    let again = serde_json::to_string(&profile).unwrap_or_default();
    assert_eq!(Profile::from_json(&again).as_ref(), Ok(&profile), "written and read again it is another");
    let _ = profile.host();
    let calendar = profile.calendar();
    let occasions =
        Occasions { agenda: Agenda { missing: vec!["m".to_owned()], unsent: 1 }, ..Occasions::default() };
    let mut now = DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default();
    for _ in 0..60 {
        now += TimeDelta::hours(13 * 24 + 7);
        let window = calendar.window(Period::of(calendar.date(now)));
        assert!(window.opens_at <= window.closes_at, "a window ends before it begins: {window:?}");
        let position = calendar.position(now).window();
        assert!(now < position.closes_at, "the window of {now} is over: {position:?}");
        let place = calendar.place(now);
        assert!(place.held_until.is_none_or(|until| until > now), "held until {place:?} at {now}");
        let schedule = plan(now, &calendar, calendar.zone, &profile.reminders, &occasions, &[]);
        assert!(schedule.next_wake > now, "it never wakes again: {schedule:?} at {now}");
    }
}
