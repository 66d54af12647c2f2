//! What holds of the checks for any digits, dial and past.

use proptest::prelude::*;

use super::*;
use crate::{Average, CheckRules, Dial, FractionPolicy, Typed, Volume};

const DOUBTS: [Doubt; 4] = [Doubt::NothingUsed, Doubt::Lower, Doubt::Higher, Doubt::AboveLimit];

#[derive(Debug, Clone)]
struct Situation {
    typed: Typed,
    dial: Dial,
    policy: FractionPolicy,
    limit: Option<Volume>,
    claim: Claim,
    past: Past,
    siblings: Vec<Sibling>,
    rules: CheckRules,
}

impl Situation {
    fn judged(&self, typed: &Typed, confirmed: &[Doubt]) -> Result<Judgement, ClaimProblem> {
        let Self { dial, policy, limit, claim, .. } = *self;
        let value = typed.keep(policy, dial).value;
        let taken = Taken { value, digits: Some(typed), dial, policy, limit, claim, confirmed };
        judge(&taken, &self.past, &self.siblings, &self.rules)
    }

    fn value(&self) -> Volume {
        self.typed.keep(self.policy, self.dial).value
    }
}

fn dials() -> impl Strategy<Value = Dial> {
    (3_u8..=9, 0_u8..=4).prop_map(|(whole, fraction)| Dial::new(whole, fraction).unwrap())
}

fn policies() -> impl Strategy<Value = FractionPolicy> {
    prop_oneof![
        Just(FractionPolicy::Truncate),
        Just(FractionPolicy::HalfUp),
        (0_u8..=4).prop_map(FractionPolicy::Keep)
    ]
}

fn units() -> impl Strategy<Value = Volume> {
    prop_oneof![3 => 0_i64..400, 1 => 0_i64..100_000].prop_map(Volume::from_units)
}

fn pasts() -> impl Strategy<Value = Past> {
    let usual = proptest::option::weighted(0.8, (0_i64..200, 1_i32..=6));
    (proptest::option::weighted(0.95, units()), 1_i32..5, usual).prop_map(|(last, months, usual)| Past {
        last,
        months,
        usual: usual.and_then(|(total, over)| Average::over(Volume::from_units(total), over)),
    })
}

fn siblings() -> impl Strategy<Value = Vec<Sibling>> {
    let sibling = (pasts(), proptest::option::of(units()), dials()).prop_map(|(past, value, dial)| Sibling {
        meter_id: "other".to_owned(),
        past,
        value,
        dial,
    });
    proptest::collection::vec(sibling, 0..3)
}

fn claims() -> impl Strategy<Value = Claim> {
    prop_oneof![
        4 => Just(Claim::None),
        1 => Just(Claim::RolledOver),
        1 => (units(), units()).prop_map(|(final_value, initial_value)| Claim::Replaced { final_value, initial_value }),
    ]
}

/// Digits that may have been meant, with one slip of the finger or none.
fn slips(past: Past, dial: Dial) -> impl Strategy<Value = Typed> {
    let last = past.last.unwrap_or_default().ten_thousandths() / 10_000;
    let red = usize::from(dial.fraction());
    (0_i64..30, 0_usize..5, 0_usize..10, 0_u8..10, 0_usize..=red, any::<bool>()).prop_map(
        move |(used, slip, place, digit, reds, zeros)| {
            let width = if zeros { usize::from(dial.whole()) } else { 1 };
            let mut whole: Vec<char> = format!("{:0width$}", last + used).chars().collect();
            let (place, next) = (place % whole.len(), (place + 1) % whole.len());
            let digit = char::from(b'0' + digit);
            match slip {
                0 => whole.extend(std::iter::repeat_n(digit, reds)),
                1 => whole.swap(place, next),
                2 => whole.insert(place, digit),
                3 if whole.len() > 1 => {
                    whole.remove(place);
                }
                _ => {}
            }
            Typed { whole: whole.into_iter().collect(), ..Typed::default() }
        },
    )
}

fn rules() -> impl Strategy<Value = CheckRules> {
    (proptest::option::of(units()), 1_i64..5).prop_map(|(hard_limit, unusual_times)| CheckRules {
        hard_limit,
        unusual_times,
        ..CheckRules::default()
    })
}

fn situations() -> impl Strategy<Value = Situation> {
    (dials(), pasts())
        .prop_flat_map(|(dial, past)| {
            let typed = prop_oneof![
                3 => slips(past, dial).boxed(),
                1 => ("[0-9]{1,9}", "[0-9]{0,4}").prop_map(|(whole, fraction)| Typed { whole, fraction }).boxed(),
            ];
            let limit = proptest::option::weighted(0.2, units());
            (Just(dial), Just(past), typed, policies(), limit, claims(), siblings(), rules())
        })
        .prop_map(|(dial, past, typed, policy, limit, claim, siblings, rules)| Situation {
            typed,
            dial,
            policy,
            limit,
            claim,
            past,
            siblings,
            rules,
        })
        .prop_filter("the digits fit the dial", |s| s.typed.fits(s.dial).is_ok())
}

/// One text is the other with one character taken out.
fn is_without_one(shorter: &str, longer: &str) -> bool {
    (0..longer.len()).any(|place| shorter == format!("{}{}", &longer[..place], &longer[place + 1..]))
}

fn is_one_swap_away(one: &str, other: &str) -> bool {
    let differing: Vec<usize> =
        (0..one.len()).filter(|i| one.as_bytes()[*i] != other.as_bytes()[*i]).collect();
    one.len() == other.len()
        && matches!(differing.as_slice(), [a, b] if b - a == 1
            && one[*a..=*a] == other[*b..=*b] && one[*b..=*b] == other[*a..=*a])
}

/// The digits of a face, as they would be typed: at least so many black ones, so many red ones.
fn typed_as(face: Volume, black: usize, red: usize) -> Typed {
    let raw = face.ten_thousandths();
    let fraction = format!("{:04}", raw % 10_000);
    Typed { whole: format!("{:0black$}", raw / 10_000), fraction: fraction[..red].to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_usual_use_within_the_limit_is_never_asked_about(s in situations()) {
        if let (Ok(verdict), Some(last)) = (s.judged(&s.typed, &[]), s.past.last) {
            let used = verdict.used.unwrap();
            let months = i64::from(s.past.months);
            let within_limit = s.limit.or(s.rules.hard_limit).is_none_or(|limit| used <= limit.times(months));
            let usual = s.past.usual.is_some_and(|usual| !usual.is_exceeded_by(used, s.rules.unusual_times, s.past.months));
            if used > Volume::default() && usual && within_limit {
                prop_assert_eq!(verdict.question, None, "last {}", last);
            }
        }
    }

    #[test]
    fn a_confirmed_question_never_comes_back_and_answering_comes_to_an_end(s in situations()) {
        let mut confirmed = Vec::new();
        while let Ok(Judgement { question: Some(question), answered, .. }) = s.judged(&s.typed, &confirmed) {
            prop_assert!(!confirmed.contains(&question.doubt) && answered.is_empty());
            confirmed.push(question.doubt);
            prop_assert!(confirmed.len() <= 2);
        }
        if let Ok(verdict) = s.judged(&s.typed, &DOUBTS) {
            prop_assert_eq!(verdict.question, None);
            prop_assert_eq!(verdict.answered.is_empty(), confirmed.is_empty());
        }
    }

    #[test]
    fn a_suggestion_is_free_of_doubts_and_differs_by_the_named_slip(s in situations()) {
        let Ok(Judgement { question: Some(question), .. }) = s.judged(&s.typed, &[]) else { return Ok(()) };
        let Some(Guess { cause, suggestion: Some(suggestion), other_meter }) = question.guess else { return Ok(()) };
        prop_assert_ne!(suggestion.value, s.value());
        let (whole, red) = (s.typed.whole.as_str(), s.typed.fraction.len());
        let meant = |black, red| typed_as(suggestion.face, black, red);
        let typed = match cause {
            Cause::CommaLost => {
                let lost = (1..whole.len()).map(|red| meant(whole.len() - red, red.min(4))).find(|meant| {
                    format!("{}{}", meant.whole, meant.fraction) == whole
                });
                prop_assert!(lost.is_some(), "{:?}", suggestion);
                lost.unwrap()
            }
            Cause::DigitsSwapped => {
                prop_assert!(is_one_swap_away(whole, &meant(whole.len(), red).whole));
                meant(whole.len(), red)
            }
            Cause::ExtraDigit => {
                prop_assert!(is_without_one(&meant(whole.len() - 1, red).whole, whole));
                meant(whole.len() - 1, red)
            }
            Cause::MissingDigit => {
                prop_assert!(is_without_one(whole, &meant(whole.len() + 1, red).whole));
                meant(whole.len() + 1, red)
            }
            Cause::MetersSwapped => {
                let sibling = s.siblings.iter().find(|sibling| sibling.value == Some(suggestion.value));
                prop_assert!(sibling.is_some() && other_meter.is_some());
                meant(1, 0)
            }
            Cause::RolledOver => return Err(TestCaseError::fail("a rollover suggests nothing")),
        };
        let again = s.judged(&typed, &[]);
        let doubt = again.unwrap().question.map(|q| q.doubt);
        prop_assert!(doubt.is_none_or(|doubt| doubt == Doubt::NothingUsed), "{:?}", doubt);
    }

    #[test]
    fn judging_never_panics(
        whole in "[0-9]{0,20}|\\PC{0,6}",
        fraction in "[0-9]{0,6}|\\PC{0,3}",
        dial in dials(),
        policy in policies(),
        raws in proptest::array::uniform6(prop_oneof![any::<i64>(), -3_i64..3, Just(i64::MAX), Just(i64::MIN)]),
        months in any::<[i32; 2]>(),
        times in any::<i64>(),
        claimed in 0_u8..3,
    ) {
        let [value, last, total, limit, first, second] = raws.map(Volume::from_ten_thousandths);
        let past = Past { last: Some(last), months: months[0], usual: Average::over(total, months[1]) };
        let claim = match claimed {
            0 => Claim::None,
            1 => Claim::RolledOver,
            _ => Claim::Replaced { final_value: first, initial_value: second },
        };
        let sibling = Sibling { meter_id: String::new(), past: Past { last: Some(first), ..past }, value: Some(second), dial };
        let siblings = [sibling.clone(), Sibling { value: None, ..sibling }];
        let rules = CheckRules { unusual_times: times, hard_limit: Some(limit), never_unusual: limit, unusual_alone: limit };
        let digits = Typed { whole, fraction };
        let taken = Taken { value, digits: Some(&digits), dial, policy, limit: Some(limit), claim, confirmed: &[] };
        let _ = judge(&taken, &past, &siblings, &rules);
        let _ = explain_misfit(&digits, dial, policy, &past, &rules, None);
    }
}
