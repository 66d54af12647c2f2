//! One capture, other carriers: readings as an SMS, a letter, and words for the telephone.
//!
//! The text is only made here. The shell opens the messenger, the mail app or the dialler with it; nothing is
//! ever sent behind the resident's back.
//!
//! - [`sms`]: by the utility's template, in as few segments as it has forms for
//! - [`letter`]: subject and text
//! - [`phone`]: what to key in, and what to say

pub mod letter;
pub mod phone;
pub mod sms;

use super::ru;
use crate::domain::{Replacement, Resource, Volume};

/// A reading to be told.
#[derive(Debug, Clone)]
pub struct Told {
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Factory number.
    pub serial: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The value.
    pub value: Volume,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced.
    pub replacement: Option<Replacement>,
}

/// How a reading's value is written.
enum Written {
    /// With a point, as machines read it.
    Plain,
    /// With a comma and parted groups.
    Grouped,
}

impl Told {
    /// The reading by a template. Of a meter with several tariff zones, a template without a place for the zone has it
    /// behind the number, or else behind the service: two values of one meter must never look alike.
    fn by(&self, template: &str, written: &Written, more: &[(&str, &str)]) -> String {
        let zone = self.zone.as_deref().unwrap_or_default();
        let nowhere = !zone.is_empty() && !template.contains("{zone}");
        let after_serial = nowhere && template.contains("{serial}");
        let after_resource = nowhere && !after_serial;
        let with_zone =
            |text: &str, with: bool| if with { format!("{text} {zone}") } else { text.to_owned() };
        let value = match written {
            Written::Plain => self.value.to_string(),
            Written::Grouped => ru::volume(self.value),
        };
        let (serial, resource) =
            (with_zone(&self.serial, after_serial), with_zone(self.resource.name_ru(), after_resource));
        let value = if after_resource && !template.contains("{resource}") {
            format!("{zone} {value}")
        } else {
            value
        };
        let own: [(&str, &str); 5] = [
            ("resource", &resource),
            ("place", &self.place),
            ("zone", zone),
            ("serial", &serial),
            ("value", &value),
        ];
        // What a caller says goes before what a reading says of itself.
        crate::domain::fill_template(template, &[more, &own].concat())
    }
}

#[cfg(test)]
pub(super) mod fixtures {
    use super::*;

    pub fn told(resource: Resource, serial: &str, value: &str) -> Told {
        Told {
            resource,
            place: "кухня".into(),
            serial: serial.into(),
            zone: None,
            value: value.parse().unwrap(),
            rollover: false,
            replacement: None,
        }
    }

    pub fn cold_and_hot() -> [Told; 2] {
        [told(Resource::ColdWater, "0041", "123"), told(Resource::HotWater, "0042", "82")]
    }
}
