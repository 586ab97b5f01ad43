//! Rocket.Chat's emoji: pictures of Unicode, short names, and a message of nothing else, which is shown large. (services.md 3F;
//! oracle: @rocket.chat/message-parser.)

use super::chars::Chars;
use super::emoji::Names;
use super::rocket_chat_line::is_space;
use super::tree::Inline;

/// A message of one to three emoji and white space between them.
pub(super) fn emoji_alone(text: Chars<'_>) -> Option<Vec<Inline>> {
    let mut emoji = Vec::new();
    let mut at = 0;
    loop {
        at += text.run(at, |c| is_space(c) || c == '\n');
        if at >= text.len() {
            return Some(emoji).filter(|emoji| !emoji.is_empty());
        }
        let picture = picture_end(text, at).map(|end| (Inline::Text(text.part(at..end).text()), end));
        let (one, end) = picture.or_else(|| short_name(text, at)).filter(|_| emoji.len() < 3)?;
        emoji.push(one);
        at = end;
    }
}

/// Where a picture of the grammar's blocks of Unicode ends: with its variant, its tone of skin and what is joined to it.
pub(super) fn picture_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let is = |at: usize, test: fn(char) -> bool| text.at(at).is_some_and(test);
    if is(at, |c| c.is_ascii_digit() || c == '#' || c == '*') {
        return text.starts_with(at + 1, "\u{fe0f}\u{20e3}").then_some(at + 3);
    }
    let is_region = |c: char| matches!(c, '\u{1f100}'..='\u{1f1ff}');
    if is(at, is_region) && is(at + 1, is_region) {
        return Some(at + 2);
    }
    let tags = text.run(at + 1, |c| matches!(c, '\u{e0020}'..='\u{e007e}'));
    if text.at(at) == Some('\u{1f3f4}') && tags > 0 && text.at(at + 1 + tags) == Some('\u{e007f}') {
        return Some(at + 2 + tags);
    }
    let mut end = at;
    while is(end, is_picture) {
        end += 1;
        end += usize::from(is(end, |c| matches!(c, '\u{fe00}'..='\u{fe0f}')));
        end += usize::from(is(end, |c| matches!(c, '\u{1f3fb}'..='\u{1f3ff}')));
        if text.at(end) != Some('\u{200d}') || !is(end + 1, is_picture) {
            break;
        }
        end += 1;
    }
    (end > at).then_some(end)
}

/// `:tada:`
pub(super) fn short_name(text: Chars<'_>, at: usize) -> Option<(Inline, usize)> {
    if text.at(at) != Some(':') {
        return None;
    }
    let end = at + 1 + text.run(at + 1, |c| c.is_ascii_alphanumeric() || "-_+.".contains(c));
    (end > at + 1 && text.at(end) == Some(':'))
        .then(|| (Inline::Emoji(text.part(at + 1..end).text(), Names::Toolkit), end + 1))
}

/// The pictures that the grammar knows; all others are text.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2194}'..='\u{2195}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b1b}'..='\u{2b1c}'
        | '\u{1f0cf}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f7e0}'..='\u{1f7eb}' | '\u{1f7f0}' | '\u{1f900}'..='\u{1fbff}')
}
