//! An account's readings as a table for a spreadsheet, the newest first within each meter.

use chrono_tz::Tz;

use super::csv::{Cell, file};
use crate::domain::{Instant, Period, Resource, Source, Volume};

/// One reading.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// What the meter measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Its factory number.
    pub serial: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The month it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// Who says so; none for a source that a newer server made up.
    pub source: Option<Source>,
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// When the utility got it.
    pub received_at: Option<Instant>,
    /// How far it has come, in Russian.
    pub status: &'static str,
    /// The month's use to whole units; none where it is not known, or where another value of the month stands.
    pub used: Option<Volume>,
}

const HEAD: [&str; 11] = [
    "Лицевой счёт",
    "Услуга",
    "Прибор учёта",
    "Место",
    "Зона",
    "Месяц",
    "Показание, м³",
    "Источник",
    "Снято",
    "Получено водоканалом",
    "Состояние",
];
const USED: &str = "Расход за месяц, м³";

/// The file. Moments are by the clocks of the utility's zone.
#[must_use]
pub fn csv(account: &str, zone: Tz, rows: &[HistoryRow]) -> String {
    let head: Vec<&str> = HEAD.into_iter().chain([USED]).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| cells(account, zone, row)).collect();
    file(&head, &rows)
}

fn cells(account: &str, zone: Tz, row: &HistoryRow) -> Vec<Cell> {
    let moment = |at: Option<Instant>| match at {
        Some(at) => Cell::Text(at.with_timezone(&zone).format("%d.%m.%Y %H:%M:%S").to_string()),
        None => Cell::Empty,
    };
    // With the sign before it, a number of many digits keeps its zeros and is never shown as a power of ten.
    let name = |number: &str| Cell::Text(format!("№ {number}"));
    vec![
        name(account),
        Cell::Text(row.resource.name_ru().to_owned()),
        name(&row.serial),
        Cell::Text(row.place.clone()),
        row.zone.clone().map_or(Cell::Empty, Cell::Text),
        Cell::Text(row.period.first_day().format("%m.%Y").to_string()),
        number(row.value),
        row.source.map_or(Cell::Empty, |source| Cell::Text(source_ru(source).to_owned())),
        moment(row.taken_at),
        moment(row.received_at),
        Cell::Text(row.status.to_owned()),
        row.used.map_or(Cell::Empty, number),
    ]
}

/// Without parted groups: a spreadsheet must count with it.
fn number(volume: Volume) -> Cell {
    Cell::Number(volume.to_string().replace('.', ","))
}

const fn source_ru(source: Source) -> &'static str {
    match source {
        Source::App => "личный кабинет",
        Source::Sms => "СМС",
        Source::Email => "электронная почта",
        Source::Phone => "телефон",
        Source::Office => "офис",
        Source::Inspector => "контролёр",
        Source::Estimated => "по среднему",
        Source::Norm => "по нормативу",
        Source::Import => "прежняя система",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> HistoryRow {
        HistoryRow {
            resource: Resource::ColdWater,
            place: "=кухня; слева".into(),
            serial: "0041".into(),
            zone: Some("ночь".into()),
            period: "2026-11".parse().unwrap(),
            value: "12123.5".parse().unwrap(),
            source: Some(Source::Inspector),
            taken_at: "2026-11-25T21:30:00Z".parse().ok(),
            received_at: None,
            status: "учтено",
            used: Some(Volume::from_units(4)),
        }
    }

    #[test]
    fn a_reading_is_a_line_with_everything_that_is_known_of_it() {
        let file = csv("1204417", Tz::Europe__Moscow, &[row()]);
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert!(
            lines[0].starts_with("\u{feff}Лицевой счёт;Услуга;")
                && lines[0].ends_with("\"Расход за месяц, м³\"")
        );
        assert_eq!(
            lines[1],
            "№ 1204417;Холодная вода;№ 0041;\"'=кухня; слева\";ночь;11.2026;\"12123,5\";контролёр;26.11.2026 00:30:00;;\
             учтено;4"
        );
    }

    #[test]
    fn what_is_not_known_is_an_empty_cell() {
        let row = HistoryRow { zone: None, source: None, taken_at: None, used: None, ..row() };
        let file = csv("1204417", Tz::Europe__Moscow, &[row]);
        let line = file.split("\r\n").nth(1).unwrap();
        assert!(line.ends_with(";;11.2026;\"12123,5\";;;;учтено;"), "{line}");
        assert_eq!(file.split("\r\n").count(), 3, "head, line, and the end of the last one");
    }
}
