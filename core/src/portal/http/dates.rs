//! Moments in headers, and how long a server wants to be left alone.

use chrono::{DateTime, Datelike, NaiveDateTime};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde_json::{Map, Value};

use crate::domain::Instant;

/// The form that is written today, and the two obsolete ones that RFC 9110 wants read (RFC 850, asctime).
const FORMS: [&str; 3] = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

/// Years that a server's clock can show.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;

fn http_date(text: &str) -> Option<Instant> {
    let of_a_form = || FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    of_a_form()
        .map(|at| at.and_utc())
        // Not allowed, but seen: `+0000` for `GMT`.
        .or_else(|| Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc()))
}

/// The server's clock.
pub(super) fn server_time(headers: &HeaderMap) -> Option<Instant> {
    let at = http_date(headers.get(DATE)?.to_str().ok()?.trim())?;
    YEARS.contains(&at.year()).then_some(at)
}

/// Seconds for which the server wants to be left alone: `Retry-After` as seconds or as a date, otherwise the `until` of
/// the problem's parameters. Moments are counted by the server's own clock, so that a wrong clock of the phone does not
/// matter; without one they are not counted. A moment that is over is zero, a number too large to be held the largest;
/// whatever is neither a number nor a moment is no wish.
pub(super) fn retry_after(headers: &HeaderMap, params: &Map<String, Value>) -> Option<u64> {
    let until = |at: Instant| Some(u64::try_from((at - server_time(headers)?).num_seconds()).unwrap_or(0));
    let header = headers.get(RETRY_AFTER).and_then(|text| text.to_str().ok()).map(str::trim);
    let asked = match header {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(digits.parse().unwrap_or(u64::MAX))
        }
        Some(date) => http_date(date).and_then(until),
        None => None,
    };
    asked.or_else(|| {
        let text = params.get("until")?.as_str()?;
        DateTime::parse_from_rfc3339(text).ok().and_then(|at| until(at.to_utc()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "Wed, 25 Nov 2026 18:00:00 GMT";

    fn asked(date: Option<&str>, wish: Option<&[u8]>, until: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        if let Some(wish) = wish {
            headers.insert(RETRY_AFTER, reqwest::header::HeaderValue::from_bytes(wish).unwrap());
        }
        let params = until.map(|until| [("until".to_owned(), Value::from(until))].into_iter().collect());
        retry_after(&headers, &params.unwrap_or_default())
    }

    #[test]
    fn seconds_are_taken_as_they_are_and_never_overflow() {
        for (wish, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 120 ", Some(120)),
            ("007", Some(7)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", Some(u64::MAX)),
            ("99999999999999999999999999999999", Some(u64::MAX)),
        ] {
            assert_eq!(asked(None, Some(wish.as_bytes()), None), seconds, "{wish:?}");
        }
    }

    #[test]
    fn what_is_neither_a_number_nor_a_date_is_no_wish() {
        for garbage in
            ["", "-5", "+5", "1.5", "1e3", "0x10", "soon", "120s", "12 0", "Nov", "2026-11-25T18:05:00Z"]
        {
            assert_eq!(asked(Some(NOW), Some(garbage.as_bytes()), None), None, "{garbage:?}");
        }
        assert_eq!(asked(Some(NOW), Some("١٢".as_bytes()), None), None, "digits of another script");
        assert_eq!(asked(Some(NOW), Some(&[0xff, 0xfe]), None), None);
    }

    #[test]
    fn dates_of_all_three_forms_count_from_the_servers_own_clock() {
        for date in [
            "Wed, 25 Nov 2026 18:05:00 GMT",
            "Wednesday, 25-Nov-26 18:05:00 GMT",
            "Wed Nov 25 18:05:00 2026",
            "Wed, 25 Nov 2026 21:05:00 +0300",
        ] {
            assert_eq!(asked(Some(NOW), Some(date.as_bytes()), None), Some(300), "{date}");
            assert_eq!(asked(None, Some(date.as_bytes()), None), None, "by whose clock? {date}");
        }
    }

    #[test]
    fn a_date_in_the_past_asks_for_nothing_and_one_in_centuries_for_centuries() {
        for past in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(asked(Some(NOW), Some(past.as_bytes()), None), Some(0), "{past}");
        }
        let centuries = asked(Some(NOW), Some(b"Fri, 31 Dec 9999 23:59:59 GMT"), None).unwrap();
        assert!(centuries > 200_000_000_000);
        for impossible in [
            "Wed, 31 Nov 2026 18:05:00 GMT",
            "Mon, 25 Nov 2026 18:05:00 GMT",
            "Wed, 25 Nov 2026 25:05:00 GMT",
        ] {
            assert_eq!(asked(Some(NOW), Some(impossible.as_bytes()), None), None, "{impossible}");
        }
    }

    #[test]
    fn the_moment_in_the_problem_counts_where_the_header_says_nothing() {
        let until = Some("2026-11-25T21:10:00+03:00");
        assert_eq!(asked(Some(NOW), None, until), Some(600));
        assert_eq!(asked(Some(NOW), Some(b"soon"), until), Some(600));
        assert_eq!(asked(Some(NOW), Some(b"120"), until), Some(120), "the header is what was meant for us");
        assert_eq!(asked(None, None, until), None);
        assert_eq!(asked(Some(NOW), None, Some("tomorrow")), None);
    }

    #[test]
    fn a_clock_of_no_year_of_ours_is_none() {
        let time = |date: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, date.parse().unwrap());
            server_time(&headers)
        };
        assert_eq!(time(NOW).unwrap().to_rfc3339(), "2026-11-25T18:00:00+00:00");
        for absurd in ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "now", ""] {
            assert_eq!(time(absurd), None, "{absurd}");
        }
    }
}
