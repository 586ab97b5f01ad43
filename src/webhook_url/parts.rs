//! A webhook URL cut into its parts, each with its place.
//!
//! The `url` crate would do this too, but its tables for international host names cost 84 kB of gzip, and it normalises
//! where we want to point at what is odd. Webhook URLs are `http` or `https` with a host, a path and maybe a query; that is
//! all that is understood here. What the browser thinks of the URL is up to the browser.

use std::ops::Range;

/// A part of a URL and where it starts in it (bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// The part, as written.
    pub text: &'a str,
    /// Its first byte in the URL.
    pub start: usize,
}

impl<'a> Part<'a> {
    /// Where it stands in the URL.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn split_once(self, separator: char) -> Option<(Self, Self)> {
        let (before, after) = self.text.split_once(separator)?;
        let after_start = self.start + before.len() + separator.len_utf8();
        Some((Part { text: before, start: self.start }, Part { text: after, start: after_start }))
    }

    /// The parts between separators, each with its place.
    pub fn split(self, separator: char) -> impl Iterator<Item = Part<'a>> {
        let mut start = self.start;
        self.text.split(separator).map(move |text| {
            let part = Part { text, start };
            start += text.len() + separator.len_utf8();
            part
        })
    }

    /// Whether every character passes, and there is at least one.
    pub fn is_all(&self, allowed: impl Fn(char) -> bool) -> bool {
        !self.text.is_empty() && self.text.chars().all(allowed)
    }
}

/// The parts of a URL. Only [`Parts::split`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// All of it.
    pub url: &'a str,
    /// `https`
    pub scheme: Part<'a>,
    /// `user:password`, in front of an `@`.
    pub user_info: Option<Part<'a>>,
    /// The host name or address, without a port; an IPv6 address with its brackets.
    pub host: Part<'a>,
    /// The port, without its colon.
    pub port: Option<Part<'a>>,
    /// From the first `/` on; empty when there is none.
    pub path: Part<'a>,
    /// Without its `?`.
    pub query: Option<Part<'a>>,
    /// Without its `#`.
    pub fragment: Option<Part<'a>>,
}

impl<'a> Parts<'a> {
    /// Cuts a URL; `None` when it has no `scheme://`.
    pub fn split(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        if scheme.is_empty() || !scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) {
            return None;
        }
        let rest = Part { text: rest, start: scheme.len() + 3 };
        let (rest, fragment) = halves(rest, '#');
        let (rest, query) = halves(rest, '?');
        // A browser takes a backslash for a slash, so `good.com\@evil.com` is a page of good.com.
        let authority_len = rest.text.find(['/', '\\']).unwrap_or(rest.text.len());
        let (authority, path) = rest.text.split_at_checked(authority_len)?;
        let authority = Part { text: authority, start: rest.start };
        let path = Part { text: path, start: rest.start + authority_len };
        let (user_info, host) = match authority.text.rsplit_once('@') {
            Some((user, host)) => (
                Some(Part { text: user, start: authority.start }),
                Part { text: host, start: authority.start + user.len() + 1 },
            ),
            None => (None, authority),
        };
        let (host, port) = split_port(host);
        Some(Self { url, scheme: Part { text: scheme, start: 0 }, user_info, host, port, path, query, fragment })
    }

    /// The parts of the path between slashes, empty ones left out.
    pub fn segments(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        self.path.split('/').filter(|part| !part.text.is_empty())
    }

    /// The texts of the path between slashes, empty ones left out.
    pub fn path_texts(&self) -> Vec<&'a str> {
        self.segments().map(|part| part.text).collect()
    }

    /// Names and values of the query.
    pub fn pairs(&self) -> impl Iterator<Item = (Part<'a>, Part<'a>)> + use<'a> {
        self.query
            .into_iter()
            .flat_map(|query| query.split('&'))
            .filter(|pair| !pair.text.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, Part { text: "", start: pair.start + pair.text.len() })))
    }

    /// The value of a name in the query; the first, when it stands there twice.
    pub fn value(&self, name: &str) -> Option<Part<'a>> {
        self.pairs().find(|(candidate, _)| candidate.text == name).map(|(_, value)| value)
    }

    /// The query with its `?`: what goes when a URL has to do without.
    pub fn query_span(&self) -> Option<Range<usize>> {
        self.query.map(|query| query.start.saturating_sub(1)..query.span().end)
    }

    /// The first name that stands in the query more than once; the second of its places.
    pub fn doubled_name(&self) -> Option<Part<'a>> {
        let mut seen: Vec<&str> = Vec::new();
        self.pairs().map(|(name, _)| name).find(|name| {
            let again = seen.contains(&name.text);
            seen.push(name.text);
            again
        })
    }

    /// Whether the host is one of these.
    pub fn host_is(&self, hosts: &[&str]) -> bool {
        hosts.iter().any(|host| self.host.text.eq_ignore_ascii_case(host))
    }

    /// Whether the host is this domain or lies under it.
    pub fn host_under(&self, domain: &str) -> bool {
        let host = self.host.text.to_ascii_lowercase();
        host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    /// `https://chat.example.com:8065`: what a page's origin is compared with. Without the port that the scheme implies.
    pub fn origin(&self) -> String {
        let scheme = self.scheme.text.to_ascii_lowercase();
        let host = self.host.text.to_ascii_lowercase();
        match self.port.map(|port| port.text) {
            None | Some("") => format!("{scheme}://{host}"),
            Some("443") if scheme == "https" => format!("{scheme}://{host}"),
            Some("80") if scheme == "http" => format!("{scheme}://{host}"),
            Some(port) => format!("{scheme}://{host}:{port}"),
        }
    }
}

fn halves(part: Part<'_>, separator: char) -> (Part<'_>, Option<Part<'_>>) {
    match part.split_once(separator) {
        Some((before, after)) => (before, Some(after)),
        None => (part, None),
    }
}

fn split_port(authority: Part<'_>) -> (Part<'_>, Option<Part<'_>>) {
    let bracket = authority.text.rfind(']').map_or(0, |index| index + 1);
    let colon = authority.text.get(bracket..).and_then(|tail| tail.find(':')).map(|index| bracket + index);
    match colon.and_then(|index| authority.text.split_at_checked(index)) {
        Some((host, port)) => (
            Part { text: host, start: authority.start },
            Some(Part { text: port.get(1..).unwrap_or_default(), start: authority.start + host.len() + 1 }),
        ),
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_its_place() {
        let url = "https://u:p@chat.example.com:8065/sub/hooks/abc?a=1&b#x";
        let parts = Parts::split(url).unwrap();
        for part in [Some(parts.scheme), parts.user_info, Some(parts.host), parts.port, parts.query, parts.fragment] {
            let part = part.unwrap();
            assert_eq!(url.get(part.span()), Some(part.text));
        }
        assert_eq!(parts.host.text, "chat.example.com");
        assert_eq!(parts.port.unwrap().text, "8065");
        assert_eq!(parts.path_texts(), ["sub", "hooks", "abc"]);
        assert!(parts.segments().all(|part| url.get(part.span()) == Some(part.text)));
        assert_eq!(parts.value("a").unwrap().text, "1");
        assert_eq!(parts.value("b").unwrap().text, "");
        assert_eq!(parts.origin(), "https://chat.example.com:8065");
    }

    #[test]
    fn an_address_in_brackets_keeps_its_colons() {
        let parts = Parts::split("http://[::1]:3000/hooks/x").unwrap();
        assert_eq!((parts.host.text, parts.port.unwrap().text), ("[::1]", "3000"));
    }

    #[test]
    fn what_has_no_scheme_is_no_url() {
        assert!(Parts::split("hooks.slack.com/services").is_none());
        assert!(Parts::split("a b://x").is_none());
    }

    #[test]
    fn a_backslash_ends_the_host_as_in_a_browser() {
        assert_eq!(Parts::split("https://good.example\\@evil.example/x").unwrap().host.text, "good.example");
    }
}
