//! Months counted by hand: no date library.

pub const FIRST_YEAR: i32 = 1900;
pub const YEARS: usize = 400;

/// A month.
#[derive(Debug, Clone, Copy)]
pub struct Month {
    /// Days from 1 January 1970 to its first day.
    pub first_day: i64,
    /// How many days it has.
    pub length: i64,
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn lengths(year: i32) -> [i64; 12] {
    [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// Every month of the years, and one more.
pub fn months() -> Vec<Month> {
    let before_1970: i64 = (FIRST_YEAR..1970).flat_map(lengths).sum();
    let mut first_day = -before_1970;
    let all = (FIRST_YEAR..).flat_map(lengths).take(YEARS * 12 + 1);
    all.map(|length| {
        let month = Month { first_day, length };
        first_day += length;
        month
    })
    .collect()
}
