//! `[label]: address "title"`: where the links of a text lead that name only a label.

use std::collections::BTreeMap;

use super::blocks::{Above, Blocks};
use super::destinations::{Title, closing, destination, is_allowed, title};
use super::words::is_blank;

/// The longest label.
const LONGEST_LABEL: usize = 999;

/// The addresses of all labels.
#[derive(Debug, Default)]
pub struct References {
    urls: BTreeMap<String, String>,
    /// Whether one has an entity that is not known.
    pub unsure: bool,
}

impl References {
    /// Where a label leads.
    pub fn get(&self, label: &str) -> Option<&String> {
        self.urls.get(&normalized(label))
    }

    pub fn is_empty(&self) -> bool {
        self.urls.is_empty()
    }
}

/// Labels differ neither by their letters' case nor by their white space.
fn normalized(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase().to_uppercase()
}

/// A place in the lines of a definition.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    /// Behind the line, its `\n` included.
    end: usize,
    /// The line below.
    below: usize,
}

impl Blocks<'_> {
    /// Takes a definition that begins on a line; `false` when there is none.
    pub fn definition(&mut self, number: usize) -> bool {
        if self.is_deep(number) || self.content(number).at(0) != Some('[') {
            return false;
        }
        let mut unsure = false;
        let Some((label, url, next)) = self.defined(number, &mut unsure) else { return false };
        self.references.unsure |= unsure;
        self.references.urls.entry(label).or_insert(url);
        self.next = next;
        true
    }

    fn defined(&self, number: usize, unsure: &mut bool) -> Option<(String, String, usize)> {
        let text = self.text;
        let mut place = Place { at: self.first(number) + 1, end: self.end_of(number), below: number + 1 };
        let mut label = String::new();
        loop {
            match text.at(place.at).filter(|_| place.at < place.end)? {
                '[' => return None,
                ']' => break,
                '\\' if text.at(place.at + 1) != Some('\n') => {
                    label.push('\\');
                    label.extend(text.at(place.at + 1));
                    place.at += 2;
                }
                '\n' => {
                    label.push('\n');
                    place = self.below(place)?;
                }
                c => {
                    label.push(c);
                    place.at += 1;
                }
            }
            if label.len() > 8 * LONGEST_LABEL {
                return None;
            }
        }
        if text.at(place.at + 1) != Some(':') || label.chars().count() > LONGEST_LABEL {
            return None;
        }
        place.at += 2;
        place = self.behind_blanks(place);
        let (url, at) = destination(text, place.at, place.end, unsure)?;
        if !is_allowed(&url) {
            return None;
        }
        place.at = at;
        let behind_url = place;
        place = self.behind_blanks(place);
        let mut has_title = false;
        if place.at != at
            && let Some((end, says)) = self.defined_title(place)
        {
            has_title = says;
            place = end;
        } else {
            place = behind_url;
        }
        if !self.ends_line(place) && has_title {
            place = behind_url;
        }
        let label = normalized(&label);
        (self.ends_line(place) && !label.is_empty()).then_some((label, url, place.below))
    }

    fn defined_title(&self, mut place: Place) -> Option<(Place, bool)> {
        let close = closing(self.text.at(place.at).filter(|_| place.at < place.end))?;
        place.at += 1;
        let mut says = false;
        loop {
            match title(self.text, place.at, place.end, close) {
                Title::None => return None,
                Title::Ends(at, more) => return Some((Place { at, ..place }, says || more)),
                Title::Open => {
                    says = true;
                    place = self.below(place)?;
                }
            }
        }
    }

    fn end_of(&self, number: usize) -> usize {
        (self.line(number).end + 1).min(self.text.len())
    }

    /// The next line, when it belongs to the definition too.
    fn below(&self, place: Place) -> Option<Place> {
        let number = place.below;
        if number >= self.last || self.is_empty(number) {
            return None;
        }
        let line = self.line(number);
        let goes_on = line.indent - self.indent > 3 || line.indent < 0;
        if !goes_on && self.interrupts(number, self.last, Above::Definition) {
            return None;
        }
        Some(Place { at: self.first(number), end: self.end_of(number), below: number + 1 })
    }

    fn behind_blanks(&self, mut place: Place) -> Place {
        while let Some(c) = self.text.at(place.at).filter(|_| place.at < place.end) {
            match c {
                '\n' => match self.below(place) {
                    Some(next) => place = next,
                    None => break,
                },
                c if is_blank(c) => place.at += 1,
                _ => break,
            }
        }
        place
    }

    fn ends_line(&self, place: Place) -> bool {
        let blanks = self.text.part(place.at..place.end).run(0, is_blank);
        place.at + blanks >= place.end || self.text.at(place.at + blanks) == Some('\n')
    }
}
