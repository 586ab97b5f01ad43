//! Compares what is drawn with what the services' own parsers read: `tests/reference/markup-*.json`.
//!
//! Each file holds inputs, what the reference made of them (in a plain notation), and for a known difference what we draw
//! and why. An unexpected agreement fails too, so that the list stays true.

use serde_json::Value as Json;

use super::tree::{Block, Inline};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn line(content: &[Inline]) -> String {
    content.iter().map(part).collect()
}

fn part(inline: &Inline) -> String {
    match inline {
        Inline::Block(inside) => block(inside),
        Inline::Text(text) | Inline::Mention(text) | Inline::Channel(text) | Inline::Date(text) => escaped(text),
        Inline::Break => "\n".to_owned(),
        Inline::Bold(content) => format!("<b>{}</b>", line(content)),
        Inline::Italic(content) => format!("<i>{}</i>", line(content)),
        Inline::Strike(content) => format!("<s>{}</s>", line(content)),
        Inline::Underline(content) => format!("<u>{}</u>", line(content)),
        Inline::Spoiler(content) => format!("||{}||", line(content)),
        Inline::Code(text) => format!("<code>{}</code>", escaped(text)),
        Inline::Link { url, label } => format!("<a {}>{}</a>", escaped(url), line(label)),
        Inline::Image { url, alt } => {
            format!("![{}]({})", escaped(if alt.is_empty() { url } else { alt }), escaped(url))
        }
        Inline::Emoji(name, _) => format!(":{}:", escaped(name)),
    }
}

pub(super) fn notation(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(content) | Block::Emoji(content) => line(content) + "\n",
        Block::Heading(level, content) => format!("<h{level}>{}</h>\n", line(content)),
        Block::Quote(content) => format!("<q>{}</q>\n", notation(content).trim_end_matches('\n')),
        Block::Code(text) => format!("<pre>{}</pre>\n", escaped(text)),
        Block::Rule => "<hr>\n".to_owned(),
        Block::List { first, items } => {
            let items = items.iter().map(|item| {
                let done = match item.done {
                    Some(true) => "[x] ",
                    Some(false) => "[ ] ",
                    None => "",
                };
                format!("<li>{done}{}", notation(&item.content).trim_end_matches('\n'))
            });
            let items: String = items.collect();
            first.map_or(format!("<ul>{items}</ul>\n"), |first| format!("<ol {first}>{items}</ol>\n"))
        }
        Block::Table(header, rows) => {
            let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| line(cell)).collect::<Vec<_>>().join("|");
            let lines: Vec<String> = std::iter::once(header).chain(rows).map(row).collect();
            format!("<table>{}</table>\n", lines.join("/"))
        }
    }
}

/// Line ends between and after blocks are a matter of layout.
fn same(left: &str, right: &str) -> bool {
    left.trim_end_matches('\n') == right.trim_end_matches('\n')
}

fn compare(name: &str, parse: fn(&str) -> Vec<Block>) {
    let path = format!("{}/tests/reference/markup-{name}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in file["cases"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        let reference = case["reference"].as_str().unwrap();
        let drawn = notation(&parse(input));
        match case["drawn"].as_str() {
            None if !same(&drawn, reference) => {
                wrong.push(format!("{input:?}: expected {reference:?}, but found {drawn:?}"))
            }
            Some(known) if same(known, reference) => wrong.push(format!("{input:?}: no difference, delete `drawn`")),
            Some(known) if !same(known, &drawn) => {
                wrong.push(format!("{input:?}: expected {known:?} (known), but found {drawn:?}"))
            }
            Some(_) if case["why"].as_str().is_none_or(str::is_empty) => wrong.push(format!("{input:?}: no reason")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {name}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn slack_is_read_as_its_reference_does() {
    compare("slack", super::slack::parse);
}

#[test]
fn rocket_chat_is_read_as_its_own_parser_does() {
    compare("rocket-chat", super::rocket_chat::parse);
}

#[test]
fn mattermost_is_read_as_its_own_parser_does() {
    compare("mattermost", super::mattermost::parse);
}

#[test]
fn discord_is_read_as_its_reference_does() {
    compare("discord", super::discord::parse);
}
