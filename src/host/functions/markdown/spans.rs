//! What stands inside a paragraph: code, escapes, tags, links, images, emphasis, hard breaks.

use super::Blanks;
use super::blocks::is_block_tag;
use super::{Document, Unclear, escaped, is_kept};
use crate::host::html::{cut, has_any, only};

/// Characters that a backslash makes plain.
const ESCAPABLE: &str = "\\`*_{}[]()>#+-.!";

impl Document<'_> {
    /// A text of one or more lines as HTML, finished parts still behind their letters.
    pub(super) fn spans(&mut self, text: &str) -> Result<String, Unclear> {
        self.step(text.len())?;
        let text = self.code(text)?;
        let text = self.tags(&text)?;
        let text = self.links(text)?;
        let text = amps_and_angles(&text)?;
        let text = self.emphasis(&text)?;
        hard_breaks(&text)
    }

    /// Code between backticks.
    fn code(&mut self, text: &str) -> Result<String, Unclear> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(place) = rest.find('`') {
            let (before, found) = rest.split_at_checked(place).ok_or(Unclear)?;
            let run = found.len() - found.trim_start_matches('`').len();
            if before.ends_with('\\') {
                return Err(Unclear);
            }
            out.push_str(before);
            let inside = found.get(run..).unwrap_or_default();
            match closing(inside, run) {
                Some(end) => {
                    let code = inside.get(..end).unwrap_or_default().bare();
                    if code.is_empty() || code.starts_with('`') && run == 1 {
                        return Err(Unclear);
                    }
                    let code = self.keep(escaped(code))?;
                    out.push_str("<code>");
                    out.push_str(&code);
                    out.push_str("</code>");
                    rest = inside.get(end + run..).unwrap_or_default();
                }
                None if run == 1 => {
                    out.push('`');
                    rest = inside;
                }
                None => return Err(Unclear),
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Keeps what stands in tags out of the way of emphasis, and escaped characters.
    fn tags(&mut self, text: &str) -> Result<String, Unclear> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let behind = rest.get(character.len_utf8()..).unwrap_or_default();
            rest = behind;
            match character {
                '\\' => match behind.chars().next() {
                    Some(escape) if ESCAPABLE.contains(escape) => {
                        let kept = self.keep(escape.to_string())?;
                        out.push_str(&kept);
                        rest = behind.get(1..).unwrap_or_default();
                        // Where the next thing is a tag, versions count backslashes differently.
                        if rest.starts_with('<') {
                            return Err(Unclear);
                        }
                    }
                    Some('<') => return Err(Unclear),
                    next if self.has_traces || next.is_some_and(|next| is_kept(&next)) => return Err(Unclear),
                    _ => out.push('\\'),
                },
                '<' if behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '?' | '!' | '$')) => {
                    let end = behind.find('>').ok_or(Unclear)?;
                    let tag = behind.get(..end).unwrap_or_default();
                    rest = behind.get(end + 1..).unwrap_or_default();
                    if is_address(tag) {
                        let address = self.keep(tag.to_owned())?;
                        let shown = self.keep(tag.to_owned())?;
                        for part in ["<a href=\"", &address, "\">", &shown, "</a>"] {
                            out.push_str(part);
                        }
                        continue;
                    }
                    if !is_plain_tag(tag) {
                        return Err(Unclear);
                    }
                    // `<code>` is what became of backticks.
                    if tag.contains(['*', '_']) {
                        let tag = self.keep(["<", tag, ">"].concat())?;
                        out.push_str(&tag);
                    } else {
                        out.push('<');
                        out.push_str(tag);
                        out.push('>');
                    }
                }
                '<' if may_be_tag(behind) => return Err(Unclear),
                other => out.push(other),
            }
        }
        Ok(out)
    }

    /// `[text](address "title")` and `![text](address)`.
    fn links(&mut self, text: String) -> Result<String, Unclear> {
        let mut text = text;
        let mut from = 0;
        let mut anchors_from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find('[')).map(|place| place + from) {
            self.step(text.len())?;
            let inside = text.get(start + 1..).unwrap_or_default();
            let Some(length) = matching(inside) else {
                from = start + 1;
                continue;
            };
            if length > 2000 {
                return Err(Unclear);
            }
            let label = inside.get(..length).unwrap_or_default().to_owned();
            let behind = inside.get(length + 1..).unwrap_or_default();
            if behind.trim_start_matches([' ', '\n']).starts_with('[') {
                // No reference is defined, so both brackets are text, unless the second begins a link of its own.
                let second = behind.strip_prefix(' ').unwrap_or(behind).strip_prefix('[').ok_or(Unclear)?;
                let plain = second.split_once(']').is_some_and(|(name, rest)| {
                    let next = rest.trim_start_matches([' ', '\n']);
                    !name.contains('[') && !rest.starts_with('(') && !next.starts_with('[')
                });
                if !plain || label.contains('[') {
                    return Err(Unclear);
                }
                from = start + length + 2;
                continue;
            }
            let Some(target) = behind.strip_prefix('(') else {
                from = start + 1;
                continue;
            };
            let (target, rest) = target.split_once(')').ok_or(Unclear)?;
            let (address, title) = match target.split_once(' ') {
                Some((address, title)) => {
                    let title = title.strip_prefix('"').and_then(|title| title.strip_suffix('"')).ok_or(Unclear)?;
                    (address, Some(title))
                }
                None => (target, None),
            };
            let plain_title =
                |title: &str| !title.is_empty() && !has_any(title, "\"'<>&*_`\\[]()\n") && !has_kept(title);
            if address.is_empty()
                || !only(address, "/:.?=#%@,;~_-+*")
                || address.starts_with("data:")
                || title.is_some_and(|title| !plain_title(title))
            {
                return Err(Unclear);
            }
            let title = title.map(|title| [" title=\"", title, "\""].concat()).unwrap_or_default();
            let address = self.keep(address.to_owned())?;
            let is_image = text.get(..start).is_some_and(|before| before.ends_with('!'));
            if is_image {
                if has_any(&label, "\"'<>&*_`\\[]\n") || has_kept(&label) {
                    return Err(Unclear);
                }
                let image =
                    ["<img src=\"", &address, "\" alt=\"", &label, "\"", &title, " class=\"screenshot\" />"].concat();
                let before = text.get(..start - 1).unwrap_or_default();
                from = before.len() + image.len();
                // Links may not begin inside; an image in a link does not move their bound back.
                anchors_from = anchors_from.max(from);
                text = [before, &image, rest].concat();
            } else if start >= anchors_from {
                let head = ["<a href=\"", &address, "\"", &title, ">"].concat();
                let before = text.get(..start).unwrap_or_default();
                from = before.len() + head.len();
                anchors_from = from + label.len() + "</a>".len();
                text = [before, &head, &label, "</a>", rest].concat();
            } else {
                return Err(Unclear);
            }
        }
        Ok(text)
    }

    /// `**strong**` and `*emphasis*`, strong ones first.
    fn emphasis(&mut self, text: &str) -> Result<String, Unclear> {
        let characters: Vec<char> = text.chars().collect();
        let strong = self.paired(&characters, 2, "strong")?;
        let characters: Vec<char> = strong.chars().collect();
        self.paired(&characters, 1, "em")
    }

    fn paired(&mut self, text: &[char], width: usize, tag: &str) -> Result<String, Unclear> {
        let at = |place: usize| text.get(place).copied();
        let mark = |place: usize| match at(place) {
            Some(mark @ ('*' | '_')) if width == 1 || at(place + 1) == Some(mark) => Some(mark),
            _ => None,
        };
        let solid = |place: usize| at(place).is_some_and(|c| !c.is_whitespace());
        let mut out = String::new();
        let mut place = 0;
        while let Some(character) = at(place) {
            let close = match mark(place).filter(|_| solid(place + width)) {
                Some(own) => {
                    let found = (place + width + 1..text.len()).find(|end| mark(*end) == Some(own) && solid(end - 1));
                    self.step(found.unwrap_or(text.len()) - place)?;
                    found
                }
                None => None,
            };
            let Some(mut end) = close else {
                out.push(character);
                place += 1;
                continue;
            };
            // One more mark right before the closing ones belongs to what they enclose.
            if width == 2 {
                let own = at(place);
                if at(end + 2) == own && at(end + 3) != own {
                    end += 1;
                } else if at(end + 2) == own {
                    return Err(Unclear);
                }
            }
            out.push_str(&["<", tag, ">"].concat());
            out.extend(text.get(place + width..end).unwrap_or_default());
            out.push_str(&["</", tag, ">"].concat());
            place = end + width;
        }
        Ok(out)
    }
}

/// Whether a text has a finished part.
#[inline(never)]
fn has_kept(text: &str) -> bool {
    text.chars().any(|character| is_kept(&character))
}

/// Where a run of exactly `run` backticks begins.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut from = 0;
    loop {
        let start = text.get(from..)?.find('`')? + from;
        let found = text.get(start..)?;
        let length = found.len() - found.trim_start_matches('`').len();
        if length == run && start > 0 {
            return Some(start);
        }
        from = start + length;
    }
}

/// Where the bracket closes that was opened before the text.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, character) in text.char_indices() {
        match character {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(place),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What stands between `<` and `>` of an address.
fn is_address(tag: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| tag.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
        && only(tag, "/:.?=#%-")
}

/// Whether a `<` that is no letter's may still be taken for the beginning of a tag, whose marks are then no emphasis.
fn may_be_tag(behind: &str) -> bool {
    let end = behind.find(['>', '<']).unwrap_or(behind.len());
    let inside = behind.get(..end).unwrap_or_default();
    let closed = behind.get(end..).is_some_and(|rest| rest.starts_with('>'));
    behind.starts_with(|c: char| is_kept(&c) || c == '\\' || c == '<')
        || closed && !inside.starts_with(char::is_whitespace) && (has_any(inside, "*_\\[") || has_kept(inside))
}

/// A tag that every version knows for one: a name and attributes between double quotes.
fn is_plain_tag(tag: &str) -> bool {
    if tag == "code" || tag == "/code" {
        return true;
    }
    let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at_checked(end).unwrap_or_default();
    if name.is_empty() || is_block_tag(&name.to_ascii_lowercase()) || closing && !rest.is_empty() {
        return false;
    }
    loop {
        if matches!(rest, "" | "/" | " /") {
            return true;
        }
        let Some(attribute) = rest.strip_prefix(' ') else { return false };
        let Some((name, value)) = cut(attribute, "=\"") else { return false };
        let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let Some((value, behind)) = value.split_once('"') else { return false };
        if !named || has_any(value, "`[]<&\\") || has_kept(value) {
            return false;
        }
        rest = behind;
    }
}

/// Escapes every `&` that begins no entity, and angles that belong to no tag.
fn amps_and_angles(text: &str) -> Result<String, Unclear> {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '&' if !begins_entity(rest)? => out.push_str("&amp;"),
            '<' if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '?' | '$' | '!')) => {
                out.push_str("&lt;")
            }
            '>' if !before.is_some_and(|c: char| c.is_ascii_alphanumeric() || is_kept(&c) || "?!/'\"-".contains(c)) => {
                out.push_str("&gt;")
            }
            other => out.push(other),
        }
        before = Some(character);
    }
    Ok(out)
}

fn begins_entity(text: &str) -> Result<bool, Unclear> {
    let text = text.strip_prefix('#').unwrap_or(text);
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    let behind = text.get(end..).unwrap_or_default();
    if behind.starts_with(|c: char| is_kept(&c)) || text.get(..end).is_some_and(|name| !name.is_ascii()) {
        return Err(Unclear);
    }
    Ok(end > 0 && behind.starts_with(';'))
}

/// Two blanks or more at the end of a line break it.
fn hard_breaks(text: &str) -> Result<String, Unclear> {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    for (place, line) in lines.iter().enumerate() {
        match line.strip_suffix("  ") {
            Some(cut) if place < last => {
                out.push_str(cut.right());
                out.push_str("<br />");
            }
            _ => out.push_str(line),
        }
        if place < last {
            out.push('\n');
        }
    }
    Ok(out)
}
