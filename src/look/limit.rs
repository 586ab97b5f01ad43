//! Where a chat stops taking a text: what is behind that place is shown, but as what it no longer takes.

use super::PART;
use crate::services::{ChatService, HostWords};

/// The byte of a text at which a chat's limit is reached; the end of the text when it is not, or when the chat takes more.
pub(super) fn place(service: &dyn ChatService, text: &str, document_url: Option<&str>, words: &HostWords) -> usize {
    let limit = service.facts().limit;
    // Where the limit is about the whole body, what stands around the text counts as well.
    let around = limit.unit.measure(&service.measured_text("", document_url, words));
    let mut length = around.saturating_sub(limit.unit.measure(&service.posted_text("", document_url, words)));
    for (index, c) in text.char_indices().filter(|(_, c)| !PART.contains(c)) {
        length += service.counted(c);
        if length > limit.max {
            return index;
        }
    }
    text.len()
}

/// What the host leaves out when it cuts a text to the limit itself: nothing when it posts it as it is.
pub(super) fn left_out<'a>(text: &'a str, posted: &str) -> &'a str {
    if posted.starts_with(text) {
        return "";
    }
    let kept = text.chars().zip(posted.chars()).take_while(|(before, after)| before == after);
    text.get(kept.map(|(c, _)| c.len_utf8()).sum()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::services::{self, ServiceName};

    #[test]
    fn a_limit_is_counted_in_the_chats_unit() {
        let words = HostWords::in_language(Language::English);
        let place = |name, text: &str| place(services::by_name(name).unwrap(), text, None, &words);
        let long = "é".repeat(50_000);
        for (name, expected) in [
            (ServiceName::Slack, 2 * 40_000),
            (ServiceName::Mattermost, 2 * 16_383),
            (ServiceName::GoogleChat, 32_000),
            (ServiceName::Ntfy, 4_096),
            (ServiceName::RocketChat, 2 * 50_000),
        ] {
            assert_eq!(place(name, &long), expected, "{name:?}");
            assert_eq!(place(name, "é"), 2, "{name:?}");
        }
    }

    /// Teams' limit is about the body, in which an `é` takes six bytes.
    #[test]
    fn a_limit_of_the_body_counts_what_is_written_in_it() {
        let words = HostWords::in_language(Language::English);
        let teams = services::by_name(ServiceName::Teams).unwrap();
        let text = "é".repeat(6_000);
        let taken = place(teams, &text, Some("https://erp.example.com/app/x/1"), &words);
        let body = |bytes: usize| {
            teams.body(text.get(..bytes).unwrap(), Some("https://erp.example.com/app/x/1"), &words).unwrap().len()
        };
        assert!(body(taken) <= 28_000 && body(taken + 2) > 28_000, "{taken}");
    }

    #[test]
    fn what_the_host_cuts_off_is_the_rest() {
        assert_eq!(left_out("abcdefg", "abcde"), "fg");
        assert_eq!(left_out("abcdefg", "ab..."), "cdefg");
        assert_eq!(left_out("abcde", "abcde"), "");
        assert_eq!(left_out("abcdefg", "abcdefg"), "");
    }
}
