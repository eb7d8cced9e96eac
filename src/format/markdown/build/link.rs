//! Links of running text: those of Markdown, and those written as tags.

use super::Builder;
use crate::format::markdown::{html, target};
use crate::model::Link;
use pulldown_cmark::LinkType;

impl Builder {
    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str) {
        self.see_also.paragraph();
        self.inline.links_open += 1;
        if self.inline.links_open > 1 {
            return; // an image with a link inside a link: the outer one counts
        }
        self.inline.flush();
        let target = target(kind, destination);
        let labelled = kind != LinkType::WikiLink { has_pothole: false };
        self.inline.link = Some(self.links.len());
        if !labelled {
            self.inline.pending.push_str(&target.shown());
            self.inline.unnamed = true;
        }
        self.links.push(Link { target, labelled });
    }

    /// Opens or closes a link that is written as a tag.
    pub(super) fn html_link(&mut self, tag: &str) {
        if self.tagged && tag.starts_with("</") {
            self.end_tagged_link();
        }
        for (name, tag) in html::tags(tag) {
            if let ("a", Some(address)) = (name.as_str(), html::attribute(tag, "href")) {
                self.end_tagged_link();
                if self.inline.links_open == 0 {
                    self.start_link(LinkType::Inline, address);
                    self.tagged = true;
                }
            }
        }
    }

    /// A link that is written as a tag ends with its paragraph at the latest.
    pub(super) fn end_tagged_link(&mut self) {
        if std::mem::take(&mut self.tagged) {
            self.end_link();
        }
    }

    pub(super) fn end_link(&mut self) {
        self.inline.links_open = self.inline.links_open.saturating_sub(1);
        if self.inline.links_open == 0 {
            self.inline.flush();
            self.inline.link = None;
            self.inline.unnamed = false;
        }
    }
}
