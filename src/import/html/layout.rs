//! Which tables of a page hold data, and which only lay it out.

use super::content::Content;
use super::tag::{Attr, Tag};
use super::tree::Tree;
use std::collections::HashSet;

/// The tables of a page that only lay it out: those with blocks in their cells that no cell of a
/// table of data has, those of one column, and those that say so.
pub fn layout(tree: &Tree, content: &Content) -> HashSet<usize> {
    let mut found = HashSet::new();
    // For each node, the table of the cell it is in; for each row, its cells.
    let mut cell_of: Vec<Option<usize>> = vec![None; tree.nodes.len()];
    let mut wide = HashSet::new();
    let mut cells: Vec<usize> = vec![0; tree.nodes.len()];
    for node in 1..tree.nodes.len() {
        let Some(parent) = tree.nodes.get(node).map(|n| n.parent) else { continue };
        let outer = cell_of.get(parent).copied().flatten();
        let tag = tree.tag(node);
        let own = if matches!(tag, Some(Tag::Td | Tag::Th)) {
            let table =
                tree.ancestors(node).skip(1).take(4).find(|n| tree.tag(*n) == Some(Tag::Table));
            let kept = content.left.get(node).is_some_and(Option::is_none);
            if let (Some(table), Some(count), true) = (table, cells.get_mut(parent), kept) {
                *count += 1;
                if *count > 1 {
                    wide.insert(table);
                }
            }
            table
        } else {
            outer
        };
        if let Some(slot) = cell_of.get_mut(node) {
            *slot = own;
        }
        let block = matches!(
            tag,
            Some(Tag::Table | Tag::Blockquote | Tag::Figure | Tag::Article | Tag::Section)
        ) || tag.and_then(Tag::heading).is_some();
        if let Some(table) = outer.filter(|_| block) {
            found.insert(table);
        }
        let says = |word: &str| matches!(word, "presentation" | "none");
        if tag == Some(Tag::Table) && tree.has_word(node, Attr::Role, says) {
            found.insert(node);
        }
    }
    let narrow = |n: &usize| tree.tag(*n) == Some(Tag::Table) && !wide.contains(n);
    found.extend((1..tree.nodes.len()).filter(narrow));
    found
}
