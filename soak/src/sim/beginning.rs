//! How a world begins: which phones there are, what was done on them before, and what their meters show.

use std::collections::BTreeMap;
use std::sync::Arc;

use fastrand::Rng;

use super::defect::Defect;
use super::device::{Device, Dials};
use super::faults::Fault;
use super::ledger::Ledger;
use super::line::Line;
use super::older::{Older, SCHEMAS};
use super::phone::{Phone, TrueTime};
use super::template::{NAMES, Template};
use super::trace::Trace;
use super::world::{DAY, HOUR, Scenario, World};
use crate::disk::{Image, Lie, SimDisk};

/// From the template's time until the second day of the next window.
const OLDER_FOR: i64 = 8 * DAY + 12 * HOUR;

impl World {
    pub(super) fn new(template: &Template, scenario: Scenario, time: Arc<TrueTime>, trace: Trace) -> Self {
        let mut rng = Rng::with_seed(scenario.seed);
        let utility = template.utility.copied();
        let page = [500, 500, 7, 2][rng.usize(..4)];
        utility.office().page = if scenario.faults.has(Fault::Pages) { page } else { 500 };
        let phones = 1 + usize::from(rng.u8(..3) == 0);
        let a_day = |rng: &mut Rng| if rng.u8(..10) == 0 { rng.i64(0..900) } else { rng.i64(40..230) };
        let litres = [(119_400, a_day(&mut rng)), (82_700, a_day(&mut rng))];
        let dials = Dials { from: template.at, litres };
        let schema =
            (scenario.faults.has(Fault::OldVersion) && rng.u8(..6) == 0).then(|| rng.usize(..SCHEMAS));
        if schema.is_some() {
            // A window is open, and something of it has been done already.
            time.advance_to(template.at + OLDER_FOR + rng.i64(0..DAY));
        }
        let (devices, ledger, events) = (Vec::new(), Ledger::default(), BTreeMap::new());
        let mut world = Self { utility, time, trace, devices, ledger, dials, events, made: 0, rng, scenario };
        for n in 0..phones.min(template.phones.len()) {
            world.add_phone(n, template, schema);
        }
        world
    }

    /// A phone with its resident; its files are those of an older schema, if one is given.
    fn add_phone(&mut self, n: usize, template: &Template, schema: Option<usize>) {
        let (image, secrets) = &template.phones[n];
        let empty = schema.and_then(|schema| template.older[n].get(schema));
        let older = empty.and_then(|empty| self.lived(empty));
        let disk = SimDisk::from_image(NAMES[n], older.as_ref().map_or(image, |older| &older.image));
        disk.lie(match self.scenario.defect {
            Some(Defect::LogNotSynced) => Some(Lie::LogSyncs),
            Some(Defect::NothingSynced) => Some(Lie::AllSyncs),
            _ => None,
        });
        let (utility, trace) = (self.utility.clone(), self.trace.clone());
        let line =
            Line::new(NAMES[n], utility, Arc::clone(&self.time), trace, disk.clone(), self.rng.u64(..))
                .with(self.scenario.faults, self.scenario.defect);
        let phone = Phone::new(disk, &self.time, line.clone(), self.rng.u64(..));
        phone.secrets.fill(secrets.clone());
        let mut device = Device::new(n, phone, line, self.rng.u64(..));
        if let Some(older) = older {
            device.inherit(older, &mut self.ledger, &self.trace);
        }
        self.devices.push(device);
    }

    fn lived(&mut self, empty: &Image) -> Option<Older> {
        let older = Older::lived(empty, &self.utility, &self.dials, self.time.now(), &mut self.rng);
        let older = match self.scenario.defect {
            Some(Defect::QueueNotUpgraded) => older.and_then(Older::without_queue),
            _ => older,
        };
        let told = |error| self.trace.violation(format!("no older version could have written that: {error}"));
        older.map_err(told).ok()
    }
}
