//! Records of the first screen.

use vodomer_core::app::{Balance, BalanceKind, Flat, Hero, Home, MeterCard, Resource, Status, Waiting};

use crate::values::{CivilDate, Period, UtcMillis, Volume};

/// Everything that the first screen shows.
#[uniffi::remote(Record)]
pub struct Home {
    /// The utility's name.
    pub utility: String,
    /// IANA name of the zone that every date on the screen is in.
    pub zone: String,
    /// What is due.
    pub hero: Hero,
    /// What waits to be sent; none when nothing does.
    pub waiting: Option<Waiting>,
    /// One card a flat.
    pub flats: Vec<Flat>,
    /// The utility wants the password again; readings are kept.
    pub needs_sign_in: bool,
    /// When the data came.
    pub as_of: Option<UtcMillis>,
}

/// The first card.
#[uniffi::remote(Enum)]
pub enum Hero {
    /// No meters are known.
    NoMeters,
    /// The window is not open yet.
    Before {
        /// Its first day.
        opens: CivilDate,
        /// Its last day.
        closes: CivilDate,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// The window is open.
    Open {
        /// Its last day.
        closes: CivilDate,
        /// Whole days until then, at least 1.
        days_left: i32,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// It is the window's last day.
    LastDay {
        /// The last minute, as `HH:MM` of the utility's zone.
        until: String,
        /// How the zone is called: «по Москве».
        zone_phrase: String,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// All readings are taken.
    Done {
        /// Those that the utility is known to have.
        accepted: i32,
        /// All meters.
        total: i32,
        /// First day of the next window.
        opens: CivilDate,
        /// Its last day.
        closes: CivilDate,
    },
    /// The window is over, and some are missing.
    Missed {
        /// The month that goes by the average.
        period: Period,
        /// The month that a reading taken now counts for; the same where the utility still takes it.
        counts_for: Period,
        /// What will be charged for the missing ones, «около 4 м³», to whole units; none where that is not known.
        about: Option<Volume>,
        /// Some of it by the norm, not by the average.
        by_norm: bool,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
}

/// Readings that have not left the phone.
#[uniffi::remote(Record)]
pub struct Waiting {
    /// How many.
    pub count: i32,
    /// The end is near or past: offer the other ways.
    pub offer_channels: bool,
}

/// One flat.
#[uniffi::remote(Record)]
pub struct Flat {
    /// The account.
    pub account_id: String,
    /// The number on the bill.
    pub number: String,
    /// Where it is.
    pub address: String,
    /// Its meters.
    pub meters: Vec<MeterCard>,
    /// What is owed; none where nobody has signed in, since only the utility knows it.
    pub balance: Option<Balance>,
    /// It was typed in: its readings leave by SMS, letter or telephone only.
    #[uniffi(default = false)]
    pub by_hand: bool,
    /// Of an account by hand: the utility's account of the same number. Its meters on show are those of which it was not
    /// clear which of the utility's they are: ask, and tell `sameMeter`.
    #[uniffi(default = None)]
    pub same_as: Option<String>,
}

/// What an account owes.
#[uniffi::remote(Record)]
pub struct Balance {
    /// Which of the three it is.
    pub kind: BalanceKind,
    /// Kopecks, never below zero.
    pub kopecks: i64,
    /// The last charged month in it.
    pub period: Option<Period>,
}

/// Debt or not.
#[uniffi::remote(Enum)]
pub enum BalanceKind {
    /// «К оплате».
    Debt,
    /// «Переплата».
    Overpaid,
    /// «Долгов нет».
    Clear,
}

/// One meter's row.
#[uniffi::remote(Record)]
pub struct MeterCard {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The value of the month on show.
    pub value: Option<Volume>,
    /// The last actual value before it.
    pub previous: Option<Volume>,
    /// How far the value has come.
    pub status: Status,
    /// The item behind it, if it was taken here.
    pub item_id: Option<String>,
}

/// How far a reading has come, in the words of the screen.
#[uniffi::remote(Enum)]
pub enum Status {
    /// «Не передано»: no reading yet.
    NotSubmitted,
    /// «Сохранено»: on the phone.
    Saved,
    /// «Ждёт связи»: on the phone, tried in vain.
    WaitingForNetwork,
    /// «Отправлено»: it has left, and is not seen in the utility's list yet.
    Sent,
    /// «Принято»: seen in the utility's list.
    Accepted,
    /// «Учтено»: a charge was made from it.
    Accounted,
    /// «Нужен ответ»: the utility asks.
    NeedsAnswer,
    /// «Отклонено»: the utility refuses.
    Rejected,
    /// «Передано иначе»: by SMS, letter or phone, by the resident's word.
    SentElsewhere,
}

/// A service of the utility.
#[uniffi::remote(Enum)]
pub enum Resource {
    /// Холодная вода.
    ColdWater,
    /// Горячая вода.
    HotWater,
    /// Водоотведение, «отведение стоков»; charged, never metered in a flat.
    Sewage,
}
