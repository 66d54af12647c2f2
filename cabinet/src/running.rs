//! A cabinet that runs: in this process, until it is stopped or dropped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::cabinet::Shared;
use crate::config::{Config, ConfigError};
use crate::control::Control;
use crate::http::BANK_PAGES;

/// How often what is over is forgotten.
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// In-process cabinets answer a handful of tests.
const BLOCKING_START_THREADS: usize = 2;

/// Why a cabinet does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its database, or the demonstration's data.
    #[error(transparent)]
    Contents(#[from] crate::billing::BillingError),
    /// What phones would be told of the utility.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its address is taken or not this machine's.
    #[error("can't listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The control listener would be reachable from elsewhere.
    #[error("the control listener may be on loopback only, not on {0}")]
    ControlNotLoopback(SocketAddr),
    /// No runtime or no thread.
    #[error("can't start: {0}")]
    Runtime(#[from] std::io::Error),
}

/// Starts cabinets.
pub struct Cabinet;

/// A running cabinet. Dropping it stops it.
pub struct Running {
    api: SocketAddr,
    control_listener: Option<SocketAddr>,
    control: Control,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    thread: Option<JoinHandle<()>>,
}

impl Cabinet {
    /// Starts a cabinet on the runtime of the caller; it is ready to answer when this returns.
    ///
    /// # Errors
    /// [`StartError`]
    pub async fn start(config: Config) -> Result<Running, StartError> {
        if let Some(control) = config.control.filter(|control| !control.ip().is_loopback()) {
            return Err(StartError::ControlNotLoopback(control));
        }
        config.utility.check(&config.rules)?;
        let (api_listener, api) = bind(config.listen).await?;
        let control_listener = match config.control {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        let origin = config.public_url.clone().unwrap_or_else(|| format!("http://{api}"));
        let pages = format!("{}{BANK_PAGES}", origin.trim_end_matches('/'));
        let (recoveries, asked) = crate::recovery::queue();
        let opened = tokio::task::spawn_blocking(move || Shared::open(&config, pages, recoveries)).await;
        let shared = opened.map_err(std::io::Error::other)??;
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let router = crate::http::router(Arc::clone(&shared));
        tasks.spawn(crate::listener::serve(api_listener, router, Arc::clone(&shared), stopped.clone()));
        tasks.spawn(crate::recovery::work(Arc::clone(&shared), asked, stopped.clone()));
        tasks.spawn(keep_house(Arc::clone(&shared), stopped.clone()));
        let control = Control::new(shared);
        let control_address = control_listener.map(|(listener, address)| {
            tasks.spawn(crate::control::serve(listener, control.clone(), stopped));
            address
        });
        Ok(Running { api, control_listener: control_address, control, stop, tasks, thread: None })
    }
}

impl Running {
    /// Starts a cabinet from code that has no runtime: it gets its own, on its own thread. Not for async code.
    ///
    /// # Errors
    /// [`StartError`]
    pub fn start_blocking(config: Config) -> Result<Self, StartError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(BLOCKING_START_THREADS)
            .thread_name("cabinet")
            .enable_all()
            .build()?;
        let mut running = runtime.block_on(Cabinet::start(config))?;
        let mut tasks = std::mem::take(&mut running.tasks);
        let thread = std::thread::Builder::new().name("cabinet".to_owned()).spawn(move || {
            runtime.block_on(async { while tasks.join_next().await.is_some() {} });
        });
        running.thread = Some(thread?);
        Ok(running)
    }

    /// Where apps connect: `http://127.0.0.1:port`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.api)
    }

    /// Where the control listener is, if there is one.
    pub fn control_url(&self) -> Option<String> {
        self.control_listener.map(|address| format!("http://{address}"))
    }

    /// Steers this cabinet.
    pub const fn control(&self) -> &Control {
        &self.control
    }

    /// Stops it, and returns when the requests under way are answered. One that was started blocking ends its thread
    /// also when it is dropped; this is for those who must know that it has ended.
    pub fn stop(self) {}

    /// Stops it from within a runtime.
    pub async fn stop_and_wait(mut self) {
        self.stop.send_replace(true);
        let mut tasks = std::mem::take(&mut self.tasks);
        while tasks.join_next().await.is_some() {}
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.tasks.detach_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let listen = |error| StartError::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let bound = listener.local_addr().map_err(listen)?;
    Ok((listener, bound))
}

async fn keep_house(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(HOUSEKEEPING) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let work = shared.in_background(|shared| Ok(shared.forget_what_is_over()?));
        if work.await.is_err() {
            tracing::warn!("what is over could not be forgotten");
        }
    }
}
