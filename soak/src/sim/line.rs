//! The network between a phone and the utility: each call meets its fate here, and copies of requests stay under way.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fastrand::Rng;
use serde_json::value::RawValue;
use vodomer_core::domain::Instant;
use vodomer_core::portal::{Answer, Failure, LetterBox, Portal, wire};

use super::defect::{Defect, made_up, rekeyed};
use super::fate::{self, Call, Weather};
use super::faults::Faults;
use super::phone::TrueTime;
use super::resident::meanwhile::{Happened, Meanwhile};
use super::trace::Trace;
use super::watch::Watch;
use crate::disk::SimDisk;
use crate::utility::Utility;

/// A request that is still under way, to be handled without anybody hearing the answer.
pub enum Copy {
    /// A batch.
    Readings(Vec<Box<RawValue>>),
    /// A withdrawal.
    Withdrawal(String, String),
    /// A letter.
    Letter(&'static str, Box<RawValue>),
}

/// One phone's way to the utility; clones are the same way.
#[derive(Clone)]
pub struct Line {
    who: &'static str,
    utility: Utility,
    time: Arc<TrueTime>,
    trace: Trace,
    disk: SimDisk,
    way: Arc<Mutex<Way>>,
    faults: Faults,
    defect: Option<Defect>,
}

struct Way {
    rng: Rng,
    weather: Weather,
    copies: Vec<(i64, Copy)>,
    watch: Watch,
    died: bool,
    meanwhile: Option<Meanwhile>,
    happened: Option<Happened>,
}

impl Line {
    /// A clear line.
    pub fn new(
        who: &'static str,
        utility: Utility,
        time: Arc<TrueTime>,
        trace: Trace,
        disk: SimDisk,
        seed: u64,
    ) -> Self {
        let way = Way {
            rng: Rng::with_seed(seed),
            weather: Weather::Clear,
            copies: Vec::new(),
            watch: Watch::default(),
            died: false,
            meanwhile: None,
            happened: None,
        };
        let way = Arc::new(Mutex::new(way));
        Self { who, utility, time, trace, disk, way, faults: Faults::ALL, defect: None }
    }

    /// With these faults only, and with a planted defect.
    pub fn with(mut self, faults: Faults, defect: Option<Defect>) -> Self {
        (self.faults, self.defect) = (faults, defect);
        self
    }

    /// From now on.
    pub fn set_weather(&self, weather: Weather) {
        self.way().weather = weather;
    }

    /// The copies under way, with the time of their arrival.
    pub fn take_copies(&self) -> Vec<(i64, Copy)> {
        std::mem::take(&mut self.way().copies)
    }

    /// Whether the process has died in a call.
    pub fn is_dead(&self) -> bool {
        self.way().died
    }

    /// The same; it is then forgotten.
    pub fn has_died(&self) -> bool {
        std::mem::take(&mut self.way().died)
    }

    /// What an older version has said on this line, and heard.
    pub fn was_said(&self, item: &RawValue, answer: Option<&wire::BatchAnswer>) {
        let mut way = self.way();
        if let Some(wrong) = way.watch.posts(&[item.to_owned()]) {
            self.trace.violation(wrong);
        }
        if let Some(answer) = answer {
            way.watch.hears(answer);
        }
    }

    /// Something is to happen while one of the next requests is on the wire.
    pub fn set_meanwhile(&self, meanwhile: Option<Meanwhile>) {
        self.way().meanwhile = meanwhile;
    }

    /// What has happened; it is then forgotten.
    pub fn take_happened(&self) -> Option<Happened> {
        self.way().happened.take()
    }

    /// Does what waits for this moment of a request. The way is free meanwhile: the app may use it.
    fn meanwhile(&self, early: bool) {
        let due = {
            let mut way = self.way();
            match &mut way.meanwhile {
                Some(waiting) if waiting.early != early => None,
                Some(waiting) if waiting.calls > 0 => {
                    waiting.calls -= 1;
                    None
                }
                Some(_) | None => way.meanwhile.take_if(|waiting| waiting.early == early),
            }
        };
        if let Some(due) = due {
            self.trace.event(self.who, format_args!("meanwhile"));
            let happened = due.happen();
            self.way().happened = Some(happened);
        }
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry<T>(
        &self,
        what: &'static str,
        copy: impl FnOnce() -> Option<Copy>,
        handle: impl Fn() -> Answer<T>,
    ) -> Answer<T> {
        let call = {
            let mut way = self.way();
            let weather = way.weather;
            self.time.pass(way.rng.i64(20..1_500));
            fate::call(&mut way.rng, weather, self.faults)
        };
        self.utility.office().now = self.time.now();
        self.meanwhile(true);
        let send = |after: i64| {
            if let Some(copy) = copy() {
                self.way().copies.push((self.time.millis() + after, copy));
            }
        };
        let answer = match &call {
            Call::Through => handle(),
            Call::Lost(failure) => Err(failure.clone()),
            Call::Unanswered(failure) => {
                let _ = handle();
                Err(failure.clone())
            }
            Call::Twice(after) => {
                let answer = handle();
                // A server that is closed takes no copy either: 503 promises that nothing was done.
                if !matches!(answer, Err(Failure::Refused { status: 503, .. })) {
                    send(*after);
                }
                answer
            }
            Call::Late(after) => {
                send(*after);
                Err(Failure::AnswerLost)
            }
            Call::Death { handled } => {
                if *handled {
                    let _ = handle();
                }
                self.disk.power_off();
                self.way().died = true;
                Err(Failure::AnswerLost)
            }
        };
        self.meanwhile(false);
        self.tell(what, &call, answer.as_ref().err());
        answer
    }

    fn tell(&self, what: &'static str, call: &Call, failure: Option<&Failure>) {
        self.trace.count(match call {
            Call::Through => "calls through",
            Call::Lost(Failure::NotTheUtility { .. } | Failure::Untrusted) => "captive portals and redirects",
            Call::Lost(Failure::Refused { .. }) => "server errors",
            Call::Lost(_) => "requests lost",
            Call::Unanswered(Failure::Refused { .. }) => "server errors after handling",
            Call::Unanswered(_) => "answers lost",
            Call::Twice(_) => "requests doubled",
            Call::Late(_) => "requests delayed",
            Call::Death { .. } => "deaths during a call",
        });
        match failure {
            Some(failure) => self.trace.event(self.who, format_args!("{what}: {call:?}: {failure}")),
            None => self.trace.event(self.who, format_args!("{what}: {call:?}")),
        }
    }
}

impl Portal for Line {
    fn login(&self, login: &str, password: &str) -> Answer<wire::Tokens> {
        self.carry("login", || None, || self.utility.login(login, password))
    }

    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens> {
        self.carry("refresh", || None, || self.utility.refresh(refresh_token))
    }

    fn logout(&self, refresh_token: &str) -> Answer<()> {
        self.carry("logout", || None, || self.utility.logout(refresh_token))
    }

    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes> {
        let mut answer = self.carry("changes", || None, || self.utility.changes(access, cursor));
        if let (Some(Defect::NeverReadBack), Ok(reply)) = (self.defect, &mut answer) {
            reply.body.readings.clear();
        }
        answer
    }

    fn post_readings(
        &self,
        access: &str,
        account: &str,
        sent_at: Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer> {
        let mut items = items.to_vec();
        if self.defect == Some(Defect::NewKeyAtEachReplay) {
            let mut way = self.way();
            items = items.iter().filter_map(|item| rekeyed(item, way.rng.u64(..))).collect();
        }
        for item in &items {
            self.trace.event(self.who, format_args!("post {}", item.get()));
        }
        if let Some(wrong) = self.way().watch.posts(&items) {
            self.trace.violation(wrong);
        }
        let copy = || Some(Copy::Readings(items.clone()));
        let answer =
            self.carry("readings", copy, || self.utility.post_readings(access, account, sent_at, &items));
        if let Err(failure) = &answer {
            self.way().watch.hears_nothing(&items, failure);
        }
        if let Ok(reply) = &answer {
            for told in &reply.body.items {
                let (status, code) = (&told.status, &told.code);
                self.trace.event(self.who, format_args!("told {} {status} {code:?}", told.client_item_id));
            }
            self.way().watch.hears(&reply.body);
        }
        match (answer, self.defect) {
            (Err(_), Some(Defect::SuccessMadeUp)) => Ok(made_up(&items, self.time.now())),
            (answer, _) => answer,
        }
    }

    fn withdraw(&self, access: &str, account: &str, reading_id: &str, key: &str) -> Answer<wire::Withdrawn> {
        self.trace.event(self.who, format_args!("withdraw {reading_id} under {key}"));
        if let Some(wrong) = self.way().watch.withdraws(reading_id, key) {
            self.trace.violation(wrong);
        }
        let copy = || Some(Copy::Withdrawal(reading_id.to_owned(), key.to_owned()));
        let answer = self.carry("withdraw", copy, || self.utility.withdraw(access, account, reading_id, key));
        let told = match &answer {
            Ok(_) => true,
            Err(failure) => matches!(failure, Failure::Refused { status: 404 | 409, .. }),
        };
        if told {
            self.way().watch.hears_of(reading_id);
        }
        answer
    }

    fn post_letter(
        &self,
        access: Option<&str>,
        to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer> {
        let kind = match to {
            LetterBox::Appeals => "appeal",
            LetterBox::ServiceRequests { .. } => "service_request",
            LetterBox::Questions { .. } => "question",
        };
        self.trace.event(self.who, format_args!("{kind} {}", letter.get()));
        if let Some(wrong) = self.way().watch.posts(std::slice::from_ref(&letter.to_owned())) {
            self.trace.violation(wrong);
        }
        let copy = || Some(Copy::Letter(kind, letter.to_owned()));
        self.carry("letter", copy, || self.utility.post_letter(access, to, letter))
    }
}
