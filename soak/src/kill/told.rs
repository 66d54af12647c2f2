//! What a process tells before it dies: each line is a promise that was given, or what it is about to ask for.

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The core is open.
    Opened,
    /// A login was kept.
    SignedIn,
    /// A reading is kept.
    Saved(Saved),
    /// A pass ended without an error.
    Synced,
    /// It is about to take an item back.
    Withdrawing(String),
    /// The item is off the queue, or its withdrawal is in it.
    Withdrawn(String),
    /// It is about to remove everything.
    Wiping,
    /// Everything is gone.
    Wiped,
    /// It has ended by itself.
    Ended,
}

/// A reading that was said to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The item.
    pub item: String,
    /// Its key.
    pub key: String,
    /// Its meter.
    pub meter: String,
    /// Its value.
    pub value: String,
}

impl Told {
    /// The line.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Opened => "opened\n".to_owned(),
            Self::SignedIn => "signed-in\n".to_owned(),
            Self::Saved(Saved { item, key, meter, value }) => format!("saved {item} {key} {meter} {value}\n"),
            Self::Synced => "synced\n".to_owned(),
            Self::Withdrawing(item) => format!("withdrawing {item}\n"),
            Self::Withdrawn(item) => format!("withdrawn {item}\n"),
            Self::Wiping => "wiping\n".to_owned(),
            Self::Wiped => "wiped\n".to_owned(),
            Self::Ended => "ended\n".to_owned(),
        }
    }

    /// What a line says; none for a line that is no whole one.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        Some(match *words.as_slice() {
            ["opened"] => Self::Opened,
            ["signed-in"] => Self::SignedIn,
            ["saved", item, key, meter, value] => {
                let [item, key, meter, value] = [item, key, meter, value].map(str::to_owned);
                Self::Saved(Saved { item, key, meter, value })
            }
            ["synced"] => Self::Synced,
            ["withdrawing", item] => Self::Withdrawing(item.to_owned()),
            ["withdrawn", item] => Self::Withdrawn(item.to_owned()),
            ["wiping"] => Self::Wiping,
            ["wiped"] => Self::Wiped,
            ["ended"] => Self::Ended,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_again_and_half_a_line_is_nothing() {
        let [item, key, meter, value] = ["i", "k", "m", "123"].map(str::to_owned);
        for told in [
            Told::Opened,
            Told::SignedIn,
            Told::Saved(Saved { item: item.clone(), key, meter, value }),
            Told::Synced,
            Told::Withdrawing(item.clone()),
            Told::Withdrawn(item),
            Told::Wiping,
            Told::Wiped,
            Told::Ended,
        ] {
            assert_eq!(Told::read(told.line().trim_end()), Some(told));
        }
        assert_eq!(Told::read("saved i k"), None);
    }
}
