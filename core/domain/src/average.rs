//! An average use of a month, exact: a volume and the months that it was used in, never divided until the end.

use std::cmp::Ordering;

use super::Volume;

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
        let (total, months) = (self.total.ten_thousandths(), i64::from(self.months));
        Volume::from_ten_thousandths((2 * total + months).div_euclid(2 * months))
    }

    /// To whole units, half up; for «около 4 м³».
    #[must_use]
    pub fn rounded_to_units(self) -> Volume {
        let unit = i128::from(Volume::from_units(1).ten_thousandths());
        let (total, months) = (i128::from(self.total.ten_thousandths()), i128::from(self.months));
        let units = (2 * total + months * unit).div_euclid(2 * months * unit);
        Volume::from_units(i64::try_from(units).unwrap_or(i64::MAX / 10_000))
    }

    /// Whether `months` months of `times` times this average are less than `volume`.
    #[must_use]
    pub fn is_exceeded_by(self, volume: Volume, times: i64, months: i32) -> bool {
        let allowed = i128::from(self.total.ten_thousandths()) * i128::from(times) * i128::from(months);
        i128::from(volume.ten_thousandths()) * i128::from(self.months) > allowed
    }

    fn cross(self, other: Self) -> (i128, i128) {
        let product = |volume: Volume, months: i32| i128::from(volume.ten_thousandths()) * i128::from(months);
        (product(self.total, other.months), product(other.total, self.months))
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
    fn three_times_a_third_over_several_months_is_not_exceeded_by_itself() {
        assert!(!average(10, 3).is_exceeded_by(Volume::from_units(20), 3, 2));
        assert!(average(10, 3).is_exceeded_by(Volume::from_ten_thousandths(200_001), 3, 2));
    }
}
