//! Where a chat stops taking a text: what is behind that place is shown, but as what it no longer takes.

use super::PART;
use crate::services::{ChatService, Limit, ServiceName, Unit};

/// The byte of a text at which a chat's limit is reached; the end of the text when it is not, or when the chat takes more.
pub(super) fn place(service: &dyn ChatService, text: &str) -> usize {
    let facts = service.facts();
    // Rocket.Chat does not hold webhooks to the length that it allows people (services.md 3D).
    if facts.name == ServiceName::RocketChat { text.len() } else { reached(facts.limit, text) }
}

fn reached(limit: Limit, text: &str) -> usize {
    let mut length = 0;
    for (index, c) in text.char_indices().filter(|(_, c)| !PART.contains(c)) {
        length += match limit.unit {
            Unit::Characters => 1,
            Unit::Bytes => c.len_utf8(),
        };
        if length > limit.max {
            return index;
        }
    }
    text.len()
}

/// What the host leaves out when it cuts a text to the limit itself: nothing when it posts it as it is.
pub(super) fn left_out<'a>(text: &'a str, posted: &str, limit: Limit) -> &'a str {
    if limit.unit.measure(text) <= limit.max || limit.unit.measure(posted) > limit.max {
        return "";
    }
    let kept = text.chars().zip(posted.chars()).take_while(|(before, after)| before == after);
    text.get(kept.map(|(c, _)| c.len_utf8()).sum()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services;

    #[test]
    fn a_limit_is_counted_in_the_chats_unit() {
        let place = |name, text: &str| place(services::by_name(name).unwrap(), text);
        let long = "é".repeat(50_000);
        for (name, expected) in [
            (ServiceName::Slack, 2 * 40_000),
            (ServiceName::Mattermost, 2 * 16_383),
            (ServiceName::GoogleChat, 32_000),
            (ServiceName::Teams, 28_000),
            (ServiceName::Ntfy, 4_096),
            (ServiceName::RocketChat, 2 * 50_000),
        ] {
            assert_eq!(place(name, &long), expected, "{name:?}");
            assert_eq!(place(name, "é"), 2, "{name:?}");
        }
    }

    #[test]
    fn what_the_host_cuts_off_is_the_rest() {
        let limit = Limit { max: 5, unit: Unit::Characters };
        assert_eq!(left_out("abcdefg", "abcde", limit), "fg");
        assert_eq!(left_out("abcdefg", "ab...", limit), "cdefg");
        assert_eq!(left_out("abcde", "abcde", limit), "");
        assert_eq!(left_out("abcdefg", "abcdefg", limit), "");
    }
}
