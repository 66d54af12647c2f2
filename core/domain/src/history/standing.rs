//! Which value of a month stands.

use crate::Period;

use super::Point;

/// The values that stand, one a month, the oldest first.
///
/// What was read off the dial beats what was worked out; of two alike the one received last is the correction of
/// the other, and what has not been sent yet comes after all that has. Of two received at one moment the later in
/// the list stands.
pub(crate) fn standing(points: &[Point]) -> Vec<&Point> {
    let mut standing: Vec<&Point> = points.iter().collect();
    standing.sort_by_key(|p| (p.period, p.source.is_actual(), p.received_at.is_none(), p.received_at));
    standing.dedup_by(|later, kept| {
        let same_month = later.period == kept.period;
        if same_month {
            *kept = *later;
        }
        same_month
    });
    standing
}

/// The values that stand before a month, the oldest first.
pub(crate) fn standing_before(points: &[Point], period: Period) -> Vec<&Point> {
    let mut before = standing(points);
    before.retain(|p| p.period < period);
    before
}

/// The value that stands for a month.
pub(crate) fn standing_of(points: &[Point], period: Period) -> Option<&Point> {
    standing(points).into_iter().find(|p| p.period == period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::history::fixtures::{guess, instant, period, point, units};

    fn values(points: &[Point]) -> Vec<i64> {
        standing(points).iter().map(|p| units(p.value)).collect()
    }

    fn received(value: i64, at: &str) -> Point {
        Point { received_at: Some(instant(at)), ..point("2026-05", value) }
    }

    #[test]
    fn the_correction_received_last_stands_however_the_list_is_sorted() {
        let (first, second) = (received(100, "2026-05-23T08:00:00Z"), received(101, "2026-05-23T09:00:00Z"));
        assert_eq!(values(&[first.clone(), second.clone()]), [101]);
        assert_eq!(values(&[second, first]), [101]);
    }

    #[test]
    fn what_the_phone_has_not_sent_yet_corrects_what_it_has() {
        let unsent = Point { received_at: None, ..point("2026-05", 102) };
        assert_eq!(values(&[unsent, received(100, "2026-05-23T08:00:00Z")]), [102]);
    }

    #[test]
    fn of_two_received_at_one_moment_the_later_in_the_list_stands() {
        let at = "2026-05-23T08:00:00Z";
        assert_eq!(values(&[received(100, at), received(101, at)]), [101]);
        assert_eq!(values(&[received(101, at), received(100, at)]), [100]);
    }

    #[test]
    fn a_guess_gives_way_to_a_reading_of_its_month_even_a_later_guess() {
        let guess = Point { received_at: Some(instant("2026-06-01T00:00:00Z")), ..guess("2026-05", 104) };
        let inspected = Point { source: Source::Inspector, ..received(99, "2026-05-23T08:00:00Z") };
        assert_eq!(values(&[guess.clone(), inspected.clone()]), [99]);
        assert_eq!(values(&[inspected, guess]), [99]);
    }

    #[test]
    fn months_come_in_order_and_what_stands_before_one_leaves_it_out() {
        let points = [point("2026-07", 3), point("2026-05", 1), point("2026-06", 2)];
        assert_eq!(values(&points), [1, 2, 3]);
        let before: Vec<i64> =
            standing_before(&points, period("2026-07")).iter().map(|p| units(p.value)).collect();
        assert_eq!(before, [1, 2]);
        assert_eq!(standing_of(&points, period("2026-06")).map(|p| units(p.value)), Some(2));
        assert_eq!(standing_of(&points, period("2026-08")), None);
    }
}
