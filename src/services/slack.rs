//! Slack: incoming webhooks.
//!
//! # URL shape
//! `https://hooks.slack.com/services/T…/B…/token`; the token is the secret. Workspaces of the United States' government use
//! `hooks.slack-gov.com`. `/workflows/` and `/triggers/` start a workflow and take its variables, not a message.
//!
//! # Payload
//! The text and an attachment with a button: the host's own shape (host.md 1, measured).
//!
//! # Limits
//! 40,000 characters; longer texts are cut (Slack's changelog of April 2018). 4,000 are recommended.
//!
//! # Answers
//! A word in `text/plain`; the word decides, the status only when the word is unknown.
//!
//! # Markup
//! mrkdwn, [`crate::look::slack`].
//!
//! # Source
//! services.md 1; docs.slack.dev, "Sending messages using incoming webhooks".

use serde_json::{Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, LinkLook, Marks, Markup, Probe,
    ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::Parts;

/// See the module.
#[derive(Debug)]
pub struct Slack;

static FACTS: Facts = Facts {
    name: ServiceName::Slack,
    example: "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    domains: &["slack.com", "slack-gov.com"],
    hosts: &HOSTS,
    tenants: &[],
    self_hosted: false,
    any_path: false,
    setup: &["setup/slack-1", "setup/slack-2", "setup/slack-3", "setup/slack-4"],
    limit: Limit { max: 40_000, unit: Unit::Characters },
    older_limit: None,
    too_long: "markup/too-long-chat-cuts",
    empty: "markup/empty-refused",
    empty_with_link: "markup/empty",
    body_of_any_host: true,
    in_old_frappe: true,
    markup: Markup {
        bold: Marks::Single,
        strike: Marks::Single,
        markdown_links: false,
        angle_links: true,
        headings: 0,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::Three,
        everybody: Everybody::Slack,
        joins_lines: false,
        slack_mentions: true,
    },
    can_post: Allowed::Yes,
    // Nobody has confirmed it for its refusals.
    readable: Allowed::Unknown,
};

const HOSTS: [&str; 2] = ["hooks.slack.com", "hooks.slack-gov.com"];

/// The lengths that Slack's tokens have had (services.md 1A).
const TOKEN_LENGTHS: std::ops::RangeInclusive<usize> = 23..=25;

impl ChatService for Slack {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().last().map(|part| part.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        if !url.host_is(&HOSTS) {
            if judge.has("url/look-alike-host") {
                return;
            }
            let code = if url.host_is(&["docs.slack.dev", "slack.dev"]) {
                "url/documentation-page"
            } else if !self.recognises(url) {
                "url/host"
            } else if url.path.text.starts_with("/api/") {
                "url/slack-api"
            } else {
                let first = url.path_texts().first().copied().unwrap_or_default();
                match (url.host_is(&["api.slack.com"]), first) {
                    (true, "apps") | (_, "apps" | "services" | "oauth" | "admin") => "url/slack-settings-page",
                    (true, _) | (_, "help" | "docs") => "url/documentation-page",
                    _ => "url/channel-page",
                }
            };
            let host = url.host.text;
            judge.error(
                code,
                url.host.span(),
                &[("service", "Slack"), ("expected", "hooks.slack.com"), ("host", host)],
            );
            return;
        }
        let segments: Vec<_> = url.segments().collect();
        match segments.as_slice() {
            [kind, ..] if matches!(kind.text, "workflows" | "triggers") => {
                judge.error("url/slack-workflow", kind.span(), &[]);
            }
            [kind, ..] if matches!(kind.text, "commands" | "actions" | "app" | "interactive") => {
                judge.error("url/slack-response-url", kind.span(), &[]);
            }
            [kind, team, hook, token] if kind.text == "services" => {
                let id = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
                if !team.text.starts_with(['T', 'E']) || !team.is_all(id) {
                    judge.warning("url/slack-team", team.span(), &[]);
                }
                if !hook.text.starts_with(['B', 'A']) || !hook.is_all(id) {
                    // Somebody may have put the parts in another order: what stands here is not repeated.
                    judge.warning("url/slack-hook", hook.span(), &[]);
                }
                if !token.is_all(|c| c.is_ascii_alphanumeric()) {
                    judge.error("url/token-characters", token.span(), &[("service", "Slack")]);
                } else if !TOKEN_LENGTHS.contains(&token.text.len()) {
                    let length = token.text.len().to_string();
                    judge.warning("url/token-length", token.span(), &[("expected", "24"), ("found", &length)]);
                }
            }
            _ => judge.error("url/incomplete", url.path.span(), &[("expected", "/services/T…/B…/…")]),
        }
        if let Some(query) = url.query_span() {
            judge.warning_with_fix("url/query", query, &[("service", "Slack")], "");
        }
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        Some(match document_url {
            // The doctype Slack Webhook URL always posts the list (frappe/frappe 15, `slack_webhook_url.py`).
            None if words.knows_slack_alone => json!({"text": text, "attachments": []}),
            None => json!({"text": text}),
            Some(link) => json!({"text": text, "attachments": [{
                "fallback": words.see_document_at(link),
                "actions": [{
                    "type": "button",
                    "text": words.go_to_document,
                    "url": link,
                    "style": "primary",
                }],
            }]}),
        })
    }

    fn form(&self) -> Form {
        Form::Payload
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        match body.trim() {
            "ok" if status < 300 => Answer::DELIVERED,
            "invalid_payload" | "invalid_blocks" | "too_many_attachments" => {
                Answer::refused("delivery/payload-refused")
            }
            "no_text" | "missing_text_or_fallback_or_attachments" => Answer::refused("delivery/empty"),
            "user_not_found" => Answer::refused("delivery/slack-user-not-found"),
            "channel_not_found" => Answer::refused("delivery/channel-not-found"),
            "channel_is_archived" => Answer::refused("delivery/channel-archived"),
            "posting_to_general_channel_denied" => Answer::refused("delivery/slack-general-denied"),
            "action_prohibited" => Answer::refused("delivery/slack-prohibited"),
            "invalid_token" | "no_service" | "no_service_id" => Answer::refused("delivery/webhook-unknown"),
            "no_active_hooks" => Answer::refused("delivery/webhook-disabled"),
            "no_team" => Answer::refused("delivery/slack-no-team"),
            "team_disabled" => Answer::refused("delivery/slack-team-disabled"),
            "rate_limited" | "ratelimited" => Answer::refused("delivery/too-many"),
            "rollup_error" => Answer::failed("delivery/server-error"),
            _ => Answer::from_status(status),
        }
    }

    fn probe(&self, url: &Parts<'_>) -> Probe {
        match url.path_texts().as_slice() {
            ["services", _, _, _] => Probe::Form("payload=%7B%7D"),
            _ => Probe::None("delivery/probe-bad-url"),
        }
    }

    fn is_there(&self, status: u16, body: &str) -> bool {
        // A webhook that is gone is refused before its payload is looked at (trufflehog's detector reads it so).
        status == 400
            && matches!(body.trim(), "invalid_payload" | "no_text" | "missing_text_or_fallback_or_attachments")
    }

    fn unsure(&self, posted_text: &str) -> Option<&'static str> {
        // `"*b*"`, `__x__`, `~~x~~` and `**a*` (services.md 1F, `[?]`).
        let doubled = ["__", "~~", "**"].iter().any(|mark| posted_text.contains(mark));
        let mut before = ' ';
        let quoted = posted_text.chars().any(|c| {
            let touches = matches!(c, '*' | '_' | '~') && matches!(before, '"' | '\'' | '“' | '‘' | '«');
            before = c;
            touches
        });
        (doubled || quoted).then_some("look/unsure-slack")
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::slack::parse(posted_text))
    }

    fn link_look(&self, words: &HostWords) -> LinkLook {
        LinkLook::Button(words.go_to_document.clone())
    }
}
