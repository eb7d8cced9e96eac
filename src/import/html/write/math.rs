//! Formulas of `MathML` on one line, and letters above and below the line.

use crate::import::html::tag::Tag;
use crate::import::html::tree::Tree;

/// Signs with space around them.
const RELATIONS: &str = "=<>\u{2264}\u{2265}\u{2248}\u{2260}\u{2261}\u{223c}\u{2208}\u{2192}\u{21d2}\u{21d4}\u{2282}\u{2286}\u{221d}";
/// Signs with space around them between two terms.
const BETWEEN: &str = "+-\u{2212}\u{b1}\u{d7}\u{22c5}";

/// A part of a formula, written.
#[derive(Debug, Default)]
struct Part {
    text: String,
    /// Whether it is one word of several letters, such as `cos`.
    word: bool,
    /// Whether it is a sign.
    sign: bool,
}

/// A formula without words of its own as text: `E = (1/2)mv\u{b2}`.
pub fn line(tree: &Tree, math: usize) -> String {
    let end = tree.inside(math).end;
    // Elements that are open: where they end, what they are, and what is inside them.
    let mut open: Vec<(usize, Option<Tag>, Vec<Part>)> = vec![(end, None, Vec::new())];
    let mut node = math + 1;
    loop {
        while open.len() > 1 && open.last().is_some_and(|(end, ..)| *end <= node) {
            let Some((_, tag, parts)) = open.pop() else { break };
            if let Some((.., around)) = open.last_mut() {
                around.push(written(tag, parts));
            }
        }
        if node >= end {
            break;
        }
        let tag = tree.tag(node);
        let inside = tree.inside(node).end;
        if let Some(text) = tree.text_at(node) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown: String =
                text.chars().filter(|c| !matches!(c, '\u{2061}'..='\u{2064}')).collect();
            if let Some((.., parts)) = open.last_mut().filter(|_| !shown.is_empty()) {
                let word = shown.chars().nth(1).is_some() && shown.chars().all(char::is_alphabetic);
                parts.push(Part { text: shown, word, sign: false });
            }
        } else if tag.is_some_and(Tag::is_silent) {
            node = inside;
            continue;
        } else {
            open.push((inside, tag, Vec::new()));
        }
        node += 1;
    }
    open.pop().map_or_else(String::new, |(.., parts)| written(None, parts).text)
}

/// An element whose parts are written.
fn written(tag: Option<Tag>, mut parts: Vec<Part>) -> Part {
    let count = match tag {
        Some(Tag::Mfrac | Tag::Msup | Tag::Msub | Tag::Mover | Tag::Mroot) => 2,
        Some(Tag::Msubsup) => 3,
        _ => 0,
    };
    if count > 0 && parts.len() == count {
        let mut texts = parts.into_iter().map(|part| part.text);
        let mut next = || texts.next().unwrap_or_default();
        let (first, second, third) = (next(), next(), next());
        let text = match tag {
            Some(Tag::Mfrac) => format!("({}/{})", bound(&first), bound(&second)),
            Some(Tag::Msup) => first + &script(&second, true),
            Some(Tag::Msub) => first + &script(&second, false),
            Some(Tag::Mroot) => format!("{}\u{221a}{}", script(&second, true), bound(&first)),
            Some(Tag::Mover) if second.chars().any(char::is_alphanumeric) => {
                first + &script(&second, true)
            }
            Some(Tag::Mover) => first + &second,
            _ => first + &script(&second, false) + &script(&third, true),
        };
        return Part { text, ..Part::default() };
    }
    match tag {
        Some(Tag::Mo) => {
            let text: String = parts.into_iter().map(|part| part.text).collect();
            let word = text.chars().nth(1).is_some() && text.chars().all(char::is_alphabetic);
            Part { text, word, sign: !word }
        }
        Some(Tag::Msqrt) => {
            let text = format!("\u{221a}{}", bound(&row(parts)));
            Part { text, ..Part::default() }
        }
        Some(Tag::Mtd) => Part { text: row(parts) + "  ", ..Part::default() },
        Some(Tag::Mtr) => {
            let text: String = parts.into_iter().map(|part| part.text).collect();
            Part { text: format!("{}; ", text.trim_end()), ..Part::default() }
        }
        _ if parts.len() == 1 => parts.pop().unwrap_or_default(),
        _ => Part { text: row(parts), ..Part::default() },
    }
}

/// Parts in a row, with space where they would run into each other.
fn row(parts: Vec<Part>) -> String {
    let mut out = String::new();
    let mut word = false;
    let mut parts = parts.into_iter().filter(|part| !part.text.is_empty()).peekable();
    while let Some(part) = parts.next() {
        let is = |signs: &str| part.sign && part.text.chars().all(|c| signs.contains(c));
        let term = !out.is_empty() && !out.ends_with(['(', '[', '{', ' ']);
        if is(RELATIONS) || (is(BETWEEN) && term && parts.peek().is_some()) {
            let space = if term { " " } else { "" };
            out.extend([space, &part.text, " "]);
        } else {
            let glued = out.ends_with(char::is_alphanumeric)
                && part.text.starts_with(char::is_alphanumeric);
            if glued && (word || part.word) {
                out.push(' ');
            }
            out.push_str(&part.text);
        }
        word = part.word;
    }
    out.trim_end_matches(' ').trim_end_matches(';').to_owned()
}

/// Text that stays together: in brackets if it is more than one term.
fn bound(text: &str) -> String {
    let closed = text.starts_with('(') && text.find(')') == Some(text.len().saturating_sub(1));
    let one = text.chars().all(char::is_alphanumeric) || text.chars().nth(1).is_none();
    if one || closed { text.to_owned() } else { format!("({text})") }
}

/// Text above or below the line.
fn script(text: &str, raised: bool) -> String {
    if text.is_empty() {
        return String::new();
    }
    small(text, raised).unwrap_or_else(|| {
        let sign = if raised { '^' } else { '_' };
        if text.chars().all(char::is_alphanumeric) {
            format!("{sign}{text}")
        } else {
            format!("{sign}({text})")
        }
    })
}

/// Text in letters that stand above or below the line, if there are such letters.
pub fn small(text: &str, raised: bool) -> Option<String> {
    text.chars().map(|c| if raised { superscript(c) } else { subscript(c) }).collect()
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?)?,
        '+' => '⁺',
        '-' | '\u{2212}' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn subscript(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32(0x2080 + c.to_digit(10)?)?,
        '+' => '₊',
        '-' | '\u{2212}' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::import::html::tree;

    fn written(inside: &str) -> String {
        let tree = tree::read(&format!("<math>{inside}</math>"), false);
        line(&tree, 1)
    }

    #[test]
    fn formulas_keep_their_sense_on_one_line() {
        let v = "<msup><mi>v</mi><mn>2</mn></msup>";
        for (inside, line) in [
            (format!("<mi>E</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>m</mi>{v}"), "E = (1/2)mv²"),
            ("<mi>a</mi><mi>cos</mi><mo>&#x2061;</mo><mi>t</mi><mo>-</mo><mn>1</mn>".into(), "a cos t - 1"),
            ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>".into(), "√(x + 1)"),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>".into(), "³√x"),
            ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub>".into(), "∑_(i = 1)ⁿx_i"),
            ("<mfrac><mrow><mo>-</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>".into(), "((-b)/2a)"),
            ("<mover><mi>x</mi><mo>¯</mo></mover>".into(), "x¯"),
            ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>".into(), "1  0; 0  1"),
            ("<mi>x</mi><annotation>no</annotation>".into(), "x"),
            ("<mfrac><mn>1</mn></mfrac>".into(), "1"),
        ] {
            assert_eq!(written(&inside), line, "{inside}");
        }
    }

    #[test]
    fn deep_formulas_end() {
        assert!(written(&"<mfrac>".repeat(20_000)).is_empty());
        assert!(written(&"<msqrt><mi>x</mi>".repeat(2_000)).len() < 20_000);
    }
}
