//! What is mended in the URL itself: its scheme, the spelling of its host, HTML's `&amp;`, wrappers that lead to it.

use super::Edit;
use super::knife::{Knife, Piece};
use crate::similar;
use crate::webhook_url::hosts;
use crate::webhook_url::parts::Parts;

/// Characters as HTML writes them. Only those that a URL is built of.
const ENTITIES: [(&str, char); 16] = [
    ("&#038;", '&'),
    ("&#38;", '&'),
    ("&#45;", '-'),
    ("&#46;", '.'),
    ("&#47;", '/'),
    ("&#58;", ':'),
    ("&#61;", '='),
    ("&#63;", '?'),
    ("&#x26;", '&'),
    ("&#x2f;", '/'),
    ("&#x3a;", ':'),
    ("&#x3d;", '='),
    ("&#x3f;", '?'),
    ("&amp;", '&'),
    ("&equals;", '='),
    ("&sol;", '/'),
];

/// Characters as a shell, JSON or Markdown escapes them. No webhook URL has a backslash of its own.
const ESCAPES: [(&str, char); 10] = [
    ("\\u0026", '&'),
    ("\\u003d", '='),
    ("\\u003f", '?'),
    ("\\&", '&'),
    ("\\-", '-'),
    ("\\.", '.'),
    ("\\/", '/'),
    ("\\=", '='),
    ("\\?", '?'),
    ("\\_", '_'),
];

impl Knife {
    pub(super) fn drop_backslashes(&mut self) {
        for (escape, c) in ESCAPES {
            let mut from = 0;
            while let Some(at) = self.find(escape, from) {
                let len = escape.chars().count();
                // A backslash goes and its character stays: the smallest change.
                if len == 2 {
                    self.mend(at..at + 1, "", "url/backslashes");
                } else {
                    self.mend(at..at + len, c.encode_utf8(&mut [0; 4]), "url/backslashes");
                }
                from = at + 1;
            }
        }
    }

    pub(super) fn unescape_html(&mut self) {
        for (entity, c) in ENTITIES {
            let mut from = 0;
            while let Some(at) = self.find(entity, from) {
                let len = entity.chars().count();
                // `&amp;` keeps its own `&`: the smallest change.
                match c {
                    '&' => self.mend(at + 1..at + len, "", "url/html-escaped"),
                    c => self.mend(at..at + len, c.encode_utf8(&mut [0; 4]), "url/html-escaped"),
                }
                // `&amp;amp;` was escaped twice.
                from = at;
            }
        }
    }

    /// `https%3A%2F%2F...`: the URL as the value of another one's query.
    pub(super) fn decode_whole(&mut self) {
        if self.starts_with("https%3A%2F%2F") || self.starts_with("http%3A%2F%2F") {
            let whole = 0..self.pieces.len();
            self.decode(whole, "url/percent-encoded");
        }
    }

    /// `https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2F...&data=...`
    pub(super) fn follow_redirect_wrapper(&mut self) {
        // A wrapped link may have been wrapped again on its way.
        for _ in 0..3 {
            let text = self.text();
            let Some(parts) = Parts::split(&text) else { return };
            let Some(value) = hosts::wrapped_address(&parts) else { return };
            let first = text.get(..value.start).map_or(0, |before| before.chars().count());
            let range = first..first + value.text.chars().count();
            if !value.text.to_ascii_lowercase().starts_with("http") {
                return;
            }
            self.decode(range, "url/redirect-wrapper");
        }
    }

    /// Keeps these characters, percent-decoded once. The change touches the secret in many places: no single replacement
    /// could leave it out.
    fn decode(&mut self, range: std::ops::Range<usize>, code: &'static str) {
        let whole = self.span(&(0..self.pieces.len()));
        self.pieces = percent_decoded(self.pieces.get(range).unwrap_or_default());
        self.edits.push(Edit { code, span: whole, text: None });
        self.mended = true;
    }

    /// `https://https://`, `https:/x`, `htps://x`, `//x` and no scheme at all.
    pub(super) fn mend_scheme(&mut self) {
        // Pasted behind a scheme that stood there already, once or twice.
        for _ in 0..3 {
            let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| self.starts_with(scheme)) else {
                break;
            };
            let behind = self.part(scheme.len()..self.pieces.len());
            let lower = behind.to_ascii_lowercase();
            if !lower.starts_with("http://") && !lower.starts_with("https://") && broken_scheme(&behind).is_none() {
                break;
            }
            self.mend(0..scheme.len(), "", "url/double-scheme");
        }
        let text = self.text();
        if let Some((length, scheme)) = broken_scheme(&text) {
            self.mend(0..length, scheme, "url/broken-scheme");
        } else if text.starts_with("//") && hosts::reads_as_host(text.trim_start_matches('/')) {
            self.mend(0..0, "https:", "url/missing-scheme");
        } else if !text.contains("://") && hosts::reads_as_host(&text) {
            self.mend(0..0, "https://", "url/missing-scheme");
        }
    }

    /// Upper case in the scheme and the host is all the same to the network, but not to the people and programs that
    /// compare. A final dot of the host is not the same to every server.
    pub(super) fn lower_host(&mut self) {
        let text = self.text();
        let web =
            |parts: &Parts<'_>| ["http", "https"].iter().any(|scheme| parts.scheme.text.eq_ignore_ascii_case(scheme));
        let Some(parts) = Parts::split(&text).filter(web) else { return };
        let chars = |part: &str| part.chars().count();
        let host_start = text.get(..parts.host.start).map_or(0, chars);
        let host = parts.host.text;
        let lower = host.to_ascii_lowercase();
        let wanted = lower.trim_end_matches('.');
        let scheme = parts.scheme.text;
        if wanted != host && !wanted.is_empty() {
            self.mended |= wanted != lower;
            self.replace(host_start..host_start + chars(host), wanted, "url/host-spelling");
        }
        if scheme.to_ascii_lowercase() != scheme {
            self.replace(0..chars(scheme), &scheme.to_ascii_lowercase(), "url/host-spelling");
        }
    }

    /// The services in the cloud answer `https` only.
    pub(super) fn secure_known_hosts(&mut self) {
        let text = self.text();
        let Some(parts) = Parts::split(&text) else { return };
        if parts.scheme.text == "http" && hosts::cloud_service(parts.host.text).is_some() {
            self.mend(0..4, "https", "url/http-not-https");
        }
    }
}

/// The length of a mistyped scheme with its punctuation, and what it should be: `htps://`, `https;//`, `https:/`, `https:\\`.
fn broken_scheme(text: &str) -> Option<(usize, &'static str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..letters)?.to_ascii_lowercase();
    let rest = text.get(letters..)?;
    let marks = rest.bytes().take_while(|b| matches!(b, b':' | b';' | b'/' | b'\\' | b'.')).count();
    let punctuation = rest.get(..marks)?;
    let slashes = punctuation.bytes().filter(|b| matches!(b, b'/' | b'\\')).count();
    let meant = if word == "http" { "http://" } else { "https://" };
    let right = matches!(word.as_str(), "http" | "https") && punctuation == "://";
    let other = matches!(word.as_str(), "ftp" | "ftps");
    let near = word.is_empty() && punctuation == "://"
        || !other && (3..=8).contains(&word.len()) && similar::distance(&word, "https") <= 2;
    let follows = rest.get(marks..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    // `http//x` has no colon, `https:x` no slash; a path of one's own (`https/x`) is no scheme.
    let looks_like_one = slashes > 1 || slashes == 1 && punctuation.len() > 1;
    (!right && near && looks_like_one && marks <= 5 && follows).then_some((letters + marks, meant))
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
                decoded.push(Piece { c, source: first.source.start..last.source.end, written: true });
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
