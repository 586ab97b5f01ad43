//! Tables: a header, a line of dashes, rows.

use super::super::chars::Chars;
use super::blocks::{Above, Blocks, Draft, trimmed};
use super::words::is_blank;

/// Most cells that are filled in where rows are short.
const MOST_FILLED: usize = 65_536;

impl Blocks<'_> {
    /// The cells of the header, when a line and the one below it begin a table.
    pub fn table_header(&self, number: usize, to: usize) -> Option<Vec<Vec<char>>> {
        let below = number + 1;
        if number + 2 > to || self.line(below).indent < self.indent || self.is_deep(below) || self.is_deep(number) {
            return None;
        }
        let dashes = self.content(below);
        let (first, second) = (dashes.at(0)?, dashes.at(1)?);
        let is_sign = |c: char| matches!(c, '|' | '-' | ':');
        if !is_sign(first) || first == '-' && is_blank(second) || !dashes.all(|c| is_sign(c) || is_blank(c)) {
            return None;
        }
        let header = self.content(number).trimmed();
        let columns = columns(dashes)?;
        let cells = if header.0.contains(&'|') { cells(header) } else { return None };
        (!cells.is_empty() && cells.len() == columns).then_some(cells)
    }

    pub fn table(&mut self, from: usize, to: usize) -> Option<Draft> {
        let header = self.table_header(from, to)?;
        let mut rows = Vec::new();
        let mut filled = 0;
        let mut number = from + 2;
        while number < to && self.line(number).indent >= self.indent && !self.interrupts(number, to, Above::Other) {
            let text = self.content(number).trimmed();
            if text.is_empty() || self.is_deep(number) {
                break;
            }
            let mut row = cells(text);
            filled += header.len().saturating_sub(row.len());
            if filled > MOST_FILLED {
                break;
            }
            row.resize(header.len(), Vec::new());
            rows.push(row);
            number += 1;
        }
        self.next = number;
        Some(Draft::Table(header, rows))
    }
}

/// How many columns the line of dashes has.
fn columns(dashes: Chars<'_>) -> Option<usize> {
    let parts: Vec<Chars<'_>> = dashes.0.split(|c| *c == '|').map(|part| Chars(part).trimmed()).collect();
    let last = parts.len() - 1;
    let mut count = 0;
    for (index, part) in parts.into_iter().enumerate() {
        if part.is_empty() {
            if index == 0 || index == last {
                continue;
            }
            return None;
        }
        let left = usize::from(part.at(0) == Some(':'));
        let marks = part.run(left, |c| c == '-');
        let right = usize::from(part.at(left + marks) == Some(':'));
        if marks == 0 || left + marks + right != part.len() {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The cells of a row: `\|` does not end one.
fn cells(row: Chars<'_>) -> Vec<Vec<char>> {
    let mut cells = vec![Vec::new()];
    let mut is_escaped = false;
    for c in row.0 {
        match (c, cells.last_mut()) {
            ('|', Some(cell)) if is_escaped => {
                cell.pop();
                cell.push('|');
            }
            ('|', _) => cells.push(Vec::new()),
            (c, Some(cell)) => cell.push(*c),
            _ => {}
        }
        is_escaped = *c == '\\';
    }
    if cells.first().is_some_and(Vec::is_empty) {
        cells.remove(0);
    }
    if cells.last().is_some_and(Vec::is_empty) {
        cells.pop();
    }
    cells.iter().map(|cell| trimmed(cell)).collect()
}
