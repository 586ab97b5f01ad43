//! Marks of emphasis that stand for themselves until it is known which of them belong together.
//!
//! Each `*` and `_` is one mark, each `~~` too. A link's label has marks of its own.

use super::inline::{Style, Token};

/// A mark.
#[derive(Debug, Clone)]
pub(super) struct Delimiter {
    pub sign: char,
    /// How many stand together; 0 for `~~`, which knows no rule of three.
    pub length: usize,
    /// Which token it is.
    pub token: usize,
    /// The mark that closes it.
    pub end: Option<usize>,
    pub opens: bool,
    pub closes: bool,
}

/// Finds for each mark the one that closes it.
pub(super) fn pair(marks: &mut [Delimiter]) {
    // The lowest mark that may still be opened, by sign, by whether the closing mark opens too, and by its length.
    let mut bottoms: [[Option<usize>; 6]; 3] = [[None; 6]; 3];
    // How many marks before each need not be looked at again.
    let mut jumps: Vec<usize> = vec![0; marks.len()];
    let mut run = 0;
    let mut last_token = None;
    for index in 0..marks.len() {
        let Some(closer) = marks.get(index).cloned() else { continue };
        let same_run = marks.get(run).is_some_and(|first| first.sign == closer.sign)
            && last_token.is_some_and(|token: usize| token + 1 == closer.token);
        if !same_run {
            run = index;
        }
        last_token = Some(closer.token);
        if !closer.closes {
            continue;
        }
        let sign = ["*", "_", "~"].iter().position(|sign| sign.starts_with(closer.sign)).unwrap_or_default();
        let kind = usize::from(closer.opens) * 3 + closer.length % 3;
        let Some(bottom) = bottoms.get_mut(sign).and_then(|kinds| kinds.get_mut(kind)) else { continue };
        let jump = |jumps: &[usize], from: usize| from.checked_sub(jumps.get(from).copied().unwrap_or_default() + 1);
        let start = jump(&jumps, run);
        let mut at = start;
        let mut is_paired = false;
        while let Some(open) = at.filter(|open| bottom.is_none_or(|bottom| *open > bottom)) {
            let Some(opener) = marks.get(open) else { break };
            let is_odd = (opener.closes || closer.opens)
                && (opener.length + closer.length) % 3 == 0
                && (opener.length % 3 != 0 || closer.length % 3 != 0);
            if opener.sign == closer.sign && opener.opens && opener.end.is_none() && !is_odd {
                let before = open.checked_sub(1).filter(|before| marks.get(*before).is_some_and(|mark| !mark.opens));
                let last_jump = before.and_then(|before| jumps.get(before)).map_or(0, |jump| jump + 1);
                for (place, jump) in [(index, index - open + last_jump), (open, last_jump)] {
                    if let Some(own) = jumps.get_mut(place) {
                        *own = jump;
                    }
                }
                if let Some(own) = marks.get_mut(index) {
                    own.opens = false;
                }
                if let Some(own) = marks.get_mut(open) {
                    own.end = Some(index);
                    own.closes = false;
                }
                is_paired = true;
                last_token = None;
                break;
            }
            at = jump(&jumps, open);
        }
        if !is_paired && let Some(start) = start {
            *bottom = Some(start);
        }
    }
}

/// Makes the pairs of `~~` tags.
pub(super) fn strike(marks: &[Delimiter], tokens: &mut [Token]) {
    let mut lone = Vec::new();
    for mark in marks.iter().filter(|mark| mark.sign == '~') {
        let Some(close) = mark.end.and_then(|end| marks.get(end)) else { continue };
        put(tokens, mark.token, Token::Open);
        put(tokens, close.token, Token::Close(Style::Strike));
        let before = close.token.checked_sub(1);
        if let Some(before) =
            before.filter(|before| matches!(tokens.get(*before), Some(Token::Text(text)) if text == "~"))
        {
            lone.push(before);
        }
    }
    // Of five in a row the odd one stands outside.
    for place in lone.into_iter().rev() {
        let closes =
            tokens.iter().skip(place + 1).take_while(|token| matches!(token, Token::Close(Style::Strike))).count();
        if closes > 0 && place + closes < tokens.len() {
            tokens.swap(place, place + closes);
        }
    }
}

/// Makes the pairs of `*` and `_` tags: two pairs that touch on both sides are bold.
pub(super) fn emphasise(marks: &[Delimiter], tokens: &mut [Token]) {
    let mut index = marks.len();
    while let Some(place) = index.checked_sub(1) {
        index = place;
        let Some(open) = marks.get(place).filter(|mark| mark.sign != '~') else { continue };
        let Some((end, close)) = open.end.and_then(|end| Some((end, marks.get(end)?))) else { continue };
        let outer = place.checked_sub(1).and_then(|outer| marks.get(outer)).filter(|outer| {
            outer.end == Some(end + 1)
                && outer.sign == open.sign
                && outer.token + 1 == open.token
                && marks.get(end + 1).is_some_and(|mark| mark.token == close.token + 1)
        });
        let style = if outer.is_some() { Style::Bold } else { Style::Italic };
        put(tokens, open.token, Token::Open);
        put(tokens, close.token, Token::Close(style));
        if let Some(outer) = outer {
            put(tokens, outer.token, Token::Text(String::new()));
            put(tokens, close.token + 1, Token::Text(String::new()));
            index -= 1;
        }
    }
}

fn put(tokens: &mut [Token], place: usize, token: Token) {
    if let Some(own) = tokens.get_mut(place) {
        *own = token;
    }
}
