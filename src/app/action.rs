//! Every command a user can bind to a key, declared once: its name, its word in the footer, its
//! sentence. Help, palette, keymap and documentation are made from this table.

macro_rules! actions {
    ($($variant:ident, $name:literal, $short:literal, $doc:literal;)*) => {
        /// A command the user can bind to a key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $doc] $variant,)* }

        impl Action {
            /// Every command, in the order of the help screen.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in the keymap.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// One or two words, for the footer.
            pub const fn short(self) -> &'static str {
                match self { $(Self::$variant => $short,)* }
            }

            /// What it does, in a sentence.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }

            /// The command of a name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

actions! {
    NextCard, "next-card", "next card", "Open the next card in the order of the document";
    PreviousCard, "previous-card", "previous", "Open the previous card in the order of the document";
    Overview, "overview", "overview", "Open the overview of the briefing";
    Contents, "contents", "contents", "List the cards and the parts of this one";
    Open, "open", "open", "Open a card by its title or another name for it";

    NextLink, "next-link", "next link", "Choose the next link";
    PreviousLink, "previous-link", "previous link", "Choose the previous link";
    Follow, "follow", "follow", "Follow the chosen link";
    FollowNumber, "follow-number", "link", "Follow the link with this number";
    Hints, "hints", "letters", "Put letters on the links; a capital letter peeks";
    Peek, "peek", "peek", "Look at what the chosen link leads to, without leaving";
    Beside, "beside", "beside", "Open the chosen link, or this card, beside the text";
    OtherPane, "other-pane", "other side", "Go over to the card beside, or back";
    Backlinks, "backlinks", "links here", "List what links here, with the sentences";
    Back, "back", "back", "Go back to the exact place left before";
    Forward, "forward", "forward", "Go forward again";
    Who, "who", "who says", "Say who stands behind what you look at, and what it rests on";
    Voices, "voices", "voices", "List who speaks, and the claims of each";
    Sources, "sources", "sources", "List the sources, and what rests on each";
    Copy, "copy", "copy", "Copy what is chosen, with its citation";
    Trail, "trail", "trail", "Show where you came from as a tree, and jump in it";

    Find, "find", "find", "Find words in this card";
    FindNext, "find-next", "next", "Go to the next place found";
    FindPrevious, "find-previous", "previous", "Go to the previous place found";

    Search, "search", "search", "Search all cards";
    Index, "index", "index", "Look a name up in the index of titles and other names";
    NextEntry, "next-entry", "next entry", "Open the card of the next entry of the index";

    Timeline, "timeline", "timeline", "List all dates in their order";
    Path, "path", "path", "Show the shortest way to another card, sentence by sentence";
    Neighbours, "neighbours", "near", "List the cards within two steps";
    Orphans, "orphans", "orphans", "List the cards that nothing links to";
    Map, "map", "map", "Draw what links here and what this card links to";

    Answers, "answers", "answers", "Show or hide the answers to the questions";
    Progress, "progress", "state", "Say how far this card was read: unread, read, understood, to be read again";
    Changes, "changes", "changes", "Show what has changed in this card since it was read";
    Queue, "queue", "queue", "List the unread cards that those you have read refer to, and other cards to read";
    Mark, "mark", "mark", "Set a mark with a letter at this place";
    Jump, "jump", "marks", "Go to a mark by its letter, or twice: to where you were last time";
    Note, "note", "note", "Write a note on this card, or at the sentence on top of the screen";
    Notes, "notes", "notes", "List all notes and go to their places";
    Select, "select", "select", "Select words, to highlight, copy or write about them";
    Highlight, "highlight", "highlight", "Highlight what is selected, or take the highlight away again";
    NextSentence, "next-sentence", "sentence", "Widen what is selected by a sentence";
    PreviousSentence, "previous-sentence", "sentence back", "Take a sentence back, or one before it too";
    NextWord, "next-word", "word", "Widen what is selected by a word";
    PreviousWord, "previous-word", "word back", "Take a word back, or one before it too";
    NextParagraph, "next-paragraph", "paragraph", "Widen what is selected by a paragraph";
    PreviousParagraph, "previous-paragraph", "paragraph back", "Take a paragraph back, or one before it too";
    OtherEnd, "other-end", "other end", "Move the other end of what is selected";
    TakeBack, "take-back", "take back", "Take back that what you kept has followed a card to its new id";
    Remove, "remove", "remove", "Take the chosen mark or note away";
    BringBack, "bring-back", "bring back", "Bring back the note, mark or highlight that was taken away last";

    Study, "study", "study", "Be asked what is due of the cards you have read, or go on with the question you left";
    Cram, "cram", "cram", "Be asked all questions of this briefing; no schedule is changed";
    Again, "grade-again", "again", "Say that you did not know the answer";
    Hard, "grade-hard", "hard", "Say that you knew the answer with effort";
    Good, "grade-good", "good", "Say that you knew the answer";
    Easy, "grade-easy", "easy", "Say that you knew the answer without thinking";
    Undo, "undo", "undo", "Take the last grade back, or what else was done last in studying";
    Hint, "hint", "hint", "Show what helps to answer";
    Card, "card", "card", "Open the card of the question, at what the answer rests on";
    Bury, "bury", "not today", "Do not ask this question again today";
    SuspendQuestion, "suspend-question", "suspend", "Do not ask this question again, until you take that back";
    Flag, "flag", "flag", "Note that this question needs a look, or that it had one";
    Statistics, "statistics", "statistics", "Show what came of studying: what is due, what was known, time";

    Wider, "wider", "wider", "Make the lines longer";
    Narrower, "narrower", "narrower", "Make the lines shorter";
    ScrollRight, "scroll-right", "right", "Show more of wide tables and code to the right";
    ScrollLeft, "scroll-left", "left", "Show more of wide tables and code to the left";
    Rail, "rail", "rail", "Show or hide what stands beside the text";
    NextTheme, "next-theme", "theme", "Change the colours";
    Mouse, "mouse", "mouse", "Give the mouse back to the terminal, for copying, or take it again";
    Source, "source", "source", "Show the passage this rests on, as it stands in its source";
    Problems, "problems", "problems", "List what is wrong with what was opened";
    Edit, "edit", "edit", "Open the file in $EDITOR at this card";

    LineDown, "line-down", "down", "Move down by a line";
    LineUp, "line-up", "up", "Move up by a line";
    PageDown, "page-down", "page", "Move down by a page";
    PageUp, "page-up", "page up", "Move up by a page";
    HalfPageDown, "half-page-down", "half down", "Move down by half a page";
    HalfPageUp, "half-page-up", "half up", "Move up by half a page";
    Top, "top", "top", "Go to the top";
    Bottom, "bottom", "bottom", "Go to the bottom";

    Left, "left", "left", "Go to what stands to the left";
    Right, "right", "right", "Go to what stands to the right";
    Accept, "accept", "open", "Take what is chosen";
    Palette, "palette", "commands", "Choose any command by its name";
    Guide, "guide", "guide", "Open the guide to this reader";
    Help, "help", "help", "Show all keys of the screen you are on";
    Redraw, "redraw", "redraw", "Draw the screen anew";
    Suspend, "suspend", "suspend", "Stop and go back to the shell; `fg` comes back";
    Close, "close", "close", "Close the topmost layer; never quits";
    Quit, "quit", "quit", "Close the topmost layer; with none left, quit";
    QuitNow, "quit-now", "quit now", "Quit from anywhere";
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn names_lead_back_to_their_actions() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
            assert!(!action.doc().ends_with('.'), "{action:?}");
        }
    }
}
