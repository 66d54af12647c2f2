//! How often a password that was typed rightly is called wrong: counted over generated ones.

use super::login_hint;

const COUNT: usize = 20_000;
const WORDS: [&str; 12] = [
    "ivanov", "petrova", "marina", "kursk", "dragon", "summer", "natasha", "sergey", "monkey", "master",
    "secret", "olga",
];

/// A plain generator (xorshift), so that a count is the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides
    }

    fn of(&mut self, alphabet: &str) -> String {
        (0..8).map(|_| char::from(alphabet.as_bytes()[self.roll(alphabet.len())])).collect()
    }

    fn word_and_digits(&mut self) -> String {
        let (word, capital) = (WORDS[self.roll(WORDS.len())], self.roll(2) == 0);
        let digits = self.roll(10_000);
        let word =
            if capital { format!("{}{}", word[..1].to_uppercase(), &word[1..]) } else { word.to_owned() };
        format!("{word}{digits}")
    }
}

/// Hints over the count, in hundredths of a per cent.
fn false_alarms(kind: &str, mut password: impl FnMut(&mut Dice) -> String) -> usize {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let passwords: Vec<String> = (0..COUNT).map(|_| password(&mut dice)).collect();
    let hinted = passwords.iter().filter(|p| login_hint("12345678", p).is_some()).count();
    let basis_points = hinted * 10_000 / COUNT;
    println!("{kind}: {hinted} of {COUNT}, {}.{:02} %", basis_points / 100, basis_points % 100);
    basis_points
}

#[test]
fn fewer_than_one_of_a_hundred_passwords_typed_rightly_is_called_wrong() {
    const SMALL: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    const ALL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let rates = [
        false_alarms("small letters and digits", |dice| dice.of(SMALL)),
        false_alarms("small and capital letters and digits", |dice| dice.of(ALL)),
        false_alarms("a word and digits", Dice::word_and_digits),
    ];
    assert!(rates.iter().all(|basis_points| *basis_points < 100), "{rates:?}");
}
