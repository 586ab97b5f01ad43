//! The markup that a template's writer wrote, without the values: every `{{ … }}` becomes one letter, every `{% … %}` and
//! `{# … #}` nothing. Each character keeps its place in the template, so that findings and fixes can point there.

use std::ops::Range;

/// What stands for a value: a letter, because values mostly start and end with one.
const VALUE: char = 'X';

/// A template's own text.
#[derive(Debug, Default)]
pub struct Skeleton {
    /// The characters.
    pub chars: Vec<char>,
    /// For each character, its bytes in the template.
    sources: Vec<Range<usize>>,
}

impl Skeleton {
    /// Takes the text out of a template. A tag that is not closed takes the rest.
    pub fn of(template: &str) -> Self {
        let mut skeleton = Self::default();
        let mut at = 0;
        while let Some(rest) = template.get(at..) {
            let Some(c) = rest.chars().next() else { break };
            let close = ["{{", "{%", "{#"].iter().zip(["}}", "%}", "#}"]).find(|(open, _)| rest.starts_with(**open));
            if let Some((open, close)) = close {
                let end = at + tag_len(rest, close);
                if *open == "{{" {
                    skeleton.push(VALUE, at..end);
                }
                at = end;
                continue;
            }
            let len = if rest.starts_with("\r\n") { 2 } else { c.len_utf8() };
            skeleton.push(if c == '\r' { '\n' } else { c }, at..at + len);
            at += len;
        }
        skeleton
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        self.chars.push(c);
        self.sources.push(source);
    }

    /// The bytes of the template that these characters come from, the tags between them included.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.sources.get(range.start).map_or(0, |source| source.start);
        let last = range.end.checked_sub(1).and_then(|last| self.sources.get(last));
        start..last.map_or(start, |source| source.end).max(start)
    }
}

/// How long a tag is, quotes respected: `{{ "}}" }}` is one.
fn tag_len(rest: &str, close: &str) -> usize {
    let mut quote = None;
    for (index, c) in rest.char_indices().skip(2) {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') if close != "#}" => quote = Some(c),
            (None, _) if rest.get(index..).is_some_and(|tail| tail.starts_with(close)) => return index + 2,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_a_letter_and_keep_their_place() {
        let template = "é *{{ doc.x|default(\"}}\") }}* {# no #}{% if a %}b{% endif %}";
        let skeleton = Skeleton::of(template);
        assert_eq!(skeleton.chars.iter().collect::<String>(), "é *X* b");
        assert_eq!(template.get(skeleton.source(&(2..5))), Some("*{{ doc.x|default(\"}}\") }}*"));
    }

    #[test]
    fn an_open_tag_takes_the_rest() {
        assert_eq!(Skeleton::of("a {{ b").chars, ['a', ' ', 'X']);
    }
}
