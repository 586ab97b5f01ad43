"""Makes texts at random and answers each as the host's own libraries do.

markup.py make SEED COUNT [KIND]: COUNT texts of each kind (of one), one JSON line per text: {"kind": k, "text": t, "answers": [...]}.
markup.py answer: the same for the lines of the standard input, each {"kind": k, "text": t}.
Two answers: the two versions of the library differ, so nobody may say which one a host gives. An answer is a text, or
{"error": type} when the library raises.
Exit status 3: the libraries are not there on CPython 3.11 (python.rs names them).
"""
import importlib.util
import json
import os
import random
import re
import sys
from urllib.parse import quote, urljoin

try:
    import bleach
    from bleach_allowlist import bleach_allowlist
    from bs4 import BeautifulSoup
    from markdownify import markdownify
except ImportError:
    sys.exit(3)
if sys.version_info[:2] != (3, 11) or not bleach.__version__.startswith("3.3."):
    sys.exit(3)


def versions(name, numbers):
    """The same module in several versions, each in a folder of its own beside the others."""
    found = []
    for number in numbers:
        for folder in sys.path:
            file = os.path.join(folder, f"{name}-{number}", f"{name}.py")
            if os.path.exists(file):
                spec = importlib.util.spec_from_file_location(f"{name}_{number.replace('.', '_')}", file)
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                found.append(module)
                break
        else:
            sys.exit(3)
    return found


MARKDOWN = versions("markdown2", ["2.4.0", "2.4.13"])
# Raven runs on newer hosts too.
RAVEN = MARKDOWN + versions("markdown2", ["2.5.5"])

SITE = "https://erp.example.com"
# What the host hands to its libraries (frappe/utils/html_utils.py, frappe/utils/data.py, frappe/core/utils.py).
TAGS = """a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col colgroup command datagrid datalist
dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure footer font form header h1 h2 h3 h4 h5 h6 hr i img input ins keygen kbd label
legend li m map mark menu meter multicol nav nextid ol output optgroup option p pre progress q s samp section select small sound source spacer span strike strong
sub sup table tbody td textarea time tfoot th thead tr tt u ul var video template-blot animate animateColor animateMotion animateTransform clipPath circle defs
desc ellipse font-face font-face-name font-face-src g glyph hkern linearGradient line marker metadata missing-glyph mpath path polygon polyline radialGradient
rect set stop svg switch text title tspan use maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle
msub msubsup msup mtable mtd mtext mtr munder munderover none html head meta link body style o:p""".split()
ATTRIBUTES = set("""abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background balance bgcolor bgproperties border bordercolor
bordercolordark bordercolorlight bottompadding cellpadding cellspacing ch challenge char charoff choff charset checked cite class clear color cols colspan compact
contenteditable controls coords data datafld datapagesize datasrc datetime default delay dir disabled draggable dynsrc enctype end face for form frame galleryimg
gutter headers height hidefocus hidden high href hreflang hspace icon id inputmode ismap keytype label leftspacing lang list longdesc loop loopcount loopend
loopstart low lowsrc max maxlength media method min multiple name nohref noshade nowrap open optimum pattern ping point-size poster pqg preload prompt radiogroup
readonly rel repeat-max repeat-min replace required rev rightspacing rows rowspan rules scope selected shape size span src start step style summary suppress
tabindex target template title toppadding type unselectable usemap urn valign value variable volume vspace vrml width wrap xml:lang role frameborder
allowfullscreen spellcheck itemprop itemscope itemtype itemid itemref""".split())
EXTRAS = {"fenced-code-blocks": None, "tables": None, "header-ids": None, "toc": None, "highlightjs-lang": None,
          "html-classes": {"table": "table table-bordered", "img": "screenshot"}}


def sanitise(text):
    try:
        json.loads(text)
        return text
    except ValueError:
        pass
    if not BeautifulSoup(text, "html.parser").find():
        return text
    attributes = {"*": lambda tag, name, value: name.startswith("data-") or name in ATTRIBUTES}
    return bleach.clean(text, tags=TAGS, attributes=attributes, styles=bleach_allowlist.all_styles, strip_comments=False,
                        protocols=["cid", "http", "https", "mailto"])


def get_url(text):
    if not text or text.startswith(("http://", "https://")):
        return text or SITE
    return urljoin(SITE, text)


def expanded(text):
    def whole(match):
        name, mark, address, close = match.groups()
        site = "" if address.startswith(("mailto", "data:")) else SITE + ("" if address.startswith("/") else "/")
        important = " !important" if "url" in name and mark.startswith("(") and close.endswith(")") else ""
        return name + mark + site + address + close + important

    text = re.sub(r"""(href|src){1}([\s]*=[\s]*['"]?)((?!http)[^'" >]+)(['"]?)""", whole, text)
    return re.sub(r"""(:[\s]?url)(\(['"]?)((?!http)[^'" >]+)(['"]?\))""", whole, text)


def quoted(text):
    def encoded(match):
        name, mark, address, close = match.groups()
        return name + mark + quote(address.encode(), safe=b"~@#$&()*!+=:;,.?/'") + close

    return re.sub(r"""(href|src){1}([\s]*=[\s]*['"]?)((?:http)[^'">]+)(['"]?)""", encoded, text)


def answers(kind, text):
    calls = {
        "sanitise": [lambda: sanitise(text)],
        "markdown": [lambda module=module: str(module.markdown(text, extras=dict(EXTRAS))).replace(" <br />\n", "<br />\n") for module in MARKDOWN],
        "raven": [lambda module=module: str(module.markdown(text, extras=dict(EXTRAS))).replace(" <br />\n", "<br />\n") for module in RAVEN],
        "get_url": [lambda: get_url(text)],
        "quote_urls": [lambda: quoted(text)],
        "scrub_urls": [lambda: expanded(text)],
        "to_markdown": [lambda: markdownify(text, heading_style="ATX", strip=None, wrap=True)],
    }[kind]
    found = []
    for call in calls:
        try:
            answer = call()
        except Exception as error:
            answer = {"error": type(error).__name__}
        if answer not in found:
            found.append(answer)
    return found


def say(kind, text):
    print(json.dumps({"kind": kind, "text": text, "answers": answers(kind, text)}))


# --- HTML -------------------------------------------------------------------------------------------------------------

WORDS = ["a", "été", "Bonjour", "x y", "5 < 6", "a & b", "&amp;", "&lt;b&gt;", "&nbsp;", "&eacute;", "&hellip;", "&#39;", "&#x2F;", "&copy", "&foo;", "AT&T", "a>b", "l'eau", '"cité"', "*x*",
         "_y_", "{{ 7 }}", "株式会社", "👩‍🚀", "1.", "-", "#", "http://x.y/?a=1&b=2", "<", ">", "<>", "< b", "&", "  ", "\n", "\t", "\\", "`", "~", "|", "very-long-word " * 6, "c" * 90, "$", "é" * 3]
INLINE = ["b", "i", "strong", "em", "u", "s", "span", "a", "code", "font", "sub", "sup", "small", "label", "mark", "del", "kbd", "samp", "q", "strike", "vert", "foo", "script", "o:p", "main"]
BLOCKS = ["p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h6", "pre", "table", "dl", "section", "article", "center", "details", "hr", "summary", "form", "style"]
STYLES = ["color: red", "color:rgb(230, 0, 0)", "background-color: #fff", "font-size: 12px", "margin-left: -5px", "border-top-left-radius: 2px", "mso-list: l0", "font-family: Arial, sans-serif",
          "font-family: 'Times New Roman'", "font-family: &quot;Arial&quot;", "position: absolute", "--x: 1", "width: 50%", "color", "COLOR: Red", "text-align:center", "line-height: 1.5",
          "width: calc(1px)", "font: 16px/1 x", "a-b-c: 1", "", " ", "content: a:b", "zoom: 1", "color: red !important", "transition: all .2s"]
PAIRS = ['class="ql-editor read-mode"', "class='x y'", 'id="n"', 'href="http://x.y/?a=1&b=2"', 'href="https://x.y/?a=1&amp;b=2"', 'href="/app/x y"', 'href="#h"', 'href="javascript:alert(1)"',
         'href="mailto:a@b.c"', 'href="tel:+33"', "href=x", 'href="//x.y/z"', 'href="a:b"', 'src="/files/a.png"', 'src="data:image/png;base64,AA="', 'title="a &quot;b&quot; <c>"',
         "title='a \"b\" & c'", 'title="l\'eau"', 'alt=""', 'width="10"', 'data-list="bullet"', "data-x=1", 'onclick="x()"', 'target="_blank"', 'rel="noopener noreferrer"', "contenteditable=false",
         "hidden", "disabled", 'style="color: red;"', 'CLASS="A"', 'colspan="2"', 'start="3"', 'title="&hellip;&eacute;&x; &amp;amp; &#39;"', 'href=""', "x:y=1", 'value="="', 'lang="fr" dir="ltr"']


def attributes(rng):
    found = []
    while rng.random() < 0.3:
        if rng.random() < 0.3:
            found.append('style="%s"' % rng.choice(["; ", ";", "; ", ";;"]).join(rng.choice(STYLES) for _ in range(rng.randint(1, 3))) + rng.choice([";", ""])[:0])
        else:
            found.append(rng.choice(PAIRS))
    return "".join(" " + pair for pair in found)


def words(rng):
    return rng.choice(["", " ", " ", ""]).join(rng.choice(WORDS) for _ in range(rng.randint(1, 3)))


def element(rng, name, content):
    loose = rng.random()
    if name in ("br", "hr", "img"):
        return f"<{name}{attributes(rng)}{rng.choice(['', '/', ' /'])}>"
    open_tag = f"<{name.upper() if loose > 0.98 else name}{attributes(rng)}>"
    return open_tag + content + ("" if loose < 0.03 else f"</{name}>")


def inline(rng, depth=2):
    parts = []
    for _ in range(rng.randint(1, 3)):
        chance = rng.random()
        if depth <= 0 or chance < 0.5:
            parts.append(words(rng))
        elif chance < 0.6:
            parts.append(element(rng, rng.choice(["br", "br", "img"]), ""))
        elif chance < 0.63:
            parts.append("<!-- %s -->" % rng.choice(["x", "a & 'b'", "", "<b>"]))
        else:
            parts.append(element(rng, rng.choice(INLINE), inline(rng, depth - 1)))
    return "".join(parts)


def block(rng, depth=2):
    name = rng.choice(BLOCKS)
    gap = rng.choice(["", "", "\n", "\n  "])
    if depth <= 0 or name in ("p", "h1", "h2", "h3", "h6", "pre", "hr"):
        return element(rng, name if name in ("p", "h1", "h2", "hr", "pre") else "p", rng.choice(["", "\n"]) * (name == "pre") + inline(rng))
    if name in ("ul", "ol"):
        items = [element(rng, "li", rng.choice([inline, inline, block])(rng, depth - 1) + (block(rng, depth - 1) if rng.random() < 0.2 else "")) for _ in range(rng.randint(0, 3))]
        return element(rng, name, gap + gap.join(items) + gap)
    if name == "dl":
        return element(rng, name, gap.join(element(rng, rng.choice(["dt", "dd"]), inline(rng)) for _ in range(rng.randint(1, 3))))
    if name == "table":
        head = rng.random() < 0.4
        rows = [element(rng, "tr", gap.join(element(rng, "th" if head and not row else "td", inline(rng) if rng.random() < 0.8 else block(rng, 0)) for _ in range(rng.randint(1, 3))))
                for row in range(rng.randint(1, 3))]
        body = gap.join(rows)
        if rng.random() < 0.4:
            body = element(rng, "thead", rows[0]) + gap + element(rng, "tbody", gap.join(rows[1:]))
        elif rng.random() < 0.5:
            body = element(rng, "tbody", gap + body + gap)
        return element(rng, name, gap + body + gap)
    return element(rng, name, gap + gap.join(rng.choice([inline, block, block])(rng, depth - 1) for _ in range(rng.randint(1, 3))) + gap)


def html(rng):
    chance = rng.random()
    if chance < 0.25:
        text = words(rng) + inline(rng) + words(rng)
    else:
        text = rng.choice(["", "\n"]).join(rng.choice([block, block, inline])(rng) for _ in range(rng.randint(1, 4)))
    # Some are broken on purpose.
    while rng.random() < 0.12 and text:
        place = rng.randrange(len(text))
        text = rng.choice([text[:place] + text[place + 1:], text[:place] + rng.choice(["<", ">", "&", '"', "</p>", "</b>", "<b>", "/", "=", "<p>", "-->", "\r\n", "<li>", "<td>"]) + text[place:]])
    return text


# --- Markdown ---------------------------------------------------------------------------------------------------------

PIECES = ["a", "été", "Bonjour le monde", "*gras*", "**gras**", "_ital_", "__b__", "`code`", "`a < b`", "``x ` y``", "[l](http://x.y)", '[l](/a_b "t")', "![i](/x.png)", "<http://x.y/z>",
          "http://x.y/a_b_c", "a & b", "&amp;", "5 < 6", "a > b", "<b>x</b>", "<br>", "<br/>", '<span class="x_y">s</span>', "\\*", "\\_", "\\", "a_b_c", "snake_case_name", "2 * 3 * 4", "***x***", "**_y_**",
          "- x", "1. x", "#1", "# x", "(c)", "[x]", "[x][y]", "!", "|", "a | b", "...", "'q'", '"r"', "100 %", "~~s~~", "*", "_", "**", "`", "é*à*", "株式会社", "👩‍🚀", "a@b.c", "<a@b.c>", "{{ x }}", "x\ty",
          "C:\\tmp", ":", "-", "=", ">", "  ", "<div>", "</div>", "*a **b** c*", "**a *b* c**", "[**b** `c`](u)", "[![i](a.png)](b)", "&copy", "&nbsp;", "&#39;", "€ 12,50", "12/11/2026", "+33 6"]
MILD = [piece for piece in PIECES if piece not in ("*", "_", "**", "`", "<div>", "</div>", "=", ">", "<a@b.c>", "***x***", "|", "a | b", "  ", "\\", "C:\\tmp", "- x", "1. x", "株式会社", "&copy")]


def span(rng, odd):
    return " ".join(rng.choice(PIECES if odd else MILD) for _ in range(rng.randint(1, 4)))


def list_lines(rng, odd, depth=0):
    mark = rng.choice(["-", "*", "+", "1."])
    found = []
    for number in range(rng.randint(1, 4)):
        own = f"{number + 1}." if mark == "1." else mark
        found.append(f"{own} {span(rng, odd)}{rng.choice(['', '', '', '  '])}")
        if depth < 2 and rng.random() < 0.25:
            pad = " " * rng.choice([2, 4, 4, 4, 3])
            found += [pad + line for line in list_lines(rng, odd, depth + 1)]
        if rng.random() < 0.15:
            found.append(rng.choice(["", "lazy", "", "  more", "    para"][: 5 if odd else 3]))
    return found


def table_lines(rng, odd):
    width = rng.randint(1, 3)
    bar = rng.random() < 0.8
    row = lambda cells: ("| " if bar else "") + " | ".join(cells) + (" |" if bar else "")
    return [row([span(rng, False) for _ in range(width)]), row([rng.choice(["---", ":--", "--:", ":-:", "-"]) for _ in range(width)])] + [
        row([span(rng, odd) for _ in range(width)]) for _ in range(rng.randint(1, 3))]


def markdown_block(rng, odd):
    kind = rng.random()
    if kind < 0.3:
        return [span(rng, odd) + rng.choice(["", "", "  "]) for _ in range(rng.randint(1, 3))]
    if kind < 0.42:
        return ["#" * rng.randint(1, 4 + 3 * odd) + rng.choice([" ", " ", " ", ""]) + span(rng, odd) + rng.choice(["", "", " #", "  "])]
    if kind < 0.47:
        return [span(rng, odd), rng.choice(["===", "---", "------", "=", "--", "-"][: 6 if odd else 3])]
    if kind < 0.52:
        return [rng.choice(["---", "***", "* * *", "_ _ _", "- - -", "-----", " ---", "-*-"][: 8 if odd else 6])]
    if kind < 0.7:
        return list_lines(rng, odd)
    if kind < 0.78:
        return ["> " + line if line else rng.choice([">", "> "]) for line in markdown_text(rng, odd, 2).strip("\n").split("\n")]
    if kind < 0.86:
        return table_lines(rng, odd)
    if kind < 0.92:
        return ["```" + rng.choice(["", "python", "js", "c++"])] + [rng.choice(["x = 1", "if a < b:", "a & b", "    y", "", "word"][: 6 if odd else 4]) for _ in range(rng.randint(1 - odd, 3))] + ["```"]
    if kind < 0.96:
        return ["    " + rng.choice(["x = 1", "<b>", "* y"]) for _ in range(rng.randint(1, 2))]
    return [rng.choice(["<div>x</div>", '<p class="a">b *c*</p>', "<!-- x -->", "<script>x</script>", "<hr>", "<style>x</style>"][: 6 if odd else 4])] if rng.random() < 0.6 else ["<div>", span(rng, odd), "</div>"]


def markdown_text(rng, odd, most=5):
    lines = []
    for _ in range(rng.randint(1, most)):
        lines += markdown_block(rng, odd)
        if rng.random() < (0.8 if odd else 0.97):
            lines += [""] * rng.choice([1, 1, 1, 2])
    return "\n".join(lines)


def markdown(rng):
    odd = rng.random() < 0.4
    text = markdown_text(rng, odd)
    while odd and rng.random() < 0.25 and text:
        place = rng.randrange(len(text))
        text = rng.choice([text[:place] + text[place + 1:], text[:place] + rng.choice(["\n", " ", "*", "_", "`", "#", "-", ">", "<", "[", "]", "(", ")", "|", "\\", "\r\n", "\t", "    ", "&"]) + text[place:]])
    return text


# --- Addresses --------------------------------------------------------------------------------------------------------

URL_PIECES = ["http://", "https://", "http:", "mailto:", "//", "/", "/", "/", "..", ".", "./", "../", "?", "#", ";", "a", "b c", "é", "x.y", "app", "a=1&b=2", ":", ":8000", "%20", "@", "HTTPS:", "tel:", "x"]
ADDRESS_PIECES = ['href="', "href='", "href=", "src = \"", "src=", "href", " src", '"', "'", ">", " ", "/a.png", "b c", "http://x.y/é", "https://x/a b", "mailto:a@b", "data:x", "#h", "tel:1", ": url(", ":url('", ":  url(", ")",
                  "')", '")', "<a ", "=", "\n", "&amp;", "hrefsrc=", "x(y)", "!"]


def get_url_text(rng):
    return "".join(rng.choice(URL_PIECES) for _ in range(rng.randint(1, 7)))


def addresses(rng):
    return "".join(rng.choice(ADDRESS_PIECES) for _ in range(rng.randint(1, 9)))


MAKERS = {"get_url": get_url_text, "quote_urls": addresses, "scrub_urls": addresses, "sanitise": html, "markdown": markdown, "raven": markdown, "to_markdown": html}

if __name__ == "__main__":
    if sys.argv[1] == "make":
        for kind, maker in MAKERS.items():
            if sys.argv[4:] not in ([kind], [] if kind != "raven" else None):
                continue
            rng = random.Random(int(sys.argv[2]))
            for _ in range(int(sys.argv[3])):
                say(kind, maker(rng))
    else:
        for line in sys.stdin:
            case = json.loads(line)
            say(case["kind"], case["text"])
