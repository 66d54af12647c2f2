//! The letter with readings: a clerk reads it.

use super::{Told, Written};
use crate::documents::ru;
use crate::domain::{LetterTemplate, Period, Replacement, fill_template};

/// For utilities that take any form.
const SUBJECT: &str = "Показания за {month}, лицевой счёт {account}";
const BODY: &str = "Лицевой счёт {account}\nАдрес: {address}\nПоказания за {month}:\n{readings}\n";
const READING: &str = "{resource}, {place}, счётчик № {serial}: {value} м³{note}";

/// Subject and body of the letter.
#[must_use]
pub fn letter(
    template: Option<&LetterTemplate>,
    account: &str,
    address: &str,
    period: Period,
    readings: &[Told],
) -> (String, String) {
    let (subject, body, reading) = match template {
        Some(own) => (own.subject.as_str(), own.body.as_str(), own.reading.as_str()),
        None => (SUBJECT, BODY, READING),
    };
    let told = |told: &Told| told.by(reading, &Written::Grouped, &[("note", &note(told))]);
    let readings: Vec<String> = readings.iter().map(told).collect();
    let (month, readings) = (ru::month(period), readings.join("\n"));
    let values =
        [("account", account), ("address", address), ("month", &month), ("readings", readings.as_str())];
    // A subject is one line, whatever an address has in it.
    let subject = fill_template(subject, &values).replace(['\r', '\n'], " ");
    (subject, fill_template(body, &values))
}

/// A value below the last one explains itself, or the clerk takes it for a mistake.
fn note(told: &Told) -> String {
    match told.replacement {
        Some(Replacement { final_value, initial_value }) => format!(
            " (счётчик заменён: прежний показал {} м³, новый начал с {} м³)",
            ru::volume(final_value),
            ru::volume(initial_value)
        ),
        None if told.rollover => " (счётчик прошёл через ноль)".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::cold_and_hot;
    use super::*;
    use crate::domain::Volume;

    fn plain(readings: &[Told]) -> (String, String) {
        letter(None, "1204417", "ул. Примерная, 12", "2026-11".parse().unwrap(), readings)
    }

    #[test]
    fn a_letter_names_account_month_and_every_meter() {
        let (subject, body) = plain(&cold_and_hot());
        assert_eq!(subject, "Показания за ноябрь 2026, лицевой счёт 1204417");
        assert!(body.contains("Холодная вода, кухня, счётчик № 0041: 123 м³\n"), "{body}");
        assert!(body.contains("Горячая вода, кухня, счётчик № 0042: 82 м³\n"), "{body}");
    }

    #[test]
    fn a_letter_explains_a_value_that_began_anew() {
        let [cold, hot] = cold_and_hot();
        let units = Volume::from_units;
        let replacement = Some(Replacement { final_value: units(456), initial_value: units(0) });
        let (_, body) = plain(&[Told { replacement, ..cold }, Told { rollover: true, ..hot }]);
        assert!(
            body.contains("123 м³ (счётчик заменён: прежний показал 456 м³, новый начал с 0 м³)\n"),
            "{body}"
        );
        assert!(body.contains("82 м³ (счётчик прошёл через ноль)\n"), "{body}");
    }

    #[test]
    fn a_letter_has_the_utilitys_own_form_where_the_profile_has_one() {
        let own = LetterTemplate {
            subject: "ЛС {account}".into(),
            body: "{month}\n{readings}".into(),
            reading: "{serial};{value}".into(),
        };
        let (subject, body) = letter(Some(&own), "{month}", "а", "2026-11".parse().unwrap(), &cold_and_hot());
        assert_eq!(body, "ноябрь 2026\n0041;123\n0042;82");
        assert_eq!(subject, "ЛС {month}", "an account is never taken for a place");
    }

    #[test]
    fn a_subject_stays_one_line() {
        let own = LetterTemplate {
            subject: "{account} {address}".into(),
            body: BODY.into(),
            reading: READING.into(),
        };
        let period = "2026-11".parse().unwrap();
        assert_eq!(letter(Some(&own), "1", "а\r\nBcc: б", period, &[]).0, "1 а  Bcc: б");
    }

    #[test]
    fn each_zone_of_a_meter_is_named() {
        let [cold, _] = cold_and_hot();
        let (_, body) = plain(&[Told { zone: Some("ночь".into()), ..cold }]);
        assert!(body.contains("счётчик № 0041 ночь: 123 м³"), "{body}");
    }
}
