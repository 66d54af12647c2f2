//! Words for the telephone: what to key in digit by digit, and what to say to a person or to an answering machine.

use super::{Told, Written};
use crate::documents::words;
use crate::domain::{Dictation, fill_template};

/// For utilities that take any words.
const ACCOUNT: &str = "Номер лицевого счёта: {account}.";
const READING: &str = "{resource}, {place}: {value}, {words}.";

/// What to key in or to spell, number by number, each digit apart.
#[must_use]
pub fn script(account: &str, readings: &[Told]) -> Vec<String> {
    let mut lines = vec![format!("Лицевой счёт: {}", apart(account))];
    for r in readings {
        let zone = r.zone.iter().map(|zone| format!(", {zone}")).collect::<String>();
        lines.push(format!("{}, {}{zone}: {}", r.resource.name_ru(), r.place, apart(&r.value.to_string())));
    }
    lines
}

/// What to say: the digits of the account in groups of two and three as Russians say telephone numbers, values in words
/// besides.
#[must_use]
pub fn dictation(own: Option<&Dictation>, account: &str, readings: &[Told]) -> Vec<String> {
    let (of_account, of_reading) = own.map_or((ACCOUNT, READING), |own| (&own.account, &own.reading));
    let account = fill_template(of_account, &[("account", &in_groups(account))]);
    let said = |told: &Told| told.by(of_reading, &Written::Grouped, &[("words", &words::volume(told.value))]);
    std::iter::once(account).chain(readings.iter().map(said)).collect()
}

fn apart(number: &str) -> String {
    let digits: Vec<String> =
        number.chars().map(|c| if c == '.' { ",".to_owned() } else { c.to_string() }).collect();
    digits.join(" ")
}

/// `120 44 17`, `900 000 00 00`, `12 34`: threes first, twos where threes don't come out even.
fn in_groups(number: &str) -> String {
    if number.len() < 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    // Where one digit would be left, it takes another one from the three before it.
    let last = if number.len() % 3 == 1 { 2 } else { 0 };
    let (threes, twos) = number.split_at(number.len() - last);
    let group = |text: &str, size: usize| -> Vec<String> {
        text.as_bytes().chunks(size).map(|chunk| String::from_utf8_lossy(chunk).into_owned()).collect()
    };
    [group(threes, 3), group(twos, 2)].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{cold_and_hot, told};
    use super::*;
    use crate::domain::Resource;

    #[test]
    fn on_the_telephone_each_digit_is_said_apart() {
        assert_eq!(
            script("1204417", &cold_and_hot()),
            ["Лицевой счёт: 1 2 0 4 4 1 7", "Холодная вода, кухня: 1 2 3", "Горячая вода, кухня: 8 2"]
        );
    }

    #[test]
    fn an_answering_machine_hears_groups_and_words() {
        assert_eq!(
            dictation(None, "1204417", &cold_and_hot()),
            [
                "Номер лицевого счёта: 120 44 17.",
                "Холодная вода, кухня: 123, сто двадцать три.",
                "Горячая вода, кухня: 82, восемьдесят два.",
            ]
        );
    }

    #[test]
    fn a_profile_says_it_its_own_way_and_a_zone_is_always_said() {
        let own = Dictation { account: "Счёт {account}".into(), reading: "{resource} {words}".into() };
        let mut night = told(Resource::ColdWater, "0041", "1.5");
        night.zone = Some("ночь".into());
        assert_eq!(
            dictation(Some(&own), "12", std::slice::from_ref(&night)),
            ["Счёт 12", "Холодная вода ночь один, запятая, пять"]
        );
        assert_eq!(script("12", &[night])[1], "Холодная вода, кухня, ночь: 1 , 5");
    }

    #[test]
    fn digits_are_grouped_as_telephone_numbers_are() {
        for (number, groups) in [
            ("123", "123"),
            ("1234", "12 34"),
            ("12345", "123 45"),
            ("123456", "123 456"),
            ("1234567", "123 45 67"),
            ("1234567890", "123 456 78 90"),
            ("А-12/7", "А-12/7"),
        ] {
            assert_eq!(in_groups(number), groups);
        }
    }
}
