//! Letters to the utility.

use vodomer_core::app::{Error, LetterKind, LetterRequest};

use crate::sim::device::{Device, Scene, Stop};
use crate::utility::books::ACCOUNT;

/// What every letter says.
pub(super) const TEXT: &str = "Прошу проверить счётчик.";

impl Device {
    pub(in crate::sim) fn write(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let request = self.draw_letter();
        let written = self.phone.app().and_then(|app| app.write_letter(&request));
        self.written(scene, request.kind, written)
    }

    pub(super) fn draw_letter(&mut self) -> LetterRequest {
        let kind =
            [LetterKind::ServiceRequest, LetterKind::Question, LetterKind::Appeal][self.rng.usize(..3)];
        LetterRequest {
            kind,
            account_id: (kind != LetterKind::Appeal).then(|| ACCOUNT.to_owned()),
            topic: "other".to_owned(),
            text: TEXT.to_owned(),
            meter_id: None,
            wanted_on: None,
            name: Some("Жилец".to_owned()),
            contact: Some("+70000000000".to_owned()),
        }
    }

    /// Puts into the ledger what the phone has said to a letter.
    pub(super) fn written(
        &mut self,
        scene: &mut Scene<'_>,
        kind: LetterKind,
        written: Result<String, Error>,
    ) -> Result<(), Stop> {
        let of_account = kind != LetterKind::Appeal;
        match &written {
            Ok(item) => scene.ledger.wrote(self.n, Some(item.clone()), of_account),
            Err(Error::StorageFull | Error::StorageNotWritable) => {
                scene.ledger.wrote(self.n, None, of_account);
            }
            Err(_) => {}
        }
        if let Some(item) = self.attempt(scene, "letter", |_| written)? {
            scene.trace.event(self.who(), format_args!("writes {kind:?} {item}"));
            scene.trace.count("letters");
        }
        Ok(())
    }
}
