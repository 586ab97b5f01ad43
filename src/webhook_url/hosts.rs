//! What a host name tells: services in the cloud, names that imitate them, private addresses, odd letters, mixed content.

use super::judge::Judge;
use super::parts::Parts;
use crate::services::ServiceName;

/// The hosts that take webhooks in the cloud.
const CLOUD: [(&str, ServiceName); 6] = [
    ("chat.googleapis.com", ServiceName::GoogleChat),
    ("discord.com", ServiceName::Discord),
    ("discordapp.com", ServiceName::Discord),
    ("hooks.slack-gov.com", ServiceName::Slack),
    ("hooks.slack.com", ServiceName::Slack),
    ("ntfy.sh", ServiceName::Ntfy),
];

/// Hosts one letter away from those of [`CLOUD`] that are real and belong to the same people.
const NO_IMITATIONS: [&str; 3] = ["chat.google.com", "slack.com", "discord.gg"];

/// The service in the cloud whose webhooks live on this host.
pub fn cloud_service(host: &str) -> Option<ServiceName> {
    CLOUD.iter().find(|(known, _)| known.eq_ignore_ascii_case(host)).map(|(_, service)| *service)
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

/// Says what is odd about a host, whichever service it is for.
pub fn judge(url: &Parts<'_>, asked: Option<ServiceName>, page_origin: Option<&str>, judge: &mut Judge<'_>) {
    let host = url.host.text;
    if let Some(user_info) = &url.user_info {
        judge.error("url/user-info", user_info.span(), &[("host", host)]);
    }
    if let Some(port) = &url.port
        && (port.text.parse::<u16>().is_err() || port.text == "0")
    {
        judge.error("url/port", port.span(), &[]);
    } else if let Some(port) = &url.port
        && port.text != "443"
        && cloud_service(host).is_some_and(|service| asked.is_none_or(|asked| asked == service))
    {
        // The clouds answer on the port of their scheme alone.
        judge.error("url/port", port.span(), &[]);
    }
    if !is_host_name(host) {
        judge.error("url/not-a-host", url.host.span(), &[("host", host)]);
    }
    if let Some(known) = imitated(host) {
        judge.error("url/look-alike-host", url.host.span(), &[("host", host), ("known", known)]);
    } else if !host.is_ascii() || host.split('.').any(|label| label.starts_with("xn--")) {
        judge.warning("url/letters-of-host", url.host.span(), &[("host", host)]);
    }
    if let Some(fragment) = &url.fragment {
        judge.warning("url/fragment", fragment.span(), &[]);
    }
    if is_loopback(host) {
        judge.warning("url/this-computer", url.host.span(), &[("host", host)]);
    } else if is_private(host) {
        judge.info("url/private-network", url.host.span(), &[("host", host)]);
    }
    let in_the_cloud = asked.is_some_and(|service| CLOUD.iter().any(|(_, known)| *known == service));
    if url.scheme.text == "http" && !in_the_cloud && !is_loopback(host) {
        if page_origin.is_some_and(|origin| origin.starts_with("https:")) {
            judge.warning("url/mixed-content", url.scheme.span(), &[("host", host)]);
        } else if is_private(host) {
            judge.info("url/not-encrypted", url.scheme.span(), &[("host", host)]);
        } else {
            judge.warning("url/not-encrypted", url.scheme.span(), &[("host", host)]);
        }
    }
}

/// Whether a browser takes the text for a host: labels that are not empty and do not begin or end with a hyphen, and
/// numbers only where they make an IPv4 address (URL standard, "ends in a number").
fn is_host_name(host: &str) -> bool {
    if host.starts_with('[') {
        return host.ends_with(']');
    }
    let labels: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let whole = labels.iter().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    let numeric = labels.last().is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
    whole && (!numeric || is_ipv4(host))
}

/// The known host that this one imitates: other letters that look the same, a letter off, or the known name in front of
/// another domain.
fn imitated(host: &str) -> Option<&'static str> {
    let host = host.to_lowercase();
    if cloud_service(&host).is_some() || NO_IMITATIONS.contains(&host.as_str()) {
        return None;
    }
    let folded: String = host.chars().map(folded).collect();
    let folded = folded.replace("rn", "m").replace("vv", "w");
    CLOUD.iter().map(|(known, _)| *known).find(|known| {
        // Short names such as ntfy.sh have honest neighbours.
        let near = known.len() >= 11 && distance_at_most_two(&host, known);
        let in_front = host.strip_prefix(known).is_some_and(|rest| rest.starts_with(['.', '-']));
        let dashes = host.replace('-', ".").starts_with(known) || host.contains(&known.replace('.', "-"));
        near || in_front || dashes || folded == *known
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

/// Whether one text becomes the other with one or two letters added, removed or changed. Hosts are short.
fn distance_at_most_two(left: &str, right: &str) -> bool {
    let right: Vec<char> = right.chars().collect();
    if left.chars().count().abs_diff(right.len()) > 2 {
        return false;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, a) in left.chars().enumerate() {
        let mut next = vec![index + 1];
        for (column, b) in right.iter().enumerate() {
            let value = |row: &Vec<usize>, at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let change = value(&row, column) + usize::from(a != *b);
            next.push(change.min(value(&row, column + 1) + 1).min(value(&next, column) + 1));
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= 2)
}

fn octets(host: &str) -> Option<[u8; 4]> {
    let numbers: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn is_ipv4(host: &str) -> bool {
    octets(host).is_some()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || octets(host).is_some_and(|[first, ..]| first == 127 || first == 0)
}

/// Addresses and names that only machines of the same network can reach (RFC 1918, 3927, 4193, 6762, 8375).
fn is_private(host: &str) -> bool {
    match octets(host) {
        Some([10, ..] | [192, 168, ..] | [169, 254, ..]) => true,
        Some([172, second, ..]) => (16..32).contains(&second),
        Some([100, second, ..]) => (64..128).contains(&second),
        Some(_) => false,
        None => {
            let host = host.to_ascii_lowercase();
            let local = [".local", ".lan", ".internal", ".home.arpa", ".intranet", ".home", ".corp"];
            let ipv6 = ["[fc", "[fd", "[fe80"].iter().any(|prefix| host.starts_with(prefix));
            ipv6 || local.iter().any(|suffix| host.ends_with(suffix)) || (!host.contains('.') && !host.starts_with('['))
        }
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
