//! What this engine does not know, as a French reader is told: inside, constructs have English names.
//!
//! A name is a piece of code (`strftime`, `{% include %}`), or a piece of code and what it meets (`round of an object`).
//! The code stays; what it meets is said in general, because the place in the text is marked beside it.

/// Constructs without any code in their name, and how they are called; sorted.
const NAMED: [(&str, &str); 8] = [
    ("a block", "un bloc d’instructions"),
    ("a missing argument", "un argument manquant"),
    ("dict", "ce dictionnaire"),
    ("identity of nan", "l’identité d’un nan"),
    ("number", "ce nombre"),
    ("order of a set", "l’ordre d’un ensemble"),
    ("syntax", "cette syntaxe"),
    ("text", "ce texte"),
];

/// What stands between a piece of code and what it meets.
const JOINS: [&str; 8] = [" between ", " behind ", " by ", " for ", " in ", " of ", " to ", " with "];

/// The French name of a construct.
pub fn french(construct: &str) -> String {
    if let Some((_, name)) = NAMED.iter().find(|(english, _)| *english == construct) {
        return (*name).to_owned();
    }
    if is_code(construct) {
        return construct.to_owned();
    }
    let cut = JOINS.iter().filter_map(|join| Some((construct.find(join)?, join.len()))).min();
    let (head, rest) = match cut {
        Some((at, length)) => {
            (construct.get(..at).unwrap_or_default(), construct.get(at + length..).unwrap_or_default())
        }
        None => ("", ""),
    };
    match (head, is_code(rest)) {
        // `repr of doc.items`: what it meets is code itself.
        ("repr" | "str", true) => format!("le texte de {rest}"),
        (head, _) if is_code(head) && rest.contains("argument") => format!("{head} avec ces arguments"),
        (head, _) if is_code(head) => format!("{head} avec cette valeur"),
        _ => String::from("cette construction"),
    }
}

/// Whether a name is a piece of code: one word, or a tag.
fn is_code(name: &str) -> bool {
    let is_article =
        matches!(name, "" | "a" | "an" | "the" | "so" | "which" | "whether" | "very" | "several" | "reading");
    let is_tag = name.starts_with("{%") || name.starts_with('<');
    !is_article && (is_tag || !name.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_and_english_goes() {
        let names = [
            ("strftime", "strftime"),
            ("{% include %}", "{% include %}"),
            ("doc.get_title", "doc.get_title"),
            ("round of an object", "round avec cette valeur"),
            ("send with these arguments", "send avec ces arguments"),
            ("repr of doc.has_value_changed", "le texte de doc.has_value_changed"),
            ("is between two str", "is avec cette valeur"),
            ("order of a set", "l’ordre d’un ensemble"),
            ("the currency of a row without its own", "cette construction"),
            ("very long range", "cette construction"),
        ];
        for (english, expected) in names {
            assert_eq!(french(english), expected, "{english}");
        }
        assert!(NAMED.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
