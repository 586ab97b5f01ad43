//! Lists: their items, the lists inside them, and which items hold paragraphs.

use super::Blanks;
use super::blocks::{is_rule, is_special, looks_like_rule};
use super::tables;
use super::{Document, Unclear};
use crate::host::html::has;

/// Deeper lists than this are read differently by different versions.
const DEPTH: usize = 3;

/// The mark of an item at the beginning of a line, and what follows it.
pub(super) fn marker(line: &str) -> Option<(&str, &str)> {
    let end = match line.chars().next()? {
        '*' | '+' | '-' => 1,
        '0'..='9' => {
            line.find(|c: char| !c.is_ascii_digit())
                .filter(|end| line.get(*end..).is_some_and(|dot| dot.starts_with('.')))?
                + 1
        }
        _ => return None,
    };
    let (mark, text) = line.split_at_checked(end)?;
    text.starts_with(' ').then(|| (mark, text.left()))
}

fn is_numbered(mark: &str) -> bool {
    mark.ends_with('.')
}

fn indent(line: &str) -> usize {
    line.len() - line.left().len()
}

/// Whether a line with the mark of a list could be anything else.
fn is_odd(line: &str) -> bool {
    looks_like_rule(line) || has(line, "```") || tables::is_underline(line)
}

/// One item: its lines behind the mark, and whether an empty line follows it.
struct Item<'a> {
    lines: Vec<&'a str>,
    open: bool,
}

impl Document<'_> {
    /// The list that some lines begin with, and how many lines it takes.
    pub(super) fn list(&mut self, lines: &[&str]) -> Result<(String, usize), Unclear> {
        let (mark, _) = lines.first().and_then(|line| marker(line)).ok_or(Unclear)?;
        let mut taken = 0;
        while let Some(line) = lines.get(taken) {
            if !line.is_empty() {
                taken += 1;
                continue;
            }
            let Some(gap) = lines.get(taken..).unwrap_or_default().iter().position(|line| !line.is_empty()) else {
                break;
            };
            let next = lines.get(taken + gap).copied().unwrap_or_default();
            match marker(next).filter(|_| !is_rule(next)) {
                // Two lists of different kinds end each other in their own way.
                Some((other, _)) if is_numbered(other) != is_numbered(mark) => return Err(Unclear),
                Some(_) if gap == 1 => taken += 1,
                None if !next.starts_with(' ') => break,
                _ => return Err(Unclear),
            }
        }
        let html = self.items(lines.get(..taken).unwrap_or_default(), 1)?;
        Ok((html, taken))
    }

    /// A list whose items begin at the margin.
    fn items(&mut self, lines: &[&str], depth: usize) -> Result<String, Unclear> {
        let mut items: Vec<Item<'_>> = Vec::new();
        let (mark, _) = lines.first().and_then(|line| marker(line)).ok_or(Unclear)?;
        if depth > DEPTH || is_numbered(mark) && mark != "1." {
            return Err(Unclear);
        }
        for line in lines {
            if let Some((own, text)) = marker(line) {
                if is_numbered(own) != is_numbered(mark) || text.is_empty() || marker(text).is_some() || is_odd(line) {
                    return Err(Unclear);
                }
                items.push(Item { lines: vec![text], open: false });
                continue;
            }
            let item = items.last_mut().ok_or(Unclear)?;
            if line.is_empty() {
                item.open = true;
            } else if item.open {
                return Err(Unclear);
            } else {
                item.lines.push(line);
            }
        }
        let tag = if is_numbered(mark) { "ol" } else { "ul" };
        let mut html = format!("<{tag}>\n");
        let last = items.len().saturating_sub(1);
        let mut before = false;
        for (place, item) in items.iter().enumerate() {
            // An empty line on either side makes a paragraph of an item.
            let open = item.open && place < last;
            let content = if open || before { self.open_item(item)? } else { self.item(item, depth)? };
            html.push_str("<li>");
            html.push_str(&content);
            html.push_str("</li>\n");
            before = open;
        }
        html.push_str(&format!("</{tag}>"));
        Ok(html)
    }

    /// An item that holds a paragraph.
    fn open_item(&mut self, item: &Item<'_>) -> Result<String, Unclear> {
        let [line] = item.lines.as_slice() else { return Err(Unclear) };
        if is_special(line) || line.contains('|') {
            return Err(Unclear);
        }
        Ok(format!("<p>{}</p>", self.spans(line)?))
    }

    fn item(&mut self, item: &Item<'_>, depth: usize) -> Result<String, Unclear> {
        let nested = item.lines.iter().skip(1).position(|line| marker(line.left()).is_some());
        let (text, list) =
            item.lines.split_at_checked(nested.map_or(item.lines.len(), |place| place + 1)).ok_or(Unclear)?;
        for line in text.iter().skip(1) {
            if line.starts_with(' ') || is_special(line) {
                return Err(Unclear);
            }
        }
        let mut html = self.spans(&text.join("\n"))?;
        let Some(first) = list.first() else { return Ok(html) };
        let margin = indent(first);
        if !matches!(margin, 2..=4) || text.iter().any(|line| line.ends_with(' ')) {
            return Err(Unclear);
        }
        let mut inner = Vec::new();
        for line in list {
            let own = indent(line);
            if own < margin || is_odd(line) || marker(line.left()).is_none() {
                return Err(Unclear);
            }
            // Between the margins of two levels it is not clear to which an item belongs.
            if own > margin && (margin != 4 || !own.is_multiple_of(4)) {
                return Err(Unclear);
            }
            inner.push(line.get(margin..).unwrap_or_default());
        }
        let inner = self.items(&inner, depth + 1)?;
        // The text of an item is read again together with the lists inside it.
        let again = |text: &str| text.contains(['*', '_', '`', '[', '\\']) || has(text, "  \n");
        if again(&html) || again(&inner) {
            return Err(Unclear);
        }
        html.push('\n');
        html.push_str(&inner);
        Ok(html)
    }
}
