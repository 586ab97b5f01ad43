//! What stands around a URL: invisible characters, white space, quotes, links, sentences.

use super::knife::Knife;
use crate::webhook_url::parts::Parts;

impl Knife {
    /// Characters without a width come with copying; other control characters do not, and tell that the URL is damaged.
    pub(super) fn drop_invisible(&mut self) {
        self.remove_where("url/invisible-characters", |c| {
            matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        });
        self.mended |= self.remove_where("url/invisible-characters", |c| c.is_control() && !c.is_whitespace());
    }

    pub(super) fn trim(&mut self) {
        let len = self.pieces.len();
        let Some(first) = self.pieces.iter().position(|piece| !piece.c.is_whitespace()) else {
            self.replace(0..len, "", "url/white-space");
            return;
        };
        let last = self.pieces.iter().rposition(|piece| !piece.c.is_whitespace()).unwrap_or(first);
        self.keep(first..last + 1, "url/white-space");
    }

    pub(super) fn unwrap_markdown_link(&mut self) {
        let end = self.pieces.len();
        if !self.starts_with("[") || self.pieces.last().is_none_or(|piece| piece.c != ')') {
            return;
        }
        if let Some(middle) = self.find("](", 0) {
            self.keep(middle + 2..end - 1, "url/markdown-link");
        }
    }

    /// `<a href="https://...">the hook</a>`, copied from the source of a page.
    pub(super) fn unwrap_html_link(&mut self) {
        let Some(attribute) = self.starts_with("<a ").then(|| self.find("href=", 0)).flatten() else { return };
        let mut start = attribute + "href=".len();
        let quote = self.char_at(start).filter(|c| matches!(c, '"' | '\''));
        start += usize::from(quote.is_some());
        let ends = |c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote);
        let rest = self.pieces.get(start..).unwrap_or_default();
        if let Some(length) = rest.iter().position(|piece| ends(piece.c)) {
            self.keep(start..start + length, "url/html-link");
        }
    }

    pub(super) fn unwrap_angle_brackets(&mut self) {
        let end = self.pieces.len();
        // What is left of `<url|label>` when one bracket is gone already: no URL has a bar in it.
        if let (true, Some(bar)) = (self.starts_with("http"), self.find("|", 0)) {
            self.keep(0..bar, "url/angle-brackets");
            return;
        }
        if end < 3 || !self.starts_with("<") || self.pieces.last().is_none_or(|piece| piece.c != '>') {
            return;
        }
        let label = self.find("|", 0).unwrap_or(end - 1);
        self.keep(1..label, "url/angle-brackets");
    }

    /// `<https://...>.` at the end of a sentence.
    pub(super) fn drop_final_stop(&mut self) {
        let last = self.pieces.iter().rposition(|piece| !matches!(piece.c, '.' | ',' | ';'));
        if let (true, Some(last)) = (self.pieces.first().is_some_and(|piece| !piece.c.is_alphanumeric()), last) {
            self.replace(last + 1..self.pieces.len(), "", "url/final-punctuation");
        }
    }

    pub(super) fn unwrap_quotes(&mut self) {
        let quote = |c: char| {
            matches!(
                c,
                '"' | '\'' | '`' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '’' | '\u{201a}' | '\u{201b}'
            )
        };
        let Some(first) = self.pieces.iter().position(|piece| !quote(piece.c)) else { return };
        let last = self.pieces.iter().rposition(|piece| !quote(piece.c)).unwrap_or(first);
        self.keep(first..last + 1, "url/quotes");
    }

    /// `My webhook: https://...` and `https://... (sales channel)`.
    pub(super) fn take_out_of_text(&mut self) {
        let starts = self.url_starts();
        let Some(start) = starts.first().copied() else { return };
        // A second address inside the first is a redirect or a doubled scheme, not a text.
        if start > 0 && !self.starts_with("http") && !self.has_scheme() {
            self.replace(0..start, "", "url/text-around");
        }
        let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
        let Some(gap) = self.pieces.iter().position(|piece| piece.c.is_whitespace()) else {
            self.keep_first_of_list();
            return;
        };
        let other = self
            .url_starts()
            .into_iter()
            .any(|at| at > 0 && at.checked_sub(1).and_then(|index| self.char_at(index)).is_some_and(separates));
        let rest = self.pieces.get(gap..).unwrap_or_default();
        let words: Vec<String> =
            rest.iter().map(|piece| piece.c).collect::<String>().split_whitespace().map(str::to_owned).collect();
        let broken_line =
            rest.iter().take_while(|piece| piece.c.is_whitespace()).any(|piece| matches!(piece.c, '\n' | '\r'));
        let goes_on = |word: &String| {
            word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~%/?&=+@:#".contains(c)) && !word.contains("://")
        };
        let unfinished = gap.checked_sub(1).and_then(|index| self.char_at(index)).is_some_and(|c| "/=&?".contains(c));
        let one_piece = words.iter().all(goes_on) && (broken_line || (unfinished && words.len() == 1));
        if other {
            let end = self.list_end();
            self.mend(end..self.pieces.len(), "", "url/several-urls");
        } else if !one_piece {
            // One word more may be a name or the rest of the URL.
            self.lost_a_word = matches!(words.as_slice(), [word] if goes_on(word));
            self.mended |= self.lost_a_word;
            self.replace(gap..self.pieces.len(), "", "url/text-around");
        }
    }

    /// `https://a...,https://b...`: the first of them.
    fn keep_first_of_list(&mut self) {
        let end = self.list_end();
        if end < self.pieces.len() {
            self.mend(end..self.pieces.len(), "", "url/several-urls");
        }
    }

    /// Where the first of several addresses ends.
    fn list_end(&self) -> usize {
        let second = self.url_starts().into_iter().find(|at| {
            at.checked_sub(1)
                .and_then(|index| self.char_at(index))
                .is_some_and(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
        });
        let Some(second) = second else { return self.pieces.len() };
        let before = self.pieces.get(..second).unwrap_or_default();
        let white = before.iter().position(|piece| piece.c.is_whitespace()).unwrap_or(second);
        let word = before.get(..white).unwrap_or_default();
        word.iter().rposition(|piece| !matches!(piece.c, ',' | ';' | '|')).map_or(second, |last| last + 1)
    }

    pub(super) fn has_scheme(&self) -> bool {
        Parts::split(&self.text()).is_some()
    }

    pub(super) fn join_lines(&mut self) {
        if self.has_scheme() {
            self.mended |= self.remove_where("url/broken-over-lines", char::is_whitespace);
        }
    }

    pub(super) fn drop_final_punctuation(&mut self) {
        if !self.has_scheme() {
            return;
        }
        let keep = self.pieces.iter().rposition(|piece| {
            !matches!(piece.c, '.' | ',' | ';' | ':' | '!' | ')' | ']' | '}' | '>' | '|' | '\\' | '"' | '\'' | '…')
        });
        if let Some(last) = keep {
            self.replace(last + 1..self.pieces.len(), "", "url/final-punctuation");
        }
    }
}
