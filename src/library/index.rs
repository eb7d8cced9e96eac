//! Finding numbers by names without keeping the names: who asks compares them.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers by the hash of a name.
#[derive(Debug, Default)]
pub struct Index {
    /// Ascending.
    entries: Vec<(u64, u32)>,
    /// For each value of the first bits of a hash where its entries start; hashes are spread evenly,
    /// so that few share one.
    starts: Vec<u32>,
    /// Bits of a hash behind the first ones.
    shift: u32,
}

impl Index {
    /// An index of names, each with its number.
    pub fn new<N: AsRef<str>>(names: impl Iterator<Item = (N, usize)>) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut entries: Vec<_> =
            names.map(|(name, number)| (hash(name.as_ref()), small(number))).collect();
        entries.sort_unstable();
        entries.dedup();
        let bits = entries.len().next_power_of_two().trailing_zeros().max(1);
        let shift = u64::BITS - bits;
        let mut starts = vec![0; 1 << bits];
        let mut at = 0;
        for (first, start) in (0_u64..).zip(&mut starts) {
            let before = |(hash, _): &(u64, u32)| hash >> shift < first;
            at += entries.get(at..).unwrap_or_default().iter().take_while(|e| before(e)).count();
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
        let rest = rest.skip_while(move |(hash, _)| *hash < wanted);
        rest.take_while(move |(hash, _)| *hash == wanted).map(|(_, number)| *number as usize)
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
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
