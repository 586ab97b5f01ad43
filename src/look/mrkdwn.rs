//! The markup that Slack calls mrkdwn and that Google Chat has a cousin of: one star is bold, links are `<address|label>`.
//!
//! The rules of what opens and what closes are those that the parser `slack-message-parser` 3.0.2 documents by its
//! behaviour (`tests/reference` compares with it); Google publishes none, so the same are taken for it. Marks are looked up
//! in lists that are made once per text, which keeps reading linear.

use std::cell::OnceCell;

use super::chars::{Chars, DEEPEST, Line, bare_url_end, characters};
use super::emoji::Names;
use super::tree::{Block, Inline, Item, lifted};

/// The two dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Slack
    Slack,
    /// Google Chat
    GoogleChat,
}

/// Reads a message.
pub fn parse(text: &str, dialect: Dialect) -> Vec<Block> {
    let chars = characters(text);
    lifted(Reader { text: Chars(&chars), dialect, depth: 0, ends: Ends::default() }.read())
}

/// Reads a part of the text: what a style, a quote or a label holds is read as a text of its own.
fn nested(text: Chars<'_>, dialect: Dialect, depth: usize) -> Vec<Inline> {
    if depth > DEEPEST {
        return vec![Inline::Text(unescaped(text))];
    }
    Reader { text, dialect, depth, ends: Ends::default() }.read()
}

/// Places of a text where something may close, in order.
#[derive(Default)]
struct Ends {
    fences: OnceCell<Vec<usize>>,
    ticks: OnceCell<Vec<usize>>,
    /// Of each style: where code within it ends with one character more before the mark.
    after_code: [OnceCell<Vec<usize>>; 3],
}

/// A text while it is read.
struct Reader<'a> {
    text: Chars<'a>,
    dialect: Dialect,
    depth: usize,
    ends: Ends,
}

const STYLES: [char; 3] = ['*', '_', '~'];

impl<'a> Reader<'a> {
    fn read(&self) -> Vec<Inline> {
        let mut out = Line::default();
        let mut at = 0;
        while let Some(c) = self.text.at(at) {
            match self.node(at, c) {
                Some((node, end)) => {
                    out.node(node);
                    at = end;
                }
                None if c == '\n' => {
                    out.node(Inline::Break);
                    at += 1;
                }
                None => {
                    let (shown, length) = entity(self.text, at).unwrap_or((c, 1));
                    out.character(shown);
                    at += length;
                }
            }
        }
        out.finish()
    }

    fn inside(&self, start: usize, end: usize) -> Vec<Inline> {
        nested(self.text.part(start..end), self.dialect, self.depth + 1)
    }

    fn node(&self, at: usize, c: char) -> Option<(Inline, usize)> {
        let text = self.text;
        if let Some(list) = self.bullets(at) {
            return Some(list);
        }
        match c {
            '*' | '_' | '~' if opens(text, at) => {
                let style = STYLES.iter().position(|mark| *mark == c)?;
                let close = self.styled_end(at, c, style)?;
                let content = self.inside(at + 1, close);
                let node = match c {
                    '*' => Inline::Bold(content),
                    '_' => Inline::Italic(content),
                    _ => Inline::Strike(content),
                };
                Some((node, close + 1))
            }
            '`' if opens(text, at) => self.preformatted(at).or_else(|| self.code(at)),
            ':' => emoji(text, at, self.dialect),
            '<' => link(text, at, self.dialect, self.depth),
            '>' | '&' if starts_line(text, at) => self.quote(at),
            'h' if text.before(at).is_none_or(|c| !c.is_alphanumeric()) => {
                let end = url_end(text, at)?;
                let url = unescaped(text.part(at..end));
                Some((Inline::Link { label: vec![Inline::Text(url.clone())], url }, end))
            }
            _ => None,
        }
    }

    /// Where the style that opens at `at` closes.
    fn styled_end(&self, at: usize, mark: char, style: usize) -> Option<usize> {
        let text = self.text;
        text.at(at + 1).filter(|c| !c.is_whitespace())?;
        let stop = text.find(at + 2, |c| c == mark || c == '\n')?;
        let is_mark = text.at(stop) == Some(mark);
        let solid = |index: usize| text.before(index).is_some_and(|c| !c.is_whitespace());
        if is_mark && stop > at + 2 && solid(stop) && closes(text, stop, mark) {
            return Some(stop);
        }
        // Italic and strike may end with their own mark: `_a__`.
        if is_mark && mark != '*' && text.at(stop + 1) == Some(mark) && closes(text, stop + 1, mark) {
            return Some(stop + 1);
        }
        // Code that stands between spaces may hold the mark, when one character follows it: `*a `*` b*`.
        if let Some(code) = text.part(at + 2..stop).find_text(0, " `").map(|index| at + 2 + index + 2) {
            let ends = self.ends.after_code.get(style)?.get_or_init(|| ends_after_code(text, mark));
            let end = ends.get(ends.partition_point(|end| *end < code)).copied();
            let line = |end: &usize| text.part(code..*end).all(|c| c != '\n');
            if let Some(end) = end.filter(line) {
                return Some(end + 3);
            }
        }
        (is_mark && stop == at + 2 && closes(text, stop, mark)).then_some(stop)
    }

    /// Preformatted text: it has more than white space in it, and may stand within a line.
    fn preformatted(&self, at: usize) -> Option<(Inline, usize)> {
        let text = self.text;
        if !text.starts_with(at, "```") {
            return None;
        }
        let first = text.find(at + 3, |c| !c.is_whitespace())?;
        let fences = self.ends.fences.get_or_init(|| {
            let is_fence = |index: &usize| text.starts_with(*index, "```") && closes(text, index + 2, '`');
            (0..text.len()).filter(is_fence).collect()
        });
        let close = *fences.get(fences.partition_point(|fence| *fence <= first))?;
        let code = text.part(at + 3..close);
        let start = usize::from(code.at(0) == Some('\n'));
        let end = code.len() - usize::from(code.len() > start && code.before(code.len()) == Some('\n'));
        Some((Inline::Block(Box::new(Block::Code(unescaped(code.part(start..end))))), close + 3))
    }

    fn code(&self, at: usize) -> Option<(Inline, usize)> {
        let text = self.text;
        let ticks =
            self.ends.ticks.get_or_init(|| (0..text.len()).filter(|index| text.at(*index) == Some('`')).collect());
        let close = *ticks.get(ticks.partition_point(|tick| *tick <= at))?;
        let holds = close > at + 1 && closes(text, close, '`');
        holds.then(|| (Inline::Code(unescaped(text.part(at + 1..close))), close + 1))
    }

    /// `> a` and, in Slack, `>>> all the rest`; the sign may be written as an entity.
    fn quote(&self, at: usize) -> Option<(Inline, usize)> {
        let text = self.text;
        // What a style or a label holds starts no line of the message.
        let first = quote_sign(text, at).filter(|_| at > 0 || self.depth == 0 || text.at(at) == Some('&'))?;
        let three = quote_sign(text, first).and_then(|second| quote_sign(text, second));
        if let (Dialect::Slack, Some(start)) = (self.dialect, three.filter(|start| *start < text.len())) {
            return Some((self.quoted(self.inside(start, text.len())), text.len()));
        }
        let (mut content, mut from) = (Vec::new(), first);
        loop {
            let end = text.find(from, |c| c == '\n').unwrap_or(text.len());
            let next = quote_sign(text, end + 1);
            while let Some(sign) = quote_sign(text, from) {
                content.push(Inline::Text(">".to_owned()));
                from = sign;
            }
            content.extend(self.inside(from, end));
            match next {
                Some(start) if end < text.len() => {
                    content.push(Inline::Break);
                    from = start;
                }
                _ => return Some((self.quoted(content), (end + 1).min(text.len()))),
            }
        }
    }

    /// A quote, without the space behind its sign.
    fn quoted(&self, content: Vec<Inline>) -> Inline {
        let mut starts = true;
        let mut out = Vec::with_capacity(content.len());
        for inline in content {
            let next = matches!(inline, Inline::Break | Inline::Block(_));
            match inline {
                Inline::Text(text) if starts && text.starts_with(' ') => {
                    out.push(Inline::Text(text.get(1..).unwrap_or_default().to_owned()));
                }
                inline => out.push(inline),
            }
            starts = next;
        }
        Inline::Block(Box::new(Block::Quote(lifted(out))))
    }

    /// Google Chat's bullets: lines that start with `* ` or `- `.
    fn bullets(&self, at: usize) -> Option<(Inline, usize)> {
        if self.dialect != Dialect::GoogleChat || self.depth > 0 || !starts_line(self.text, at) {
            return None;
        }
        let text = self.text;
        let content = |from: usize| {
            let sign = from + text.part(from..from + 40).run(0, |c| c == ' ');
            (matches!(text.at(sign), Some('*' | '-')) && text.at(sign + 1) == Some(' ')).then_some(sign + 2)
        };
        let (mut items, mut from) = (Vec::new(), content(at)?);
        loop {
            let end = text.find(from, |c| c == '\n').unwrap_or(text.len());
            items.push(Item { done: None, content: vec![Block::Paragraph(self.inside(from, end))] });
            match content(end + 1) {
                Some(start) if end < text.len() => from = start,
                _ => {
                    let end = (end + 1).min(text.len());
                    return Some((Inline::Block(Box::new(Block::List { first: None, items })), end));
                }
            }
        }
    }
}

/// Where a bare address ends: before an angle bracket, which is written as an entity, and behind a whole `&amp;`.
fn url_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let end = bare_url_end(text, at)?;
    let near = text.part(at..end);
    let bracket = ["&lt", "&gt"].iter().filter_map(|entity| near.find_text(0, entity)).map(|index| at + index);
    if let Some(bracket) = bracket.filter(|index| text.at(index + 3) == Some(';')).min() {
        return bare_url_end(text.part(0..bracket), at);
    }
    let is_cut = text.at(end) == Some(';') && end >= 4 && text.starts_with(end - 4, "&amp");
    Some(end + usize::from(is_cut))
}

fn starts_line(text: Chars<'_>, at: usize) -> bool {
    text.before(at).is_none_or(|c| c == '\n')
}

/// Where a sign of quotation ends.
fn quote_sign(text: Chars<'_>, at: usize) -> Option<usize> {
    if text.at(at) == Some('>') { Some(at + 1) } else { text.starts_with(at, "&gt;").then_some(at + 4) }
}

/// Whether markup may start here: at a start, after white space or after one of a few signs.
fn opens(line: Chars<'_>, at: usize) -> bool {
    line.before(at).is_none_or(|c| c.is_whitespace() || ".,([{!?-=".contains(c))
}

/// Whether markup may end here: what follows is an end, white space or one of a few signs, more of them for bold.
fn closes(line: Chars<'_>, at: usize, mark: char) -> bool {
    let signs = if mark == '*' { "~!#$%^)-+={}[];:'\",.?/" } else { ".,])}!?-=" };
    line.at(at + 1).is_none_or(|c| c.is_whitespace() || signs.contains(c))
}

/// Where a backtick and a space stand, with one character and a closing mark behind them.
fn ends_after_code(text: Chars<'_>, mark: char) -> Vec<usize> {
    let is_end = |index: &usize| {
        text.starts_with(*index, "` ")
            && text.at(index + 2).is_some_and(|c| !c.is_whitespace() && (mark != '*' || c != '*'))
            && text.at(index + 3) == Some(mark)
            && closes(text, index + 3, mark)
    };
    (0..text.len()).filter(is_end).collect()
}

/// `:tada:`, `:wave::skin-tone-3:`
fn emoji(text: Chars<'_>, at: usize, dialect: Dialect) -> Option<(Inline, usize)> {
    // Google Chat documents only what a server makes itself.
    let names = if dialect == Dialect::Slack { Names::Datasource } else { Names::Own };
    let close = text.find(at + 1, |c| c.is_whitespace() || ":<`*#@!()$%".contains(c))?;
    if text.at(close) != Some(':') || close == at + 1 {
        return None;
    }
    let name = text.part(at + 1..close).text();
    // An address behind a colon: `see:https://example.com`.
    if (name.ends_with("http") || name.ends_with("https")) && text.starts_with(close + 1, "//") {
        return None;
    }
    let tone = close + 1;
    let tone_end =
        text.starts_with(tone, ":skin-tone-").then(|| text.find(tone + 12, |c| c == ':' || c == '\n')).flatten();
    match tone_end.filter(|end| text.at(*end) == Some(':')) {
        Some(end) => Some((Inline::Emoji(format!("{name}::{}", text.part(tone + 1..end).text()), names), end + 1)),
        None => Some((Inline::Emoji(name, names), tone)),
    }
}

/// `<address|label>` and what else stands between angle brackets.
fn link(text: Chars<'_>, at: usize, dialect: Dialect, depth: usize) -> Option<(Inline, usize)> {
    text.at(at + 1).filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>'))?;
    let end = text.find(at + 1, |c| matches!(c, '<' | '>')).filter(|end| text.at(*end) == Some('>'))?;
    let inside = text.part(at + 1..end);
    let newline = inside.find(0, |c| c == '\n').unwrap_or(inside.len());
    // An empty label is none, and its bar belongs to the address.
    let bar = inside.part(0..newline).find(1, |c| c == '|').filter(|bar| bar + 1 < inside.len());
    if bar.is_none() && newline < inside.len() {
        return None;
    }
    let target = unescaped(inside.part(0..bar.unwrap_or(inside.len())));
    let label = bar.map(|bar| inside.from(bar + 1));
    let said = |fallback: &str| label.map_or_else(|| fallback.to_owned(), unescaped);
    let node = match (dialect, target.chars().next()) {
        (Dialect::Slack, Some('@')) => Inline::Mention(with_sign('@', &said(&target))),
        (Dialect::Slack, Some('#')) => Inline::Channel(with_sign('#', &said(&target))),
        (Dialect::Slack, Some('!')) => command(target.strip_prefix('!').unwrap_or(&target), &said("")),
        (Dialect::GoogleChat, _) if target == "users/all" => Inline::Mention("@all".to_owned()),
        (Dialect::GoogleChat, _) if target.starts_with("users/") => Inline::Mention(with_sign('@', &said(&target))),
        _ => {
            let plain = target.strip_prefix("mailto:").unwrap_or(&target).to_owned();
            let label = label.map_or_else(|| vec![Inline::Text(plain)], |label| nested(label, dialect, depth + 1));
            Inline::Link { url: target, label }
        }
    };
    Some((node, end + 1))
}

fn with_sign(sign: char, name: &str) -> String {
    if name.starts_with(sign) { name.to_owned() } else { format!("{sign}{name}") }
}

/// `<!here>`, `<!subteam^S1|@team>`, `<!date^1392734382^{date}|Feb 18, 2014>`
fn command(command: &str, label: &str) -> Inline {
    let name = command.split('^').next().unwrap_or_default();
    match name {
        "date" => Inline::Date(if label.is_empty() { command.to_owned() } else { label.to_owned() }),
        _ if label.is_empty() => Inline::Mention(with_sign('@', name)),
        _ => Inline::Mention(with_sign('@', label)),
    }
}

/// The three entities that a text has to be written with, and no others.
fn entity(line: Chars<'_>, at: usize) -> Option<(char, usize)> {
    let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
    known.iter().find(|(text, _)| line.starts_with(at, text)).map(|(text, c)| (*c, text.len()))
}

fn unescaped(text: Chars<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.at(at) {
        let (shown, length) = entity(text, at).unwrap_or((c, 1));
        out.push(shown);
        at += length;
    }
    out
}
