//! The lines of a text, put together to blocks.

use super::super::chars::Chars;
use super::Rules;
use super::references::References;
use super::words::is_blank;

/// A block whose lines are not read yet.
#[derive(Debug)]
pub enum Draft {
    Paragraph(Vec<char>),
    Heading(u8, Vec<char>),
    Quote(Vec<Draft>),
    List { first: Option<u64>, items: Vec<Vec<Draft>> },
    Code(String),
    Table(Vec<Vec<char>>, Vec<Vec<Vec<char>>>),
    Rule,
}

/// A line, as the containers around it leave it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its first character that no container took.
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// How many characters of blanks and of a list's mark it begins with.
    pub shift: usize,
    /// In which column its text begins; negative when it continues the paragraph of a quotation without a `>`.
    pub indent: isize,
    /// How many columns the containers took, which tabs count.
    pub taken: isize,
}

/// Reads all blocks, and the definitions of links.
pub fn read(text: Chars<'_>, rules: &Rules) -> (Vec<Draft>, References) {
    let mut blocks = Blocks {
        text,
        rules,
        lines: lines(text),
        last: 0,
        next: 0,
        indent: 0,
        list_indent: -1,
        level: 0,
        references: References::default(),
    };
    blocks.last = blocks.lines.len();
    let drafts = blocks.read(0, blocks.last);
    (drafts, blocks.references)
}

fn lines(text: Chars<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = text.find(start, |c| c == '\n').unwrap_or(text.len());
        let shift = text.part(start..end).run(0, is_blank);
        if end < text.len() || start + shift < end {
            lines.push(Line { start, end, shift, indent: width(text.part(start..start + shift), 0), taken: 0 });
        }
        start = end + 1;
    }
    lines
}

/// How many columns some blanks take, from a column on.
fn width(blanks: Chars<'_>, from: isize) -> isize {
    blanks.0.iter().fold(from, |column, c| column + if *c == '\t' { 4 - column % 4 } else { 1 }) - from
}

/// The state of reading.
pub(super) struct Blocks<'a> {
    pub text: Chars<'a>,
    pub rules: &'a Rules,
    pub lines: Vec<Line>,
    /// Behind the last line of the container that is read.
    pub last: usize,
    /// The line behind the last block that was read.
    pub next: usize,
    /// In which column the container's text begins.
    pub indent: isize,
    /// The same of the container around the innermost list; -1 outside of lists.
    pub list_indent: isize,
    /// How many containers are open.
    pub level: usize,
    pub references: References,
}

/// What a line may interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    Paragraph,
    Definition,
    /// A table, or a quotation's lazy paragraph.
    Other,
    List,
}

impl Blocks<'_> {
    pub fn line(&self, number: usize) -> Line {
        let end = self.text.len();
        self.lines.get(number).copied().unwrap_or(Line { start: end, end, shift: 0, indent: 0, taken: 0 })
    }

    pub fn set(&mut self, number: usize, line: Line) {
        if let Some(own) = self.lines.get_mut(number) {
            *own = line;
        }
    }

    /// Where a line's text begins.
    pub fn first(&self, number: usize) -> usize {
        self.line(number).start + self.line(number).shift
    }

    pub fn is_empty(&self, number: usize) -> bool {
        self.first(number) >= self.line(number).end
    }

    /// Whether a line is indented as code is.
    pub fn is_deep(&self, number: usize) -> bool {
        self.line(number).indent - self.indent >= 4
    }

    /// A line's text without its indentation.
    pub fn content(&self, number: usize) -> Chars<'_> {
        self.text.part(self.first(number)..self.line(number).end)
    }

    /// Lines without so many columns at their beginnings.
    pub fn without_indent(&self, from: usize, to: usize, indent: isize) -> Vec<char> {
        let mut out = Vec::new();
        for number in from..to {
            if number > from {
                out.push('\n');
            }
            let line = self.line(number);
            let (mut at, mut column) = (line.start, 0);
            while at < line.end && column < indent {
                match self.text.at(at) {
                    Some('\t') => column += 4 - (column + line.taken) % 4,
                    Some(' ') => column += 1,
                    _ if at - line.start < line.shift => column += 1,
                    _ => break,
                }
                at += 1;
            }
            out.extend((indent..column).map(|_| ' '));
            out.extend(self.text.part(at..line.end).0);
        }
        out
    }

    /// The blocks of these lines, as far as they belong to the container.
    pub fn read(&mut self, from: usize, to: usize) -> Vec<Draft> {
        let mut out = Vec::new();
        let mut number = from;
        while number < to {
            while number < self.last && self.is_empty(number) {
                number += 1;
            }
            self.next = number;
            if number >= to || self.line(number).indent < self.indent {
                break;
            }
            if self.level >= self.rules.deepest {
                self.next = to;
                break;
            }
            out.extend(self.block(number, to));
            number = self.next;
            if number < to && self.is_empty(number) {
                number += 1;
                self.next = number;
            }
        }
        out
    }

    /// One block; `None` for a definition and for HTML that is left out.
    fn block(&mut self, number: usize, to: usize) -> Option<Draft> {
        if self.rules.tables
            && let Some(table) = self.table(number, to)
        {
            return Some(table);
        }
        if self.rules.all_blocks && self.is_deep(number) {
            return Some(self.indented_code(number, to));
        }
        if let Some((mark, length)) = self.fence(number) {
            return Some(self.fenced_code(number, to, mark, length));
        }
        if self.is_quote(number) {
            return Some(self.quote(number, to));
        }
        if self.is_rule(number) {
            self.next = number + 1;
            return Some(Draft::Rule);
        }
        if let Some(mark) = self.list_mark(number, false) {
            return Some(self.list(number, to, mark));
        }
        if self.definition(number) {
            return None;
        }
        if self.html(number, to) {
            return None;
        }
        if let Some(level) = self.heading(number) {
            self.next = number + 1;
            return Some(Draft::Heading(level, self.heading_text(number, level)));
        }
        Some(self.paragraph(number, to))
    }

    /// Whether a line ends what stands above it.
    pub fn interrupts(&self, number: usize, to: usize, above: Above) -> bool {
        let in_text = matches!(above, Above::Paragraph | Above::Definition);
        self.fence(number).is_some()
            || self.is_quote(number)
            || self.is_rule(number)
            || above != Above::List
                && (self.list_mark(number, above == Above::Paragraph).is_some()
                    || self.html_kind(number).is_some_and(|kind| kind.interrupts())
                    || self.heading(number).is_some()
                    || in_text && self.rules.tables && self.table_header(number, to).is_some())
    }

    /// A paragraph, or the heading that a line of `=` or `-` below makes of it.
    fn paragraph(&mut self, from: usize, to: usize) -> Draft {
        let mut number = from + 1;
        let mut level = 0;
        while number < to && !self.is_empty(number) {
            let line = self.line(number);
            if line.indent - self.indent <= 3 {
                if line.indent >= self.indent && self.rules.all_blocks && !self.is_deep(from) {
                    level = self.underline(number);
                    if level > 0 {
                        break;
                    }
                }
                if line.indent >= 0 && self.interrupts(number, to, Above::Paragraph) {
                    break;
                }
            }
            number += 1;
        }
        let text = trimmed(&self.without_indent(from, number, self.indent));
        self.next = number + usize::from(level > 0);
        if level > 0 { Draft::Heading(level, text) } else { Draft::Paragraph(text) }
    }

    /// 1 for a line of `=`, 2 for one of `-`, 0 for another.
    fn underline(&self, number: usize) -> u8 {
        let content = self.content(number);
        let Some(mark @ ('=' | '-')) = content.at(0) else { return 0 };
        let marks = content.run(0, |c| c == mark);
        if !content.from(marks).all(is_blank) {
            return 0;
        }
        if mark == '=' { 1 } else { 2 }
    }

    fn indented_code(&mut self, from: usize, to: usize) -> Draft {
        let mut number = from + 1;
        let mut end = number;
        while number < to && (self.is_empty(number) || self.is_deep(number)) {
            number += 1;
            if !self.is_empty(number - 1) {
                end = number;
            }
        }
        self.next = end;
        Draft::Code(self.without_indent(from, end, 4 + self.indent).iter().collect())
    }

    /// The mark of the fence that a line opens, and how many there are.
    fn fence(&self, number: usize) -> Option<(char, usize)> {
        if !self.rules.all_blocks || self.is_deep(number) {
            return None;
        }
        let content = self.content(number);
        let mark = content.at(0).filter(|c| matches!(c, '`' | '~'))?;
        let length = content.run(0, |c| c == mark);
        (length >= 3 && (mark == '~' || content.find(length, |c| c == '`').is_none())).then_some((mark, length))
    }

    fn fenced_code(&mut self, from: usize, to: usize, mark: char, length: usize) -> Draft {
        let mut number = from + 1;
        let mut is_closed = false;
        while number < to {
            let content = self.content(number);
            if !content.is_empty() && self.line(number).indent < self.indent {
                break;
            }
            let marks = content.run(0, |c| c == mark);
            if marks >= length && !self.is_deep(number) && content.from(marks).all(is_blank) {
                is_closed = true;
                break;
            }
            number += 1;
        }
        self.next = number + usize::from(is_closed);
        Draft::Code(self.without_indent(from + 1, number, self.line(from).indent).iter().collect())
    }

    fn is_rule(&self, number: usize) -> bool {
        let content = self.content(number);
        let Some(mark @ ('*' | '-' | '_')) = content.at(0) else { return false };
        let marks = content.0.iter().filter(|c| **c == mark).count();
        self.rules.all_blocks && !self.is_deep(number) && marks >= 3 && content.all(|c| c == mark || is_blank(c))
    }

    fn heading(&self, number: usize) -> Option<u8> {
        let content = self.content(number);
        let level = content.run(0, |c| c == '#');
        let is_one = (1..=6).contains(&level) && content.at(level).is_none_or(is_blank);
        if is_one && self.rules.all_blocks && !self.is_deep(number) { u8::try_from(level).ok() } else { None }
    }

    fn heading_text(&self, number: usize, level: u8) -> Vec<char> {
        let text = self.content(number).from(usize::from(level));
        let text = text.part(0..text.0.iter().rposition(|c| !is_blank(*c)).map_or(0, |last| last + 1));
        // Marks at the end go when a blank stands before them.
        let kept = text.0.iter().rposition(|c| *c != '#').map_or(0, |last| last + 1);
        let closes = kept < text.len() && text.before(kept).is_some_and(is_blank);
        trimmed(text.part(0..if closes { kept } else { text.len() }).0)
    }

    fn is_quote(&self, number: usize) -> bool {
        self.rules.all_blocks && !self.is_deep(number) && self.content(number).at(0) == Some('>')
    }

    /// A quotation: its lines lose their `>`, and a paragraph in it goes on without one.
    fn quote(&mut self, from: usize, to: usize) -> Draft {
        let mut before = Vec::new();
        let old_last = self.last;
        let mut number = from;
        let mut ends_empty = false;
        while number < to {
            let line = self.line(number);
            let first = line.start + line.shift;
            if first >= line.end {
                break;
            }
            if self.text.at(first) == Some('>') && line.indent >= self.indent {
                before.push(line);
                let inner = self.behind_quote_mark(line, first + 1);
                ends_empty = inner.start + inner.shift >= inner.end;
                self.set(number, inner);
            } else if ends_empty {
                break;
            } else if self.interrupts(number, to, Above::Other) {
                self.last = number;
                if self.indent != 0 {
                    before.push(line);
                    self.set(number, Line { indent: line.indent - self.indent, ..line });
                }
                break;
            } else {
                before.push(line);
                self.set(number, Line { indent: -1, ..line });
            }
            number += 1;
        }
        let old_indent = std::mem::replace(&mut self.indent, 0);
        self.level += 1;
        let content = self.read(from, number);
        self.level -= 1;
        self.last = old_last;
        for (offset, line) in before.into_iter().enumerate() {
            self.set(from + offset, line);
        }
        self.indent = old_indent;
        Draft::Quote(content)
    }

    /// A line of a quotation behind its `>`, of which one blank goes.
    fn behind_quote_mark(&self, line: Line, mut at: usize) -> Line {
        let mut initial = line.indent + 1;
        let (mut is_spaced, mut halves_tab) = (true, false);
        match self.text.at(at).filter(|_| at < line.end) {
            Some(' ') => {
                at += 1;
                initial += 1;
            }
            Some('\t') if (line.taken + initial) % 4 == 3 => {
                at += 1;
                initial += 1;
            }
            Some('\t') => halves_tab = true,
            _ => is_spaced = false,
        }
        let shift = self.text.part(at..line.end).run(0, is_blank);
        let base = line.taken + isize::from(halves_tab);
        let columns = width(self.text.part(at..at + shift), initial + base);
        Line { start: at, end: line.end, shift, indent: columns, taken: line.indent + 1 + isize::from(is_spaced) }
    }
}

/// Without white space at both ends.
pub(super) fn trimmed(text: &[char]) -> Vec<char> {
    let is_white = |c: &char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let start = text.iter().position(|c| !is_white(c)).unwrap_or(text.len());
    let end = text.iter().rposition(|c| !is_white(c)).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default().to_vec()
}
