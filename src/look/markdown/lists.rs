//! Lists: a mark, and what is indented behind it.

use super::blocks::{Above, Blocks, Draft, Line};
use super::words::is_blank;

/// The mark of an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// The number; `None` for a bullet.
    number: Option<u64>,
    /// The bullet, or what stands behind the number.
    sign: char,
    /// Behind it.
    end: usize,
}

impl Blocks<'_> {
    /// The mark that begins a list on a line.
    pub fn list_mark(&self, number: usize, in_paragraph: bool) -> Option<Mark> {
        let line = self.line(number);
        let belongs_above = self.list_indent >= 0 && line.indent - self.list_indent >= 4 && line.indent < self.indent;
        if self.is_deep(number) || belongs_above {
            return None;
        }
        let mark = self.mark(number)?;
        // Within a paragraph only a list that counts from 1, and whose first item says something.
        if in_paragraph && line.indent >= self.indent {
            let is_empty = self.text.part(mark.end..line.end).all(is_blank);
            if is_empty || mark.number.is_some_and(|number| number != 1) {
                return None;
            }
        }
        Some(mark)
    }

    fn mark(&self, number: usize) -> Option<Mark> {
        let content = self.content(number);
        let digits = content.run(0, |c| c.is_ascii_digit());
        let sign = content.at(digits)?;
        let is_mark = if digits == 0 { matches!(sign, '*' | '-' | '+') } else { matches!(sign, ')' | '.') };
        if !is_mark || digits > 9 || content.at(digits + 1).is_some_and(|c| !is_blank(c)) {
            return None;
        }
        let value = content.part(0..digits).text().parse().ok();
        Some(Mark { number: value, sign, end: self.first(number) + digits + 1 })
    }

    pub fn list(&mut self, from: usize, to: usize, first: Mark) -> Draft {
        let mut items = Vec::new();
        let mut number = from;
        let mut mark = first;
        self.level += 2;
        loop {
            items.push(self.item(number, to, mark));
            number = self.next;
            if number >= to
                || self.line(number).indent < self.indent
                || self.is_deep(number)
                || self.interrupts(number, to, Above::List)
            {
                break;
            }
            match self.mark(number) {
                Some(next) if next.sign == first.sign && next.number.is_some() == first.number.is_some() => mark = next,
                _ => break,
            }
        }
        self.level -= 2;
        self.next = number;
        Draft::List { first: first.number, items }
    }

    fn item(&mut self, number: usize, to: usize, mark: Mark) -> Vec<Draft> {
        let line = self.line(number);
        let behind_mark = isize::try_from(mark.end - self.first(number)).unwrap_or_default() + line.indent;
        let (mut at, mut column) = (mark.end, behind_mark);
        while let Some(c) = self.text.at(at).filter(|c| at < line.end && is_blank(*c)) {
            column += if c == '\t' { 4 - (column + line.taken) % 4 } else { 1 };
            at += 1;
        }
        let is_empty = at >= line.end;
        let blanks = column - behind_mark;
        let indent = behind_mark + if is_empty || blanks > 4 { 1 } else { blanks };
        let (old_indent, old_list) = (self.indent, self.list_indent);
        self.list_indent = old_indent;
        self.indent = indent;
        self.set(number, Line { shift: at - line.start, indent: column, ..line });
        let content = if is_empty && self.is_empty(number + 1) {
            self.next = (number + 2).min(to);
            Vec::new()
        } else {
            self.read(number, to)
        };
        self.indent = old_indent;
        self.list_indent = old_list;
        self.set(number, line);
        content
    }
}
