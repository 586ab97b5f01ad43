//! The elements, attributes and style properties that the host accepts.
//!
//! Source: frappe/utils/html_utils.py (Dodock 3.40) and the styles of bleach_allowlist 1.0.3.

/// Accepted elements that this engine does not follow: their content or their nesting has rules of its own.
const NOT_FOLLOWED: &str = " animate animatecolor animatemotion animatetransform audio body button canvas circle clippath \
    col colgroup command datagrid datalist defs desc dialog ellipse event-source fieldset font-face font-face-name \
    font-face-src form g glyph head hkern html input keygen legend line lineargradient link maction map marker math menu \
    merror meta metadata mfrac mi missing-glyph mmultiscripts mn mo mover mpadded mpath mphantom mprescripts mroot mrow \
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr multicol munder munderover nextid none optgroup option \
    path polygon polyline radialgradient rect select set sound source spacer stop style svg switch text textarea title \
    tspan use video area meter progress output ";

use crate::host::html::listed;

/// What the tree does with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `b`, `em`, `code`…: when left open they would be opened again behind the next tag.
    Formatting,
    /// `span`, `label`…: nothing special.
    Inline,
    /// `div`, `ul`…: closes an open paragraph.
    Block,
    /// `h1` to `h6`
    Heading,
    /// `p`
    Paragraph,
    /// `li`, `dd`, `dt`
    Item,
    /// `br`, `img`: no content.
    Void,
    /// `hr`: no content, closes an open paragraph.
    Rule,
    /// `table`
    Table,
    /// `caption`
    Caption,
    /// `thead`, `tbody`, `tfoot`
    Rows,
    /// `tr`
    Row,
    /// `td`, `th`
    Cell,
}

/// What an element is; `Ok(None)` when the host does not accept it.
///
/// # Errors
/// For an element whose rules are not followed.
pub fn kind(name: &str) -> Result<Option<Kind>, super::Odd> {
    Ok(Some(match name {
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u" => {
            Kind::Formatting
        }
        "abbr" | "acronym" | "cite" | "del" | "dfn" | "ins" | "kbd" | "label" | "m" | "mark" | "o:p" | "q" | "samp"
        | "span" | "sub" | "sup" | "template-blot" | "time" | "var" => Kind::Inline,
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dir" | "div" | "dl" | "figcaption"
        | "figure" | "footer" | "header" | "nav" | "ol" | "pre" | "section" | "ul" => Kind::Block,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "p" => Kind::Paragraph,
        "li" | "dd" | "dt" => Kind::Item,
        "br" | "img" => Kind::Void,
        "hr" => Kind::Rule,
        "table" => Kind::Table,
        "caption" => Kind::Caption,
        "thead" | "tbody" | "tfoot" => Kind::Rows,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        other if listed(NOT_FOLLOWED, other) => return Err(super::Odd),
        _ => return Ok(None),
    }))
}

/// Whether an attribute stays.
pub fn is_accepted(attribute: &str) -> bool {
    attribute.starts_with("data-") || listed(ATTRIBUTES, attribute)
}

/// Accepted attributes; names that begin with `data-` need not be here.
const ATTRIBUTES: &str = " abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background \
    balance bgcolor bgproperties border bordercolor bordercolordark bordercolorlight bottompadding cellpadding \
    cellspacing ch challenge char charoff choff charset checked cite class clear color cols colspan compact \
    contenteditable controls coords data datafld datapagesize datasrc datetime default delay dir disabled draggable \
    dynsrc enctype end face for form frame galleryimg gutter headers height hidefocus hidden high href hreflang hspace \
    icon id inputmode ismap keytype label leftspacing lang list longdesc loop loopcount loopend loopstart low lowsrc max \
    maxlength media method min multiple name nohref noshade nowrap open optimum pattern ping point-size poster pqg \
    preload prompt radiogroup readonly rel repeat-max repeat-min replace required rev rightspacing rows rowspan rules \
    scope selected shape size span src start step style summary suppress tabindex target template title toppadding type \
    unselectable usemap urn valign value variable volume vspace vrml width wrap xml:lang role frameborder \
    allowfullscreen spellcheck itemprop itemscope itemtype itemid itemref ";

/// Whether the value of an attribute is an address.
pub fn is_address(attribute: &str) -> bool {
    matches!(
        attribute,
        "action"
            | "background"
            | "cite"
            | "datasrc"
            | "dynsrc"
            | "href"
            | "longdesc"
            | "lowsrc"
            | "ping"
            | "poster"
            | "src"
    )
}

/// Whether an attribute is written without its value on one element or another.
pub fn is_switch(attribute: &str) -> bool {
    listed(
        " autofocus autoplay autosubmit checked controls default disabled hidden irrelevant ismap itemscope multiple \
         noshade open readonly required scoped selected ",
        attribute,
    )
}

/// Whether a style property stays.
///
/// # Errors
/// For a property of a browser's own: the host knows some of them.
pub fn is_style(property: &str) -> Result<bool, super::Odd> {
    if property.starts_with("-webkit-") || property.starts_with("-moz-") || property.starts_with("-ms-") {
        return Err(super::Odd);
    }
    Ok(listed(STYLES, property))
}

/// Accepted style properties. The list of the host has names of values and units too; a property of such a name stays.
const STYLES: &str = " align-content align-items align-self all animation animation-delay animation-direction animation-duration \
    animation-fill-mode animation-iteration-count animation-name animation-play-state animation-timing-function \
    backface-visibility background background-attachment background-blend-mode background-clip background-color \
    background-image background-origin background-position background-repeat background-size border border-bottom \
    border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style \
    border-bottom-width border-collapse border-color border-image border-image-outset border-image-repeat \
    border-image-slice border-image-source border-image-width border-left border-left-color border-left-style \
    border-left-width border-radius border-right border-right-color border-right-style border-right-width \
    border-spacing border-style border-top border-top-color border-top-left-radius border-top-right-radius \
    border-top-style border-top-width border-width bottom box-decoration-break box-shadow box-sizing break-after \
    break-before break-inside caption-side ch clear clip clip-path cm color column-count column-fill column-gap \
    column-rule column-rule-color column-rule-style column-rule-width column-span column-width columns content \
    counter-increment counter-reset cursor deg direction display dpcm dpi dppx em empty-cells ex filter flex \
    flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family \
    font-feature-settings font-kerning font-language-override font-size font-size-adjust font-stretch font-style \
    font-synthesis font-variant font-variant-alternates font-variant-caps font-variant-east-asian \
    font-variant-ligatures font-variant-numeric font-variant-position font-weight grad grid grid-area \
    grid-auto-columns grid-auto-flow grid-auto-position grid-auto-rows grid-column grid-column-end \
    grid-column-start grid-row grid-row-end grid-row-start grid-template grid-template-areas grid-template-columns \
    grid-template-rows height hyphens hz image-orientation image-rendering image-resolution ime-mode in inherit \
    initial isolation justify-content justify-self khz left letter-spacing line-break line-height list-style \
    list-style-image list-style-position list-style-type margin margin-bottom margin-left margin-right margin-top \
    marks mask mask-source-type mask-type max-height max-width min-height min-width mix-blend-mode mm ms \
    object-fit object-position opacity order orphans outline outline-color outline-offset outline-style \
    outline-width overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right \
    padding-top page-break-after page-break-before page-break-inside pc perspective perspective-origin \
    perspective-origin-x perspective-origin-y pointer-events position pt px quotes rad rem resize right ruby-align \
    ruby-merge ruby-position s scroll-behavior shape-image-threshold shape-margin shape-outside tab-size \
    table-layout text-align text-align-last text-combine-upright text-decoration text-decoration-color \
    text-decoration-line text-decoration-style text-emphasis text-emphasis-color text-emphasis-position \
    text-emphasis-style text-indent text-justify text-orientation text-overflow text-rendering text-shadow \
    text-transform text-underline-position top touch-action transform transform-origin transform-origin-x \
    transform-origin-y transform-origin-z transform-style transition transition-delay transition-duration \
    transition-property transition-timing-function turn unicode-bidi unicode-range unset vertical-align vh \
    visibility vmax vmin vw white-space widows width will-change word-break word-spacing word-wrap writing-mode \
    z-index ";
