//! Numbers that look random and are the same in every run.

/// Steele's splitmix: a counter, well stirred.
pub struct Cases(u64);

impl Cases {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn stirred(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From `low` to `high`, both inclusive.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = i128::from(high) - i128::from(low) + 1;
        i64::try_from(i128::from(low) + i128::from(self.stirred()) % width).unwrap()
    }

    /// One of some.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.between(0, i64::try_from(all.len()).unwrap() - 1)).unwrap()]
    }

    /// So many decimal digits.
    pub fn digits(&mut self, count: i64) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.between(0, 9)).unwrap())).collect()
    }
}
