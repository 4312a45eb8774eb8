//! A stable hash: 64-bit FNV-1a.

/// A hash in progress.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(super) fn finish(self) -> u64 {
        self.0
    }
}

/// Returns the hash of a text.
pub(super) fn of(text: &str) -> u64 {
    let mut hash = Hash::new();
    hash.write(text.as_bytes());
    hash.finish()
}

/// Returns the hash of two hashes.
pub(super) fn join(first: u64, second: u64) -> u64 {
    let mut hash = Hash(first);
    hash.write(&second.to_le_bytes());
    hash.finish()
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_fnv_1a() {
        assert_eq!(super::of(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::of("foobar"), 0x8594_4171_f739_67e8);
    }
}
