//! How the screen is divided. Drawing and mouse hits use the same answer.

/// A part of the screen, in columns and rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rect {
    /// First column.
    pub x: usize,
    /// First row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Rect {
    /// Whether a cell lies in it.
    pub fn contains(&self, x: usize, y: usize) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    /// This text further left in its pane, as far as rows of so many columns need it and there is room.
    pub fn moved_left(self, pane: Self, columns: usize) -> Self {
        let left = self.x.saturating_sub(pane.x + MARGINS.0);
        let missing = columns.saturating_sub(self.to_the_right_of(pane).width);
        Self { x: self.x - missing.min(left), ..self }
    }

    /// This text with what its pane has free right of it, but for the margin.
    pub fn to_the_right_of(self, pane: Self) -> Self {
        let end = (pane.x + pane.width).saturating_sub(MARGINS.1);
        Self { width: end.saturating_sub(self.x).max(self.width), ..self }
    }
}

/// What the panes depend on besides the size of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// Columns of a line of text, the gutter not included.
    pub measure: usize,
    /// Whether a second card is open.
    pub beside: bool,
    /// Whether there may be anything beside the text.
    pub rail: bool,
    /// Whether there is nothing to show in the rail, so that the text has its columns.
    pub bare: bool,
}

/// The parts of the screen. Parts without columns or rows are not drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    /// Where one is.
    pub header: Rect,
    /// The list of cards.
    pub contents: Rect,
    /// The card.
    pub main: Rect,
    /// The text in it.
    pub text: Rect,
    /// The second card.
    pub beside: Rect,
    /// The text in it.
    pub beside_text: Rect,
    /// What belongs to the card: its links, who links here, who speaks, the trail.
    pub rail: Rect,
    /// What the keys do.
    pub footer: Rect,
    /// Whether a line parts header and footer from the rest.
    pub ruled: bool,
}

/// From this width something may stand beside the text.
pub const TWO_PANES: usize = 100;
/// From this width two cards fit side by side.
const TWO_CARDS: usize = 112;
/// From this width the list of cards stays.
const THREE_PANES: usize = 160;
/// Columns of the rail.
const RAIL: usize = 38;
/// Columns of the list of cards.
const CONTENTS: usize = 34;
/// Columns of the gutter left of a text, and free columns right of it.
const MARGINS: (usize, usize) = (1, 1);
/// From this height there is room for lines between the parts.
const RULED: usize = 12;

/// Divides a screen of `width` columns and `height` rows.
pub fn panes(width: usize, height: usize, wishes: Wishes) -> Panes {
    let ruled = height >= RULED;
    let rule = usize::from(ruled);
    let header = Rect { x: 0, y: 0, width, height: height.min(1) };
    let footer_height = usize::from(height >= 3);
    let footer = Rect { x: 0, y: height - footer_height.min(height), width, height: footer_height };
    let top = header.height + rule;
    let bottom = footer.y.saturating_sub(rule).max(top);
    let column = |x: usize, width: usize| Rect { x, y: top, width, height: bottom - top };
    let mut panes = Panes { header, footer, ruled, ..Panes::default() };
    // A line parts one column from the next.
    let (mut left, mut right) = (0, width);
    if width >= THREE_PANES && wishes.rail {
        panes.contents = column(0, CONTENTS);
        left = CONTENTS + 1;
    }
    if wishes.beside && right - left >= TWO_CARDS.min(width) && width >= TWO_CARDS {
        let half = (right - left - 1) / 2;
        panes.beside = column(right - half, half);
        right -= half + 1;
    } else if width >= TWO_PANES && wishes.rail && !wishes.bare {
        let free = right - left;
        let most = free.saturating_sub(wishes.measure + 8);
        let rail = RAIL.max(most.min(RAIL + RAIL / 2));
        panes.rail = column(right - rail, rail);
        right -= rail + 1;
    }
    panes.main = column(left, right - left);
    panes.text = text(panes.main, wishes.measure);
    panes.beside_text = text(panes.beside, wishes.measure);
    panes
}

/// The text in a pane: as wide as the measure allows, in the middle if there is room to spare.
fn text(pane: Rect, measure: usize) -> Rect {
    let (left, right) = if pane.width > 40 { MARGINS } else { (0, 0) };
    let room = pane.width.saturating_sub(left + right);
    // The bars beside the text take two columns.
    let width = room.min(measure + 2);
    let spare = room - width;
    Rect { x: pane.x + left + spare / 2, width, ..pane }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wishes(beside: bool) -> Wishes {
        Wishes { measure: 76, beside, rail: true, bare: false }
    }

    #[test]
    fn what_is_wider_than_a_text_has_the_free_columns_of_its_pane() {
        let p = panes(200, 60, wishes(false));
        assert_eq!((p.main.x, p.main.width, p.text.x, p.text.width), (35, 107, 49, 78));
        assert_eq!(p.text.to_the_right_of(p.main).width, 92);
        assert_eq!(p.text.moved_left(p.main, 92), p.text, "there is room at the right");
        assert_eq!(p.text.moved_left(p.main, 100).x, 41);
        let whole = p.text.moved_left(p.main, 500).to_the_right_of(p.main);
        assert_eq!((whole.x, whole.width), (36, 105));
        let narrow = panes(30, 20, wishes(false));
        assert_eq!(narrow.text.moved_left(narrow.main, 500), narrow.text);
    }

    #[test]
    fn narrow_screens_have_one_pane() {
        let panes = panes(80, 24, wishes(true));
        assert_eq!(panes.main, Rect { x: 0, y: 2, width: 80, height: 20 });
        assert_eq!((panes.rail.width, panes.contents.width, panes.beside.width), (0, 0, 0));
        assert_eq!(panes.text.width, 78);
    }

    #[test]
    fn wider_screens_have_a_rail() {
        let panes = panes(120, 40, wishes(false));
        assert_eq!((panes.main.width, panes.rail.width, panes.rail.x), (81, 38, 82));
        assert_eq!(panes.text.width, 78);
    }

    #[test]
    fn an_empty_rail_leaves_its_columns_to_the_text() {
        let bare = Wishes { bare: true, ..wishes(false) };
        let narrow = panes(100, 30, bare);
        assert_eq!((narrow.main.width, narrow.rail.width, narrow.text.width), (100, 0, 78));
        assert_eq!(narrow.text.x, 11);
        let wide = panes(200, 60, bare);
        assert_eq!((wide.contents.width, wide.rail.width), (34, 0));
    }

    #[test]
    fn a_second_card_takes_the_place_of_the_rail() {
        let panes = panes(140, 40, wishes(true));
        assert_eq!((panes.main.width, panes.beside.width, panes.rail.width), (70, 69, 0));
    }

    #[test]
    fn the_widest_screens_have_three_panes() {
        let panes = panes(200, 60, wishes(false));
        assert_eq!((panes.contents.width, panes.main.x), (34, 35));
        assert!(panes.rail.width >= 38);
        let beside = super::panes(200, 60, wishes(true));
        assert_eq!((beside.contents.width, beside.main.width, beside.beside.width), (34, 82, 82));
    }

    proptest! {
        #[test]
        fn panes_lie_on_the_screen_and_do_not_overlap(width in 0usize..300, height in 0usize..120, beside: bool, rail: bool, bare: bool, measure in 60usize..85) {
            let p = panes(width, height, Wishes { measure, beside, rail, bare });
            let all = [p.header, p.contents, p.main, p.beside, p.rail, p.footer];
            for (at, a) in all.iter().enumerate() {
                prop_assert!(a.width == 0 || a.height == 0 || (a.x + a.width <= width && a.y + a.height <= height), "{p:?}");
                for b in all.iter().skip(at + 1).filter(|b| b.width > 0 && b.height > 0 && a.height > 0) {
                    let apart = a.x + a.width <= b.x || b.x + b.width <= a.x
                        || a.y + a.height <= b.y || b.y + b.height <= a.y;
                    prop_assert!(apart || a.width == 0, "{p:?}");
                }
            }
            for (text, pane) in [(p.text, p.main), (p.beside_text, p.beside)] {
                prop_assert!(text.x >= pane.x && text.x + text.width <= pane.x + pane.width);
            }
        }
    }
}
