//! The verdict on one posted reading.

use vodomer_core::domain::{Dial, Instant, Period, Volume};

use super::books::{Books, Reading, Standing};
use super::past::{Past, dial_end, share};
use super::posting::{Posted, Verdict};
use super::refusal::Refusal;
use super::rules::{self, Moment, effective_period};

/// What the last value off the dial and a new one say about the use between them.
struct Way {
    used: Volume,
    least: Volume,
}

/// The reading that a posted one becomes.
pub(super) fn hold(books: &mut Books, posted: &Posted, now: Instant) -> Result<Verdict, Refusal> {
    let meter = books.meter(&posted.meter_id).cloned().ok_or(Refusal::NoSuchMeter)?;
    if posted.rollover && posted.replacement.is_some() {
        return Err(Refusal::InvalidItem);
    }
    let same_item = |r: &&Reading| {
        r.item.as_deref() == Some(&*posted.client_item_id) && r.meter == meter.id && r.meant == posted.period
    };
    if let Some(held) = books.readings.iter().find(same_item) {
        let same = (held.value, held.rollover, held.replacement)
            == (posted.value, posted.rollover, posted.replacement);
        return if same { Ok(verdict(held)) } else { Err(Refusal::InvalidItem) };
    }
    if meter.archived {
        return Err(Refusal::MeterArchived);
    }
    if meter.version != posted.meter_version {
        return Err(Refusal::MeterVersionMismatch { version: meter.version });
    }
    if meter.verify_by.is_some_and(|last| rules::business_day(posted.taken_at) > last) {
        return Err(Refusal::MeterVerificationOverdue);
    }
    check_digits(posted, meter.dial)?;
    if let Some(standing) = books.standing(&meter.id, posted.period) {
        let meant_for_it = posted.taken_at < rules::window(posted.period).closes
            || posted.supersedes.as_deref() == Some(&standing.id);
        if standing.standing == Standing::Accounted && standing.is_actual() && meant_for_it {
            return Err(Refusal::AlreadyAccounted { value: standing.value, reading_id: standing.id.clone() });
        }
    }
    let moment = Moment { period: posted.period, taken: posted.taken_at, now, billed: books.billed };
    let period = effective_period(moment)?;
    let corrected = match books.standing(&meter.id, period) {
        None => None,
        Some(standing) if standing.standing == Standing::Accounted => {
            return Err(Refusal::AlreadyAccounted { value: standing.value, reading_id: standing.id.clone() });
        }
        Some(standing) if posted.supersedes.as_deref() == Some(&standing.id) => Some(standing.id.clone()),
        Some(standing) => {
            return Err(Refusal::DuplicateInPeriod {
                value: standing.value,
                reading_id: standing.id.clone(),
            });
        }
    };
    check_use(books, posted, &meter.id, meter.dial, period)?;
    if let Some(corrected) = corrected {
        books.stand(&corrected, Standing::Superseded);
    }
    let id = books.next_id();
    let reading = Reading {
        meant: posted.period,
        rollover: posted.rollover,
        replacement: posted.replacement,
        taken_at: Some(posted.taken_at),
        receipt: Some(books.next_receipt()),
        item: Some(posted.client_item_id.clone()),
        key: Some(posted.idempotency_key.clone()),
        ..Reading::of_the_utility(id, &meter.id, period, posted.value, now)
    };
    let verdict = verdict(&reading);
    books.add_reading(reading);
    Ok(verdict)
}

fn verdict(held: &Reading) -> Verdict {
    Verdict::Held {
        reading: held.id.clone(),
        receipt: held.receipt.clone(),
        period: held.period,
        at: held.received_at,
        status: match held.standing {
            // That it was corrected or withdrawn since is told by the list of readings.
            Standing::Received | Standing::Superseded | Standing::Withdrawn(_) => "received",
            Standing::Accounted => "accounted",
            Standing::Declined => "declined",
        },
    }
}

fn check_digits(posted: &Posted, dial: Dial) -> Result<(), Refusal> {
    let claimed = posted.replacement.iter().flat_map(|it| [it.final_value, it.initial_value]);
    for value in std::iter::once(posted.value).chain(claimed) {
        if value >= dial_end(dial) {
            return Err(Refusal::TooManyDigits { whole: dial.whole() });
        }
        if value != value.truncated() {
            return Err(Refusal::FractionNotAllowed);
        }
    }
    Ok(())
}

fn check_use(books: &Books, posted: &Posted, meter: &str, dial: Dial, period: Period) -> Result<(), Refusal> {
    let past = Past::before(books, meter, dial, period);
    let last = past.last_actual();
    let way = way(posted, last.map(|r| r.value), dial_end(dial))?;
    let (Some(last), Some(way)) = (last, way) else { return Ok(()) };
    let months = i64::from(period.months_since(last.period).max(1));
    let limit = rules::REFUSE_OVER.times(months);
    if way.used > limit {
        return Err(Refusal::ExceedsHardLimit { limit });
    }
    let mean = past.mean();
    let anyway = rules::ASK_OVER.times(months);
    let most = mean.map_or(anyway, |mean| {
        let averages = share(mean.total, rules::ASK_OVER_AVERAGES * months, mean.months);
        averages.max(rules::ASK_FROM.times(months)).min(anyway)
    });
    if way.used <= most || posted.confirmed.iter().any(|doubt| doubt == "higher") {
        return Ok(());
    }
    let unused = posted.value.since(way.used);
    let expected = mean.map(|mean| {
        let usual = unused.plus(share(mean.total, months, mean.months));
        let before_the_turn = if posted.rollover { usual.plus(dial_end(dial)) } else { way.least };
        if usual >= way.least { usual } else { before_the_turn }
    });
    let suggested = comma_lost(posted.value, dial, way.least, unused.plus(most));
    Err(Refusal::NeedsConfirmation { expected, suggested })
}

fn way(posted: &Posted, previous: Option<Volume>, end: Volume) -> Result<Option<Way>, Refusal> {
    let value = posted.value;
    if let Some(it) = &posted.replacement {
        if value < it.initial_value || previous.is_some_and(|previous| it.final_value < previous) {
            return Err(Refusal::ReplacementDoesNotFit { previous });
        }
        return Ok(previous.map(|previous| Way {
            used: it.final_value.since(previous).plus(value.since(it.initial_value)),
            least: it.initial_value,
        }));
    }
    match previous {
        Some(previous) if posted.rollover && value < previous => {
            Ok(Some(Way { used: value.plus(end).since(previous), least: Volume::default() }))
        }
        _ if posted.rollover => Err(Refusal::RolloverNotPossible { previous }),
        Some(previous) if value < previous => Err(Refusal::ValueLessThanPrevious { previous }),
        Some(previous) => Ok(Some(Way { used: value.since(previous), least: previous })),
        None => Ok(None),
    }
}

/// Red digits typed as black ones.
fn comma_lost(value: Volume, dial: Dial, least: Volume, most: Volume) -> Option<Volume> {
    (1..=u32::from(dial.fraction())).find_map(|places| {
        let units = value.ten_thousandths() / Volume::from_units(10_i64.pow(places)).ten_thousandths();
        let meant = Volume::from_units(units);
        (least <= meant && meant <= most).then_some(meant)
    })
}
