//! Names of elements and attributes that mean something to a reader, and what sort each is.

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $($word:literal)|+,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Reads a name as the tokenizer gives it, in lower case.
            pub fn read(name: &[u8]) -> Option<Self> {
                Some(match std::str::from_utf8(name).ok()? {
                    $($($word)|+ => Self::$variant,)*
                    _ => return None,
                })
            }
        }
    };
}

names! {
    /// An element; names that mean the same to a reader are one.
    Tag {
        A = "a", Abbr = "abbr" | "acronym", Annotation = "annotation" | "annotation-xml",
        Article = "article", Aside = "aside", Base = "base", Blockquote = "blockquote", Body = "body",
        Br = "br", Button = "button", Caption = "caption", Code = "code" | "tt" | "samp" | "kbd",
        Col = "col", Colgroup = "colgroup", Dd = "dd", Del = "del" | "s" | "strike",
        Details = "details", Dfn = "dfn", Dialog = "dialog", Div = "div" | "center" | "fieldset"
            | "hgroup" | "menuitem" | "legend" | "search", Dl = "dl", Dt = "dt",
        Em = "em" | "i" | "cite" | "var", Figcaption = "figcaption", Figure = "figure",
        Footer = "footer", Form = "form", H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5",
        H6 = "h6", Head = "head", Header = "header", Hr = "hr", Html = "html", Iframe = "iframe",
        Image = "image", Img = "img", Input = "input", Li = "li", Link = "link", Main = "main",
        Math = "math", Mfrac = "mfrac", Mo = "mo", Mover = "mover", Mroot = "mroot", Msqrt = "msqrt",
        Msub = "msub" | "munder", Msubsup = "msubsup" | "munderover", Msup = "msup",
        Mtd = "mtd", Mtr = "mtr" | "mlabeledtr", Media = "audio" | "video" | "canvas" | "object" | "embed" | "source" | "track"
            | "param" | "frame" | "area" | "basefont" | "bgsound" | "keygen",
        Meta = "meta", Nav = "nav", Noembed = "noembed" | "noframes", Noscript = "noscript",
        Ol = "ol", Optgroup = "optgroup", Option = "option", P = "p", Plaintext = "plaintext",
        Pre = "pre" | "listing", Q = "q", Rp = "rp", Rt = "rt", Ruby = "ruby", Script = "script",
        Section = "section" | "address", Select = "select" | "datalist", Strong = "strong" | "b",
        Style = "style", Sub = "sub", Summary = "summary", Sup = "sup", Svg = "svg",
        Table = "table", Tbody = "tbody", Td = "td", Template = "template", Textarea = "textarea",
        Tfoot = "tfoot", Th = "th", Thead = "thead", Title = "title", Tr = "tr",
        Ul = "ul" | "menu" | "dir", Wbr = "wbr", Xmp = "xmp",
    }
}

names! {
    /// An attribute.
    Attr {
        Align = "align", Alt = "alt", AltText = "alttext", AriaHidden = "aria-hidden",
        AriaLabel = "aria-label", Charset = "charset", Checked = "checked", Class = "class",
        Colspan = "colspan", Content = "content", DataLang = "data-lang" | "data-language",
        DataSrc = "data-src", Encoding = "encoding", EpubType = "epub:type", Hidden = "hidden", Href = "href" | "xlink:href",
        HttpEquiv = "http-equiv", Id = "id" | "xml:id", Lang = "lang" | "xml:lang", Name = "name",
        Open = "open", Rel = "rel", Role = "role", Rowspan = "rowspan", Src = "src", Start = "start",
        Style = "style", Title = "title", Type = "type", Value = "value",
    }
}

impl Tag {
    /// 1 to 6 for a heading.
    pub fn heading(self) -> Option<u8> {
        Some(match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
            Self::H5 => 5,
            Self::H6 => 6,
            _ => return None,
        })
    }

    /// Whether it never has an end tag.
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Br
                | Self::Col
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Wbr
        )
    }

    /// Whether it starts on a line of its own.
    pub fn is_block(self) -> bool {
        self.heading().is_some()
            || matches!(
                self,
                Self::Article
                    | Self::Aside
                    | Self::Blockquote
                    | Self::Body
                    | Self::Caption
                    | Self::Dd
                    | Self::Details
                    | Self::Dialog
                    | Self::Div
                    | Self::Dl
                    | Self::Dt
                    | Self::Figcaption
                    | Self::Figure
                    | Self::Footer
                    | Self::Form
                    | Self::Header
                    | Self::Hr
                    | Self::Html
                    | Self::Li
                    | Self::Main
                    | Self::Nav
                    | Self::Ol
                    | Self::P
                    | Self::Plaintext
                    | Self::Pre
                    | Self::Section
                    | Self::Summary
                    | Self::Table
                    | Self::Tbody
                    | Self::Td
                    | Self::Tfoot
                    | Self::Th
                    | Self::Thead
                    | Self::Tr
                    | Self::Ul
                    | Self::Xmp
            )
    }

    /// Whether nothing inside it is ever shown, or only by a program.
    pub fn is_silent(self) -> bool {
        matches!(
            self,
            Self::Annotation
                | Self::Button
                | Self::Head
                | Self::Iframe
                | Self::Link
                | Self::Media
                | Self::Meta
                | Self::Noembed
                | Self::Noscript
                | Self::Script
                | Self::Select
                | Self::Style
                | Self::Template
                | Self::Textarea
                | Self::Title
        )
    }

    /// Whether an end tag inside it does not reach what lies outside.
    pub fn is_wall(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Td | Self::Th | Self::Caption | Self::Template | Self::Svg
        )
    }
}
