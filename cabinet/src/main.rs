//! The program `cabinet`: serving, and what an operator does at a terminal.

mod cli;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use cli::Command;
use tracing_subscriber::EnvFilter;

/// A reference server of the utility's contract.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let command = Arguments::parse().command;
    let serves = matches!(command, Command::Serve(_));
    let Err(error) = command.run().await else { return ExitCode::SUCCESS };
    if serves {
        tracing::error!(%error, "the cabinet does not run");
    } else {
        // To the operator, in plain words, and to no log: it may repeat what stands in a table.
        let _ = writeln!(std::io::stderr(), "cabinet: {error}");
    }
    ExitCode::FAILURE
}
