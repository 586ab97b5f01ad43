//! The manners in which a chat shows a word.

/// A manner of showing a word. A word can have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `**bold**`
    Bold,
    /// `_italic_`
    Italic,
    /// `~~struck~~`
    Struck,
    /// `__underlined__`
    Underlined,
    /// Hidden until it is clicked.
    Spoiler,
    /// In a line or in a block of its own.
    Code,
    /// A text that is a link, or the address that it leads to.
    Link,
    /// An address that is shown, and is a link.
    Address,
    /// An image.
    Image,
    /// A heading.
    Heading,
    /// An item of a list.
    List,
    /// A quotation.
    Quote,
    /// A cell of a table.
    Table,
    /// A character in the place of its short name.
    Emoji,
    /// Somebody is called.
    Mention,
    /// A channel is named.
    Channel,
    /// A date in its reader's way.
    Date,
    /// The chat reads it as markup and does not show it.
    Hidden,
    /// It is shown, without all of the signs that stand beside it.
    Unmarked,
    /// It follows the line before on the same line.
    Joined,
}

impl Style {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 20] = [
        Self::Bold,
        Self::Italic,
        Self::Struck,
        Self::Underlined,
        Self::Spoiler,
        Self::Code,
        Self::Link,
        Self::Address,
        Self::Image,
        Self::Heading,
        Self::List,
        Self::Quote,
        Self::Table,
        Self::Emoji,
        Self::Mention,
        Self::Channel,
        Self::Date,
        Self::Hidden,
        Self::Unmarked,
        Self::Joined,
    ];

    /// Its name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Struck => "struck",
            Self::Underlined => "underlined",
            Self::Spoiler => "spoiler",
            Self::Code => "code",
            Self::Link => "link",
            Self::Address => "address",
            Self::Image => "image",
            Self::Heading => "heading",
            Self::List => "list",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Emoji => "emoji",
            Self::Mention => "mention",
            Self::Channel => "channel",
            Self::Date => "date",
            Self::Hidden => "hidden",
            Self::Unmarked => "unmarked",
            Self::Joined => "joined",
        }
    }

    /// Its place in a set.
    pub(super) const fn bit(self) -> Styles {
        1 << self as u32
    }
}

/// A set of [`Style`]s, one bit each.
pub(super) type Styles = u32;

/// A line that is shown without the sign that it starts with.
pub(super) const UNMARKED_LINE: Styles = 1 << 31;

/// What takes whole lines.
pub(super) const BLOCKS: Styles =
    Style::Heading.bit() | Style::List.bit() | Style::Quote.bit() | Style::Table.bit() | UNMARKED_LINE;

/// The styles of a set, in the order in which they are told.
pub(super) fn told(styles: Styles) -> Vec<Style> {
    let styles = if styles & UNMARKED_LINE == 0 { styles } else { styles | Style::Unmarked.bit() };
    Style::ALL.into_iter().filter(|style| styles & style.bit() != 0).collect()
}
