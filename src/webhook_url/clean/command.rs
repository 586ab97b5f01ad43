//! A URL out of a whole command: `curl`, `wget`, HTTPie and PowerShell, as chats and their documentation print them.

use std::ops::Range;

use super::knife::Knife;
use crate::webhook_url::hosts;
use crate::webhook_url::parts::Parts;
use crate::webhook_url::recognise;

/// The first words of commands that post to a URL.
const COMMANDS: [&str; 11] = [
    "curl",
    "curl.exe",
    "http",
    "https",
    "httpie",
    "invoke-restmethod",
    "invoke-webrequest",
    "irm",
    "iwr",
    "wget",
    "xh",
];

impl Knife {
    pub(super) fn take_out_of_command(&mut self) {
        if !self.is_command() {
            return;
        }
        let mut words: Vec<Range<usize>> = self.url_starts().into_iter().map(|start| self.word(start)).collect();
        // `curl -d "Hi" ntfy.sh/topic` has no scheme.
        words.extend(self.schemeless_words());
        // Each is looked at with its surroundings: a text full of addresses is no command.
        words.truncate(64);
        let known = |range: &&Range<usize>| {
            let word = self.part((*range).clone());
            let word = if word.contains("://") { word } else { format!("https://{word}") };
            Parts::split(&word).is_some_and(|parts| recognise::service_of(&parts).is_some())
        };
        // An address in the message that the command sends is no argument of its own.
        let argument = |range: &&Range<usize>| self.is_argument(range);
        let chosen = words.iter().find(|range| known(range) && argument(range));
        let chosen = chosen.or_else(|| words.iter().find(argument)).or_else(|| words.iter().find(known));
        if let Some(range) = chosen.or_else(|| words.first()).cloned() {
            self.keep(range, "url/curl-command");
            self.drop_shell_escapes();
        }
    }

    fn is_command(&self) -> bool {
        let text = self.text();
        let mut words = text.split_whitespace().map(str::to_ascii_lowercase);
        let prompt =
            |word: &String| matches!(word.as_str(), "$" | "%" | "#" | ">" | "sudo" | "ps" | "ps>" | "&" | "time");
        let Some(first) = words.find(|word| !prompt(word)) else { return false };
        let rest = words.next().is_some();
        // `http POST ...`, but not `http ://...`, which is a broken URL.
        let verb = !matches!(first.as_str(), "http" | "https")
            || text
                .split_whitespace()
                .any(|word| matches!(word.to_ascii_lowercase().as_str(), "post" | "put" | "get" | "-f" | "--form"));
        rest && verb && COMMANDS.contains(&first.as_str())
            || ["$response = invoke-", "$body = ", "$payload = "]
                .iter()
                .any(|start| text.to_ascii_lowercase().starts_with(start))
    }

    /// Every place where a URL starts as a word: at a start, after white space, a quote or a sign of assignment.
    pub(super) fn url_starts(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut from = 0;
        while let Some(at) = self.find("http", from) {
            from = at + 4;
            let before = at.checked_sub(1).and_then(|index| self.char_at(index));
            let opens = before.is_none_or(|c| {
                c.is_whitespace()
                    || matches!(c, '"' | '\'' | '`' | '=' | ':' | '(' | '<' | '[' | ',' | ';' | '“' | '«' | '|')
            });
            let rest = self.part(from..(from + 4).min(self.pieces.len())).to_ascii_lowercase();
            if opens && (rest.starts_with("://") || rest.starts_with("s://")) {
                starts.push(at);
            }
        }
        starts
    }

    /// The word that starts here: up to white space, a quote or a bracket.
    pub(super) fn word(&self, start: usize) -> Range<usize> {
        let rest = self.pieces.get(start..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
        let end = rest.iter().position(|piece| ends(piece.c)).map_or(self.pieces.len(), |length| start + length);
        // `\"https://...\"`: the backslash belongs to the quote.
        if end > start && self.char_at(end - 1) == Some('\\') { start..end - 1 } else { start..end }
    }

    /// Words of a command that read as an address without its scheme.
    fn schemeless_words(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let word = self.word(at);
            let text = self.part(word.clone());
            if !text.contains("://") && hosts::reads_as_host(&text) {
                found.push(word.clone());
            }
            at = word.end.max(at) + 1;
        }
        found
    }

    /// Whether these characters are an argument of their own, with or without quotes or `--url=` around them.
    fn is_argument(&self, range: &Range<usize>) -> bool {
        let quote = |c: char| matches!(c, '"' | '\'');
        let mut before = range.start.checked_sub(1);
        while before.and_then(|index| self.char_at(index)).is_some_and(|c| quote(c) || matches!(c, '\\' | '^')) {
            before = before.and_then(|index| index.checked_sub(1));
        }
        let opens = before.and_then(|index| self.char_at(index)).is_none_or(|c| c.is_whitespace() || c == '=');
        let mut after = range.end;
        while self.char_at(after).is_some_and(|c| quote(c) || matches!(c, '\\' | '^')) {
            after += 1;
        }
        opens
            && self.char_at(after).is_none_or(|c| char::is_whitespace(c) || matches!(c, ';' | ')'))
            && !self.is_in_quotes(range.start, range.end)
    }

    /// Whether a place is in the middle of a quoted text that starts before it and goes on behind it: a message.
    fn is_in_quotes(&self, start: usize, end: usize) -> bool {
        ['\'', '"'].into_iter().any(|quote| {
            let opened = self.pieces.iter().take(start).filter(|piece| piece.c == quote).count() % 2 == 1;
            let own = start.checked_sub(1).and_then(|index| self.char_at(index)) == Some(quote)
                && self.char_at(end) == Some(quote);
            opened && !own
        })
    }

    /// `^&` of Windows and `\&` of a shell are an `&`.
    fn drop_shell_escapes(&mut self) {
        let mut at = 0;
        while at + 1 < self.pieces.len() {
            let escaped = self.char_at(at).is_some_and(|c| matches!(c, '^' | '\\'))
                && self.char_at(at + 1).is_some_and(|c| matches!(c, '&' | '?' | '=' | '%' | '^' | '"'));
            if escaped {
                self.replace(at..at + 1, "", "url/curl-command");
            }
            at += 1;
        }
        if self.pieces.last().is_some_and(|piece| piece.c == '^') {
            self.replace(self.pieces.len() - 1..self.pieces.len(), "", "url/curl-command");
        }
    }
}
