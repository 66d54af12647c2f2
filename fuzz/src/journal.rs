//! Bytes as the journal beside a sound database.

use sha2::{Digest, Sha256};

use crate::phone;

const JOURNAL: &str = "vodomer.journal";

/// Lines that begin with `!` get the hash that makes them whole, so that what lies behind it is reached.
pub fn journal(bytes: &[u8]) {
    let mut forged = false;
    let lines: Vec<Vec<u8>> = bytes
        .split(|byte| *byte == b'\n')
        .map(|line| match line.strip_prefix(b"!") {
            Some(json) => {
                forged = true;
                let json = phone::with(|phone| phone.name_items(json));
                let hash: String = Sha256::digest(&json)[..8].iter().map(|b| format!("{b:02x}")).collect();
                [hash.as_bytes(), b" ", &json].concat()
            }
            None => line.to_vec(),
        })
        .collect();
    phone::with(|phone| {
        let (disk, world) = phone.on();
        disk.save(JOURNAL, lines.join(&b'\n'));
        let Ok(app) = world.open(&disk) else {
            // A line that is whole and means nonsense was not written by a disk.
            assert!(forged, "a damaged journal keeps a sound database from opening");
            return;
        };
        phone::look_at_everything(&app);
        if !forged {
            phone.is_whole(&app);
            let shown = phone::shown(&app);
            assert_eq!(shown.as_ref(), Ok(&phone.readings), "a damaged journal changes what is shown");
        }
    });
}
