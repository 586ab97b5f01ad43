//! Whose URL is it? By host for the services in the cloud, by the shape of the path for those that people host themselves.

use super::hosts;
use super::parts::Parts;
use crate::services::{SUPPORTED, ServiceName};

/// The service that a URL belongs to, be it one of its webhooks or another of its pages.
///
/// A host that belongs to one service is nobody else's, whatever its path looks like. A service whose
/// paths can be anything has a URL only when nobody else knows it.
pub fn service_of(url: &Parts<'_>) -> Option<ServiceName> {
    let mut all = SUPPORTED.iter().map(|service| service.facts());
    let of_domain = all.find(|facts| facts.domains.iter().any(|domain| url.host_under(domain)));
    let owner = of_domain.map(|facts| facts.name).or_else(|| hosts::cloud_service(url.host.text));
    if owner.is_some() {
        return owner;
    }
    let known = || SUPPORTED.iter().filter(|service| service.recognises(url)).map(|service| service.facts());
    known().find(|facts| !facts.any_path).or_else(|| known().next()).map(|facts| facts.name)
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
        // The shape of a Mattermost webhook on a host of Slack's.
        assert_is("https://hooks.slack.com/hooks/bywsw8zt5jgpte3nm65jqiru6h", Some(ServiceName::Slack));
        assert_is("https://example.com/a/b", None);
    }
}
