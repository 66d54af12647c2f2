//! Where a value of the past comes from: only some of them were read off a dial.

/// The source of a reading, as the contract names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The resident, through the app or the website.
    App,
    /// The resident, by SMS.
    Sms,
    /// The resident, by letter.
    Email,
    /// The resident, by telephone.
    Phone,
    /// The resident, at the office.
    Office,
    /// Контролёр: the utility's inspector stood before the dial.
    Inspector,
    /// По среднему: the utility's guess for a missed month.
    Estimated,
    /// По нормативу: nobody read anything.
    Norm,
    /// Brought over from an older system.
    Import,
}

impl Source {
    const ALL: [Self; 9] = [
        Self::App,
        Self::Sms,
        Self::Email,
        Self::Phone,
        Self::Office,
        Self::Inspector,
        Self::Estimated,
        Self::Norm,
        Self::Import,
    ];

    /// The name in the contract and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Office => "office",
            Self::Inspector => "inspector",
            Self::Estimated => "estimated",
            Self::Norm => "norm",
            Self::Import => "import",
        }
    }

    /// The source of a [`code`](Self::code); `None` for one that a newer server made up.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// Somebody read it off the dial. Estimates and norms never count as a meter's last value.
    #[must_use]
    pub const fn is_actual(self) -> bool {
        !matches!(self, Self::Estimated | Self::Norm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_by_its_code() {
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.code()), Some(source));
        }
        assert_eq!(Source::from_code("telepathy"), None);
    }

    #[test]
    fn only_estimates_and_norms_were_not_read_off_a_dial() {
        let guessed: Vec<Source> = Source::ALL.into_iter().filter(|s| !s.is_actual()).collect();
        assert_eq!(guessed, [Source::Estimated, Source::Norm]);
    }
}
