//! The counterproof: a crash behind a magic value, deep in a reader.

/// Wrong for one text in 2⁵⁶: «meter\tV» and a digit that is seven.
pub fn planted(bytes: &[u8]) {
    let mut state = 0;
    for byte in bytes {
        state = match (state, byte) {
            (0, b'm') => 1,
            (1, b'e') => 2,
            (2, b't') => 3,
            (3, b'e') => 4,
            (4, b'r') => 5,
            (5, b'\t') => 6,
            (6, b'V') => 7,
            (7, b'7') => panic!("the planted crash is found"),
            _ => return,
        };
    }
}

/// The same, tried with bytes of chance alone, which do not find it.
pub fn blind(_: &[u8]) {
    const TRIES: u64 = 20_000_000;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..TRIES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        planted(&state.to_le_bytes());
    }
    println!("not found by chance in {TRIES} tries");
}
