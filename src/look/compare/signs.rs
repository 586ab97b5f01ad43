//! The signs that a chat does not show although it shows the words beside them as they are written: the backslashes of
//! `\*b\*`, the `#` of a heading that is drawn as a line like others.
//!
//! Signs that make a style are told by that style. What is left is told at the words that the signs touch, at the words of
//! the line that they start, or by themselves.

use std::ops::Range;

use super::reading::Reading;
use super::style::{BLOCKS, Style, Styles, UNMARKED_LINE};

/// Signs that stand together between two words of the text.
#[derive(Debug)]
pub(super) struct Signs {
    /// Their bytes.
    pub span: Range<usize>,
    /// The place of the next word in the list of words.
    next: usize,
    /// Whether the word before and the next one touch them.
    touches: [bool; 2],
    /// Whether they start their line, and the next word stands on it.
    starts_line: bool,
}

/// All of a text.
pub(super) fn all(text: &str, words: &[Range<usize>]) -> Vec<Signs> {
    let mut found = Vec::new();
    let mut start = 0;
    for next in 0..=words.len() {
        let word = words.get(next);
        let end = word.map_or(text.len(), |word| word.start);
        let gap = text.get(start..end).unwrap_or_default();
        let mut at = start;
        for part in gap.split(char::is_whitespace) {
            let span = at..at + part.len();
            at = span.end + text.get(span.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            if part.is_empty() {
                continue;
            }
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            let goes_on = word.is_some() && !text.get(span.end..end).unwrap_or_default().contains('\n');
            found.push(Signs {
                next,
                touches: [next > 0 && span.start == start, word.is_some() && span.end == end],
                starts_line: goes_on && line.trim().is_empty(),
                span,
            });
        }
        start = word.map_or(end, |word| word.end);
    }
    found
}

/// Adds to the words of one chat which of them miss their signs. Returns the same for the signs that no word touches, in
/// the order of `all`.
pub(super) fn missing(
    text: &str,
    words: &[Range<usize>],
    all: &[Signs],
    reading: &Reading<'_>,
    places: &[Option<usize>],
    styles: &mut [Styles],
) -> Vec<Styles> {
    let mut alone = vec![0; all.len()];
    let mut done = 0;
    // From one word that is shown to the next, or to the end.
    let mut seen = 0;
    for (at, place) in places.iter().copied().map(Some).chain([None]).enumerate() {
        let (until, own) = match place {
            Some(None) => continue,
            Some(Some(place)) => (place, reading.shown.get(place).map(|shown| shown.signs.as_str())),
            None => (reading.shown.len(), Some(reading.signs.as_str())),
        };
        // What the text does not have: the name of an emoji that is written `:)`.
        let between = reading.shown.get(seen..until).unwrap_or_default();
        let extra = between.iter().fold(0, |all, shown| all | shown.styles);
        let shown: String = between.iter().map(|shown| shown.signs.as_str()).chain(own).collect();
        let here = all.get(done..).unwrap_or_default().iter().take_while(|signs| signs.next <= at).count();
        let here = all.get(done..done + here).unwrap_or_default();
        let written: Vec<&str> = here.iter().map(|signs| text.get(signs.span.clone()).unwrap_or_default()).collect();
        let hidden = hidden(&written, &shown);
        for (index, (signs, hidden)) in here.iter().zip(hidden).enumerate() {
            let length = text.get(signs.span.clone()).unwrap_or_default().chars().count();
            if hidden == 0 {
                continue;
            }
            let bits = if extra == 0 { Style::Unmarked.bit() } else { extra };
            let on_its_own = mark(text, words, signs, hidden == length, extra, styles);
            if let Some(alone) = alone.get_mut(done + index).filter(|_| on_its_own) {
                *alone = bits;
            }
        }
        done += here.len();
        seen = until + 1;
    }
    alone
}

/// Marks the words that miss these signs; whether there are none and the signs are told by themselves.
fn mark(
    text: &str,
    words: &[Range<usize>],
    signs: &Signs,
    all_hidden: bool,
    extra: Styles,
    styles: &mut [Styles],
) -> bool {
    let shown = |styles: &[Styles], index: usize| {
        styles.get(index).map_or(0, |word| word & !(Style::Joined.bit() | Style::Unmarked.bit()))
    };
    let neighbours = [signs.next.checked_sub(1), Some(signs.next)];
    if extra == 0 && signs.starts_line && all_hidden {
        let line =
            text.get(signs.span.end..).unwrap_or_default().find('\n').map_or(text.len(), |at| signs.span.end + at);
        let of_line = words.iter().enumerate().skip(signs.next).take_while(|(_, word)| word.start < line);
        if shown(styles, signs.next) == 0 {
            for (index, _) in of_line {
                if let Some(word) = styles.get_mut(index).filter(|word| **word & Style::Hidden.bit() == 0) {
                    *word |= UNMARKED_LINE;
                }
            }
        }
        return false;
    }
    let touching: Vec<usize> =
        neighbours.into_iter().zip(signs.touches).filter_map(|(word, touches)| word.filter(|_| touches)).collect();
    if extra == 0 && !touching.is_empty() {
        if touching.iter().all(|index| shown(styles, *index) == 0) {
            for index in touching {
                if let Some(word) = styles.get_mut(index) {
                    *word |= Style::Unmarked.bit();
                }
            }
        }
        return false;
    }
    let explained = |index: usize| shown(styles, index) & (BLOCKS | Style::Code.bit()) != 0;
    extra != 0 || !neighbours.into_iter().flatten().any(explained)
}

/// The most pairs of signs that are compared between two words; a line of a thousand dashes is not.
const MOST_PAIRS: usize = 10_000;

/// How many characters of each group of signs are not shown: what is not in the longest common sequence of both. The white
/// space between the groups counts, which tells a `:` before it from one behind it.
fn hidden(written: &[&str], shown: &str) -> Vec<usize> {
    let mut hidden: Vec<usize> = written.iter().map(|signs| signs.chars().count()).collect();
    let sign = |index: usize| written.get(index).unwrap_or(&"").chars().map(move |sign| (sign, index));
    let written: Vec<(char, usize)> =
        (0..written.len()).flat_map(|index| sign(index).chain([(' ', usize::MAX)])).collect();
    let shown: Vec<char> = shown.chars().collect();
    let width = shown.len() + 1;
    if written.len() * width > MOST_PAIRS {
        return vec![0; hidden.len()];
    }
    let mut lengths = vec![0_u16; (written.len() + 1) * width];
    let get = |lengths: &[u16], at: usize, seen: usize| lengths.get(at * width + seen).copied().unwrap_or_default();
    for (at, (sign, _)) in written.iter().enumerate().rev() {
        for (seen, other) in shown.iter().enumerate().rev() {
            let longest = if sign == other {
                get(&lengths, at + 1, seen + 1) + 1
            } else {
                get(&lengths, at + 1, seen).max(get(&lengths, at, seen + 1))
            };
            if let Some(place) = lengths.get_mut(at * width + seen) {
                *place = longest;
            }
        }
    }
    let mut seen = 0;
    for (at, (sign, group)) in written.iter().enumerate() {
        while shown.get(seen).is_some_and(|other| other != sign)
            && get(&lengths, at, seen) == get(&lengths, at, seen + 1)
        {
            seen += 1;
        }
        if shown.get(seen) == Some(sign) {
            seen += 1;
            if let Some(hidden) = hidden.get_mut(*group) {
                *hidden -= 1;
            }
        }
    }
    hidden
}
