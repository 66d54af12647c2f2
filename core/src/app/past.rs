//! A meter's past as the rules want it: what the utility holds, and what was taken here and is not there yet.

use rusqlite::Connection;

use crate::domain::{Calendar, MeterPast, Period, Point, Source, Volume};
use crate::store::{self, Item, MeterRow, ReadingRow};

/// So far back is looked for readings, more than any rule needs; where nobody read the dial for so long, all is.
const MONTHS: u32 = 36;
/// Older than any meter.
const EVER: u32 = 1200;

/// Everything that is known of a meter's past, the month of `period` included.
pub(super) fn points(db: &Connection, meter_id: &str, period: Period) -> rusqlite::Result<Vec<Point>> {
    let mut points = utilitys_points(db, meter_id, period, MONTHS)?;
    // What was read back is among the utility's readings, and what became of it there counts.
    let own = store::items_of_meter(db, meter_id, period.months_back(MONTHS))?;
    points.extend(own.iter().filter(|item| item.read_back_at.is_none()).map(own_point));
    Ok(points)
}

/// The actual value of a month; what was taken here and not seen there yet corrects what is there.
pub(super) fn value_of(points: &[Point], period: Period) -> Option<Volume> {
    points.iter().rev().find(|p| p.period == period && p.source.is_actual()).map(|p| p.value)
}

/// The past of a meter as the utility has it, for checking what it charges.
pub(super) fn utilitys_past(
    db: &Connection,
    meter: &MeterRow,
    period: Period,
    calendar: &Calendar,
) -> rusqlite::Result<MeterPast> {
    Ok(meter_past(meter, utilitys_points(db, &meter.id, period, MONTHS)?, calendar))
}

/// A meter with its past.
pub(super) fn meter_past(meter: &MeterRow, points: Vec<Point>, calendar: &Calendar) -> MeterPast {
    MeterPast {
        id: meter.id.clone(),
        resource: meter.resource,
        dial: meter.dial,
        points,
        verified_until: meter.verify_by.map(|last_day| calendar.end_of(last_day)),
    }
}

fn utilitys_points(
    db: &Connection,
    meter_id: &str,
    period: Period,
    months: u32,
) -> rusqlite::Result<Vec<Point>> {
    let readings = store::readings(db, meter_id, period.months_back(months))?;
    let points: Vec<Point> = readings.iter().filter_map(point).collect();
    let unread = points.iter().all(|p| !p.source.is_actual() || p.period >= period);
    if unread && months < EVER { utilitys_points(db, meter_id, period, EVER) } else { Ok(points) }
}

/// A source that a newer server made up tells nothing that could be counted.
fn point(r: &ReadingRow) -> Option<Point> {
    Some(Point {
        period: r.period,
        value: r.value,
        source: Source::from_code(&r.source)?,
        taken_at: r.taken_at,
        received_at: Some(r.received_at),
        rolled_over: r.rollover,
        replaced: r.replacement,
    })
}

fn own_point(item: &Item) -> Point {
    Point {
        period: item.counts_for(),
        value: item.captured.value,
        source: Source::App,
        taken_at: Some(item.captured.taken_at),
        received_at: item.received_at,
        rolled_over: item.rollover,
        replaced: item.replacement,
    }
}
