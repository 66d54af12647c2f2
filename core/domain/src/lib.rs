//! The rules of metering, pure: no I/O, no clock, no SQL, no HTTP.
//!
//! Everything here is a function of its arguments. Time, ids and randomness are passed in, so that a rule
//! can be tested at any instant and in any zone (why this is a package: `docs/adr/0006`).
//!
//! - `value`: what was typed on a dial, or on a register of each tariff zone, and what the utility takes of it
//! - `window`: when readings are taken, and what a moment counts for
//! - `check`: what is odd about a value, and what probably happened
//! - `history`: use by month, averages, the chart
//! - `cost`: what missing a month costs, and whether a bill is right
//! - `reminder`: what to remind of, and when
//! - `login`: why a login failed
//! - `same_meter`: which of the utility's meters is the one that was typed in
//! - `registration`: the application for an account, checked and never shown
//! - `profile`: the utility as data; `rules` are the numbers that it may set

mod average;
mod charge_line;
mod check;
mod cost;
mod dated;
mod exact;
mod history;
mod login;
mod period;
mod profile;
mod proof;
mod registration;
mod reminder;
mod replacement;
mod resource;
mod rules;
mod same_meter;
mod source;
mod value;
mod window;

pub use average::Average;
pub use charge_line::ChargeLine;
pub use check::{
    Cause, Claim, ClaimProblem, Doubt, Guess, Judgement, Past, Question, Sibling, Suggestion, Taken,
    explain_misfit, judge,
};
pub use cost::{
    AccountForecast, Basis, ChargeToCheck, ChargeVerdict, ForecastLine, LineFinding, LineVerdict, MeterPast,
    MissForecast, Terms, Unknown, Verdict, Why, check_charge, cost, forecast, forecast_account,
};
pub use dated::{Since, in_force};
pub use history::{
    ChartPoint, ListedReading, MonthUse, Point, UseKind, chart, list, past, use_by_month, usual_before,
};
pub use login::{AccountNumberProblem, LoginCause, LoginField, LoginHint, account_number, login_hint};
pub use period::Period;
pub use profile::{
    Answers, Bank, Contacts, DatedWindow, Dictation, FactSource, Hours, LetterTemplate, Line, Office, Phone,
    PhonePurpose, Portal, Profile, ProfileProblem, ProfileProblems, ShortSms, Sms, SourceNote, fill_template,
};
pub use proof::{Captured, Delivered, PhoneClocks, check_code, proof_lines};
pub use registration::{
    Registration, RegistrationField, RegistrationForm, RegistrationProblem, RegistrationReason,
};
pub use reminder::{
    Agenda, AgreedVisit, Due, Occasions, PaymentDue, ReminderKind, ReminderRules, Schedule, Shown, Topic,
    TopicKind, VerificationDue, plan,
};
pub use replacement::Replacement;
pub use resource::Resource;
pub use rules::{CheckRules, MissRules, Norm, Tariff};
pub use same_meter::{MeterMark, same_meters};
pub use source::Source;
pub use value::{
    Dial, FractionPolicy, Kept, Register, RegisterReading, RegistersProblem, Typed, TypedProblem,
    TypedRegister, Volume, parse_registers,
};
pub use window::{
    Calendar, Day, EarlyReadings, LastDay, LateReadings, Placement, Position, TakenWhen, Window, WindowEnd,
    WindowProblem, WindowRule,
};

/// A moment, always in UTC. Business dates come out of it through the utility's zone only.
pub type Instant = chrono::DateTime<chrono::Utc>;
