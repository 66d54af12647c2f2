//! One capture, other carriers: readings as an SMS, a letter, and words for the telephone.
//!
//! The text is only made here. The shell opens the messenger, the mail app or the dialler with it; nothing is
//! ever sent behind the resident's back.

use super::ru;
use crate::domain::{Period, Replacement, Resource, Sms, Volume};

/// A reading to be told.
#[derive(Debug, Clone)]
pub struct Told {
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Factory number.
    pub serial: String,
    /// The value.
    pub value: Volume,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced.
    pub replacement: Option<Replacement>,
}

/// The text message, by the utility's template.
#[must_use]
pub fn sms(template: &Sms, account: &str, readings: &[Told]) -> String {
    let lines: Vec<String> = readings
        .iter()
        .map(|r| {
            template
                .reading
                .replace("{serial}", &r.serial)
                .replace("{resource}", r.resource.name_ru())
                .replace("{value}", &r.value.to_string())
        })
        .collect();
    template.message.replace("{account}", account).replace("{readings}", &lines.join(&template.separator))
}

/// Subject and body of the letter.
#[must_use]
pub fn letter(account: &str, address: &str, period: Period, readings: &[Told]) -> (String, String) {
    let subject = format!("Показания за {}, лицевой счёт {account}", ru::month(period));
    let mut body = format!("Лицевой счёт {account}\nАдрес: {address}\nПоказания за {}:\n", ru::month(period));
    for r in readings {
        let value = ru::volume(r.value);
        let (name, claim) = (r.resource.name_ru(), claim(r));
        body.push_str(&format!("{name}, {}, счётчик № {}: {value} м³{claim}\n", r.place, r.serial));
    }
    (subject, body)
}

/// A value below the last one explains itself, or the clerk takes it for a mistake.
fn claim(r: &Told) -> String {
    match r.replacement {
        Some(Replacement { final_value, initial_value }) => format!(
            " (счётчик заменён: прежний показал {} м³, новый начал с {} м³)",
            ru::volume(final_value),
            ru::volume(initial_value)
        ),
        None if r.rollover => " (счётчик прошёл через ноль)".to_owned(),
        None => String::new(),
    }
}

/// What to say on the telephone, number by number, each digit apart.
#[must_use]
pub fn phone_script(account: &str, readings: &[Told]) -> Vec<String> {
    let mut lines = vec![format!("Лицевой счёт: {}", apart(account))];
    for r in readings {
        lines.push(format!("{}, {}: {}", r.resource.name_ru(), r.place, apart(&r.value.to_string())));
    }
    lines
}

fn apart(number: &str) -> String {
    let digits: Vec<String> =
        number.chars().map(|c| if c == '.' { ",".to_owned() } else { c.to_string() }).collect();
    digits.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cold_and_hot() -> [Told; 2] {
        let told = |resource, serial: &str, value| Told {
            resource,
            place: "кухня".into(),
            serial: serial.into(),
            value: Volume::from_units(value),
            rollover: false,
            replacement: None,
        };
        [told(Resource::ColdWater, "0041", 123), told(Resource::HotWater, "0042", 82)]
    }

    #[test]
    fn an_sms_follows_the_utilitys_template() {
        let template = Sms {
            number: "+70000000000".into(),
            message: "{account}: {readings}".into(),
            reading: "{serial}={value}".into(),
            separator: "; ".into(),
        };
        assert_eq!(sms(&template, "1204417", &cold_and_hot()), "1204417: 0041=123; 0042=82");
    }

    #[test]
    fn a_letter_names_account_month_and_every_meter() {
        let (subject, body) =
            letter("1204417", "ул. Примерная, 12", "2026-11".parse().unwrap(), &cold_and_hot());
        assert_eq!(subject, "Показания за ноябрь 2026, лицевой счёт 1204417");
        assert!(body.contains("Холодная вода, кухня, счётчик № 0041: 123 м³\n"), "{body}");
        assert!(body.contains("Горячая вода, кухня, счётчик № 0042: 82 м³\n"), "{body}");
    }

    #[test]
    fn a_letter_explains_a_value_that_began_anew() {
        let [cold, hot] = cold_and_hot();
        let units = Volume::from_units;
        let replacement = Some(Replacement { final_value: units(456), initial_value: units(0) });
        let readings = [Told { replacement, ..cold }, Told { rollover: true, ..hot }];
        let (_, body) = letter("1204417", "ул. Примерная, 12", "2026-11".parse().unwrap(), &readings);
        assert!(
            body.contains("123 м³ (счётчик заменён: прежний показал 456 м³, новый начал с 0 м³)\n"),
            "{body}"
        );
        assert!(body.contains("82 м³ (счётчик прошёл через ноль)\n"), "{body}");
    }

    #[test]
    fn on_the_telephone_each_digit_is_said_apart() {
        assert_eq!(
            phone_script("1204417", &cold_and_hot()),
            ["Лицевой счёт: 1 2 0 4 4 1 7", "Холодная вода, кухня: 1 2 3", "Горячая вода, кухня: 8 2"]
        );
    }
}
