//! `to_markdown` and `html2text`: HTML as Markdown.
//!
//! Source: markdownify 0.11 over Beautiful Soup 4.9 with Python's `html.parser`, called with `#` headings and paragraphs
//! of 80 columns (frappe/core/utils.py); run beside this engine on generated texts. Long because what an element writes
//! depends on what its neighbours have written.

use std::fmt::Write as _;
use std::rc::Rc;

use super::super::entities;
use super::super::html::{self, Odd, Token};
use super::super::{Context, Flavour};
use super::given::Given;
use super::text::is_space;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators};

/// Columns of a paragraph.
const WIDTH: usize = 80;
/// Deeper than this nobody nests.
const DEPTH: usize = 60;
/// Elements without content.
const VOID: &str =
    "area base basefont bgsound br col command embed frame hr image img input keygen link meta param source track wbr";
/// Elements that the parser or the converter treats in a way of its own.
const ODD: &str = "script style template textarea soup list hn nextid spacer isindex menuitem";

/// `to_markdown(html)`
pub fn to_markdown(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::lenient(arguments, "to_markdown", &["html"], 1)?.value();
    let value = if operators::truth(&value)? { value } else { Value::str("") };
    converted(context, &value, budget)
}

/// `html2text(html, strip_links=False, wrap=True)`
pub fn html2text(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "html2text", &["html", "strip_links", "wrap"], 1)?;
    let (value, options) = (given.value(), (given.option(), given.option()));
    if !matches!(options, (None, None)) {
        return Err(Stop::unsupported("html2text with options"));
    }
    converted(context, &value, budget)
}

fn converted(context: &Context, value: &Value, budget: &Budget) -> Outcome<Value> {
    let Value::Str(text) = value else { return Err(Stop::unsupported("to_markdown of a value that is no text")) };
    if context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("to_markdown"));
    }
    budget.steps(text.len() as u64)?;
    budget.bytes(text.len().saturating_mul(DEPTH))?;
    markdown(text).map(Value::from).map_err(|Odd| Stop::unsupported("to_markdown of this HTML"))
}

/// A part of the tree: an element or a text.
#[derive(Debug)]
struct Node {
    /// Empty for a text.
    name: String,
    text: String,
    attributes: Vec<(String, String)>,
    parent: usize,
    children: Vec<usize>,
}

impl Node {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), text: String::new(), attributes: Vec::new(), parent: 0, children: Vec::new() }
    }
}

/// The elements and texts of a document; the first stands for the whole.
struct Tree(Vec<Node>);

fn markdown(text: &str) -> Result<String, Odd> {
    let tree = Tree::read(text)?;
    tree.element(0, false)
}

impl Tree {
    /// Beautiful Soup's tree: elements close only where their end tag stands.
    fn read(text: &str) -> Result<Self, Odd> {
        if text.contains('\r') {
            return Err(Odd);
        }
        let root = Node::new("[document]");
        let mut tree = Self(vec![root]);
        let mut open = vec![0];
        let mut data = String::new();
        let mut closed: Vec<String> = Vec::new();
        for token in html::tokens(text)? {
            if let Token::Text(text) = token {
                data.push_str(text);
                continue;
            }
            tree.add_text(&mut data, &open)?;
            match token {
                Token::Start(tag) => {
                    let slash = tag.source.ends_with("/>");
                    let void = html::listed(VOID, &tag.name);
                    // Once an element was closed without a slash, the next slash of its kind is lost.
                    let odd = html::listed(ODD, &tag.name);
                    let heading =
                        tag.name.strip_prefix('h').is_some_and(|level| level.starts_with(|c: char| c.is_ascii_digit()));
                    let plain_heading = matches!(tag.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                    if odd || open.len() > DEPTH || slash && closed.contains(&tag.name) || heading && !plain_heading {
                        return Err(Odd);
                    }
                    let mut attributes = Vec::new();
                    for (name, value) in &tag.attributes {
                        attributes.push((name.clone(), value_of(value)?));
                    }
                    let place = tree.add(&open, Node { attributes, ..Node::new(&tag.name) });
                    if void && !slash && !closed.contains(&tag.name) {
                        closed.push(tag.name);
                    }
                    if !void && !slash {
                        open.push(place);
                    }
                }
                Token::End(name, _) => {
                    let place = open
                        .iter()
                        .rposition(|place| tree.name(*place) == name)
                        .filter(|place| *place > 0)
                        .ok_or(Odd)?;
                    open.truncate(place);
                }
                Token::Comment(_) => {
                    // A comment is a neighbour that has a place but no text.
                    tree.add(&open, Node::new("!"));
                }
                Token::Text(_) => {}
            }
        }
        tree.add_text(&mut data, &open)?;
        Ok(tree)
    }

    fn add(&mut self, open: &[usize], mut node: Node) -> usize {
        let place = self.0.len();
        node.parent = open.last().copied().unwrap_or_default();
        if let Some(parent) = self.0.get_mut(node.parent) {
            parent.children.push(place);
        }
        self.0.push(node);
        place
    }

    fn add_text(&mut self, data: &mut String, open: &[usize]) -> Result<(), Odd> {
        let data = std::mem::take(data);
        if data.is_empty() {
            return Ok(());
        }
        let mut text = read(&data)?;
        let kept = open.iter().any(|place| self.name(*place) == "pre");
        if !kept && text.chars().all(html::is_space) {
            text = if text.contains('\n') { "\n".to_owned() } else { " ".to_owned() };
        }
        self.add(open, Node { text, ..Node::new("") });
        Ok(())
    }

    fn node(&self, place: usize) -> Option<&Node> {
        self.0.get(place)
    }

    fn name(&self, place: usize) -> &str {
        self.node(place).map_or("", |node| node.name.as_str())
    }

    fn attribute(&self, place: usize, name: &str) -> &str {
        let attributes = self.node(place).map(|node| node.attributes.as_slice()).unwrap_or_default();
        attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// An element and those around it, the nearest first.
    fn around(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |place| {
            (*place > 0).then(|| self.node(*place).map_or(0, |node| node.parent))
        })
    }

    /// The children that are looked at: blank texts between the parts of lists and tables are left out.
    fn children(&self, place: usize) -> Vec<usize> {
        let mut children = self.node(place).map(|node| node.children.clone()).unwrap_or_default();
        let nested = |place: usize| is_nested(self.name(place));
        if !nested(place) {
            return children;
        }
        let mut at = 0;
        while let Some(child) = children.get(at).copied() {
            let blank = self
                .node(child)
                .is_some_and(|node| node.name.is_empty() && node.text.trim_matches(is_space).is_empty());
            let before = at.checked_sub(1).and_then(|at| children.get(at)).copied();
            let after = children.get(at + 1).copied();
            if blank && (before.is_none_or(nested) || after.is_none_or(nested)) {
                children.remove(at);
            }
            // The walk goes on one further even so, as Python's does when a list changes under it.
            at += 1;
        }
        children
    }

    fn element(&self, place: usize, inline: bool) -> Result<String, Odd> {
        let name = self.name(place);
        let children = self.children(place);
        let inside = inline || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "td" | "th");
        let mut text = String::new();
        for (at, child) in children.iter().enumerate() {
            let next = children.get(at + 1).copied();
            match self.name(*child) {
                "!" => {}
                "" => text.push_str(&self.text(*child, place, next)),
                "ul" | "ol" if self.around(*child).skip(1).all(|place| self.name(place) != "li") => {
                    text.push_str(&self.element(*child, inside)?);
                    if next.is_some_and(|next| !matches!(self.name(next), "ul" | "ol")) {
                        text.push('\n');
                    }
                }
                "tr" | "tbody" => text.push_str(&self.rows(*child, inside, at == 0, place)?),
                "li" => text.push_str(&self.item(*child, inside, at, place)?),
                _ => text.push_str(&self.element(*child, inside)?),
            }
        }
        self.marked(place, &text, inline)
    }

    /// The text of an element between its marks.
    fn marked(&self, place: usize, text: &str, inline: bool) -> Result<String, Odd> {
        let parent = self.node(place).map_or(0, |node| node.parent);
        Ok(match self.name(place) {
            "a" => self.link(place, text),
            "b" | "strong" => between(text, "**"),
            "em" | "i" => between(text, "*"),
            "del" | "s" => between(text, "~~"),
            "sub" | "sup" => between(text, ""),
            "code" | "kbd" | "samp" if self.name(parent) == "pre" => text.to_owned(),
            "code" | "kbd" | "samp" => between(text, "`"),
            "br" => if inline { "" } else { "  \n" }.to_owned(),
            "hr" => "\n\n---\n\n".to_owned(),
            "img" => self.image(place, inline),
            "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" if inline => text.to_owned(),
            "blockquote" if text.is_empty() => String::new(),
            "blockquote" => format!("\n{}\n\n", begun(text, "> ")),
            "p" => {
                let filled = filled(text)?;
                if filled.is_empty() { filled } else { filled + "\n\n" }
            }
            "pre" if text.is_empty() => String::new(),
            "pre" => format!("\n```\n{text}\n```\n"),
            "ul" | "ol" if self.around(place).any(|place| self.name(place) == "li") => {
                let indented = if text.is_empty() { String::new() } else { begun(text, "\t") };
                format!("\n{}", indented.trim_end_matches(is_space))
            }
            "table" if self.around(place).skip(1).any(|place| self.name(place) == "table") => return Err(Odd),
            "table" => format!("\n\n{text}\n"),
            "td" | "th" => format!(" {text} |"),
            heading @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                let level = heading.trim_start_matches('h').parse().unwrap_or(1);
                format!("{} {}\n\n", "#".repeat(level), text.trim_end_matches(is_space))
            }
            _ => text.to_owned(),
        })
    }

    fn text(&self, place: usize, parent: usize, next: Option<usize>) -> String {
        let text = self.node(place).map(|node| node.text.as_str()).unwrap_or_default();
        let name = self.name(parent);
        let grand = self.node(parent).map_or(0, |node| node.parent);
        let mut out = String::with_capacity(text.len());
        if name == "pre" || name == "code" && self.name(grand) == "pre" {
            out.push_str(text);
        } else {
            for character in text.chars() {
                match character {
                    ' ' | '\t' if out.ends_with(' ') => {}
                    ' ' | '\t' => out.push(' '),
                    other => out.push(other),
                }
            }
        }
        if name != "code" && name != "pre" {
            out = out.replace('*', "\\*").replace('_', "\\_");
        }
        if name == "li" && next.is_none_or(|next| matches!(self.name(next), "ul" | "ol")) {
            out.truncate(out.trim_end_matches(is_space).len());
        }
        out
    }

    fn link(&self, place: usize, text: &str) -> String {
        let (before, text, after) = chomped(text);
        let (href, title) = (self.attribute(place, "href"), self.attribute(place, "title"));
        if text.is_empty() || href.is_empty() {
            return text.to_owned();
        }
        if title.is_empty() && text.replace("\\_", "_") == href {
            return format!("<{href}>");
        }
        format!("{before}[{text}]({href}{}){after}", titled(title))
    }

    fn image(&self, place: usize, inline: bool) -> String {
        let alt = self.attribute(place, "alt");
        if inline {
            return alt.to_owned();
        }
        format!("![{alt}]({}{})", self.attribute(place, "src"), titled(self.attribute(place, "title")))
    }

    /// An item; `at` is its place among what is left of the list.
    fn item(&self, place: usize, inline: bool, at: usize, parent: usize) -> Result<String, Odd> {
        let text = self.element(place, inline)?;
        let bullet = if self.name(parent) == "ol" {
            let start = match self.attribute(parent, "start") {
                "" => 1,
                start if start.len() < 9 && start.bytes().all(|byte| byte.is_ascii_digit()) => {
                    start.parse().map_err(|_| Odd)?
                }
                _ => return Err(Odd),
            };
            format!("{}.", start + at)
        } else {
            let depth = self.around(place).filter(|place| self.name(*place) == "ul").count();
            // One list is marked by `*`, one inside it by `+`; none at all by `-`.
            ["-", "*", "+"].get(depth % 3).copied().unwrap_or_default().to_owned()
        };
        Ok(format!("{bullet} {}\n", text.trim_matches(is_space)))
    }

    /// A row, or the body of a table; `first` says whether it is the first among its neighbours.
    fn rows(&self, place: usize, inline: bool, first: bool, parent: usize) -> Result<String, Odd> {
        let text = self.element(place, inline)?;
        if self.name(place) == "tbody" {
            return Ok(text);
        }
        let cells: Vec<usize> = self.cells(place);
        let line = |cell: &str| {
            let mut line = String::from("| ");
            line.push_str(&vec![cell; cells.len()].join(" | "));
            line.push_str(" |\n");
            line
        };
        let heads = cells.iter().all(|cell| self.name(*cell) == "th");
        let body_first = || {
            let around = self.node(parent).map_or(0, |node| node.parent);
            self.children(around).first() == Some(&parent)
        };
        let (mut over, mut under) = (String::new(), String::new());
        if first && heads {
            under = line("---");
        } else if first && (self.name(parent) == "table" || self.name(parent) == "tbody" && body_first()) {
            over = line("") + &line("---");
        }
        Ok(format!("{over}|{text}\n{under}"))
    }

    fn cells(&self, place: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for child in self.node(place).map(|node| node.children.as_slice()).unwrap_or_default() {
            if matches!(self.name(*child), "td" | "th") {
                found.push(*child);
            }
            found.extend(self.cells(*child));
        }
        found
    }
}

fn is_nested(name: &str) -> bool {
    matches!(name, "ol" | "ul" | "li" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

/// A text between two marks, which stand inside its outer blanks.
fn between(text: &str, mark: &str) -> String {
    let (before, text, after) = chomped(text);
    if text.is_empty() { String::new() } else { format!("{before}{mark}{text}{mark}{after}") }
}

/// A text without the white space around it, and the blank that each end had.
fn chomped(text: &str) -> (&'static str, &str, &'static str) {
    let blank = |is: bool| if is { " " } else { "" };
    (blank(text.starts_with(' ')), text.trim_matches(is_space), blank(text.ends_with(' ')))
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" \"{}\"", title.replace('"', "\\\"")) }
}

/// A text with a mark at the beginning of every line.
fn begun(text: &str, mark: &str) -> String {
    let mut out = String::from(mark);
    for character in text.chars() {
        out.push(character);
        if character == '\n' {
            out.push_str(mark);
        }
    }
    out
}

/// `textwrap.fill` to 80 columns, words kept whole.
fn filled(text: &str) -> Result<String, Odd> {
    if text.contains('\t') {
        return Err(Odd);
    }
    let text = text.replace(['\n', '\u{b}', '\u{c}', '\r'], " ");
    let mut chunks: Vec<&str> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let blank = rest.starts_with(' ');
        let end = rest.find(|c: char| (c == ' ') != blank).unwrap_or(rest.len());
        let (chunk, behind) = rest.split_at_checked(end).ok_or(Odd)?;
        chunks.push(chunk);
        rest = behind;
    }
    let blank = |chunk: &str| chunk.chars().all(is_space);
    let mut lines: Vec<String> = Vec::new();
    let mut chunks = chunks.into_iter().peekable();
    while chunks.peek().is_some() {
        if !lines.is_empty() {
            chunks.next_if(|chunk| blank(chunk));
        }
        let mut line: Vec<&str> = Vec::new();
        let mut length = 0;
        while let Some(chunk) = chunks.next_if(|chunk| length + chunk.chars().count() <= WIDTH) {
            length += chunk.chars().count();
            line.push(chunk);
        }
        if line.is_empty() {
            line.extend(chunks.next());
        }
        line.pop_if(|chunk| blank(chunk));
        if !line.is_empty() {
            lines.push(line.concat());
        }
    }
    Ok(lines.join("\n"))
}

/// A text with its entities read as Beautiful Soup reads them.
fn read(text: &str) -> Result<String, Odd> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        rest = behind;
        let number = behind.strip_prefix('#');
        let run = number.unwrap_or(behind);
        let end = run.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(run.len());
        let name = run.get(..end).unwrap_or_default();
        let after = run.get(end..).unwrap_or_default();
        let letter = number.is_some() || name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !letter {
            out.push('&');
            continue;
        }
        // The name goes on over these, and at the end of the text nothing is read.
        if after.is_empty() || after.starts_with(['-', '.']) {
            return Err(Odd);
        }
        match (number, entities::character(name)) {
            (Some(_), _) => out.push(numbered(name)?),
            (None, Some(character)) => out.push(character),
            (None, None) => {
                let _ = write!(out, "&{name}");
            }
        }
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    out.push_str(rest);
    Ok(out)
}

fn numbered(name: &str) -> Result<char, Odd> {
    let (digits, radix) = name.strip_prefix(['x', 'X']).map_or((name, 10), |digits| (digits, 16));
    let code = u32::from_str_radix(digits, radix).map_err(|_| Odd)?;
    // Those between stand for others in an old encoding.
    if code < 32 || (127..160).contains(&code) {
        return Err(Odd);
    }
    char::from_u32(code).ok_or(Odd)
}

/// The value of an attribute with its entities read.
fn value_of(value: &str) -> Result<String, Odd> {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        rest = behind;
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let name = behind.get(..end).unwrap_or_default();
        if let (Some(character), Some(after)) =
            (entities::character(name), behind.get(end..).and_then(|after| after.strip_prefix(';')))
        {
            out.push(character);
            rest = after;
            continue;
        }
        // Browsers read the old names without a `;` too, even as the beginning of a longer word.
        let old = |length: usize| {
            let name = behind.get(..length).unwrap_or_default();
            entities::character(&name.to_ascii_lowercase()).or_else(|| entities::character(name)).is_some()
        };
        if behind.starts_with('#')
            || (2..=end).any(old)
            || behind.get(end..).is_some_and(|after| after.starts_with(';'))
        {
            return Err(Odd);
        }
        out.push('&');
    }
    out.push_str(rest);
    Ok(out)
}
