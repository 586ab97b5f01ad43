//! HTML as editors and people write it, cut into tags, comments and texts.
//!
//! The host reads HTML with two parsers: html5lib (when saving cleans a text) and Python's `html.parser`. They disagree on
//! broken markup, so this tokenizer knows only what both read alike; anything else is [`Odd`], and nobody guesses.

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text, entities left as they are written.
    Text(&'a str),
    /// `<name …>`
    Start(Tag<'a>),
    /// `</name>`, in lower case, and as it is written.
    End(String, &'a str),
    /// `<!--…-->`: what stands inside.
    Comment(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: String,
    /// Names in lower case, values as they are written, without their quotes; empty when there is none.
    pub attributes: Vec<(String, &'a str)>,
    /// The tag as it is written.
    pub source: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| *value)
    }
}

/// Markup that the host's parsers may read in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd;

/// What HTML calls white space, without the form feed.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Where a mark of several characters stands. (One plain search for all: the library's grows anew at every call.)
#[inline(never)]
pub fn place_of(text: &str, mark: &str) -> Option<usize> {
    text.as_bytes().windows(mark.len()).position(|part| part == mark.as_bytes())
}

/// Whether a text has a mark of several characters.
pub fn has(text: &str, mark: &str) -> bool {
    place_of(text, mark).is_some()
}

/// A text before and behind a mark of several characters.
#[inline(never)]
pub fn cut<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let place = place_of(text, mark)?;
    Some((text.get(..place)?, text.get(place + mark.len()..)?))
}

/// Whether a list of names, each between blanks, has this one.
#[inline(never)]
pub fn listed(list: &str, name: &str) -> bool {
    list.split(' ').any(|other| other == name) && !name.is_empty()
}

/// Whether a text has only ASCII letters, digits and these.
#[inline(never)]
pub fn only(text: &str, others: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.as_bytes().contains(&byte))
}

/// Whether a text has one of these ASCII characters.
#[inline(never)]
pub fn has_any(text: &str, characters: &str) -> bool {
    text.bytes().any(|byte| characters.as_bytes().contains(&byte))
}

/// `&`, `<` and `>` as entities, in place of these characters only.
#[inline(never)]
pub fn escaped(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
}

/// A text whose lines all end with `\n`.
#[inline(never)]
pub fn with_plain_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' {
            characters.next_if_eq(&'\n');
            out.push('\n');
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether a text has the beginning of a start tag.
pub fn begins_a_tag(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'<', next] if next.is_ascii_alphabetic()))
}

/// Cuts a text into its parts.
///
/// # Errors
/// [`Odd`] when it holds anything that is not plainly a tag, a comment or text.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, Odd> {
    if text.contains(|c: char| c.is_control() && !is_space(c) || ('\u{fdd0}'..='\u{fdef}').contains(&c)) {
        return Err(Odd);
    }
    let mut numbers = text;
    while let Some((_, behind)) = cut(numbers, "&#") {
        if !begins_a_number(behind) {
            return Err(Odd);
        }
        numbers = behind;
    }
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (token, behind) = next(rest)?;
        found.push(token);
        rest = behind;
    }
    Ok(found)
}

/// Whether a text goes on, behind `&#`, with a number and something else: `html.parser` reads no tag behind another.
fn begins_a_number(text: &str) -> bool {
    let (digits, radix) = text.strip_prefix(['x', 'X']).map_or((text, 10), |digits| (digits, 16));
    let behind = digits.trim_start_matches(|digit: char| digit.is_digit(radix));
    behind.len() < digits.len() && behind.starts_with(|next: char| !next.is_ascii_hexdigit())
}

fn next(text: &str) -> Result<(Token<'_>, &str), Odd> {
    let Some(after) = text.strip_prefix('<') else {
        let (before, behind) = text.split_at_checked(text.find('<').unwrap_or(text.len())).ok_or(Odd)?;
        return Ok((Token::Text(before), behind));
    };
    if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return start(text);
    }
    if let Some(name) = after.strip_prefix('/') {
        let (name, behind) = tag_name(name).ok_or(Odd)?;
        let behind = behind.trim_start_matches(is_space).strip_prefix('>').ok_or(Odd)?;
        return Ok((Token::End(name, before(text, behind)), behind));
    }
    if let Some(comment) = after.strip_prefix("!--") {
        let (inside, behind) = cut(comment, "-->").ok_or(Odd)?;
        let plain = !inside.starts_with(['>', '-']) && !inside.ends_with(['-', '!']) && !has(inside, "--");
        return if plain { Ok((Token::Comment(inside), behind)) } else { Err(Odd) };
    }
    if after.starts_with(['!', '?']) {
        return Err(Odd);
    }
    // A `<` that opens nothing is text; what follows it is another part.
    let (before, behind) = text.split_at_checked(1).ok_or(Odd)?;
    Ok((Token::Text(before), behind))
}

/// What of `text` stands before `behind`, which is its end.
fn before<'a>(text: &'a str, behind: &str) -> &'a str {
    text.get(..text.len() - behind.len()).unwrap_or_default()
}

fn tag_name(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))).unwrap_or(text.len());
    let (name, behind) = text.split_at_checked(end)?;
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| (name.to_ascii_lowercase(), behind))
}

/// A start tag at the beginning of the text.
fn start(text: &str) -> Result<(Token<'_>, &str), Odd> {
    let (name, mut rest) = tag_name(text.get(1..).unwrap_or_default()).ok_or(Odd)?;
    let mut attributes: Vec<(String, &str)> = Vec::new();
    loop {
        let spaced = rest.starts_with(is_space);
        rest = rest.trim_start_matches(is_space);
        if let Some(behind) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            let source = before(text, behind);
            return Ok((Token::Start(Tag { name, attributes, source }), behind));
        }
        // Only a blank begins an attribute; more of them than this would make the search for doubles slow.
        if !spaced || attributes.len() > 50 {
            return Err(Odd);
        }
        let (attribute, value, behind) = attribute(rest)?;
        if attributes.iter().any(|(other, _)| *other == attribute) {
            return Err(Odd);
        }
        attributes.push((attribute, value));
        rest = behind;
    }
}

fn attribute(text: &str) -> Result<(String, &str, &str), Odd> {
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let (name, behind) = text.split_at_checked(text.find(|c: char| !named(c)).unwrap_or(text.len())).ok_or(Odd)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return Err(Odd);
    }
    let name = name.to_ascii_lowercase();
    let Some(value) = behind.trim_start_matches(is_space).strip_prefix('=') else {
        return Ok((name, "", behind));
    };
    let value = value.trim_start_matches(is_space);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, behind) = quoted.split_once(quote).ok_or(Odd)?;
            return Ok((name, value, behind));
        }
    }
    let plain = |c: char| !is_space(c) && !matches!(c, '"' | '\'' | '<' | '>' | '=' | '`' | '&');
    let (value, behind) = value.split_at_checked(value.find(|c: char| !plain(c)).unwrap_or(value.len())).ok_or(Odd)?;
    // `<a href=x/>` ends with a slash that is part of the value.
    if value.is_empty() || value.ends_with('/') || !behind.starts_with(|c: char| is_space(c) || c == '>') {
        return Err(Odd);
    }
    Ok((name, value, behind))
}
