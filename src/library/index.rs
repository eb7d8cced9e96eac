//! Finding numbers by names without keeping the names: who asks compares them.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers by the hash of a name.
#[derive(Debug, Default)]
pub struct Index {
    /// Ascending.
    entries: Vec<(u64, u32)>,
}

impl Index {
    /// An index of names, each with its number.
    pub fn new<N: AsRef<str>>(names: impl Iterator<Item = (N, usize)>) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut entries: Vec<_> =
            names.map(|(name, number)| (hash(name.as_ref()), small(number))).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The numbers of a name, ascending, and perhaps a few of other names.
    pub fn get(&self, name: &str) -> impl Iterator<Item = usize> + '_ {
        let wanted = hash(name);
        let start = self.entries.partition_point(|(hash, _)| *hash < wanted);
        let rest = self.entries.get(start..).unwrap_or_default().iter();
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
    }
}
