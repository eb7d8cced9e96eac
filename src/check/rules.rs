//! The rules, one to a file.

mod ambiguous_reference;
mod answer_in_question;
mod broken_reference;
mod claim_without_source;
mod gap_without_card;
mod long_bottom_line;
mod look_alike_id;
mod lost_list;
mod missing_bottom_line;
mod missing_image;
mod mixed_bases;
mod orphan_card;
mod passage_outside_file;
mod quote_not_found;
mod repeated_alias;
mod repeated_reference;
mod repeated_title;
mod section_without_basis;
mod section_without_passage;
mod source_differs;
mod unquoted_date;
mod unquoted_word;
mod unreachable_card;
mod unused_passage;
mod unused_source;
mod unused_voice;
mod wrong_later;

use super::explain::Rule;

/// All rules.
pub const ALL: &[Rule] = &[
    ambiguous_reference::RULE,
    answer_in_question::RULE,
    broken_reference::RULE,
    claim_without_source::RULE,
    gap_without_card::RULE,
    long_bottom_line::RULE,
    look_alike_id::RULE,
    lost_list::RULE,
    missing_bottom_line::RULE,
    missing_image::RULE,
    mixed_bases::RULE,
    orphan_card::RULE,
    passage_outside_file::RULE,
    quote_not_found::RULE,
    repeated_alias::RULE,
    repeated_reference::RULE,
    repeated_title::RULE,
    section_without_basis::RULE,
    section_without_passage::RULE,
    source_differs::RULE,
    unquoted_date::RULE,
    unquoted_word::RULE,
    unreachable_card::RULE,
    unused_passage::RULE,
    unused_source::RULE,
    unused_voice::RULE,
    wrong_later::RULE,
];
