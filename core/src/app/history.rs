//! A meter's history: what is usual, the bars of the months, and every value with its source.

use super::past::points;
use super::{App, Error};
use crate::domain::{ChartPoint, Period, Replacement, Resource, Source, UseKind, Volume, chart, list, past};
use crate::store;

/// Everything that the history of one meter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterHistory {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The flat, by its address.
    pub flat: String,
    /// Average use of a month to whole units, by the decree's rule; none where too little is known.
    pub usual: Option<Volume>,
    /// The bars, the oldest first; they end with the month that is due now.
    pub bars: Vec<ChartPoint>,
    /// Every value, the newest first.
    pub readings: Vec<PastReading>,
}

/// One value of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReading {
    /// The month that it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// Who says so.
    pub source: Source,
    /// The month's use to whole units; none for the first known value.
    pub used: Option<Volume>,
    /// What the use rests on.
    pub kind: Option<UseKind>,
    /// The dial went over its end.
    pub rolled_over: bool,
    /// The meter was replaced before it.
    pub replaced: Option<Replacement>,
    /// The item behind it, if it was taken here and its proof is kept.
    pub item_id: Option<String>,
}

impl App {
    /// A meter's history with the bars of so many months, at most 120.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the meter is gone.
    pub fn history(&self, meter_id: &str, months: i32) -> Result<MeterHistory, Error> {
        let last = self.calendar().place(self.now()?).period;
        let known = self.store.read(|db| {
            let Some(meter) = store::meter(db, meter_id)? else {
                return Ok(None);
            };
            let account = store::account(db, &meter.account_id)?;
            let items = store::items_of_meter(db, meter_id, last.months_back(u32::MAX))?;
            Ok(Some((points(db, meter_id, last)?, items, account, meter)))
        })?;
        let (points, items, account, meter) = known.ok_or_else(|| Error::not_found("meter"))?;
        let item_of = |period: Period| {
            let of_period = items.iter().rev().find(|i| i.counts_for() == period);
            of_period.map(|i| i.captured.item_id.clone())
        };
        let readings = list(&points, meter.dial).into_iter().map(|r| PastReading {
            item_id: if r.source == Source::App { item_of(r.period) } else { None },
            period: r.period,
            value: r.value,
            source: r.source,
            used: r.used.map(|used| used.rounded_to_units()),
            kind: r.kind,
            rolled_over: r.rolled_over,
            replaced: r.replaced,
        });
        Ok(MeterHistory {
            usual: past(&points, meter.dial, last.next(), &self.profile.missed)
                .usual
                .map(|u| u.rounded_to_units()),
            bars: chart(&points, meter.dial, last, months),
            readings: readings.collect(),
            meter_id: meter.id,
            resource: meter.resource,
            place: meter.place,
            zone: meter.zone,
            flat: account.map(|a| a.address).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{COLD, Phone};

    #[test]
    fn the_history_shows_what_was_taken_here_and_what_the_utility_holds() {
        let phone = Phone::signed_in();
        let saved = phone.capture(COLD, "123");
        let history = phone.app.history(COLD, 12).unwrap();
        let rows: Vec<(String, String)> =
            history.readings.iter().map(|r| (r.period.to_string(), r.value.to_string())).collect();
        let row = |period: &str, value: &str| (period.to_owned(), value.to_owned());
        assert_eq!(rows, [row("2026-11", "123"), row("2026-10", "119"), row("2026-07", "107")]);
        assert_eq!(history.readings[0].item_id.as_deref(), Some(saved.item_id.as_str()));
        assert_eq!(history.readings[0].used, Some(Volume::from_units(4)));
        assert_eq!((history.usual, history.bars.len()), (Some(Volume::from_units(4)), 12));
        let hatched: Vec<String> =
            history.bars.iter().filter(|b| b.hatched).map(|b| b.period.to_string()).collect();
        assert_eq!(hatched, ["2026-08", "2026-09", "2026-10"], "three months that were read as one");
    }

    #[test]
    fn an_estimate_is_listed_under_its_own_name_and_asked_about_by_nobody() {
        let phone = Phone::signed_in();
        phone.set_clock("2026-12-23T12:00:00+03:00");
        phone.list_shows(COLD, json!({ "id": "e1", "value": "200", "source": "estimated", "receipt": null }));
        phone.app.sync(10_000).unwrap();
        let history = phone.app.history(COLD, 12).unwrap();
        assert_eq!(history.readings[0].source, Source::Estimated);
        assert_eq!(phone.capture(COLD, "127").used, Some(Volume::from_units(8)), "against October's 119");
    }

    #[test]
    fn a_meter_that_is_gone_has_no_history() {
        assert_eq!(Phone::signed_in().app.history("no-such", 12), Err(Error::not_found("meter")));
    }
}
