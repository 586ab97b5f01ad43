//! What the chats draw differently of one text: every word of it, as each chat shows it.
//!
//! A chat's tree does not say where in the text its parts come from. The words do: markup is made of signs, so that the
//! words that a chat shows are those of the text, in the same order, but for the few that it reads as markup itself. The
//! signs between two words are compared where no style tells what became of them.

mod alignment;
mod reading;
mod signs;
mod style;

use std::ops::Range;

use super::words_of;
use crate::services::{self, ServiceName};
use reading::Reading;
pub use style::Style;
use style::{BLOCKS, Styles, told};

/// The most words that are compared: a table of this size squared is filled for each chat.
const MOST_WORDS: usize = 700;

/// The most differences that are told.
const MOST: usize = 40;

/// One way to show a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// In which manners; none: as it is written.
    pub styles: Vec<Style>,
    /// By which chats.
    pub services: Vec<ServiceName>,
}

/// A part of the text that not all chats show alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its bytes.
    pub span: Range<usize>,
    /// How it is shown, the commonest way first.
    pub ways: Vec<Way>,
}

/// What the chats draw differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the text.
    pub differences: Vec<Difference>,
    /// Whether all of the text was compared and every difference is told.
    pub complete: bool,
}

/// Compares how all chats that can be drawn show a text. The link to the document is left out: it is not in the template.
pub fn compare(text: &str) -> Comparison {
    let mut words = words_of(text);
    let longest = text.char_indices().nth(super::LONGEST_DRAWN).map_or(text.len(), |(index, _)| index);
    let cut = words.get(MOST_WORDS).map_or(text.len(), |word| word.start).min(longest);
    let mut complete = cut == text.len();
    words.retain(|word| word.end <= cut);
    let compared = text.get(..cut).unwrap_or(text);
    let marks = signs::all(compared, &words);
    let (mut drawn, mut drawn_marks) = (Vec::new(), Vec::new());
    for service in services::SUPPORTED {
        let facts = service.facts();
        let Some(blocks) = service.parse(compared) else { continue };
        let reading = Reading::of(compared, &blocks, facts.markup.joins_lines);
        let places = alignment::places(compared, &words, &reading.shown);
        let mut styles = alignment::styles(compared, &words, &reading.shown, &places);
        let alone = signs::missing(compared, &words, &marks, &reading, &places, &mut styles);
        drawn.push((facts.name, styles));
        drawn_marks.push((facts.name, alone));
    }
    let lines = lines(text, &words, &mut drawn);
    // What takes whole lines is told by itself: a list is one difference, whatever stands in its items.
    let mut differences = runs(text, &words, &masked(&drawn, !BLOCKS));
    let blocks = runs(text, &words, &masked(&drawn, BLOCKS));
    for difference in lines.into_iter().chain(alone(&marks, &drawn_marks)).chain(blocks) {
        let at = differences.iter().position(|other| other.span.start >= difference.span.start);
        differences.insert(at.unwrap_or(differences.len()), difference);
    }
    complete &= differences.len() <= MOST;
    differences.truncate(MOST);
    Comparison { differences, complete }
}

/// How one chat shows each word of the text.
type Drawn = (ServiceName, Vec<Styles>);

/// The words with some of their styles alone. A word that a chat does not show stands in the same block as the one before.
fn masked(drawn: &[Drawn], mask: Styles) -> Vec<Drawn> {
    let masked = |styles: &Vec<Styles>| {
        let mut before = 0;
        let word = |word: &Styles| {
            if mask != BLOCKS || word & Style::Hidden.bit() == 0 {
                before = word & mask;
            }
            before
        };
        styles.iter().map(word).collect()
    };
    drawn.iter().map(|(name, styles)| (*name, masked(styles))).collect()
}

/// The signs that stand by themselves and that not all chats show.
fn alone(marks: &[signs::Signs], drawn: &[Drawn]) -> Vec<Difference> {
    let difference = |(index, signs): (usize, &signs::Signs)| {
        let shown = |(name, styles): &Drawn| (*name, styles.get(index).copied().unwrap_or_default());
        let ways = ways(drawn.iter().map(shown));
        (ways.len() > 1).then(|| Difference { span: signs.span.clone(), ways })
    };
    marks.iter().enumerate().filter_map(difference).collect()
}

/// Takes the joined lines out of the words: they are one difference, told once, at the first line that is joined.
fn lines(text: &str, words: &[Range<usize>], drawn: &mut [Drawn]) -> Option<Difference> {
    let joined =
        |styles: &[Styles], index: usize| styles.get(index).is_some_and(|word| word & Style::Joined.bit() != 0);
    let first = (0..words.len()).find(|index| drawn.iter().any(|(_, styles)| joined(styles, *index)));
    let difference = first.and_then(|index| {
        let (before, after) = (words.get(index.checked_sub(1)?)?, words.get(index)?);
        let ways = ways(
            drawn
                .iter()
                .map(|(name, styles)| (*name, styles.get(index).copied().unwrap_or_default() & Style::Joined.bit())),
        );
        (ways.len() > 1).then(|| Difference { span: whole_lines(text, before.start..after.end), ways })
    });
    for (_, styles) in drawn {
        styles.iter_mut().for_each(|word| *word &= !Style::Joined.bit());
    }
    difference
}

/// The words that not all chats show alike, neighbours that differ alike in one.
fn runs(text: &str, words: &[Range<usize>], drawn: &[Drawn]) -> Vec<Difference> {
    let column = |index: usize| -> Vec<Styles> {
        drawn.iter().map(|(_, styles)| styles.get(index).copied().unwrap_or_default()).collect()
    };
    let mut found: Vec<(Range<usize>, Vec<Styles>, bool)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let styles = column(index);
        let differs = styles.windows(2).any(|pair| matches!(pair, [one, other] if one != other));
        let gap = found.last().map(|(span, ..)| text.get(span.end..word.start).unwrap_or_default());
        match found.last_mut() {
            Some((span, known, true)) if differs && *known == styles => span.end = word.end,
            // Nothing but signs between two words: one thing, such as a tag with its content.
            Some((span, known, true)) if differs && gap.is_some_and(|gap| !gap.contains(char::is_whitespace)) => {
                match merged(known, &styles) {
                    Some(both) => (span.end, *known) = (word.end, both),
                    None => found.push((word.clone(), styles, differs)),
                }
            }
            _ => found.push((word.clone(), styles, differs)),
        }
    }
    let mut differences: Vec<Difference> = Vec::new();
    for (span, styles, differs) in found {
        let ways = ways(drawn.iter().map(|(name, _)| *name).zip(styles));
        if differs && ways.len() > 1 {
            let from = differences.last().map_or(0, |last| last.span.end);
            let span = widened(text, span);
            differences.push(Difference { span: span.start.max(from)..span.end, ways });
        }
    }
    differences
}

/// How the chats show two words as one thing; `None` when that would hide that two of them differ.
fn merged(one: &[Styles], other: &[Styles]) -> Option<Vec<Styles>> {
    let both = |(one, other): (&Styles, &Styles)| {
        let both = one | other;
        let shown = both & !Style::Hidden.bit();
        if one == other || shown == 0 { both } else { shown }
    };
    let merged: Vec<Styles> = one.iter().zip(other).map(both).collect();
    let chats = || merged.iter().zip(one.iter().zip(other));
    let hides = chats().any(|(told, words)| chats().any(|(others, other)| told == others && words != other));
    (!hides).then_some(merged)
}

/// The lines that a part is in.
fn whole_lines(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(span.end..).and_then(|behind| behind.find('\n')).map_or(text.len(), |at| span.end + at);
    start..end
}

/// With the signs that touch it on both sides, such as the stars around a word.
fn widened(text: &str, span: Range<usize>) -> Range<usize> {
    let sign = |c: &char| !c.is_whitespace() && !c.is_alphanumeric();
    let before = text.get(..span.start).unwrap_or_default().chars().rev().take_while(sign).map(char::len_utf8);
    let after = text.get(span.end..).unwrap_or_default().chars().take_while(sign).map(char::len_utf8);
    span.start - before.sum::<usize>()..span.end + after.sum::<usize>()
}

fn ways(shown: impl Iterator<Item = (ServiceName, Styles)>) -> Vec<Way> {
    let mut ways: Vec<(Styles, Vec<ServiceName>)> = Vec::new();
    for (name, styles) in shown {
        match ways.iter_mut().find(|(known, _)| *known == styles) {
            Some((_, services)) => services.push(name),
            None => ways.push((styles, vec![name])),
        }
    }
    let mut sorted: Vec<Way> = Vec::new();
    for (styles, services) in ways {
        let rarer = sorted.iter().position(|way| way.services.len() < services.len());
        sorted.insert(rarer.unwrap_or(sorted.len()), Way { styles: told(styles), services });
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::ServiceName::{GoogleChat, RocketChat, Slack};

    /// Each difference as "part: style of Slack".
    fn seen_by(service: ServiceName, text: &str) -> Vec<String> {
        let told = |difference: &Difference| {
            let way = difference.ways.iter().find(|way| way.services.contains(&service)).unwrap();
            let styles: Vec<_> = way.styles.iter().map(|style| style.as_str()).collect();
            format!("{}: {}", crate::text::slice(text, difference.span.clone()), styles.join("+"))
        };
        compare(text).differences.iter().map(told).collect()
    }

    #[test]
    fn a_star_is_bold_italic_or_a_star() {
        let compared = compare("a *b c* d");
        let [difference] = compared.differences.as_slice() else { panic!("{compared:?}") };
        assert_eq!(difference.span, 2..7);
        let way = |style: &[Style]| difference.ways.iter().find(|way| way.styles == style).unwrap().services.clone();
        assert_eq!(way(&[Style::Bold]), [GoogleChat, RocketChat, Slack]);
        assert!(way(&[Style::Italic]).contains(&ServiceName::Mattermost));
        assert_eq!(way(&[]), [ServiceName::Ntfy]);
    }

    #[test]
    fn plain_text_is_the_same_everywhere() {
        for text in ["", "Hello, world.", "2 * 3 = 6", "at 10:30:00 o’clock", "a_b", "1 < 2"] {
            assert_eq!(compare(text).differences, [], "{text}");
        }
    }

    #[test]
    fn a_list_is_one_difference_beside_those_in_it() {
        let told = seen_by(Slack, "- **a** b\n- c &amp; ~~d~~");
        assert_eq!(told, ["**a** b\n- c &amp; ~~d~~: ", "**a**: ", "&amp;: hidden", "~~d~~: struck"]);
    }

    #[test]
    fn a_link_of_slack_is_not_read_elsewhere() {
        let text = "see <https://example.com/x|the order> now";
        assert!(seen_by(Slack, text).contains(&"order>: link".to_owned()));
        // Discord's link goes on to the space: it takes the label's first word for a part of the address.
        assert!(seen_by(ServiceName::Discord, text).contains(&"order>: ".to_owned()));
    }

    #[test]
    fn long_texts_are_compared_in_part() {
        let long = "word ".repeat(MOST_WORDS + 1) + "*bold*";
        assert_eq!(compare(&long), Comparison { differences: Vec::new(), complete: false });
        let many = "*a* b ".repeat(MOST + 1);
        assert!(!compare(&many).complete);
    }
}
