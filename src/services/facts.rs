//! What never changes about a service: its limit, its markup, what a browser may do.

use super::ServiceName;

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

impl Unit {
    /// The length of a text in this unit.
    pub fn measure(self, text: &str) -> usize {
        match self {
            Self::Characters => text.chars().count(),
            Self::Bytes => text.len(),
        }
    }
}

/// The longest message that a service takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How long.
    pub max: usize,
    /// Counted in what.
    pub unit: Unit,
}

/// Whether a page on another origin may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Always.
    Yes,
    /// Never, unless an administrator opens the server.
    No,
    /// It depends on the server's version or settings, or nobody has confirmed it.
    Unknown,
}

/// How many marks a style is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// The chat has no such style.
    None,
    /// One: `*bold*`, `~struck~`.
    Single,
    /// Two: `**bold**`, `~~struck~~`. One star is italic then.
    Double,
    /// One or two.
    Either,
}

/// Which HTML entities a chat shows as the character that they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entities {
    /// None: `&amp;` is shown as it is written.
    None,
    /// `&amp;`, `&lt;` and `&gt;`, and a text has to be written with them.
    Three,
    /// All of them.
    All,
}

/// How everybody in a channel is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Everybody {
    /// `@here`, `@all`
    At,
    /// `@here`, `@everyone`
    Everyone,
    /// Not at all.
    Nobody,
    /// `<!here>`, `<!channel>`
    Slack,
    /// `<users/all>`
    Users,
}

/// What the remarks on a message's markup need to know (services.md 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Markup {
    /// How bold is written.
    pub bold: Marks,
    /// How struck text is written.
    pub strike: Marks,
    /// Whether `[label](address)` is a link.
    pub markdown_links: bool,
    /// Whether `<address|label>` is a link.
    pub angle_links: bool,
    /// The deepest heading; 0 when there is none.
    pub headings: u8,
    /// Whether a heading needs no space behind its sign: `#12`.
    pub glued_headings: bool,
    /// Whether HTML is read as HTML, comments included.
    pub html: bool,
    /// Whether there are tables.
    pub tables: bool,
    /// Which entities are shown as characters.
    pub entities: Entities,
    /// How everybody is called.
    pub everybody: Everybody,
    /// Whether a single line break joins the lines, as Markdown has it.
    pub joins_lines: bool,
    /// Whether the server understands Slack's `<!here>`.
    pub slack_mentions: bool,
}

/// What never changes about a service.
#[derive(Debug)]
pub struct Facts {
    /// Which service.
    pub name: ServiceName,
    /// A made-up URL of the right shape.
    pub example: &'static str,
    /// The domains that are its own: whatever lies there is nobody else's webhook.
    pub domains: &'static [&'static str],
    /// The hosts in the cloud that take its webhooks.
    pub hosts: &'static [&'static str],
    /// The domains in the cloud under which each customer has such a host.
    pub tenants: &'static [&'static str],
    /// Whether people run servers of it themselves.
    pub self_hosted: bool,
    /// Whether its webhooks can have any path: such a URL is its own only when no other service knows it.
    pub any_path: bool,
    /// Keys of [`crate::language`] for the steps that lead to a URL: `setup/name-1` and so on.
    pub setup: &'static [&'static str],
    /// The longest message.
    pub limit: Limit,
    /// Above how many characters it refused messages in former times, and may still do so.
    pub older_limit: Option<usize>,
    /// Key of the sentence of [`crate::language`] that says what becomes of a longer one.
    pub too_long: &'static str,
    /// The same of a message without a text.
    pub empty: &'static str,
    /// The same when a link to the document is posted with it.
    pub empty_with_link: &'static str,
    /// Whether the body is known whichever host posts it: Dodock 3.40 knows the service (host.md 1), or all hosts that do post
    /// the same. The Frappe that has the doctype Notification Webhook URL knows all services.
    pub body_of_any_host: bool,
    /// Whether a Frappe before that doctype posts to it too.
    pub in_old_frappe: bool,
    /// Its markup, as far as remarks need it.
    pub markup: Markup,
    /// Whether a page on another origin can post.
    pub can_post: Allowed,
    /// Whether a page on another origin can read the answer.
    pub readable: Allowed,
}

impl Facts {
    /// The key of what one has to be allowed to do to take the steps: `setup/name-needs`.
    pub fn setup_needs(&self) -> Option<String> {
        let name = self.setup.first()?.trim_end_matches("-1");
        Some(format!("{name}-needs"))
    }
}
