//! Integer arithmetic that neither rounds twice nor overflows, whatever a server sends.

/// Division rounded half up, towards plus infinity for a negative half. `divisor` is above zero.
pub(crate) const fn half_up(dividend: i128, divisor: i128) -> i128 {
    let twice_the_rest = 2 * dividend.rem_euclid(divisor);
    dividend.div_euclid(divisor) + (twice_the_rest >= divisor) as i128
}

/// The number itself, or the nearest that fits; only absurd numbers do not fit.
pub(crate) fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// The least number that both divide. Both are above zero.
pub(crate) const fn least_common_multiple(a: i128, b: i128) -> i128 {
    let (mut divisor, mut rest) = (a, b);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    a / divisor * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_on_both_sides_of_zero() {
        let halves = [(7, 4), (5, 3), (4, 2), (3, 2), (1, 1), (0, 0), (-1, 0), (-3, -1), (-4, -2), (-5, -2)];
        for (dividend, rounded) in halves {
            assert_eq!(half_up(dividend, 2), rounded, "{dividend}/2");
        }
        assert_eq!((half_up(1, 3), half_up(2, 3), half_up(-1, 3), half_up(-2, 3)), (0, 1, 0, -1));
    }

    #[test]
    fn what_does_not_fit_becomes_the_nearest_that_does() {
        assert_eq!(saturated(-5), -5);
        assert_eq!(saturated(i128::from(i64::MAX) + 1), i64::MAX);
        assert_eq!(saturated(i128::from(i64::MIN) - 1), i64::MIN);
    }

    #[test]
    fn the_least_common_multiple_is_the_least() {
        assert_eq!(least_common_multiple(6, 8), 24);
        assert_eq!(least_common_multiple(7, 6), 42);
        assert_eq!(least_common_multiple(1, 5), 5);
        assert_eq!(least_common_multiple(6, 6), 6);
    }
}
