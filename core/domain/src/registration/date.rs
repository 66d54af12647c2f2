//! Days as people type them: `1.2.1960`, `01 02 1960`, `01021960`.

use chrono::{Datelike, Months, NaiveDate};

use super::RegistrationReason as Reason;

/// Nobody is older.
const OLDEST_YEARS: u32 = 120;
/// The age at which the first passport is issued.
const PASSPORT_YEARS: u32 = 14;

pub(super) fn birth(typed: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Reason> {
    let born = date(typed)?;
    if born > today {
        Err(Reason::InTheFuture)
    } else if years_after(born, OLDEST_YEARS).is_some_and(|end| end < today) {
        Err(Reason::TooLongAgo)
    } else {
        Ok(Some(born))
    }
}

/// The day of issue; without a day of birth, only the calendar speaks against it.
pub(super) fn issue(
    typed: &str,
    born: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Reason> {
    let issued = date(typed)?;
    let earliest = born.and_then(|born| years_after(born, PASSPORT_YEARS));
    if issued > today {
        Err(Reason::InTheFuture)
    } else if earliest.is_some_and(|earliest| issued < earliest) {
        Err(Reason::BeforeFourteen)
    } else {
        Ok(Some(issued))
    }
}

/// `01.02.1960`.
pub(super) fn written(date: Option<NaiveDate>) -> String {
    date.map(|d| format!("{:02}.{:02}.{:04}", d.day(), d.month(), d.year())).unwrap_or_default()
}

fn years_after(date: NaiveDate, years: u32) -> Option<NaiveDate> {
    date.checked_add_months(Months::new(12 * years))
}

fn date(typed: &str) -> Result<NaiveDate, Reason> {
    let typed = typed.trim().trim_end_matches(['г', '.', ' ']);
    if typed.is_empty() {
        return Err(Reason::Empty);
    }
    let together = typed.len() == 8 && typed.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if together {
        vec![&typed[..2], &typed[2..4], &typed[4..]]
    } else {
        let between = |c: char| c.is_whitespace() || ".,/-–".contains(c);
        typed.split(between).filter(|part| !part.is_empty()).collect()
    };
    let number = |text: &str, most: usize| {
        let is_number = text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        if is_number { text.parse::<u32>().ok() } else { None }
    };
    let [day, month, year] = parts[..] else { return Err(Reason::NotADate) };
    let year = i32::try_from(number(year, 4).filter(|_| year.len() == 4).unwrap_or(0)).unwrap_or(0);
    let day = number(day, 2).zip(number(month, 2)).filter(|_| year > 0);
    day.and_then(|(day, month)| NaiveDate::from_ymd_opt(year, month, day)).ok_or(Reason::NotADate)
}
