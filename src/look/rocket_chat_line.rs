//! Rocket.Chat's markup inside of a line: styles, mentions, emoji, code. Each function is a rule of the message parser's
//! grammar and says where it ends; what it tries first, it tries first here too. Links are in [`super::rocket_chat_link`],
//! emoji in [`super::rocket_chat_emoji`]; the rules of styles call each other, which is why they stay in one file.

use std::cell::Cell;

use super::chars::{Chars, Line};
use super::rocket_chat_emoji::{picture_end, short_name};
use super::rocket_chat_link as link;
use super::tree::Inline;

/// The longest label that is looked for, in characters.
const LONGEST_LABEL: usize = 2_048;

/// The longest run of marks and spaces that is looked through, in characters.
const LONGEST_RUN: usize = 512;

/// Spaces and tabs.
pub(super) fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// What the parser is inside of: a style does not open within itself.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    bold: bool,
    italic: bool,
    strike: bool,
    link: bool,
}

/// The message, and what was last looked for in it: from where, and where it is.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub text: Chars<'a>,
    next_at: Cell<(usize, usize)>,
    next_sign: Cell<(usize, usize)>,
}

impl<'a> Reader<'a> {
    pub fn new(text: Chars<'a>) -> Self {
        Self { text, next_at: Cell::default(), next_sign: Cell::default() }
    }

    /// Where the next character stands that passes; every stretch is looked through once.
    fn next(&self, last: &Cell<(usize, usize)>, at: usize, test: fn(char) -> bool) -> usize {
        let (from, found) = last.get();
        if (from..=found).contains(&at) && found > from {
            return found;
        }
        let found = self.text.find(at, test).unwrap_or(self.text.len());
        last.set((at, found));
        found
    }

    /// Whether a word goes on to an `@`, as an address of mail does.
    fn may_be_mail(&self, at: usize) -> bool {
        let next = self.next(&self.next_at, at, |c| c == '@' || c == '\n' || is_space(c));
        next > at && self.text.at(next) == Some('@')
    }

    /// Whether a word goes on to a dot or to `://`, as an address does.
    fn may_be_address(&self, at: usize) -> bool {
        let next = self.next(&self.next_sign, at, |c| ":./@\n".contains(c) || is_space(c));
        next > at && (self.text.at(next) == Some('.') || self.text.starts_with(next, "://"))
    }

    /// Reads to the end of the line, and says where the next begins; `None` when there is nothing in it.
    pub fn line(&self, at: usize) -> Option<(Vec<Inline>, usize)> {
        let mut out = Line::default();
        let mut end = at;
        while let Some(c) = self.text.at(end).filter(|c| *c != '\n') {
            end = self.item(end, Inside::default(), &mut out).unwrap_or_else(|| {
                out.character(c);
                end + 1
            });
        }
        (end > at).then(|| (out.finish(), end + usize::from(self.text.at(end) == Some('\n'))))
    }

    /// The same, but `None` when a star is left over.
    pub fn starred_line(&self, at: usize) -> Option<(Vec<Inline>, usize)> {
        let mut out = Line::default();
        let mut end = at;
        while let Some(c) = self.text.at(end).filter(|c| *c != '\n') {
            end = match self.item(end, Inside::default(), &mut out) {
                Some(end) => end,
                None if c == '*' => return None,
                None => {
                    out.character(c);
                    end + 1
                }
            };
        }
        (end > at).then(|| (out.finish(), end + usize::from(self.text.at(end) == Some('\n'))))
    }

    /// What may start anywhere in a line.
    fn item(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        let text = self.text;
        self.spaces(at, out)
            .or_else(|| self.escaped_time(at, out))
            .or_else(|| self.time(at, out))
            .or_else(|| self.reference(at, inside, out))
            .or_else(|| link::phone(text, at, out))
            .or_else(|| self.may_be_mail(at).then(|| link::email(text, at, out)).flatten())
            .or_else(|| self.may_be_address(at).then(|| link::address(text, at, out)).flatten())
            .or_else(|| link::underscored(text, at, out))
            .or_else(|| self.spoiler(at, inside, out))
            .or_else(|| self.blank_style(at, out))
            .or_else(|| self.emphasis(at, inside, out))
            .or_else(|| self.mention(at, false, out))
            .or_else(|| self.emoji(at, out))
            .or_else(|| self.code(at, out))
            .or_else(|| link::image(text, at, out))
            .or_else(|| self.escaped(at, out))
            .or_else(|| self.run(at, "*_~`:\n<[]! \t()\\|", out))
    }

    fn emphasis(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        self.bold(at, inside, out).or_else(|| self.italic(at, inside, out)).or_else(|| self.strike(at, inside, out))
    }

    fn spaces(&self, at: usize, out: &mut Line) -> Option<usize> {
        let end = at + self.text.run(at, is_space);
        (end > at).then(|| {
            out.text(&self.text.part(at..end).text());
            end
        })
    }

    /// Characters that are none of these.
    fn run(&self, at: usize, none_of: &str, out: &mut Line) -> Option<usize> {
        let end = at + self.text.run(at, |c| !none_of.contains(c));
        (end > at).then(|| {
            out.text(&self.text.part(at..end).text());
            end
        })
    }

    /// What a strike holds first of all: characters that begin nothing.
    fn plain(&self, at: usize, out: &mut Line) -> Option<usize> {
        let begins = |c: char| {
            "\n~ *_:`@#[]\\<!|".contains(c) || matches!(c, '\u{2300}'..='\u{27bf}' | '\u{1f000}'..='\u{1fbff}')
        };
        let end = at + self.text.run(at, |c| !begins(c));
        (end > at).then(|| {
            out.text(&self.text.part(at..end).text());
            end
        })
    }

    /// `<t:1618953630:R>`, `<t:2026-11-25T10:00:00>`, `<t:10:00>`
    fn time_end(&self, at: usize) -> Option<usize> {
        let text = self.text;
        if !text.starts_with(at, "<t:") {
            return None;
        }
        let end = text.part(0..at + 48).find(at, |c| c == '>' || c == '\n').filter(|end| text.at(*end) == Some('>'))?;
        let inside = text.part(at + 3..end).text();
        let typed = inside.rsplit_once(':').filter(|(_, kind)| ["t", "T", "d", "D", "f", "F", "R"].contains(kind));
        let time = typed.map_or(inside.as_str(), |(time, _)| time);
        let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let zone = shape.strip_suffix("+00:00").or_else(|| shape.strip_suffix("-00:00"));
        let known = ["0000-00-00T00:00:00.000", "0000-00-00T00:00:00", "00:00:00", "00:00"];
        let is_time = shape == "0000000000"
            || known.contains(&shape.as_str())
            || zone.is_some_and(|shape| known.contains(&shape));
        is_time.then_some(end + 1)
    }

    fn time(&self, at: usize, out: &mut Line) -> Option<usize> {
        let end = self.time_end(at)?;
        let inside = self.text.part(at + 3..end - 1).text();
        let is_bare = inside.rsplit(':').next().is_none_or(|kind| kind.len() != 1);
        out.node(Inline::Date(if is_bare { format!("{inside}:t") } else { inside }));
        Some(end)
    }

    fn escaped_time(&self, at: usize, out: &mut Line) -> Option<usize> {
        let end = (self.text.at(at) == Some('\\')).then(|| self.time_end(at + 1)).flatten()?;
        out.text(&self.text.part(at + 1..end).text());
        Some(end)
    }

    fn escaped(&self, at: usize, out: &mut Line) -> Option<usize> {
        let next = (self.text.at(at) == Some('\\')).then(|| self.text.at(at + 1)).flatten()?;
        "*_~`#.".contains(next).then(|| {
            out.character(next);
            at + 2
        })
    }

    fn code(&self, at: usize, out: &mut Line) -> Option<usize> {
        if self.text.at(at) != Some('`') {
            return None;
        }
        let end = self.text.find(at + 1, |c| c == '`' || c == '\n')?;
        (self.text.at(end) == Some('`') && end > at + 1).then(|| {
            out.node(Inline::Code(self.text.part(at + 1..end).text()));
            end + 1
        })
    }

    fn emoji(&self, at: usize, out: &mut Line) -> Option<usize> {
        if let Some(mut end) = picture_end(self.text, at) {
            // Neither a mention nor an address begins between two of the upper planes that does not begin with the first.
            let is_upper = |at: usize| self.text.at(at).is_some_and(|c| c > '\u{ffff}');
            while is_upper(at)
                && is_upper(end)
                && let Some(next) = picture_end(self.text, end)
            {
                end = next;
            }
            out.text(&self.text.part(at..end).text());
            return Some(end);
        }
        let (emoji, end) = short_name(self.text, at)?;
        out.node(emoji);
        Some(end)
    }

    /// `@name` and `#channel`. Right behind a sign or a letter of the basic plane they and the first letter of the name are
    /// text; for `@` that is a rule of styles alone.
    fn mention(&self, at: usize, in_style: bool, out: &mut Line) -> Option<usize> {
        let text = self.text;
        let c = text.at(at)?;
        let ats = text.run(at + 1, |c| c == '@');
        if is_text(c) && c <= '\u{ffff}' {
            let sign = if ats > 0 && in_style {
                Some((at + 1 + ats, '@'))
            } else {
                (text.at(at + 1) == Some('#')).then_some((at + 2, '#'))
            };
            if let Some((name, sign)) = sign
                && let Some(first) = text.at(name).filter(|c| c.is_alphanumeric())
            {
                out.text(&format!("{c}{sign}{first}"));
                return Some(name + 1);
            }
        }
        let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let (sign, start) = match c {
            '@' => ('@', at + 1 + ats),
            '#' => ('#', at + 1),
            _ => return None,
        };
        let mut end = start + text.run(start, is_name);
        if end == start {
            return None;
        }
        if sign == '@' && matches!(text.at(end), Some(':' | '@')) {
            let more = text.run(end + 1, is_name);
            end += if more > 0 { more + 1 } else { 0 };
        }
        let name = text.part(start..end).text();
        if sign == '@' && name.ends_with("__") {
            return None;
        }
        out.node(if sign == '@' { Inline::Mention(format!("@{name}")) } else { Inline::Channel(format!("#{name}")) });
        Some(end)
    }

    fn spoiler(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        if !self.text.starts_with(at, "||") {
            return None;
        }
        let mut content = Line::default();
        let mut end = at + 2;
        while !self.text.starts_with(end, "||") {
            let c = self.text.at(end).filter(|c| *c != '\n')?;
            end = self.item(end, inside, &mut content).unwrap_or_else(|| {
                content.character(c);
                end + 1
            });
        }
        (end > at + 2).then(|| {
            out.node(Inline::Spoiler(content.finish()));
            end + 2
        })
    }

    /// Marks with nothing but white space between them (`* *`) are shown, and do not open anything.
    fn blank_style(&self, at: usize, out: &mut Line) -> Option<usize> {
        let mark = self.text.at(at).filter(|c| "*_~".contains(*c))?;
        let near = self.text.part(0..at + LONGEST_RUN);
        let space = at + near.run(at, |c| c == mark);
        let second = space + near.run(space, is_space);
        let end = second + near.run(second, |c| c == mark);
        (second > space && end > second).then(|| {
            out.text(&self.text.part(at..end).text());
            end
        })
    }

    /// What every style may hold.
    fn styled_item(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        self.spaces(at, out)
            .or_else(|| self.escaped_time(at, out))
            .or_else(|| self.time(at, out))
            .or_else(|| self.code(at, out))
            .or_else(|| self.reference(at, inside, out))
            .or_else(|| self.mention(at, true, out))
    }

    /// A style between one or two of a mark: its content, and where it ends.
    fn between(
        &self,
        at: usize,
        mark: char,
        width: usize,
        item: impl Fn(usize, &mut Line) -> Option<usize>,
    ) -> Option<(Vec<Inline>, usize)> {
        if self.text.part(at..at + width).run(0, |c| c == mark) < width {
            return None;
        }
        let mut content = Line::default();
        let mut end = at + width;
        while let Some(next) = item(end, &mut content) {
            end = next;
        }
        let closed = end > at + width && self.text.part(end..end + width).run(0, |c| c == mark) == width;
        closed.then(|| (content.finish(), end + width))
    }

    /// One character that is none of these.
    fn any(&self, at: usize, none_of: &str, out: &mut Line) -> Option<usize> {
        let c = self.text.at(at).filter(|c| !none_of.contains(*c))?;
        out.character(c);
        Some(at + 1)
    }

    fn bold(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        if inside.bold || self.text.at(at) != Some('*') {
            return None;
        }
        let inside = Inside { bold: true, ..inside };
        let item = |at: usize, out: &mut Line| {
            self.styled_item(at, inside, out)
                .or_else(|| self.italic(at, inside, out))
                .or_else(|| self.strike(at, inside, out))
                .or_else(|| self.emoji(at, out))
                .or_else(|| self.run(at, "\n* _~", out))
                .or_else(|| self.any(at, "\n* ", out))
        };
        let (content, end) = [2, 1].into_iter().find_map(|width| self.between(at, '*', width, item))?;
        out.node(Inline::Bold(content));
        Some(end)
    }

    fn strike(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        if inside.strike || self.text.at(at) != Some('~') {
            return None;
        }
        let inside = Inside { strike: true, ..inside };
        let item = |at: usize, out: &mut Line| {
            self.plain(at, out)
                .or_else(|| self.styled_item(at, inside, out))
                .or_else(|| self.emoji(at, out))
                .or_else(|| self.any(at, "\n~ *_", out))
                .or_else(|| self.italic(at, inside, out))
                .or_else(|| self.bold(at, inside, out))
                .or_else(|| self.any(at, "\n~ ", out))
        };
        let (content, end) = [2, 1].into_iter().find_map(|width| self.between(at, '~', width, item))?;
        out.node(Inline::Strike(content));
        Some(end)
    }

    /// Italic: an underscore inside of a word or with a word behind it is one.
    fn italic(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        let text = self.text;
        if inside.italic {
            return None;
        }
        let word = at + text.run(at, |c| c.is_ascii_alphanumeric());
        if word > at {
            if text.at(word) != Some('_') {
                return None;
            }
            let end = word + 1 + usize::from(text.at(word + 1) == Some('_'));
            out.text(&text.part(at..end).text());
            return Some(end);
        }
        if text.at(at) != Some('_') {
            return None;
        }
        let inside = Inside { italic: true, ..inside };
        let item = |at: usize, out: &mut Line| {
            self.styled_item(at, inside, out)
                .or_else(|| self.bold(at, inside, out))
                .or_else(|| self.strike(at, inside, out))
                .or_else(|| self.emoji(at, out))
                .or_else(|| self.run(at, "\n_ *~", out))
                .or_else(|| self.any(at, "\n_ ", out))
        };
        let double = self.between(at, '_', 2, item);
        let single = self.between(at, '_', 1, item);
        let word = |end: usize, width: usize| {
            end + text.run(end, |c| c.is_ascii_alphabetic() || (width == 2 && c.is_ascii_digit()))
        };
        for (found, width) in [(&double, 2), (&single, 1)] {
            let Some((content, end)) = found else { continue };
            let word_end = word(*end, width);
            if word_end > *end {
                out.text(&"_".repeat(width));
                for inline in content.clone() {
                    match inline {
                        Inline::Text(text) => out.text(&text),
                        inline => out.node(inline),
                    }
                }
                out.text(&"_".repeat(width));
                out.text(&text.part(*end..word_end).text());
                return Some(word_end);
            }
        }
        let (content, end) = double.or(single)?;
        out.node(Inline::Italic(content));
        Some(end)
    }

    /// `[label](address)` and `<address|label>`; no link within a link.
    fn reference(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        if inside.link {
            return None;
        }
        match self.text.at(at)? {
            '[' => self.labelled(at, Inside { link: true, ..inside }, out),
            '<' => link::angle(self.text, at, out),
            _ => None,
        }
    }

    fn labelled(&self, at: usize, inside: Inside, out: &mut Line) -> Option<usize> {
        let text = self.text;
        text.part(0..at + LONGEST_LABEL).find_text(at + 1, "](")?;
        let mut label = Line::default();
        let mut end = at + 1;
        while let Some(c) = text.at(end).filter(|_| end < at + LONGEST_LABEL) {
            let styled = self.spaces(end, &mut label).or_else(|| self.emphasis(end, inside, &mut label));
            if let Some(next) = styled {
                end = next;
                continue;
            }
            if text.starts_with(end, "](") && text.at(end + 2).is_some() {
                break;
            }
            if text.starts_with(end, "] [")
                && text.find(end + 3, |c| c == ']').is_some_and(|close| text.at(close + 1) == Some('('))
            {
                break;
            }
            if c == '\n' {
                label.node(Inline::Break);
            } else {
                label.character(c);
            }
            end += 1;
        }
        if !text.starts_with(end, "](") {
            return None;
        }
        let (url, close) = link::target(text, end + 2)?;
        if text.at(close) != Some(')') {
            return None;
        }
        let label = if end == at + 1 { vec![Inline::Text(url.clone())] } else { label.finish() };
        out.node(Inline::Link { url, label });
        Some(close + 1)
    }
}

/// A character that keeps a mention or a channel right behind it from being one.
pub(super) fn is_text(c: char) -> bool {
    matches!(c, ' '..='\'' | '+'..='Z' | 'a'..='z') || !c.is_ascii()
}
