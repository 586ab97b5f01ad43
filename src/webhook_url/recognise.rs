//! Whose URL is it? By host for the services in the cloud, by the shape of the path for those that people host themselves.

use super::parts::Parts;
use crate::services::{SUPPORTED, ServiceName};

/// The service that a URL belongs to, be it one of its webhooks or another of its pages.
pub fn service_of(url: &Parts<'_>) -> Option<ServiceName> {
    let supported = SUPPORTED.iter().find(|service| service.recognises(url)).map(|service| service.facts().name);
    supported.or_else(|| not_checked_yet(url))
}

/// Services whose URLs are recognised, so that a wrong one can be named, and not judged yet (services.md 6A to 9A).
fn not_checked_yet(url: &Parts<'_>) -> Option<ServiceName> {
    let path = url.path_texts();
    let last = path.last().copied().unwrap_or_default();
    if is_teams(url) {
        Some(ServiceName::Teams)
    } else if url.host_is(&["ntfy.sh"]) {
        Some(ServiceName::Ntfy)
    } else if path.iter().any(|part| part.starts_with("raven.")) {
        Some(ServiceName::Raven)
    } else if url.host_is(&["webhooks.t2bot.io", "matrix.to"]) || is_uuid(last) {
        Some(ServiceName::Hookshot)
    } else {
        None
    }
}

fn is_teams(url: &Parts<'_>) -> bool {
    let domains =
        ["webhook.office.com", "outlook.office.com", "outlook.office365.com", "environment.api.powerplatform.com"];
    domains.iter().any(|domain| url.host_under(domain))
        || url.host_is(&["teams.microsoft.com", "make.powerautomate.com"])
        || (url.host.text.contains(".logic.azure.") && url.path.text.contains("/workflows/"))
}

/// `00000000-0000-4000-8000-000000000000`
fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_is(url: &str, service: Option<ServiceName>) {
        assert_eq!(service_of(&Parts::split(url).unwrap()), service, "{url}");
    }

    /// Shapes from services.md 1A to 9A.
    #[test]
    fn every_service_is_recognised() {
        assert_is(
            "https://hooks.slack.com/services/T00000000/B00000000/FAKEfakeFAKEfakeFAKEfake",
            Some(ServiceName::Slack),
        );
        assert_is("https://hooks.slack-gov.com/services/T0/B0/F", Some(ServiceName::Slack));
        assert_is(
            "https://chat.googleapis.com/v1/spaces/AAAAfakeFAK/messages?key=x&token=y",
            Some(ServiceName::GoogleChat),
        );
        assert_is("https://chat.example.com/hooks/bywsw8zt5jgpte3nm65jqiru6h", Some(ServiceName::Mattermost));
        assert_is(
            "https://chat.example.com/hooks/7H6ridRv6n8wgfNvb/fakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKE",
            Some(ServiceName::RocketChat),
        );
        assert_is("https://discord.com/api/webhooks/1/x", Some(ServiceName::Discord));
        assert_is("https://tenant.webhook.office.com/webhookb2/x", Some(ServiceName::Teams));
        assert_is(
            "https://prod-01.westeurope.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke",
            Some(ServiceName::Teams),
        );
        assert_is("https://ntfy.sh/fake-topic", Some(ServiceName::Ntfy));
        assert_is("https://erp.example.com/api/method/raven.webhook/fake", Some(ServiceName::Raven));
        assert_is(
            "https://matrix.example.com/webhook/00000000-0000-4000-8000-000000000000",
            Some(ServiceName::Hookshot),
        );
        assert_is("https://example.com/a/b", None);
    }
}
