//! The named characters of HTML 4 (`&nbsp;`, `&eacute;`…), which every parser of the host knows.

/// Name and character, sorted by name.
static NAMES: &str = "\
    AEligÆ AacuteÁ AcircÂ AgraveÀ AlphaΑ AringÅ AtildeÃ AumlÄ BetaΒ CcedilÇ ChiΧ Dagger‡ DeltaΔ ETHÐ EacuteÉ \
    EcircÊ EgraveÈ EpsilonΕ EtaΗ EumlË GammaΓ IacuteÍ IcircÎ IgraveÌ IotaΙ IumlÏ KappaΚ LambdaΛ MuΜ NtildeÑ NuΝ \
    OEligŒ OacuteÓ OcircÔ OgraveÒ OmegaΩ OmicronΟ OslashØ OtildeÕ OumlÖ PhiΦ PiΠ Prime″ PsiΨ RhoΡ ScaronŠ SigmaΣ \
    THORNÞ TauΤ ThetaΘ UacuteÚ UcircÛ UgraveÙ UpsilonΥ UumlÜ XiΞ YacuteÝ YumlŸ ZetaΖ aacuteá acircâ acute´ aeligæ \
    agraveà alefsymℵ alphaα amp& and∧ ang∠ aringå asymp≈ atildeã aumlä bdquo„ betaβ brvbar¦ bull• cap∩ ccedilç \
    cedil¸ cent¢ chiχ circˆ clubs♣ cong≅ copy© crarr↵ cup∪ curren¤ dArr⇓ dagger† darr↓ deg° deltaδ diams♦ divide÷ \
    eacuteé ecircê egraveè empty∅ emsp\u{2003} ensp\u{2002} epsilonε equiv≡ etaη ethð eumlë euro€ exist∃ fnofƒ \
    forall∀ frac12½ frac14¼ frac34¾ frasl⁄ gammaγ ge≥ gt> hArr⇔ harr↔ hearts♥ hellip… iacuteí icircî iexcl¡ \
    igraveì imageℑ infin∞ int∫ iotaι iquest¿ isin∈ iumlï kappaκ lArr⇐ lambdaλ lang〈 laquo« larr← lceil⌈ ldquo“ le≤ \
    lfloor⌊ lowast∗ loz◊ lrm\u{200e} lsaquo‹ lsquo‘ lt< macr¯ mdash— microµ middot· minus− muμ nabla∇ nbsp\u{a0} \
    ndash– ne≠ ni∋ not¬ notin∉ nsub⊄ ntildeñ nuν oacuteó ocircô oeligœ ograveò oline‾ omegaω omicronο oplus⊕ or∨ \
    ordfª ordmº oslashø otildeõ otimes⊗ oumlö para¶ part∂ permil‰ perp⊥ phiφ piπ pivϖ plusmn± pound£ prime′ prod∏ \
    prop∝ psiψ quot\u{22} rArr⇒ radic√ rang〉 raquo» rarr→ rceil⌉ rdquo” realℜ reg® rfloor⌋ rhoρ rlm\u{200f} \
    rsaquo› rsquo’ sbquo‚ scaronš sdot⋅ sect§ shy\u{ad} sigmaσ sigmafς sim∼ spades♠ sub⊂ sube⊆ sum∑ sup⊃ sup1¹ \
    sup2² sup3³ supe⊇ szligß tauτ there4∴ thetaθ thetasymϑ thinsp\u{2009} thornþ tilde˜ times× trade™ uArr⇑ \
    uacuteú uarr↑ ucircû ugraveù uml¨ upsihϒ upsilonυ uumlü weierp℘ xiξ yacuteý yen¥ yumlÿ zetaζ zwj\u{200d} \
    zwnj\u{200c}";

/// What stands behind the `&` of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'a> {
    /// `name;`: the name and its character.
    Named(&'a str, char),
    /// `#39;` or `#x27;`: the digits with their marks, and the number when it is one of a character.
    Number(&'a str, Option<char>),
    /// No entity: the `&` stands for itself.
    None,
}

/// The entity that a text, which follows a `&`, begins with.
///
/// # Errors
/// `None` for a name that is not one of HTML 4's, and for what parsers read in different ways.
pub fn reference(text: &str) -> Option<Reference<'_>> {
    let run = text.split([';', '&', '<', '=', ' ', '\t', '\n', '\r', '\u{b}', '\u{c}']).next()?;
    let closed = text.get(run.len()..).is_some_and(|behind| behind.starts_with(';'));
    if !closed {
        return Some(Reference::None);
    }
    let Some(number) = run.strip_prefix('#') else {
        return character(run).map(|character| Reference::Named(run, character));
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || digits.len() > 7 || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| !(0xd800..0xe000).contains(code))?;
    Some(Reference::Number(run, char::from_u32(code).filter(|_| code > 0)))
}

/// The character of a name.
pub fn character(name: &str) -> Option<char> {
    let entry =
        NAMES.split(' ').find(|entry| entry.strip_prefix(name).is_some_and(|rest| rest.chars().count() == 1))?;
    entry.chars().last()
}

/// Whether browsers take the name without its `;` too: the characters of Latin-1 and the four of markup itself.
pub fn is_old(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\u{a0}'..='\u{ff}')
}
