//! The little of an ELF file's header that decides whether Android loads it.

/// The `p_type` of a segment that is mapped into memory.
const LOAD: u64 = 1;

/// The smallest alignment of the segments that are loaded, in bytes; nothing if this is no little-endian ELF file.
///
/// Devices with 16 KiB pages refuse a library whose segments are aligned to less.
pub fn load_alignment(file: &[u8]) -> Option<u64> {
    if file.get(..4)? != b"\x7fELF" || *file.get(5)? != 1 {
        return None;
    }
    let wide = match file.get(4)? {
        1 => false,
        2 => true,
        _ => return None,
    };
    let word = if wide { 8 } else { 4 };
    // e_phoff, e_phentsize, e_phnum; then p_align, the last field of an entry.
    let (table, entry_size, entries) = if wide { (32, 54, 56) } else { (28, 42, 44) };
    let table = number(file, table, word)?;
    let size = number(file, entry_size, 2)?;
    let mut smallest = None;
    for index in 0..number(file, entries, 2)? {
        let entry = usize::try_from(table + index * size).ok()?;
        if number(file, entry, 4)? == LOAD {
            let align = number(file, entry + if wide { 48 } else { 28 }, word)?;
            smallest = Some(smallest.map_or(align, |other: u64| other.min(align)));
        }
    }
    smallest
}

fn number(file: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = file.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header with these (type, alignment) segments.
    fn library(wide: bool, segments: &[(u32, u32)]) -> Vec<u8> {
        let (header, entry, align) = if wide { (64, 56, 48) } else { (52, 32, 28) };
        let mut file = vec![0; header + entry * segments.len()];
        file[..6].copy_from_slice(&[0x7f, b'E', b'L', b'F', 1 + u8::from(wide), 1]);
        file[if wide { 32 } else { 28 }] = header as u8;
        file[if wide { 54 } else { 42 }] = entry as u8;
        file[if wide { 56 } else { 44 }] = segments.len() as u8;
        for (index, (kind, bytes)) in segments.iter().enumerate() {
            let start = header + entry * index;
            file[start..start + 4].copy_from_slice(&kind.to_le_bytes());
            file[start + align..start + align + 4].copy_from_slice(&bytes.to_le_bytes());
        }
        file
    }

    #[test]
    fn the_smallest_loaded_segment_counts_and_others_do_not() {
        let segments = [(1, 0x4000), (1, 0x1000), (6, 8)];
        assert_eq!(load_alignment(&library(true, &segments)), Some(0x1000));
        assert_eq!(load_alignment(&library(false, &segments)), Some(0x1000));
        assert_eq!(load_alignment(&library(true, &[(1, 0x4000)])), Some(0x4000));
    }

    #[test]
    fn what_is_no_library_has_no_alignment() {
        assert_eq!(load_alignment(b""), None);
        assert_eq!(load_alignment(b"PK\x03\x04 a jar, for instance"), None);
        let mut cut = library(true, &[(1, 0x4000)]);
        cut.truncate(70);
        assert_eq!(load_alignment(&cut), None);
    }

    #[test]
    fn this_very_program_has_one() {
        let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert!(load_alignment(&own).is_some_and(|bytes| bytes >= 0x1000));
    }
}
