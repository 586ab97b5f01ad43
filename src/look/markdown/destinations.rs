//! What stands behind a link's label: its address and its title.

use super::super::chars::Chars;
use super::words::unescaped;

/// The deepest parentheses in an address.
const DEEPEST: usize = 32;

/// An address, and where it ends.
pub(super) fn destination(text: Chars<'_>, start: usize, end: usize, unsure: &mut bool) -> Option<(String, usize)> {
    let is_angled = text.at(start) == Some('<');
    let mut at = start + usize::from(is_angled);
    let mut open = 0_usize;
    loop {
        let c = text.at(at).filter(|_| at < end);
        match c {
            Some('\n' | '<') | None if is_angled => return None,
            Some('>') if is_angled => break,
            Some('\\') if at + 1 < end && (is_angled || text.at(at + 1) != Some(' ')) => at += 1,
            Some(_) if is_angled => {}
            None => break,
            Some(c) if c <= ' ' || c == '\u{7f}' => break,
            Some('(') => {
                open += 1;
                if open > DEEPEST {
                    return None;
                }
            }
            Some(')') if open == 0 => break,
            Some(')') => open -= 1,
            Some(_) => {}
        }
        at += 1;
    }
    if is_angled {
        let address = unescaped(&text.part(start + 1..at).text(), unsure);
        return Some((address.trim().to_owned(), at + 1));
    }
    (at > start && open == 0).then(|| (unescaped(&text.part(start..at).text(), unsure), at))
}

/// Whether a title may go on behind a place.
pub(super) enum Title {
    /// It ends here; whether it says something.
    Ends(usize, bool),
    /// It is open at the end of what was looked at.
    Open,
    /// There is none.
    None,
}

/// What closes the title that begins with a character.
pub(super) fn closing(open: Option<char>) -> Option<char> {
    match open? {
        quote @ ('"' | '\'') => Some(quote),
        '(' => Some(')'),
        _ => None,
    }
}

/// The rest of a title behind its first mark.
pub(super) fn title(text: Chars<'_>, start: usize, end: usize, close: char) -> Title {
    let mut at = start;
    while let Some(c) = text.at(at).filter(|_| at < end) {
        match c {
            c if c == close => return Title::Ends(at + 1, at > start),
            '(' if close == ')' => return Title::None,
            '\\' if at + 1 < end => at += 2,
            _ => at += 1,
        }
    }
    Title::Open
}

/// Whether a link may lead there.
pub(super) fn is_allowed(url: &str) -> bool {
    let lower = url.trim().to_lowercase();
    let is_picture = ["gif;", "png;", "jpeg;", "webp;"]
        .iter()
        .any(|kind| lower.strip_prefix("data:image/").is_some_and(|rest| rest.starts_with(kind)));
    is_picture || !["vbscript:", "javascript:", "file:", "data:"].iter().any(|scheme| lower.starts_with(scheme))
}
