"""Templates at random: every statement, filter and test of Jinja2, with plausible and with odd arguments."""

NAMES = ["a", "b", "c", "items", "d", "foo", "ns", "loop", "x", "m", "caller", "été", "self", "varargs", "kwargs"]
LITERALS = ["0", "1", "2", "3", "-1", "10", "1.5", "0.1", "2.0", "1_000", "0x1f", "0b11", "007", "1e3", "257", "12345678901234567890", "'ab'", '"é"', "''", "'a b-c'", "'<i>&'",
            "true", "false", "none", "True", "None", "[]", "[3, 1, 2]", "['b', 'A']", "(1, 2)", "{'k': 1, 'l': 'v'}", "{}", "'%s'", "'{}-{}'", "'a\\n\\u00e9'", "'x' 'y'",
            "'foo bar baz qux'", "'Hello-World foo'", "'a\\tb\\r\\nc'", "[[1, 2], [3]]", "[{'k': 1}, {'k': 2}]", "[{'k': 'b', 'n': 1}, {'k': 'A', 'n': 2}, {'k': 'a'}]", "'ß ǆ İ'", "'12'", "' 3.5 '", "'1e2'",
            "'see http://x.yz/a?b=1 or www.z.fr.'", "'mail a@b.fr'", "'<b>x &amp; y</b> <!-- c -->'", "'\\N{BULLET}'", "'it\\'s'", "[1, 1.0, true]", "('a',)", "{'b': [1], 'a': none}"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "**"]
# Arguments that come before random ones: none, plausible, odd.
FILTERS = {
    "abs": ["", "(1)"], "attr": ["('upper')", "('k')", "('x')", "('_x')", "()", "(1)", "(name='real')"],
    "batch": ["(2)|list", "(3, 'z')|list", "(2, fill_with=0)|list", "(linecount=1)|list", "(0)|list", "()|list", "(2)"],
    "capitalize": [""], "center": ["", "(9)", "(width=5)", "(2)", "('a')"], "count": [""], "d": ["('-')", "('-', true)"],
    "default": ["('-')", "('-', true)", "(default_value=1)", "('-', boolean=true)", "", "(x.y)"],
    "dictsort": ["", "(true)", "(by='value')", "(reverse=true)", "(false, 'value', true)", "(by='nope')"],
    "e": [""], "escape": ["", "|upper", "~'<'", " + '<b>'", "|safe"], "filesizeformat": ["", "(true)", "(binary=true)"],
    "first": ["", "|upper"], "float": ["", "(1)", "(default='x')"], "forceescape": [""], "format": ["(1)", "(1, 2)", "()", "(a=1)", "('x')", "(1, a=2)"],
    "groupby": ["('k')", "('k', 'z')", "('k', default=0)", "(0)", "('k', case_sensitive=true)", "('k')|map('first')|list", "('k')|map(attribute='list')|list"],
    "indent": ["", "(2)", "(2, true)", "(2, true, true)", "('> ')", "(width=1, blank=true)", "(-1)", "(2, first=true)"],
    "items": ["|list", ""], "join": ["", "(', ')", "(', ', attribute='k')", "(1)", "(attribute='n')", "(d='-')", "('<')"],
    "last": ["", "|lower"], "len": [""], "length": [""], "list": [""], "lower": [""],
    "map": ["('upper')|list", "(attribute='k')|list", "(attribute='k', default='z')|list", "('int')|list", "('default', '-')|list", "('nope')|list", "()|list", "('round', 1)|list",
            "('first')|join", "(attribute='k.x')|list", "('attr', 'k')|list", "(upper)|list"],
    "max": ["", "(true)", "(attribute='k')", "(case_sensitive=true)"], "min": ["", "(attribute='n')"], "pprint": [""], "random": [""],
    "reject": ["('odd')|list", "|list", "('in', [1])|list", "('nope')|list"], "rejectattr": ["('k')|list", "('k', 'defined')|list", "('k', 'eq', 1)|list", "()|list"],
    "replace": ["('a', 'b')", "('a', 'b', 1)", "('', '-')", "('a')", "('o', '<', count=1)", "(1, 2)", "('a', 'b', none)"],
    "reverse": ["|list", "", "|first"], "round": ["", "(1)", "(2, 'ceil')", "(1, 'floor')", "(method='nope')", "(-1)", "(precision=2)", "('x')"],
    "safe": ["", "|upper", " + '<'", "|escape"], "select": ["|list", "('odd')|list", "('nope')|list", "('divisibleby', 2)|list", "('string')|list", "('gt', 1)|list", "('sameas', 1)|list"],
    "selectattr": ["('k')|list", "('k', 'eq', 1)|list", "('x.y')|list", "('k', 'in', ['a'])|list", "('k', 'nope')|list"],
    "slice": ["(2)|list", "(3, 'z')|list", "(0)|list", "(1, fill_with=none)|list", "()|list"],
    "sort": ["", "(reverse=true)", "(true, true)", "(attribute='k')", "(attribute='k,n')", "(case_sensitive=true)", "(attribute='n', reverse=true)"],
    "string": ["", "|upper"], "striptags": [""], "sum": ["", "(start=1)", "(attribute='k')", "('k', 10)", "(start='')"], "title": [""],
    "tojson": ["", "(2)", "(indent=1)", "(indent='-')"], "trim": ["", "('a')", "(chars=' a')", "(1)"],
    "truncate": ["(3)", "(4, true, '…')", "(5, false, '', 0)", "(length=9, killwords=true)", "(9, end='..')", "(2)", "(8, leeway=0)", "('x')", ""],
    "unique": ["|list", "(true)|list", "(attribute='k')|list", "|join(',')"], "upper": [""], "urlencode": [""],
    "urlize": ["", "(10)", "(nofollow=true)", "(target='_blank')", "(5, true, '_x', 'me')", "(rel='x y')", "(extra_schemes=['tel:'])", "(extra_schemes=['1'])"],
    "wordcount": [""], "wordwrap": ["(5)", "(3)", "(9, false)", "(7, true, '<br>')", "(width=6, wrapstring='|')", "", "(4, break_on_hyphens=false)", "(0)", "('x')"],
    "xmlattr": ["", "(false)", "(autospace=true)"], "nope": ["", "(1)"],
}
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "odd", "even", "divisibleby(2)", "divisibleby 3",
         "divisibleby(0)", "in [1, 2]", "in 'abc'", "in(3)", "eq 1", "equalto 'a'", "== 1", "sameas none", "sameas true", "sameas(1)", "sameas 'ab'", "sameas('')", "sameas 257", "sameas(a)", "sameas 1.5",
         "lower", "upper", "true", "false", "callable", "escaped", "gt 1", "greaterthan(0)", "ge 1", "lt 2", "lessthan 2", "le 0", "ne 'a'", "nope", "filter", "test", "odd(1)", "eq", "defined and x"]
ATTRIBUTES = [".k", ".x", "['k']", "[0]", "[-1]", "[1:]", "[::-1]", "[:2]", ".0", "['x']", "()", "(1)", "(x=1)", "._x", "[1, 2]", "['_x']", ".real", "[1.5]", "[none]", "[:'a']", "(*[1, 2])", "(**{'a': 1})",
              ".items", ".keys", ".format", ".append", "['upper']", ".__class__", "[x]", ".a.b", "[::0]"]
METHODS = ["upper()", "lower()", "title()", "capitalize()", "swapcase()", "casefold()", "strip()", "strip('a')", "lstrip()", "rstrip('\\n')", "split()", "split(' ')", "split(',', 1)", "rsplit(' ', 1)", "split('')",
           "splitlines()", "splitlines(true)", "partition(' ')", "rpartition('-')", "replace('a', 'b')", "replace('a', 'b', 1)", "find('a')", "rfind('b')", "index('a')", "rindex('z')", "count('a')",
           "startswith('a')", "startswith(('a', 'b'))", "endswith('b')", "startswith(1)", "isdigit()", "isalpha()", "isalnum()", "isspace()", "isupper()", "islower()", "istitle()", "isnumeric()", "isdecimal()",
           "isidentifier()", "isprintable()", "isascii()", "zfill(5)", "center(7, '*')", "ljust(4)", "rjust(4, '-')", "expandtabs(4)", "encode()", "encode('ascii', 'ignore')", "join(['a', 'b'])", "join([1])",
           "join('xyz')", "removeprefix('a')", "removesuffix('b')", "translate({97: 'z'})", "format(1, 2)", "format(a=1)", "format()", "format_map({'a': 1})", "append(1)", "extend([1])", "insert(0, 'z')", "pop()",
           "pop(0)", "remove(1)", "index(1)", "count(1)", "sort()", "sort(reverse=true)", "reverse()", "copy()", "clear()", "get('k')", "get('z', 0)", "get()", "keys()|list", "values()|list", "items()|list", "items()",
           "update({'z': 1})", "update(z=1)", "setdefault('z', [])", "pop('k')", "pop('z')", "pop('z', none)", "popitem()", "fromkeys(['a'])", "real", "imag", "bit_length()", "is_integer()", "as_integer_ratio()",
           "conjugate()", "hex()", "numerator", "union([1])", "add(1)", "nope()", "upper(1)", "split(sep=' ', maxsplit=1)", "maketrans('a', 'b')", "title(x=1)"]
PERCENT = ["%s", "%d", "%i", "%5d|", "%-5s|", "%05.1f", "%.2f", "%x", "%X", "%#o", "%e", "%g", "%r", "%a", "%c", "%%", "%(k)s", "%(k)d", "%+d", "% d", "%*d", "%.*f", "%z", "%", "%.3s", "%5", "%ld", "%(k"]
BRACES = ["{}", "{0}", "{1}", "{a}", "{0!r}", "{!s:>5}|", "{:>6}|", "{:*^7}", "{:05d}", "{:,}", "{:.2f}", "{:,.2f}", "{:e}", "{:g}", "{:%}", "{:x}", "{:#b}", "{:c}", "{:+}", "{:_}", "{0[0]}", "{0.k}", "{0[k]}", "{0._x}",
          "{{}}", "{", "}", "{0", "{:z}", "{!x}", "{0.real}", "{:{}}", "{:{1}}", "{a.b}", "{0[x]}", "{ 0}", "{:d}", "{:s}", "{:10}|", "{:<3}|", "{:=+6}", "{0[-1]}", "{:.1%}", "{0.upper}", "{:n}"]
TEXTS = ["", " ", "\n", "a", "é ", " b\n", "\r\n", "{", "}", "<!-- -->", "\u00a0", "\t", "x\n\n", "% }", "{ {", "#", "\r", "-", "  \n  ", "{{'{{'}}"]
ODD = list("{}%#()[]'\"|.,:;~=!<>+-*/\\?$&@^` \n\r\té²½😀0aN") + ["\u00a0", "\u2003", "\x1f", "\x0b", "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "+%}", "{{-", " in ", " is ", " not ", "raw", "endraw", "1.", "0x", "1e",
                                                                 " if ", " else ", " recursive ", "**", "==", "{% endif %}", "{% endfor %}", "{% else %}", " import ", "true"]


FIELDS = ["title", "qty", "total", "ratio", "note", "urgent", "lines", "spans", "day", "moment", "span", "nope", "lines[0]", "lines[1]", "lines[2]", "lines[0].title", "lines[-1].rate", "get('title')", "get('nope', '-')", "day.year", "day.month",
          "day.strftime('%d/%m/%Y')", "moment.hour", "moment.isoformat()", "moment.date()", "span.days", "span.seconds", "span.total_seconds()", "day.weekday()", "day.nope", "note.x", "total.real", "lines.0.qty", "lines|length",
          "lines|map(attribute='qty')|list", "lines|sum(attribute='qty')", "lines|selectattr('qty')|list", "lines|sort(attribute='rate')", "lines|map(attribute='title')|join(', ')", "lines|groupby('qty')", "day - doc.day", "moment - doc.span",
          "day < doc.moment.date()", "day == '2026-11-20'", "day > '2026-01-01'", "day ~ ''", "moment|string", "lines|first", "total|round(1)", "title|upper", "lines|tojson", "lines|pprint", "_x", "get", "title._x"]


class Grammar:
    def __init__(self, rng):
        self.rng = rng

    def pick(self, *options):
        return self.rng.choice(options)

    def chance(self, share):
        return self.rng.random() < share

    def template(self):
        start = self.pick("", "", "", "{% set a = 1 %}", "{% set items = [1, 'b', none] %}", "{% set ns = namespace(n=0) %}", "{% set d = {'k': 'v'} %}", "{% set a = 'ab' %}{% set b = [3, 1] %}",
                          "{% macro m(x, y=2) %}{{ x }}{{ y }}{% endmacro %}")
        kind = self.rng.random()
        if kind < 0.35:
            # One operation alone: what is odd about it is not hidden behind another error.
            template = start + "{{ " + self.operation() + " }}"
        else:
            template = start + self.body(3)
        return self.mutated(template) if self.chance(0.25) else template

    def operation(self):
        if self.chance(0.12):
            value = f"doc.{self.rng.choice(FIELDS)}"
            return self.pick(value, f"{value}|{self.filter()}", f"{value} {self.rng.choice(BINARY)} {self.rng.choice(LITERALS)}", f"{value} is {self.rng.choice(TESTS)}", f"'{self.rng.choice(BRACES)}'.format({value})", f"'{self.rng.choice(PERCENT)}' % {value}")
        value = self.rng.choice(LITERALS) if self.chance(0.9) else self.rng.choice(NAMES)
        kind = self.rng.random()
        if kind < 0.4:
            return f"{value}|{self.filter()}"
        if kind < 0.55:
            return f"{value}.{self.rng.choice(METHODS)}"
        if kind < 0.65:
            return f"{value} is {self.pick('', 'not ')}{self.rng.choice(TESTS)}"
        if kind < 0.75:
            return f"'{self.rng.choice(PERCENT)}{self.pick('', 'z', self.rng.choice(PERCENT))}' % {self.pick(value, f'({value},)', f'({value}, {self.rng.choice(LITERALS)})', '{}')}"
        if kind < 0.87:
            return f"'{self.rng.choice(BRACES)}{self.pick('', '-', self.rng.choice(BRACES))}'.format({self.pick(value, f'{value}, {self.rng.choice(LITERALS)}', f'a={value}', '')})"
        if kind < 0.93:
            return self.call()
        return f"{value} {self.rng.choice(BINARY)} {self.rng.choice(LITERALS)}"

    def call(self):
        value = self.expression(1)
        return self.pick(f"json.dumps({value})", f"json.dumps({value}, indent=2)", f"json.dumps({value}, sort_keys=true, ensure_ascii=false)", f"json.dumps({value}, separators=(',', ':'))",
                         f"json.dumps({value}, indent='--')", f"json.loads(json.dumps({value}))", f"json.loads('{self.json()}')", f"json.loads({value})", f"sorted({value})", f"max({value})", f"min({value})",
                         f"sum({value})", f"list({value})", f"set({value})|list", f"dict({value})", f"tuple({value})", f"abs({value})", f"all({value})", f"any({value})", f"bool({value})", f"enumerate({value})|list",
                         f"max({value}, 2)", f"sorted({value}, reverse=true)", f"isinstance({value}, list)", f"isinstance({value}, (dict, tuple))", f"isinstance({value}, int)", f"issubclass(bool, list)",
                         f"isinstance({value})", f"dict({value}, a=1)", f"dict(a={value})", f"cycler({value}, 2).next()", f"joiner({value})()", f"namespace(a={value}).a", f"range({value})|list", f"namespace({value})",
                         f"lipsum(n={value}).x", f"cycler({value}).current", "isinstance(1, bool)", "isinstance(true, (bool, list))", "range(3)", "range(1, 10, 3)|list", "cycler()", "lipsum")

    def json(self):
        text = self.pick("[1, 2.0, null]", '{"a": [true, false]}', '"x\\\\u00e9\\\\n"', "12", "-0.5e3", "NaN", "-Infinity", "[1,]", '{"a" 1}', "{'a': 1}", "tru", "[1", '"a', "  7 ", "1 2", "", '{"a": 1, }', "01", "1.", '"\\\\x"',
                         '"\\\\ud83d\\\\ude00"', "[", "{", '{"a":', "[1 2]", '{"a": 1 "b": 2}', "-", "1e5", "123456789012345678901", '{"a": 1, "a": 2}', '"tab\\there"', "\\n[\\n1,\\n x]")
        return text

    def filter(self):
        name = self.rng.choice(list(FILTERS))
        if self.chance(0.1):
            return f"{name}({self.expression(1)})"
        return name + self.rng.choice(FILTERS[name])

    def expression(self, depth=3):
        rng = self.rng
        if self.chance(0.1):
            return f"doc.{rng.choice(FIELDS)}" if self.chance(0.95) else "doc"
        if depth <= 0 or self.chance(0.2):
            return rng.choice(NAMES) if self.chance(0.4) else rng.choice(LITERALS)
        kind = rng.random()
        if kind < 0.22:
            return f"{self.expression(depth - 1)} {rng.choice(BINARY)} {self.expression(depth - 1)}"
        if kind < 0.42:
            return f"{self.expression(depth - 1)}|{self.filter()}"
        if kind < 0.52:
            return f"{self.expression(depth - 1)} is {self.pick('', 'not ')}{rng.choice(TESTS)}"
        if kind < 0.6:
            return f"{self.expression(depth - 1)}{rng.choice(ATTRIBUTES)}"
        if kind < 0.68:
            return f"{self.expression(depth - 1)}.{rng.choice(METHODS)}"
        if kind < 0.73:
            return f"({self.expression(depth - 1)})"
        if kind < 0.77:
            return f"{self.pick('not ', '-', '+', 'not not ', '- -')}{self.expression(depth - 1)}"
        if kind < 0.82:
            return self.pick(f"[{self.expression(depth - 1)}, {self.expression(depth - 1)}]", "{'k': %s}" % self.expression(depth - 1), f"({self.expression(depth - 1)}, {self.expression(depth - 1)})", f"({self.expression(depth - 1)},)")
        if kind < 0.85:
            return f"range({self.pick('3', '1, 4', '0', '5, 0, -2', self.expression(0))})"
        if kind < 0.88:
            return f"{self.pick('m', 'loop.cycle', 'loop.changed', 'dict', 'caller', 'loop', 'self.z', 'super')}({self.expression(depth - 2)})"
        if kind < 0.91:
            return self.operation()
        if kind < 0.93:
            return f"{self.expression(depth - 1)} {self.pick('<', '==', 'in')} {self.expression(depth - 1)} {self.pick('<', '!=', 'not in')} {self.expression(depth - 1)}"
        return f"{self.expression(depth - 1)} if {self.expression(depth - 1)}" + (f" else {self.expression(depth - 1)}" if self.chance(0.7) else "")

    def tag(self, text):
        return "{%" + self.pick("", "", "", "-", "+", " ") + " " + text + " " + self.pick("", "", "", "-", "+") + "%}"

    def text(self):
        return self.rng.choice(TEXTS)

    def body(self, depth):
        return "".join(self.text() + self.statement(depth) for _ in range(self.rng.randint(0, 2))) + self.text()

    def statement(self, depth):
        kind = self.rng.random()
        if depth <= 0 or kind < 0.4:
            return "{{" + self.pick("", "-", " ", "+") + " " + self.expression() + " " + self.pick("", "", "-") + "}}"
        inner = self.body(depth - 1)
        if kind < 0.52:
            parts = self.tag("if " + self.expression(2)) + inner
            for _ in range(self.pick(0, 0, 1)):
                parts += self.tag("elif " + self.expression(2)) + self.body(depth - 1)
            if self.chance(0.5):
                parts += self.tag("else") + self.body(depth - 1)
            return parts + self.tag("endif")
        if kind < 0.68:
            return self.loop(depth, inner)
        if kind < 0.77:
            return self.tag(self.pick("set a = ", "set b = ", "set a, b = ", "set ns.n = ", "set items = ", "set c = ", "set loop = ", "set a.b = ", "set (a, b) = ") + self.pick(self.expression(2), "1, 2"))
        if kind < 0.81:
            return self.tag(self.pick("set a", "set b|upper", "set a|replace('a', 'b')|trim", "set ns.n")) + inner + self.tag("endset")
        if kind < 0.84:
            return self.tag("filter " + self.filter()) + inner + self.tag("endfilter")
        if kind < 0.87:
            return self.tag(self.pick("with", "with a = 1", f"with a = {self.expression(1)}, b = a", "with a, b = (1, 2)")) + inner + self.tag("endwith")
        if kind < 0.91:
            parameters = self.pick("x", "x, y=1", "", "x=a", "x, x", "x=1, y", "y=x, x=2", "caller", "x, caller=none")
            return self.tag(f"macro m({parameters})") + inner + self.pick("", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ caller(1) }}", "{{ x }}") + self.tag(self.pick("endmacro", "endmacro m")) + self.pick(
                "", "{{ m(1) }}", "{{ m() }}", "{{ m(1, 2, 3) }}", "{{ m(x=1, z=2) }}", "{{ m }}", "{{ m.name }}{{ m.arguments }}", "{{ m(1, x=2) }}")
        if kind < 0.94:
            return self.tag(self.pick("call m()", "call(x) m(1)", "call m(1)", "call(a, b=2) m(x=1)", "call foo()", "call m")) + inner + self.tag("endcall")
        if kind < 0.96:
            name = self.pick("z", "z", "a")
            return self.tag(f"block {name}{self.pick('', '', ' scoped', ' required')}") + inner + self.tag(self.pick("endblock", f"endblock {name}")) + self.pick("", f"{{{{ self.{name}() }}}}", "{{ self.q }}", "{{ super() }}")
        if kind < 0.98:
            return self.tag("autoescape " + self.pick("true", "false", "1", "a")) + inner + self.tag("endautoescape")
        return self.pick(self.tag("raw") + inner + self.tag("endraw"), "{# " + self.text() + " #}", "{#- x -#}", self.tag("do x"), self.tag("break"), self.tag("continue"), self.tag("debug"), self.tag("print a, 1"),
                         self.tag("trans") + "a" + self.tag("endtrans"), self.tag("endif"), self.tag("else"), self.tag(""), self.tag("raw") + "{{ x }}{% x", self.tag("import"), self.tag("extends"), self.tag("from 'x'"),
                         self.tag("include"), self.tag("set x"), self.tag("for x"), self.tag("macro"), self.tag("call"), self.tag("filter"), self.tag("with a"), self.tag("block"), self.tag("if"))

    def loop(self, depth, inner):
        target = self.pick("x", "x", "x", "a", "a, b", "x, (a, b)", "loop", "x.y")
        iterable = self.pick("items", "[1, 2, 3]", "'ab'", "{'k': 1}.items()", "[[1, 2], [3, 4]]", self.expression(2), "[[1, [2]], [3, []]]", "d|dictsort", "range(3)", "[1, 1, 2]", "foo")
        condition = self.pick("", "", "", " if x", " if x is odd", " if loop", " recursive", " if x recursive")
        ending = self.pick("", "{{ loop.index }}", "{{ loop.last }}{{ x }}", "{{ loop.length }}", "{{ loop.nextitem }}", "{{ loop.previtem }}", "{{ loop.revindex0 }}", "{{ loop.cycle('a', 'b') }}", "{{ loop.changed(x) }}",
                           "{{ loop(x) if x is sequence }}", "{{ loop.depth }}", "{{ loop }}", "{{ loop.first }}{{ loop.index0 }}", "{{ loop|length }}", "{{ loop.nope }}", "{% if not loop.last %}, {% endif %}")
        other = self.tag("else") + self.body(depth - 1) if self.chance(0.3) else ""
        return self.tag(f"for {target} in {iterable}{condition}") + inner + ending + other + self.tag("endfor") + self.pick("", "", "{{ x }}", "{{ loop }}")

    def mutated(self, template):
        rng = self.rng
        for _ in range(rng.randint(1, 2)):
            at = rng.randint(0, len(template))
            kind = rng.random()
            if kind < 0.5:
                template = template[:at] + rng.choice(ODD) + template[at:]
            elif kind < 0.85:
                template = template[:at] + template[at + rng.randint(1, 3):]
            else:
                template = template[:at]
        return template
