//! One capture, other carriers: readings as an SMS, a letter, and words for the telephone.
//!
//! The text is only made here. The shell opens the messenger, the mail app or the dialler with it; nothing is
//! ever sent behind the resident's back.

use super::ru;
use crate::domain::{Period, Resource, Sms, Volume};

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
        body.push_str(&format!(
            "{}, {}, счётчик № {}: {value} м³\n",
            r.resource.name_ru(),
            r.place,
            r.serial
        ));
    }
    (subject, body)
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
    fn on_the_telephone_each_digit_is_said_apart() {
        assert_eq!(
            phone_script("1204417", &cold_and_hot()),
            ["Лицевой счёт: 1 2 0 4 4 1 7", "Холодная вода, кухня: 1 2 3", "Горячая вода, кухня: 8 2"]
        );
    }
}
