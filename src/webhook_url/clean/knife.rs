//! The text under the knife: characters with their places in the pasted text, and the edits made so far.

use std::ops::Range;

use super::{Cleaned, Edit};

/// A character and the bytes of the pasted text that it comes from.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) c: char,
    pub(super) source: Range<usize>,
    /// Whether cleaning wrote it; otherwise it stands in the pasted text.
    pub(super) written: bool,
}

/// The text under the knife.
pub(super) struct Knife {
    pub(super) pieces: Vec<Piece>,
    pub(super) edits: Vec<Edit>,
    pub(super) mended: bool,
    pub(super) lost_a_word: bool,
}

impl Knife {
    pub(super) fn new(pasted: &str) -> Self {
        let piece = |(at, c): (usize, char)| Piece { c, source: at..at + c.len_utf8(), written: false };
        Self {
            pieces: pasted.char_indices().map(piece).collect(),
            edits: Vec::new(),
            mended: false,
            lost_a_word: false,
        }
    }

    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.c).collect()
    }

    /// These characters as a text.
    pub(super) fn part(&self, range: Range<usize>) -> String {
        self.pieces.get(range).unwrap_or_default().iter().map(|piece| piece.c).collect()
    }

    pub(super) fn char_at(&self, index: usize) -> Option<char> {
        self.pieces.get(index).map(|piece| piece.c)
    }

    pub(super) fn starts_with(&self, prefix: &str) -> bool {
        let mut pieces = self.pieces.iter();
        prefix.chars().all(|c| pieces.next().is_some_and(|piece| piece.c.eq_ignore_ascii_case(&c)))
    }

    /// Where a text starts, in characters.
    pub(super) fn find(&self, needle: &str, from: usize) -> Option<usize> {
        let needle: Vec<char> = needle.chars().collect();
        let rest = self.pieces.get(from..)?;
        let found = rest
            .windows(needle.len())
            .position(|window| window.iter().zip(&needle).all(|(piece, c)| piece.c.eq_ignore_ascii_case(c)));
        found.map(|index| from + index)
    }

    /// The pasted bytes of these characters.
    pub(super) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.pieces.get(range.start).map(|piece| piece.source.start);
        let start = start.or_else(|| self.pieces.last().map(|piece| piece.source.end)).unwrap_or(0);
        let end =
            range.end.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or(start, |piece| piece.source.end);
        start..end.max(start)
    }

    /// Puts a text in the place of these characters.
    pub(super) fn replace(&mut self, range: Range<usize>, text: &str, code: &'static str) {
        let range = range.start.min(self.pieces.len())..range.end.min(self.pieces.len());
        if range.is_empty() && text.is_empty() {
            return;
        }
        let span = self.span(&range);
        // What was inserted stands nowhere in the pasted text: it shares the place of what it replaced.
        let new: Vec<Piece> = text.chars().map(|c| Piece { c, source: span.clone(), written: true }).collect();
        self.pieces.splice(range, new);
        self.edits.push(Edit { code, span, text: Some(text.to_owned()) });
    }

    /// Puts a text in the place of these characters, which belong to the URL itself.
    pub(super) fn mend(&mut self, range: Range<usize>, text: &str, code: &'static str) {
        self.mended = true;
        self.replace(range, text, code);
    }

    /// Keeps only these characters.
    pub(super) fn keep(&mut self, range: Range<usize>, code: &'static str) {
        self.replace(range.end..self.pieces.len(), "", code);
        self.replace(0..range.start, "", code);
    }

    /// Removes all characters that a test finds, as one edit for each run of them. Says whether there were any.
    pub(super) fn remove_where(&mut self, code: &'static str, test: impl Fn(char) -> bool) -> bool {
        let before = self.pieces.len();
        let mut kept = Vec::with_capacity(before);
        for piece in std::mem::take(&mut self.pieces) {
            if !test(piece.c) {
                kept.push(piece);
                continue;
            }
            match self.edits.last_mut() {
                Some(edit) if edit.code == code && edit.span.end == piece.source.start => {
                    edit.span.end = piece.source.end
                }
                _ => self.edits.push(Edit { code, span: piece.source.clone(), text: Some(String::new()) }),
            }
        }
        self.pieces = kept;
        self.pieces.len() < before
    }

    pub(super) fn finish(mut self, pasted_len: usize) -> Cleaned {
        self.settle_overlaps();
        let mut text = String::with_capacity(self.pieces.len());
        let mut places = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces {
            places.push((text.len(), piece.source));
            text.push(piece.c);
        }
        Cleaned { text, edits: self.edits, mended: self.mended, lost_a_word: self.lost_a_word, places, pasted_len }
    }

    /// Edits of the same place become one, so that all of them can be applied together: the first has what all of them
    /// wrote, the others only say why.
    fn settle_overlaps(&mut self) {
        let mut order: Vec<usize> = (0..self.edits.len()).collect();
        order.sort_by_key(|index| self.edits.get(*index).map_or((0, 0), |edit| (edit.span.start, edit.span.end)));
        let mut group: Vec<usize> = Vec::new();
        let mut union = 0..0;
        for index in order {
            let Some(span) = self.edits.get(index).map(|edit| edit.span.clone()) else { continue };
            if !group.is_empty() && overlap(&union, &span) {
                union.end = union.end.max(span.end);
            } else {
                self.settle(&group, &union);
                group.clear();
                union = span;
            }
            group.push(index);
        }
        self.settle(&group, &union);
    }

    fn settle(&mut self, group: &[usize], union: &Range<usize>) {
        if group.len() < 2 {
            return;
        }
        let whole = group.iter().all(|index| self.edits.get(*index).is_some_and(|edit| edit.text.is_some()));
        let inside: Vec<&Piece> = self
            .pieces
            .iter()
            .filter(|piece| piece.source.start >= union.start && piece.source.end <= union.end)
            .filter(|piece| !(piece.source.is_empty() && piece.source.start == union.end && !union.is_empty()))
            .collect();
        // What stands in the pasted text may be secret: an edit does not repeat it.
        let written = whole && inside.iter().all(|piece| piece.written);
        let mut text = written.then(|| inside.iter().map(|piece| piece.c).collect::<String>());
        let first = group.iter().min().copied();
        for index in group {
            if let Some(edit) = self.edits.get_mut(*index) {
                edit.text = None;
            }
        }
        if let Some(edit) = first.and_then(|first| self.edits.get_mut(first))
            && text.is_some()
        {
            edit.span = union.clone();
            edit.text = text.take();
        }
    }
}

/// Whether two changes cannot both be made. An insertion at the edge of another change can.
pub fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    match (left.is_empty(), right.is_empty()) {
        (true, true) => left.start == right.start,
        _ => left.start < right.end && right.start < left.end,
    }
}
