//! `urlize`: addresses in a text become links.
//!
//! Source: `urlize` and its expressions of `jinja2/utils.py` 3.1.6. A word holds no blank, and neither a host nor a port
//! holds `/`, `?` or `#`, so one look at a word decides what the regular expressions try in many ways.

use super::markup::{escaped, is_space};
use super::{Markup, argument_error, or, required, whole};
use crate::message::environment::{Passed, Use};
use crate::python::{Budget, Outcome, Stop, Value, access, letters, operators, show};

/// What every link gets (`urlize.rel` of Jinja2's policies).
const REL: &str = "noopener";

/// How the links of one text are written.
struct Links {
    attributes: String,
    limit: Option<Value>,
    schemes: Vec<String>,
}

pub(super) fn urlize(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["eval_ctx", "value", "trim_url_limit", "nofollow", "target", "rel", "extra_schemes"];
    let [value, limit, nofollow, target, rel, schemes] = applied.bind("do_urlize", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let mut rel = words(rel, budget)?;
    if operators::truth(&or(nofollow, false))? {
        rel.push(String::from("nofollow"));
    }
    rel.push(String::from(REL));
    // `sorted(set(rel))`, of very few words.
    let mut sorted: Vec<String> = Vec::with_capacity(rel.len());
    for word in rel {
        budget.steps(sorted.len() as u64)?;
        let place = sorted.iter().position(|other| *other >= word).unwrap_or(sorted.len());
        if sorted.get(place) != Some(&word) {
            sorted.insert(place, word);
        }
    }
    let mut attributes = format!(" rel=\"{}\"", escaped(&sorted.join(" ")));
    if let Some(target) = target.filter(|target| !matches!(target, Value::None)) {
        let shown = show::str(&target, budget)?;
        if operators::truth(&target)? {
            attributes.push_str(&format!(" target=\"{}\"", escaped(&shown)));
        }
    }
    let schemes = schemes_of(schemes, budget)?;
    let limit = limit.filter(|limit| !matches!(limit, Value::None));
    let links = Links { attributes, limit, schemes };
    let value = required(value)?;
    let text = match value.downcast::<Markup>() {
        Some(markup) => markup.0.to_string(),
        None => escaped(&show::str(&value, budget)?),
    };
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(is_space) {
        let blank = word.chars().next_back().filter(|c| is_space(*c));
        let word = word.strip_suffix(is_space).unwrap_or(word);
        budget.step()?;
        links.push(word, &mut out)?;
        out.extend(blank);
        budget.bytes(word.len())?;
    }
    Ok(applied.text(out))
}

fn words(value: Option<Value>, budget: &Budget) -> Outcome<Vec<String>> {
    match value {
        None | Some(Value::None) => Ok(Vec::new()),
        Some(Value::Str(text)) => Ok(text.split(is_space).filter(|word| !word.is_empty()).map(String::from).collect()),
        Some(other) if operators::truth(&other)? => {
            show::str(&other, budget)?;
            Err(Stop::unsupported("urlize with a rel that is no text"))
        }
        Some(_) => Ok(Vec::new()),
    }
}

/// Checked: at least two letters, digits, dots, pluses or hyphens, a colon, and at most two slashes.
fn schemes_of(value: Option<Value>, budget: &Budget) -> Outcome<Vec<String>> {
    let Some(value) = value.filter(|value| !matches!(value, Value::None)) else { return Ok(Vec::new()) };
    let mut schemes = Vec::new();
    for scheme in access::iterate(&value, budget)? {
        let Value::Str(scheme) = &scheme else { return Err(Stop::unsupported("a scheme that is no text")) };
        let name = scheme.split_once(':').filter(|(name, rest)| {
            name.chars().count() >= 2
                && name.chars().all(|c| is_word(c) || matches!(c, '.' | '+' | '-'))
                && matches!(*rest, "" | "/" | "//")
        });
        if name.is_none() {
            let shown = show::repr(&Value::Str(scheme.clone()), budget)?;
            return Err(argument_error(&format!("{shown} is not a valid URI scheme prefix.")));
        }
        schemes.push(scheme.to_string());
    }
    Ok(schemes)
}

impl Links {
    /// One word, as a link when it is one.
    fn push(&self, word: &str, out: &mut String) -> Outcome<()> {
        let mut middle = word;
        while let Some(rest) =
            ["(", "<", "&lt;"].iter().find_map(|open| middle.strip_prefix(open)).filter(|_| !middle.is_empty())
        {
            middle = rest;
        }
        let (head, _) = word.split_at_checked(word.len() - middle.len()).unwrap_or_default();
        let body = middle;
        while let Some(rest) = [")", ">", ".", ",", "&gt;"].iter().find_map(|close| middle.strip_suffix(close)) {
            middle = rest;
        }
        let mut end = middle.len();
        // Whatever opens inside takes its closing marks back from the tail.
        for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let (inside, tail) = body.split_at_checked(end).unwrap_or((body, ""));
            let opened = inside.matches(open).count();
            if opened <= inside.matches(close).count() {
                continue;
            }
            for _ in 0..opened.min(tail.matches(close).count()) {
                let tail = body.get(end..).unwrap_or_default();
                end += tail.find(close).map_or(0, |at| at + close.len());
            }
        }
        let (middle, tail) = body.split_at_checked(end).unwrap_or((body, ""));
        out.push_str(head);
        self.push_address(middle, out)?;
        out.push_str(tail);
        Ok(())
    }

    fn push_address(&self, middle: &str, out: &mut String) -> Outcome<()> {
        let attributes = &self.attributes;
        if is_url(middle) {
            let scheme = if middle.starts_with("https://") || middle.starts_with("http://") { "" } else { "https://" };
            out.push_str(&format!("<a href=\"{scheme}{middle}\"{attributes}>{}</a>", self.trimmed(middle)?));
        } else if let Some(address) = middle.strip_prefix("mailto:").filter(|address| is_email(address)) {
            out.push_str(&format!("<a href=\"{middle}\">{address}</a>"));
        } else if !middle.starts_with("www.") && !middle.starts_with('@') && !middle.contains(':') && is_email(middle) {
            out.push_str(&format!("<a href=\"mailto:{middle}\">{middle}</a>"));
        } else {
            let mut shown = middle.to_owned();
            for scheme in &self.schemes {
                if shown != *scheme && shown.starts_with(scheme.as_str()) {
                    shown = format!("<a href=\"{shown}\"{attributes}>{shown}</a>");
                }
            }
            out.push_str(&shown);
        }
        Ok(())
    }

    fn trimmed(&self, url: &str) -> Outcome<String> {
        let Some(limit) = &self.limit else { return Ok(url.to_owned()) };
        let count = i64::try_from(url.chars().count()).unwrap_or(i64::MAX);
        match (whole(limit)?, count) {
            (limit, count) if count <= limit => Ok(url.to_owned()),
            (limit, count) => {
                // A negative limit counts from the end, as every slice does.
                let kept = if limit < 0 { limit.saturating_add(count).max(0) } else { limit };
                Ok(url.chars().take(usize::try_from(kept).unwrap_or(0)).chain("...".chars()).collect())
            }
        }
    }
}

/// `\w`
pub(super) fn is_word(c: char) -> bool {
    c == '_'
        || letters::is_letter(c)
        || letters::is_numeric(c).unwrap_or(false)
        || letters::is_digit(c).unwrap_or(false)
}

fn is_decimal(c: char) -> bool {
    letters::decimal(c).is_some()
}

/// A text without a start that ignores case; Python's `s` is also the long s.
fn after_scheme(text: &str) -> Option<&str> {
    let mut rest = text;
    for expected in "http".chars() {
        rest = rest.strip_prefix(|c: char| c.eq_ignore_ascii_case(&expected))?;
    }
    let rest = rest.strip_prefix(['s', 'S', 'ſ']).unwrap_or(rest);
    rest.strip_prefix("://")
}

/// `[a-z]` where case is ignored.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'İ' | 'ı' | 'ſ' | '\u{212a}')
}

fn is_url(text: &str) -> bool {
    if text.is_ascii() && !text.contains(['.', ':']) {
        return false;
    }
    let www = |text: &str| {
        let mut rest = text;
        for _ in 0..3 {
            rest = rest.strip_prefix(['w', 'W'])?;
        }
        rest.strip_prefix('.').map(String::from)
    };
    let path = |text: &str| text.find(['/', '?', '#']).unwrap_or(text.len());
    // A host, its port and what follows.
    let host_of = |text: &str| {
        let authority = text.get(..path(text)).unwrap_or_default();
        match authority.split_once(':') {
            Some((host, port)) => is_port(port).then(|| host.to_owned()),
            None => Some(authority.to_owned()),
        }
    };
    let schemed = after_scheme(text);
    if let Some(rest) = schemed {
        if host_of(rest).is_some_and(|host| is_host(&host) || is_ipv4(&host)) {
            return true;
        }
        if let Some((address, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let port = after.get(..path(after)).unwrap_or_default();
            return is_ipv6(address) && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
        }
        return false;
    }
    www(text).and_then(|rest| host_of(&rest)).is_some_and(|host| is_host(&host))
        || host_of(text).is_some_and(|host| is_domain(&host))
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.chars().count()) && text.chars().all(is_decimal)
}

/// `(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})`
fn is_host(host: &str) -> bool {
    let (labels, last) = host.rsplit_once('.').map_or((None, host), |(labels, last)| (Some(labels), last));
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| is_word(c) || matches!(c, '%' | '-'));
    let plain = (2..=63).contains(&last.chars().count()) && last.chars().all(is_latin);
    let international = last.get(..4).filter(|start| start.eq_ignore_ascii_case("xn--")).is_some_and(|_| {
        let rest = last.get(4..).unwrap_or_default();
        (2..=59).contains(&rest.chars().count()) && rest.chars().all(|c| is_word(c) || c == '%')
    });
    (plain || international) && labels.is_none_or(|labels| labels.split('.').all(label))
}

/// `([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)`
fn is_domain(host: &str) -> bool {
    const ENDINGS: [&str; 8] = ["com", "net", "int", "edu", "gov", "org", "info", "mil"];
    let label = |label: &str| {
        (2..=63).contains(&label.chars().count()) && label.chars().all(|c| is_word(c) || matches!(c, '%' | '-'))
    };
    host.rsplit_once('.').is_some_and(|(labels, last)| {
        let last: String = last.chars().map(|c| if matches!(c, 'ı' | 'İ') { 'i' } else { c }).collect();
        ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(&last)) && labels.split('.').all(label)
    })
}

fn is_ipv4(host: &str) -> bool {
    let mut parts = 0;
    host.split('.').all(|part| {
        parts += 1;
        (1..=3).contains(&part.chars().count()) && part.chars().all(is_decimal)
    }) && parts == 4
}

/// `([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}`
fn is_ipv6(address: &str) -> bool {
    let digit = |c: char| is_decimal(c) || c.is_ascii_hexdigit();
    let mut groups = address.splitn(3, ':');
    let (Some(first), Some(second), Some(rest)) = (groups.next(), groups.next(), groups.next()) else { return false };
    let short = |group: &str| group.chars().count() <= 4 && group.chars().all(digit);
    let mut pieces = 0;
    for (place, group) in rest.split(':').enumerate() {
        if !group.chars().all(digit) {
            return false;
        }
        // A colon needs a piece even when no digit stands before it; the last group has none.
        let last = place == rest.matches(':').count();
        pieces += group.chars().count().div_ceil(4).max(usize::from(!last));
    }
    short(first) && short(second) && pieces <= 6
}

/// `\S+@\w[\w.-]*\.\w+`
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let Some((start, end)) = domain.rsplit_once('.') else { return false };
    !name.is_empty()
        && start.starts_with(is_word)
        && start.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
        && !end.is_empty()
        && end.chars().all(is_word)
}
