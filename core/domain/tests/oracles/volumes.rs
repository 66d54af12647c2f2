//! Volumes and their arithmetic, against Python's `decimal`.

use vodomer_domain::Volume;

use super::cases::Cases;
use super::python::compare;

/// Raw ten-thousandths of every size, the ends of the integers too.
fn raw(cases: &mut Cases) -> i64 {
    let most = cases.one_of(&[9, 99_999, 12_345_678_901, 9_999_999_999_999_999, i64::MAX]);
    cases.between(-most, most)
}

#[test]
fn volumes_are_written_read_and_reckoned_with_as_decimal_does_it() {
    let mut cases = Cases::seeded(59);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..20_000 {
        let (a, b, times) = (raw(&mut cases), raw(&mut cases), cases.between(-5_000, 5_000));
        let (x, y) = (Volume::from_ten_thousandths(a), Volume::from_ten_thousandths(b));
        let read: Volume = x.to_string().parse().unwrap();
        assert_eq!(read, x);
        questions.push(format!("{a} {b} {times}"));
        let ours = [x, Volume::from_units(b), x.plus(y), x.since(y), x.times(times), x.truncated()];
        answers.push(ours.map(|volume| volume.to_string()).join(" "));
    }
    compare("volumes.py", &questions, &answers);
}

#[test]
fn decimal_texts_are_read_as_decimal_reads_them() {
    let mut cases = Cases::seeded(60);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..10_000 {
        let (whole, fraction) = (cases.between(1, 12), cases.between(0, 4));
        let sign = cases.one_of(&["", "-"]);
        let point = if fraction > 0 { "." } else { "" };
        let text = format!("{sign}{}{point}{}", cases.digits(whole), cases.digits(fraction));
        answers.push(text.parse::<Volume>().unwrap().ten_thousandths().to_string());
        questions.push(text);
    }
    compare("volumes.py", &questions, &answers);
}
