//! What a meter's use is measured by: usual, possible, ordinary, far off, above the limit.
//!
//! From wide to narrow: a *possible* use raises no doubt; an *ordinary* one is what this meter does in a month, and a
//! guess that leads there is not by chance. A gap that is *far off* is more than guests or a leaking tap explain.
//! Every comparison is exact: an average is never divided.

use crate::{Average, CheckRules, Volume};

use super::Past;

/// So many times what is asked about anyway is far off: above it a slip of the finger is likelier than the use.
const FAR_OFF: i64 = 3;

/// The utility's rules, applied to one meter's past.
#[derive(Debug, Clone, Copy)]
pub(super) struct Yardstick<'a> {
    past: &'a Past,
    rules: &'a CheckRules,
    monthly_limit: Option<Volume>,
}

impl<'a> Yardstick<'a> {
    /// The meter's own limit, where the utility gives one, goes before that of the rules.
    pub(super) fn new(past: &'a Past, rules: &'a CheckRules, own_limit: Option<Volume>) -> Self {
        Self { past, rules, monthly_limit: own_limit.or(rules.hard_limit) }
    }

    pub(super) fn rules(&self) -> &'a CheckRules {
        self.rules
    }

    pub(super) fn months(&self) -> i32 {
        self.past.months.max(1)
    }

    /// The most that the utility believes since the last reading: a limit is one of a month, and three months may
    /// use three times as much.
    pub(super) fn limit(&self) -> Option<Volume> {
        self.monthly_limit.map(|limit| self.over_the_months(limit))
    }

    pub(super) fn is_above_limit(&self, used: Volume) -> bool {
        self.limit().is_some_and(|limit| used > limit)
    }

    pub(super) fn is_unusual(&self, used: Volume) -> bool {
        self.exceeds(used, 1)
    }

    /// Without an average the bound is already many times what people use, and is not multiplied.
    pub(super) fn is_far_off(&self, gap: Volume) -> bool {
        self.exceeds(gap, if self.past.usual.is_some() { FAR_OFF } else { 1 })
    }

    /// A use that nobody is asked about, or none at all.
    pub(super) fn is_possible(&self, used: Volume) -> bool {
        !used.is_negative() && !self.is_unusual(used) && !self.is_above_limit(used)
    }

    /// From half to twice the average, less than a unit more or less because fractions were dropped; without an
    /// average, no more than is never unusual.
    pub(super) fn is_ordinary(&self, used: Volume) -> bool {
        let unit = Volume::from_units(1);
        let a_month = |volume| Average::over(volume, self.months());
        self.is_possible(used)
            && match self.past.usual {
                Some(usual) => {
                    let twice = Average::over(usual.total().times(2), usual.months());
                    a_month(used.plus(unit).times(2)) > Some(usual) && a_month(used.since(unit)) < twice
                }
                None => used <= self.over_the_months(self.rules.never_unusual),
            }
    }

    fn exceeds(&self, used: Volume, times: i64) -> bool {
        let CheckRules { unusual_times, never_unusual, unusual_alone, .. } = *self.rules;
        match self.past.usual {
            Some(usual) => {
                usual.is_exceeded_by(used, unusual_times.saturating_mul(times), self.months())
                    && used > self.over_the_months(never_unusual.times(times))
            }
            None => used > self.over_the_months(unusual_alone.times(times)),
        }
    }

    fn over_the_months(&self, monthly: Volume) -> Volume {
        monthly.times(i64::from(self.months()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(units: i64) -> Volume {
        Volume::from_units(units)
    }

    fn past(usual: Option<(i64, i32)>, months: i32) -> Past {
        let usual = usual.and_then(|(total, over)| Average::over(units(total), over));
        Past { last: Some(units(100)), months, usual }
    }

    /// The lowest and the highest whole use for which something holds.
    fn range(
        past: &Past,
        limit: Option<i64>,
        holds: impl Fn(&Yardstick, Volume) -> bool,
    ) -> Option<(i64, i64)> {
        let rules = CheckRules::default();
        let yardstick = Yardstick::new(past, &rules, limit.map(units));
        let mut held = (-50..2000).filter(|used| holds(&yardstick, units(*used)));
        let first = held.next()?;
        Some((first, held.last().unwrap_or(first)))
    }

    fn possible(past: &Past) -> Option<(i64, i64)> {
        range(past, None, |y, used| y.is_possible(used))
    }

    #[test]
    fn three_times_the_average_is_the_most_that_is_possible() {
        assert_eq!(possible(&past(Some((24, 6)), 1)), Some((0, 12)));
        assert_eq!(possible(&past(Some((25, 6)), 1)), Some((0, 12)), "three averages are 12.5");
        assert_eq!(possible(&past(Some((26, 6)), 1)), Some((0, 13)), "three averages are 13 exactly");
    }

    #[test]
    fn ten_units_a_month_are_possible_however_small_the_average() {
        assert_eq!(possible(&past(Some((0, 6)), 1)), Some((0, 10)));
        assert_eq!(possible(&past(Some((6, 6)), 2)), Some((0, 20)));
    }

    #[test]
    fn without_an_average_a_hundred_units_a_month_are_possible() {
        assert_eq!(possible(&past(None, 1)), Some((0, 100)));
        assert_eq!(possible(&past(None, 3)), Some((0, 300)));
    }

    #[test]
    fn fewer_than_one_month_count_as_one() {
        assert_eq!(possible(&past(None, 0)), possible(&past(None, 1)));
        assert_eq!(possible(&past(None, -7)), possible(&past(None, 1)));
    }

    #[test]
    fn a_limit_is_one_of_a_month_and_grows_with_the_months() {
        let above =
            |past: &Past, limit| range(past, limit, |y, used| y.is_above_limit(used)).map(|(first, _)| first);
        assert_eq!(above(&past(None, 1), Some(20)), Some(21));
        assert_eq!(above(&past(None, 3), Some(20)), Some(61));
        assert_eq!(above(&past(None, 1), None), None);
        assert_eq!(range(&past(None, 1), Some(20), |y, used| y.is_possible(used)), Some((0, 20)));
    }

    #[test]
    fn the_meters_own_limit_goes_before_that_of_the_rules() {
        let rules = CheckRules { hard_limit: Some(units(5)), ..CheckRules::default() };
        let past = past(None, 1);
        assert_eq!(Yardstick::new(&past, &rules, None).limit(), Some(units(5)));
        assert_eq!(Yardstick::new(&past, &rules, Some(units(8))).limit(), Some(units(8)));
    }

    #[test]
    fn half_to_twice_the_average_is_ordinary_and_a_dropped_fraction_is_forgiven() {
        let ordinary = |past: &Past| range(past, None, |y, used| y.is_ordinary(used));
        assert_eq!(ordinary(&past(Some((24, 6)), 1)), Some((2, 8)));
        assert_eq!(ordinary(&past(Some((10, 3)), 1)), Some((1, 7)), "1.67 to 6.67");
        assert_eq!(ordinary(&past(Some((1, 4)), 1)), Some((0, 1)), "0.125 to 0.5");
        assert_eq!(ordinary(&past(Some((24, 6)), 3)), Some((6, 24)));
        assert_eq!(ordinary(&past(None, 1)), Some((0, 10)));
        assert_eq!(ordinary(&past(None, 2)), Some((0, 20)));
        assert_eq!(range(&past(Some((24, 6)), 1), Some(6), |y, used| y.is_ordinary(used)), Some((2, 6)));
    }

    #[test]
    fn far_off_is_three_times_what_is_asked_about() {
        let far = |past: &Past| range(past, None, |y, used| y.is_far_off(used)).map(|(first, _)| first);
        assert_eq!(far(&past(Some((24, 6)), 1)), Some(37));
        assert_eq!(far(&past(Some((6, 6)), 1)), Some(31));
        assert_eq!(far(&past(None, 1)), Some(101));
    }
}
