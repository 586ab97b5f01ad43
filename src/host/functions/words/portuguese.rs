//! Numbers in Portuguese, as in Portugal; the host's `pt-BR` is read by its first two letters.

use super::Language;
use super::iberian::{self, Words};
use super::scale::Group;

/// Portuguese.
pub static PORTUGUESE: Language = Language { zero: "zero", minus: "menos", digits: 27, english_beyond: true, cardinal };

static WORDS: Words = Words {
    small: "|um|dois|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quinze|dezasseis|dezassete|\
        dezoito|dezanove",
    tens: "||vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa",
    tens_and: " e ",
    hundreds: "|cento|duzentos|trezentos|quatrocentos|quinhentos|seiscentos|setecentos|oitocentos|novecentos",
    hundred: "cem",
    and: " e ",
    one: "um",
    million: "|milhão|bilião|trilião|quatrilião",
    millions: "|milhões|biliões|triliões|quatriliões",
};

fn cardinal(number: &[Group]) -> Option<String> {
    let mut text = iberian::cardinal(number, &WORDS);
    // Where hundreds with something after them follow one of these words, that word loses its `e`, wherever it stands.
    for scale in ["mil", "milhão", "milhões", "bilião", "biliões"] {
        let and = [scale, " e "].concat();
        let hundreds_follow = text.match_indices(&and).any(|(place, _)| {
            let after = text.get(place + and.len()..).unwrap_or_default();
            let (word, rest) = after.split_once(' ').unwrap_or((after, ""));
            (word.ends_with("ento") || word.ends_with("entos")) && rest.contains('e')
        });
        if hundreds_follow {
            text = text.replace(&and, &[scale, " "].concat());
        }
    }
    Some(text)
}
