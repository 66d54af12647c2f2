//! A sound file with bytes changed: of today's schema, whose rows are sealed, or of a released one.

use vodomer_core::store::FILE_NAME;
use vodomer_soak::disk::SimDisk;
use vodomer_soak::phone::World;

use crate::phone;

const RELEASED: [&[u8]; 3] = [
    include_bytes!("../../core/tests/schemas/001.db"),
    include_bytes!("../../core/tests/schemas/002.db"),
    include_bytes!("../../core/tests/schemas/003.db"),
];

/// The first byte chooses the file, each five that follow a change.
pub fn database(bytes: &[u8]) {
    let Some((which, changes)) = bytes.split_first() else { return };
    match RELEASED.get(usize::from(which % 4)) {
        Some(released) => {
            let disk = SimDisk::new("fuzz");
            disk.save(FILE_NAME, changed(released.to_vec(), changes));
            if let Ok(app) = World::default().open(&disk) {
                phone::look_at_everything(&app);
            }
        }
        None => phone::with(|phone| {
            let (disk, world) = phone.on();
            let Some(sound) = disk.load(FILE_NAME) else { panic!("there is a file") };
            disk.save(FILE_NAME, changed(sound, changes));
            let Ok(app) = world.open(&disk) else { return };
            phone::look_at_everything(&app);
            // The journal beside it has all of them.
            if let Ok(shown) = phone::shown(&app) {
                assert_eq!(shown, phone.readings, "a damaged file shows something else");
            }
        }),
    }
}

/// Each change: where (in the header, at a page's beginning, or anywhere), how, and by what.
fn changed(mut file: Vec<u8>, changes: &[u8]) -> Vec<u8> {
    const PAGE: usize = 4096;
    for change in changes.chunks_exact(5) {
        let place = usize::from(u16::from_le_bytes([change[0], change[1]]));
        let at = match change[2] % 4 {
            0 => place % 100,
            1 => (place / 16) * PAGE + place % 16,
            _ => place + (usize::from(change[2]) >> 2) * 0x1_0000,
        };
        let at = at % file.len().max(1);
        let value = change[4];
        match change[3] % 6 {
            0 => file[at] = value,
            1 => file[at] ^= 1 << (value % 8),
            2 => file[at] = file[at].wrapping_add(value),
            3 => file.truncate(at.max(1)),
            4 => file.iter_mut().skip(at).take(usize::from(value)).for_each(|byte| *byte = 0),
            _ => {
                let from = usize::from(value) * 64 % file.len();
                let piece: Vec<u8> = file[from..].iter().take(64).copied().collect();
                let end = (at + piece.len()).min(file.len());
                file[at..end].copy_from_slice(&piece[..end - at]);
            }
        }
    }
    file
}
