//! Takes the URL out of what was pasted: white space, quotes, links of chats and mail programs, whole `curl` commands.
//!
//! The host stores the field as it is and posts to it as it is (host.md 1: `" http://.../nl \n"` posts to `/nl%20%0A`), so
//! whatever surrounds the URL has to go before it is saved. Every character keeps its place in the pasted text, and every
//! change is an [`Edit`] as small as it can be: an edit never repeats the URL, because the URL is a secret.
//!
//! Longer than most files here: a quarter of it is its tests, and the steps depend on their order.

use std::ops::Range;

use super::parts::Parts;
use crate::services::ServiceName;

/// One change that cleaning made: these bytes of the pasted text become this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The key of the sentence that says why.
    pub code: &'static str,
    /// The bytes of the pasted text that go away; empty for an insertion.
    pub span: Range<usize>,
    /// What takes their place. `None` when the change is too large to be one replacement.
    pub text: Option<String>,
}

/// A cleaned URL and the way back to the pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The cleaned text.
    pub text: String,
    /// What was changed.
    pub edits: Vec<Edit>,
    /// For every character: its first byte in `text` and its bytes in the pasted text.
    places: Vec<(usize, Range<usize>)>,
    pasted_len: usize,
}

impl Cleaned {
    /// The bytes of the pasted text that became these bytes of the cleaned one.
    pub fn source(&self, span: &Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|(at, _)| *at < span.start);
        let after = self.places.partition_point(|(at, _)| *at < span.end);
        let start = self.places.get(first).map_or(self.pasted_len, |(_, source)| source.start);
        let end = after.checked_sub(1).and_then(|last| self.places.get(last)).map_or(start, |(_, source)| source.end);
        start..end.max(start)
    }
}

/// A character and the bytes of the pasted text that it comes from.
#[derive(Debug, Clone)]
struct Piece {
    c: char,
    source: Range<usize>,
}

/// The text under the knife.
struct Knife {
    pieces: Vec<Piece>,
    edits: Vec<Edit>,
}

/// Cleans what was pasted. A text in which no URL can be seen is only freed of what cannot be seen.
pub fn clean(pasted: &str) -> Cleaned {
    let pieces = pasted.char_indices().map(|(at, c)| Piece { c, source: at..at + c.len_utf8() }).collect();
    let mut knife = Knife { pieces, edits: Vec::new() };
    knife.drop_invisible();
    knife.trim();
    knife.take_out_of_curl();
    // Wrappers nest: a quoted Markdown link in a sentence.
    for _ in 0..4 {
        let before = knife.pieces.len();
        knife.drop_final_stop();
        knife.unwrap_markdown_link();
        knife.unwrap_angle_brackets();
        knife.unwrap_quotes();
        knife.trim();
        if knife.pieces.len() == before {
            break;
        }
    }
    knife.take_out_of_text();
    knife.join_lines();
    knife.unescape_html();
    knife.follow_redirect_wrapper();
    knife.mend_scheme();
    knife.drop_final_punctuation();
    knife.lower_host();
    knife.secure_known_hosts();
    knife.finish(pasted.len())
}

impl Knife {
    fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.c).collect()
    }

    fn starts_with(&self, prefix: &str) -> bool {
        let mut pieces = self.pieces.iter();
        prefix.chars().all(|c| pieces.next().is_some_and(|piece| piece.c.eq_ignore_ascii_case(&c)))
    }

    /// Where a text starts, in characters.
    fn find(&self, needle: &str, from: usize) -> Option<usize> {
        let needle: Vec<char> = needle.chars().collect();
        let rest = self.pieces.get(from..)?;
        let found = rest
            .windows(needle.len())
            .position(|window| window.iter().zip(&needle).all(|(piece, c)| piece.c.eq_ignore_ascii_case(c)));
        found.map(|index| from + index)
    }

    /// The pasted bytes of these characters.
    fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.pieces.get(range.start).map(|piece| piece.source.start);
        let start = start.or_else(|| self.pieces.last().map(|piece| piece.source.end)).unwrap_or(0);
        let end =
            range.end.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or(start, |piece| piece.source.end);
        start..end.max(start)
    }

    /// Puts a text in the place of these characters.
    fn replace(&mut self, range: Range<usize>, text: &str, code: &'static str) {
        let range = range.start.min(self.pieces.len())..range.end.min(self.pieces.len());
        if range.is_empty() && text.is_empty() {
            return;
        }
        let span = self.span(&range);
        // What was inserted stands nowhere in the pasted text: it shares the place of what it replaced.
        let new: Vec<Piece> = text.chars().map(|c| Piece { c, source: span.clone() }).collect();
        self.pieces.splice(range, new);
        self.edits.push(Edit { code, span, text: Some(text.to_owned()) });
    }

    /// Keeps only these characters.
    fn keep(&mut self, range: Range<usize>, code: &'static str) {
        self.replace(range.end..self.pieces.len(), "", code);
        self.replace(0..range.start, "", code);
    }

    /// Removes all characters that a test finds, as one edit for each run of them.
    fn remove_where(&mut self, code: &'static str, test: impl Fn(char) -> bool) {
        let mut kept = Vec::with_capacity(self.pieces.len());
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
    }

    fn drop_invisible(&mut self) {
        self.remove_where("url/invisible-characters", |c| {
            matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
                || (c.is_control() && !c.is_whitespace())
        });
    }

    fn trim(&mut self) {
        let len = self.pieces.len();
        let Some(first) = self.pieces.iter().position(|piece| !piece.c.is_whitespace()) else {
            self.replace(0..len, "", "url/white-space");
            return;
        };
        let last = self.pieces.iter().rposition(|piece| !piece.c.is_whitespace()).unwrap_or(first);
        self.keep(first..last + 1, "url/white-space");
    }

    /// Every place where a URL starts as a word: at a start, after white space, a quote or a sign of assignment.
    fn url_starts(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut from = 0;
        while let Some(at) = self.find("http", from) {
            from = at + 4;
            let before = at.checked_sub(1).and_then(|index| self.pieces.get(index)).map(|piece| piece.c);
            let opens =
                before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '=' | ':' | '(' | '<' | '['));
            let rest = self.pieces.get(from..from + 4).unwrap_or_default();
            let rest: String = rest.iter().map(|piece| piece.c.to_ascii_lowercase()).collect();
            if opens && (rest.starts_with("://") || rest.starts_with("s://")) {
                starts.push(at);
            }
        }
        starts
    }

    /// The word that starts here: up to white space, a quote or a bracket.
    fn word(&self, start: usize) -> Range<usize> {
        let rest = self.pieces.get(start..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
        start..start + rest.iter().position(|piece| ends(piece.c)).unwrap_or(rest.len())
    }

    fn take_out_of_curl(&mut self) {
        let commands = ["curl ", "$ curl ", "wget ", "http post ", "invoke-restmethod ", "invoke-webrequest "];
        if !commands.iter().any(|command| self.starts_with(command)) {
            return;
        }
        let words: Vec<Range<usize>> = self.url_starts().into_iter().map(|start| self.word(start)).collect();
        let is_known = |range: &Range<usize>| {
            let word: String = self.pieces.get(range.clone()).unwrap_or_default().iter().map(|piece| piece.c).collect();
            Parts::split(&word).is_some_and(|parts| super::recognise::service_of(&parts).is_some())
        };
        if let Some(range) = words.iter().find(|range| is_known(range)).or_else(|| words.first()) {
            self.keep(range.clone(), "url/curl-command");
        }
    }

    fn unwrap_markdown_link(&mut self) {
        let end = self.pieces.len();
        if !self.starts_with("[") || self.pieces.last().is_none_or(|piece| piece.c != ')') {
            return;
        }
        if let Some(middle) = self.find("](", 0) {
            self.keep(middle + 2..end - 1, "url/markdown-link");
        }
    }

    fn unwrap_angle_brackets(&mut self) {
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
    fn drop_final_stop(&mut self) {
        let last = self.pieces.iter().rposition(|piece| !matches!(piece.c, '.' | ',' | ';'));
        if let (true, Some(last)) = (self.pieces.first().is_some_and(|piece| !piece.c.is_alphanumeric()), last) {
            self.replace(last + 1..self.pieces.len(), "", "url/final-punctuation");
        }
    }

    fn unwrap_quotes(&mut self) {
        let quote = |c: char| matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\u{201b}');
        let Some(first) = self.pieces.iter().position(|piece| !quote(piece.c)) else { return };
        let last = self.pieces.iter().rposition(|piece| !quote(piece.c)).unwrap_or(first);
        self.keep(first..last + 1, "url/quotes");
    }

    /// `My webhook: https://...` and `https://... (sales channel)`.
    fn take_out_of_text(&mut self) {
        let starts = self.url_starts();
        let Some(start) = starts.first().copied() else { return };
        // A second address inside the first is a redirect or a doubled scheme, not a text.
        if start > 0 && !self.starts_with("http") && !self.has_scheme() {
            self.replace(0..start, "", "url/text-around");
        }
        let Some(gap) = self.pieces.iter().position(|piece| piece.c.is_whitespace()) else { return };
        let rest = self.pieces.get(gap..).unwrap_or_default();
        let words: Vec<String> =
            rest.iter().map(|piece| piece.c).collect::<String>().split_whitespace().map(str::to_owned).collect();
        let broken_line =
            rest.iter().take_while(|piece| piece.c.is_whitespace()).any(|piece| matches!(piece.c, '\n' | '\r'));
        let goes_on = |word: &String| {
            word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~%/?&=+@:#".contains(c)) && !word.contains("://")
        };
        let unfinished =
            gap.checked_sub(1).and_then(|index| self.pieces.get(index)).is_some_and(|piece| "/=&?".contains(piece.c));
        let one_piece = words.iter().all(goes_on) && (broken_line || (unfinished && words.len() == 1));
        if !one_piece {
            self.replace(gap..self.pieces.len(), "", "url/text-around");
        }
    }

    fn has_scheme(&self) -> bool {
        Parts::split(&self.text()).is_some()
    }

    fn join_lines(&mut self) {
        if self.has_scheme() {
            self.remove_where("url/broken-over-lines", char::is_whitespace);
        }
    }

    fn unescape_html(&mut self) {
        for entity in ["&amp;", "&#38;", "&#038;", "&#x26;"] {
            while let Some(at) = self.find(entity, 0) {
                self.replace(at + 1..at + entity.chars().count(), "", "url/html-escaped");
            }
        }
    }

    /// `https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2F...&data=...`
    fn follow_redirect_wrapper(&mut self) {
        let text = self.text();
        let Some(parts) = Parts::split(&text) else { return };
        let name = if parts.host_under("safelinks.protection.outlook.com") {
            "url"
        } else if parts.host_is(&["www.google.com", "google.com"]) && parts.path.text == "/url" {
            if parts.value("q").is_some() { "q" } else { "url" }
        } else {
            return;
        };
        let Some(value) = parts.value(name) else { return };
        let first = text.get(..value.start).map_or(0, |before| before.chars().count());
        let inner = self.pieces.get(first..first + value.text.chars().count()).unwrap_or_default();
        let whole = self.span(&(0..self.pieces.len()));
        let decoded = percent_decoded(inner);
        if decoded.iter().map(|piece| piece.c).collect::<String>().to_ascii_lowercase().starts_with("http") {
            self.pieces = decoded;
            // Decoding touches the secret in many places: no single replacement could leave it out.
            self.edits.push(Edit { code: "url/redirect-wrapper", span: whole, text: None });
        }
    }

    /// `https://https://`, `https:/x`, `https//x`, `//x` and no scheme at all.
    fn mend_scheme(&mut self) {
        for scheme in ["https://", "http://"] {
            let inner = scheme.len();
            if self.starts_with(scheme)
                && (self.starts_with(&format!("{scheme}http://")) || self.starts_with(&format!("{scheme}https://")))
            {
                self.replace(0..inner, "", "url/double-scheme");
                return;
            }
        }
        for (broken, mended) in [
            ("https:/", "https://"),
            ("https//", "https://"),
            ("http:/", "http://"),
            ("http//", "http://"),
            ("ttps://", "https://"),
            ("htps://", "https://"),
            ("htpps://", "https://"),
            ("hhttps://", "https://"),
            ("httpss://", "https://"),
        ] {
            if self.starts_with(broken) && !self.starts_with(mended) {
                self.replace(0..broken.len(), mended, "url/broken-scheme");
                return;
            }
        }
        if self.starts_with("//") && super::hosts::reads_as_host(self.text().trim_start_matches('/')) {
            self.replace(0..0, "https:", "url/missing-scheme");
        } else if !self.text().contains("://") && super::hosts::reads_as_host(&self.text()) {
            self.replace(0..0, "https://", "url/missing-scheme");
        }
    }

    fn drop_final_punctuation(&mut self) {
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

    /// Upper case in the scheme and the host, and a final dot of the host: all the same to the network, but not to the
    /// people and programs that compare.
    fn lower_host(&mut self) {
        let text = self.text();
        let Some(parts) = Parts::split(&text) else { return };
        let chars = |part: &str| part.chars().count();
        let host_start = text.get(..parts.host.start).map_or(0, chars);
        let host = parts.host.text;
        let wanted = host.to_ascii_lowercase();
        let wanted = wanted.trim_end_matches('.');
        let scheme = parts.scheme.text;
        if wanted != host && !wanted.is_empty() {
            self.replace(host_start..host_start + chars(host), wanted, "url/host-spelling");
        }
        if scheme.to_ascii_lowercase() != scheme {
            self.replace(0..chars(scheme), &scheme.to_ascii_lowercase(), "url/host-spelling");
        }
    }

    /// The services in the cloud answer `https` only.
    fn secure_known_hosts(&mut self) {
        let text = self.text();
        let Some(parts) = Parts::split(&text) else { return };
        if parts.scheme.text == "http" && super::hosts::cloud_service(parts.host.text).is_some() {
            self.replace(0..4, "https", "url/http-not-https");
        }
    }

    fn finish(self, pasted_len: usize) -> Cleaned {
        let mut text = String::with_capacity(self.pieces.len());
        let mut places = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces {
            places.push((text.len(), piece.source));
            text.push(piece.c);
        }
        Cleaned { text, edits: self.edits, places, pasted_len }
    }
}

/// Decodes `%2F`; what is not ASCII then stays encoded, as it has to be in a URL.
fn percent_decoded(pieces: &[Piece]) -> Vec<Piece> {
    let mut decoded = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while let Some((first, tail)) = rest.split_first() {
        let code = match (first.c, tail) {
            ('%', [high, low, ..]) => {
                high.c.to_digit(16).zip(low.c.to_digit(16)).map(|(high, low)| (high * 16 + low, low))
            }
            _ => None,
        };
        let last = tail.get(1);
        match (code.and_then(|(code, _)| char::from_u32(code)), last) {
            (Some(c), Some(last)) if c.is_ascii_graphic() => {
                decoded.push(Piece { c, source: first.source.start..last.source.end });
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                decoded.push(first.clone());
                rest = tail;
            }
        }
    }
    decoded
}

/// The service that the field's text belongs to, once it is cleaned.
pub(super) fn detect(pasted: &str) -> Option<ServiceName> {
    let cleaned = clean(pasted);
    Parts::split(&cleaned.text).and_then(|parts| super::recognise::service_of(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://hooks.slack.com/services/T00000000/B00000000/FAKEfakeFAKEfakeFAKEfake";

    #[track_caller]
    fn assert_cleaned(pasted: &str, code: &str) {
        let cleaned = clean(pasted);
        assert_eq!(cleaned.text, URL, "{pasted:?}");
        assert!(cleaned.edits.iter().any(|edit| edit.code == code), "{code} in {:?}", cleaned.edits);
        for edit in &cleaned.edits {
            assert!(pasted.get(edit.span.clone()).is_some(), "{edit:?} is a place of {pasted:?}");
            assert!(
                edit.text.as_ref().is_none_or(|text| !text.contains("FAKE")),
                "no edit repeats the secret: {edit:?}"
            );
        }
    }

    #[test]
    fn nothing_is_done_to_a_clean_url() {
        assert_eq!(clean(URL).edits, []);
        assert_eq!(clean(URL).text, URL);
    }

    #[test]
    fn what_surrounds_the_url_goes() {
        assert_cleaned(&format!("\u{a0} {URL}\r\n"), "url/white-space");
        let (head, tail) = URL.split_at(40);
        assert_cleaned(&format!("\u{feff}{head}\u{200b}{tail}"), "url/invisible-characters");
        assert_cleaned(&format!("\"{URL}\""), "url/quotes");
        assert_cleaned(&format!("« {URL} »"), "url/quotes");
        assert_cleaned(&format!("<{URL}|hook>"), "url/angle-brackets");
        assert_cleaned(&format!("[the hook]({URL})"), "url/markdown-link");
        assert_cleaned(&format!("{URL})."), "url/final-punctuation");
        assert_cleaned(&format!("Webhook URL: {URL} (sales)"), "url/text-around");
        assert_cleaned(&format!("{head}\n{tail}"), "url/broken-over-lines");
        assert_cleaned(
            &format!(
                "curl -X POST -H 'Content-type: application/json' --data '{{\"text\":\"see https://x.example/\"}}' {URL}"
            ),
            "url/curl-command",
        );
    }

    #[test]
    fn schemes_are_mended() {
        assert_cleaned(URL.trim_start_matches("https://"), "url/missing-scheme");
        assert_cleaned(URL.trim_start_matches("https:"), "url/missing-scheme");
        assert_cleaned(&format!("https://{URL}"), "url/double-scheme");
        assert_cleaned(&format!("http://{URL}"), "url/double-scheme");
        assert_cleaned(&URL.replacen("https:", "http:", 1), "url/http-not-https");
        assert_cleaned(&URL.replacen("//", "/", 1), "url/broken-scheme");
        assert_cleaned(&URL.replacen("hooks.slack.com", "HOOKS.Slack.com.", 1), "url/host-spelling");
    }

    #[test]
    fn a_safe_link_is_followed() {
        let inner: String = URL.replace(':', "%3A").replace('/', "%2F");
        assert_cleaned(
            &format!("https://eur01.safelinks.protection.outlook.com/?url={inner}&data=05%7C"),
            "url/redirect-wrapper",
        );
    }

    #[test]
    fn an_escaped_ampersand_is_one_character_again() {
        let cleaned = clean("https://chat.googleapis.com/v1/spaces/A/messages?key=k&amp;token=t");
        assert_eq!(cleaned.text, "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t");
        assert_eq!(cleaned.edits.len(), 1);
    }

    #[test]
    fn places_lead_back_to_the_pasted_text() {
        let pasted = format!("  <{URL}>");
        let cleaned = clean(&pasted);
        assert_eq!(cleaned.source(&(8..23)), 11..26);
        assert_eq!(pasted.get(11..26), Some("hooks.slack.com"));
    }

    #[test]
    fn the_edits_of_one_text_apply_one_after_the_other() {
        let mut text = format!(" <{URL}|hook>. ");
        for _ in 0..10 {
            let Some(edit) = clean(&text).edits.into_iter().next() else { break };
            text.replace_range(edit.span, &edit.text.unwrap());
        }
        assert_eq!(text, URL);
    }

    #[test]
    fn what_is_no_url_stays_what_it_is() {
        for text in ["", "xoxb-fake-fake-fake", "not a url", "#sales", "ABC.DEF.GHI"] {
            assert_eq!(clean(text).text, text);
        }
    }

    #[test]
    fn services_are_found_through_the_wrapping() {
        assert_eq!(detect(&format!("[x]({URL})")), Some(ServiceName::Slack));
    }
}
