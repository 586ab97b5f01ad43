//! The sentences that people read. A language is one file with one list, and one line in the registry.
//!
//! Keys are stable codes (`room/what`); a sentence names its values as `{expected}`. A sentence that a language lacks is
//! taken from English; the tests see to it that none is lacking and that all name the same values.

mod construct;
mod en;
mod fr;

/// What a language is made of.
struct Catalogue {
    /// Key and sentence, sorted by key.
    sentences: &'static [(&'static str, &'static str)],
    /// The name of a construct that this engine does not know, from its English one.
    construct: fn(&str) -> String,
}

/// The registry: from a line for each language, [`Language`] and where its sentences are. The first is the fallback.
macro_rules! registry {
    ($first:ident, $first_code:literal, $first_file:ident; $($name:ident, $code:literal, $file:ident;)*) => {
        /// A language that the plugin speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum Language {
            #[doc = $first_code]
            #[default]
            $first,
            $(#[doc = $code] $name,)*
        }

        impl Language {
            /// All of them.
            #[cfg(test)]
            pub const ALL: &[Self] = &[Self::$first, $(Self::$name),*];

            /// The language of a host's code: `fr`, `fr-CA`, `en-IN`...
            pub fn from_code(code: &str) -> Self {
                match code.split(['-', '_']).next() {
                    $(Some($code) => Self::$name,)*
                    _ => Self::$first,
                }
            }

            fn catalogue(self) -> &'static Catalogue {
                match self {
                    Self::$first => &$first_file::CATALOGUE,
                    $(Self::$name => &$file::CATALOGUE,)*
                }
            }
        }
    };
}

registry! {
    English, "en", en;
    French, "fr", fr;
}

impl Language {
    fn sentences(self) -> &'static [(&'static str, &'static str)] {
        self.catalogue().sentences
    }

    /// The sentence of a key with its values filled in. An unknown key is shown as itself.
    #[inline(never)]
    pub fn say(self, key: &str, values: &[(&str, &str)]) -> String {
        let sentence = find(self, key).or_else(|| find(Self::English, key)).unwrap_or(key);
        fill(sentence, values)
    }

    /// The sentence of a key about a construct that this engine does not know.
    #[inline(never)]
    pub fn say_unsupported(self, key: &str, construct: &str) -> String {
        self.say(key, &[("construct", &(self.catalogue().construct)(construct))])
    }

    /// All sentences whose key starts with `prefix`, without it: what the page's own texts are made of.
    pub fn all(self, prefix: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let prefix = prefix.to_owned();
        self.sentences().iter().filter_map(move |(key, sentence)| Some((key.strip_prefix(&prefix)?, *sentence)))
    }
}

fn find(language: Language, key: &str) -> Option<&'static str> {
    let sentences = language.sentences();
    let index = sentences.binary_search_by(|(candidate, _)| (*candidate).cmp(key)).ok()?;
    sentences.get(index).map(|(_, sentence)| *sentence)
}

/// Puts values in the places of their names, in one pass: a value that contains `{x}` stays as it is.
fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, tail)| Some((values.iter().find(|(known, _)| *known == name)?.1, tail)));
        match value {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The `{names}` in a sentence.
    fn names(sentence: &str) -> BTreeSet<&str> {
        sentence.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn every_list_is_sorted_and_says_each_key_once() {
        for &language in Language::ALL {
            for pair in language.sentences().windows(2) {
                assert!(pair[0].0 < pair[1].0, "{language:?}: {} must come after {}", pair[1].0, pair[0].0);
            }
        }
    }

    #[test]
    fn every_language_says_the_same_keys_with_the_same_values() {
        let keys = |language: Language| language.sentences().iter().map(|(key, _)| *key).collect::<BTreeSet<_>>();
        for &language in Language::ALL {
            assert_eq!(keys(Language::English), keys(language), "{language:?}");
            for (key, sentence) in Language::English.sentences() {
                assert_eq!(names(sentence), names(find(language, key).unwrap()), "{language:?}: {key}");
            }
        }
    }

    /// The host's own sentence keeps the host's own characters.
    #[test]
    fn apostrophes_are_curved_and_french_signs_stay_with_their_word() {
        for &language in Language::ALL {
            for (key, sentence) in language.sentences().iter().filter(|(key, _)| *key != "delivery/see-document") {
                let typed = sentence.char_indices().any(|(at, sign)| {
                    let before = sentence.get(..at).and_then(|text| text.chars().next_back());
                    sign == '\'' && before.is_some_and(char::is_alphabetic)
                });
                assert!(!typed, "{key}: expected ’ in {sentence}");
                let apart = [" ;", " !", " ?", " »", "« "].iter().any(|pair| sentence.contains(pair));
                let colon = sentence.contains(" : ") || sentence.ends_with(" :");
                assert!(language != Language::French || !(apart || colon), "{key}: expected U+00A0 in {sentence}");
            }
        }
    }

    #[test]
    fn a_value_that_looks_like_a_name_is_not_filled_again() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
        assert_eq!(fill("{ {unknown} {a}", &[("a", "1")]), "{ {unknown} 1");
    }
}
