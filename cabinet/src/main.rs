//! `cabinet serve`: the cabinet as a program.
//!
//! When it is ready it prints one line of JSON with its addresses to stdout; its log goes to stderr.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use vodomer_cabinet::{Cabinet, Config, Database, FilesMailer, Mailer, Rules, Running, Utility};

/// A reference server of the utility's contract.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until SIGTERM or ctrl-c.
    Serve(Serve),
}

#[derive(clap::Args)]
struct Serve {
    /// A file, made if it is missing, or postgres://user:password@host/database.
    // As text, since what can't be parsed would be printed, with its password.
    #[arg(long, env = "CABINET_DATABASE", hide_env_values = true)]
    database: String,
    /// Where apps connect; port 0 takes a free one.
    #[arg(long, env = "CABINET_LISTEN", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How apps reach it, where that is not --listen: behind a proxy.
    #[arg(long, env = "CABINET_PUBLIC_URL")]
    public_url: Option<String>,
    /// Where tests steer it; loopback only.
    #[arg(long)]
    control: Option<SocketAddr>,
    /// The utility's rules; without it, the demonstration's, whose tariffs are invented.
    #[arg(long, env = "CABINET_CONFIG")]
    config: Option<PathBuf>,
    /// What phones are told of the utility, in the form of the app's profile; without it, the demonstration's.
    #[arg(long, env = "CABINET_UTILITY")]
    utility: Option<PathBuf>,
    /// A folder into which letters to residents are put; without it, forgotten logins are not recovered.
    #[arg(long, env = "CABINET_MAIL", value_name = "FOLDER")]
    mail: Option<PathBuf>,
    /// Fills an empty database with the demonstration's account.
    #[arg(long)]
    demo: bool,
    /// Lets the clock stand at an instant from the start.
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let Command::Serve(serve) = Arguments::parse().command;
    match run(serve).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the cabinet does not run");
            ExitCode::FAILURE
        }
    }
}

async fn run(serve: Serve) -> Result<(), Box<dyn std::error::Error>> {
    let rules = match &serve.config {
        Some(file) => Rules::read(file)?,
        None => Rules::demo(),
    };
    let utility = match &serve.utility {
        Some(file) => Utility::read(file)?,
        None => Utility::demo(),
    };
    let mailer = match &serve.mail {
        Some(folder) => Some(Arc::new(FilesMailer::new(folder)?) as Arc<dyn Mailer>),
        None => None,
    };
    let Serve { database, listen, public_url, control, demo, now, .. } = serve;
    let database: Database = database.parse()?;
    let running = Cabinet::start(Config {
        listen,
        public_url,
        control,
        demo,
        now,
        rules,
        utility,
        mailer,
        ..Config::new(database)
    })
    .await?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    say_ready(&running)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop_and_wait().await;
    Ok(())
}

fn say_ready(running: &Running) -> std::io::Result<()> {
    let addresses = json!({ "listen": running.url(), "control": running.control_url() });
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{addresses}")?;
    stdout.flush()
}
