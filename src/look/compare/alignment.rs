//! Which word of a text is which of the words that a chat shows.

use std::ops::Range;

use super::reading::Shown;
use super::style::{Style, Styles};

/// For each word of the text, which of the shown ones it is: the longest common sequence of both lists tells.
pub(super) fn places(text: &str, words: &[Range<usize>], shown: &[Shown]) -> Vec<Option<usize>> {
    let word = |index: usize| words.get(index).and_then(|word| text.get(word.clone()));
    let same =
        |at: usize, seen: usize| word(at).is_some_and(|word| shown.get(seen).is_some_and(|shown| shown.word == word));
    let width = shown.len() + 1;
    // The length of the longest common sequence of what follows each pair of places.
    let mut lengths = vec![0_u16; (words.len() + 1) * width];
    let get = |lengths: &[u16], at: usize, seen: usize| lengths.get(at * width + seen).copied().unwrap_or_default();
    for at in (0..words.len()).rev() {
        for seen in (0..shown.len()).rev() {
            let longest = if same(at, seen) {
                get(&lengths, at + 1, seen + 1) + 1
            } else {
                get(&lengths, at + 1, seen).max(get(&lengths, at, seen + 1))
            };
            if let Some(place) = lengths.get_mut(at * width + seen) {
                *place = longest;
            }
        }
    }
    let mut places = Vec::with_capacity(words.len());
    let mut seen = 0;
    for at in 0..words.len() {
        while !same(at, seen) && seen < shown.len() && get(&lengths, at, seen) == get(&lengths, at, seen + 1) {
            seen += 1;
        }
        let found = same(at, seen);
        places.push(found.then_some(seen));
        seen += usize::from(found);
    }
    places
}

/// For each word of the text, how it is shown.
pub(super) fn styles(text: &str, words: &[Range<usize>], shown: &[Shown], places: &[Option<usize>]) -> Vec<Styles> {
    let mut before = None::<(usize, usize)>;
    let style = |(span, place): (&Range<usize>, &Option<usize>)| {
        let Some(found) = place.and_then(|place| shown.get(place)) else { return Style::Hidden.bit() };
        let joined = before.is_some_and(|(end, line)| {
            line == found.line && text.get(end..span.start).is_some_and(|gap| gap.contains('\n'))
        });
        before = Some((span.end, found.line));
        found.styles | if joined { Style::Joined.bit() } else { 0 }
    };
    words.iter().zip(places).map(style).collect()
}
