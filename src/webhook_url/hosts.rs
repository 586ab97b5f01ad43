//! What a host name tells: services in the cloud, names that imitate them, private addresses, odd letters, mixed content.

use std::net::Ipv6Addr;

use super::judge::Judge;
use super::parts::{Part, Parts};
use crate::services::{self, ChatService, Facts, SUPPORTED, ServiceName};
use crate::similar;

/// The service in the cloud whose webhooks live on this host.
pub fn cloud_service(host: &str) -> Option<ServiceName> {
    let owns = |facts: &&Facts| {
        facts.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) || tenant_domain(host, facts.tenants).is_some()
    };
    all().find(owns).map(|facts| facts.name)
}

fn all() -> impl Iterator<Item = &'static Facts> {
    SUPPORTED.into_iter().map(ChatService::facts)
}

/// Which of these domains, under which each customer has a host, this one lies under.
pub fn tenant_domain(host: &str, domains: &[&'static str]) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    let below =
        |domain: &&str| host.strip_suffix(domain).is_some_and(|tenant| tenant.len() > 1 && tenant.ends_with('.'));
    domains.iter().copied().find(below)
}

/// The address that a mail program, a search engine or a chat wrapped in one of its own.
pub fn wrapped_address<'a>(parts: &Parts<'a>) -> Option<Part<'a>> {
    let host = parts.host.text.to_ascii_lowercase();
    let google = host.strip_prefix("www.").unwrap_or(&host).strip_prefix("google.").is_some_and(|top| top.len() <= 6);
    let names: &[&str] = if parts.host_under("safelinks.protection.outlook.com")
        || parts.host_is(&["statics.teams.cdn.office.net"])
        || parts.host_under("slack-redir.net")
    {
        &["url"]
    } else if google && parts.path.text == "/url" {
        &["q", "url"]
    } else {
        &[]
    };
    names.iter().find_map(|name| parts.value(name))
}

/// Whether a text without a scheme starts like a web address: `chat.example.com/hooks/...`, `localhost:8065/hooks/...`.
///
/// A slash is asked for, so that a token with dots in it is not taken for a host and shown.
pub fn reads_as_host(text: &str) -> bool {
    let Some((authority, _)) = text.split_once('/') else { return false };
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let host = host.trim_end_matches('.');
    let letters = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let top = host.rsplit('.').next().unwrap_or_default();
    let named =
        host.contains('.') && (top.chars().count() >= 2 && top.chars().all(char::is_alphabetic) || is_ipv4(host));
    letters && port.chars().all(|c| c.is_ascii_digit()) && (named || host.eq_ignore_ascii_case("localhost"))
}

/// Sites that everybody knows and that run no chat server: a topic or a webhook there is a page that was copied.
const NO_CHATS: [&str; 12] = [
    "apple.com",
    "facebook.com",
    "github.com",
    "google.com",
    "linkedin.com",
    "live.com",
    "microsoft.com",
    "office.com",
    "wikipedia.org",
    "x.com",
    "yahoo.com",
    "youtube.com",
];

/// Says what is odd about a host, whichever service it is for.
pub fn judge(url: &Parts<'_>, asked: Option<ServiceName>, page_origin: Option<&str>, judge: &mut Judge<'_>) {
    let host = url.host.text;
    let of_cloud = cloud_service(host);
    if let Some(user_info) = &url.user_info {
        let asked_is_cloud = asked.is_some_and(is_cloud_only);
        let with_at = user_info.start..url.host.start;
        if of_cloud.is_some() {
            judge.error_with_fix("url/user-info", with_at, &[("host", host)], "");
        } else if asked_is_cloud || user_info.text.contains(['.', '/', '@']) {
            // `hooks.slack.com@example.net`: somebody was to be deceived.
            judge.error("url/user-info", with_at, &[("host", host)]);
        } else {
            judge.warning("url/user-info-login", with_at, &[("host", host)]);
        }
    }
    if let Some(port) = &url.port {
        let with_colon = port.start.saturating_sub(1)..port.span().end;
        if !port.is_all(|c| c.is_ascii_digit()) || port.text.parse::<u16>().map_or(true, |number| number == 0) {
            judge.error("url/port", port.span(), &[]);
        } else if port.text != "443" && of_cloud.is_some_and(|service| asked.is_none_or(|asked| asked == service)) {
            judge.error_with_fix("url/cloud-port", with_colon, &[("host", host)], "");
        }
    }
    if !is_host_name(host) {
        judge.error("url/not-a-host", url.host.span(), &[("host", host)]);
    }
    if let Some(known) = imitated(host) {
        judge.error("url/look-alike-host", url.host.span(), &[("host", host), ("known", known)]);
    } else if !host.is_ascii() || host.split('.').any(|label| label.starts_with("xn--")) {
        judge.warning("url/letters-of-host", url.host.span(), &[("host", host)]);
    }
    if of_cloud.is_none() && NO_CHATS.iter().any(|domain| url.host_under(domain)) {
        judge.warning("url/no-chat-here", url.host.span(), &[("host", host)]);
    }
    judge_path(url, judge);
    if let Some(fragment) = &url.fragment {
        let with_hash = fragment.start.saturating_sub(1)..fragment.span().end;
        judge.warning_with_fix("url/fragment", with_hash, &[], "");
    }
    if is_loopback(host) {
        judge.warning("url/this-computer", url.host.span(), &[("host", host)]);
    } else if is_private(host) {
        judge.info("url/private-network", url.host.span(), &[("host", host)]);
    }
    if url.scheme.text == "http" && !asked.is_some_and(is_cloud_only) && !is_loopback(host) {
        if page_origin.is_some_and(|origin| origin.starts_with("https:")) {
            judge.warning("url/mixed-content", url.scheme.span(), &[("host", host)]);
        } else if is_private(host) {
            judge.info("url/not-encrypted", url.scheme.span(), &[("host", host)]);
        } else {
            judge.warning("url/not-encrypted", url.scheme.span(), &[("host", host)]);
        }
    }
}

/// Whether a service has no servers but its own.
fn is_cloud_only(service: ServiceName) -> bool {
    services::by_name(service).is_some_and(|known| !known.facts().self_hosted)
}

/// What is odd about a path or query, whichever service it is for: none of them has such webhooks.
fn judge_path(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let path = url.path.text;
    if let Some(at) = path.find("http:/").or_else(|| path.find("https:/")) {
        judge.error("url/two-urls", url.path.start + at..url.path.span().end, &[]);
    } else if let Some(at) = path.find("//") {
        let run = path.get(at..).map_or(0, |rest| rest.bytes().take_while(|b| *b == b'/').count());
        judge.warning_with_fix("url/double-slash", url.path.start + at..url.path.start + at + run, &[], "/");
    }
    let odd = |c: char| {
        !c.is_ascii_graphic() || matches!(c, '\\' | '{' | '}' | '|' | '^' | '`' | '"' | '<' | '>' | '[' | ']')
    };
    for part in [Some(url.path), url.query].into_iter().flatten() {
        if let Some((at, c)) = part.text.char_indices().find(|(_, c)| odd(*c)) {
            let place = part.start + at..part.start + at + c.len_utf8();
            if c == '\\' {
                judge.warning_with_fix("url/odd-character", place, &[], "/");
            } else {
                judge.warning("url/odd-character", place, &[]);
            }
        }
    }
    // Dots that a server or a browser resolves lead elsewhere than they read.
    if let Some(dots) = url.segments().find(|part| matches!(part.text, "." | "..")) {
        judge.warning("url/odd-character", dots.span(), &[]);
    }
}

/// Whether a browser takes the text for a host: labels that are not empty and do not begin or end with a hyphen, and
/// numbers only where they make an IPv4 address (URL standard, "ends in a number").
fn is_host_name(host: &str) -> bool {
    if host.starts_with('[') {
        return ipv6(host).is_some();
    }
    let labels: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let letters = |label: &&str| label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let whole = labels
        .iter()
        .all(|label| !label.is_empty() && letters(label) && !label.starts_with('-') && !label.ends_with('-'));
    let numeric = labels.last().is_some_and(|label| {
        let hex = label.strip_prefix("0x").map(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        hex.unwrap_or_else(|| label.bytes().all(|b| b.is_ascii_digit()))
    });
    whole && host.len() <= 253 && (!numeric || is_ipv4(host))
}

/// The known host that this one imitates: other letters that look the same, a letter off, or the known name in front of
/// another domain.
fn imitated(host: &str) -> Option<&'static str> {
    let host = host.to_lowercase();
    // A name a letter or two away may be real and belong to the same people.
    if cloud_service(&host).is_some() || all().any(|facts| facts.domains.contains(&host.as_str())) {
        return None;
    }
    let folded: String = host.chars().map(folded).collect();
    let folded = folded.replace("rn", "m").replace("vv", "w");
    let in_front = |known: &str| host.strip_prefix(known).is_some_and(|rest| rest.starts_with(['.', '-']));
    let near = |text: &str, known: &str| similar::distance(text, known) <= 2;
    let cloud = all().flat_map(|facts| facts.hosts).copied().find(|known| {
        // Short names such as ntfy.sh have honest neighbours.
        let near = known.len() >= 11 && near(&host, known);
        let dashes =
            known.len() >= 11 && (host.replace('-', ".").starts_with(known) || host.contains(&known.replace('.', "-")));
        let inside = known.len() >= 11 && host.contains(&format!(".{known}."));
        near || in_front(known) || dashes || inside || folded == *known
    });
    cloud.or_else(|| {
        let tenants = || all().flat_map(|facts| facts.tenants).copied();
        tenants().find(|domain| {
            // As many labels of the end as the domain has.
            let labels = domain.split('.').count();
            let all: Vec<&str> = host.split('.').collect();
            let end = all.get(all.len().saturating_sub(labels)..).unwrap_or_default().join(".");
            let folded_end = folded.split('.').collect::<Vec<_>>();
            let folded_end = folded_end.get(folded_end.len().saturating_sub(labels)..).unwrap_or_default().join(".");
            let other = end != *domain && !tenants().any(|known| known == end);
            let dashes = host.contains(&domain.replace('.', "-"));
            other && (near(&end, domain) || folded_end == **domain || host.contains(&format!("{domain}.")) || dashes)
        })
    })
}

/// The ASCII letter that a letter looks like (Cyrillic, Greek and digits that are used for imitations).
fn folded(c: char) -> char {
    match c {
        '0' | 'о' | 'ο' => 'o',
        '1' | 'ӏ' | 'ı' | 'і' => 'l',
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'е' | 'ё' => 'e',
        'ѕ' | '5' => 's',
        'к' | 'κ' => 'k',
        'һ' => 'h',
        'ԁ' => 'd',
        'р' => 'p',
        'ʏ' | 'у' => 'y',
        c => c,
    }
}

/// The numbers of an IPv4 address. `010.1` and the like mean other addresses to other programs: they are none.
fn octets(host: &str) -> Option<[u8; 4]> {
    let number = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
        if plain { part.parse().ok() } else { None }
    };
    let numbers: Option<Vec<u8>> = host.split('.').map(number).collect();
    numbers?.try_into().ok()
}

/// The address between brackets.
fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// The IPv4 address of a host, also as IPv6 writes it (`[::ffff:10.0.0.1]`).
fn address(host: &str) -> Option<[u8; 4]> {
    octets(host).or_else(|| ipv6(host)?.to_ipv4_mapped().map(|address| address.octets()))
}

fn is_ipv4(host: &str) -> bool {
    octets(host).is_some()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || ipv6(host).is_some_and(|address| address.is_loopback() || address.is_unspecified())
        || address(host).is_some_and(|[first, ..]| first == 127 || first == 0)
}

/// Addresses and names that only machines of the same network can reach (RFC 1918, 3927, 4193, 6598, 6762, 8375).
fn is_private(host: &str) -> bool {
    match address(host) {
        Some([10, ..] | [192, 168, ..] | [169, 254, ..]) => true,
        Some([172, second, ..]) => (16..32).contains(&second),
        Some([100, second, ..]) => (64..128).contains(&second),
        Some(_) => false,
        None => match ipv6(host) {
            // fc00::/7 and fe80::/10.
            Some(address) => {
                matches!(address.segments(), [first, ..] if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80)
            }
            None => {
                let host = host.to_ascii_lowercase();
                let local = [".local", ".lan", ".internal", ".home.arpa", ".intranet", ".home", ".corp", ".private"];
                local.iter().any(|suffix| host.ends_with(suffix)) || !host.contains(['.', '['])
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imitations_are_seen() {
        for host in [
            "hooks.slack.com.evil.example",
            "hooks-slack.com",
            "hooks.s1ack.com",
            "hooks.slаck.com",
            "hook.slack.com",
            "hooks.slack.co",
            "chat.googleapls.com",
            "discord.com-hooks.example",
        ] {
            assert!(imitated(host).is_some(), "{host}");
        }
        for host in [
            "hooks.slack.com",
            "discord.com",
            "chat.google.com",
            "chat.example.com",
            "ntfy.se",
            "mattermost.example.org",
        ] {
            assert_eq!(imitated(host), None, "{host}");
        }
    }

    #[test]
    fn private_addresses_are_known() {
        for host in ["10.1.2.3", "172.16.0.1", "192.168.1.5", "chat.local", "intranet", "[fd00::1]", "100.64.0.1"] {
            assert!(is_private(host), "{host}");
        }
        for host in ["172.32.0.1", "8.8.8.8", "chat.example.com", "[2001:db8::1]"] {
            assert!(!is_private(host), "{host}");
        }
        assert!(is_loopback("127.0.0.1") && is_loopback("localhost") && is_loopback("[::1]"));
    }

    #[test]
    fn a_token_is_no_host() {
        assert!(reads_as_host("hooks.slack.com/services/x"));
        assert!(reads_as_host("localhost:8065/hooks/x"));
        assert!(reads_as_host("192.168.1.5/hooks/x"));
        assert!(!reads_as_host("FAKEfakeFAKEfakeFAKEfake.FAKEfa.FAKEfakeFAKE"));
        assert!(!reads_as_host("T00000000/B00000000/FAKEfakeFAKEfakeFAKEfake"));
    }
}
