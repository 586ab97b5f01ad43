//! Headings and their ids.

use super::Blanks;
use super::{Document, Unclear};

impl Document<'_> {
    /// `## Title ##`
    pub(super) fn marked_heading(&mut self, line: &str) -> Result<String, Unclear> {
        let text = line.trim_start_matches('#');
        let level = line.len() - text.len();
        let text = text.left();
        let text = if text.ends_with('#') { text.trim_end_matches('#').right() } else { text.right() };
        if level > 6 || text.is_empty() || text.ends_with('\\') {
            return Err(Unclear);
        }
        self.heading(text, level)
    }

    /// A heading, with the id that its text gives.
    pub(super) fn heading(&mut self, text: &str, level: usize) -> Result<String, Unclear> {
        let id = slug(text).ok_or(Unclear)?;
        self.step(self.ids.len())?;
        let count = self.ids.iter().filter(|other| **other == id).count() + 1;
        if count > 1 && self.quoted_heading {
            return Err(Unclear);
        }
        self.ids.push(id.clone());
        let id = if id.is_empty() || count > 1 { format!("{id}-{count}") } else { id };
        let html = self.spans(text)?;
        Ok(format!("<h{level} id=\"{id}\">{html}</h{level}>"))
    }
}

/// A text without marks and accents, its blanks as hyphens. `None` for letters whose bare form is not known here.
fn slug(text: &str) -> Option<String> {
    let mut kept = String::new();
    for character in text.chars() {
        match character {
            c if c.is_ascii() => {
                if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ') {
                    kept.push(c.to_ascii_lowercase());
                }
            }
            '\u{a0}' => kept.push(' '),
            c if is_mark(c) => {}
            c => kept.push(bare(c)?),
        }
    }
    let mut slug = String::new();
    for character in kept.bare().chars() {
        let character = if character == ' ' { '-' } else { character };
        if character != '-' || !slug.ends_with('-') {
            slug.push(character);
        }
    }
    Some(slug)
}

/// Marks and pictures that leave nothing.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '«' | '»'
            | '’'
            | '‘'
            | '“'
            | '”'
            | '„'
            | '–'
            | '—'
            | '…'
            | '•'
            | '·'
            | '€'
            | '£'
            | '§'
            | '°'
            | '→'
            | '✓'
            | '✅'
            | '❌'
            | '⚠'
            | '\u{fe0f}'
            | '\u{200d}'
            | '\u{1f300}'..='\u{1faff}'
    )
}

/// The letter under an accent, in lower case.
fn bare(letter: char) -> Option<char> {
    const LETTERS: [(&str, char); 14] = [
        ("ÀÁÂÃÄÅàáâãäåĀāĂăĄą", 'a'),
        ("ÇçĆćČč", 'c'),
        ("Ďď", 'd'),
        ("ÈÉÊËèéêëĒēĖėĘęĚě", 'e'),
        ("Ğğ", 'g'),
        ("ÌÍÎÏìíîïĪīĮį", 'i'),
        ("ÑñŃńŇň", 'n'),
        ("ÒÓÔÕÖòóôõöŌōŐő", 'o'),
        ("Řř", 'r'),
        ("ŚśŞşŠš", 's'),
        ("ŢţŤť", 't'),
        ("ÙÚÛÜùúûüŪūŮůŰű", 'u'),
        ("ÝýÿŸ", 'y'),
        ("ŹźŻżŽž", 'z'),
    ];
    LETTERS.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, bare)| *bare)
}
