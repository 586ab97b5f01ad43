//! Cuts a text into what dateutil reads it by: numbers, words, blanks and single characters.

use crate::python::letters::{is_letter, is_space};

/// What the token being read is made of; a point may belong to a number or to a word until its end is seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Word,
    Number,
    PointedWord,
    PointedNumber,
}

/// The tokens of a text without digits other than ASCII's.
pub fn split(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    // dateutil does not see null characters.
    let mut characters = text.chars().filter(|character| *character != '\0').peekable();
    while characters.peek().is_some() {
        let (mut token, mut state, mut letters) = (String::new(), State::Start, false);
        while let Some(&next) = characters.peek() {
            let last = token.chars().next_back();
            let (word, number) = (is_letter(next), next.is_ascii_digit());
            state = match state {
                State::Start if word => State::Word,
                State::Start if number => State::Number,
                State::Start => {
                    characters.next();
                    token.push(if is_space(next) { ' ' } else { next });
                    break;
                }
                State::Word | State::PointedWord => {
                    letters = true;
                    match state {
                        State::Word if word => State::Word,
                        State::Word if next == '.' => State::PointedWord,
                        State::PointedWord if word || next == '.' => State::PointedWord,
                        State::PointedWord if number && last == Some('.') => State::PointedNumber,
                        _ => break,
                    }
                }
                State::Number if number => State::Number,
                State::Number if next == '.' || next == ',' && token.len() >= 2 => State::PointedNumber,
                State::PointedNumber if number || next == '.' => State::PointedNumber,
                State::PointedNumber if word && last == Some('.') => State::PointedWord,
                State::Number | State::PointedNumber => break,
            };
            token.push(next);
            characters.next();
        }
        let points = token.matches('.').count();
        let pointed = matches!(state, State::PointedWord | State::PointedNumber);
        let mut rest = None;
        if pointed && (letters || points > 1 || token.ends_with(['.', ','])) {
            let mut pieces = parts(&token);
            if !pieces.is_empty() {
                token = pieces.remove(0);
            }
            rest = Some(pieces);
        }
        if state == State::PointedNumber && !token.contains('.') {
            token = token.replace(',', ".");
        }
        tokens.push(token);
        tokens.extend(rest.into_iter().flatten().filter(|piece| !piece.is_empty()));
    }
    tokens
}

/// A token cut at its points and commas, which are parts of their own.
fn parts(token: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for character in token.chars() {
        if matches!(character, '.' | ',') {
            parts.extend([character.to_string(), String::new()]);
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    /// Expectations from dateutil 2.8.2.
    #[test]
    fn texts_are_cut_as_dateutil_cuts_them() {
        for (text, expected) in [
            ("Sep.20.2009", "Sep|.|20|.|2009"),
            ("4:30:21.447", "4|:|30|:|21.447"),
            ("25, 10,5 1,5", "25|,| |10.5| |1|,|5"),
            ("10,500.5x", "10,500.5|x"),
            ("a.m. 2.", "a|.|m|.| |2|."),
            ("1.a", "1.a"),
            ("1.a b", "1|.|a| |b"),
            ("\u{a0}é\t?", " |é| |?"),
        ] {
            assert_eq!(split(text).join("|"), expected, "{text}");
        }
    }
}
