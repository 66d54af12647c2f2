//! What may have been meant by digits that were typed with one slip.
//!
//! Leading zeros tell the place of every digit: who types `00127` copies the drums one by one, and then the count of
//! digits says which slips are possible at all.

use crate::{Dial, Typed};

/// Typed digits beside the dial that they were copied from.
#[derive(Clone, Copy)]
pub(super) struct Copied<'a> {
    typed: &'a Typed,
    drums: usize,
    red_drums: usize,
}

impl<'a> Copied<'a> {
    /// `None` for what no hand copied from this dial: no digits, or over one more of them than it has.
    pub(super) fn new(typed: &'a Typed, dial: Dial) -> Option<Self> {
        let (drums, red_drums) = (usize::from(dial.whole()), usize::from(dial.fraction()));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let copied = !typed.whole.is_empty()
            && digits(&typed.whole)
            && digits(&typed.fraction)
            && typed.whole.len() <= drums + red_drums + 1
            && typed.fraction.len() <= red_drums;
        copied.then_some(Self { typed, drums, red_drums })
    }

    fn drum_by_drum(self) -> bool {
        self.typed.whole.len() > 1 && self.typed.whole.starts_with('0')
    }

    fn with(self, whole: String, fraction: &str) -> Typed {
        let mut meant = self.typed.clone();
        meant.whole = whole;
        fraction.clone_into(&mut meant.fraction);
        meant
    }

    /// Red digits typed as black ones, the comma put back at each place where it may have been.
    pub(super) fn comma_lost(self) -> Vec<Typed> {
        let whole = &self.typed.whole;
        if !self.typed.fraction.is_empty() {
            return Vec::new();
        }
        (1..=self.red_drums)
            .filter(|red| !self.drum_by_drum() || whole.len() == self.drums + red)
            .filter_map(|red| whole.len().checked_sub(red).filter(|black| *black > 0))
            .map(|black| {
                let (black, red) = whole.split_at(black);
                self.with(black.to_owned(), red)
            })
            .collect()
    }

    /// Two neighbouring black digits changed back.
    pub(super) fn neighbours_swapped(self) -> Vec<Typed> {
        let digits = self.typed.whole.as_bytes();
        (1..digits.len())
            .map(|second| {
                let mut swapped: Vec<char> = self.typed.whole.chars().collect();
                swapped.swap(second - 1, second);
                self.with(swapped.into_iter().collect(), &self.typed.fraction)
            })
            .collect()
    }

    /// One black digit left out.
    pub(super) fn digit_too_many(self) -> Vec<Typed> {
        let whole = &self.typed.whole;
        if whole.len() < 2 || (self.drum_by_drum() && whole.len() != self.drums + 1) {
            return Vec::new();
        }
        (0..whole.len())
            .map(|left_out| {
                let rest = whole.chars().enumerate().filter(|(place, _)| *place != left_out);
                self.with(rest.map(|(_, digit)| digit).collect(), &self.typed.fraction)
            })
            .collect()
    }

    /// One black digit put in, any at any place.
    pub(super) fn digit_too_few(self) -> Vec<Typed> {
        let whole = &self.typed.whole;
        if whole.len() >= self.drums || (self.drum_by_drum() && whole.len() + 1 != self.drums) {
            return Vec::new();
        }
        (0..=whole.len())
            .flat_map(|place| ('0'..='9').map(move |digit| (place, digit)))
            .map(|(place, digit)| {
                let (before, after) = whole.split_at(place);
                self.with(format!("{before}{digit}{after}"), &self.typed.fraction)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, how: impl Fn(Copied) -> Vec<Typed>) -> Vec<String> {
        let dial = Dial::new(5, 3).unwrap();
        let typed = Typed::digits(text).unwrap();
        let copied = Copied::new(&typed, dial).unwrap();
        let written = |t: Typed| {
            if t.fraction.is_empty() { t.whole } else { format!("{},{}", t.whole, t.fraction) }
        };
        how(copied).into_iter().map(written).collect()
    }

    #[test]
    fn a_lost_comma_is_put_back_at_each_red_place() {
        assert_eq!(meant("12735", |c| c.comma_lost()), ["1273,5", "127,35", "12,735"]);
        assert_eq!(meant("27", |c| c.comma_lost()), ["2,7"]);
        assert!(meant("7", |c| c.comma_lost()).is_empty(), "a black digit must remain");
        assert!(meant("127,3", |c| c.comma_lost()).is_empty(), "the comma is there");
    }

    #[test]
    fn leading_zeros_tell_where_the_comma_was() {
        assert_eq!(meant("00127350", |c| c.comma_lost()), ["00127,350"]);
        assert_eq!(meant("001273", |c| c.comma_lost()), ["00127,3"]);
        assert!(meant("01273", |c| c.comma_lost()).is_empty(), "five drums, five digits: no red ones");
    }

    #[test]
    fn every_pair_of_neighbours_is_changed_back() {
        assert_eq!(meant("172", |c| c.neighbours_swapped()), ["712", "127"]);
        assert_eq!(meant("172,4", |c| c.neighbours_swapped()), ["712,4", "127,4"]);
        assert!(meant("7", |c| c.neighbours_swapped()).is_empty());
    }

    #[test]
    fn every_digit_is_left_out_in_turn() {
        assert_eq!(meant("1227", |c| c.digit_too_many()), ["227", "127", "127", "122"]);
        assert_eq!(meant("27", |c| c.digit_too_many()), ["7", "2"]);
        assert!(meant("7", |c| c.digit_too_many()).is_empty(), "a digit must remain");
        assert!(meant("01227", |c| c.digit_too_many()).is_empty(), "five drums, five digits: none too many");
        assert_eq!(meant("001227", |c| c.digit_too_many()).len(), 6);
    }

    #[test]
    fn every_digit_is_put_in_at_every_place() {
        let put_in = meant("12", |c| c.digit_too_few());
        assert_eq!(put_in.len(), 30);
        for text in ["012", "912", "102", "192", "120", "127"] {
            assert!(put_in.contains(&text.to_owned()), "{text}");
        }
        assert_eq!(meant("1234", |c| c.digit_too_few()).len(), 50);
        assert!(meant("12345", |c| c.digit_too_few()).is_empty(), "the dial is full");
        assert_eq!(meant("0012", |c| c.digit_too_few()).len(), 50);
        assert!(meant("00012", |c| c.digit_too_few()).is_empty(), "five drums, five digits: none missing");
        assert!(meant("012", |c| c.digit_too_few()).is_empty(), "one more would still not be five");
        assert_eq!(meant("0", |c| c.digit_too_few()).len(), 20, "a lone zero is a value, not a drum");
    }

    #[test]
    fn what_no_hand_copied_from_the_dial_is_left_alone() {
        let dial = Dial::new(5, 3).unwrap();
        let copied = |whole: &str, fraction: &str| {
            let typed = Typed { whole: whole.to_owned(), fraction: fraction.to_owned() };
            Copied::new(&typed, dial).is_some()
        };
        assert!(copied("001273504", "") && copied("0", "123"));
        assert!(!copied("0012735040", "") && !copied("0", "1234") && !copied("", "1"));
        assert!(!copied("12я", "") && !copied("12", "я"));
    }
}
