//! What can be said to the program.

mod operator;
mod place;
mod serve;

use std::io::Write;

use clap::Subcommand;

/// What went wrong, in words for the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Subcommand)]
pub enum Command {
    /// Serves until SIGTERM or ctrl-c.
    Serve(serve::Serve),
    /// Accounts.
    #[command(subcommand)]
    Accounts(operator::Import),
    /// Meters.
    #[command(subcommand)]
    Meters(operator::Import),
    /// Charges of another billing.
    #[command(subcommand)]
    Charges(operator::Import),
    /// Gives somebody a login for an account, by letter.
    AddResident(operator::AddResident),
    /// Publishes news, or changes what was published.
    PublishNews(operator::Publish),
    /// Publishes an outage, or changes one that was published.
    PublishOutage(operator::Publish),
    /// Requests, questions and appeals as JSON.
    Letters(place::Place),
    /// Answers a request, a question or an appeal.
    AnswerLetter(operator::AnswerLetter),
    /// Applications for an account as JSON.
    Registrations(place::Place),
    /// Accepts an application for an account, or turns it down; by letter.
    AnswerRegistration(operator::AnswerRegistration),
    /// Charges a month whose window has closed.
    BillingRun(operator::BillingRun),
}

impl Command {
    /// Does it.
    pub async fn run(self) -> Result<(), Failure> {
        if let Self::Serve(serve) = self {
            return serve.run().await;
        }
        // The rest blocks for as long as the database takes.
        tokio::task::spawn_blocking(move || operator::run(self)).await?
    }
}

/// What scripts read goes to stdout, a line of JSON; the log goes to stderr.
fn say(what: &serde_json::Value) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{what}")?;
    stdout.flush()
}
