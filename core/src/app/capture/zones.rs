//! A meter of several tariff zones, read in one go: every register of it is kept, or none.

use super::keep::{Judged, Ready};
use super::{CaptureRequest, Saved};
use crate::app::{App, Error};
use crate::domain::{Doubt, Question, Register, TypedRegister, parse_registers};
use crate::store::{self, MeterRow};

/// What was typed for one register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneReading {
    /// The tariff zone.
    pub zone: String,
    /// The text as typed.
    pub typed: String,
    /// Doubts about this register that the resident has answered "it is so".
    pub confirmed: Vec<Doubt>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZonesOutcome {
    /// All of them are on the disk.
    Saved {
        /// What was kept, in the meter's order.
        saved: Vec<Saved>,
    },
    /// Nothing is stored yet: the resident is asked about one of them.
    Asked {
        /// The tariff zone.
        zone: String,
        /// The question.
        question: Question,
    },
}

impl App {
    /// Keeps the readings of all registers of a meter; `meter_id` is any of them.
    ///
    /// # Errors
    /// [`Error::Zones`] names the zone and what is wrong; [`Error::NotFound`] and the `Storage…` variants. Nothing is
    /// stored then.
    pub fn capture_zones(&self, meter_id: &str, readings: &[ZoneReading]) -> Result<ZonesOutcome, Error> {
        let registers = self.registers(meter_id)?;
        let dials: Vec<Register> =
            registers.iter().map(|m| Register { zone: zone_of(m), dial: m.dial }).collect();
        let typed: Vec<TypedRegister> =
            readings.iter().map(|r| TypedRegister { zone: r.zone.clone(), text: r.typed.clone() }).collect();
        parse_registers(&dials, &typed, self.profile.fraction)?;
        loop {
            let ready = match self.prepare_all(&registers, readings)? {
                Ok(ready) => ready,
                Err(asked) => return Ok(asked),
            };
            if self.put_on_disk(&ready)? {
                let saved = ready.into_iter().map(|one| self.saved(one)).collect();
                return Ok(ZonesOutcome::Saved { saved });
            }
        }
    }

    /// All of them judged, or the question about one.
    fn prepare_all(
        &self,
        registers: &[MeterRow],
        readings: &[ZoneReading],
    ) -> Result<Result<Vec<Ready>, ZonesOutcome>, Error> {
        let mut ready = Vec::new();
        for meter in registers {
            let Some(reading) = readings.iter().find(|r| r.zone == zone_of(meter)) else {
                continue;
            };
            let request = CaptureRequest {
                meter_id: meter.id.clone(),
                typed: reading.typed.clone(),
                confirmed: reading.confirmed.clone(),
                ..CaptureRequest::default()
            };
            match self.prepare(&request)? {
                Judged::Asked(question) => {
                    return Ok(Err(ZonesOutcome::Asked { zone: zone_of(meter), question }));
                }
                Judged::Ready(one) => ready.push(*one),
            }
        }
        Ok(Ok(ready))
    }

    /// All registers of the meter that one of them belongs to, in the order of their zones.
    fn registers(&self, meter_id: &str) -> Result<Vec<MeterRow>, Error> {
        let meters = self.store.read(store::meters)?;
        let meter = meters.iter().find(|m| m.id == meter_id).ok_or_else(|| Error::not_found("meter"))?;
        let key = |m: &MeterRow| (m.account_id.clone(), m.resource, m.serial.clone());
        let wanted = key(meter);
        Ok(meters.into_iter().filter(|m| key(m) == wanted).collect())
    }
}

fn zone_of(meter: &MeterRow) -> String {
    meter.zone.clone().unwrap_or_default()
}
