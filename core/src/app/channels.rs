//! The other ways to the utility, for what has not left the phone: SMS, letter, telephone.

use super::snapshot::Snapshot;
use super::{App, Error};
use crate::documents::messages::{self, Told};
use crate::domain::PhonePurpose;
use crate::store::{self, Channel, Item};
use crate::sync::clock;

/// The ready texts of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChannels {
    /// The account.
    pub account_id: String,
    /// The flat, by its address.
    pub flat: String,
    /// How many readings the texts tell.
    pub readings: i32,
    /// Text message; none where the utility takes none.
    pub sms: Option<Letter>,
    /// Letter; none where the address is not known.
    pub email: Option<Letter>,
    /// Telephone; none where there is no line for readings.
    pub phone: Option<PhoneScript>,
}

/// A text with its addressee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Number or address.
    pub to: String,
    /// Subject of a letter; empty for a text message.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What to say on the telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneScript {
    /// For a `tel:` link.
    pub number: String,
    /// As people write it.
    pub display: String,
    /// Line by line, each digit apart.
    pub lines: Vec<String>,
    /// Whether somebody answers now; none where the hours are not known.
    pub answers_now: Option<bool>,
}

impl App {
    /// The ready texts for everything that has not left the phone, one entry an account; nothing is sent.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn other_channels(&self) -> Result<Vec<AccountChannels>, Error> {
        let calendar = self.calendar();
        let (snapshot, unsent) = self.store.read(|db| {
            let snapshot = Snapshot::take(db, &calendar, clock::now(db, &self.env)?)?;
            Ok((snapshot, store::unsent(db)?))
        })?;
        let offers = snapshot.accounts.iter().filter_map(|account| {
            let items: Vec<&Item> = unsent.iter().filter(|i| i.account_id == account.id).collect();
            let period = items.first()?.captured.period;
            let told: Vec<Told> = items.iter().map(|item| told(item)).collect();
            let (number, address) = (account.number.as_str(), account.address.as_str());
            let (subject, body) = messages::letter(number, address, period, &told);
            let contacts = &self.profile.contacts;
            Some(AccountChannels {
                account_id: account.id.clone(),
                flat: account.address.clone(),
                readings: i32::try_from(told.len()).unwrap_or(i32::MAX),
                sms: contacts.sms.as_ref().map(|sms| Letter {
                    to: sms.number.clone(),
                    subject: String::new(),
                    body: messages::sms(sms, number, &told),
                }),
                email: contacts.readings_email.as_ref().map(|to| Letter { to: to.clone(), subject, body }),
                phone: contacts.phones.iter().find(|p| p.purpose == PhonePurpose::Readings).map(|line| {
                    PhoneScript {
                        number: line.number.clone(),
                        display: line.display.clone(),
                        lines: messages::phone_script(number, &told),
                        answers_now: line
                            .hours
                            .as_ref()
                            .and_then(|hours| hours.open_at(snapshot.now, calendar.zone)),
                    }
                }),
            })
        });
        Ok(offers.collect())
    }

    /// The resident says that an account's unsent readings went another way. They are marked with way, time and text,
    /// and still go by the app: the utility counts them once. Gives their number.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn hand_over(&self, account_id: &str, channel: Channel) -> Result<i32, Error> {
        let now = self.now()?;
        let ways = self.other_channels()?.into_iter().find(|ways| ways.account_id == account_id);
        let text = ways.and_then(|ways| match channel {
            Channel::Sms => ways.sms.map(|letter| letter.body),
            Channel::Email => ways.email.map(|letter| letter.body),
            Channel::Phone => ways.phone.map(|script| script.lines.join("\n")),
        });
        let text = text.unwrap_or_default();
        let marked = self.store.write(|db| store::hand_over(db, account_id, channel, &text, now))?;
        Ok(i32::try_from(marked).unwrap_or(i32::MAX))
    }
}

fn told(item: &Item) -> Told {
    Told {
        resource: item.seen.resource,
        place: item.seen.place.clone(),
        serial: item.seen.serial.clone(),
        value: item.captured.value,
        rollover: item.rollover,
        replacement: item.replacement,
    }
}
