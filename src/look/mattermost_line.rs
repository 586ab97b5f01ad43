//! Mattermost's Markdown inside of a block: emphasis, code, links. The rules are those of its fork of `marked`, tried in the
//! same order; plain text runs on to the next sign that something may start with. What the application makes of plain text
//! (entities, mentions, emoji) is in [`super::mattermost_text`], addresses are in [`super::mattermost_link`].

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::chars::{Chars, DEEPEST, Line};
use super::mattermost_link as link;
use super::mattermost_text::{decoded, shown};
use super::tree::Inline;

/// Reads the text of a block; a newline is a line break.
pub fn inline(text: Chars<'_>) -> Vec<Inline> {
    read(text, false, 0)
}

/// Reads a text of its own: what a style or a label holds is one.
fn read(text: Chars<'_>, in_link: bool, depth: usize) -> Vec<Inline> {
    if depth > DEEPEST {
        return vec![Inline::Text(decoded(&text.text()))];
    }
    let reader = Reader { text, in_link, depth, ends: Ends::default() };
    let mut out = Line::default();
    let mut at = 0;
    while at < text.len() {
        at = match reader.node(at, &mut out) {
            Some(end) => end,
            None => {
                let end = reader.text_end(at);
                out.text(&text.part(at..end).text());
                end
            }
        };
    }
    out.finish().into_iter().flat_map(shown).collect()
}

/// Places of a text where something may close, in order.
#[derive(Default)]
struct Ends {
    stars: OnceCell<[Vec<usize>; 3]>,
    underscores: OnceCell<[Vec<usize>; 3]>,
    tildes: OnceCell<Vec<usize>>,
    /// Runs of backticks by their length.
    ticks: OnceCell<BTreeMap<usize, Vec<usize>>>,
}

struct Reader<'a> {
    text: Chars<'a>,
    in_link: bool,
    depth: usize,
    ends: Ends,
}

/// The first of sorted places that is not before `from`.
fn next(places: &[usize], from: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < from)).copied()
}

impl Reader<'_> {
    /// Reads what starts here and says where it ends; `None` when it is plain text.
    fn node(&self, at: usize, out: &mut Line) -> Option<usize> {
        let text = self.text;
        let nested = |range: Range<usize>| read(text.part(range), self.in_link, self.depth + 1);
        let linked =
            |url: String, label: Vec<Inline>, out: &mut Line| out.node(Inline::Link { url: decoded(&url), label });
        let c = text.at(at)?;
        if c == '\\' {
            let escaped = text.at(at + 1).filter(|c| {
                "`*{}[]()#+-.!_>~|".contains(*c) || (*c == '\\' && text.at(at + 2).is_none_or(|c| !is_word(c)))
            })?;
            out.character(escaped);
            return Some(at + 2);
        }
        if c == '<' {
            if let Some((url, label, end)) = link::angle(text, at) {
                linked(url, vec![Inline::Text(decoded(&label))], out);
                return Some(end);
            }
            if let Some(end) = link::tag_end(text, at) {
                out.text(&text.part(at..end).text());
                return Some(end);
            }
        }
        if !self.in_link
            && let Some((end, is_linked)) = link::bare(text, at)
        {
            let url = text.part(at..end).text();
            if is_linked {
                linked(url.clone(), vec![Inline::Text(decoded(&url))], out);
            } else {
                out.text(&url);
            }
            return Some(end);
        }
        let bang = usize::from(c == '!');
        if text.at(at + bang) == Some('[') {
            if let Some((label, url, end)) = link::labelled(text, at + bang) {
                if bang == 1 {
                    out.node(Inline::Image { url: decoded(&url), alt: decoded(&text.part(label).text()) });
                } else {
                    linked(url, read(text.part(label), true, self.depth + 1), out);
                }
                return Some(end);
            }
            // Brackets without an address are text, and something may start right behind the first.
            return link::is_bracketed(text, at + bang).then(|| {
                out.character(c);
                at + 1
            });
        }
        match c {
            '*' | '_' => {
                if let Some(end) = self.strong_end(at, c) {
                    out.node(Inline::Bold(nested(at + 2..end)));
                    return Some(end + 2);
                }
                let end = self.emphasis_end(at, c)?;
                out.node(Inline::Italic(nested(at + 1..end)));
                Some(end + 1)
            }
            '`' => {
                let width = text.run(at, |c| c == '`');
                let close = next(self.ticks().get(&width)?, at + width)?;
                out.node(Inline::Code(text.part(at + width..close).trimmed().text()));
                Some(close + width)
            }
            '~' if text.at(at + 1) == Some('~') => {
                text.at(at + 2).filter(|c| !c.is_whitespace())?;
                let tildes =
                    self.ends.tildes.get_or_init(|| self.places('~', |at, solid| solid && self.is(at + 1, '~')));
                let close = next(tildes, at + 3)?;
                out.node(Inline::Strike(nested(at + 2..close)));
                Some(close + 2)
            }
            _ => None,
        }
    }

    fn is(&self, at: usize, c: char) -> bool {
        self.text.at(at) == Some(c)
    }

    /// Where plain text that starts here ends: at the next sign that something may start with.
    fn text_end(&self, at: usize) -> usize {
        let text = self.text;
        let mut end = at + text.run(at, |c| c == '`').max(1);
        while let Some(c) = text.at(end) {
            let starts_word = || text.before(end).is_none_or(|c| !is_word(c));
            let stops = match c {
                '\\' | '<' | '!' | '[' | '`' | '*' | '~' => true,
                '_' => starts_word(),
                'a'..='z' if starts_word() => link::starts_address(text, end),
                _ => false,
            };
            if stops {
                break;
            }
            end += 1;
        }
        end
    }

    /// Where these marks stand, when the test passes for their place and whether something solid stands in front.
    fn places(&self, mark: char, test: impl Fn(usize, bool) -> bool) -> Vec<usize> {
        let solid = |at: usize| self.text.before(at).is_some_and(|c| !c.is_whitespace());
        let marks = self.text.0.iter().enumerate().filter(|(_, c)| **c == mark).map(|(at, _)| at);
        marks.filter(|at| test(*at, solid(*at))).collect()
    }

    fn ticks(&self) -> &BTreeMap<usize, Vec<usize>> {
        self.ends.ticks.get_or_init(|| {
            let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut index = 0;
            while let Some(start) = self.text.find(index, |c| c == '`') {
                let run = self.text.run(start, |c| c == '`');
                runs.entry(run).or_default().push(start);
                index = start + run;
            }
            runs
        })
    }

    /// Where a mark closes bold, where it closes italic, and where it does so only when nothing else does (`*a**`).
    fn marks(&self, mark: char) -> &[Vec<usize>; 3] {
        let cell = if mark == '*' { &self.ends.stars } else { &self.ends.underscores };
        cell.get_or_init(|| {
            let text = self.text;
            let bold = self.places(mark, |at, _| self.is(at + 1, mark) && !self.is(at + 2, mark));
            let closes = |at: usize| match text.at(at + 1) {
                None => true,
                Some(c) if c == mark => false,
                Some(c) => mark == '*' || c.is_whitespace() || is_punctuation(c),
            };
            let italic = self.places(mark, |at, solid| solid && closes(at) && text.before(at) != Some(mark));
            let last_resort = self.places(mark, |at, solid| solid && closes(at));
            [bold, italic, last_resort]
        })
    }

    fn strong_end(&self, at: usize, mark: char) -> Option<usize> {
        if !self.is(at + 1, mark) {
            return None;
        }
        let [bold, ..] = self.marks(mark);
        next(bold, at + 3)
    }

    fn emphasis_end(&self, at: usize, mark: char) -> Option<usize> {
        let first = self.text.at(at + 1)?;
        if first.is_whitespace() || (mark == '*' && matches!(first, '"' | '<')) {
            return None;
        }
        if first != mark && self.is(at + 2, mark) && !self.is(at + 3, mark) {
            return Some(at + 2);
        }
        let [_, italic, last_resort] = self.marks(mark);
        next(italic, at + 3).or_else(|| if first == mark { None } else { next(last_resort, at + 3) })
    }
}

pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The signs that may follow a closing underscore.
fn is_punctuation(c: char) -> bool {
    "!\"#$%&'()*+,-./:;<=>?@[^_{|}~".contains(c)
}
