//! One line of a receipt: said once, laid out as a row of the sheet or as a piece of the roll.

use super::{Line, Meter};
use crate::documents::page::escaped;
use crate::documents::ru;
use crate::domain::Resource;

/// What a line says, ready to be laid out.
pub(super) struct Said {
    /// The service, or what was given or taken back.
    name: &'static str,
    /// What there is to add: meter, basis, the utility's words. Markup.
    under: Vec<String>,
    /// From which value to which.
    readings: Option<(String, String)>,
    /// Volume and tariff; what is given or taken back has none of its own.
    measure: Option<(String, String)>,
    amount: String,
}

pub(super) fn said(line: &Line) -> Said {
    let charge = &line.charge;
    let given = match charge.basis.as_str() {
        "benefit" => Some("Льгота"),
        "recalculation" => Some("Перерасчёт"),
        _ => None,
    };
    let basis = match charge.basis.as_str() {
        "average" => Some("по среднему"),
        "norm" => Some("по нормативу"),
        _ => None,
    };
    let service = charge.resource.map(Resource::name_ru);
    let under = [
        given.and(service).map(escaped),
        line.meter.as_ref().map(meter),
        basis.map(escaped),
        charge.note.as_deref().map(escaped),
    ];
    Said {
        name: given.or(service).unwrap_or("Прочее"),
        under: under.into_iter().flatten().collect(),
        readings: charge.from_value.zip(charge.to_value).map(|(from, to)| (ru::volume(from), ru::volume(to))),
        measure: given.is_none().then(|| (ru::volume(charge.volume), ru::rubles(charge.tariff_kopecks))),
        amount: ru::rubles(charge.amount_kopecks),
    }
}

fn meter(meter: &Meter) -> String {
    let zone = meter.zone.iter().map(|zone| format!(", {zone}")).collect::<String>();
    let place = if meter.place.is_empty() { String::new() } else { format!(", {}", meter.place) };
    escaped(&format!("счётчик №\u{a0}{}{place}{zone}", meter.serial))
}

impl Said {
    fn beneath(&self) -> String {
        self.under.iter().map(|text| format!("<br><span class=\"small\">{text}</span>")).collect()
    }

    /// On a sheet.
    pub fn row(&self) -> String {
        let none = || "—".to_owned();
        let readings = self.readings.as_ref().map_or_else(none, |(from, to)| format!("{from} → {to}"));
        let (volume, tariff) = self.measure.clone().unwrap_or_else(|| (none(), none()));
        format!(
            "<tr><td>{}{}</td><td>{readings}</td><td>{volume}</td><td>{tariff}</td><td>{}</td></tr>\n",
            self.name,
            self.beneath(),
            self.amount,
        )
    }

    /// On a roll, where no table has room.
    pub fn piece(&self) -> String {
        let readings = self.readings.as_ref().map(|(from, to)| format!("{from} → {to}"));
        let measure = self.measure.as_ref().map(|(volume, tariff)| format!("{volume} м³ × {tariff}"));
        let how: Vec<String> = [readings, measure].into_iter().flatten().collect();
        format!(
            "<div class=\"line whole\"><b>{}</b>{}<div class=\"sum\"><span>{}</span><span>{}</span></div></div>\n",
            self.name,
            self.beneath(),
            how.join("<br>"),
            self.amount,
        )
    }
}
