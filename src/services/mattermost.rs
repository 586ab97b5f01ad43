//! Mattermost: incoming webhooks of a server that people run themselves.
//!
//! # URL shape
//! `https://HOST[/sub]/hooks/ID`; the id is the secret: 26 characters of the z-base-32 alphabet, which has no `0 2 l v`,
//! made of a random UUID. `/hooks/commands/…` answers a slash command and takes no message.
//!
//! # Payload
//! The text, with the link in its last line: `{"text": "T\n<U|Document link>"}` (host.md 1, measured).
//!
//! # Limits
//! 16,383 characters per post; a longer text is split into several posts.
//!
//! # Answers
//! `ok`, or JSON whose `id` names the error; its `message` is in the server's language and is only quoted.
//!
//! # Markup
//! Markdown, [`crate::look::mattermost`].
//!
//! # Source
//! services.md 2; mattermost/mattermost `server/channels/web/webhook.go`, `server/public/model/utils.go`.

use serde_json::{Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct Mattermost;

static FACTS: Facts = Facts {
    name: ServiceName::Mattermost,
    example: "https://mattermost.example.com/hooks/bywsw8zt5jgpte3nm65jqiru6h",
    domains: &["mattermost.com"],
    hosts: &[],
    tenants: &[],
    self_hosted: true,
    any_path: false,
    setup: &["setup/mattermost-1", "setup/mattermost-2", "setup/mattermost-3", "setup/mattermost-4"],
    limit: Limit { max: 16_383, unit: Unit::Characters },
    older_limit: None,
    too_long: "markup/too-long-split",
    empty: "markup/empty-refused",
    empty_with_link: "markup/empty",
    body_of_any_host: true,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::Double,
        markdown_links: true,
        angle_links: true,
        headings: 6,
        glued_headings: false,
        html: false,
        tables: true,
        entities: Entities::All,
        everybody: Everybody::At,
        joins_lines: false,
        slack_mentions: true,
    },
    can_post: Allowed::Yes,
    readable: Allowed::No,
};

/// z-base-32, in the order of its values.
const ALPHABET: &str = "ybndrfg8ejkmcpqxot1uwisza345h769";

impl ChatService for Mattermost {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        match after_hooks(url).as_slice() {
            [id] => (id.text.len() == 26 && id.is_all(|c| c.is_ascii_alphanumeric())) || named(url),
            [commands, ..] if commands.text == "commands" => true,
            [] => named(url),
            _ => false,
        }
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().last().map(|part| part.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        match after_hooks(url).as_slice() {
            [commands, ..] if commands.text == "commands" => {
                judge.error("url/mattermost-command", commands.span(), &[]);
            }
            [id] => judge_id(id, judge),
            [] => judge_other_page(url, judge),
            [_, extra, ..] => judge.error("url/too-many-parts", extra.span(), &[("expected", "/hooks/…")]),
        }
        if let Some(query) = url.query_span() {
            judge.warning_with_fix("url/query", query, &[("service", "Mattermost")], "");
        }
    }

    fn posted_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        super::text_with_link(text, document_url, words)
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        Some(json!({"text": self.posted_text(text, document_url, words)}))
    }

    fn form(&self) -> Form {
        Form::Payload
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        if status < 300 && body.trim() == "ok" {
            return Answer::DELIVERED;
        }
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        match json.get("id").and_then(Json::as_str).unwrap_or_default() {
            "web.incoming_webhook.disabled.app_error" => Answer::refused("delivery/webhooks-off"),
            "web.incoming_webhook.invalid.app_error" => Answer::refused("delivery/webhook-unknown"),
            "web.incoming_webhook.parse.app_error"
            | "api.webhook.incoming.error"
            | "model.incoming_hook.parse_data.app_error" => Answer::refused("delivery/payload-refused"),
            "web.incoming_webhook.text.app_error" => Answer::refused("delivery/empty"),
            "web.incoming_webhook.user.app_error" => Answer::refused("delivery/mattermost-user"),
            "web.incoming_webhook.channel.app_error" | "app.channel.get.existing.app_error" => {
                Answer::refused("delivery/channel-not-found")
            }
            "web.incoming_webhook.channel_locked.app_error" | "web.incoming_webhook.permissions.app_error" => {
                Answer::refused("delivery/channel-not-allowed")
            }
            "web.incoming_webhook.split_props_length.app_error" | "api.context.request_body_too_large.app_error" => {
                Answer::refused("delivery/too-large")
            }
            "api.post.create_webhook_post.creating.app_error" => Answer::failed("delivery/server-error"),
            _ if status == 404 => Answer::refused("delivery/not-found"),
            _ => Answer::from_status(status),
        }
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::mattermost::parse(posted_text))
    }
}

/// What follows `/hooks/` in the path; nothing when there is no such part.
fn after_hooks<'a>(url: &Parts<'a>) -> Vec<Part<'a>> {
    url.segments().skip_while(|part| part.text != "hooks").skip(1).collect()
}

fn named(url: &Parts<'_>) -> bool {
    url.host.text.to_ascii_lowercase().contains("mattermost")
}

fn judge_id(id: &Part<'_>, judge: &mut Judge<'_>) {
    let length = id.text.chars().count();
    if !id.is_all(|c| c.is_ascii_alphanumeric()) {
        judge.error("url/token-characters", id.span(), &[("service", "Mattermost")]);
    } else if length != 26 {
        judge.warning("url/token-length", id.span(), &[("expected", "26"), ("found", &length.to_string())]);
    } else if !id.is_all(|c| ALPHABET.contains(c)) {
        judge.warning("url/mattermost-alphabet", id.span(), &[]);
    } else if !is_random_uuid(id.text) {
        judge.warning("url/mattermost-id", id.span(), &[]);
    }
}

/// Whether the 26 characters carry the version and variant bits of a UUID v4: bits 48 to 51 are 4, bits 64 and 65 are `10`,
/// and the two bits after the 128th are 0 (services.md 2A, reproduced over generated ids).
fn is_random_uuid(id: &str) -> bool {
    let value = |index: usize| id.chars().nth(index).and_then(|c| ALPHABET.find(c)).unwrap_or(32);
    let bit = |index: usize| (value(index / 5) >> (4 - index % 5)) & 1;
    [48, 49, 50, 51].map(bit) == [0, 1, 0, 0] && [64, 65].map(bit) == [1, 0] && [128, 129].map(bit) == [0, 0]
}

fn judge_other_page(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let path = url.path_texts();
    let code = match path.as_slice() {
        [.., "channels" | "messages" | "pl" | "threads", _] | [.., "login" | "select_team"] => "url/channel-page",
        [.., "integrations"] | [.., "integrations", _] | [.., "integrations", _, _] => "url/settings-page",
        [.., "admin_console" | "boards" | "playbooks", _] | ["admin_console", ..] => "url/settings-page",
        // Under a sub-path too.
        path if path.windows(2).any(|pair| matches!(pair, ["api", "v3" | "v4"])) => "url/api-page",
        ["api", ..] => "url/api-page",
        [.., "plugins", _] | ["plugins", ..] => "url/mattermost-plugin",
        _ if url.host_is(&["developers.mattermost.com", "docs.mattermost.com"]) => "url/documentation-page",
        _ => "url/incomplete",
    };
    judge.error(code, url.path.span(), &[("service", "Mattermost"), ("expected", "/hooks/…")]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two sample ids of Mattermost's documentation (services.md 2A).
    #[test]
    fn documented_ids_are_random_uuids() {
        assert!(is_random_uuid("bywsw8zt5jgpte3nm65jqiru6h"));
        assert!(is_random_uuid("ucw5qjw86jgeum77o1uw8197jr"));
        assert!(!is_random_uuid("yyyyyyyyyyyyyyyyyyyyyyyyyy"));
    }
}
