//! Texts made to be slow, deep or strange: reading them takes no longer than their length allows, and never panics.

use std::time::{Duration, Instant};

use super::tree::Block;
use super::{discord, google_chat, html, markdown, mattermost, plain, rocket_chat, slack, text_block};
use crate::services::LinkLook;

/// A debug build on a busy machine takes many times what the page does; quadratic work takes minutes.
const ENOUGH: Duration = Duration::from_secs(20);

const PARSERS: [fn(&str) -> Vec<Block>; 6] =
    [discord::parse, google_chat::parse, mattermost::parse, plain::parse, rocket_chat::parse, slack::parse];

/// CommonMark, which leaves out titles of links, definitions and the words behind a fence.
const COMMONMARK: [fn(&str) -> Vec<Block>; 3] = [
    |text| known(markdown::parse(text, &markdown::HOOKSHOT), text),
    |text| known(markdown::parse(text, &markdown::PLAIN), text),
    |text| known(text_block::parse(text), text),
];

/// A text with an entity that is not known is not drawn.
fn known(blocks: Option<Vec<Block>>, text: &str) -> Vec<Block> {
    blocks.unwrap_or_else(|| plain::written(text))
}

#[test]
fn no_repetition_is_slow_or_deep() {
    let units = [
        "*",
        "_",
        "~",
        "`",
        "```",
        "```x\n",
        "<",
        ">",
        "[",
        "](",
        "[](",
        "![",
        "<a|",
        "&amp;",
        ":a",
        "::",
        "|",
        "||",
        "||a",
        "\\",
        "*a ",
        "**a ",
        "_a ",
        "__a ",
        "~~a ",
        "*a_b~",
        "> ",
        ">\n",
        "- ",
        "- a\n",
        "  - a\n",
        "1. ",
        "1. a\n",
        "# ",
        "# a\n",
        "|a|b\n",
        "|-|-\n",
        "a\n---\n",
        "http://",
        "https://a(",
        "www.",
        "@a",
        "#a",
        "a@b.c",
        "+1",
        "<t:1:",
        "é",
        "😀",
        "\n",
        "\r",
        "\t",
        "\u{0}",
        "`a` ",
        "``a` ",
        "*a*",
        "(*a*)",
        " *a",
        "a\n\n",
        "    a\n",
        "[a [",
        "![",
        "![a](",
        "[a](b \"",
        "[a]: b\n",
        "[a]: b '\n",
        "> - ",
        "[a]",
        "![a]",
        "[![a](b)",
        "<a ",
        "&a",
        "{{DATE(",
        "*a `",
        "~~~\n",
        "(a(",
        "[a[",
        "\\[l](https://exal](https:utils.get_url('http",
        "✅",
        "🇫🇷",
        "_a",
        "##a",
        "a.",
        "a@",
        "@a@",
    ];
    for unit in units {
        let text = unit.repeat(12_000 / unit.chars().count());
        let start = Instant::now();
        for parse in PARSERS.into_iter().chain(COMMONMARK) {
            html::message(&parse(&text), &LinkLook::InText, None);
        }
        assert!(start.elapsed() < ENOUGH, "{unit:?} took {:?}", start.elapsed());
    }
}

/// The pieces of markup, put together in every order of four that a small generator comes upon.
#[test]
fn no_mixture_panics_and_no_text_is_lost() {
    let pieces = [
        "*",
        "_",
        "~",
        "`",
        "```",
        "\n",
        " ",
        "a",
        "é",
        "<",
        ">",
        "|",
        "[",
        "](",
        ")",
        "!",
        ":",
        "@",
        "#",
        "\\",
        "&lt;",
        "http://x.fr",
        "- ",
        "1. ",
    ];
    let mut state = 12_345_u64;
    for _ in 0..4_000 {
        let mut text = String::new();
        for _ in 0..9 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[usize::try_from(state >> 33).unwrap() % pieces.len()]);
        }
        for parse in PARSERS {
            let html = html::message(&parse(&text), &LinkLook::InText, None);
            let count = |text: &str| text.matches('é').count();
            assert!(count(&html) >= count(&text), "{text:?} became {html:?}");
        }
        for parse in COMMONMARK {
            html::message(&parse(&text), &LinkLook::InText, None);
        }
    }
}
