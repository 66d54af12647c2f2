//! Text messages, by the template of the utility: a machine reads them there.
//!
//! Old telephones pay for each segment, and gateways drop what has more than a few. So a message has at most two: the
//! utility's short form helps, and then several messages do. No form is made up here that a profile does not have.

use super::{Told, Written};
use crate::domain::{Sms, fill_template};

/// More segments than this and the message takes another form.
const MOST_SEGMENTS: i32 = 2;

/// Letters of the seven-bit alphabet of GSM 03.38; the second line takes two places each.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§\
                   ¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_DOUBLE: &str = "^{}\\[~]|€";

/// A message to be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The text.
    pub body: String,
    /// What the operator counts: as many messages as this are paid for.
    pub segments: i32,
}

/// One of the forms of a template.
struct Form<'a> {
    message: &'a str,
    reading: &'a str,
    separator: &'a str,
}

/// Everything in one message: the long form where that fits into two segments, or there is no other.
#[must_use]
pub fn whole(template: &Sms, account: &str, readings: &[Told]) -> Message {
    let readings: Vec<&Told> = readings.iter().collect();
    let (long, short) = forms(template);
    let message = long.of(account, &readings);
    match short {
        Some(short) if message.segments > MOST_SEGMENTS => short.of(account, &readings),
        Some(_) | None => message,
    }
}

/// As few messages as there can be of at most two segments each. A single reading that takes more goes alone.
#[must_use]
pub fn messages(template: &Sms, account: &str, readings: &[Told]) -> Vec<Message> {
    let (long, short) = forms(template);
    let form = match short {
        Some(short) if long.of(account, &readings.iter().collect::<Vec<_>>()).segments > MOST_SEGMENTS => {
            short
        }
        Some(_) | None => long,
    };
    let mut messages = Vec::new();
    let mut together: Vec<&Told> = Vec::new();
    for reading in readings {
        together.push(reading);
        if together.len() > 1 && form.of(account, &together).segments > MOST_SEGMENTS {
            together.pop();
            messages.push(form.of(account, &together));
            together = vec![reading];
        }
    }
    if !together.is_empty() {
        messages.push(form.of(account, &together));
    }
    messages
}

fn forms(template: &Sms) -> (Form<'_>, Option<Form<'_>>) {
    let long =
        Form { message: &template.message, reading: &template.reading, separator: &template.separator };
    let short = template.short.as_ref().map(|short| Form {
        message: &short.message,
        reading: &short.reading,
        separator: &short.separator,
    });
    (long, short)
}

impl Form<'_> {
    fn of(&self, account: &str, readings: &[&Told]) -> Message {
        let lines: Vec<String> =
            readings.iter().map(|told| told.by(self.reading, &Written::Plain, &[])).collect();
        let readings = lines.join(self.separator);
        let body = fill_template(self.message, &[("account", account), ("readings", &readings)]);
        Message { segments: segments(&body), body }
    }
}

/// How many segments the operator makes of a text: of 160 places in seven bits or 70 in UCS-2; where there are several,
/// each has a few less.
#[must_use]
pub fn segments(text: &str) -> i32 {
    let places = |c: char| match c {
        c if GSM.contains(c) => Some(1),
        c if GSM_DOUBLE.contains(c) => Some(2),
        _ => None,
    };
    let (length, alone, of_several) = match text.chars().map(places).sum::<Option<usize>>() {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= alone { 1 } else { i32::try_from(length.div_ceil(of_several)).unwrap_or(i32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{cold_and_hot, told};
    use super::*;
    use crate::domain::{Resource, ShortSms};

    fn template() -> Sms {
        Sms {
            number: "+70000000000".into(),
            message: "{account}: {readings}".into(),
            reading: "{resource} {serial}={value}".into(),
            separator: "; ".into(),
            short: None,
        }
    }

    fn short() -> Sms {
        let short = ShortSms {
            message: "{account} {readings}".into(),
            reading: "{serial}={value}".into(),
            separator: " ".into(),
        };
        Sms { short: Some(short), ..template() }
    }

    fn many(count: usize) -> Vec<Told> {
        (0..count).map(|n| told(Resource::ColdWater, &format!("{n:08}"), "12345.678")).collect()
    }

    #[test]
    fn an_sms_follows_the_utilitys_template() {
        let message = whole(&template(), "1204417", &cold_and_hot());
        assert_eq!(message.body, "1204417: Холодная вода 0041=123; Горячая вода 0042=82");
        assert_eq!(message.segments, 1);
        assert_eq!(messages(&template(), "1204417", &cold_and_hot()), [message]);
    }

    #[test]
    fn what_takes_more_than_two_segments_takes_the_short_form() {
        let message = whole(&short(), "1204417", &many(4));
        assert_eq!(
            message.body,
            "1204417 00000000=12345.678 00000001=12345.678 00000002=12345.678 00000003=12345.678"
        );
        assert_eq!(message.segments, 1, "Latin letters and digits alone: 160 in one");
        assert!(whole(&short(), "1204417", &many(3)).body.contains("Холодная"), "two segments still");
        assert!(whole(&template(), "1204417", &many(4)).segments > 2, "the only form that there is");
    }

    #[test]
    fn what_does_not_fit_even_so_goes_as_several_messages_with_nothing_lost() {
        for (template, most) in [(template(), 3), (short(), 15)] {
            let readings = many(40);
            let messages = messages(&template, "1204417", &readings);
            assert!(
                messages.iter().all(|m| m.segments <= 2 && m.body.starts_with("1204417")),
                "{messages:?}"
            );
            let told = |body: &str| body.matches("=12345.678").count();
            let counts: Vec<usize> = messages.iter().map(|m| told(&m.body)).collect();
            assert_eq!(counts.iter().sum::<usize>(), 40);
            assert!(counts.iter().rev().skip(1).all(|count| *count == most), "{counts:?}");
            let body: String = messages.iter().map(|m| m.body.as_str()).collect();
            assert!(readings.iter().all(|told| body.contains(&told.serial)));
        }
    }

    #[test]
    fn a_reading_too_long_for_two_segments_goes_alone() {
        let mut readings = many(2);
        readings[0].serial = "ж".repeat(200);
        let messages = messages(&template(), "1204417", &readings);
        assert_eq!(messages.iter().map(|m| m.segments).collect::<Vec<_>>(), [4, 1]);
    }

    #[test]
    fn segments_are_counted_as_operators_do() {
        for (text, segments_of_it) in [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("[".repeat(80), 1),
            ("[".repeat(81), 2),
            ("ж".repeat(70), 1),
            ("ж".repeat(71), 2),
            ("ж".repeat(134), 2),
            ("ж".repeat(135), 3),
            ("😀".repeat(35), 1),
            ("😀".repeat(36), 2),
            (format!("{}ж", "a".repeat(70)), 2),
        ] {
            assert_eq!(segments(&text), segments_of_it, "{text}");
        }
    }

    #[test]
    fn the_zones_of_one_meter_never_look_alike() {
        let mut night = told(Resource::ColdWater, "0041", "123");
        night.zone = Some("ночь".into());
        let by = |reading: &str| {
            whole(&Sms { reading: reading.into(), ..template() }, "1", std::slice::from_ref(&night)).body
        };
        assert_eq!(by("{serial}={value}"), "1: 0041 ночь=123");
        assert_eq!(by("{resource}={value}"), "1: Холодная вода ночь=123");
        assert_eq!(by("{value}"), "1: ночь 123");
        assert_eq!(by("{zone} {serial}={value}"), "1: ночь 0041=123");
    }
}
