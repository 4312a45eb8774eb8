//! A stable hash: 64-bit FNV-1a. It tells texts apart, but does not protect them. Imports nothing.

/// A hash in progress.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

/// Returns the hash of a text.
pub(crate) fn of(text: &str) -> u64 {
    let mut hash = Hash::new();
    hash.write(text.as_bytes());
    hash.finish()
}

/// Returns the hash of two hashes.
pub(crate) fn join(first: u64, second: u64) -> u64 {
    let mut hash = Hash(first);
    hash.write(&second.to_le_bytes());
    hash.finish()
}

/// Returns the hash of several texts, in hexadecimal digits.
pub(crate) fn digest<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = Hash::new();
    for text in texts {
        hash.write(text.as_bytes());
        // No text contains this byte, so it separates them.
        hash.write(&[0xff]);
    }
    in_hex(hash.finish())
}

/// Returns a hash in hexadecimal digits.
pub(crate) fn in_hex(hash: u64) -> String {
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::{digest, in_hex, of};

    #[test]
    fn is_fnv_1a() {
        assert_eq!(of(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_digest_separates_texts() {
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
        assert_ne!(digest(["a"]), digest(["a", ""]));
        assert_eq!(in_hex(0xff).len(), digest([]).len());
    }
}
