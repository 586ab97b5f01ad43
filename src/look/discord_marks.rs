//! What Discord's marks enclose: where each closes. Every rule is one of `discord-markdown-parser`'s; where something may
//! close is worked out once per text, from its end, which keeps reading linear.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::chars::Chars;
use super::emoji::Names;
use super::tree::Inline;

/// Longest label and address that are looked for, in characters.
const LONGEST_LINK: usize = 2_048;

/// Addresses that are tried for one label: nobody writes more brackets into one.
const MOST_TRIED: usize = 8;

/// Where nothing closes.
const NOWHERE: u32 = u32::MAX;

/// A text and, once they are asked for, the places where its marks close.
pub(super) struct Marks<'a> {
    text: Chars<'a>,
    bold: OnceCell<Vec<u32>>,
    underline: OnceCell<Vec<u32>>,
    star: OnceCell<Vec<u32>>,
    underscore: OnceCell<Vec<u32>>,
    bars: OnceCell<Vec<usize>>,
    tildes: OnceCell<Vec<usize>>,
    fences: OnceCell<Vec<usize>>,
    /// Runs of backticks by their length.
    ticks: OnceCell<BTreeMap<usize, Vec<usize>>>,
}

/// What a scan does at a character.
enum Step {
    /// It closes here.
    Close,
    /// It goes on so many characters further.
    On(usize),
    /// It fails.
    Fail,
}

impl<'a> Marks<'a> {
    pub fn of(text: Chars<'a>) -> Self {
        Self {
            text,
            bold: OnceCell::new(),
            underline: OnceCell::new(),
            star: OnceCell::new(),
            underscore: OnceCell::new(),
            bars: OnceCell::new(),
            tildes: OnceCell::new(),
            fences: OnceCell::new(),
            ticks: OnceCell::new(),
        }
    }

    /// For every place, where a scan that comes by there closes.
    fn scanned(&self, step: impl Fn(usize, char) -> Step) -> Vec<u32> {
        let length = self.text.len();
        let mut ends = vec![NOWHERE; length];
        for at in (0..length).rev() {
            let Some(c) = self.text.at(at) else { continue };
            let end = match step(at, c) {
                Step::Close => u32::try_from(at).unwrap_or(NOWHERE),
                Step::On(by) => ends.get(at + by).copied().unwrap_or(NOWHERE),
                Step::Fail => NOWHERE,
            };
            if let Some(slot) = ends.get_mut(at) {
                *slot = end;
            }
        }
        ends
    }

    /// Where `**` or `__` closes: the first pair that no third mark follows, and of which no mark is escaped.
    pub fn double_end(&self, at: usize, mark: char) -> Option<usize> {
        if self.text.at(at + 1) != Some(mark) {
            return None;
        }
        let cell = if mark == '*' { &self.bold } else { &self.underline };
        let ends = cell.get_or_init(|| {
            let is = |index: usize| self.text.at(index) == Some(mark);
            self.scanned(|at, c| {
                if c == mark && is(at + 1) && !is(at + 2) {
                    Step::Close
                } else {
                    Step::On(if c == '\\' { 2 } else { 1 })
                }
            })
        });
        let first = if self.text.at(at + 2)? == '\\' { 2 } else { 1 };
        found(ends, at + 2 + first)
    }

    /// Where `*` or `_` closes. Pairs of marks and escaped characters are skipped; a star has no white space next to it, an
    /// underscore closes no word.
    pub fn italic_end(&self, at: usize, mark: char) -> Option<usize> {
        let text = self.text;
        if mark == '_' {
            let ends = self.underscore.get_or_init(|| {
                self.scanned(|at, c| match c {
                    '_' if text.at(at + 1).is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_') => Step::Close,
                    '_' if text.at(at + 1) == Some('_') => Step::On(2),
                    '_' => Step::Fail,
                    '\\' => Step::On(2),
                    _ => Step::On(1),
                })
            });
            let first = match text.at(at + 1)? {
                '_' if text.at(at + 2) == Some('_') => 2,
                '_' => return None,
                '\\' => 2,
                _ => 1,
            };
            return found(ends, at + 1 + first);
        }
        // White space is followed by something that is not a single star.
        let spaces = |at: usize| {
            let next = at + text.run(at, char::is_whitespace);
            match text.at(next) {
                None => None,
                Some('*') => (text.at(next + 1) == Some('*')).then_some(next + 2 - at),
                Some('\\') => Some(next + 2 - at),
                Some(_) => Some(next + 1 - at),
            }
        };
        let ends = self.star.get_or_init(|| {
            self.scanned(|at, c| match c {
                '*' if text.at(at + 1) != Some('*') => Step::Close,
                '*' | '\\' => Step::On(2),
                c if c.is_whitespace() => spaces(at).map_or(Step::Fail, Step::On),
                _ => Step::On(1),
            })
        });
        let first = match text.at(at + 1)? {
            '*' if text.at(at + 2) == Some('*') => 2,
            '*' => return None,
            c if c.is_whitespace() => return None,
            '\\' => 2,
            _ => 1,
        };
        found(ends, at + 1 + first)
    }

    /// Where a spoiler closes.
    pub fn spoiler_end(&self, at: usize) -> Option<usize> {
        let bars = self.bars.get_or_init(|| self.places("||"));
        self.text.starts_with(at, "||").then(|| next(bars, at + 3)).flatten()
    }

    /// Where `~~` closes: no underscore follows it.
    pub fn strike_end(&self, at: usize) -> Option<usize> {
        let tildes = self.tildes.get_or_init(|| {
            let mut places = self.places("~~");
            places.retain(|index| self.text.at(index + 2) != Some('_'));
            places
        });
        self.text.starts_with(at, "~~").then(|| next(tildes, at + 3)).flatten()
    }

    fn fence(&self, from: usize) -> Option<usize> {
        next(self.fences.get_or_init(|| self.places("```")), from)
    }

    fn places(&self, mark: &str) -> Vec<usize> {
        (0..self.text.len()).filter(|index| self.text.starts_with(*index, mark)).collect()
    }

    /// Code between two runs of as many backticks; of a run that nothing closes, the last marks may open.
    pub fn code(&self, at: usize) -> Option<(String, usize)> {
        let text = self.text;
        let width = text.run(at, |c| c == '`');
        let ticks = self.ticks.get_or_init(|| {
            let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut index = 0;
            while let Some(start) = text.find(index, |c| c == '`') {
                let run = text.run(start, |c| c == '`');
                runs.entry(run).or_default().push(start);
                index = start + run;
            }
            runs
        });
        let (run, close) =
            ticks.range(..=width).rev().find_map(|(run, places)| Some((*run, next(places, at + width)?)))?;
        let code = text.part(at + run..close);
        // A space that keeps a backtick from the marks is not shown.
        let before = code.run(0, |c| c == ' ');
        let start = usize::from(before > 0 && code.at(before) == Some('`'));
        let shut = code.len() > start + 1 && code.before(code.len()) == Some(' ');
        let end = code.len() - usize::from(shut && code.0.iter().rev().find(|c| **c != ' ') == Some(&'`'));
        // All but one of several spaces at the end stay.
        Some((code.part(start..end).text(), close + run))
    }
}

fn found(ends: &[u32], at: usize) -> Option<usize> {
    ends.get(at).filter(|end| **end != NOWHERE).and_then(|end| usize::try_from(*end).ok())
}

/// The first of sorted places that is not before `from`.
fn next(places: &[usize], from: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < from)).copied()
}

/// A fence, which may stand within a line: what it holds without the language on its first line and the line ends next to
/// the marks, and where it ends.
pub(super) fn code_block(text: Chars<'_>, at: usize, marks: &Marks<'_>) -> Option<(String, usize)> {
    if !text.starts_with(at, "```") {
        return None;
    }
    let after = at + 3;
    let word = after + text.run(after, |c| c.is_ascii_alphanumeric() || "-_.+#".contains(c));
    let newlines = |from: usize| text.run(from, |c| c == '\n');
    // With a language, its line ends may be left to the code only when nothing else closes; then without one.
    let named = (word > after && newlines(word) > 0).then(|| (word + 1..=word + newlines(word)).rev());
    let bare = (after..=after + newlines(after)).rev();
    let (start, fence) = named.into_iter().flatten().chain(bare).find_map(|start| {
        let fence = marks.fence(start + 1)?;
        Some((start, fence))
    })?;
    let mut end = fence;
    while end > start + 1 && text.before(end) == Some('\n') {
        end -= 1;
    }
    Some((text.part(start..end).text(), fence + 3))
}

/// Where a bare address ends: before white space and `<`, without the punctuation of the sentence around it.
pub(super) fn url_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(at, scheme))?;
    let first = at + scheme.len();
    let mut end = text.find(first, |c| c.is_whitespace() || c == '<').unwrap_or(text.len());
    while end > first && text.before(end).is_some_and(|c| ".,:;\"')]".contains(c)) {
        end -= 1;
    }
    (end > first + 1).then_some(end)
}

/// `[label](address "title")`: the label, the address and the end. The longest label counts that an address follows.
pub(super) fn link(text: Chars<'_>, at: usize) -> Option<(Range<usize>, String, usize)> {
    let near = text.part(0..at + LONGEST_LINK);
    near.find(at + 1, |c| c == ')')?;
    let ends = label_ends(near, at);
    ends.into_iter().rev().filter(|end| near.starts_with(*end, "](")).take(MOST_TRIED).find_map(|end| {
        let (address, close) = address(near, end + 2)?;
        // Discord shows a link without a label or an address as it is written.
        (end > at + 1 && !address.is_empty()).then_some(())?;
        Some((at + 1..end, unescaped(address), close))
    })
}

/// Where a label that opens at `at` may end: it holds pairs of brackets, and a closing one before another closing one.
pub(super) fn label_ends(text: Chars<'_>, at: usize) -> Vec<usize> {
    let mut ends = vec![at + 1];
    let mut index = at + 1;
    while let Some(c) = text.at(index) {
        let next = match c {
            '[' => text.find(index + 1, |c| c == ']').map(|close| close + 1),
            ']' => text
                .find(index + 1, |c| matches!(c, '[' | ']'))
                .filter(|next| text.at(*next) == Some(']'))
                .map(|_| index + 1),
            _ => Some(index + 1),
        };
        let Some(next) = next else { break };
        ends.push(next);
        index = next;
    }
    ends
}

/// The address of a link and where the link ends.
fn address(text: Chars<'_>, from: usize) -> Option<(Chars<'_>, usize)> {
    let start = from + text.run(from, char::is_whitespace);
    let mut tried = vec![false; text.len().saturating_sub(start) + 2];
    let starts = if text.at(start) == Some('<') { [start + 1, start] } else { [start, start] };
    starts.into_iter().find_map(|start_of| {
        let (end, close) = address_end(text, start_of, start, &mut tried)?;
        Some((text.part(start_of..end), close))
    })
}

fn address_end(text: Chars<'_>, at: usize, base: usize, tried: &mut [bool]) -> Option<(usize, usize)> {
    // Places to go on from, the last first: after a pair of parentheses, or after its first alone.
    let mut open = vec![at];
    while let Some(index) = open.pop() {
        match tried.get_mut(index - base) {
            Some(done) if !*done => *done = true,
            _ => continue,
        }
        if let Some(close) = link_end(text, index) {
            return Some((index, close));
        }
        match text.at(index) {
            Some('\\') if text.at(index + 1).is_some_and(|c| c != '\n') => open.push(index + 2),
            Some('\\') => {}
            Some('(') => {
                open.push(index + 1);
                if let Some(close) = text.find(index + 1, |c| c == ')') {
                    open.push(close + 1);
                }
            }
            Some(c) if !c.is_whitespace() => open.push(index + 1),
            _ => {}
        }
    }
    None
}

/// Where a link ends whose address ends here: `>`, a title and white space may follow.
fn link_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let closed = |from: usize| {
        let end = from + text.run(from, char::is_whitespace);
        (text.at(end) == Some(')')).then_some(end + 1)
    };
    let after = |from: usize| {
        let quote = from + text.run(from, char::is_whitespace);
        let titled = if quote > from && matches!(text.at(quote), Some('"' | '\'')) {
            let mut index = quote + 1;
            let mut end = None;
            while let Some(mark) = text.find(index, |c| matches!(c, '"' | '\'')) {
                end = closed(mark + 1);
                if end.is_some() {
                    break;
                }
                index = mark + 1;
            }
            end
        } else {
            None
        };
        titled.or_else(|| closed(from))
    };
    (text.at(at) == Some('>')).then(|| after(at + 1)).flatten().or_else(|| after(at))
}

fn unescaped(address: Chars<'_>) -> String {
    let mut out = String::with_capacity(address.len());
    let mut at = 0;
    while let Some(c) = address.at(at) {
        let escaped =
            address.at(at + 1).filter(|next| c == '\\' && !next.is_ascii_alphanumeric() && !next.is_whitespace());
        out.push(escaped.unwrap_or(c));
        at += if escaped.is_some() { 2 } else { 1 };
    }
    out
}

/// What stands between `<` and `>`: an address of any scheme, or somebody or something that Discord knows.
pub(super) fn angle(text: Chars<'_>, at: usize) -> Option<(Inline, usize)> {
    let near = text.part(0..at + LONGEST_LINK);
    let end = near.find(at + 1, |c| c == '>')?;
    let inside = near.part(at + 1..end);
    let colon = inside.find(0, |c| c == ':' || c == ' ');
    if colon.is_some_and(|colon| colon > 0 && inside.starts_with(colon, ":/") && colon + 2 < inside.len())
        && inside.all(|c| c != ' ')
    {
        let url = inside.text();
        return Some((Inline::Link { label: vec![Inline::Text(url.clone())], url }, end + 1));
    }
    known(&inside.text()).map(|node| (node, end + 1))
}

fn is_id(text: &str) -> bool {
    (17..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn known(inside: &str) -> Option<Inline> {
    if let Some(id) =
        inside.strip_prefix("@&").or_else(|| inside.strip_prefix("@!")).or_else(|| inside.strip_prefix('@'))
    {
        return is_id(id).then(|| Inline::Mention(format!("@{id}")));
    }
    if let Some(id) = inside.strip_prefix('#') {
        return is_id(id).then(|| Inline::Channel(format!("#{id}")));
    }
    if let Some(time) = inside.strip_prefix("t:") {
        let (unix, format) = time.split_once(':').unwrap_or((time, "f"));
        let digits = unix.strip_prefix('-').unwrap_or(unix);
        let is_time = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let is_format = ["R", "t", "T", "d", "D", "f", "F"].contains(&format);
        return (is_time && is_format).then(|| Inline::Date(format!("{unix}:{format}")));
    }
    let is_long_id = |id: &str| is_id(id) || (id.len() == 21 && id.bytes().all(|b| b.is_ascii_digit()));
    let (name, id) = inside.rsplit_once(':')?;
    if let Some(command) = name.strip_prefix('/') {
        let words: Vec<&str> = command.split(' ').collect();
        let is_word = |word: &&str| {
            (1..=32).contains(&word.chars().count()) && word.chars().all(|c| c.is_alphanumeric() || "-_'".contains(c))
        };
        let named = words.len() <= 3 && words.iter().all(is_word);
        return (named && is_long_id(id)).then(|| Inline::Mention(name.to_owned()));
    }
    if let Some(emoji) = name.strip_prefix("a:").or_else(|| name.strip_prefix(':')) {
        let named = (2..=32).contains(&emoji.len()) && emoji.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return (named && is_long_id(id)).then(|| Inline::Emoji(emoji.to_owned(), Names::Own));
    }
    let (guild, page) = inside.split_once(':')?;
    let is_page = ["customize", "browse", "guide", "linked-roles"].contains(&page)
        || page.strip_prefix("linked-roles:").is_some_and(is_long_id);
    (is_id(guild) && is_page).then(|| Inline::Channel(format!("#{page}")))
}
