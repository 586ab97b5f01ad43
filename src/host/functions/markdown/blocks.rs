//! Blocks: paragraphs, headings, rules, code, quotations, HTML, and where lists and tables begin.

use super::Blanks;
use super::lists::marker;
use super::{Document, Unclear, escaped, tables};
use crate::host::html::has;

/// Elements that make a block of their own.
const BLOCK_TAGS: [&str; 17] = [
    "blockquote",
    "div",
    "dl",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "script",
    "table",
    "ul",
];
/// Others that begin a block in one version or another, or whose closing tag the search for code minds.
const ODD_TAGS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "canvas",
    "code",
    "dd",
    "del",
    "details",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hgroup",
    "hr",
    "iframe",
    "ins",
    "li",
    "math",
    "nav",
    "noscript",
    "output",
    "section",
    "style",
];

/// Deeper quotations than this nobody writes.
const DEPTH: usize = 6;

impl Document<'_> {
    /// The blocks of some lines; `depth` counts the quotations around them.
    pub(super) fn blocks(&mut self, lines: &[&str], depth: usize) -> Result<Vec<String>, Unclear> {
        if depth > DEPTH {
            return Err(Unclear);
        }
        let mut blocks = Vec::new();
        let (mut after_list, mut after_quotation) = (false, false);
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if line.is_empty() {
                at += 1;
                continue;
            }
            let rest = lines.get(at..).unwrap_or_default();
            let chunk = rest.iter().take_while(|line| !line.is_empty()).count();
            let chunk = rest.get(..chunk).unwrap_or_default();
            self.step(chunk.len())?;
            // A line that is not at the margin would go on with the list, and in old versions with the quotation.
            if (after_list || after_quotation) && line.starts_with(' ') {
                return Err(Unclear);
            }
            (after_list, after_quotation) = (false, line.starts_with('>'));
            at += if line.starts_with("```") {
                self.fenced(rest, depth, &mut blocks)?
            } else if line.starts_with("    ") {
                self.indented(rest, depth, &mut blocks)?
            } else if block_tag(line).is_some() || line.starts_with("<!--") {
                // Two of them, one over several lines, have their distance read differently.
                self.raw += chunk.len();
                if depth > 0 || self.raw > chunk.len() && (self.raw_lines || chunk.len() > 1) {
                    return Err(Unclear);
                }
                self.raw_lines |= chunk.len() > 1;
                blocks.push(raw(chunk)?);
                chunk.len()
            } else if line.starts_with('>') {
                self.quotation(chunk, depth, &mut blocks)?
            } else if is_rule(line) || is_heading(line) || !is_list(line) {
                if tables::begins(chunk) {
                    blocks.push(self.table(chunk)?);
                    chunk.len()
                } else {
                    self.paragraph(chunk, &mut blocks)?
                }
            } else {
                let (list, taken) = self.list(rest)?;
                blocks.push(list);
                after_list = true;
                taken
            };
        }
        Ok(blocks)
    }

    /// A paragraph up to the next heading or rule, or one of these; answers how many lines it took.
    fn paragraph(&mut self, chunk: &[&str], blocks: &mut Vec<String>) -> Result<usize, Unclear> {
        let mut text: Vec<&str> = Vec::new();
        let mut taken = 0;
        let mut behind_rule = false;
        for (place, line) in chunk.iter().enumerate() {
            let next = chunk.get(place + 1).copied();
            let underlined = next.and_then(underline);
            let heading = is_heading(line);
            let rule = is_rule(line);
            // What a quotation, a table or HTML would begin inside a paragraph.
            let begins = line.trim_start().starts_with('>')
                || place > 0 && tables::is_underline(line)
                || has(line, "```")
                || tag_name(line.trim_start()).is_some_and(|name| is_block_tag(&name))
                || line.starts_with(" ") && (rule || text.is_empty() && place > 0)
                || behind_rule && (line.starts_with(' ') || is_list(line));
            if begins
                || is_definition(line)
                || underlined.is_some() && (heading || rule)
                || *line == "-"
                || looks_like_rule(line) && !rule
            {
                return Err(Unclear);
            }
            taken = place + 1;
            if let Some(level) = underlined {
                if is_list(line) || line.starts_with(' ') || line.ends_with(' ') || line.contains('|') {
                    return Err(Unclear);
                }
                self.end_paragraph(&mut text, blocks)?;
                blocks.push(self.heading(line, level)?);
                // What follows stands as if behind an empty line.
                return Ok(taken + 1);
            }
            if heading {
                self.end_paragraph(&mut text, blocks)?;
                blocks.push(self.marked_heading(line)?);
                return Ok(taken);
            }
            if rule {
                self.end_paragraph(&mut text, blocks)?;
                blocks.push("<hr />".to_owned());
                behind_rule = true;
                continue;
            }
            behind_rule = false;
            text.push(line);
        }
        self.end_paragraph(&mut text, blocks)?;
        Ok(taken)
    }

    fn end_paragraph(&mut self, text: &mut Vec<&str>, blocks: &mut Vec<String>) -> Result<(), Unclear> {
        if !text.is_empty() {
            let joined = std::mem::take(text).join("\n");
            blocks.push(format!("<p>{}</p>", self.spans(&joined)?.left()));
        }
        Ok(())
    }

    /// Code between fences.
    fn fenced(&mut self, lines: &[&str], depth: usize, blocks: &mut Vec<String>) -> Result<usize, Unclear> {
        let language = lines.first().and_then(|line| line.strip_prefix("```")).ok_or(Unclear)?;
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let close = lines.iter().skip(1).position(|line| line.trim_end() == "```").ok_or(Unclear)? + 1;
        let code = lines.get(1..close).unwrap_or_default();
        let first = code.first().ok_or(Unclear)?.bare();
        // Old versions take a lonely word of the first line for the language, and drop empty lines.
        let odd = first.is_empty() || language.is_empty() && first.chars().all(named);
        let followed = lines.get(close + 1).is_some_and(|line| !line.is_empty());
        if odd || followed || depth > 0 || !language.chars().all(named) || code.iter().any(|line| has(line, "```")) {
            return Err(Unclear);
        }
        let class =
            if language.is_empty() { String::new() } else { format!(" class=\"{language} language-{language}\"") };
        let code = self.keep(escaped(&code.join("\n")))?;
        blocks.push(format!("<pre><code{class}>{code}\n</code></pre>"));
        Ok(close + 1)
    }

    /// Code that is indented by four blanks.
    fn indented(&mut self, lines: &[&str], depth: usize, blocks: &mut Vec<String>) -> Result<usize, Unclear> {
        let mut taken = lines.iter().take_while(|line| line.is_empty() || line.starts_with("    ")).count();
        let behind = lines.get(taken);
        while taken > 0 && lines.get(taken - 1).is_some_and(|line| line.is_empty()) {
            taken -= 1;
        }
        let code = lines.get(..taken).unwrap_or_default();
        let attached = behind.is_some() && lines.get(taken).is_some_and(|line| !line.is_empty());
        if depth > 0
            || attached
            || behind.is_some_and(|line| line.starts_with(' '))
            || code.iter().any(|line| has(line, "```"))
        {
            return Err(Unclear);
        }
        let code: Vec<&str> = code.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
        let code = self.keep(escaped(code.join("\n").trim_end()))?;
        blocks.push(format!("<pre><code>{code}\n</code></pre>"));
        Ok(taken)
    }

    /// A quotation, whose lines all begin with `>`.
    fn quotation(&mut self, chunk: &[&str], depth: usize, blocks: &mut Vec<String>) -> Result<usize, Unclear> {
        let mut inside = Vec::new();
        for line in chunk {
            let line = line.strip_prefix('>').ok_or(Unclear)?;
            let line = line.strip_prefix(' ').unwrap_or(line);
            if line.starts_with("    ") || has(line, "```") {
                return Err(Unclear);
            }
            inside.push(if line.bare().is_empty() { "" } else { line });
        }
        // The last line of a quotation must hold something, or the pattern ends before it.
        if inside.last().is_none_or(|line| line.is_empty()) || inside.first().is_none_or(|line| line.is_empty()) {
            return Err(Unclear);
        }
        let ids = self.ids.len();
        let inner = self.blocks(&inside, depth + 1)?;
        self.quoted_heading |= self.ids.len() > ids;
        if inner.iter().any(|block| has(block, "<pre") || has(block, "<!--")) {
            return Err(Unclear);
        }
        let inner = inner.join("\n\n");
        let indented: Vec<String> = inner.split('\n').map(|line| format!("  {line}")).collect();
        blocks.push(format!("<blockquote>\n{}\n</blockquote>", indented.join("\n")));
        Ok(chunk.len())
    }
}

/// A chunk that is one element or comment of HTML, which stays as it is.
fn raw(chunk: &[&str]) -> Result<String, Unclear> {
    let (first, last) = (chunk.first().ok_or(Unclear)?, chunk.last().ok_or(Unclear)?);
    let text = chunk.join("\n");
    if let Some(comment) = text.strip_prefix("<!--") {
        let plain =
            comment.strip_suffix("-->").is_some_and(|inside| !has(inside, "--") && !inside.contains(['<', '>']));
        return if plain && chunk.len() == 1 { Ok(text) } else { Err(Unclear) };
    }
    let name = block_tag(first).ok_or(Unclear)?;
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let whole = last.ends_with(&close) && text.matches(&open).count() == 1 && text.matches(&close).count() == 1;
    let inner = chunk.iter().skip(1).filter(|line| **line != close).any(|line| {
        let begins = tag_name(line).is_some_and(|name| is_block_tag(&name));
        begins || has(line, "```") || has(line, "<!--")
    });
    // The opening tag must end on its line.
    let opened = first.split_once('>').is_some_and(|(tag, _)| !tag.contains('`'));
    let lone_close = chunk.len() == 1 || *last == close;
    if whole && !inner && opened && lone_close && !has(&text, "```") { Ok(text) } else { Err(Unclear) }
}

/// The name of a tag that a line begins with.
fn tag_name(line: &str) -> Option<String> {
    let tag = line.strip_prefix('<')?;
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag.get(..end).filter(|name| !name.is_empty()).map(str::to_ascii_lowercase)
}

/// Whether markdown2 may take a tag for the edge of a block.
pub(super) fn is_block_tag(name: &str) -> bool {
    BLOCK_TAGS.contains(&name) || ODD_TAGS.contains(&name)
}

/// The name of the block element that a line begins with.
fn block_tag(line: &str) -> Option<&str> {
    let tag = line.strip_prefix('<')?;
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag.get(..end).filter(|name| BLOCK_TAGS.contains(name))
}

/// Whether a line is a rule: three or more of one mark, two blanks between them at most.
pub(super) fn is_rule(line: &str) -> bool {
    let mark = line.left().chars().next();
    let marks = line.chars().filter(|c| Some(*c) == mark).count();
    looks_like_rule(line) && marks > 2 && line.chars().all(|c| c == ' ' || Some(c) == mark) && !has(line, "   ")
}

/// Whether a line has nothing but marks of rules.
pub(super) fn looks_like_rule(line: &str) -> bool {
    line.chars().filter(|c| *c != ' ').count() > 2 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | ' '))
}

/// Whether a line is a heading with marks.
pub(super) fn is_heading(line: &str) -> bool {
    line.starts_with('#')
}

/// The level of the heading that a line underlines.
fn underline(line: &str) -> Option<usize> {
    let marks = line.right();
    match marks.chars().next()? {
        '=' if marks.chars().all(|c| c == '=') => Some(1),
        '-' if marks.len() > 1 && marks.chars().all(|c| c == '-') => Some(2),
        _ => None,
    }
}

/// Whether a line begins with the mark of a list.
fn is_list(line: &str) -> bool {
    marker(line.left()).is_some()
}

/// Whether a line defines an address for links.
fn is_definition(line: &str) -> bool {
    line.trim_start().starts_with('[') && has(line, "]:")
}

/// Whether a line could be anything but the text of a paragraph or of an item.
pub(super) fn is_special(line: &str) -> bool {
    is_heading(line)
        || line.trim() == "-"
        || looks_like_rule(line)
        || underline(line).is_some()
        || is_definition(line)
        || has(line, "```")
        || tables::is_underline(line)
        || line.trim_start().starts_with('>')
        || tag_name(line.trim_start()).is_some_and(|name| is_block_tag(&name))
}
