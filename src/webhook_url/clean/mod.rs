//! Takes the URL out of what was pasted: white space, quotes, links of chats and mail programs, whole commands.
//!
//! The host stores the field as it is and posts to it as it is (host.md 1: `" http://.../nl \n"` posts to `/nl%20%0A`), so
//! whatever surrounds the URL has to go before it is saved. Every character keeps its place in the pasted text, and every
//! change is an [`Edit`] as small as it can be: an edit never repeats the URL, because the URL is a secret.
//!
//! What stood *around* the URL says nothing about the URL. What had to be mended *in* it does ([`Cleaned::mended`]): what
//! was meant is then a guess, if a good one, and a person has to look at it.

mod command;
mod knife;
mod mend;
mod wrapping;

use std::ops::Range;

use super::parts::Parts;
use crate::services::ServiceName;
use knife::Knife;
pub use knife::overlap;

/// One change that cleaning made: these bytes of the pasted text become this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The key of the sentence that says why.
    pub code: &'static str,
    /// The bytes of the pasted text that go away; empty for an insertion.
    pub span: Range<usize>,
    /// What takes their place. `None` when the change is too large to be one replacement, or is part of another edit's.
    pub text: Option<String>,
}

/// A cleaned URL and the way back to the pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The cleaned text.
    pub text: String,
    /// What was changed. The edits that have a text do not overlap.
    pub edits: Vec<Edit>,
    /// Whether something in the URL itself was mended, not only around it.
    pub mended: bool,
    /// Whether the only word behind the URL went, which may have been the rest of it.
    pub lost_a_word: bool,
    /// For every character: its first byte in `text` and its bytes in the pasted text.
    places: Vec<(usize, Range<usize>)>,
    pasted_len: usize,
}

impl Cleaned {
    /// The bytes of the pasted text that became these bytes of the cleaned one.
    pub fn source(&self, span: &Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|(at, _)| *at < span.start);
        let after = self.places.partition_point(|(at, _)| *at < span.end);
        let start = self.places.get(first).map_or(self.pasted_len, |(_, source)| source.start);
        let end = after.checked_sub(1).and_then(|last| self.places.get(last)).map_or(start, |(_, source)| source.end);
        start..end.max(start)
    }
}

/// Cleans what was pasted. A text in which no URL can be seen is only freed of what cannot be seen.
pub fn clean(pasted: &str) -> Cleaned {
    let mut knife = Knife::new(pasted);
    knife.drop_invisible();
    knife.trim();
    knife.take_out_of_command();
    // Wrappers nest: a quoted Markdown link in a sentence.
    for _ in 0..4 {
        let before = knife.pieces.len();
        knife.drop_final_stop();
        knife.unwrap_markdown_link();
        knife.unwrap_html_link();
        knife.unwrap_angle_brackets();
        knife.unwrap_quotes();
        knife.trim();
        if knife.pieces.len() == before {
            break;
        }
    }
    knife.drop_backslashes();
    knife.decode_whole();
    knife.take_out_of_text();
    knife.join_lines();
    knife.unescape_html();
    knife.follow_redirect_wrapper();
    knife.mend_scheme();
    knife.drop_final_punctuation();
    knife.lower_host();
    knife.secure_known_hosts();
    knife.finish(pasted.len())
}

/// The service that the field's text belongs to, once it is cleaned.
pub(super) fn detect(pasted: &str) -> Option<ServiceName> {
    let cleaned = clean(pasted);
    Parts::split(&cleaned.text)
        .filter(super::pages::is_web_address)
        .and_then(|parts| super::recognise::service_of(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://hooks.slack.com/services/T00000000/B00000000/FAKEfakeFAKEfakeFAKEfake";

    #[track_caller]
    fn assert_cleaned(pasted: &str, code: &str) {
        let cleaned = clean(pasted);
        assert_eq!(cleaned.text, URL, "{pasted:?}");
        assert!(cleaned.edits.iter().any(|edit| edit.code == code), "{code} in {:?}", cleaned.edits);
        for edit in &cleaned.edits {
            assert!(pasted.get(edit.span.clone()).is_some(), "{edit:?} is a place of {pasted:?}");
            assert!(
                edit.text.as_ref().is_none_or(|text| !text.contains("FAKE")),
                "no edit repeats the secret: {edit:?}"
            );
        }
    }

    #[test]
    fn nothing_is_done_to_a_clean_url() {
        assert_eq!(clean(URL).edits, []);
        assert_eq!(clean(URL).text, URL);
    }

    #[test]
    fn what_surrounds_the_url_goes() {
        assert_cleaned(&format!("\u{a0} {URL}\r\n"), "url/white-space");
        let (head, tail) = URL.split_at(40);
        assert_cleaned(&format!("\u{feff}{head}\u{200b}{tail}"), "url/invisible-characters");
        assert_cleaned(&format!("\"{URL}\""), "url/quotes");
        assert_cleaned(&format!("« {URL} »"), "url/quotes");
        assert_cleaned(&format!("<{URL}|hook>"), "url/angle-brackets");
        assert_cleaned(&format!("[the hook]({URL})"), "url/markdown-link");
        assert_cleaned(&format!("{URL})."), "url/final-punctuation");
        assert_cleaned(&format!("Webhook URL: {URL} (sales)"), "url/text-around");
        assert_cleaned(&format!("{head}\n{tail}"), "url/broken-over-lines");
        assert_cleaned(
            &format!(
                "curl -X POST -H 'Content-type: application/json' --data '{{\"text\":\"see https://x.example/\"}}' {URL}"
            ),
            "url/curl-command",
        );
    }

    #[test]
    fn schemes_are_mended() {
        assert_cleaned(URL.trim_start_matches("https://"), "url/missing-scheme");
        assert_cleaned(URL.trim_start_matches("https:"), "url/missing-scheme");
        assert_cleaned(&format!("https://{URL}"), "url/double-scheme");
        assert_cleaned(&format!("http://{URL}"), "url/double-scheme");
        assert_cleaned(&URL.replacen("https:", "http:", 1), "url/http-not-https");
        assert_cleaned(&URL.replacen("//", "/", 1), "url/broken-scheme");
        assert_cleaned(&URL.replacen("hooks.slack.com", "HOOKS.Slack.com.", 1), "url/host-spelling");
    }

    #[test]
    fn a_safe_link_is_followed() {
        let inner: String = URL.replace(':', "%3A").replace('/', "%2F");
        assert_cleaned(
            &format!("https://eur01.safelinks.protection.outlook.com/?url={inner}&data=05%7C"),
            "url/redirect-wrapper",
        );
    }

    #[test]
    fn an_escaped_ampersand_is_one_character_again() {
        let cleaned = clean("https://chat.googleapis.com/v1/spaces/A/messages?key=k&amp;token=t");
        assert_eq!(cleaned.text, "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t");
        assert_eq!(cleaned.edits.len(), 1);
    }

    #[test]
    fn places_lead_back_to_the_pasted_text() {
        let pasted = format!("  <{URL}>");
        let cleaned = clean(&pasted);
        assert_eq!(cleaned.source(&(8..23)), 11..26);
        assert_eq!(pasted.get(11..26), Some("hooks.slack.com"));
    }

    #[test]
    fn the_edits_of_one_text_apply_one_after_the_other() {
        let mut text = format!(" <{URL}|hook>. ");
        for _ in 0..10 {
            let Some(edit) = clean(&text).edits.into_iter().next() else { break };
            text.replace_range(edit.span, &edit.text.unwrap());
        }
        assert_eq!(text, URL);
    }

    #[test]
    fn what_is_no_url_stays_what_it_is() {
        for text in ["", "xoxb-fake-fake-fake", "not a url", "#sales", "ABC.DEF.GHI"] {
            assert_eq!(clean(text).text, text);
        }
    }

    #[test]
    fn services_are_found_through_the_wrapping() {
        assert_eq!(detect(&format!("[x]({URL})")), Some(ServiceName::Slack));
    }
}
