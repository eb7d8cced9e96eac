//! The closed lists of words that a briefing file may use.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have a written name and a sentence.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal, $note:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum $name { $(#[doc = $note] $variant,)* }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in the file.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What it means, in a sentence.
            #[allow(dead_code, reason = "not every list is explained to readers")]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $note,)* }
            }
        }
    )*};
}

vocabulary! {
    /// What sort of thing a card is about.
    Kind {
        Person = "person", "A person.";
        Place = "place", "A place.";
        Event = "event", "Something that happened.";
        Term = "term", "A word or phrase.";
        Organisation = "organisation", "An organisation.";
        Document = "document", "A document.";
        Topic = "topic", "Anything else.";
    }

    /// What a section rests on.
    Basis {
        Document = "document", "The source says it.";
        Background = "background", "Other sources say it.";
        Editor = "editor", "The writer of the card reasons.";
    }

    /// How far a claim was checked. It says whether the voice made the claim and others agree; it
    /// is no verdict on the truth.
    Standing {
        Corroborated = "corroborated", "A further source agrees.";
        SingleSource = "single-source", "Seen in one source only.";
        Imprecise = "imprecise", "Roughly right; other sources are more exact.";
        Disputed = "disputed", "Sources disagree.";
        Uncorroborated = "uncorroborated", "Looked for and not found.";
        NotChecked = "not-checked", "Not looked for.";
    }

    /// What makes a reference.
    Evidence {
        Explicit = "explicit", "The document makes the link.";
        Implied = "implied", "The document suggests it.";
        Background = "background", "Other sources make it.";
    }

    /// How a question is asked.
    Form {
        Basic = "basic", "The answer is thought, then shown.";
        Typed = "typed", "The answer is typed, and compared.";
        Cloze = "cloze", "A text with gaps, asked one by one.";
    }

    /// What is missing at a gap.
    GapKind {
        MissingList = "missing-list", "A list was cut off.";
        LostHeading = "lost-heading", "A heading or question is gone.";
        MissingDocument = "missing-document", "A document is spoken of and not included.";
        MissingCitations = "missing-citations", "Statements carry no sources.";
        Other = "other", "Anything else.";
    }
}

/// Declares relations with the words for both directions; a symmetric one has the same word twice.
macro_rules! relations {
    ($($variant:ident = $word:literal, $inverse:ident, $phrase:literal;)*) => {
        /// How one card relates to another. Each value has an inverse, seen from the other card.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Relation { $(#[doc = $phrase] $variant,)* }

        impl Relation {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in the file.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The words a reader sees, to be followed by the other card's title.
            pub const fn phrase(self) -> &'static str {
                match self { $(Self::$variant => $phrase,)* }
            }

            /// The same relation seen from the other card.
            #[must_use]
            pub const fn inverse(self) -> Self {
                match self { $(Self::$variant => Self::$inverse,)* }
            }
        }
    };
}

relations! {
    Documents = "documents", DocumentedBy, "documents";
    DocumentedBy = "documented-by", Documents, "documented by";
    About = "about", TopicOf, "about";
    TopicOf = "topic-of", About, "topic of";
    PartOf = "part-of", Includes, "part of";
    Includes = "includes", PartOf, "includes";
    ParticipantIn = "participant-in", HasParticipant, "took part in";
    HasParticipant = "has-participant", ParticipantIn, "took part:";
    LocatedIn = "located-in", SceneOf, "located in";
    SceneOf = "scene-of", LocatedIn, "scene of";
    SpeaksFor = "speaks-for", SpeaksThrough, "speaks for";
    SpeaksThrough = "speaks-through", SpeaksFor, "speaks through";
    Supports = "supports", SupportedBy, "supports";
    SupportedBy = "supported-by", Supports, "supported by";
    LegalBasisFor = "legal-basis-for", BasedOn, "legal basis for";
    BasedOn = "based-on", LegalBasisFor, "based on";
    CarriesOut = "carries-out", CarriedOutBy, "carries out";
    CarriedOutBy = "carried-out-by", CarriesOut, "carried out by";
    Targets = "targets", TargetedBy, "targets";
    TargetedBy = "targeted-by", Targets, "targeted by";
    Labels = "labels", LabelledBy, "labels";
    LabelledBy = "labelled-by", Labels, "labelled by";
    Explains = "explains", ExplainedBy, "explains";
    ExplainedBy = "explained-by", Explains, "explained by";
    Contrasts = "contrasts", Contrasts, "contrasts with";
    Related = "related", Related, "related to";
    Gap = "gap", Gap, "missing:";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_the_inverse_of_its_inverse() {
        for relation in Relation::ALL {
            assert_eq!(relation.inverse().inverse(), *relation);
            let same = Relation::ALL.iter().filter(|other| other.word() == relation.word());
            assert_eq!(same.count(), 1, "{relation:?}");
        }
    }
}
