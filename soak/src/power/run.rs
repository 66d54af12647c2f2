//! A scenario and its runs.

use vodomer_core::app::{App, CaptureOutcome, CaptureRequest, Error};

use super::Violation;
use super::view::View;
use crate::disk::{Image, SimDisk};
use crate::phone::World;

/// Calls from a prepared phone.
pub struct Scenario {
    /// What happens.
    pub name: &'static str,
    /// The core is open before the first call, and its opening is not part of what goes wrong.
    pub opened: bool,
    /// Whether what waits can be sent at the end.
    pub sends: Sends,
    /// In CI every so manieth operation goes wrong, that it may end in seconds.
    pub stride: usize,
    /// The phone before it.
    pub prepare: fn() -> Result<Prepared, Error>,
    /// The calls, each as one step of the run; ends at the first that fails.
    pub act: fn(&mut Run) -> Result<(), Error>,
    /// What else must hold of the prepared disk and what was left of it, when that has been opened.
    pub also: Option<fn(&Image, &SimDisk) -> Option<Violation>>,
}

/// How what waits can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    /// At once.
    SignedIn,
    /// Perhaps only after the resident has signed in anew: a disk that fails while a damaged file is read takes with it what
    /// the utility had told, the login included. A wipe ends the session first.
    SignedInAnew,
    /// The file is of a utility that nobody plays here.
    Nowhere,
}

/// A phone that is off.
pub struct Prepared {
    /// Its disk.
    pub image: Image,
    /// Its surroundings.
    pub world: World,
}

/// An undisturbed run: what goes wrong is measured by it.
pub struct Reference {
    /// The phone before it.
    pub prepared: Prepared,
    /// What is shown before the first step, and after each.
    pub views: Vec<View>,
    /// The first operation of the scenario, and the first after it.
    pub operations: std::ops::Range<u64>,
}

/// A scenario under way.
pub struct Run {
    /// Surroundings.
    pub world: World,
    /// The disk.
    pub disk: SimDisk,
    /// Steps that returned.
    pub done: usize,
    app: Option<App>,
    seen: Option<Vec<View>>,
}

impl Run {
    /// A new phone, switched on.
    ///
    /// # Errors
    /// As [`App::open_on`].
    pub fn begin(world: World) -> Result<Self, Error> {
        let disk = SimDisk::new("new");
        let app = Some(world.open(&disk)?);
        Ok(Self { world, disk, done: 0, app, seen: None })
    }

    /// Ends the process, if it still runs, and takes what is on the disk then.
    #[must_use]
    pub fn switch_off(self) -> Prepared {
        let Self { world, disk, app, .. } = self;
        drop(app);
        Prepared { image: disk.image(), world }
    }

    /// A call to the open core.
    ///
    /// # Errors
    /// The call's.
    pub fn step<T>(&mut self, call: impl FnOnce(&App, &World) -> Result<T, Error>) -> Result<T, Error> {
        let app = match self.app.take() {
            Some(app) => app,
            None => self.world.open(&self.disk)?,
        };
        let result = call(&app, &self.world);
        self.app = Some(app);
        if result.is_ok() {
            self.step_is_done()?;
        }
        result
    }

    /// Opens the core, after closing it if it is open: a step.
    ///
    /// # Errors
    /// As [`App::open_on`].
    pub fn open(&mut self) -> Result<(), Error> {
        self.app = None;
        self.app = Some(self.world.open(&self.disk)?);
        self.step_is_done()
    }

    /// Keeps a reading: a step.
    ///
    /// # Errors
    /// As [`App::capture`].
    pub fn capture(&mut self, meter: &str, typed: &str) -> Result<String, Error> {
        self.step(|app, _| capture(app, meter, typed))
    }

    /// The core, if it is open.
    #[must_use]
    pub fn app(&self) -> Option<&App> {
        self.app.as_ref()
    }

    /// The process ends without a word.
    pub fn kill(&mut self) {
        self.disk.kill();
        self.app = None;
    }

    fn step_is_done(&mut self) -> Result<(), Error> {
        self.done += 1;
        if let (Some(seen), Some(app)) = (&mut self.seen, &self.app) {
            let view = View::take(app, seen.iter().flat_map(View::items))?;
            seen.push(view);
        }
        Ok(())
    }
}

/// Keeps a reading; what would be asked is a defect of the scenario.
///
/// # Errors
/// As [`App::capture`].
pub fn capture(app: &App, meter: &str, typed: &str) -> Result<String, Error> {
    let request =
        CaptureRequest { meter_id: meter.to_owned(), typed: typed.to_owned(), ..CaptureRequest::default() };
    match app.capture(&request)? {
        CaptureOutcome::Saved { saved } => Ok(saved.item_id),
        CaptureOutcome::Asked { question } => Err(Error::Internal { reason: format!("asked {question:?}") }),
    }
}

impl Scenario {
    /// Runs it undisturbed, twice: once to look after every step, once to count.
    ///
    /// # Errors
    /// Any call's: an undisturbed scenario must not fail.
    pub fn reference(&self) -> Result<Reference, Error> {
        let prepared = (self.prepare)()?;
        let mut watched = self.start(&prepared)?;
        let disk = SimDisk::from_image("first", &prepared.image);
        watched.seen = Some(vec![View::take(&prepared.world.fork().open(&disk)?, &[])?]);
        (self.act)(&mut watched)?;
        let views = watched.seen.take().unwrap_or_default();
        let mut counted = self.start(&prepared)?;
        let first = counted.disk.operations();
        (self.act)(&mut counted)?;
        let operations = first..counted.disk.operations();
        Ok(Reference { prepared, views, operations })
    }

    /// Runs it on a disk that something is wrong with.
    ///
    /// # Errors
    /// When the phone can't be opened before that.
    pub fn run(
        &self,
        prepared: &Prepared,
        spoil: impl FnOnce(&SimDisk),
    ) -> Result<(Run, Result<(), Error>), Error> {
        let mut run = self.start(prepared)?;
        spoil(&run.disk);
        let ended = (self.act)(&mut run);
        Ok((run, ended))
    }

    fn start(&self, prepared: &Prepared) -> Result<Run, Error> {
        let disk = SimDisk::from_image("phone", &prepared.image);
        let world = prepared.world.fork();
        let app = if self.opened { Some(world.open(&disk)?) } else { None };
        Ok(Run { world, disk, done: 0, app, seen: None })
    }
}

impl Reference {
    /// What may be shown when so many steps returned and the next was interrupted.
    #[must_use]
    pub fn around(&self, done: usize) -> (&View, &View) {
        let last = self.views.len() - 1;
        (&self.views[done.min(last)], &self.views[(done + 1).min(last)])
    }
}
