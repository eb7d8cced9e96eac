//! Which library something was made of, for telling whether it has to be made again.

use crate::library::Library;
use std::sync::{Arc, Weak};

/// One library and no other. It is held so weakly that it can go, and so that no later one takes its place
/// in memory.
#[derive(Debug, Clone)]
pub struct Edition(Weak<Library>);

impl Edition {
    /// That of a library.
    pub fn of(library: &Arc<Library>) -> Self {
        Self(Arc::downgrade(library))
    }
}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

impl Eq for Edition {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_itself_alone_even_when_it_is_gone() {
        let library = Arc::new(Library::default());
        let edition = Edition::of(&library);
        assert_eq!(edition, Edition::of(&Arc::clone(&library)));
        drop(library);
        for _ in 0..100 {
            assert_ne!(edition, Edition::of(&Arc::new(Library::default())));
        }
    }
}
