//! Clusters of which many terminals draw each character for itself: joined emoji, flags, vowels behind
//! their consonant. What they leave beside the cluster is not known to whoever compares two frames, so
//! rows with such clusters are written whole, and once more when the clusters are gone.

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthChar;

/// The rows of the last frame that have such clusters.
#[derive(Debug, Default)]
pub struct Pieces {
    rows: Vec<u16>,
}

impl Pieces {
    /// Has the rows of a frame written whole that need it.
    pub fn rewrite(&mut self, frame: &mut Buffer) {
        let area = frame.area;
        let rows = frame.content.chunks(usize::from(area.width).max(1));
        let now = (area.y..)
            .zip(rows)
            .filter(|(_, row)| row.iter().any(|cell| is_in_pieces(cell.symbol())));
        let now = now.map(|(y, _)| y).collect();
        let before = std::mem::replace(&mut self.rows, now);
        for row in self.rows.iter().chain(&before) {
            for column in area.left()..area.right() {
                if let Some(cell) = frame.cell_mut((column, *row)) {
                    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
    }
}

/// Whether more than one character of a cluster takes columns of its own.
fn is_in_pieces(cluster: &str) -> bool {
    // Nearly all cells of a screen hold one byte, and each is asked about for each frame.
    if cluster.len() <= 2 {
        return false;
    }
    let wide = |c: &char| c.width().is_some_and(|width| width > 0);
    cluster.chars().nth(1).is_some() && cluster.chars().filter(wide).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn one_character_with_marks_is_one_piece() {
        for one in ["a", "é", "e\u{301}", "漢", "❤\u{fe0f}", "ที่", ""] {
            assert!(!is_in_pieces(one), "{one}");
        }
        for more in ["👋🏽", "🇪🇨", "👩\u{200d}💻", "हि"] {
            assert!(is_in_pieces(more), "{more}");
        }
    }

    #[test]
    fn rows_are_written_whole_while_and_after_they_have_such_clusters() {
        let mut pieces = Pieces::default();
        let area = Rect::new(0, 0, 4, 2);
        let mut written = |lines: [&str; 2]| {
            let mut frame = Buffer::with_lines(lines);
            assert_eq!(frame.area, area);
            pieces.rewrite(&mut frame);
            let rows: Vec<u16> =
                Buffer::with_lines(lines).diff(&frame).iter().map(|at| at.1).collect();
            rows
        };
        assert!(written(["abcd", "efgh"]).is_empty());
        assert_eq!(written(["abcd", "🇪🇨gh"]), [1, 1, 1]);
        assert_eq!(written(["abcd", "efgh"]), [1, 1, 1, 1]);
        assert!(written(["abcd", "efgh"]).is_empty());
    }
}
