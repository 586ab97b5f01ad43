//! A `TextBlock` of an Adaptive Card: a little Markdown, and dates that each reader sees in their own way.
//!
//! Source: learn.microsoft.com, "Text features" and "Format cards in Teams"; adaptivecards 3.0.6 `text-formatters`.

use super::tree::{Block, Inline};
use super::{markdown, plain};

/// What stands for a date while the Markdown is read: characters that no text may have, and that are neither white space
/// nor punctuation, as the first and last characters of a date are.
const FIRST: char = '\u{fdd2}';
/// The last of them; later dates stay as they are written.
const LAST: char = '\u{fdef}';

/// Reads the text of a card; `None` as [`markdown::parse`].
pub fn parse(text: &str) -> Option<Vec<Block>> {
    let (text, dates) = without_dates(text);
    let mut blocks = markdown::parse(&text, &markdown::TEXT_BLOCK)?;
    if blocks.is_empty() && !text.trim().is_empty() {
        // A card that would be empty shows its text as it is written.
        blocks = plain::written(&text);
    }
    if !dates.is_empty() {
        with_dates_in_blocks(&mut blocks, &dates);
    }
    Some(blocks)
}

/// A date: how it is written, and what is known of it.
struct Date<'a> {
    source: &'a str,
    time: &'a str,
}

fn without_dates(text: &str) -> (String, Vec<Date<'_>>) {
    let mut dates = Vec::new();
    if text.contains(|c| (FIRST..=LAST).contains(&c)) {
        return (text.to_owned(), dates);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        let from = rest.get(before.len()..).unwrap_or_default();
        // Of three brackets the last two belong to the date.
        match date(from).zip(place(dates.len())) {
            Some((date, place)) => {
                out.push(place);
                rest = from.get(date.source.len()..).unwrap_or_default();
                dates.push(date);
            }
            None => {
                out.push('{');
                rest = from.get(1..).unwrap_or(behind);
            }
        }
    }
    out.push_str(rest);
    (out, dates)
}

fn place(index: usize) -> Option<char> {
    (FIRST..=LAST).nth(index)
}

/// `{{DATE(2026-11-25T10:00:00Z, SHORT)}}` or `{{TIME(…)}}` at the beginning of a text.
fn date(text: &str) -> Option<Date<'_>> {
    let is_date = text.starts_with("{{DATE(");
    let inside = text.strip_prefix("{{DATE(").or_else(|| text.strip_prefix("{{TIME("))?;
    let (inside, _) = inside.split_once(")}}")?;
    let (time, format) = inside.split_once(',').map_or((inside, None), |(time, format)| (time, Some(format)));
    let is_format = format.is_none_or(|format| {
        is_date && matches!(format.strip_prefix(' ').unwrap_or(format), "COMPACT" | "LONG" | "SHORT")
    });
    let stamp = time.get(..19)?;
    let zone = time.get(19..)?;
    let is_zone = zone == "Z" || shaped(zone, "+00:00") || shaped(zone, "-00:00");
    let source = text.get(..7 + inside.len() + 3)?;
    (is_format && is_zone && shaped(stamp, "0000-00-00T00:00:00")).then_some(Date { source, time })
}

/// Whether a text has digits where the pattern has `0`, and the pattern's characters elsewhere.
fn shaped(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
}

fn with_dates_in_blocks(blocks: &mut [Block], dates: &[Date<'_>]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => with_dates(content, dates),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| with_dates_in_blocks(&mut item.content, dates));
            }
            _ => {}
        }
    }
}

fn with_dates(content: &mut Vec<Inline>, dates: &[Date<'_>]) {
    let mut out = Vec::with_capacity(content.len());
    for mut inline in content.drain(..) {
        match &mut inline {
            Inline::Text(text) => {
                for piece in text.split_inclusive(|c| (FIRST..=LAST).contains(&c)) {
                    let date = piece.chars().next_back().and_then(|last| of(last, dates));
                    let written = piece.trim_end_matches(|c| date.is_some() && (FIRST..=LAST).contains(&c));
                    if !written.is_empty() {
                        out.push(Inline::Text(written.to_owned()));
                    }
                    out.extend(date.map(|date| Inline::Date(date.time.to_owned())));
                }
                continue;
            }
            Inline::Bold(content) | Inline::Italic(content) => with_dates(content, dates),
            Inline::Link { url, label } => {
                with_dates(label, dates);
                let sources = url.chars().map(|c| of(c, dates).map_or(c.to_string(), |date| date.source.to_owned()));
                *url = sources.collect();
            }
            _ => {}
        }
        out.push(inline);
    }
    *content = out;
}

fn of<'a, 'b>(place: char, dates: &'b [Date<'a>]) -> Option<&'b Date<'a>> {
    dates.get(u32::from(place).checked_sub(u32::from(FIRST))? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_cards_know_is_a_date() {
        let time = |text: &str| date(text).map(|date| date.time.to_owned());
        assert_eq!(time("{{DATE(2026-11-25T10:00:00Z)}} x"), Some("2026-11-25T10:00:00Z".to_owned()));
        assert_eq!(time("{{DATE(2026-11-25T10:00:00+01:00,LONG)}}"), Some("2026-11-25T10:00:00+01:00".to_owned()));
        assert_eq!(time("{{TIME(2026-11-25T10:00:00Z)}}"), Some("2026-11-25T10:00:00Z".to_owned()));
        for text in [
            "{{TIME(2026-11-25T10:00:00Z, SHORT)}}",
            "{{DATE(2026-11-25)}}",
            "{{DATE(2026-11-25T10:00:00)}}",
            "{{DATE(2026-11-25T10:00:00Z,  SHORT)}}",
            "{{DATE(2026-11-25T10:00:00Z, short)}}",
            "{{date(2026-11-25T10:00:00Z)}}",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_a_part_of_its_line() {
        let text = "le **{{DATE(2026-11-25T10:00:00Z)}}** [x]({{TIME(2026-11-25T10:00:00Z)}})";
        let link = Inline::Link { url: "{{TIME(2026-11-25T10:00:00Z)}}".into(), label: vec![Inline::Text("x".into())] };
        let line = vec![
            Inline::Text("le ".into()),
            Inline::Bold(vec![Inline::Date("2026-11-25T10:00:00Z".into())]),
            Inline::Text(" ".into()),
            link,
        ];
        assert_eq!(parse(text), Some(vec![Block::Paragraph(line)]));
    }
}
