//! Volume times tariff, to the kopeck.

use crate::Average;
use crate::exact::{half_up, saturated};

const TEN_THOUSANDTHS: i128 = 10_000;

/// What a volume costs at so many kopecks a unit: rounded once, half up (towards plus infinity for a negative half,
/// as the utility's server does it).
///
/// What does not fit into an `i64` becomes the largest that does: ninety thousand billion roubles are no bill.
#[must_use]
pub fn cost(volume: impl Into<Average>, kopecks_per_unit: i64) -> i64 {
    let volume = volume.into();
    let product = i128::from(volume.total().ten_thousandths()) * i128::from(kopecks_per_unit);
    saturated(half_up(product, i128::from(volume.months()) * TEN_THOUSANDTHS))
}

/// A sum of kopecks, the largest that fits where it does not.
pub(super) fn sum(kopecks: impl IntoIterator<Item = i64>) -> i64 {
    saturated(kopecks.into_iter().map(i128::from).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Volume;
    use crate::history::fixtures::volume;

    #[test]
    fn four_cubic_metres_cost_four_tariffs() {
        assert_eq!(cost(Volume::from_units(4), 3_840), 15_360);
        assert_eq!(cost(Volume::from_units(0), 3_840), 0);
        assert_eq!(cost(Volume::from_units(-2), 3_840), -7_680);
    }

    #[test]
    fn half_a_kopeck_goes_up_and_less_than_half_does_not() {
        assert_eq!(cost(volume("0.5"), 1), 1);
        assert_eq!(cost(volume("0.4999"), 1), 0);
        assert_eq!(cost(volume("1.0005"), 1_000), 1_001);
        assert_eq!(cost(volume("-0.5"), 1), 0);
        assert_eq!(cost(volume("-0.5001"), 1), -1);
    }

    #[test]
    fn an_average_is_priced_before_it_is_rounded() {
        let third = Average::over(Volume::from_units(10), 3).unwrap();
        assert_eq!(cost(third, 3_840), 12_800, "and not 3.3333 m³, which would cost 127.99872");
    }

    #[test]
    fn what_no_bill_ever_says_is_as_large_as_fits() {
        let largest = Volume::from_ten_thousandths(i64::MAX);
        assert_eq!(cost(largest, i64::MAX), i64::MAX);
        assert_eq!(cost(largest, i64::MIN), i64::MIN);
        assert_eq!(cost(Volume::from_ten_thousandths(i64::MIN), i64::MIN), i64::MAX);
        assert_eq!(sum([i64::MAX, i64::MAX, -5]), i64::MAX);
        assert_eq!(sum([1, 2, -5]), -2);
    }
}
