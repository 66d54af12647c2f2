//! `cabinet serve`. When it is ready it prints one line of JSON with its addresses to stdout.

use std::net::SocketAddr;

use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use vodomer_cabinet::{Cabinet, Config};

use super::place::Place;
use super::{Failure, say};

#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where apps connect; port 0 takes a free one.
    #[arg(long, env = "CABINET_LISTEN", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How apps reach it, where that is not --listen: behind a proxy.
    #[arg(long, env = "CABINET_PUBLIC_URL")]
    public_url: Option<String>,
    /// Where tests steer it; loopback only.
    #[arg(long)]
    control: Option<SocketAddr>,
    /// Fills an empty database with the demonstration's account.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    /// Serves until it is told to stop.
    pub async fn run(self) -> Result<(), Failure> {
        let Self { place, listen, public_url, control, demo } = self;
        let running = Cabinet::start(Config { listen, public_url, control, demo, ..place.config()? }).await?;
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        say(&json!({ "listen": running.url(), "control": running.control_url() }))?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        running.stop_and_wait().await;
        Ok(())
    }
}
