"""Makes templates at random and answers each as Jinja2 3.1 does in the host's kind of environment.

jinja_templates.py SEED COUNT: one JSON line per template, {"template": t, "text": s} or {"template": t, "error": [type, message]}.
Exit status 3: there is no Jinja2 3.1 on CPython 3.11.
"""
import json
import random
import signal
import sys

try:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment
except ImportError:
    sys.exit(3)
if not jinja2.__version__.startswith("3.1.") or sys.version_info[:2] != (3, 11):
    sys.exit(3)

rng = random.Random(int(sys.argv[1]))
environment = SandboxedEnvironment(undefined=jinja2.DebugUndefined)
# The host adds this one; its other filters do not come up here.
environment.filters["len"] = len

NAMES = ["a", "b", "c", "items", "d", "foo", "ns", "loop", "x", "m", "caller", "été"]
LITERALS = ["0", "1", "2", "3", "-1", "10", "1.5", "0.1", "2.0", "1_000", "0x1f", "0b11", "007", "1e3", "'ab'", '"é"', "''", "'a b-c'", "'<i>&'",
            "true", "false", "none", "True", "None", "[]", "[3, 1, 2]", "['b', 'A']", "(1, 2)", "{'k': 1, 'l': 'v'}", "{}", "'%s'", "'{}-{}'", "'a\\n\\u00e9'", "'x' 'y'"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
FILTERS = ["abs", "upper", "lower", "title", "capitalize", "trim", "length", "count", "first", "last", "list", "join", "join(', ')", "join(', ', attribute='k')", "default('-')",
           "d('-', true)", "replace('a', 'b')", "replace('a', 'b', 1)", "round", "round(1)", "round(2, 'ceil')", "sort", "sort(reverse=true)", "unique|list", "reverse|list", "sum", "sum(start=1)",
           "min", "max", "batch(2)|list", "batch(3, 'z')|list", "slice(2)|list", "map('upper')|list", "map(attribute='k')|list", "select|list", "select('odd')|list", "reject('odd')|list",
           "selectattr('k')|list", "rejectattr('k', 'defined')|list", "truncate(3)", "truncate(4, true, '…')", "indent", "indent(2, true)", "center(9)", "string", "float", "escape", "e", "safe",
           "striptags", "wordcount", "urlencode", "format(1)", "format(1, 2)", "dictsort", "items|list", "groupby('k')", "xmlattr", "tojson", "filesizeformat", "forceescape", "pprint",
           "attr('upper')", "random", "nope", "first|upper", "wordwrap(5)", "select('nope')|list", "map('nope')|list", "default(x.y)"]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "odd", "even", "divisibleby(2)", "divisibleby 3", "in [1, 2]",
         "eq 1", "sameas none", "lower", "upper", "true", "false", "callable", "escaped", "gt 1", "ne 'a'", "nope", "filter", "test"]
ATTRIBUTES = [".k", ".upper()", ".x", "['k']", "[0]", "[-1]", "[1:]", "[::-1]", "[:2]", ".0", "['x']", ".items()", ".keys()|list", ".format(1, 2)", ".split(' ')", ".strip()", ".append(1)",
              ".count('a')", ".index(1)", ".startswith('a')", ".get('k')", ".real", ".title()", "()", "(1)", "(x=1)", "._x", "[1, 2]"]


def expression(depth=3):
    if depth <= 0 or rng.random() < 0.2:
        return rng.choice(NAMES) if rng.random() < 0.4 else rng.choice(LITERALS)
    kind = rng.random()
    if kind < 0.25:
        return f"{expression(depth - 1)} {rng.choice(BINARY)} {expression(depth - 1)}"
    if kind < 0.45:
        return f"{expression(depth - 1)}|{rng.choice(FILTERS)}"
    if kind < 0.55:
        return f"{expression(depth - 1)} is {rng.choice(['', 'not '])}{rng.choice(TESTS)}"
    if kind < 0.7:
        return f"{expression(depth - 1)}{rng.choice(ATTRIBUTES)}"
    if kind < 0.76:
        return f"({expression(depth - 1)})"
    if kind < 0.8:
        return f"not {expression(depth - 1)}"
    if kind < 0.83:
        return f"-{expression(depth - 1)}"
    if kind < 0.87:
        return f"[{expression(depth - 1)}, {expression(depth - 1)}]"
    if kind < 0.9:
        return "{'k': %s}" % expression(depth - 1)
    if kind < 0.93:
        return f"({expression(depth - 1)}, {expression(depth - 1)})"
    if kind < 0.95:
        return f"range({rng.choice(['3', '1, 4', '0', '5, 0, -2', expression(0)])})"
    if kind < 0.97:
        return f"{rng.choice(['m', 'loop.cycle', 'loop.changed', 'dict', 'caller'])}({expression(depth - 2)})"
    return f"{expression(depth - 1)} if {expression(depth - 1)}" + (f" else {expression(depth - 1)}" if rng.random() < 0.7 else "")


def begin(mark="%"):
    return "{" + mark + rng.choice(["", "", "", "-", "+", " "]) + " "


def end(mark="%"):
    return " " + rng.choice(["", "", "", "-", "+" if mark == "%" else ""]) + (mark + "}" if mark != "{" else "}}")


def tag(text):
    return begin() + text + end()


def text():
    return rng.choice(["", " ", "\n", "a", "é ", " b\n", "\r\n", "{", "}", "<!-- -->", "\u00a0", "\t", "x\n\n", "% }", "{ {"])


def body(depth):
    return "".join(text() + statement(depth) for _ in range(rng.randint(0, 2))) + text()


def statement(depth):
    kind = rng.random()
    if depth <= 0 or kind < 0.45:
        return "{{" + rng.choice(["", "-", " "]) + " " + expression() + " " + rng.choice(["", "-"]) + "}}"
    if kind < 0.6:
        parts = tag("if " + expression(2)) + body(depth - 1)
        if rng.random() < 0.3:
            parts += tag("elif " + expression(2)) + body(depth - 1)
        if rng.random() < 0.5:
            parts += tag("else") + body(depth - 1)
        return parts + tag("endif")
    if kind < 0.75:
        target = rng.choice(["x", "x", "a", "a, b", "x, (a, b)"])
        iterable = rng.choice(["items", "[1, 2, 3]", "'ab'", "{'k': 1}.items()", "[[1, 2], [3, 4]]", expression(2)])
        condition = rng.choice(["", "", " if x", " if x is odd", " if loop"])
        inner = body(depth - 1) + rng.choice(["", "{{ loop.index }}", "{{ loop.last }}{{ x }}", "{{ loop.length }}", "{{ loop.nextitem }}", "{{ loop.revindex0 }}"])
        other = tag("else") + body(depth - 1) if rng.random() < 0.3 else ""
        return tag(f"for {target} in {iterable}{condition}") + inner + other + tag("endfor")
    if kind < 0.85:
        return tag(rng.choice(["set a = ", "set b = ", "set a, b = ", "set ns.n = ", "set items = ", "set c = "]) + expression(2))
    if kind < 0.88:
        return tag(rng.choice(["set a", "set b|upper", "filter upper", "filter replace('a', 'b')|trim"])) + body(depth - 1) + tag(rng.choice(["endset", "endfilter"]))
    if kind < 0.92:
        return tag(rng.choice(["with", "with a = 1", f"with a = {expression(1)}, b = a"])) + body(depth - 1) + tag("endwith")
    if kind < 0.96:
        return tag(rng.choice(["macro m(x)", "macro m(x, y=1)", "macro m()", "macro m(x=a)"])) + body(depth - 1) + rng.choice(["", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}"]) + tag("endmacro")
    if kind < 0.98:
        return tag(rng.choice(["call m()", "call(x) m(1)", "call m(1)"])) + body(depth - 1) + tag("endcall")
    return rng.choice([tag("raw") + body(1) + tag("endraw"), "{# " + text() + " #}", "{#- x -#}", tag("block z") + body(depth - 1) + tag("endblock"), tag("do x"), tag("include 'x'"),
                       tag("break"), tag("autoescape false") + body(depth - 1) + tag("endautoescape"), tag("print a, 1")])


ODD = list("{}%#()[]'\"|.,:;~=!<>+-*/\\?$&@^` \n\r\té²½😀0aN") + ["\u00a0", "\u2003", "\x1f", "\x0b", "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", " in ", " is ", " not ", "raw", "endraw", "1.", "0x", "1e"]


def mutated(template):
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


def late(_signal, _frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, late)
for _ in range(int(sys.argv[2])):
    start = rng.choice(["", "", "{% set a = 1 %}", "{% set items = [1, 'b', none] %}", "{% set ns = namespace(n=0) %}", "{% set d = {'k': 'v'} %}"])
    template = start + body(3)
    if rng.random() < 0.4:
        template = mutated(template)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        answer = {"text": environment.from_string(template).render()}
    except TimeoutError:
        continue
    except Exception as error:
        module = type(error).__module__
        answer = {"error": [type(error).__name__ if module == "builtins" else f"{module}.{type(error).__name__}", str(error)]}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    line = json.dumps({"template": template, **answer})
    # An address in memory is another one each time.
    if " object at 0x" not in line and "0x7f" not in line:
        print(line)
