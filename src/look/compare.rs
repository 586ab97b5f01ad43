//! What the chats draw differently of one text: every word of it, as each chat shows it.
//!
//! A chat's tree does not say where in the text its parts come from. The words do: markup is made of signs, so that the
//! words that a chat shows are those of the text, in the same order, but for the few that it reads as markup itself.

use std::ops::Range;

use super::tree::{Block, Inline};
use super::{emoji, words_of};
use crate::services::{self, ServiceName};

/// The most words that are compared: a table of this size squared is filled for each chat.
const MOST_WORDS: usize = 700;

/// The most differences that are told.
const MOST: usize = 40;

/// A manner of showing a word. A word can have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `**bold**`
    Bold,
    /// `_italic_`
    Italic,
    /// `~~struck~~`
    Struck,
    /// `__underlined__`
    Underlined,
    /// Hidden until it is clicked.
    Spoiler,
    /// In a line or in a block of its own.
    Code,
    /// A link, or the address that it leads to.
    Link,
    /// An image.
    Image,
    /// A heading.
    Heading,
    /// An item of a list.
    List,
    /// A quotation.
    Quote,
    /// A cell of a table.
    Table,
    /// A character in the place of its short name.
    Emoji,
    /// Somebody is called.
    Mention,
    /// A channel is named.
    Channel,
    /// A date in its reader's way.
    Date,
    /// The chat reads it as markup and does not show it.
    Hidden,
    /// It follows the line before on the same line.
    Joined,
}

impl Style {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 18] = [
        Self::Bold,
        Self::Italic,
        Self::Struck,
        Self::Underlined,
        Self::Spoiler,
        Self::Code,
        Self::Link,
        Self::Image,
        Self::Heading,
        Self::List,
        Self::Quote,
        Self::Table,
        Self::Emoji,
        Self::Mention,
        Self::Channel,
        Self::Date,
        Self::Hidden,
        Self::Joined,
    ];

    /// Its name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Struck => "struck",
            Self::Underlined => "underlined",
            Self::Spoiler => "spoiler",
            Self::Code => "code",
            Self::Link => "link",
            Self::Image => "image",
            Self::Heading => "heading",
            Self::List => "list",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Emoji => "emoji",
            Self::Mention => "mention",
            Self::Channel => "channel",
            Self::Date => "date",
            Self::Hidden => "hidden",
            Self::Joined => "joined",
        }
    }

    const fn bit(self) -> Styles {
        1 << self as u32
    }
}

/// A set of [`Style`]s, one bit each.
type Styles = u32;

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
    let mut drawn = Vec::new();
    for service in services::SUPPORTED {
        let facts = service.facts();
        let Some(blocks) = service.parse(compared) else { continue };
        let mut reading = Reading { text: compared, joins: facts.markup.joins_lines, line: 0, shown: Vec::new() };
        reading.blocks(&blocks, 0);
        drawn.push((facts.name, aligned(compared, &words, &reading.shown)));
    }
    let lines = lines(text, &words, &mut drawn);
    // What takes whole lines is told by itself: a list is one difference, whatever stands in its items.
    let mut differences = runs(text, &words, &masked(&drawn, !BLOCKS));
    for difference in lines.into_iter().chain(runs(text, &words, &masked(&drawn, BLOCKS))) {
        let at = differences.iter().position(|other| other.span.start >= difference.span.start);
        differences.insert(at.unwrap_or(differences.len()), difference);
    }
    complete &= differences.len() <= MOST;
    differences.truncate(MOST);
    Comparison { differences, complete }
}

/// How one chat shows each word of the text.
type Drawn = (ServiceName, Vec<Styles>);

/// What takes whole lines.
const BLOCKS: Styles = Style::Heading.bit() | Style::List.bit() | Style::Quote.bit() | Style::Table.bit();

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
        (ways.len() > 1).then(|| Difference { span: widened(text, before.start..after.end), ways })
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
                span.end = word.end;
                for (known, more) in known.iter_mut().zip(&styles) {
                    let both = *known | more;
                    let shown = both & !Style::Hidden.bit();
                    *known = if known == more || shown == 0 { both } else { shown };
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
    let all = |styles: Styles| Style::ALL.into_iter().filter(|style| styles & style.bit() != 0).collect();
    let mut told: Vec<Way> = Vec::new();
    for (styles, services) in ways {
        let rarer = told.iter().position(|way| way.services.len() < services.len());
        told.insert(rarer.unwrap_or(told.len()), Way { styles: all(styles), services });
    }
    told
}

/// A word that a chat shows.
#[derive(Debug)]
struct Shown {
    word: String,
    styles: Styles,
    line: usize,
}

/// The words of a tree, in the order in which their chat shows them.
struct Reading<'a> {
    text: &'a str,
    joins: bool,
    line: usize,
    shown: Vec<Shown>,
}

impl Reading<'_> {
    fn blocks(&mut self, blocks: &[Block], styles: Styles) {
        for block in blocks {
            self.line += 1;
            match block {
                Block::Paragraph(content) | Block::Emoji(content) => self.inlines(content, styles),
                Block::Heading(_, content) => self.inlines(content, styles | Style::Heading.bit()),
                Block::Quote(content) => self.blocks(content, styles | Style::Quote.bit()),
                Block::List { first, items } => {
                    let styles = styles | Style::List.bit();
                    for (number, item) in (first.unwrap_or_default()..).zip(items) {
                        self.line += 1;
                        if first.is_some() {
                            self.text(&number.to_string(), styles);
                        }
                        match item.content.as_slice() {
                            [Block::Paragraph(content)] => self.inlines(content, styles),
                            content => self.blocks(content, styles),
                        }
                    }
                }
                Block::Code(code) => {
                    // Its lines stay lines in every chat.
                    for line in code.split('\n') {
                        self.line += 1;
                        self.text(line, styles | Style::Code.bit());
                    }
                }
                Block::Table(header, rows) => {
                    let styles = styles | Style::Table.bit();
                    for row in std::iter::once(header).chain(rows) {
                        self.line += 1;
                        row.iter().for_each(|cell| self.inlines(cell, styles));
                    }
                }
                Block::Rule => {}
            }
        }
        self.line += 1;
    }

    fn inlines(&mut self, content: &[Inline], styles: Styles) {
        for inline in content {
            self.inline(inline, styles);
        }
    }

    fn inline(&mut self, inline: &Inline, styles: Styles) {
        match inline {
            Inline::Text(text) => self.text(text, styles),
            Inline::Break => self.line += 1,
            Inline::Bold(content) => self.inlines(content, styles | Style::Bold.bit()),
            Inline::Italic(content) => self.inlines(content, styles | Style::Italic.bit()),
            Inline::Strike(content) => self.inlines(content, styles | Style::Struck.bit()),
            Inline::Underline(content) => self.inlines(content, styles | Style::Underlined.bit()),
            Inline::Spoiler(content) => self.inlines(content, styles | Style::Spoiler.bit()),
            Inline::Code(code) => self.text(code, styles | Style::Code.bit()),
            Inline::Link { url, label } => self.link(url, label, styles | Style::Link.bit()),
            Inline::Image { url, alt } => {
                let styles = styles | Style::Image.bit();
                self.text(alt, styles);
                self.text(url, styles);
            }
            // Digits between colons are a time of day, and a name that nobody knows stays a name.
            Inline::Emoji(name) if emoji::character(name).is_none() => self.text(name, styles),
            Inline::Emoji(name) => self.text(name, styles | Style::Emoji.bit()),
            Inline::Mention(name) => self.text(name, styles | Style::Mention.bit()),
            Inline::Channel(name) => self.text(name, styles | Style::Channel.bit()),
            Inline::Block(block) => self.blocks(std::slice::from_ref(block), styles),
            Inline::Date(text) => self.text(text, styles | Style::Date.bit()),
        }
    }

    /// A link's address is not shown, but its words are in the text: before the label or behind it.
    fn link(&mut self, url: &str, label: &[Inline], styles: Styles) {
        let start = self.shown.len();
        self.inlines(label, styles);
        let label: String =
            self.shown.get(start..).unwrap_or_default().iter().map(|shown| shown.word.as_str()).collect();
        let address: String = words_of(url).into_iter().filter_map(|word| url.get(word)).collect();
        if address.contains(&label) {
            return;
        }
        let behind = self.shown.len();
        self.text(url, styles);
        if self.text.contains(&format!("<{url}|"))
            && let Some(shown) = self.shown.get_mut(start..)
        {
            shown.rotate_left(behind - start);
        }
    }

    fn text(&mut self, text: &str, styles: Styles) {
        for (index, line) in text.split('\n').enumerate() {
            self.line += usize::from(index > 0 && !self.joins);
            let shown = words_of(line).into_iter().filter_map(|word| line.get(word)).map(|word| Shown {
                word: word.to_owned(),
                styles,
                line: self.line,
            });
            self.shown.extend(shown);
        }
    }
}

/// For each word of the text, how it is shown: the longest common sequence of both lists tells which word is which.
fn aligned(text: &str, words: &[Range<usize>], shown: &[Shown]) -> Vec<Styles> {
    let word = |index: usize| words.get(index).and_then(|word| text.get(word.clone()));
    let same =
        |at: usize, seen: usize| word(at).is_some_and(|word| shown.get(seen).is_some_and(|shown| shown.word == word));
    let width = shown.len() + 1;
    // The length of the longest common sequence of what follows each pair of places.
    let mut lengths = vec![0_u16; (words.len() + 1) * width];
    let get = |lengths: &[u16], at: usize, seen: usize| lengths.get(at * width + seen).copied().unwrap_or_default();
    for at in (0..words.len()).rev() {
        for seen in (0..shown.len()).rev() {
            let longest = if same(at, seen) {
                get(&lengths, at + 1, seen + 1) + 1
            } else {
                get(&lengths, at + 1, seen).max(get(&lengths, at, seen + 1))
            };
            if let Some(place) = lengths.get_mut(at * width + seen) {
                *place = longest;
            }
        }
    }
    let mut styles = Vec::with_capacity(words.len());
    let (mut seen, mut before) = (0, None::<(usize, usize)>);
    for (at, span) in words.iter().enumerate() {
        while !same(at, seen) && seen < shown.len() && get(&lengths, at, seen) == get(&lengths, at, seen + 1) {
            seen += 1;
        }
        let Some(found) = shown.get(seen).filter(|_| same(at, seen)) else {
            styles.push(Style::Hidden.bit());
            continue;
        };
        let joined = before.is_some_and(|(end, line)| {
            line == found.line && text.get(end..span.start).is_some_and(|gap| gap.contains('\n'))
        });
        styles.push(found.styles | if joined { Style::Joined.bit() } else { 0 });
        before = Some((span.end, found.line));
        seen += 1;
    }
    styles
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
