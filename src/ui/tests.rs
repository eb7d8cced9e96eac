//! Sessions: keys in, screens out. Text is compared as a picture; a second picture shows the styles,
//! which text does not have.

mod claims;
mod files;
mod following;
mod keeping;
mod problems;
mod screens;
mod searching;
mod selecting;
mod session;
mod statistics;
mod studying;
mod telling;
mod ways;

use super::*;
use crate::app::{
    Code, Effect, Key, Keymap, Message, Mouse, MouseKind, Notice, Settings, State, update,
};
use crate::layout::Glyphs;
use crate::library::{self, Document, Library};
use insta::assert_snapshot;
use std::sync::Arc;

pub use session::Session;

const TWO: &str = "
id: two
title: Two cards
cards:
  - id: a
    title: First
    bottom_line: It comes first.
    body: |
      It leads to [[b]], to [[b#Part two|a part]], to [[nowhere]], and to <https://example.org/x>.

      | column | another |
      |---|---|
      | one | two |

      Words[^n] in a row.

      [^n]: A note.
  - id: b
    title: Second
    aliases: [Deux]
    bottom_line: It comes second, after [[a]].
    body: |
      ## Part one

      One.

      ## Part two

      Two.
";
