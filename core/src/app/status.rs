//! The one word that a reading's row says about itself.

use crate::store::{Errand, Item, ReadingRow, State};
use crate::sync::answers::Reason;

/// How far a reading has come, in the words of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Status {
    /// The resident has nothing more to do for this meter and period.
    pub(super) fn is_done(self) -> bool {
        !matches!(self, Self::NotSubmitted | Self::NeedsAnswer | Self::Rejected)
    }

    /// The utility is known to have it.
    pub(super) fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::Accounted)
    }
}

/// The status of an item.
pub(super) fn status(item: &Item) -> Status {
    match item.state {
        State::Queued if item.channel.is_some() => Status::SentElsewhere,
        State::Queued => match reason(item) {
            Some(Reason::Offline | Reason::NotTheUtility | Reason::Server) => Status::WaitingForNetwork,
            Some(Reason::WindowClosed | Reason::MeterChanged | Reason::SignIn) | None => Status::Saved,
        },
        State::Sending => Status::Sent,
        State::Received if item.read_back_at.is_some() => Status::Accepted,
        State::Received => Status::Sent,
        State::Accounted => Status::Accounted,
        State::NeedsAnswer => Status::NeedsAnswer,
        State::Rejected => Status::Rejected,
        State::Superseded | State::Withdrawn => Status::NotSubmitted,
    }
}

/// The status of an errand.
pub(super) fn errand_status(errand: &Errand) -> Status {
    match errand.state {
        State::Queued if errand.attempts == 0 && errand.reason.is_none() => Status::Saved,
        State::Queued => Status::WaitingForNetwork,
        State::Sending => Status::Sent,
        State::Received | State::Accounted if errand.read_back_at.is_some() => Status::Accepted,
        State::Received | State::Accounted => Status::Sent,
        State::NeedsAnswer => Status::NeedsAnswer,
        State::Rejected => Status::Rejected,
        State::Superseded | State::Withdrawn => Status::NotSubmitted,
    }
}

/// The status of a reading that came to the utility by another way.
pub(super) fn status_at_the_utility(reading: &ReadingRow) -> Status {
    if reading.status == "accounted" { Status::Accounted } else { Status::Accepted }
}

/// What keeps an item on the phone.
pub(super) fn reason(item: &Item) -> Option<Reason> {
    Reason::ALL.into_iter().find(|r| Some(r.name()) == item.reason.as_deref())
}
