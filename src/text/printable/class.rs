//! Classes of characters, as far as it matters how a terminal treats them.

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// The name of a character that reorders text.
pub fn bidi_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{61c}' => "ALM",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        _ => return None,
    })
}

/// Whether a character is drawn as it is whatever stands beside it: letters, digits and
/// punctuation of the scripts whose characters stand alone. What is not known here is looked at
/// more closely.
pub const fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{384}'..='\u{386}'
        | '\u{388}'..='\u{38a}' | '\u{3a3}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{1e00}'..='\u{1f15}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}' | '\u{2500}'..='\u{25ff}' | '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff9d}')
}

/// Letters of scripts that run from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Characters without width that printers put into honest text: taken out without a warning.
/// Soft hyphen, word joiner, text presentation, the tags that spell a flag.
pub fn is_typographic(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2060}' | '\u{fe00}'..='\u{fe0e}')
}

/// Characters without width that nobody sees.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// What no text should hold.
pub fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    // U+10EEEE is the place-holder by which one terminal paints images.
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe || code == 0x10_eeee
}

/// Whether a character is a vowel or a last consonant of a Korean syllable that no such syllable
/// before it takes up: without columns, it would not be seen. The rules are GB7 and GB8 of UAX #29.
pub fn is_lost_jamo(last: Option<char>, c: char) -> bool {
    let vowel = |c| matches!(c, '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}');
    let end = |c| matches!(c, '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}');
    let syllable = |c| matches!(c, '\u{ac00}'..='\u{d7a3}');
    // Every 28th syllable has no last consonant.
    let open = |c| syllable(c) && (u32::from(c) - 0xac00).is_multiple_of(28);
    let first = |c| matches!(c, '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}');
    if vowel(c) {
        !last.is_some_and(|last| first(last) || vowel(last) || open(last))
    } else {
        end(c) && !last.is_some_and(|last| vowel(last) || end(last) || syllable(last))
    }
}

/// Marks on the character before.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c) || (c.width() == Some(0) && !is_joiner(c) && c != '\u{fe0f}')
}

/// Characters that join their neighbours, or part them.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Scripts in which a joiner changes the shape of letters.
pub fn is_joining(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1a20}'..='\u{1cff}'
        | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10a00}'..='\u{11fff}')
}

/// Signs that may be part of an emoji.
pub fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}
