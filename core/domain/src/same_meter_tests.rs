use proptest::prelude::*;

use super::*;

fn meter(serial: &str, resource: Resource, place: &str) -> MeterMark {
    MeterMark { serial: serial.into(), resource, place: place.into() }
}

fn cold(serial: &str, place: &str) -> MeterMark {
    meter(serial, Resource::ColdWater, place)
}

#[test]
fn the_same_serial_number_is_the_same_meter_however_it_is_written() {
    let known = [cold("00417283", "кухня"), cold("Б-417290", "ванная")];
    assert_eq!(same_meters(&[cold("417 283", "ванная")], &known), [Some(0)], "the place is said otherwise");
    assert_eq!(same_meters(&[cold("б417290", "")], &known), [Some(1)]);
    assert_eq!(same_meters(&[cold("", "")], &[cold("", "")]), [None], "nothing is not the same as nothing");
}

#[test]
fn a_meter_without_a_serial_number_is_known_by_resource_and_place_if_there_is_one_such() {
    let known = [cold("1", "Кухня"), meter("2", Resource::HotWater, "Кухня"), cold("3", "ванная")];
    assert_eq!(same_meters(&[cold("", " кухня ")], &known), [Some(0)]);
    assert_eq!(same_meters(&[meter("", Resource::HotWater, "кухня")], &known), [Some(1)]);
    assert_eq!(same_meters(&[cold("", "подвал")], &known), [None]);
    assert_eq!(same_meters(&[cold("", "кухня")], &[cold("1", "кухня"), cold("2", "кухня")]), [None]);
    assert_eq!(same_meters(&[cold("", "кухня"), cold("", "кухня")], &known), [None, None]);
}

#[test]
fn another_serial_number_in_the_same_place_is_asked_about() {
    assert_eq!(
        same_meters(&[cold("1", "кухня")], &[cold("2", "кухня")]),
        [None],
        "it may have been replaced"
    );
    assert_eq!(same_meters(&[cold("1", "")], &[meter("1", Resource::HotWater, "")]), [None]);
}

#[test]
fn registers_of_one_meter_are_asked_about() {
    assert_eq!(same_meters(&[cold("7", "")], &[cold("7", "день"), cold("7", "ночь")]), [None]);
}

#[test]
fn a_meter_that_another_is_known_by_number_is_left_to_that() {
    let known = [cold("1", "кухня")];
    assert_eq!(same_meters(&[cold("1", ""), cold("", "кухня")], &known), [Some(0), None]);
}

fn any_meter() -> impl Strategy<Value = MeterMark> {
    let resource = prop::sample::select(vec![Resource::ColdWater, Resource::HotWater]);
    ("[01 ]{0,2}", resource, "[кв]{0,1}")
        .prop_map(|(serial, resource, place)| meter(&serial, resource, &place))
}

proptest! {
    #[test]
    fn no_two_meters_become_one_and_none_becomes_another_resource_or_number(
        typed in prop::collection::vec(any_meter(), 0..5), known in prop::collection::vec(any_meter(), 0..5),
    ) {
        let same = same_meters(&typed, &known);
        prop_assert_eq!(same.len(), typed.len());
        let mut taken: Vec<usize> = same.iter().flatten().copied().collect();
        taken.sort_unstable();
        let all = taken.len();
        taken.dedup();
        prop_assert_eq!(taken.len(), all);
        for (one, index) in typed.iter().zip(same) {
            let Some(other) = index.and_then(|index| known.get(index)) else { continue };
            prop_assert_eq!(one.resource, other.resource);
            let (a, b) = (bare(&one.serial), bare(&other.serial));
            prop_assert!(a == b || a.is_empty() || b.is_empty());
        }
    }
}
