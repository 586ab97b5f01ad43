//! Characters by name, for `\N{BULLET}` in a string literal: those that people use, and all with short names.
//!
//! Source: the Unicode Character Database. It has 34,000 names; a name that is not here is unknown, not an error.

/// Name and character, sorted by name.
const NAMES: &[(&str, char)] = &[
    ("BALLOT X", '\u{2717}'),
    ("BLACK CIRCLE", '\u{25cf}'),
    ("BLACK RIGHT-POINTING TRIANGLE", '\u{25b6}'),
    ("BLACK SQUARE", '\u{25a0}'),
    ("BLACK STAR", '\u{2605}'),
    ("BLACK TELEPHONE", '\u{260e}'),
    ("BULLET", '\u{2022}'),
    ("CALENDAR", '\u{1f4c5}'),
    ("CHECK MARK", '\u{2713}'),
    ("COPYRIGHT SIGN", '\u{a9}'),
    ("CROSS MARK", '\u{274c}'),
    ("DEGREE SIGN", '\u{b0}'),
    ("DIVISION SIGN", '\u{f7}'),
    ("DOWNWARDS ARROW", '\u{2193}'),
    ("E-MAIL SYMBOL", '\u{1f4e7}'),
    ("EM DASH", '\u{2014}'),
    ("EM SPACE", '\u{2003}'),
    ("EN DASH", '\u{2013}'),
    ("ENVELOPE", '\u{2709}'),
    ("EURO SIGN", '\u{20ac}'),
    ("GREATER-THAN OR EQUAL TO", '\u{2265}'),
    ("GRINNING FACE", '\u{1f600}'),
    ("HEAVY BALLOT X", '\u{2718}'),
    ("HEAVY BLACK HEART", '\u{2764}'),
    ("HEAVY CHECK MARK", '\u{2714}'),
    ("HORIZONTAL ELLIPSIS", '\u{2026}'),
    ("INFINITY", '\u{221e}'),
    ("LEFT DOUBLE QUOTATION MARK", '\u{201c}'),
    ("LEFT RIGHT ARROW", '\u{2194}'),
    ("LEFT SINGLE QUOTATION MARK", '\u{2018}'),
    ("LEFT-POINTING DOUBLE ANGLE QUOTATION MARK", '\u{ab}'),
    ("LEFTWARDS ARROW", '\u{2190}'),
    ("LESS-THAN OR EQUAL TO", '\u{2264}'),
    ("MIDDLE DOT", '\u{b7}'),
    ("MULTIPLICATION SIGN", '\u{d7}'),
    ("NARROW NO-BREAK SPACE", '\u{202f}'),
    ("NO-BREAK SPACE", '\u{a0}'),
    ("NOT EQUAL TO", '\u{2260}'),
    ("PACKAGE", '\u{1f4e6}'),
    ("PARTY POPPER", '\u{1f389}'),
    ("PLUS-MINUS SIGN", '\u{b1}'),
    ("POLICE CARS REVOLVING LIGHT", '\u{1f6a8}'),
    ("POUND SIGN", '\u{a3}'),
    ("REGISTERED SIGN", '\u{ae}'),
    ("RIGHT DOUBLE QUOTATION MARK", '\u{201d}'),
    ("RIGHT SINGLE QUOTATION MARK", '\u{2019}'),
    ("RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK", '\u{bb}'),
    ("RIGHTWARDS ARROW", '\u{2192}'),
    ("ROCKET", '\u{1f680}'),
    ("SINGLE LEFT-POINTING ANGLE QUOTATION MARK", '\u{2039}'),
    ("SINGLE RIGHT-POINTING ANGLE QUOTATION MARK", '\u{203a}'),
    ("TELEPHONE RECEIVER", '\u{1f4de}'),
    ("THIN SPACE", '\u{2009}'),
    ("THUMBS UP SIGN", '\u{1f44d}'),
    ("TRADE MARK SIGN", '\u{2122}'),
    ("TRIANGULAR BULLET", '\u{2023}'),
    ("UPWARDS ARROW", '\u{2191}'),
    ("WARNING SIGN", '\u{26a0}'),
    ("WHITE BULLET", '\u{25e6}'),
    ("WHITE CIRCLE", '\u{25cb}'),
    ("WHITE HEAVY CHECK MARK", '\u{2705}'),
    ("WHITE STAR", '\u{2606}'),
    ("YEN SIGN", '\u{a5}'),
    ("ZERO WIDTH SPACE", '\u{200b}'),
];

/// All names of at most five letters, each before its character: `unicodedata.lookup` of CPython 3.11, asked for every one.
const SHORT: &str = "\
    |ACK\u{6}|ADULT🧑|ALERT\u{7}|ALM\u{61c}|ANGLE∠|ANKH☥|ANT🐜|APC\u{9f}|ARC⌒|ARIES♈|AXE🪓|BABY👶|BACON🥓|BAGEL🥯|\
    BANJO🪕|BANK🏦|BAT🦇|BATH🛀|BEANS🫘|BED🛏|BEL\u{7}|BELL🔔|BIRD🐦|BISON🦬|BOAR🐗|BOM\u{feff}|BOMB💣|BONE🦴|BOOK🕮|\
    BOOKS📚|BOY👦|BPH\u{82}|BRAIN🧠|BREAD🍞|BREVE˘|BRICK🧱|BROOM🧹|BS\u{8}|BUG🐛|BUS🚌|CAN\u{18}|CANDY🍬|CANOE🛶|\
    CARET‸|CARONˇ|CAT🐈|CCH\u{94}|CERES⚳|CGJ\u{34f}|CHAIR🪑|CHILD🧒|CLOUD☁|COAT🧥|COIN🪙|COLON:|COMET☄|COMMA,|\
    CORAL🪸|COW🐄|CR\u{d}|CRAB🦀|CROWN👑|CSI\u{9b}|DANGO🍡|DCS\u{90}|DEER🦌|DEL\u{7f}|DLE\u{10}|DODO🦤|DOG🐕|DOOR🚪|\
    DRESS👗|DUCK🦆|DVD📀|EAGLE🦅|EAR👂|EARTH♁|EGG🥚|ELF🧝|ENQ\u{5}|EOL\u{a}|EOM\u{19}|EOT\u{4}|EPA\u{97}|ESA\u{87}|\
    ESC\u{1b}|ETB\u{17}|ETX\u{3}|EYE👁|EYES👀|FAIRY🧚|FERRY⛴|FF\u{c}|FIRE🔥|FISH🐟|FLY🪰|FOG🌫|FOGGY🌁|FOOT🦶|FROWN⌢|\
    FS\u{1c}|FSI\u{2068}|FUSE⏛|GEAR⚙|GENIE🧞|GHOST👻|GIRL👧|GOAT🐐|GS\u{1d}|HADES⯡|HAMSA🪬|HERB🌿|HOCHO🔪|HOLE🕳|\
    HOOK🪝|HOP\u{81}|HORSE🐎|HOTEL🏨|HOUSE⌂|HT\u{9}|HTJ\u{89}|HTS\u{88}|HUT🛖|IMP👿|IND\u{84}|INDEX\u{84}|JAR🫙|\
    JEANS👖|JOIN⨝|JUNO⚵|KAABA🕋|KEY🔑|KISS💏|KITE🪁|KNOT🪢|KOALA🐨|LABEL🏷|LEG🦵|LEMON🍋|LEO♌|LF\u{a}|LIBRA♎|LIPS🗢|\
    LLAMA🦙|LOCK🔒|LOTUS🪷|LRE\u{202a}|LRI\u{2066}|LRM\u{200e}|LRO\u{202d}|LUNGS🫁|MAGE🧙|MAN👨|MANGO🥭|MELON🍈|\
    MEMO📝|METRO🚇|MINY⧿|MMSP\u{205f}|MOUSE🐁|MOUTH👄|MOYAI🗿|MVS\u{180e}|MW\u{95}|NABLA∇|NAK\u{15}|NAND⊼|\
    NBH\u{83}|NBSP\u{a0}|NEL\u{85}|NINJA🥷|NL\u{a}|NNBSP\u{202f}|NOR⊽|NOSE👃|NOTE🗈|NUL\u{0}|NULL\u{0}|ODEN🍢|\
    OLIVE🫒|ONION🧅|OSC\u{9d}|OTTER🦦|OWL🦉|OX🐂|PAD\u{80}|PAGE🗏|PAGER📟|PAGES🗐|PDF\u{202c}|PDI\u{2069}|PEACH🍑|\
    PEAR🍐|PICK⛏|PIE🥧|PIG🐖|PILL💊|PLD\u{8b}|PLU\u{8c}|PLUTO♇|PM\u{9e}|POUCH👝|PRIME′|PURSE👛|RADIO📻|RAIN⛆|RAM🐏|\
    RAT🐀|RATIO∶|RAZOR🪒|RI\u{8d}|RIFLE🥆|RING💍|RLE\u{202b}|RLI\u{2067}|RLM\u{200f}|RLO\u{202e}|ROCK🪨|ROSE🌹|\
    RS\u{1e}|SARI🥻|SCARF🧣|SCI\u{9a}|SEAL🦭|SEAT💺|SEDNA⯲|SGC\u{99}|SHARK🦈|SHEEP🐑|SHIP🚢|SHRUG🤷|SHY\u{ad}|\
    SI\u{f}|SKIER⛷|SKULL💀|SKUNK🦨|SLED🛷|SLOPE⌳|SLOTH🦥|SMILE⌣|SNAIL🐌|SNAKE🐍|SO\u{e}|SOCKS🧦|SOH\u{1}|SOS\u{98}|\
    SP\u{20}|SPA\u{96}|SPACE\u{20}|SPOON🥄|SQUID🦑|SSA\u{86}|ST\u{9c}|STS\u{93}|STUPA🛓|STX\u{2}|SUB\u{1a}|SUN☉|\
    SUSHI🍣|SWAN🦢|SYN\u{16}|TAB\u{9}|TACO🌮|TAXI🚕|TENT⛺|TIGER🐅|TILDE~|TINY⧾|TOOTH🦷|TRAIN🚆|TRAM🚊|TROLL🧌|TRUE⊨|\
    TULIP🌷|UNION∪|US\u{1f}|VESTA⚶|VIRGO♍|VT\u{b}|VTS\u{8a}|WATCH⌚|WHALE🐋|WHEEL🛞|WJ\u{2060}|WOMAN👩|WOOD🪵|\
    WORM🪱|XOR⊻|ZEUS⯢|ZWJ\u{200d}|ZWNJ\u{200c}|ZWSP\u{200b}|";

/// The longest name that [`SHORT`] has.
const SHORT_LETTERS: usize = 5;

fn short(name: &str) -> Option<char> {
    let start = SHORT.find(&format!("|{name}"))? + 1 + name.len();
    let mut rest = SHORT.get(start..)?.chars();
    // A longer name goes on with a letter.
    let c = rest.next()?;
    (rest.next() == Some('|')).then_some(c)
}

fn is_short(name: &str) -> bool {
    (1..=SHORT_LETTERS).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether no character has this name for certain.
pub fn is_none(name: &str) -> bool {
    is_short(name) && short(&name.to_ascii_uppercase()).is_none()
}

/// The character of a name, in whatever case.
pub fn character(name: &str) -> Option<char> {
    let name = name.to_ascii_uppercase();
    if is_short(&name) {
        return short(&name);
    }
    let place = NAMES.binary_search_by(|(known, _)| (*known).cmp(&name)).ok()?;
    NAMES.get(place).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, character};

    #[test]
    fn the_names_are_sorted_for_their_search() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(character("bullet"), Some('\u{2022}'));
        assert_eq!(character("NO SUCH NAME"), None);
    }
}
