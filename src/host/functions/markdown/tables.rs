//! Tables: a row of headings, a row of hyphens, and the rows.

use super::Blanks;
use super::blocks::is_special;
use super::{Document, Unclear};
use crate::host::html::has;

/// Whether a line is made of the marks between the headings of a table and its rows.
pub(super) fn is_underline(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Whether a chunk is a table.
pub(super) fn begins(chunk: &[&str]) -> bool {
    chunk.len() > 2
        && chunk.first().is_some_and(|line| line.contains('|'))
        && chunk.get(1).is_some_and(|line| is_underline(line))
}

impl Document<'_> {
    /// A chunk of which every line is a row.
    pub(super) fn table(&mut self, chunk: &[&str]) -> Result<String, Unclear> {
        let odd = |line: &&str| {
            !line.contains('|') || has(line, "||") || has(line, "\\|") || has(line, "`|") || line.starts_with("    ")
        };
        let rows = chunk.get(2..).unwrap_or_default();
        if rows.iter().any(|row| is_special(row))
            || chunk.first().is_some_and(|row| is_special(row))
            || chunk.iter().any(odd)
            || rows.iter().any(|row| is_underline(row))
        {
            return Err(Unclear);
        }
        let (head, underline) = (chunk.first().ok_or(Unclear)?, chunk.get(1).ok_or(Unclear)?);
        let mut aligns = Vec::new();
        for cell in cells(underline) {
            let hyphens = cell.trim_matches(':');
            if hyphens.is_empty() || hyphens.contains([':', ' ']) {
                return Err(Unclear);
            }
            aligns.push(match (cell.starts_with(':'), cell.ends_with(':')) {
                (true, true) => " style=\"text-align:center;\"",
                (true, false) => " style=\"text-align:left;\"",
                (false, true) => " style=\"text-align:right;\"",
                (false, false) => "",
            });
        }
        let mut lines = vec!["<table class=\"table table-bordered\">".to_owned(), "<thead>".to_owned()];
        self.row(head, "th", &aligns, &mut lines)?;
        lines.push("</thead>".to_owned());
        lines.push("<tbody>".to_owned());
        for row in rows {
            self.row(row, "td", &aligns, &mut lines)?;
        }
        lines.push("</tbody>".to_owned());
        lines.push("</table>".to_owned());
        Ok(lines.join("\n"))
    }

    fn row(&mut self, row: &str, tag: &str, aligns: &[&str], lines: &mut Vec<String>) -> Result<(), Unclear> {
        lines.push("<tr>".to_owned());
        for (place, cell) in cells(row).into_iter().enumerate() {
            let align = aligns.get(place).copied().unwrap_or_default();
            lines.push(format!("  <{tag}{align}>{}</{tag}>", self.spans(cell)?));
        }
        lines.push("</tr>".to_owned());
        Ok(())
    }
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.bare();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    row.split('|').map(str::trim).collect()
}
