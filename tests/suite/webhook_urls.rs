//! Webhook URLs of every service against every service, and what is hostile or mistyped about them.
//!
//! The shapes are facts: services.md 1A to 9A, the URLs that the tests of apprise 2.3.0 and the patterns of shoutrrr accept
//! as native. The ids and tokens in them are made up here and say so.
//!
//! Not in the hostile set, because no rule can tell them from a right URL: a letter changed inside a random token or id, a
//! letter changed in the name of a server that somebody hosts, another topic of ntfy's, `%2F` in front of a token of
//! Rocket.Chat's (old servers wrote theirs in base64). `DESKBELL_SEED` gives another set.

#![allow(
    clippy::string_slice,
    clippy::print_stdout,
    reason = "the URLs that are cut here are ASCII; the counts are the figure"
)]

use std::collections::{BTreeMap, BTreeSet};

use deskbell::api;
use serde_json::Value;

use crate::cases::{applied, seeds};

const SERVICES: [&str; 9] =
    ["Discord", "Google Chat", "Matrix (Hookshot)", "Mattermost", "Ntfy", "Raven", "Rocket.Chat", "Slack", "Teams"];

const TOKEN_24: &str = "FAKEfakeFAKEfakeFAKEfake";
const TOKEN_43: &str = "FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAK";
const TOKEN_48: &str = "FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfake";
const TOKEN_64: &str = "FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE";
const TOKEN_68: &str = "FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fake-FAKE_fak";
const KEY: &str = "AIzaFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAK";
/// A sample id of Mattermost's documentation (services.md 2A): an id that is made up fails the check of its bits.
const MATTERMOST_ID: &str = "bywsw8zt5jgpte3nm65jqiru6h";
const UUID: &str = "0fa4e0fa-fa4e-4fa4-8fa4-0fa4e0fa4e0f";
const HEX_32: &str = "0123456789abcdef0123456789abcdef";
const SIGNED: &str = "sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=";

fn check(service: &str, url: &str) -> Value {
    check_in(service, url, "en")
}

fn check_in(service: &str, url: &str, lang: &str) -> Value {
    let options = serde_json::from_value(serde_json::json!({"lang": lang})).unwrap();
    serde_json::to_value(api::check_webhook_url(service, url, &options)).unwrap()
}

/// One URL per service that is `valid` for it: what the hostile set starts from.
fn plain(service: &str) -> String {
    match service {
        "Discord" => format!("https://discord.com/api/webhooks/100000000000000000/{TOKEN_68}"),
        "Google Chat" => {
            format!("https://chat.googleapis.com/v1/spaces/AAAAfakeFAK/messages?key={KEY}&token={TOKEN_43}")
        }
        "Matrix (Hookshot)" => format!("https://hookshot.example.com/webhook/{UUID}"),
        "Mattermost" => format!("https://chat.example.com/hooks/{MATTERMOST_ID}"),
        "Ntfy" => "https://ntfy.sh/fake-topic_FAKEfake".to_owned(),
        "Raven" => format!("https://erp.example.com/api/method/raven.webhook/{TOKEN_64}"),
        "Rocket.Chat" => format!("https://chat.example.com/hooks/7H6ridRv6n8wgfNvb/{TOKEN_48}"),
        "Slack" => format!("https://hooks.slack.com/services/T00000000/B00000000/{TOKEN_24}"),
        _ => format!(
            "https://default0fake.12.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/{HEX_32}/triggers/manual/paths/invoke?api-version=1&{SIGNED}{TOKEN_43}"
        ),
    }
}

/// URLs that services hand out or that notification tools take for theirs, by service.
fn accepted() -> Vec<(&'static str, String)> {
    let mut urls: Vec<(&str, String)> = SERVICES.iter().map(|service| (*service, plain(service))).collect();
    let mut add = |service: &'static str, url: String| urls.push((service, url));
    // Slack: services.md 1A; apprise takes any case, a final slash and a query.
    for url in [
        format!("https://hooks.slack-gov.com/services/T00000000/B00000000/{TOKEN_24}"),
        format!("https://hooks.slack.com/services/T00000000/B0000000/{TOKEN_24}"),
        format!("https://hooks.slack.com/services/T0000FAKE/A0000FAKE/{TOKEN_24}"),
        format!("https://hooks.slack.com/services/E00000000/B00000000/{}", &TOKEN_24[1..]),
        format!("https://hooks.slack.com/services/T00000000/B00000000/{TOKEN_24}F"),
        format!("https://hooks.slack.com/services/T00000000/B00000000/{TOKEN_24}/"),
        format!("https://hooks.slack.com/services/T00000000/B00000000/{TOKEN_24}?format=text"),
        format!("http://hooks.slack.com/services/T00000000/B00000000/{TOKEN_24}"),
        format!("HTTPS://HOOKS.SLACK.COM/services/T00000000/B00000000/{TOKEN_24}"),
    ] {
        add("Slack", url);
    }
    // Mattermost: any host, port and sub-path (services.md 2A); apprise's tests use short tokens too.
    for url in [
        "https://chat.example.com/hooks/ucw5qjw86jgeum77o1uw8197jr".to_owned(),
        format!("http://chat.example.com:8065/hooks/{MATTERMOST_ID}"),
        format!("https://example.com/mattermost/hooks/{MATTERMOST_ID}"),
        format!("https://mattermost.example.com/hooks/{HEX_32}"),
        "https://mattermost.example.com/hooks/token".to_owned(),
        "http://localhost:8065/hooks/token".to_owned(),
        format!("https://192.168.1.20/hooks/{MATTERMOST_ID}/"),
        format!("https://[2001:db8::1]:8065/hooks/{MATTERMOST_ID}"),
        format!("http://mattermost:8065/hooks/{MATTERMOST_ID}"),
    ] {
        add("Mattermost", url);
    }
    // Rocket.Chat: services.md 3A; tokens of old servers are base64, apprise takes `id%2Ftoken` in its own form only.
    for url in [
        format!("https://chat.example.com/hooks/64f0c2a1b3d4e5f607182930/{TOKEN_48}"),
        format!("https://example.com/chat/hooks/7H6ridRv6n8wgfNvb/7H6ridRv6n8wgfNvb/{TOKEN_48}"),
        "https://chat.example.com/hooks/7H6ridRv6n8wgfNvb/FAKEfakeFAKEfake%2FFAKEfakeFAKEfakeFAKEfakeFAKEfa%3D"
            .to_owned(),
        format!("http://chat.example.com:3000/hooks/7H6ridRv6n8wgfNvb/{TOKEN_48}"),
        format!("https://chat.example.com/hooks/7H6ridRv6n8wgfNvb/{}", "a".repeat(64)),
        "https://chat.example.com/hooks/tokenA/tokenB".to_owned(),
    ] {
        add("Rocket.Chat", url);
    }
    // Google Chat: services.md 4A; apprise and shoutrrr ask for a space, a key and a token of any length.
    for url in [
        format!("https://chat.googleapis.com/v1/spaces/AAQAfakeFAK/messages?token={TOKEN_43}&key={KEY}"),
        format!("https://chat.googleapis.com/v1/spaces/AAAAfakeFAK/messages?key={KEY}&token={TOKEN_43}%3D"),
        "https://chat.googleapis.com/v1/spaces/myworkspace/messages?key=mykey&token=mytoken".to_owned(),
        "https://chat.googleapis.com/v1/spaces/FAKESPACE/messages?key=AIzaFAKE&token=FAKE%3D".to_owned(),
        format!(
            "https://chat.googleapis.com/v1/spaces/AAAAfakeFAK/messages?key={KEY}&token={TOKEN_43}&threadKey=fake&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
        ),
        format!("https://chat.googleapis.com/v1/spaces/AAAAfakeFAK/messages?threadKey=fake&key={KEY}&token={TOKEN_43}"),
    ] {
        add("Google Chat", url);
    }
    // Discord: services.md 5A; apprise's tests use 10 digits and 40 letters and its own options in the query.
    for url in [
        format!("https://discordapp.com/api/webhooks/100000000000000000/{TOKEN_68}"),
        format!(
            "https://canary.discord.com/api/v10/webhooks/10000000000000000000/{TOKEN_68}?thread_id=100000000000000001"
        ),
        format!("https://ptb.discord.com/api/webhooks/10000000000000000/{TOKEN_68}?wait=true&with_components=true"),
        format!("https://discord.com/api/webhooks/0000000000/{}", "B".repeat(40)),
        format!("https://discordapp.com/api/webhooks/0000000000/{}?footer=yes&botname=joe", "B".repeat(40)),
        format!("https://www.discord.com/api/webhooks/100000000000000000/{TOKEN_68}/"),
    ] {
        add("Discord", url);
    }
    // Teams: services.md 6A; apprise's tests use short ids, and every cloud of Microsoft's.
    let invoke = |before: &str, id: &str, version: &str, sig: &str| {
        format!("https://{before}/workflows/{id}/triggers/manual/paths/invoke?api-version={version}&{SIGNED}{sig}")
    };
    for url in [
        invoke("prod-15.uksouth.logic.azure.com:443", HEX_32, "2016-06-01", TOKEN_43),
        invoke("prod-15.uksouth.logic.azure.com:443", "0fake0", "2016-06-01", "FAKEfakeFAKEfakeFA"),
        invoke("prod-01.usgovvirginia.logic.azure.us:443", HEX_32, "2016-06-01", TOKEN_43),
        invoke("prod-01.chinaeast2.logic.azure.cn", HEX_32, "2016-06-01", TOKEN_43),
        invoke(
            "default.environment.api.powerplatform.com:443/powerautomate/automations/direct",
            "3fake",
            "2022-03-01-preview",
            "iFAKE",
        ),
        invoke(
            "default.environment.api.powerplatform.com/powerautomate/automations/direct/cu/12",
            HEX_32,
            "1",
            TOKEN_43,
        ),
        invoke("default0fake.c3.environment.api.gov.powerplatform.microsoft.us", HEX_32, "1", TOKEN_43),
        invoke("default0fake.c3.environment.api.high.powerplatform.microsoft.us", HEX_32, "1", TOKEN_43),
        invoke("default0fake.c3.environment.api.appsplatform.us", HEX_32, "1", TOKEN_43),
        invoke("default0fake.c3.environment.api.powerplatform.partner.microsoftonline.cn", HEX_32, "1", TOKEN_43),
        format!("https://fake.webhook.office.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/{HEX_32}/{UUID}"),
        format!("https://fake.webhook.office.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/{HEX_32}/{UUID}/V2FAKEfake"),
        format!("https://outlook.office.com/webhook/{UUID}@{UUID}/IncomingWebhook/{HEX_32}/{UUID}"),
        format!("https://outlook.office365.com/webhook/{UUID}@{UUID}/IncomingWebhook/{HEX_32}/{UUID}"),
    ] {
        add("Teams", url);
    }
    // Hookshot: services.md 7A; apprise's tests for hookshot and t2bot.
    for url in [
        format!("https://example.com/mywebhookspath/{UUID}"),
        format!("http://localhost:9000/webhook/{UUID}"),
        "https://hookshot.example/public-hooks/supersecret".to_owned(),
        "https://hookshot.example/supersecret".to_owned(),
        format!("https://hookshot.example/{UUID}"),
        format!("https://webhooks.t2bot.io/api/v1/matrix/hook/{}/", "d".repeat(64)),
    ] {
        add("Matrix (Hookshot)", url);
    }
    // ntfy: services.md 8A and 8B. `https://ntfy.sh?to=topic` is apprise's own writing; the server does not know it.
    for url in [
        "https://ntfy.example.com/alerts".to_owned(),
        "http://push.lan:8084/topic".to_owned(),
        "https://ntfy.sh/topic/".to_owned(),
        format!("https://ntfy.sh/{}", "a".repeat(64)),
        "https://ntfy.sh/topic?title=Fake&priority=5&tags=warning&md=1".to_owned(),
        "https://fake-name:fakePASSWORD@push.example.com/topic".to_owned(),
        format!("https://push.example.com/{UUID}"),
    ] {
        add("Ntfy", url);
    }
    // Raven: services.md 9A.
    for url in [
        format!("http://localhost:8000/api/method/raven.webhook/{TOKEN_64}"),
        format!("https://erp.example.com:8443/api/method/raven.webhook/{TOKEN_64}/"),
    ] {
        add("Raven", url);
    }
    urls
}

#[test]
fn no_right_url_is_invalid_and_none_is_valid_for_another_service() {
    let mut failures = Vec::new();
    let urls = accepted();
    for (owner, url) in &urls {
        for service in SERVICES {
            let report = check(service, url);
            let wrong = if service == *owner { report["verdict"] == "invalid" } else { report["verdict"] == "valid" };
            if wrong {
                failures.push(format!(
                    "{url}\n  of {owner} is {} for {service}: {}",
                    report["verdict"], report["findings"]
                ));
            }
        }
        // Without a service it belongs to its owner, or nobody can tell; never to another.
        let found = check("", url)["looksLike"].clone();
        if !found.is_null() && found != *owner {
            failures.push(format!("{url}\n  of {owner} looks like {found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for service in SERVICES {
        assert_eq!(check(service, &plain(service))["verdict"], "valid", "{}", plain(service));
        assert!(urls.iter().filter(|(owner, _)| *owner == service).count() > 2, "{service}");
    }
    println!("{} URLs for {} services", urls.len(), SERVICES.len());
}

// ------------------------------------------------------------------------------------------------ hostile and mistyped

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d);
        usize::try_from(value >> 8).unwrap() % limit.max(1)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// The parts of a plain URL: host, path and query, each with its own punctuation.
fn cut(url: &str) -> (&str, &str, &str) {
    let rest = url.strip_prefix("https://").unwrap();
    let slash = rest.find('/').unwrap();
    let query = rest.find('?').unwrap_or(rest.len());
    (&rest[..slash], &rest[slash..query], &rest[query..])
}

/// One slip of the fingers at a place: a character dropped, doubled, swapped with the next, or another one.
fn slip(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len());
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = char::from(b"abcdefghijklmnopqrstuvwxyz0123456789-"[random.below(37)]),
    }
    letters.into_iter().collect()
}

/// Which part of the path nobody chose: the words that the service's server knows.
fn fixed_words(service: &str) -> &'static [&'static str] {
    match service {
        "Discord" => &["api", "webhooks"],
        "Google Chat" => &["v1", "spaces", "messages"],
        "Matrix (Hookshot)" | "Ntfy" => &[],
        "Mattermost" | "Rocket.Chat" => &["hooks"],
        "Raven" => &["api", "method", "raven.webhook"],
        "Slack" => &["services"],
        _ => &["workflows", "triggers", "paths", "invoke", "powerautomate", "automations", "direct"],
    }
}

fn is_cloud(service: &str) -> bool {
    matches!(service, "Discord" | "Google Chat" | "Slack" | "Teams")
}

type Family = (&'static str, fn(&str, &str, &mut Random) -> Option<String>);

/// What goes wrong, by family. Each makes a URL of a service's plain one; `None` where the family says nothing about it.
const FAMILIES: [Family; 20] = [
    ("host-slip", |service, url, random| {
        let (host, path, query) = cut(url);
        // The name of a server that somebody hosts, or the tenant in front of Microsoft's domain, can be any.
        let (tenant, fixed) = match service {
            "Teams" => host.trim_end_matches(":443").split_at("default0fake.12.".len()),
            _ if is_cloud(service) => ("", host),
            _ => return None,
        };
        let slipped = slip(fixed, random);
        let same = slipped == fixed || slipped.ends_with(&format!(".{fixed}"));
        (!same).then(|| format!("https://{tenant}{slipped}{path}{query}"))
    }),
    ("scheme", |_, url, random| {
        let rest = url.strip_prefix("https://").unwrap();
        let schemes = [
            "htps://",
            "htpps://",
            "ttps://",
            "httpss://",
            "hhttps://",
            "https:/",
            "https//",
            "https:",
            "https;//",
            "https:\\\\",
            "https:///",
            "https://https://",
            "http://https://",
            "https://http://",
            "://",
            "//",
            "",
            "ftp://",
            "file://",
            "ws://",
            "https ://",
            "htt ps://",
            "httsp://",
            "javascript:",
            "data:",
            "https::// ",
            "ttp://",
            "hptts://",
            "https.//",
            "wss://",
        ];
        Some(format!("{}{rest}", random.pick(&schemes)))
    }),
    ("segment-missing", |service, url, random| {
        let (host, path, query) = cut(url);
        let mut segments: Vec<&str> = path.split('/').skip(1).collect();
        let at = random.below(segments.len());
        // Without a prefix of its own, Hookshot's id is a topic of ntfy's; both are told apart by nobody.
        let fixed = fixed_words(service).contains(&segments[at]) || at + 1 == segments.len();
        // Workflows are accepted with and without this prefix.
        let optional = matches!(segments[at], "powerautomate" | "automations" | "direct");
        segments.remove(at);
        (fixed && !optional && service != "Ntfy").then(|| format!("https://{host}/{}{query}", segments.join("/")))
    }),
    ("segment-extra", |service, url, random| {
        let (host, path, query) = cut(url);
        let extra = random.pick(&["x", "json", "FAKE", "slack", "github", "0", "messages", "test", "send", "info"]);
        let mut segments: Vec<&str> = path.split('/').skip(1).collect();
        let at = random.below(segments.len() + 1);
        // A sub-path in front is right for servers that somebody hosts.
        let sub_path = at == 0 && !is_cloud(service) && service != "Ntfy" && service != "Raven"
            || service == "Matrix (Hookshot)" && at + 1 == segments.len();
        segments.insert(at, extra);
        (!sub_path).then(|| format!("https://{host}/{}{query}", segments.join("/")))
    }),
    ("segments-reordered", |_, url, random| {
        let (host, path, query) = cut(url);
        let mut segments: Vec<&str> = path.split('/').skip(1).collect();
        if segments.len() < 2 {
            return None;
        }
        let (left, right) = (random.below(segments.len()), random.below(segments.len()));
        segments.swap(left, right);
        let swapped = segments.join("/");
        (swapped != path[1..]).then(|| format!("https://{host}/{swapped}{query}"))
    }),
    ("word-slip", |service, url, random| {
        let word = *fixed_words(service).get(random.below(fixed_words(service).len()))?;
        let slipped = slip(word, random);
        let other = slipped == word || slipped.is_empty();
        (!other).then(|| url.replacen(&format!("/{word}"), &format!("/{slipped}"), 1))
    }),
    ("token-cut", |service, url, random| {
        let tail = 1 + random.below(12);
        let uncut = match service {
            // The lengths that Slack's tokens have had.
            "Slack" => tail < 2,
            // Any length is a topic.
            "Ntfy" => true,
            _ => false,
        };
        (!uncut).then(|| url[..url.len() - tail].to_owned())
    }),
    ("token-doubled", |service, url, _| {
        let start = url.rfind(['/', '=']).unwrap() + 1;
        let token = &url[start..];
        (service != "Ntfy").then(|| format!("{url}{token}"))
    }),
    ("wrong-alphabet", |service, url, random| {
        // Not at the very end, where it is the punctuation of a sentence.
        let start = url.rfind(['/', '=']).unwrap() + 1;
        let at = start + random.below(url.len() - start - 1);
        let signs = ["!", "$", "*", ".", "~", "é", "ß", "О", "α", "%", "%20", "'", ";", ":", "@", "|", "`", "^", "{"];
        let sign = random.pick(&signs);
        // A quote or a bar ends a URL on its way out of a text; what is left of it is too short.
        (!(service == "Ntfy" && matches!(sign, "'" | "`" | "|")))
            .then(|| format!("{}{sign}{}", &url[..at], &url[at + 1..]))
    }),
    ("look-alike", |service, url, random| {
        let (host, path, query) = cut(url);
        let host = host.trim_end_matches(":443");
        // No rule tells who may imitate a server that is not known.
        if !is_cloud(service) && !host.ends_with("ntfy.sh") {
            return None;
        }
        let dashed = host.replacen('.', "-", 1);
        let hosts = [
            format!("{host}.evil.example"),
            format!("{host}-evil.example"),
            format!("evil-{host}"),
            format!("{host}.co"),
            format!("{host}@evil.example"),
            format!("evil.example/{host}"),
            host.replacen('o', "0", 1),
            host.replacen('o', "о", 1),
            host.replacen('a', "а", 1),
            host.replacen('s', "ѕ", 1),
            host.replacen('l', "1", 1),
            host.replacen('e', "é", 1),
            format!("xn--{host}"),
            format!("{host}..evil.example"),
            dashed,
            host.rsplit_once('.').unwrap().0.to_owned(),
            format!("{host}.com.com"),
            host.replace(".com", ".net"),
            host.replace('.', "。"),
        ];
        let chosen = &hosts[random.below(hosts.len())];
        // A name in front of ntfy's is any server of somebody's; this one is also no name at all.
        let any = service == "Ntfy" && (chosen.starts_with("evil") || chosen == "ntfy-sh" || chosen == "ntfy");
        let tenant = service == "Teams"
            && (chosen.starts_with("evil-")
                || chosen.starts_with("xn--")
                || chosen.ends_with(".environment.api.powerplatform.com"));
        (chosen != host && !any && !tenant).then(|| format!("https://{chosen}{path}{query}"))
    }),
    ("space-inside", |_, url, random| {
        let at = "https://".len() + 1 + random.below(url.len() - "https://".len() - 2);
        let space = random.pick(&[" ", "\u{a0}", "  ", "\t", "\n", "\u{2009}", "\u{3000}"]);
        Some(format!("{}{space}{}", &url[..at], &url[at..]))
    }),
    ("encoded", |_, url, random| {
        // A letter as its code: servers mostly read it, but no service writes it.
        let at = "https://".len() + random.below(url.len() - "https://".len());
        let byte = url.as_bytes()[at];
        (byte != b'%').then(|| format!("{}%{byte:02X}{}", &url[..at], &url[at + 1..]))
    }),
    ("control", |_, url, random| {
        let at = random.below(url.len());
        let sign = random.pick(&["\u{0}", "\u{1}", "\u{7}", "\u{8}", "\u{1b}", "\u{7f}", "\u{84}", "\u{9f}"]);
        Some(format!("{}{sign}{}", &url[..at], &url[at..]))
    }),
    ("other-path", |service, url, random| {
        let other = random.pick(&SERVICES);
        let (host, _, _) = cut(url);
        let (_, path, query) = cut(&plain(other)).into_owned();
        // Services that people host are told by their paths: that would be a right URL of the other's.
        let right = other == service;
        (!right).then(|| format!("https://{host}{path}{query}"))
    }),
    ("query", |service, url, random| {
        let (host, path, query) = cut(url);
        if query.is_empty() {
            let extra =
                random.pick(&["?x=1", "?token=FAKE", "?payload=%7B%7D", "?=", "?foo", "?channel=sales", "?a=1&b=2"]);
            return Some(format!("https://{host}{path}{extra}"))
                .filter(|url| service != "Ntfy" || !url.contains("?a="));
        }
        let mut pairs: Vec<String> = query[1..].split('&').map(str::to_owned).collect();
        let at = random.below(pairs.len());
        match random.below(6) {
            0 => drop(pairs.remove(at)),
            1 => pairs.insert(at, pairs[at].clone()),
            2 => pairs[at] = format!("x{}", pairs[at]),
            3 => pairs[at] = pairs[at].replacen('=', "", 1),
            4 => pairs[at] = format!("{}=", pairs[at].split('=').next().unwrap()),
            _ => pairs.push("extra=1".to_owned()),
        }
        Some(format!("https://{host}{path}?{}", pairs.join("&")))
    }),
    ("separator", |_, url, random| {
        let (host, path, query) = cut(url);
        let separator = random.pick(&["%26", ";", "&&amp;", "+", "?", "#", "/", "\\u0026"]);
        query.contains('&').then(|| format!("https://{host}{path}{}", query.replacen('&', separator, 1)))
    }),
    ("user-info", |service, url, random| {
        let user = random.pick(&["admin", "user:fake", "hooks.slack.com", "a%40b", "token:FAKEfake"]);
        Some(format!("https://{user}@{}", &url["https://".len()..])).filter(|_| !service.is_empty())
    }),
    ("port", |service, url, random| {
        let (host, path, query) = cut(url);
        let host = host.trim_end_matches(":443");
        let ports: &[&str] = if is_cloud(service) || service == "Ntfy" {
            &[":80", ":8080", ":4430", ":44", ":8443", ":0", ":65536", ":", ":abc", ":443:443"]
        } else {
            &[":0", ":65536", ":99999", ":", ":abc", ":80a", ":-1", ":443:443", ":4 43", ":+443"]
        };
        Some(format!("https://{host}{}{path}{query}", random.pick(ports)))
    }),
    ("fragment", |_, url, random| {
        Some(format!("{url}{}", random.pick(&["#x", "#", "#top", "#/room/fake", "#:~:text=fake", "##"])))
    }),
    ("path-dirt", |service, url, random| {
        let (host, path, query) = cut(url);
        let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
        let at = slashes[random.below(slashes.len())];
        let dirt = random.pick(&["//", "///", "/./", "/../", "\\", "/ /", "/%2F", "/%00", "/;"]);
        if service == "Rocket.Chat" && dirt == "/%2F" {
            return None;
        }
        Some(format!("https://{host}{}{dirt}{}{query}", &path[..at], &path[at + 1..]))
    }),
];

/// The parts of a URL as their own strings.
trait Owned {
    fn into_owned(self) -> (String, String, String);
}

impl Owned for (&str, &str, &str) {
    fn into_owned(self) -> (String, String, String) {
        (self.0.to_owned(), self.1.to_owned(), self.2.to_owned())
    }
}

/// At least this many hostile URLs are made for every service.
const HOSTILE: usize = 300;

#[test]
fn no_hostile_or_mistyped_url_is_valid() {
    let seed = std::env::var("DESKBELL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125_u64);
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, service) in SERVICES.into_iter().enumerate() {
        let mut random = Random(seed.wrapping_add(index as u64 * 7_919) | 1);
        let right: BTreeSet<String> =
            accepted().into_iter().filter(|(owner, _)| *owner == service).map(|(_, url)| url).collect();
        let (mut made, mut families) = (BTreeSet::new(), BTreeSet::new());
        for round in 0..90 * FAMILIES.len() {
            let (family, make) = FAMILIES[round % FAMILIES.len()];
            let Some(url) = make(service, &plain(service), &mut random) else { continue };
            if right.contains(&url) || !made.insert(url.clone()) {
                continue;
            }
            families.insert(family);
            let report = check(service, &url);
            if report["verdict"] == "valid" {
                failures.entry(format!("{service}: {family}")).or_default().push(url);
            }
        }
        println!("{service}: {} URLs in {} families", made.len(), families.len());
        if made.len() < HOSTILE {
            failures.insert(format!("{service}: only {} URLs", made.len()), Vec::new());
        }
        assert!(families.len() >= 11, "{service}: only {families:?}");
    }
    // The shortest of each family tells what slipped through.
    let shown: Vec<String> = failures
        .iter_mut()
        .map(|(family, urls)| {
            urls.sort_by_key(String::len);
            format!("{family}: {} are valid, such as {:?}", urls.len(), &urls[..urls.len().min(3)])
        })
        .collect();
    assert!(shown.is_empty(), "seed {seed}:\n{}", shown.join("\n"));
}

// ------------------------------------------------------------------------------------------------------ fixes together

/// Applies every fix of a report, from the last place to the first.
fn all_applied(text: &str, report: &Value) -> String {
    let mut fixes: Vec<(usize, usize, String)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["fix"].is_object())
        .map(|finding| {
            let place = |key: &str| usize::try_from(finding["fix"][key].as_u64().unwrap()).unwrap();
            (place("end"), place("start"), finding["fix"]["text"].as_str().unwrap().to_owned())
        })
        .collect();
    fixes.sort();
    fixes.iter().rev().fold(text.to_owned(), |text, (end, start, new)| applied(&text, *start..*end, new))
}

/// Pasted texts with several flaws each, some of the same kind.
fn flawed() -> Vec<(&'static str, String)> {
    let mut texts = Vec::new();
    for service in SERVICES {
        let url = plain(service);
        let rest = url.strip_prefix("https://").unwrap();
        let (host, path, query) = cut(&url);
        let escaped = query.replace('&', "&amp;");
        for text in [
            format!("  <{url}|hook>.  "),
            format!("\u{200b}https://{host}\u{200b}{path}\u{feff}{query}\n"),
            format!("\"https://{host}{path}{escaped}\""),
            format!("« {rest} »"),
            format!("https//{}{path}{query}.", host.to_uppercase()),
            format!("https://https://{host}.{path}{query}"),
            format!("{}{path}{escaped})", host.to_uppercase()),
            format!("[hook]({url})"),
            format!("HTTP://{host}//{}{query}#top", &path[1..]),
            format!("curl.exe -d \"{{}}\" ^\n \"{}\"", url.replace('&', "^&")),
            format!("https://{host}\u{200b}{path}\u{200b}{query}\u{200b}"),
        ] {
            texts.push((service, text));
        }
    }
    texts
}

#[test]
fn the_fixes_of_one_report_can_be_applied_together() {
    let mut failures = Vec::new();
    for (service, pasted) in flawed() {
        let report = check(service, &pasted);
        let mended = all_applied(&pasted, &report);
        let after = check(service, &mended);
        let own: Vec<&Value> =
            report["findings"].as_array().unwrap().iter().filter(|finding| finding["fix"].is_object()).collect();
        let left: Vec<&str> = after["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["fix"].is_object())
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        let done = own.iter().any(|finding| left.contains(&finding["code"].as_str().unwrap()));
        // What cleaning does is all of what `url` holds; a fix of the service's own changes more than that.
        let cleaning_only = report["verdict"] != "invalid"
            && check(service, report["url"].as_str().unwrap_or(""))["findings"].as_array().unwrap().is_empty();
        if done || own.is_empty() || cleaning_only && report["url"] != mended.as_str() {
            failures
                .push(format!("{service} {pasted:?}\n  became {mended:?}\n  not {}\n  left {left:?}", report["url"]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_fix_ends_and_tells_no_secret() {
    let texts = flawed().into_iter().map(|(service, text)| (service.to_owned(), text));
    let hostile = SERVICES.into_iter().flat_map(|service| {
        let mut random = Random(77);
        let made: Vec<String> = (0..200)
            .filter_map(|round| (FAMILIES[round % FAMILIES.len()].1)(service, &plain(service), &mut random))
            .collect();
        made.into_iter().map(move |url| (service.to_owned(), url))
    });
    let cases = seeds().into_iter().filter(|text| text.contains("://")).map(|text| (String::new(), text));
    let mut failures = Vec::new();
    for (service, start) in texts.chain(hostile).chain(cases) {
        let mut text = start.clone();
        for round in 0.. {
            let report = check_in(&service, &text, if round % 2 == 0 { "en" } else { "fr" });
            let said: String = report["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|finding| format!("{} {}", finding["message"], finding["fix"]))
                .collect();
            let secrets = [
                "FAKEfakeFAK",
                "FAKE_fake-FAKE",
                "zt5jgpte3nm65jqi",
                "0123456789abcdef",
                "fakePASSWORD",
                "fa4e-4fa4-8fa4",
            ];
            // A secret that was put in the place of the host is shown as the host that it would be.
            let host = report["masked"].as_str().unwrap().split('/').next().unwrap_or_default().to_owned();
            if let Some(secret) = secrets.iter().find(|secret| said.contains(**secret) && !host.contains(**secret)) {
                failures.push(format!("{service} {text:?} tells {secret}: {said}"));
            }
            let together = all_applied(&text, &report);
            if together == text {
                break;
            }
            if round > 6 {
                failures.push(format!("{service} {start:?} is mended for ever: {text:?}"));
                break;
            }
            text = together;
        }
    }
    assert!(failures.is_empty(), "{} fail:\n{}", failures.len(), failures[..failures.len().min(12)].join("\n"));
}
