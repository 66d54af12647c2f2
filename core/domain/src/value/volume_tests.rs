use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_volume_survives_being_written_and_read(raw in any::<i64>(), digits in 0_u32..19) {
        let volume = Volume::from_ten_thousandths(raw / 10_i64.pow(digits));
        prop_assert_eq!(volume.to_string().parse::<Volume>().unwrap(), volume);
    }

    #[test]
    fn no_arithmetic_leaves_the_range(a in any::<i64>(), b in any::<i64>()) {
        let (x, y) = (Volume::from_ten_thousandths(a), Volume::from_units(b));
        let all = [
            x, y, x.plus(y), x.since(y), y.since(x), x.times(b), y.times(a), x.truncated(),
        ];
        for volume in all {
            prop_assert!((Volume::MIN..=Volume::MAX).contains(&volume), "{volume}");
        }
    }

    #[test]
    fn within_the_range_arithmetic_is_that_of_integers(
        a in -4_000_000_000_000_000_i64..4_000_000_000_000_000,
        b in -4_000_000_000_000_000_i64..4_000_000_000_000_000,
    ) {
        let (x, y) = (Volume::from_ten_thousandths(a), Volume::from_ten_thousandths(b));
        prop_assert_eq!(x.plus(y).ten_thousandths(), a + b);
        prop_assert_eq!(x.since(y).ten_thousandths(), a - b);
        prop_assert_eq!(x.since(y).plus(y), x);
        prop_assert_eq!(x.times(2).ten_thousandths(), 2 * a);
    }
}

#[test]
fn arithmetic_stops_at_the_ends_of_the_range() {
    let twelve_nines = Volume::from_units(999_999_999_999);
    assert_eq!(twelve_nines.to_string(), "999999999999");
    assert_eq!(Volume::from_units(1_000_000_000_000), Volume::MAX);
    assert_eq!(Volume::from_units(i64::MIN), Volume::MIN);
    assert_eq!(Volume::from_ten_thousandths(9_999_999_999_999_998).to_string(), "999999999999.9998");
    assert_eq!(Volume::MAX.to_string(), "999999999999.9999");
    assert_eq!(Volume::MIN.to_string(), "-999999999999.9999");
    assert_eq!(Volume::MAX.plus(Volume::from_ten_thousandths(1)), Volume::MAX);
    assert_eq!(Volume::MIN.since(Volume::MAX), Volume::MIN);
    assert_eq!(Volume::MAX.times(-2), Volume::MIN);
}

#[test]
fn the_fraction_is_dropped_towards_zero() {
    let cut = |raw| Volume::from_ten_thousandths(raw).truncated().to_string();
    assert_eq!((cut(1_279_999), cut(-1_279_999), cut(9_999)), ("127".into(), "-127".into(), "0".into()));
}

#[test]
fn only_what_is_below_zero_is_negative() {
    let signs = [-1, 0, 1].map(Volume::from_ten_thousandths);
    assert_eq!(signs.map(Volume::is_negative), [true, false, false]);
    assert_eq!(signs.map(Volume::is_zero), [false, true, false]);
}

#[test]
fn a_stored_volume_is_text_and_a_number_is_refused() {
    let stored = serde_json::to_string(&Volume::from_ten_thousandths(-5)).unwrap();
    assert_eq!(stored, "\"-0.0005\"");
    assert_eq!(serde_json::from_str::<Volume>(&stored).unwrap(), Volume::from_ten_thousandths(-5));
    assert!(serde_json::from_str::<Volume>("127.5").is_err());
}

#[test]
fn a_volume_is_written_without_needless_zeros() {
    let written = |raw| Volume::from_ten_thousandths(raw).to_string();
    assert_eq!(written(1_270_000), "127");
    assert_eq!(written(1_275_000), "127.5");
    assert_eq!(written(-1), "-0.0001");
}

#[test]
fn what_is_no_decimal_is_refused() {
    let bad = [
        "",
        "-",
        ".",
        "1.",
        ".5",
        "1.23456",
        "1e3",
        "--1",
        "1,5",
        "+1",
        "1 0",
        "1.2.3",
        "1.-2",
        "١",
        "1234567890123",
    ];
    for text in bad {
        assert_eq!(text.parse::<Volume>(), Err(NotADecimal(text.to_owned())), "{text:?}");
    }
    assert_eq!("123456789012.1234".parse::<Volume>().unwrap().ten_thousandths(), 1_234_567_890_121_234);
}
