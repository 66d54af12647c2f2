use super::*;
use proptest::prelude::*;

fn register(zone: &str, whole: u8, fraction: u8) -> Register {
    Register { zone: zone.to_owned(), dial: Dial::new(whole, fraction).unwrap() }
}

fn day_and_night() -> Vec<Register> {
    vec![register("T1", 5, 1), register("T2", 6, 0)]
}

fn typed(zones: &[(&str, &str)]) -> Vec<TypedRegister> {
    zones.iter().map(|(zone, text)| TypedRegister { zone: (*zone).into(), text: (*text).into() }).collect()
}

fn parsed(zones: &[(&str, &str)]) -> Result<Vec<RegisterReading>, RegistersProblem> {
    parse_registers(&day_and_night(), &typed(zones), FractionPolicy::Truncate)
}

fn named(zone: &str) -> String {
    zone.to_owned()
}

#[test]
fn each_zone_is_read_by_its_own_dial_and_comes_in_the_meters_order() {
    let readings = parsed(&[("T2", "123 456"), ("T1", "00123,9")]).unwrap();
    let seen: Vec<_> = readings
        .iter()
        .map(|r| (r.zone.as_str(), r.typed.whole.as_str(), r.kept.value.to_string(), r.kept.dropped.as_str()))
        .collect();
    assert_eq!(seen, [("T1", "00123", "123".into(), "9"), ("T2", "123456", "123456".into(), "")]);
}

#[test]
fn the_policy_holds_for_every_zone() {
    let readings =
        parse_registers(&day_and_night(), &typed(&[("T1", "9,5"), ("T2", "7")]), FractionPolicy::HalfUp);
    let values: Vec<_> = readings.unwrap().iter().map(|r| r.kept.value.to_string()).collect();
    assert_eq!(values, ["10", "7"]);
}

#[test]
fn a_bad_zone_is_named_with_the_place_and_the_reason_and_nothing_is_taken() {
    let problem = parsed(&[("T1", "123"), ("T2", "12a")]).unwrap_err();
    assert_eq!(problem.to_string(), "zone T2: \"a\" at position 3 is none of the digits 0–9");
    assert_eq!(
        parsed(&[("T1", "123"), ("T2", "1,5")]).unwrap_err(),
        RegistersProblem::NotAReading {
            zone: named("T2"),
            problem: TypedProblem::TooManyFractionDigits { dial: 0, typed: 1 }
        }
    );
    assert_eq!(
        parsed(&[("T2", "12a"), ("T1", "")]).unwrap_err(),
        RegistersProblem::NotAReading { zone: named("T1"), problem: TypedProblem::Empty },
        "the first of the meter's zones"
    );
}

#[test]
fn unknown_missing_and_doubled_zones_are_told_apart() {
    let unknown = RegistersProblem::Unknown { zone: named("T3") };
    let missing = RegistersProblem::Missing { zone: named("T2") };
    let double = RegistersProblem::Duplicate { zone: named("T1") };
    assert_eq!(parsed(&[("T1", "1"), ("T2", "2"), ("T3", "3")]), Err(unknown));
    assert_eq!(parsed(&[("T1", "1")]), Err(missing.clone()));
    assert_eq!(parsed(&[("T1", "bad")]), Err(missing), "the zones are looked at before the texts");
    assert_eq!(parsed(&[("T1", "1"), ("T2", "2"), ("T1", "3")]), Err(double.clone()));
    let alike = [register("T1", 5, 0), register("T2", 5, 0), register("T1", 6, 0)];
    let texts = typed(&[("T1", "1"), ("T2", "2")]);
    assert_eq!(parse_registers(&alike, &texts, FractionPolicy::Truncate), Err(double));
    let told = parsed(&[]).unwrap_err().to_string();
    assert_eq!(told, "zone T1 is missing");
}

#[test]
fn a_zone_of_look_alike_letters_is_another_zone() {
    assert_eq!(
        parsed(&[("Т1", "1"), ("T2", "2")]),
        Err(RegistersProblem::Unknown { zone: named("Т1") }),
        "a Cyrillic Т"
    );
}

proptest! {
    #[test]
    fn a_meter_of_many_zones_is_read_as_its_zones_are_one_by_one(
        texts in proptest::collection::vec("[0-9]{1,6}[,a]?[0-9]{0,2}", 1..8), turn in any::<prop::sample::Index>(),
    ) {
        let meter: Vec<Register> = (0..texts.len()).map(|i| register(&format!("T{i}"), 5, 1)).collect();
        let mut typed: Vec<TypedRegister> = texts
            .iter()
            .enumerate()
            .map(|(i, text)| TypedRegister { zone: format!("T{i}"), text: text.clone() })
            .collect();
        typed.rotate_left(turn.index(texts.len()));
        let one_by_one: Result<Vec<Typed>, TypedProblem> =
            texts.iter().map(|text| Typed::parse(text, meter[0].dial)).collect();
        match (parse_registers(&meter, &typed, FractionPolicy::Truncate), one_by_one) {
            (Ok(all), Ok(each)) => {
                prop_assert_eq!(all.into_iter().map(|r| r.typed).collect::<Vec<_>>(), each);
            }
            (Err(RegistersProblem::NotAReading { problem, .. }), Err(first)) => prop_assert_eq!(problem, first),
            (all, each) => prop_assert!(false, "{all:?} {each:?}"),
        }
    }
}
