//! An average use of a month, exact: a volume and the months that it was used in, never divided until the end.

use std::cmp::Ordering;

use super::Volume;
use super::exact::{half_up, least_common_multiple, saturated};

/// `total / months`, an exact rational. Compared by value: 4 in 1 month equals 8 in 2.
#[derive(Debug, Clone, Copy)]
pub struct Average {
    total: Volume,
    months: i32,
}

impl Average {
    /// The average of a volume over some months; `None` for fewer than one month.
    #[must_use]
    pub fn over(total: Volume, months: i32) -> Option<Self> {
        (months > 0).then_some(Self { total, months })
    }

    /// What was used in all of the [`months`](Self::months).
    #[must_use]
    pub const fn total(self) -> Volume {
        self.total
    }

    /// How many months, at least 1.
    #[must_use]
    pub const fn months(self) -> i32 {
        self.months
    }

    /// To ten-thousandths of a unit, half up; for showing and drawing only.
    #[must_use]
    pub fn rounded(self) -> Volume {
        self.rounded_to(4)
    }

    /// To whole units, half up; for «около 4 м³».
    #[must_use]
    pub fn rounded_to_units(self) -> Volume {
        self.rounded_to(0)
    }

    /// To so many decimal places (4 at most), half up. An absurd size becomes the largest that fits.
    #[must_use]
    pub fn rounded_to(self, places: u8) -> Volume {
        let step = 10_i128.pow(4 - u32::from(places.min(4)));
        let steps = half_up(i128::from(self.total.ten_thousandths()), i128::from(self.months) * step);
        Volume::from_ten_thousandths(saturated(steps * step))
    }

    /// The sum of two months' uses, exact.
    ///
    /// Where no count of months fits both (centuries between two readings), each is rounded to ten-thousandths
    /// of a unit first; an absurd size becomes the largest that fits.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let months = least_common_multiple(i128::from(self.months), i128::from(other.months));
        let Ok(fitting) = i32::try_from(months) else {
            return Self::from(self.rounded()).plus(Self::from(other.rounded()));
        };
        let part = |one: Self| i128::from(one.total.ten_thousandths()) * (months / i128::from(one.months));
        Self { total: Volume::from_ten_thousandths(saturated(part(self) + part(other))), months: fitting }
    }

    /// Whether `months` months of `times` times this average are less than `volume`.
    #[must_use]
    pub fn is_exceeded_by(self, volume: Volume, times: i64, months: i32) -> bool {
        let allowed = i128::from(self.total.ten_thousandths()) * i128::from(times);
        let allowed = allowed.saturating_mul(i128::from(months));
        i128::from(volume.ten_thousandths()) * i128::from(self.months) > allowed
    }

    fn cross(self, other: Self) -> (i128, i128) {
        let product = |volume: Volume, months: i32| i128::from(volume.ten_thousandths()) * i128::from(months);
        (product(self.total, other.months), product(other.total, self.months))
    }
}

/// A month's use that is known as it is.
impl From<Volume> for Average {
    fn from(volume: Volume) -> Self {
        Self { total: volume, months: 1 }
    }
}

impl PartialEq for Average {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Average {}

impl PartialOrd for Average {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Average {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mine, theirs) = self.cross(*other);
        mine.cmp(&theirs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn average(units: i64, months: i32) -> Average {
        Average::over(Volume::from_units(units), months).unwrap()
    }

    #[test]
    fn averages_are_compared_exactly() {
        assert_eq!(average(4, 1), average(8, 2));
        assert_ne!(average(4, 1), average(9, 2));
        assert!(average(10, 3) > average(33, 10));
        assert!(average(10, 3) < average(34, 10));
        assert_eq!(Average::over(Volume::from_units(4), 0), None);
    }

    #[test]
    fn an_average_is_rounded_once_and_half_up() {
        assert_eq!(average(10, 3).rounded().to_string(), "3.3333");
        assert_eq!(average(20, 3).rounded().to_string(), "6.6667");
        assert_eq!(average(1, 20_000).rounded().to_string(), "0.0001");
        assert_eq!(average(7, 2).rounded_to_units().to_string(), "4");
        assert_eq!(average(10, 3).rounded_to_units().to_string(), "3");
        assert_eq!(average(-7, 2).rounded_to_units().to_string(), "-3");
    }

    #[test]
    fn an_average_is_rounded_to_the_places_that_are_asked_for() {
        let rounded = |places| average(10, 3).rounded_to(places).to_string();
        assert_eq!([rounded(0), rounded(1), rounded(4), rounded(9)], ["3", "3.3", "3.3333", "3.3333"]);
        assert_eq!(Average::from(Volume::from_ten_thousandths(12_350)).rounded_to(2).to_string(), "1.24");
    }

    #[test]
    fn averages_add_up_exactly() {
        assert_eq!(average(10, 3).plus(average(1, 6)), average(21, 6));
        assert_eq!(average(10, 3).plus(average(10, 3)).months(), 3, "months are not multiplied needlessly");
        assert_eq!(average(1, 7).plus(average(-1, 7)), average(0, 1));
    }

    #[test]
    fn averages_of_centuries_are_rounded_before_they_are_added() {
        let (a, b) = (average(100_000, 100_003), average(100_000, 100_019));
        assert_eq!(a.plus(b).total().to_string(), "1.9998");
        let longest = Average::over(Volume::from_ten_thousandths(4), i32::MAX).unwrap();
        assert_eq!(longest.plus(Volume::from_ten_thousandths(0).into()).months(), i32::MAX);
    }

    #[test]
    fn an_absurd_volume_overflows_nothing() {
        for volume in [Volume::MIN, Volume::MAX] {
            let absurd = Average::from(volume);
            let thinned = Average::over(absurd.total(), i32::MAX).unwrap();
            let below_zero = volume.is_negative();
            assert_eq!(absurd.rounded(), volume);
            assert_eq!(absurd.rounded_to_units().is_negative(), below_zero);
            assert_eq!(absurd.plus(absurd).total(), volume);
            assert!(!thinned.is_exceeded_by(Volume::from_units(1), i64::MAX, i32::MAX) || below_zero);
            assert!(thinned < absurd || below_zero);
        }
    }

    #[test]
    fn three_times_a_third_over_several_months_is_not_exceeded_by_itself() {
        assert!(!average(10, 3).is_exceeded_by(Volume::from_units(20), 3, 2));
        assert!(average(10, 3).is_exceeded_by(Volume::from_ten_thousandths(200_001), 3, 2));
    }
}
