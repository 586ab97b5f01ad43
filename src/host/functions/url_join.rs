//! Python's `urllib.parse.urljoin` of a site's address and something else.
//!
//! Source: CPython 3.11, RFC 3986 with Python's ways (a dot segment at the root is dropped, an empty query too).

use crate::python::{Outcome, Stop};

/// The parts of an address.
struct Parts<'a> {
    host: Option<&'a str>,
    path: &'a str,
    params: &'a str,
    query: &'a str,
    fragment: &'a str,
}

/// `base` is `https://host`, with nothing behind; `uri` is anything.
///
/// # Errors
/// `Unsupported` for texts on which Python versions differ or raise.
pub fn joined(base: &str, uri: &str) -> Outcome<String> {
    let odd = || Stop::unsupported("an address of this form");
    let (scheme, host) = base.split_once("://").ok_or_else(odd)?;
    // Python drops some white space, and refuses brackets and letters that normalise to marks in a host.
    if host.contains('/') || uri.starts_with(' ') || uri.contains(|c: char| c.is_control() || c == '\\') {
        return Err(odd());
    }
    let mut rest = uri;
    if let Some((own, behind)) = uri.split_once(':') {
        let named = own.starts_with(|c: char| c.is_ascii_alphabetic())
            && own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if named && !own.eq_ignore_ascii_case(scheme) {
            return Ok(uri.to_owned());
        }
        if named {
            rest = behind;
        }
    }
    let parts = split(rest);
    if let Some(host) = parts.host {
        if !host.is_ascii() || host.contains(['[', ']']) {
            return Err(odd());
        }
        if !host.is_empty() {
            return Ok(written(scheme, host, &parts, parts.path));
        }
    }
    if parts.path.is_empty() && parts.params.is_empty() {
        return Ok(written(scheme, host, &parts, ""));
    }
    let absolute = parts.path.starts_with('/');
    let mut segments: Vec<&str> = if absolute { Vec::new() } else { vec![""] };
    segments.extend(parts.path.split('/'));
    let last = segments.len() - 1;
    let mut resolved: Vec<&str> = Vec::new();
    for (place, segment) in segments.iter().enumerate() {
        match *segment {
            "" if !absolute && place > 0 && place < last => {}
            ".." => drop(resolved.pop()),
            "." => {}
            segment => resolved.push(segment),
        }
    }
    if matches!(segments.last(), Some(&("." | ".."))) {
        resolved.push("");
    }
    let path = resolved.join("/");
    Ok(written(scheme, host, &parts, if path.is_empty() { "/" } else { &path }))
}

fn split(text: &str) -> Parts<'_> {
    let (host, rest) = match text.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, rest) = rest.split_at_checked(end).unwrap_or_default();
            (Some(host), rest)
        }
        None => (None, text),
    };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let last = path.rfind('/').unwrap_or(0);
    let params = path.get(last..).and_then(|segment| segment.find(';')).map(|place| place + last);
    let (path, params) = match params {
        Some(place) => (path.get(..place).unwrap_or_default(), path.get(place + 1..).unwrap_or_default()),
        None => (path, ""),
    };
    Parts { host, path, params, query, fragment }
}

fn written(scheme: &str, host: &str, parts: &Parts<'_>, path: &str) -> String {
    let mut url = path.to_owned();
    for (mark, part) in [(';', parts.params)] {
        if !part.is_empty() {
            url.push(mark);
            url.push_str(part);
        }
    }
    let slash = if url.is_empty() || url.starts_with('/') { "" } else { "/" };
    url = format!("{scheme}://{host}{slash}{url}");
    for (mark, part) in [('?', parts.query), ('#', parts.fragment)] {
        if !part.is_empty() {
            url.push(mark);
            url.push_str(part);
        }
    }
    url
}
