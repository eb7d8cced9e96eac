//! Fingerprints of texts: one that says whether the words are the same, and one that stays near when
//! a few of them change.

use crate::text::fold;

/// Words that are looked at together.
const SHINGLE: usize = 3;
/// Bits in which two sketches of nearly the same text may differ.
const NEAR: u32 = 14;

/// A number for a text that is the same on every machine and in every version.
pub fn hash(bytes: &[u8]) -> u64 {
    // FNV-1a, and a last mixing so that all bits depend on all bytes.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Whether the words of a text are the same: white space, case and accents do not count.
pub fn exact(text: &str) -> Box<str> {
    let mut folded = String::new();
    fold(text, &mut folded);
    let words: Vec<&str> = folded.split_whitespace().collect();
    format!("{:016x}", hash(words.join(" ").as_bytes())).into()
}

/// A sketch of a text: those of nearly the same texts differ in few bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch(pub u64);

impl Sketch {
    /// The sketch of a text.
    pub fn new(text: &str) -> Self {
        let mut folded = String::new();
        fold(text, &mut folded);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut votes = [0_i32; 64];
        for at in 0..words.len() {
            let shingle = words.get(at..(at + SHINGLE).min(words.len())).unwrap_or_default();
            let hash = hash(shingle.join(" ").as_bytes());
            for (bit, vote) in votes.iter_mut().enumerate() {
                *vote += if hash >> bit & 1 == 1 { 1 } else { -1 };
            }
        }
        let bit = |(at, vote): (usize, &i32)| u64::from(*vote > 0) << at;
        Self(votes.iter().enumerate().map(bit).fold(0, |all, bit| all | bit))
    }

    /// The bits in which two sketches differ, if they are of nearly the same text.
    pub fn near(self, other: Self) -> Option<u32> {
        let bits = (self.0 ^ other.0).count_ones();
        (bits <= NEAR).then_some(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_and_not_how_they_are_set() {
        assert_eq!(exact("The  Mayor’s\noffice"), exact("the mayor's office"));
        assert_ne!(exact("the mayor"), exact("the mayors"));
        // What is kept today has to be recognised by any later version; worked out by other means.
        assert_eq!(&*exact("the mayor"), "d61104fa79c6b8fb");
    }

    #[test]
    fn a_small_edit_is_near_and_another_text_is_far() {
        let words = |from: usize| {
            (from..from + 120).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
        };
        let text = words(0);
        let edited = text.replace("word60 ", "another ").replace("word90 ", "");
        assert!(Sketch::new(&text).near(Sketch::new(&edited)).is_some());
        assert!(Sketch::new(&text).near(Sketch::new(&words(500))).is_none());
        assert_eq!(Sketch::new(&text).near(Sketch::new(&text)), Some(0));
    }
}
