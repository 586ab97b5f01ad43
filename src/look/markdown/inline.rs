//! The text of a block: emphasis, code, links, images, line breaks.
//!
//! A text becomes a row of tokens, of which the marks of emphasis are paired afterwards; the tokens become a tree. To find
//! the `]` of a link, what stands before it is skipped token by token, and each place's token is remembered.

use super::super::chars::Chars;
use super::super::tree::Inline;
use super::Rules;
use super::delimiters::{self, Delimiter};
use super::destinations::{Title, closing, destination, is_allowed, title};
use super::html;
use super::references::References;
use super::words::{Entity, entity, is_blank, is_punctuation, is_space};

/// Images within the text of images, before they are shown as they are written.
const DEEPEST_IMAGE: usize = 8;

/// How a part of a line is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    Bold,
    Italic,
    Strike,
    /// A link to an address.
    Link(String),
}

/// A part of a line.
#[derive(Debug, Clone)]
pub(super) enum Token {
    Text(String),
    /// Text that no mark is looked for in.
    Special(String),
    /// A line ends here; the next one goes on in the same row.
    Soft,
    Open,
    Close(Style),
    Node(Inline),
}

/// Reads the text of a block.
pub(super) fn read(text: Chars<'_>, rules: &Rules, references: &References, unsure: &mut bool) -> Vec<Inline> {
    tree(tokens(text, rules, references, 0, unsure))
}

fn tokens(text: Chars<'_>, rules: &Rules, references: &References, images: usize, unsure: &mut bool) -> Vec<Token> {
    let mut reader = Reader {
        text,
        rules,
        references,
        images,
        at: 0,
        end: text.len(),
        level: 0,
        pending: String::new(),
        tokens: Vec::new(),
        groups: vec![Vec::new()],
        open: vec![0],
        skips: vec![0; text.len()],
        last_bracket: text.0.iter().rposition(|c| *c == ']').unwrap_or_default(),
        lacks_brackets: false,
        ticks: Vec::new(),
        knows_ticks: false,
        lacks_html: false,
        unsure: false,
    };
    reader.read();
    *unsure |= reader.unsure;
    let (mut tokens, mut groups) = (reader.tokens, reader.groups);
    groups.iter_mut().for_each(|group| delimiters::pair(group));
    groups.iter().for_each(|group| delimiters::strike(group, &mut tokens));
    groups.iter().for_each(|group| delimiters::emphasise(group, &mut tokens));
    tokens
}

/// The tokens as a tree.
fn tree(tokens: Vec<Token>) -> Vec<Inline> {
    let mut open: Vec<Vec<Inline>> = vec![Vec::new()];
    for token in tokens {
        let node = match token {
            Token::Text(text) | Token::Special(text) => {
                push_text(&mut open, &text);
                continue;
            }
            Token::Soft => {
                push_text(&mut open, " ");
                continue;
            }
            Token::Open => {
                open.push(Vec::new());
                continue;
            }
            Token::Close(style) => {
                let content = if open.len() > 1 { open.pop().unwrap_or_default() } else { Vec::new() };
                match style {
                    Style::Bold => Inline::Bold(content),
                    Style::Italic => Inline::Italic(content),
                    Style::Strike => Inline::Strike(content),
                    Style::Link(url) => Inline::Link { url, label: content },
                }
            }
            Token::Node(node) => node,
        };
        if let Some(content) = open.last_mut() {
            content.push(node);
        }
    }
    open.into_iter().flatten().collect()
}

fn push_text(open: &mut [Vec<Inline>], text: &str) {
    let Some(content) = open.last_mut().filter(|_| !text.is_empty()) else { return };
    match content.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ => content.push(Inline::Text(text.to_owned())),
    }
}

/// The text of an image's label, without its styles.
fn plain(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        match token {
            Token::Text(text) | Token::Special(text) => out.push_str(text),
            Token::Soft | Token::Node(Inline::Break) => out.push(' '),
            Token::Node(Inline::Image { alt, .. }) => out.push_str(alt),
            _ => {}
        }
    }
    out
}

struct Reader<'a> {
    text: Chars<'a>,
    rules: &'a Rules,
    references: &'a References,
    /// How many images this text stands in.
    images: usize,
    at: usize,
    end: usize,
    level: usize,
    pending: String,
    tokens: Vec<Token>,
    /// The marks of the text, and those of each link's label.
    groups: Vec<Vec<Delimiter>>,
    /// Which groups are open.
    open: Vec<usize>,
    /// Where the token at each place ends, when it was skipped before; 0 otherwise.
    skips: Vec<usize>,
    /// Where the last `]` stands.
    last_bracket: usize,
    /// Whether it was looked for behind that.
    lacks_brackets: bool,
    /// Where backticks of some number stood last.
    ticks: Vec<(usize, usize)>,
    knows_ticks: bool,
    /// Whether some piece of HTML was found to have no end.
    lacks_html: bool,
    unsure: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        while self.at < self.end {
            let read = self.level < self.rules.deepest && self.token(true);
            if !read {
                self.pending.extend(self.text.at(self.at));
                self.at += 1;
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.tokens.push(Token::Text(std::mem::take(&mut self.pending)));
        }
    }

    fn push(&mut self, token: Token) {
        self.flush();
        match &token {
            Token::Open => {
                self.level += 1;
                self.open.push(self.groups.len());
                self.groups.push(Vec::new());
            }
            Token::Close(_) => {
                self.level = self.level.saturating_sub(1);
                self.open.pop();
            }
            _ => {}
        }
        self.tokens.push(token);
    }

    /// Goes over one token.
    fn skip(&mut self) {
        let from = self.at;
        if let Some(end) = self.skips.get(from).copied().filter(|end| *end > 0) {
            self.at = end;
            return;
        }
        if self.level < self.rules.deepest {
            self.level += 1;
            let read = self.token(false);
            self.level -= 1;
            if !read {
                self.at = from + 1;
            }
        } else {
            self.at = self.end + 1;
        }
        if let Some(end) = self.skips.get_mut(from) {
            *end = self.at;
        }
    }

    /// Goes over one token, and keeps it. `false` when the character stands for itself.
    fn token(&mut self, keeps: bool) -> bool {
        let Some(c) = self.text.at(self.at) else { return false };
        let is_text = |c: char| !matches!(c, '\n' | '!' | '#'..='&' | '*' | '+' | '-' | ':' | '<'..='>' | '@' | '['..='`' | '{' | '}' | '~');
        if is_text(c) {
            let end = self.at + self.text.part(self.at..self.end).run(0, is_text);
            if keeps {
                let text = self.text.part(self.at..end);
                self.pending.extend(text.0);
            }
            self.at = end;
            return true;
        }
        match c {
            '\n' => self.line_end(keeps),
            '\\' => self.escape(keeps),
            '`' => self.code(keeps),
            '*' | '_' => keeps && self.emphasis(c),
            '~' => keeps && self.rules.strike && self.strike(),
            '[' => self.link(keeps),
            '!' => self.rules.all_blocks && self.image(keeps),
            '<' => self.rules.angle_addresses && self.address(keeps) || self.rules.html && self.html(),
            '&' => self.entity(keeps),
            _ => false,
        }
    }

    fn line_end(&mut self, keeps: bool) -> bool {
        if keeps {
            let kept = self.pending.trim_end_matches(' ').len();
            let blanks = self.pending.len() - kept;
            self.pending.truncate(kept);
            self.push(if blanks >= 2 { Token::Node(Inline::Break) } else { Token::Soft });
        }
        self.at += 1;
        self.skip_blanks();
        true
    }

    fn skip_blanks(&mut self) {
        self.at += self.text.part(self.at..self.end).run(0, is_blank);
    }

    fn escape(&mut self, keeps: bool) -> bool {
        let Some(next) = self.text.at(self.at + 1).filter(|_| self.at + 1 < self.end) else { return false };
        self.at += 2;
        let mut text = String::new();
        match next {
            '\n' => {
                self.skip_blanks();
                if keeps {
                    self.push(Token::Node(Inline::Break));
                }
                return true;
            }
            ' ' => {
                self.at -= 1;
                text.push('\\');
            }
            next if next.is_ascii_punctuation() => text.push(next),
            next => text.extend(['\\', next]),
        }
        if keeps {
            self.push(Token::Special(text));
        }
        true
    }

    fn code(&mut self, keeps: bool) -> bool {
        let start = self.at;
        let is_tick = |c: char| c == '`';
        let length = self.text.part(start..self.end).run(0, is_tick);
        self.at = start + length;
        if !self.rules.all_blocks {
            // One at a time: this dialect has no code.
            self.at = start;
            return false;
        }
        let last = self.ticks.iter().find(|(own, _)| *own == length).map_or(0, |(_, last)| *last);
        if !self.knows_ticks || last > start {
            let mut from = start + length;
            while let Some(close) = self.text.find(from, is_tick) {
                let end = (close + 1).max(close + self.text.part(close..self.end).run(0, is_tick));
                from = end;
                if end - close == length {
                    if keeps {
                        self.push(Token::Node(Inline::Code(shown_code(self.text.part(start + length..close)))));
                    }
                    self.at = end;
                    return true;
                }
                match self.ticks.iter_mut().find(|(own, _)| *own == end - close) {
                    Some((_, last)) => *last = close,
                    None => self.ticks.push((end - close, close)),
                }
            }
            self.knows_ticks = true;
        }
        if keeps {
            self.pending.extend((0..length).map(|_| '`'));
        }
        true
    }

    /// How many marks stand here, and whether they may open and close.
    fn marks(&self, sign: char, splits_words: bool) -> (usize, bool, bool) {
        let length = self.text.part(self.at..self.end).run(0, |c| c == sign);
        let before = self.text.before(self.at).unwrap_or(' ');
        let behind = self.text.at(self.at + length).filter(|_| self.at + length < self.end).unwrap_or(' ');
        let (mark_before, mark_behind) = (is_punctuation(before), is_punctuation(behind));
        let left = !is_space(behind) && (!mark_behind || is_space(before) || mark_before);
        let right = !is_space(before) && (!mark_before || is_space(behind) || mark_behind);
        let opens = left && (splits_words || !right || mark_before);
        let closes = right && (splits_words || !left || mark_behind);
        (length, opens, closes)
    }

    fn emphasis(&mut self, sign: char) -> bool {
        let (length, opens, closes) = self.marks(sign, sign == '*');
        for _ in 0..length {
            self.push(Token::Text(sign.to_string()));
            self.mark(Delimiter { sign, length, token: self.tokens.len() - 1, end: None, opens, closes });
        }
        self.at += length;
        true
    }

    fn strike(&mut self) -> bool {
        let (length, opens, closes) = self.marks('~', true);
        if length < 2 {
            return false;
        }
        if length % 2 == 1 {
            self.push(Token::Text("~".to_owned()));
        }
        for _ in 0..length / 2 {
            self.push(Token::Text("~~".to_owned()));
            self.mark(Delimiter { sign: '~', length: 0, token: self.tokens.len() - 1, end: None, opens, closes });
        }
        self.at += length;
        true
    }

    fn mark(&mut self, mark: Delimiter) {
        if let Some(group) = self.open.last().and_then(|open| self.groups.get_mut(*open)) {
            group.push(mark);
        }
    }

    /// Where the label that begins at a `[` ends.
    fn label_end(&mut self, start: usize, nests: bool) -> Option<usize> {
        // Looking in vain once leaves the same traces as looking again.
        if self.last_bracket <= start && std::mem::replace(&mut self.lacks_brackets, true) {
            return None;
        }
        let old = self.at;
        self.at = start + 1;
        let mut level = 1;
        let mut found = None;
        while self.at < self.end {
            let c = self.text.at(self.at);
            if c == Some(']') {
                level -= 1;
                if level == 0 {
                    found = Some(self.at);
                    break;
                }
            }
            let before = self.at;
            self.skip();
            if c == Some('[') {
                if self.at == before + 1 {
                    level += 1;
                } else if !nests {
                    break;
                }
            }
        }
        self.at = old;
        found
    }

    fn behind_white(&self, at: usize) -> usize {
        at + self.text.part(at..self.end).run(0, |c| is_blank(c) || c == '\n')
    }

    /// `(address "title")`, from the `(`: the address and where it ends. Where there is none, the place where reading stopped.
    fn target(&mut self, open: usize) -> Result<(String, usize), Option<usize>> {
        let mut url = String::new();
        let mut at = self.behind_white(open + 1);
        if at >= self.end {
            return Err(None);
        }
        if let Some((address, end)) = destination(self.text, at, self.end, &mut self.unsure) {
            if is_allowed(&address) {
                at = end;
                url = address;
            }
            let start = at;
            at = self.behind_white(at);
            if at > start
                && at < self.end
                && let Some(close) = closing(self.text.at(at))
                && let Title::Ends(end, _) = title(self.text, at + 1, self.end, close)
            {
                at = self.behind_white(end);
            }
        }
        if self.text.at(at).filter(|_| at < self.end) == Some(')') { Ok((url, at + 1)) } else { Err(Some(at)) }
    }

    /// `[label]` behind a label, or the label itself: the address and where it ends.
    fn reference(&mut self, label: (usize, usize), at: usize) -> Option<(String, usize)> {
        if self.references.is_empty() {
            return None;
        }
        let mut name = label;
        let mut end = label.1 + 1;
        if at < self.end
            && self.text.at(at) == Some('[')
            && let Some(close) = self.label_end(at, true)
        {
            if close > at + 1 {
                name = (at + 1, close);
            }
            end = close + 1;
        }
        Some((self.references.get(&self.text.part(name.0..name.1).text())?.clone(), end))
    }

    fn link(&mut self, keeps: bool) -> bool {
        let start = self.at + 1;
        let Some(close) = self.label_end(self.at, false) else { return false };
        let found = self.linked((start, close), true);
        let Some((url, end)) = found else { return false };
        if keeps {
            let old_end = std::mem::replace(&mut self.end, close);
            self.at = start;
            self.push(Token::Open);
            self.read();
            self.push(Token::Close(Style::Link(url)));
            self.end = old_end;
        }
        self.at = end;
        true
    }

    /// Where the link with this label leads, and where it ends.
    fn linked(&mut self, label: (usize, usize), is_link: bool) -> Option<(String, usize)> {
        let mut at = label.1 + 1;
        if self.text.at(at).filter(|_| at < self.end) == Some('(') {
            match self.target(at) {
                Ok(found) => return Some(found),
                Err(None) => return None,
                Err(Some(_)) if !is_link => return None,
                Err(Some(stopped)) => at = stopped + 1,
            }
        }
        self.reference(label, at)
    }

    fn image(&mut self, keeps: bool) -> bool {
        if self.text.at(self.at + 1) != Some('[') {
            return false;
        }
        let start = self.at + 2;
        let Some(close) = self.label_end(self.at + 1, true) else { return false };
        let Some((url, end)) = self.linked((start, close), false) else { return false };
        if keeps {
            let label = self.text.part(start..close);
            let alt = if self.images < DEEPEST_IMAGE {
                let inner = tokens(label, self.rules, self.references, self.images + 1, &mut self.unsure);
                plain(&inner)
            } else {
                label.text()
            };
            self.push(Token::Node(Inline::Image { url, alt }));
        }
        self.at = end;
        true
    }

    /// `<https://…>` and `<name@example.com>`
    fn address(&mut self, keeps: bool) -> bool {
        let start = self.at + 1;
        let close = self.text.part(0..self.end).find(start, |c| c == '<' || c == '>');
        let Some(close) = close.filter(|close| self.text.at(*close) == Some('>')) else { return false };
        let inside = self.text.part(start..close);
        let text = inside.text();
        let url = if is_address(inside) {
            text.clone()
        } else if is_mail(&text) {
            format!("mailto:{text}")
        } else {
            return false;
        };
        if !is_allowed(&url) {
            return false;
        }
        if keeps {
            self.push(Token::Open);
            self.push(Token::Text(readable(&text)));
            self.push(Token::Close(Style::Link(url)));
        }
        self.at = close + 1;
        true
    }

    fn html(&mut self) -> bool {
        let special = matches!(self.text.at(self.at + 1), Some('!' | '?'));
        if self.at + 2 >= self.end || special && self.lacks_html {
            return false;
        }
        match html::piece(self.text, self.at) {
            Some(end) => {
                self.flush();
                self.at = end;
                true
            }
            None => {
                self.lacks_html |= special;
                false
            }
        }
    }

    fn entity(&mut self, keeps: bool) -> bool {
        let text = self.text.part(self.at..(self.at + 35).min(self.end)).text();
        let Some(found) = entity(&text, 7) else { return false };
        let Entity::Character(c, length) = found else {
            self.unsure = true;
            return false;
        };
        if keeps {
            self.push(Token::Special(c.to_string()));
        }
        self.at += length;
        true
    }
}

/// Code as it is shown: on one line, without the blank at both ends.
fn shown_code(text: Chars<'_>) -> String {
    let code = text.text().replace('\n', " ");
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')).filter(|inner| !inner.is_empty());
    inner.map_or(code.clone(), str::to_owned)
}

/// A scheme, `:`, and anything but blanks.
fn is_address(text: Chars<'_>) -> bool {
    let scheme = text.run(0, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    let is_scheme = (2..=32).contains(&scheme) && text.at(0).is_some_and(|c| c.is_ascii_alphabetic());
    is_scheme && text.at(scheme) == Some(':') && text.all(|c| c > ' ')
}

fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_name =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
    is_name
        && host.split('.').all(|part| {
            let inside = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            inside && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
        })
}

/// An address as people read it: `%C3%A9` is `é`, but signs that mean something in an address stay.
fn readable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let byte = rest.strip_prefix('%').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
        let is_number = rest.get(1..3).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let length = match byte.filter(|byte| is_number && !b";/?:@&=+$,#%".contains(byte)) {
            Some(byte) => {
                bytes.push(byte);
                3
            }
            None => {
                bytes.extend(c.to_string().bytes());
                c.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        // A byte that belongs to no character is shown as one that is not known.
        shown.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    shown
}
