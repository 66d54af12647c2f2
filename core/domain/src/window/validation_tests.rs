use super::super::LastDay;
use super::*;
use crate::Since;

fn end(day: u8, next_month: bool) -> WindowEnd {
    WindowEnd { day: Day::Number(day), next_month }
}

const LAST: WindowEnd = WindowEnd { day: Day::Last(LastDay::Last), next_month: false };

fn rule(opens: WindowEnd, closes: WindowEnd) -> WindowRule {
    WindowRule { opens, closes }
}

fn kursk() -> Calendar {
    Calendar::new(chrono_tz::Europe::Moscow, rule(end(23, false), end(25, false)))
}

fn since(from: &str, rule: WindowRule) -> Since<WindowRule> {
    Since { from: Some(from.parse().unwrap()), rule }
}

fn problem_of(changes: Vec<Since<WindowRule>>) -> Option<WindowProblem> {
    Calendar { changes, ..kursk() }.validate().err()
}

fn late(rule: WindowRule, until: WindowEnd) -> Result<(), WindowProblem> {
    Calendar { rule, late: LateReadings::SendUntil(until), ..kursk() }.validate()
}

#[test]
fn impossible_rules_are_refused_by_name() {
    assert_eq!(rule(end(0, false), end(5, false)).validate(), Err(WindowProblem::NoSuchDay(0)));
    assert_eq!(rule(end(1, false), end(32, false)).validate(), Err(WindowProblem::NoSuchDay(32)));
    assert_eq!(rule(end(25, false), end(23, false)).validate(), Err(WindowProblem::ClosesBeforeItOpens));
    assert_eq!(rule(end(1, true), LAST).validate(), Err(WindowProblem::ClosesBeforeItOpens));
    assert_eq!(rule(end(5, false), end(5, true)).validate(), Err(WindowProblem::RunsIntoTheNext));
    assert_eq!(
        rule(end(31, false), end(28, true)).validate(),
        Err(WindowProblem::RunsIntoTheNext),
        "in a February, which has no 31st"
    );
    for fine in [
        rule(end(23, false), end(25, false)),
        rule(end(15, false), end(3, true)),
        rule(end(25, false), end(5, true)),
        rule(end(28, false), end(1, true)),
        rule(end(1, false), LAST),
        rule(end(31, false), LAST),
        rule(end(31, false), end(27, true)),
        rule(end(6, false), end(5, true)),
        rule(end(20, false), end(20, false)),
        rule(end(1, true), end(10, true)),
    ] {
        assert_eq!(fine.validate(), Ok(()), "{fine:?}");
    }
}

#[test]
fn a_change_may_follow_where_the_windows_do_not_meet() {
    let to_the_3rd = rule(end(15, false), end(3, true));
    assert_eq!(problem_of(vec![since("2027-07-01", to_the_3rd)]), None);
    assert_eq!(problem_of(vec![since("2027-07-15", to_the_3rd)]), None, "from August on, in effect");
    let back = vec![since("2028-01-01", kursk().rule), since("2027-07-01", to_the_3rd)];
    assert_eq!(problem_of(back), None, "in any order");
    assert_eq!(problem_of(vec![since("-0005-01-01", to_the_3rd)]), None, "before all periods");
}

#[test]
fn the_last_window_of_the_old_rule_must_close_before_the_first_of_the_new_one_opens() {
    let old = rule(end(25, false), end(5, true));
    let changed = |from: &str, opens: u8| {
        let new = rule(end(opens, false), end(20, false));
        Calendar { rule: old, changes: vec![since(from, new)], ..kursk() }.validate()
    };
    let meets = |from: &str| WindowProblem::Changed {
        from: from.parse().unwrap(),
        problem: Box::new(WindowProblem::RunsIntoTheNext),
    };
    assert_eq!(changed("2027-07-01", 6), Ok(()));
    assert_eq!(changed("2027-07-01", 5), Err(meets("2027-07-01")));
    assert_eq!(changed("2027-06-02", 6), Ok(()));
    assert_eq!(changed("2027-06-02", 5), Err(meets("2027-06-02")));
    assert_eq!(
        changed("2027-07-01", 1).unwrap_err().to_string(),
        "the rule from 2027-07-01 on: it is still open when the next one opens"
    );
}

#[test]
fn a_passage_is_judged_by_the_month_that_it_happens_in() {
    let old = rule(end(1, false), LAST);
    let next_month = rule(end(28, false), LAST);
    let from = |from: &str| Calendar { rule: old, changes: vec![since(from, next_month)], ..kursk() };
    assert_eq!(from("2027-02-01").validate(), Ok(()));
    let clamped = rule(end(30, true), end(31, true));
    let new = rule(end(28, false), end(28, false));
    let change = |day: &str| Calendar { rule: clamped, changes: vec![since(day, new)], ..kursk() }.validate();
    assert!(
        change("2027-02-01").is_err(),
        "31 January's window of the month before reaches February's last day"
    );
}

#[test]
fn each_change_has_its_own_day_and_a_sound_rule() {
    let fine = rule(end(20, false), end(22, false));
    let undated = Since { from: None, rule: fine };
    assert_eq!(problem_of(vec![undated]), Some(WindowProblem::ChangeWithoutADay));
    let twice = vec![since("2027-07-01", fine), since("2028-07-01", fine), since("2027-07-01", kursk().rule)];
    assert_eq!(problem_of(twice), Some(WindowProblem::ChangedTwice("2027-07-01".parse().unwrap())));
    let unsound = vec![since("2027-07-01", rule(end(20, false), end(2, false)))];
    let problem = Box::new(WindowProblem::ClosesBeforeItOpens);
    let from = "2027-07-01".parse().unwrap();
    assert_eq!(problem_of(unsound), Some(WindowProblem::Changed { from, problem }));
    assert_eq!(
        Calendar { rule: rule(end(2, false), end(1, false)), ..kursk() }.validate(),
        Err(WindowProblem::ClosesBeforeItOpens)
    );
}

#[test]
fn late_readings_end_between_two_windows() {
    let kursk = kursk().rule;
    assert_eq!(late(kursk, end(24, false)), Err(WindowProblem::LateEndsBeforeItCloses));
    assert_eq!(late(kursk, end(25, false)), Ok(()));
    assert_eq!(late(kursk, end(22, true)), Ok(()));
    assert_eq!(late(kursk, end(23, true)), Err(WindowProblem::LateRunsIntoTheNext));
    assert_eq!(late(kursk, end(40, false)), Err(WindowProblem::NoSuchDay(40)));
    assert_eq!(late(kursk, LAST), Ok(()));
    let to_the_last = rule(end(20, false), LAST);
    assert_eq!(late(to_the_last, end(30, false)), Err(WindowProblem::LateEndsBeforeItCloses), "in January");
}

#[test]
fn late_readings_keep_clear_of_a_changed_rule_too() {
    let changed = |from: &str, new: WindowRule| {
        let late = LateReadings::SendUntil(end(3, true));
        Calendar { late, changes: vec![since(from, new)], ..kursk() }.validate().err()
    };
    let meets = |problem| {
        Some(WindowProblem::Changed { from: "2027-07-01".parse().unwrap(), problem: Box::new(problem) })
    };
    let from = "2027-07-01";
    assert_eq!(changed(from, rule(end(4, false), end(6, false))), None);
    let opens_on_the_3rd = rule(end(3, false), end(6, false));
    assert_eq!(changed(from, opens_on_the_3rd), meets(WindowProblem::LateRunsIntoTheNext));
    let closes_on_the_5th = rule(end(15, false), end(5, true));
    assert_eq!(changed(from, closes_on_the_5th), meets(WindowProblem::LateEndsBeforeItCloses));
}
