//! Finding numbers by names without keeping the names: who asks compares them.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers by the hash of a name.
#[derive(Debug, Default)]
pub struct Index {
    /// Half of a hash, which tells names well enough apart, and below it the number; ascending.
    entries: Vec<u64>,
    /// For each value of the first bits of a hash where its entries start; hashes are spread evenly,
    /// so that few share one: two to the power of [`SHARED`] or half of it.
    starts: Vec<u32>,
    /// Bits of an entry behind the first ones.
    shift: u32,
}

impl Index {
    /// An index of names, each with its number.
    pub fn new<N: AsRef<str>>(names: impl Iterator<Item = (N, usize)>) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut entries: Vec<u64> =
            names.map(|(name, number)| hash(name.as_ref()) | u64::from(small(number))).collect();
        entries.sort_unstable();
        entries.dedup();
        entries.shrink_to_fit();
        let bits = entries.len().next_power_of_two().trailing_zeros();
        let bits = bits.saturating_sub(SHARED).clamp(1, HASH);
        let shift = u64::BITS - bits;
        let mut starts = vec![0; 1 << bits];
        let mut at = 0;
        for (first, start) in (0_u64..).zip(&mut starts) {
            let before = |entry: &&u64| **entry >> shift < first;
            at += entries.get(at..).unwrap_or_default().iter().take_while(before).count();
            *start = small(at);
        }
        Self { entries, starts, shift }
    }

    /// The numbers of a name, ascending, and perhaps a few of other names.
    pub fn get(&self, name: &str) -> impl Iterator<Item = usize> + '_ {
        let wanted = hash(name);
        let first = wanted.checked_shr(self.shift).unwrap_or(0);
        let start = usize::try_from(first).ok().and_then(|first| self.starts.get(first));
        let start = start.map_or(self.entries.len(), |start| *start as usize);
        let rest = self.entries.get(start..).unwrap_or_default().iter();
        let rest = rest.skip_while(move |entry| **entry < wanted);
        let same = move |entry: &&u64| (**entry ^ wanted) >> HASH == 0;
        rest.take_while(same).filter_map(|entry| {
            // The number is below the hash.
            usize::try_from(entry & u64::from(u32::MAX)).ok()
        })
    }
}

/// How much less the first bits of a hash say than it takes to tell all entries apart.
const SHARED: u32 = 2;
/// Bits of an entry that are those of a hash, and of the number below it.
const HASH: u32 = u32::BITS;

/// The upper half of a hash, with room for a number below it.
fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish() >> HASH << HASH
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn numbers_are_found_by_name() {
        let index = Index::new([("b", 2), ("a", 1), ("b", 0), ("b", 2)].into_iter());
        assert_eq!(index.get("b").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(index.get("c").count(), 0);
        assert_eq!(Index::default().get("a").count(), 0);
        let many = Index::new((0..1000).map(|n| (n.to_string(), n)));
        for n in 0..1000 {
            assert_eq!(many.get(&n.to_string()).collect::<Vec<_>>(), [n]);
        }
    }
}
