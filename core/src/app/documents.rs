//! Papers and texts about what is known here, one call each: the proof card, an account's history, a scanned receipt.

use super::past::points;
use super::receipt::Document;
use super::status::{Status, status, status_at_the_utility};
use super::{App, Error};
use crate::documents::history_csv::{self, HistoryRow};
use crate::documents::payment_code::{ReadProblem, Scanned, read_bytes, read_text};
use crate::documents::proof_card::{self, ProofCard, Stage};
use crate::domain::{Delivered, ListedReading, Period, PhoneClocks, Source, list};
use crate::store::{self, Item, MeterRow, ReadingRow};

/// A table to be opened, shared or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Title, in Russian.
    pub title: String,
    /// Name for the file.
    pub file_name: String,
    /// CSV in UTF-8 with its mark, to be written as it is.
    pub csv: String,
}

/// Older than any meter, in months.
const EVER: u32 = 1200;

impl App {
    /// The proof card of one reading, a sheet for a dispute.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the item is not known here.
    pub fn proof_card(&self, item_id: &str) -> Result<Document, Error> {
        let item =
            self.store.read(|db| store::by_id(db, item_id))?.ok_or_else(|| Error::not_found("item"))?;
        let clocks =
            PhoneClocks { phone_at: item.phone_at, skew_ms: item.skew, monotonic_ms: item.monotonic };
        let delivered =
            Delivered { sent_at: item.sent_at, received_at: item.received_at, receipt: item.receipt.clone() };
        let period = item.captured.period;
        let html = proof_card::html(&ProofCard {
            utility: &self.profile.name,
            base_url: &self.profile.portal.base_url,
            zone: self.calendar().zone,
            zone_phrase: &self.profile.zone_phrase,
            account: &item.seen.account,
            address: &item.seen.address,
            resource: item.seen.resource,
            place: &item.seen.place,
            serial: &item.seen.serial,
            tariff_zone: item.seen.zone.as_deref(),
            captured: &item.captured,
            clocks,
            delivered: &delivered,
            accepted_at: item.read_back_at,
            accounted_at: item.accounted_at,
            effective_period: item.effective_period,
            stage: stage(&item),
            handed_over: item.channel.map(|(_, at)| (item.channel_text.as_deref().unwrap_or_default(), at)),
        });
        Ok(Document { title: proof_card::title(period), file_name: format!("proof-{period}.html"), html })
    }

    /// All readings of an account that stand or wait, of every meter that it has or had.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account is not known.
    pub fn history_table(&self, account_id: &str) -> Result<Table, Error> {
        let calendar = self.calendar();
        let last = calendar.place(self.now()?).period;
        let known = self.store.read(|db| {
            let Some(account) = store::account(db, account_id)? else {
                return Ok(None);
            };
            let mut rows = Vec::new();
            for meter in store::all_meters(db, account_id)? {
                let since = last.months_back(EVER);
                let standing = list(&points(db, &meter.id, last.next())?, meter.dial);
                let own = store::items_of_meter(db, &meter.id, since)?;
                let of_meter = Meter { meter: &meter, standing: &standing };
                let utilitys = store::readings(db, &meter.id, since)?;
                let mut of_this: Vec<HistoryRow> = utilitys.iter().map(|r| of_meter.utilitys(r)).collect();
                of_this.extend(own.iter().filter(|i| i.read_back_at.is_none()).map(|i| of_meter.own(i)));
                of_this.sort_by_key(|row| std::cmp::Reverse(row.period));
                rows.extend(of_this);
            }
            Ok(Some((account, rows)))
        })?;
        let (account, rows) = known.ok_or_else(|| Error::not_found("account"))?;
        Ok(Table {
            title: format!("Показания, лицевой счёт {}", account.number),
            file_name: "readings.csv".to_owned(),
            csv: history_csv::csv(&account.number, calendar.zone, &rows),
        })
    }
}

/// What a paper receipt's code says, from the text that a scanner hands over. It is a claim, never a pass to an account.
///
/// # Errors
/// [`ReadProblem`] says why it is no payment code.
pub fn scan_payment_code(text: &str) -> Result<Scanned, ReadProblem> {
    read_text(text).map(|code| Scanned::of(&code))
}

/// The same from the bytes of the code, where a scanner hands those over: letters can't be lost then.
///
/// # Errors
/// [`ReadProblem`] says why it is no payment code.
pub fn scan_payment_code_bytes(bytes: &[u8]) -> Result<Scanned, ReadProblem> {
    read_bytes(bytes).map(|code| Scanned::of(&code))
}

fn stage(item: &Item) -> Stage {
    match status(item) {
        Status::Saved | Status::WaitingForNetwork | Status::SentElsewhere => Stage::Saved,
        Status::Sent => Stage::Sent,
        Status::Accepted => Stage::Accepted,
        Status::Accounted => Stage::Accounted,
        Status::NeedsAnswer => Stage::Asked,
        Status::Rejected => Stage::Refused,
        Status::NotSubmitted => Stage::Replaced,
    }
}

/// A meter with what stands of its past.
struct Meter<'a> {
    meter: &'a MeterRow,
    standing: &'a [ListedReading],
}

impl Meter<'_> {
    fn utilitys(&self, reading: &ReadingRow) -> HistoryRow {
        let source = Source::from_code(&reading.source);
        let row = self.row(reading.period, reading.value, source, status_at_the_utility(reading));
        HistoryRow { taken_at: reading.taken_at, received_at: Some(reading.received_at), ..row }
    }

    fn own(&self, item: &Item) -> HistoryRow {
        let period = item.effective_period.unwrap_or(item.captured.period);
        let row = self.row(period, item.captured.value, Some(Source::App), status(item));
        HistoryRow { taken_at: Some(item.captured.taken_at), received_at: item.received_at, ..row }
    }

    fn row(
        &self,
        period: Period,
        value: crate::domain::Volume,
        source: Option<Source>,
        status: Status,
    ) -> HistoryRow {
        let standing = self
            .standing
            .iter()
            .find(|listed| listed.period == period && listed.value == value && Some(listed.source) == source);
        HistoryRow {
            resource: self.meter.resource,
            place: self.meter.place.clone(),
            serial: self.meter.serial.clone(),
            zone: self.meter.zone.clone(),
            period,
            value,
            source,
            taken_at: None,
            received_at: None,
            status: status_ru(status),
            used: standing.and_then(|listed| listed.used).map(|used| used.rounded_to_units()),
        }
    }
}

const fn status_ru(status: Status) -> &'static str {
    match status {
        Status::NotSubmitted => "не передано",
        Status::Saved => "сохранено",
        Status::WaitingForNetwork => "ждёт связи",
        Status::Sent => "отправлено",
        Status::Accepted => "принято",
        Status::Accounted => "учтено",
        Status::NeedsAnswer => "нужен ответ",
        Status::Rejected => "отклонено",
        Status::SentElsewhere => "передано иначе",
    }
}

#[cfg(test)]
#[path = "documents_tests.rs"]
mod tests;
