//! The other ways to the utility, for what has not left the phone: SMS, letter, telephone.

use rusqlite::Connection;

use super::by_hand::is_to_be_told;
use super::snapshot::Snapshot;
use super::{App, Error};
use crate::documents::messages::sms::Message;
use crate::documents::messages::{Told, letter, phone, sms};
use crate::domain::{Instant, PhonePurpose};
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
            let unsent = self.to_be_told(db, snapshot.now)?;
            Ok((snapshot, unsent))
        })?;
        let offers = snapshot.accounts.iter().filter_map(|account| {
            let items: Vec<&Item> = unsent.iter().filter(|i| i.account_id == account.id).collect();
            let period = items.first()?.captured.period;
            let told: Vec<Told> = items.iter().map(|item| told(item)).collect();
            let (number, address) = (account.number.as_str(), account.address.as_str());
            let contacts = &self.profile.contacts;
            let (subject, body) = letter::letter(contacts.letter.as_ref(), number, address, period, &told);
            Some(AccountChannels {
                account_id: account.id.clone(),
                flat: account.address.clone(),
                readings: i32::try_from(told.len()).unwrap_or(i32::MAX),
                sms: contacts.sms.as_ref().map(|template| Letter {
                    to: template.number.clone(),
                    subject: String::new(),
                    body: sms::whole(template, number, &told).body,
                }),
                email: contacts.readings_email.as_ref().map(|to| Letter { to: to.clone(), subject, body }),
                phone: contacts.phones.iter().find(|p| p.purpose == PhonePurpose::Readings).map(|line| {
                    PhoneScript {
                        number: line.number.clone(),
                        display: line.display.clone(),
                        lines: phone::script(number, &told),
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

    /// An account's unsent readings as text messages of at most two segments each, by the utility's template; none where
    /// it takes none, or nothing waits.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn sms_messages(&self, account_id: &str) -> Result<Vec<Message>, Error> {
        let told = self.unsent_of(account_id)?;
        let template = self.profile.contacts.sms.as_ref();
        Ok(told
            .zip(template)
            .map(|((number, told), template)| sms::messages(template, &number, &told))
            .unwrap_or_default())
    }

    /// An account's unsent readings in words, to be said to a person or an answering machine, the account's number first;
    /// none where nothing waits.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn dictation(&self, account_id: &str) -> Result<Vec<String>, Error> {
        let told = self.unsent_of(account_id)?;
        let own = self.profile.contacts.dictation.as_ref();
        Ok(told.map(|(number, told)| phone::dictation(own, &number, &told)).unwrap_or_default())
    }

    /// The number of an account and its readings that have not left.
    fn unsent_of(&self, account_id: &str) -> Result<Option<(String, Vec<Told>)>, Error> {
        let (account, unsent) = self.store.read(|db| {
            let now = clock::now(db, &self.env)?;
            Ok((store::account(db, account_id)?, self.to_be_told(db, now)?))
        })?;
        let told: Vec<Told> = unsent.iter().filter(|item| item.account_id == account_id).map(told).collect();
        Ok(account.filter(|_| !told.is_empty()).map(|account| (account.number, told)))
    }

    /// What has not left the phone and is to be told by another way.
    fn to_be_told(&self, db: &Connection, now: Instant) -> rusqlite::Result<Vec<Item>> {
        let unsent = store::unsent(db)?;
        let open = self.calendar().position(now).window().period;
        Ok(unsent.iter().filter(|item| is_to_be_told(item, &unsent, open)).cloned().collect())
    }

    /// The resident says that an account's unsent readings went another way. They are marked with way, time and text,
    /// and still go by the app, if the account has a login: the utility counts them once. Gives their number.
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
        let marked = self.store.write(|db| {
            let mut items = self.to_be_told(db, now)?;
            items.retain(|item| item.account_id == account_id);
            let items: Vec<String> = items.into_iter().map(|item| item.captured.item_id).collect();
            store::hand_over(db, &items, channel, &text, now)
        })?;
        Ok(i32::try_from(marked).unwrap_or(i32::MAX))
    }
}

fn told(item: &Item) -> Told {
    Told {
        resource: item.seen.resource,
        place: item.seen.place.clone(),
        serial: item.seen.serial.clone(),
        zone: item.seen.zone.clone(),
        value: item.captured.value,
        rollover: item.rollover,
        replacement: item.replacement,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{COLD, HOT, Phone};

    #[test]
    fn what_waits_is_told_in_the_words_of_the_profile() {
        let contacts = json!({
            "sms": { "number": "0000", "message": "ЛС{account} {readings}", "reading": "{serial}={value}", "separator": "," },
            "readings_email": "readings@example.invalid",
            "letter": { "subject": "ЛС {account}", "body": "{account}\n{readings}", "reading": "{serial}: {value}" },
            "dictation": { "account": "Счёт {account}", "reading": "{resource}: {value}, {words}" },
        });
        let phone = Phone::signed_in_where(&json!({ "contacts": contacts }));
        assert_eq!((phone.app.sms_messages("a1"), phone.app.dictation("a1")), (Ok(vec![]), Ok(vec![])));
        phone.capture(COLD, "123");
        phone.capture(HOT, "85");
        let messages = phone.app.sms_messages("a1").unwrap();
        assert_eq!(messages.len(), 1);
        assert_eq!((messages[0].body.as_str(), messages[0].segments), ("ЛС1204417 m-cold=123,m-hot=85", 1));
        let words =
            ["Счёт 120 44 17", "Холодная вода: 123, сто двадцать три", "Горячая вода: 85, восемьдесят пять"];
        assert_eq!(phone.app.dictation("a1").unwrap(), words);
        let offer = phone.app.other_channels().unwrap().remove(0);
        assert_eq!(offer.sms.unwrap().body, messages[0].body);
        let email = offer.email.unwrap();
        assert_eq!(
            (email.subject.as_str(), email.body.as_str()),
            ("ЛС 1204417", "1204417\nm-cold: 123\nm-hot: 85")
        );
        assert_eq!(phone.app.sms_messages("no-such"), Ok(vec![]));
    }
}
