//! The tree that an HTML parser makes of a text, written out as it grows.
//!
//! Source: the HTML standard, "The rules for parsing tokens in HTML content", as html5lib 1.1 follows it for a fragment.

use super::names::{self, Kind};
use super::{Odd, attributes, write_text};
use crate::host::html::{Tag, Token, escaped, is_space};

/// Deeper than this nobody nests, and every tag looks through the open elements.
const DEPTH: usize = 100;

/// The open elements and what has been written.
#[derive(Debug, Default)]
pub struct Tree {
    open: Vec<(String, Kind)>,
    text: String,
    out: String,
    /// A line break right behind `<pre>` is not part of it.
    drops_newline: bool,
}

impl Tree {
    /// Takes the next part of the text.
    ///
    /// # Errors
    /// [`Odd`] for what would make the parser repair the tree.
    pub fn put(&mut self, token: &Token<'_>) -> Result<(), Odd> {
        match token {
            Token::Text(text) => self.text(text),
            Token::Comment(comment) => {
                self.flush()?;
                self.out.push_str("<!--");
                for character in comment.chars() {
                    match character {
                        '"' => self.out.push_str("&quot;"),
                        '\'' => self.out.push_str("&#x27;"),
                        other => escaped(other.encode_utf8(&mut [0; 4]), &mut self.out),
                    }
                }
                self.out.push_str("-->");
                self.drops_newline = false;
                Ok(())
            }
            Token::Start(tag) => match names::kind(&tag.name)? {
                Some(kind) => self.start(tag, kind),
                None => self.text(tag.source),
            },
            Token::End(name, source) => match names::kind(name)? {
                Some(kind) => self.end(name, kind),
                None => self.text(source),
            },
        }
    }

    /// What has been written, with every element closed.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn finish(mut self) -> Result<String, Odd> {
        self.flush()?;
        while !self.open.is_empty() {
            self.pop()?;
        }
        Ok(self.out)
    }

    fn current(&self) -> Option<Kind> {
        self.open.last().map(|(_, kind)| *kind)
    }

    fn text(&mut self, text: &str) -> Result<(), Odd> {
        let text = if self.drops_newline { text.strip_prefix('\n').unwrap_or(text) } else { text };
        self.drops_newline = false;
        // Text between the cells of a table is moved before it.
        let between = matches!(self.current(), Some(Kind::Table | Kind::Rows | Kind::Row));
        if between && !text.chars().all(is_space) {
            return Err(Odd);
        }
        self.text.push_str(text);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Odd> {
        let text = std::mem::take(&mut self.text);
        write_text(&text, &mut self.out)
    }

    fn pop(&mut self) -> Result<(), Odd> {
        self.flush()?;
        if let Some((name, _)) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
        }
        self.drops_newline = false;
        Ok(())
    }

    fn push(&mut self, name: &str, kind: Kind) -> Result<(), Odd> {
        self.flush()?;
        if self.open.len() >= DEPTH {
            return Err(Odd);
        }
        self.out.push('<');
        self.out.push_str(name);
        self.open.push((name.to_owned(), kind));
        self.drops_newline = false;
        Ok(())
    }

    /// Opens an element that the text leaves out.
    fn imply(&mut self, name: &str, kind: Kind) -> Result<(), Odd> {
        self.push(name, kind)?;
        self.out.push('>');
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, kind: Kind) -> Result<(), Odd> {
        match kind {
            Kind::Formatting => {
                // A link inside a link, and the fourth of a kind, rearrange the tree.
                let alike = self.open.iter().filter(|(name, _)| *name == tag.name).count();
                if alike > 2 || tag.name == "a" && alike > 0 {
                    return Err(Odd);
                }
            }
            Kind::Inline | Kind::Void => {}
            Kind::Block | Kind::Paragraph | Kind::Rule | Kind::Table => self.close_paragraph()?,
            Kind::Heading => {
                self.close_paragraph()?;
                if self.current() == Some(Kind::Heading) {
                    return Err(Odd);
                }
            }
            Kind::Item => {
                self.close_item(&tag.name)?;
                self.close_paragraph()?;
            }
            Kind::Caption | Kind::Rows | Kind::Row | Kind::Cell => self.make_place(kind)?,
        }
        let in_table = matches!(self.current(), Some(Kind::Table | Kind::Rows | Kind::Row));
        let of_table = matches!(kind, Kind::Caption | Kind::Rows | Kind::Row | Kind::Cell);
        if in_table != of_table {
            return Err(Odd);
        }
        self.push(&tag.name, kind)?;
        attributes::write(tag, &mut self.out)?;
        self.out.push('>');
        if matches!(kind, Kind::Void | Kind::Rule) {
            self.open.pop();
        }
        // html5lib keeps it inside a table.
        self.drops_newline = tag.name == "pre" && !self.open.iter().any(|(_, kind)| *kind == Kind::Table);
        Ok(())
    }

    /// Closes a paragraph that a block ends; the mere lines of a list inside it end with it.
    fn close_paragraph(&mut self) -> Result<(), Odd> {
        let boundary = |kind: Kind| matches!(kind, Kind::Table | Kind::Cell | Kind::Caption);
        let scope = self.open.iter().rposition(|(_, kind)| boundary(*kind)).map_or(0, |place| place + 1);
        let place = self.open.iter().rposition(|(_, kind)| *kind == Kind::Paragraph).filter(|place| *place >= scope);
        match place {
            Some(place) => self.close_at(place),
            None => Ok(()),
        }
    }

    /// A new item closes the one before it, unless a list stands between them.
    fn close_item(&mut self, name: &str) -> Result<(), Odd> {
        let alike = |other: &str| if name == "li" { other == "li" } else { matches!(other, "dd" | "dt") };
        for place in (0..self.open.len()).rev() {
            let Some((other, kind)) = self.open.get(place) else { break };
            if alike(other) {
                return self.close_at(place);
            }
            let passed = matches!(kind, Kind::Formatting | Kind::Inline | Kind::Paragraph)
                || other == "div"
                || other == "address";
            if !passed {
                break;
            }
        }
        Ok(())
    }

    /// Closes the element at a place of the stack. Everything inside it must be of those that end by themselves.
    fn close_at(&mut self, place: usize) -> Result<(), Odd> {
        let inside = self.open.get(place + 1..).unwrap_or_default();
        if !inside.iter().all(|(_, kind)| matches!(kind, Kind::Paragraph | Kind::Item)) {
            return Err(Odd);
        }
        while self.open.len() > place {
            self.pop()?;
        }
        Ok(())
    }

    /// Closes and opens the parts of a table that the text leaves out before one of `kind`.
    fn make_place(&mut self, kind: Kind) -> Result<(), Odd> {
        let table = self.open.iter().rposition(|(_, kind)| *kind == Kind::Table).ok_or(Odd)?;
        if let Some(cell) = self.open.iter().rposition(|(_, kind)| matches!(kind, Kind::Cell | Kind::Caption))
            && cell > table
        {
            if self.open.get(cell).is_some_and(|(_, kind)| *kind == Kind::Caption) {
                return Err(Odd);
            }
            self.close_at(cell)?;
        }
        if self.current() == Some(Kind::Row) && kind != Kind::Cell {
            self.pop()?;
        }
        if self.current() == Some(Kind::Rows) && matches!(kind, Kind::Rows | Kind::Caption) {
            self.pop()?;
        }
        if self.current() == Some(Kind::Table) && matches!(kind, Kind::Row | Kind::Cell) {
            self.imply("tbody", Kind::Rows)?;
        }
        if self.current() == Some(Kind::Rows) && kind == Kind::Cell {
            self.imply("tr", Kind::Row)?;
        }
        let good = match kind {
            Kind::Cell => self.current() == Some(Kind::Row),
            Kind::Row => self.current() == Some(Kind::Rows),
            _ => self.current() == Some(Kind::Table),
        };
        if good { Ok(()) } else { Err(Odd) }
    }

    fn end(&mut self, name: &str, kind: Kind) -> Result<(), Odd> {
        let place = self.open.iter().rposition(|(open, _)| open == name).ok_or(Odd)?;
        let table = self.open.iter().rposition(|(_, kind)| *kind == Kind::Table);
        if matches!(kind, Kind::Table | Kind::Rows | Kind::Row) {
            // The cell, the row and the rows that are still open end with it.
            if let Some(cell) = self.open.iter().rposition(|(_, kind)| *kind == Kind::Cell)
                && cell > place
            {
                self.close_at(cell)?;
            }
            let parts = |kind: Kind| matches!(kind, Kind::Rows | Kind::Row);
            while self.open.len() > place + 1 && self.current().is_some_and(parts) {
                self.pop()?;
            }
            return if self.open.len() == place + 1 { self.pop() } else { Err(Odd) };
        }
        // Nothing outside a table is closed from inside it.
        if table.is_some_and(|table| table > place) {
            return Err(Odd);
        }
        match kind {
            Kind::Formatting | Kind::Inline | Kind::Paragraph if place + 1 != self.open.len() => Err(Odd),
            _ => self.close_at(place),
        }
    }
}
