//! The words of HTML that stands in Markdown.

use html5gum::{DefaultEmitter, StartTag, State, Token, Tokenizer};

/// Tags without an end from which reading goes on behind the next `>`; what follows more of them
/// stands as it is written.
const MAX_TORN: usize = 16;

/// Text that is none of HTML, and instructions: how they start and end. HTML takes both for comments,
/// which end at the next `>`.
const MARKED: [(&str, &str); 2] = [(DATA, "]]>"), ("<?", "?>")];
const DATA: &str = "<![CDATA[";

/// Elements that stand apart from what is before and behind them.
const APART: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"center",
    b"dd",
    b"details",
    b"div",
    b"dl",
    b"dt",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"hr",
    b"li",
    b"main",
    b"nav",
    b"ol",
    b"option",
    b"p",
    b"pre",
    b"section",
    b"summary",
    b"table",
    b"tr",
    b"ul",
];

/// The text of `html` without tags, comments, scripts and styles. `<br>` becomes a line feed, a
/// picture the words for it.
pub fn text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut words = Words { out: String::with_capacity(html.len()), ..Words::default() };
    let mut rest = html;
    for _ in 0..MAX_TORN {
        rest = words.read(rest);
        // What is left is a tag without an end, often for want of a quote.
        match rest.find('>') {
            Some(end) => rest = rest.get(end + 1..).unwrap_or_default(),
            None => return words.out,
        }
    }
    words.out + rest
}

#[derive(Default)]
struct Words {
    out: String,
    /// Whether a link is open.
    linked: bool,
    /// Whether a script or a style is open.
    silent: bool,
    /// Whether what comes next stands apart from what there is.
    apart: bool,
}

impl Words {
    /// Reads as far as there are whole tags; gives what is left.
    fn read<'h>(&mut self, html: &'h str) -> &'h str {
        let mut rest = html;
        // No end is looked for in vain time and again.
        let mut in_vain = false;
        'more: loop {
            let emitter = DefaultEmitter::<usize>::new_with_span();
            let mut tokens = Tokenizer::new_with_emitter(rest, emitter);
            let mut at = 0;
            while let Some(Ok(token)) = tokens.next() {
                match token {
                    Token::StartTag(tag) => {
                        at = tag.span.end;
                        if let Some(state) = self.start(&tag) {
                            tokens.set_state(state);
                        }
                    }
                    Token::EndTag(tag) => {
                        at = tag.span.end;
                        self.end(&tag.name);
                    }
                    Token::String(text) => {
                        at = text.span.end;
                        self.text(&String::from_utf8_lossy(&text));
                    }
                    Token::Comment(comment) => {
                        let from = rest.get(at..).unwrap_or_default();
                        at = comment.span.end;
                        let start = MARKED.iter().find(|(start, _)| from.starts_with(start));
                        let Some((start, end)) = start.filter(|_| !in_vain) else { continue };
                        let Some((inside, after)) = from.split_once(end) else {
                            in_vain = true;
                            continue;
                        };
                        if *start == DATA {
                            self.text(inside.get(start.len()..).unwrap_or_default());
                        }
                        rest = after;
                        continue 'more;
                    }
                    Token::Doctype(doctype) => at = doctype.span.end,
                    Token::Error(_) => {}
                }
            }
            return rest.get(at..).unwrap_or_default();
        }
    }
}

impl Words {
    /// Takes the start of an element; how what follows is to be read, if not as HTML.
    fn start(&mut self, tag: &StartTag<usize>) -> Option<State> {
        let value = |name: &[u8]| tag.attributes.get(name).filter(|value| !value.is_empty());
        match tag.name.as_slice() {
            b"br" => self.out.push('\n'),
            b"a" => self.linked = true,
            b"img" => {
                let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
                let file = || value(b"src").map(|src| picture(&text(src)).to_owned());
                let words = value(b"alt").map(|alt| text(alt)).or_else(file).unwrap_or_default();
                self.apart();
                // A picture that is a link is its words.
                let (open, close) = if self.linked { ("", "") } else { ("[image: ", "]") };
                self.out.extend([open, &words, close]);
            }
            b"script" => {
                self.silent = true;
                return Some(State::ScriptData);
            }
            b"style" => {
                self.silent = true;
                return Some(State::RawText);
            }
            b"textarea" | b"title" => return Some(State::RcData),
            name => self.apart |= APART.contains(&name),
        }
        None
    }

    fn end(&mut self, name: &[u8]) {
        self.silent = false;
        match name {
            b"td" | b"th" => self.out.push_str("  "),
            b"tr" | b"li" | b"br" => self.out.push('\n'),
            b"a" => self.linked = false,
            name => self.apart |= APART.contains(&name),
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent || text.is_empty() {
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.apart = false;
        }
        self.apart();
        self.out.push_str(text);
    }

    /// A space, if one is needed between what there is and what comes.
    fn apart(&mut self) {
        let apart = std::mem::take(&mut self.apart);
        if apart && !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }
}

/// The opening tags of `html`: the name in lower case, and what stands behind it.
pub fn tags(html: &str) -> impl Iterator<Item = (String, &str)> {
    html.split('<').skip(1).filter_map(|tag| {
        let inside = tag.split('>').next().unwrap_or_default();
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        (!name.is_empty()).then(|| (name.to_ascii_lowercase(), rest))
    })
}

/// The value of an attribute, quoted or not.
pub fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '='));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '='));
        let (name, after) = rest.split_at(end?);
        rest = after;
        let Some(value) = after.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let value = value.get(1..)?;
                value.split_once(quote).unwrap_or((value, ""))
            }
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return (!value.is_empty()).then_some(value);
        }
        rest = after;
    }
}

/// What a picture without words is called: the name of its file.
pub fn picture(address: &str) -> &str {
    if address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return "embedded";
    }
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { address } else { name }
}

#[cfg(test)]
mod tests {
    use super::{attribute, picture, text};

    #[test]
    fn attributes_have_quotes_or_none() {
        let tag = " class=a/b  HREF = x.html?a=b id='c d' title=\"\" alt name=\"n";
        let value = |name| attribute(tag, name);
        assert_eq!((value("class"), value("href")), (Some("a/b"), Some("x.html?a=b")));
        assert_eq!((value("id"), value("title"), value("alt")), (Some("c d"), None, None));
        assert_eq!((value("name"), value("c"), value("d'")), (Some("n"), None, None));
        assert_eq!((attribute("=", "a"), attribute(" a", "a")), (None, None));
        assert_eq!(attribute("/ a=b", "a"), Some("b"));
    }

    #[test]
    fn a_picture_without_words_is_called_as_its_file() {
        for (address, name) in [
            ("//h.example/a/b/250px-V.jpg?x=1", "250px-V.jpg"),
            ("b.svg", "b.svg"),
            ("https://h.example/", "h.example"),
            ("data:image/png;base64,AAAA/BB", "embedded"),
            ("#", "#"),
        ] {
            assert_eq!(picture(address), name);
        }
        assert_eq!(text("<img src='a/x.png'>"), "[image: x.png]");
    }

    #[test]
    fn keeps_words_and_drops_tags() {
        assert_eq!(text("<p class='a'>one <b>two</b></p>"), "one two");
        assert_eq!(text("a<!-- b -->c<br/>d"), "ac\nd");
        assert_eq!(text("a<script>alert('<b>')</SCRIPT>b"), "ab");
        assert_eq!(text("1 < 2 and 3 > 2"), "1 < 2 and 3 > 2");
        assert_eq!(text("<!-- open"), "");
        assert_eq!(text("<script>open"), "");
        assert_eq!(text("<tr><td>a</td><td>b</td></tr><li>c</li>"), "a  b  \nc\n");
        assert_eq!(text("<"), "<");
        assert_eq!(text("a <img alt=\"map\" src='x'>"), "a [image: map]");
    }

    #[test]
    fn reads_tags_and_characters_as_browsers_do() {
        assert_eq!(text("<a title='x > y' b=\">\">w</a>"), "w");
        assert_eq!(text("<img alt=map src=x.png><img src=x.png>"), "[image: map][image: x.png]");
        assert_eq!(text("<p>a &amp; b &eacute;&copy;</p>"), "a & b é©");
        assert_eq!(text("<h2>a</h2><p>b<b>c</b></p><div> d</div>"), "a bc d");
        assert_eq!(text("<title>a <b></title>"), "a <b>");
        assert_eq!(text("<STYLE>a</STYLE>b<!-- <p> > -->c<!doctype html>d"), "bcd");
    }

    #[test]
    fn what_is_marked_ends_where_its_mark_does() {
        assert_eq!(text("a<?php echo '>'; ?>b"), "ab");
        assert_eq!(text("é &amp; <p x='>'>a<![CDATA[b > <i>]]>c<?x?>d"), "é & ab > <i>cd");
        assert_eq!(text("a<? b <? c > d <![CDATA[ e"), "a d ");
        assert_eq!(text("<!-- --><?a > b?>c"), "c");
    }

    #[test]
    fn a_tag_without_an_end_takes_no_words_along() {
        assert_eq!(text("a <b class=\"c>d <i>e</i>"), "a d e");
        assert_eq!(text("<div"), "");
        // Many of them take no longer each.
        let many = "<a b=\">\" ".repeat(20_000);
        assert!(text(&many).len() > 100_000);
        text(&"<? ".repeat(50_000));
        text(&"<![CDATA[ > ".repeat(50_000));
    }
}
