use chrono_tz::Tz;

use super::*;
use crate::Instant;
use proptest::prelude::*;

const MOSCOW: Tz = Tz::Europe__Moscow;

fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn hours(weekdays_only: bool, from: &str, until: &str) -> Hours {
    let time = |text: &str| text.parse().ok();
    Hours { weekdays_only, from: time(from), until: time(until), always: false }
}

fn open(at: &str) -> Answers {
    Answers::Now { until: Some(self::at(at)) }
}

fn closed(next_on: &str, next_at: Option<&str>) -> Answers {
    Answers::Closed { next_on: next_on.parse().unwrap(), next_at: next_at.map(at) }
}

#[test]
fn kursk_is_compiled_in_and_sound() {
    let kursk = Profile::kursk().unwrap();
    assert_eq!(kursk.zone, "Europe/Moscow");
    assert_eq!(kursk.fraction, FractionPolicy::Truncate);
    assert_eq!((kursk.tariffs.len(), kursk.norms.len(), kursk.bank.is_none()), (0, 0, true));
    assert_eq!(kursk.reminders, ReminderRules::default());
    assert_eq!(kursk.host(), "cabinet.example.invalid");
    let november = kursk.calendar().window("2026-11".parse().unwrap());
    assert_eq!(
        (november.opens_at, november.closes_at),
        (at("2026-11-23T00:00:00+03:00"), at("2026-11-26T00:00:00+03:00"),)
    );
}

#[test]
fn the_rules_of_windows_carry_their_days() {
    let example = Profile::from_json(include_str!("../../profiles/example-25-to-5.json")).unwrap();
    let calendar = example.calendar();
    let from: Vec<_> = calendar.changes.iter().map(|r| r.from.map(|d| d.to_string())).collect();
    assert_eq!(from, [Some("2026-03-01".to_owned())]);
    assert_eq!(calendar.rule.closes, example.windows[0].closes);
    assert_eq!(calendar.changes[0].rule.closes, example.windows[1].closes);
    assert_eq!(Profile::kursk().unwrap().calendar().changes, []);
}

#[test]
fn the_host_is_what_stands_before_port_and_path() {
    let mut profile = Profile::kursk().unwrap();
    for (url, host) in
        [("http://127.0.0.1:8080", "127.0.0.1"), ("https://example.org/a:b", "example.org"), ("nothing", "")]
    {
        profile.portal.base_url = url.to_owned();
        assert_eq!(profile.host(), host);
    }
}

#[test]
fn the_readings_line_is_closed_at_the_weekend_and_silent_about_its_hours() {
    let kursk = Profile::kursk().unwrap();
    let line = kursk.contacts.phones.iter().find(|p| p.purpose == PhonePurpose::Readings).unwrap();
    let hours = line.hours.as_ref().unwrap();
    let zone = kursk.calendar().zone;
    assert_eq!(hours.open_at(at("2026-11-22T12:00:00+03:00"), zone), Some(false), "a Sunday");
    assert_eq!(hours.open_at(at("2026-11-23T12:00:00+03:00"), zone), None, "a Monday");
}

#[test]
fn each_line_of_kursk_says_who_answers_on_a_saturday_night() {
    let kursk = Profile::kursk().unwrap();
    let lines = kursk.contacts.lines_at(at("2026-11-21T23:00:00+03:00"), MOSCOW);
    let told: Vec<_> = lines.iter().map(|l| (l.phone.purpose, l.answers)).collect();
    assert_eq!(
        told,
        [
            (PhonePurpose::Emergency, Answers::Now { until: None }),
            (PhonePurpose::Reception, Answers::Unknown),
            (PhonePurpose::Readings, closed("2026-11-23", None)),
        ]
    );
}

#[test]
fn a_line_opens_and_closes_at_its_minutes_on_weekdays() {
    let line = hours(true, "09:00", "18:00");
    let answers = |text: &str| line.answers_at(at(text), MOSCOW);
    let friday = closed("2026-11-20", Some("2026-11-20T09:00:00+03:00"));
    let monday = closed("2026-11-23", Some("2026-11-23T09:00:00+03:00"));
    assert_eq!(answers("2026-11-19T18:00:00+03:00"), friday);
    assert_eq!(answers("2026-11-20T08:59:59+03:00"), friday);
    assert_eq!(answers("2026-11-20T09:00:00+03:00"), open("2026-11-20T18:00:00+03:00"));
    assert_eq!(answers("2026-11-20T17:59:59+03:00"), open("2026-11-20T18:00:00+03:00"));
    assert_eq!(answers("2026-11-20T18:00:00+03:00"), monday);
    assert_eq!(answers("2026-11-21T12:00:00+03:00"), monday);
    assert_eq!(answers("2026-11-22T12:00:00+03:00"), monday);
    assert_eq!(line.open_at(at("2026-11-20T12:00:00+03:00"), MOSCOW), Some(true));
    assert_eq!(line.open_at(at("2026-11-21T12:00:00+03:00"), MOSCOW), Some(false));
}

#[test]
fn a_line_of_every_day_opens_on_sunday_too() {
    let line = hours(false, "09:00", "18:00");
    let sunday = closed("2026-11-22", Some("2026-11-22T09:00:00+03:00"));
    assert_eq!(line.answers_at(at("2026-11-21T20:00:00+03:00"), MOSCOW), sunday);
    assert_eq!(hours(false, "", "").answers_at(at("2026-11-22T12:00:00+03:00"), MOSCOW), Answers::Unknown);
}

#[test]
fn hours_are_the_utilitys_wherever_the_phone_is() {
    let line = hours(true, "09:00", "18:00");
    let monday_in_moscow = at("2026-11-22T23:30:00-10:00");
    assert_eq!(line.answers_at(monday_in_moscow, MOSCOW), open("2026-11-23T18:00:00+03:00"));
}

#[test]
fn times_are_written_as_they_are_read() {
    let json = r#"{"weekdays_only":false,"from":"09:05","until":"18:00","always":false}"#;
    let read: Hours = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    let without: Hours = serde_json::from_str(r#"{"from":null}"#).unwrap();
    assert_eq!(without, hours(false, "", ""));
    assert!(serde_json::to_string(&without).unwrap().contains(r#""from":null"#));
    for wrong in
        ["9:05", "09:5", "24:00", "09:60", "09-05", "+9:05", " 9:05", "09:05:00", "0:9:5", "09:0x", ""]
    {
        let json = format!(r#"{{"from":"{wrong}"}}"#);
        let error = serde_json::from_str::<Hours>(&json).unwrap_err().to_string();
        assert!(error.contains("is no time as HH:MM"), "{wrong:?}: {error}");
    }
}

#[test]
fn hours_within_the_hour_that_comes_twice_never_open_in_the_past() {
    // Berlin puts its clocks back from three to two on that Sunday.
    let line = hours(false, "02:30", "09:00");
    let second_time = at("2026-10-25T02:10:00+01:00");
    assert_eq!(line.answers_at(second_time, Tz::Europe__Berlin), open("2026-10-25T09:00:00+01:00"));
    let jumped_over = hours(false, "02:15", "02:45");
    let monday = closed("2026-03-30", Some("2026-03-30T02:15:00+02:00"));
    assert_eq!(jumped_over.answers_at(at("2026-03-29T00:30:00+01:00"), Tz::Europe__Berlin), monday);
}

#[test]
fn a_phone_whose_clock_is_nonsense_gets_an_answer() {
    for moment in [Instant::MIN_UTC, Instant::MAX_UTC] {
        assert_eq!(hours(false, "", "").answers_at(moment, Tz::Pacific__Kiritimati), Answers::Unknown);
        assert_ne!(hours(false, "09:00", "18:00").open_at(moment, Tz::Pacific__Kiritimati), None);
    }
}

#[test]
fn holidays_are_no_matter_to_who_is_there_day_and_night() {
    let kursk = Profile::kursk().unwrap();
    let lines = kursk.contacts.lines_at(at("2027-01-01T12:00:00+03:00"), MOSCOW);
    let told: Vec<_> = lines.iter().map(|l| (l.phone.purpose, l.unless_holiday)).collect();
    assert_eq!(
        told,
        [(PhonePurpose::Emergency, false), (PhonePurpose::Reception, false), (PhonePurpose::Readings, true)]
    );
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let minute = |minute: u32| chrono::NaiveTime::from_hms_opt(minute / 60, minute % 60, 0);
    (any::<bool>(), 0_u32..1439)
        .prop_flat_map(|(weekdays, from)| (Just(weekdays), Just(from), from + 1..1440))
        .prop_map(move |(weekdays_only, from, until)| Hours {
            weekdays_only,
            from: minute(from),
            until: minute(until),
            always: false,
        })
}

proptest! {
    #[test]
    fn nobody_answers_outside_the_hours_and_the_next_opening_is_to_come_and_is_one(
        line in any_hours(), minute in 0_i64..1_000_000, zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let now = at("2026-01-01T00:00:00Z") + chrono::TimeDelta::minutes(minute);
        let second = chrono::TimeDelta::seconds(1);
        match line.answers_at(now, zone) {
            Answers::Closed { next_on, next_at: Some(next) } => {
                prop_assert!(next > now);
                prop_assert_eq!(next.with_timezone(&zone).date_naive(), next_on);
                prop_assert_eq!(line.open_at(next, zone), Some(true));
                prop_assert_eq!(line.open_at(next - second, zone), Some(false));
            }
            Answers::Now { until: Some(until) } => {
                prop_assert!(until > now);
                prop_assert_eq!(line.open_at(until, zone), Some(false));
                let local = now.with_timezone(&zone);
                let weekend = chrono::Datelike::weekday(&local).number_from_monday() > 5;
                prop_assert!(!(line.weekdays_only && weekend), "{local}");
                // The clock may have gone back since it was opened, and then shows an hour of before once more.
                let went_back = line.open_at(now - chrono::TimeDelta::hours(1), zone) == Some(true);
                prop_assert!(Some(local.time()) >= line.from || went_back, "{local}");
                prop_assert!(Some(local.time()) < line.until, "{local}");
            }
            other @ (Answers::Closed { next_at: None, .. } | Answers::Now { until: None } | Answers::Unknown) => {
                prop_assert!(false, "{other:?}");
            }
        }
    }
}
