//! What an operator does at a terminal, beside the cabinets that run over the same database.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::de::DeserializeOwned;
use serde_json::json;
use vodomer_cabinet::domain::Period;
use vodomer_cabinet::{Control, Kind, Verdict};

use super::place::Place;
use super::{Command, Failure, say};

#[derive(Subcommand)]
pub enum Import {
    /// Brings in a CSV file with the names of its columns in the first line: all of it, or nothing.
    Import {
        #[command(flatten)]
        place: Place,
        /// The file; - reads what is piped in.
        file: PathBuf,
    },
}

#[derive(Args)]
pub struct AddResident {
    #[command(flatten)]
    place: Place,
    /// The number printed on the bill.
    #[arg(long)]
    account: String,
    /// By which the login can be recovered, together with the address.
    #[arg(long)]
    phone: String,
    /// Where the letter goes.
    #[arg(long)]
    email: String,
}

#[derive(Args)]
pub struct Publish {
    #[command(flatten)]
    place: Place,
    /// A JSON file; - reads what is piped in.
    file: PathBuf,
}

#[derive(Args)]
pub struct AnswerLetter {
    #[command(flatten)]
    place: Place,
    /// The letter's id.
    id: String,
    /// The answer, in words for the resident.
    answer: String,
}

#[derive(Args)]
#[group(id = "verdict", required = true, multiple = false, args = ["account", "decline"])]
pub struct AnswerRegistration {
    #[command(flatten)]
    place: Place,
    /// The application's id.
    id: String,
    /// Accepts it: the number of the account that its sender gets a login for.
    #[arg(long)]
    account: Option<String>,
    /// Turns it down: why, in words for its sender.
    #[arg(long, value_name = "REASON")]
    decline: Option<String>,
}

#[derive(Args)]
pub struct BillingRun {
    #[command(flatten)]
    place: Place,
    /// The month: 2026-11.
    period: Period,
}

/// Does what was said, and says what was done.
pub fn run(command: Command) -> Result<(), Failure> {
    let over = |place: &Place| Ok::<_, Failure>(Control::over(&place.config()?)?);
    let done = match command {
        // Has a runtime of its own.
        Command::Serve(_) => return Ok(()),
        Command::Accounts(Import::Import { place, file }) => import(&over(&place)?, Kind::Accounts, &file)?,
        Command::Meters(Import::Import { place, file }) => import(&over(&place)?, Kind::Meters, &file)?,
        Command::Charges(Import::Import { place, file }) => import(&over(&place)?, Kind::Charges, &file)?,
        Command::AddResident(AddResident { place, account, phone, email }) => {
            over(&place)?.add_resident(&account, &phone, &email)?;
            json!({ "sent": true })
        }
        Command::PublishNews(Publish { place, file }) => json!(over(&place)?.publish_news(&parsed(&file)?)?),
        Command::PublishOutage(Publish { place, file }) => {
            json!(over(&place)?.publish_outage(&parsed(&file)?)?)
        }
        Command::Letters(place) => json!(over(&place)?.letters()?),
        Command::AnswerLetter(AnswerLetter { place, id, answer }) => {
            if !over(&place)?.answer_letter(&id, &answer)? {
                return Err("there is no such letter".into());
            }
            json!({ "status": "answered" })
        }
        Command::Registrations(place) => json!(over(&place)?.registrations()?),
        Command::AnswerRegistration(AnswerRegistration { place, id, account, decline }) => {
            let accept = account.map(|account_number| Verdict::Accept { account_number });
            let verdict = accept.or_else(|| decline.map(|reason| Verdict::Decline { reason }));
            over(&place)?.answer_registration(&id, &verdict.ok_or("neither accepted nor declined")?)?;
            json!({ "sent": true })
        }
        Command::BillingRun(BillingRun { place, period }) => json!(over(&place)?.billing_run(period)?),
    };
    Ok(say(&done)?)
}

fn import(control: &Control, kind: Kind, file: &Path) -> Result<serde_json::Value, Failure> {
    Ok(json!({ "lines": control.import(kind, &bytes(file)?)? }))
}

fn parsed<T: DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    Ok(serde_json::from_slice(&bytes(file)?)?)
}

fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return std::fs::read(file);
    }
    let mut piped = Vec::new();
    std::io::stdin().lock().read_to_end(&mut piped)?;
    Ok(piped)
}
