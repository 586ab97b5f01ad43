"""Random conditions over random documents, with what the host's two ways of running them answer, one JSON object a line.

usage: conditions.py MODE SEED CASES; exits with 3 when this is not CPython 3.11 with RestrictedPython 6.2.
MODE is "expressions", "blocks", "programs" (blocks that mostly run to their end), "mutations", "odd" (each builtin and
each method of each type with arguments that hardly fit), or "blank": any of the others on the blank document
of saving a Notification, which is sent as null. The mode "answers" takes conditions from standard input, one JSON object a
line (text, scripts, doc), and answers each: that is how a failing condition is made smaller.

The host's settings of RestrictedPython are told here in few words: which guards it provides and which it does not.
"""
import ast
import datetime
import json
import keyword
import random
import re
import resource
import signal
import sys
import unicodedata
import warnings

if sys.version_info[:2] != (3, 11) or sys.implementation.name != "cpython":
    sys.exit(3)
try:
    from importlib.metadata import version
    import RestrictedPython
    from RestrictedPython import Guards, compile_restricted, safe_globals
    from RestrictedPython.transformer import RestrictingNodeTransformer
    if version("RestrictedPython") != "6.2":
        sys.exit(3)
except ImportError:
    sys.exit(3)
warnings.simplefilter("ignore")
sys.unraisablehook = lambda _: None
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
MODE, SEED, CASES = sys.argv[1], sys.argv[2], int(sys.argv[3])
R = random.Random(f"{MODE} {SEED}")


# --- The host -------------------------------------------------------------------------------------------------------


class Policy(RestrictingNodeTransformer):
    def check_name(self, node, name, *args, **kwargs):
        if name != "_dict":
            super().check_name(node, name, *args, **kwargs)


UNSAFE = {"gi_frame", "gi_code", "gi_yieldfrom", "cr_frame", "cr_code", "cr_origin", "cr_await", "ag_code", "ag_frame",
          "tb_frame", "tb_next", "format", "format_map", "f_back", "f_builtins", "f_code", "f_globals", "f_locals", "f_trace"}


def readable(name):
    if name in UNSAFE:
        raise SyntaxError(f"{name} is an unsafe attribute")
    if name.startswith("_"):
        raise AttributeError(f'"{name}" is an invalid attribute name because it starts with "_"')


def read_or_none(of, name, default=None):
    readable(name)
    return getattr(of, name, default)


def read(of, name):
    readable(name)
    return getattr(of, name)


def item(of, key):
    if isinstance(key, str) and key.startswith("_"):
        raise SyntaxError("Key starts with _")
    return of[key]


def run(text, scripts, doc):
    names = {"doc": doc, "frappe": Namespace(), "nowdate": nowdate}
    walk = {"_getiter_": iter, "_iter_unpack_sequence_": Guards.guarded_iter_unpack_sequence, "_getitem_": item}
    if not scripts:
        text = unicodedata.normalize("NFKC", text)
        for node in ast.walk(ast.parse(text, mode="eval")):
            if isinstance(node, ast.NamedExpr):
                raise SyntaxError(f"Operation not allowed: line {node.lineno} column {node.col_offset}")
        code = compile_restricted(text, filename="<eval>", policy=Policy, mode="eval")
        whole = {"__builtins__": {}, "int": int, "float": float, "long": int, "round": round, "_getattr_": read, **walk}
        return eval(code, whole, names)
    tree = ast.parse(text, filename="<block>")
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        tree.body[0] = ast.Return(tree.body[0].value)
    # Measured: a condition of nothing but a comment is None.
    tree.body = tree.body or [ast.Pass()]
    of_function = ast.arguments(posonlyargs=[], args=[ast.arg(arg=name) for name in sorted(names)], vararg=None,
                                kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])
    wrapper = "evaluated_code_wrapper_function_"
    function = ast.FunctionDef(name=wrapper, args=of_function, body=tree.body, decorator_list=[], returns=None,
                               type_comment=None)
    call = ast.Call(func=ast.Name(id=wrapper, ctx=ast.Load()),
                    args=[ast.Name(id=name, ctx=ast.Load()) for name in sorted(names)], keywords=[])
    tree.body = [function, ast.Assign(targets=[ast.Name(id="answer", ctx=ast.Store())], value=call, type_comment=None)]
    text = ast.unparse(ast.fix_missing_locations(tree))
    own = [abs, all, any, bool, dict, enumerate, isinstance, issubclass, list, max, min, range, set, sorted, sum, tuple]
    whole = {**safe_globals, "_getattr_": read_or_none, "_write_": lambda of: of, **walk}
    whole.update((one.__name__, one) for one in own)
    whole["_"] = translate
    whole["_dict"], whole["style"] = Namespace, Namespace(border_color="#d1d8dd")
    exec(compile_restricted(text, filename="<script>", policy=Policy), whole, names)
    return names["answer"]


def translate(msg, lang=None, context=None):
    return msg


translate.__qualname__ = "_"


def nowdate():
    return "2026-11-20"


class Namespace(dict):
    """The host's `_dict`: a name that is not there reads as None."""

    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__

    def update(self, values):
        super().update(values)
        return self

    def copy(self):
        return Namespace(dict(self).copy())


Namespace.__module__, Namespace.__name__, Namespace.__qualname__ = "frappe", "_dict", "_dict"


class DocStatus(int):
    pass


DocStatus.__module__ = "frappe.model.docstatus"


def blank():
    """A new document as a plain dict."""
    return Namespace(
        name=None, owner="marie", creation=None, modified=None, modified_by=None, docstatus=DocStatus(0), idx=0,
        subject=None, status=None, qty=0, total=0.0, day=None, starts=None, urgent=0, note=None, doctype="Ticket", lines=[],
        __islocal=1, __unsaved=1)


class BaseDocument:
    """A document as far as these conditions reach into it."""

    def __init__(self, values):
        self.__dict__.update(values)

    def get(self, key, filters=None, limit=None, default=None):
        # What is no dict of filters is the default.
        return self.__dict__.get(key, filters if filters and not isinstance(filters, dict) else default)

    def set(self, key, value, as_value=False):
        self.__dict__[key] = value

    def update(self, values):
        for key, value in values.items():
            self.set(key, value)
        return self


class Document(BaseDocument):
    def __repr__(self):
        parent = f" parent={self.parent}" if "parent" in self.__dict__ else ""
        return f"<Document: {self.name}{parent}>"

    def __str__(self):
        return f"Document({self.name})"


KINDS = {"day": lambda text: datetime.date.fromisoformat(text), "starts": datetime.datetime.fromisoformat}


def document(sent):
    """The document that the host has for what the page is sent."""
    if sent is None:
        return blank()
    values = {"name": None, "doctype": None}
    for key, value in sent.items():
        if key == "lines":
            value = [document({**row, "parent": sent["name"]}) for row in value]
        elif value is not None and key in KINDS:
            value = KINDS[key](value)
        elif key in ("total", "price"):
            value = float(value or 0)
        values[key] = value
    return Document(values)


# --- Generating -----------------------------------------------------------------------------------------------------


def pick(*choices):
    return R.choice(choices)


def a_document():
    def row(number):
        return {"doctype": "Ticket Line", "name": f"r{number}", "idx": number, "item": pick("A1", "B 2", "", "é"),
                "n": pick(0, 1, 2, 5, -3), "price": pick(0, 1.5, 12500.01, 10)}
    return {"doctype": "Ticket", "name": "T-1", "subject": pick("Panne", "", None, "Été à l'eau", "x" * 20),
            "status": pick("Open", "Closed", ""), "qty": pick(0, 1, 3, 42, -7), "total": pick(0, 45000, 0.1, 1e16, -2.5),
            "day": pick(None, "2026-11-20", "2025-01-31", "2024-02-29"),
            "starts": pick(None, "2026-11-19 09:12:00", "2026-01-01 00:00:00"), "urgent": pick(0, 1),
            "note": pick(None, "ligne 1\nligne 2", "a,b,c"), "lines": [row(n + 1) for n in range(pick(0, 1, 2, 3))]}


FIELDS = ["subject", "status", "qty", "total", "day", "starts", "urgent", "note", "lines", "name"]
LITERALS = ["0", "1", "2", "-1", "3.5", "1e3", "10 ** 2", "''", "'a'", "'Open'", "\"it's\"", "'é'", "b'x'", "None", "True",
            "False", "[]", "[1, 2, 3]", "()", "(1,)", "(1, 'a')", "{}", "{'a': 1}", "{1, 2}", "0x1f", "1_000", "'a' 'b'",
            "r'\\n'", "'\\t'", "0.1", "1e16", "7 // 2", "'%s' % 1", "'2026-11-20'", "2.0", "'ab' * 2", "1000", "1j", "1.5e3J", "(2-1j)"]
METHODS = ["upper()", "lower()", "strip()", "split(',')", "startswith('a')", "replace('a', 'b')", "count('a')", "get('a')",
           "items()", "keys()", "values()", "append(1)", "year", "month", "real", "nope", "index(1)", "title()", "copy()",
           "find('b')", "join(['a', 'b'])", "sort()", "pop()", "isoformat()", "weekday()", "is_integer()", "bit_length()",
           "splitlines()", "zfill(5)", "update({'b': 2})", "add(3)", "format(1)", "_x", "encode()", "args", "remove(1)"]
BLOCK_CALLS = ["len({})", "str({})", "int({})", "float({})", "bool({})", "sum({})", "sorted({})", "list({})", "tuple({})",
               "max({})", "min({})", "any({})", "all({})", "abs({})", "repr({})", "round({})", "set({})", "dict({})",
               "range({})", "list(enumerate({}))", "list(zip({}, {}))", "isinstance({}, int)", "isinstance({}, (str, list))",
               "callable({})", "ord({})", "chr({})", "hex({})", "divmod({}, {})", "pow({}, 2)", "max({}, {})",
               "round({}, 1)", "sorted({}, reverse=True)", "sum({}, 1)", "issubclass(int, {})", "dict(a={})", "hash({})",
               "isinstance({}, ValueError)", "setattr({}, 'x', 1)", "enumerate({})", "zip({})", "slice({})", "str()", "int()",
               "min({}, default=0)", "sorted({}, key=lambda x: -x)", "list({}, {})", "type({})", "getattr({}, 'x')",
               "ValueError({})", "KeyError({})", "Exception({}, {})", "print({})"]
CALLS = ["int({})", "float({})", "round({})", "round({}, 2)", "long({})", "len({})", "str({})", "int({}, 10)", "nowdate()",
         "round({}, ndigits=1)", "sum({})", "int()", "abs({})", "int(x={})"]
NAMES = ["x", "y", "i", "s", "d", "f", "g", "e", "out"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>"]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"]
SCRIPTS = False


def field():
    return "doc." + pick(*FIELDS) if R.random() < 0.9 else pick("doc.nope", "doc.get('qty')", "doc.get('nope', None)", "doc",
                                                              "doc.get", "doc['name']", "doc.lines[0].n", "nowdate()",
                                                              "doc.lines[0].item", "frappe.nope", "doc.subject[0]")


def leaf():
    kind = R.random()
    if kind < 0.35:
        return field()
    if kind < 0.85:
        return pick(*LITERALS)
    if kind < 0.97:
        return pick(*NAMES)
    return pick("nope", "len", "true", "null", "Exception", "ValueError", "int", "exec", "printed", "_x", "super",
                "..." if R.random() < 0.2 else "1", "(1 @ 2)" if R.random() < 0.2 else "2")


def target(depth=1):
    kind = R.random()
    if depth and kind < 0.15:
        return f"{pick(*NAMES)}, {target(0)}"
    if depth and kind < 0.2:
        return f"[{pick(*NAMES)}, {target(0)}]"
    if depth and kind < 0.25:
        return pick("*x, y", "x, *y", "x, (y, i)", "(x, y), i", "[x, *y]", "x, *y, (i, s)", "*x")
    return pick(*NAMES)


def comprehension(depth, opening, closing, element):
    loops = ""
    for _ in range(pick(1, 1, 1, 2)):
        loops += f" for {target()} in {expression(depth - 2)}"
        if R.random() < 0.4:
            loops += f" if {expression(depth - 2)}"
    return f"{opening}{element}{loops}{closing}"


def arguments(depth):
    parts = [expression(depth - 1) for _ in range(pick(0, 1, 1, 2))]
    if R.random() < 0.2:
        parts.append(f"{pick(*NAMES)}={expression(depth - 2)}")
    if R.random() < 0.05:
        parts.append(pick("*", "**") + expression(depth - 2))
    return ", ".join(parts)


def parameters():
    return pick("", "", "x", "x", "x, y", "x, y=1", "x=2", "*x", "**x", "x, *y", "x, *, y", "x, *, y=3", "x, /", "x, /, y",
                "x, y=1, *i, s=2, **d", "x, x", "*, x", "x, y=i")


def number(depth):
    """An expression that is likely to be a number."""
    kind = R.random()
    if depth <= 0 or kind < 0.4:
        return pick("doc.qty", "doc.total", "doc.urgent", "1", "2", "0", "3.5", "x", "y", "i", "-7", "10", "doc.name.count('T')")
    if kind < 0.75:
        return f"{number(depth - 1)} {pick('+', '-', '*', '/', '//', '%', '**', '&', '|', '<<')} {number(depth - 1)}"
    if kind < 0.8:
        return f"({number(depth - 1)} if {truth(depth - 1)} else {number(depth - 1)})"
    if SCRIPTS and kind < 0.95:
        return pick(f"len({listed(depth - 1)})", f"sum(r.n for r in doc.lines if {truth(0)})", f"max({number(0)}, {number(0)})",
                    f"sum({listed(depth - 1)})", f"abs({number(depth - 1)})", f"f({number(0)})", f"len(doc.lines)")
    return f"round({number(depth - 1)}, {pick(0, 1, 2)})"


def letters(depth):
    kind = R.random()
    if depth <= 0 or kind < 0.5:
        return pick("doc.subject", "doc.status", "doc.name", "'a'", "'Open'", "s", "doc.note", "'é'", "'a,b'", "''", "nowdate()")
    if kind < 0.7:
        return f"({letters(depth - 1)}).{pick('upper()', 'lower()', 'strip()', 'title()', 'replace(%s, %s)' % (letters(0), letters(0)))}"
    if kind < 0.8:
        return f"{letters(depth - 1)} + {letters(depth - 1)}"
    if kind < 0.9:
        return pick("f'{doc.qty}'", "f'{doc.total:.2f}'", "f'{doc.name!r}'", "f'{x}-{y}'", "'%s' % x", "'%d' % doc.qty")
    return f"({letters(depth - 1)})[{pick(0, ':2', '1:', '-1')}]" if not SCRIPTS else f"str({expression(depth - 1)})"


def listed(depth):
    kind = R.random()
    if depth <= 0 or kind < 0.4:
        return pick("doc.lines", "[1, 2, 3]", "[3, 1, 2]", "out", "[]", "(1, 2)", "d", "'abc'", "{1, 2}", "[[1, 2], [3, 4]]")
    if kind < 0.8:
        return f"[{pick('r', 'r + 1', 'r * 2', '(r, x)', number(depth - 1), 'r.n', 'r.item')} for r in {listed(depth - 1)}" + (
            f" if {truth(depth - 1)}" if R.random() < 0.4 else "") + "]"
    return pick("[x, y]", "list(d)", "sorted(out)", "list(range(3))", "(doc.note or '').split(',')", "[*out, 1]", "d.items()")


def truth(depth):
    kind = R.random()
    if depth <= 0 or kind < 0.3:
        return pick("doc.urgent", "doc.qty > 1", "doc.status == 'Open'", "x", "not doc.note", "doc.day is None", "True", "r", "i < 2")
    if kind < 0.6:
        return f"{number(depth - 1)} {pick('<', '>', '==', '!=', '<=')} {number(depth - 1)}"
    if kind < 0.8:
        return f"{truth(depth - 1)} {pick('and', 'or')} {truth(depth - 1)}"
    if kind < 0.9:
        return f"{letters(depth - 1)} {pick('==', 'in', '!=', '<')} {letters(depth - 1)}"
    return f"not {truth(depth - 1)}"


# What the blank document and the `_dict` of scripts are, beside a plain dict.
OF_BLANK = ["doc", "doc.get('status')", "doc.get('nope')", "doc.get('nope', {})", "doc.get({}, {})", "doc['status']", "doc['nope']",
            "doc[{}]", "{} in doc", "'status' in doc", "'nope' not in doc", "doc.nope", "doc.nope.more", "doc.items", "doc.keys",
            "list(doc)", "list(doc.items())", "sorted(doc)", "doc.keys()", "doc.values()", "doc.items()", "[k for k in doc]", "len(doc)",
            "doc.pop('status')", "doc.pop('nope')", "doc.pop('nope', {})", "doc.setdefault('x', {})", "doc.update({'x': {}})",
            "doc.update({'x': 1}).x", "doc.update({})", "doc.copy()", "doc.copy().status", "doc.popitem()", "doc.clear()", "dict(doc)",
            "{**doc}", "doc == doc.copy()", "doc is doc", "doc == {}", "doc | {'x': {}}", "{'x': 1} | doc", "doc < {}", "doc + {}",
            "doc()", "doc.fromkeys([1], 2)", "doc.has_value_changed('status')", "doc.as_dict()", "doc.is_new()", "doc.lines",
            "doc.lines[0]", "doc.lines.append({})", "doc.lines or {}", "doc.docstatus", "doc.docstatus + {}", "doc.docstatus == {}",
            "str(doc)", "f'{doc}'", "bool(doc)", "not doc", "isinstance(doc, dict)", "doc.owner", "doc.doctype", "doc.name", "doc.creation",
            "{x: 1 for x in doc}", "[*doc]", "doc.get('total') > {}", "doc.day < nowdate()", "doc.day == nowdate()", "doc.qty > {}"]
OF_SCRIPTS = ["_dict", "_dict()", "_dict(a={})", "_dict({'a': {}})", "_dict([('a', {})])", "_dict(a=1).a", "_dict(a=1).b",
              "_dict(a=1)['b']", "_dict(a=1).update({'b': {}})", "_dict(a=1).copy()", "_dict(a=1) == {'a': 1}", "_dict({})", "_dict(a=1).items()",
              "_dict(doc)", "_dict(a=1) | {'b': {}}", "style", "style.border_color", "style.nope", "style['border_color']", "style.get('x', {})",
              "style.update({'x': 1})", "style.copy()", "len(style)", "'border_color' in style", "isinstance(style, dict)"]


def filled(snippet, depth):
    """The snippet with an expression in each of its gaps; `{}` alone is an empty dict now and then."""
    parts = snippet.split("{}")
    return "".join(part + (pick("{}", expression(depth - 1)) if at + 1 < len(parts) else "") for at, part in enumerate(parts))


def expression(depth=3):
    kind = R.random()
    if MODE == "blank" and R.random() < 0.25:
        return filled(pick(*OF_BLANK, *(OF_SCRIPTS if SCRIPTS else [])), min(depth, 1))
    if R.random() < 0.55:
        return pick(number, number, letters, listed, truth)(depth)
    if depth <= 0 or kind < 0.22:
        return leaf()
    sub = lambda: expression(depth - 1)
    if kind < 0.34:
        return f"{sub()} {pick(*OPERATORS)} {sub()}"
    if kind < 0.46:
        return f"{sub()} {pick(*COMPARISONS)} {sub()}" + (f" {pick(*COMPARISONS)} {sub()}" if R.random() < 0.1 else "")
    if kind < 0.54:
        return f"{sub()} {pick('and', 'or')} {sub()}"
    if kind < 0.58:
        return f"{pick('not ', '-', '+', '~', 'not ')}{sub()}"
    if kind < 0.66:
        return f"({sub()}).{pick(*METHODS)}" if R.random() < 0.7 else f"{leaf()}.{pick(*METHODS)}"
    if kind < 0.71:
        return f"{sub()}[{pick('0', '1', '-1', ':', '1:', ':2', '::-1', expression(depth - 1), 'a' if R.random() < 0.1 else '0')}]"
    if kind < 0.80:
        call = pick(*(BLOCK_CALLS if SCRIPTS else CALLS))
        while "{}" in call:
            call = call.replace("{}", sub(), 1)
        return call
    if kind < 0.83:
        return f"({sub()} if {sub()} else {sub()})"
    if kind < 0.87:
        return pick(f"[{sub()}, {sub()}]", f"({sub()}, {sub()})", f"{{{sub()}: {sub()}}}", f"[*{sub()}, 1]", f"{{{sub()}}}",
                    f"{{**{sub()}}}", f"({sub()},)")
    if kind < 0.92:
        return pick(comprehension(depth, "[", "]", sub()), comprehension(depth, "(", ")", sub()),
                    comprehension(depth, "{", "}", sub()), comprehension(depth, "{", "}", f"{sub()}: {sub()}"),
                    "any" + comprehension(depth, "(", ")", sub()), "list" + comprehension(depth, "(", ")", sub()))
    if kind < 0.95:
        made = f"(lambda {parameters()}: {sub()})"
        return f"{made}({arguments(depth)})" if R.random() < 0.8 else made
    if kind < 0.97:
        text = pick("f'{%s}'", "f'a{%s!r}b'", "f'{%s:>5}'", "f'{%s:.2f}'", "f'{%s=}'", "f'{{}}{%s}'") % expression(1)
        return text if "'" not in text[2:-1] else "f'{doc.qty}'"
    if kind < 0.98:
        return f"({pick('x', 'y', 'i')} := {sub()})"
    return f"{pick('f', 'g', sub(), 'int', 'doc.get')}({arguments(depth)})"


def block(depth, inside=False):
    lines = []
    for _ in range(pick(1, 1, 2, 2, 3)):
        lines += statement(depth, inside)
    return lines


def nested(depth, inside=False):
    return ["    " + line for line in block(depth - 1, inside)]


EXCEPTIONS = ["Exception", "ValueError", "TypeError", "(TypeError, ValueError)", "ZeroDivisionError", "KeyError", "NameError",
              "IndexError", "LookupError", "ArithmeticError", "AttributeError", "BaseException", "x", "OSError", "StopIteration",
              "RuntimeError", "AssertionError", "(KeyError, 'x')"]


def statement(depth, inside):
    kind = R.random()
    one = lambda text: [text]
    if depth <= 0 or kind < 0.22:
        return one(f"{pick(target(), pick(*NAMES), 'doc.' + pick(*FIELDS), 'd[0]', 'd[%s]' % leaf(), 'x = y')} = {expression(2)}"
                   if R.random() < 0.3 else f"{pick(*NAMES)} = {expression(2)}")
    if kind < 0.30:
        return one(expression(2))
    if kind < 0.40:
        lines = [f"if {expression(2)}:", *nested(depth)]
        if R.random() < 0.25:
            lines += [f"elif {expression(2)}:", *nested(depth)]
        if R.random() < 0.5:
            lines += ["else:", *nested(depth)]
        return lines
    if kind < 0.50:
        source = pick(expression(2), "range(3)", "doc.lines", "[1, 2, 3]", "{'a': 1}.items()", "out", "enumerate(doc.lines)",
                      "f()", "zip([1, 2], 'ab')", "d")
        lines = [f"for {target()} in {source}:", *nested(depth, True)]
        return lines + (["else:", *nested(depth)] if R.random() < 0.15 else [])
    if kind < 0.54:
        return [f"{pick('i', 'x')} = 0", f"while {pick('i', 'x')} < {pick(1, 3)}:", "    i = i + 1", "    x = i",
                *nested(depth, True), *(["else:", *nested(depth)] if R.random() < 0.15 else [])]
    if kind < 0.70:
        lines = ["try:", *nested(depth, inside)]
        handlers = pick(0, 1, 1, 1, 2)
        for number in range(handlers):
            what = pick(*EXCEPTIONS)
            name = pick("", " as e", " as e", " as x")
            lines += [f"except {what}{name}:" if R.random() < 0.9 or number + 1 < handlers else "except:"]
            lines += ["    " + pick("pass", "return str(e)", "return repr(e)", "out = str(e)", "raise", "return e.args",
                                    "return e", "raise ValueError('again')", "raise TypeError(1) from e", "x = e",
                                    "return isinstance(e, LookupError)")] if R.random() < 0.7 else nested(depth, inside)
        if handlers and R.random() < 0.2:
            lines += ["else:", *nested(depth, inside)]
        if not handlers or R.random() < 0.25:
            lines += ["finally:", *(nested(depth, inside) if R.random() < 0.6 else ["    " + pick("y = 9", "return 2", "pass")])]
        return lines
    if kind < 0.82:
        lines = [f"def {pick('f', 'f', 'g')}({parameters()}):", *nested(depth)]
        if R.random() < 0.3:
            lines.append("    " + pick("yield 1", "yield x", "yield", "x = yield 2", "yield from [1, 2]", "return (yield)",
                                       "yield from f()"))
        if R.random() < 0.6:
            lines.append(f"    return {expression(2)}")
        if R.random() < 0.1:
            lines.insert(1, "    " + pick("global x", "global f, y", "nonlocal x", "'docs'", "'''two\n    lines'''"))
        return lines + ([f"out = {pick('f', 'g')}({arguments(2)})"] if R.random() < 0.6 else [])
    if kind < 0.90:
        return one(f"return {expression(3)}" if R.random() < 0.9 else "return")
    if kind < 0.93:
        return one(f"raise {pick('ValueError', 'KeyError(1)', 'ValueError(x)', 'TypeError(%s)' % leaf(), 'StopIteration', 'x', 'KeyError(%s)' % leaf(), 'Exception(1, 2)', '')}".rstrip()
                   + (f" from {pick('None', 'x', 'ValueError(2)', '1')}" if R.random() < 0.1 else ""))
    if kind < 0.95:
        return one(f"del {pick('x', 'y', 'd[0]', 'doc.qty', 'doc.nope', 'out[0]', 'x, y', 'doc', 'out[-1]', '(x), [y]')}")
    return one(pick("break", "continue", "pass", "global x", "assert x", f"assert {leaf()}, {leaf()}", "x += 1", "doc.qty += 1",
                    "d[0] += 1", "import json", "from a import b", "x: int = 1", "class A: pass", "class A(x):\n    y = 1",
                    "with x: pass", f"with {leaf()} as x: pass", "out.append(x)", "doc.set('qty', 5)", "doc.update({'note': 1})",
                    "yield x", "*x, y = 1, 2", "nonlocal x", "async def f(): pass", "@f\ndef g(): return 1", "print(x)",
                    "x = y = []", "x, y = y, x", "doc.lines[0].n = 3", "d['a'] = doc.qty", "for x in x: x.append(1)",
                    "out = [*out, 1]", "lambda: x", "x = [1]; y = x", "f = lambda x, y=2: x + y", "pass; pass",
                    "out = sum(f())", "out = list(g())", "out = list(f(x))", "doc.lines.append(1)", "del doc.lines[0]"))


def a_block():
    lines = [pick("x = 1", "x = y = 2", "x = [3, 1, 2]", "x = 'ab'"), pick("out = []", "out = [1]", "out = [3, 1, 2]"),
             pick("d = {}", "d = {0: 1, 'a': 2}"), pick("y = 0", "y = 5"), "i = 0", pick("s = 'a'", "s = 'x,y'"),
             pick("f = lambda x, *y: x", "def f(x=1):\n    return x", "def f(n=1):\n    yield n\n    yield n + 1", "f = len"), "g = f"]
    lines = [line for line in lines if R.random() < 0.9]
    lines += block(3)
    if R.random() < 0.7:
        lines.append(f"return {pick(expression(2), 'out', 'x', 'd', 'doc.qty', '[x, y]', 'f()', 'list(f())', '(x, out, d)')}")
    return "\n".join(lines)


# Programs: blocks that mostly run to their end, and leave a trace of what they did in `out`.


def fresh(names):
    name = pick("a", "b", "c", "k", "n")
    names.add(name)
    return name


def bindable(names):
    return pick(*[name for name in sorted(names) if name != "1"] or ["c"])


def small(names, depth=1):
    """A number from the names that are bound."""
    if depth <= 0 or R.random() < 0.4:
        return pick(*sorted(names), "doc.qty", "1", "2", "3", "len(out)", "doc.urgent")
    left, right = small(names, depth - 1), small(names, depth - 1)
    return pick(f"{left} + {right}", f"{left} - {right}", f"{left} * {right}", f"({left} if {left} > {right} else {right})",
                f"max({left}, {right})", f"{left} // {right}", f"({left} and {right})", f"sum([{left}, {right}])", f"{left} % 3",
                f"[{left}, {right}][{pick(0, 1, 2, -1)}]", f"{{0: {left}, 1: {right}}}[{pick(0, 1, 2)}]", f"abs({left})",
                f"sum(q * {left} for q in range({right} % 4) if q != {left})", f"int('{pick(1, 2, 'x')}')", f"(lambda q: q + {left})({right})")


def test(names):
    return pick(f"{small(names)} > {small(names)}", f"{small(names)} == {small(names)}", "doc.note", "out", "doc.status == 'Open'",
                f"not {small(names)}", f"{small(names)} in out", f"{small(names)} % 2", f"len(out) < {pick(2, 5, 9)}", "doc.day is None")


TRACED = ["len(out)", "str(e)", "repr(e)", "e.args"]


def program(names, depth, in_function=False, in_loop=False, caught=False):
    lines = []
    for _ in range(pick(1, 2, 2, 3)):
        lines += step(names, depth, in_function, in_loop, caught)
    return lines


def inner(names, depth, **around):
    return ["    " + line for line in program(set(names), depth - 1, **around)]


def step(names, depth, in_function, in_loop, caught):
    around = {"in_function": in_function, "in_loop": in_loop, "caught": caught}
    kind = R.random()
    if depth <= 0 or kind < 0.3:
        choices = [f"out.append({small(names)})", f"out.append({small(names)})", f"out = out + [{small(names)}]" if not in_function else f"out.append('t')",
                   f"{bindable(names)} = {small(names, 2)}", f"doc.qty = {small(names)}", "doc.note = 'n'", "out.append(doc.qty)",
                   "out.append(doc.note)", f"out.append([q for q in out if q != {small(names)}])", "out.append(f'{doc.qty}-{len(out)}')",
                   f"[{pick('a', 'b')}, *c] = [1, {small(names)}, 3]", "doc.set('status', 'New')", "out.append(doc.get('status'))",
                   f"for c in (out, [{small(names)}]): out.append(len(c))" if not in_function else "pass",
                   f"{bindable(names)} = [{small(names)}, {small(names)}]" if R.random() < 0.3 else "pass", "out[:1] and out.pop()", "out.sort(key=str)", "out.reverse()",
                   "if (m := len(out)) > 3: out.append(m)", f"out.append([(q, w) for q in range(2) for w in 'xy' if q < {small(names)}])",
                   "out.append({q: len(out) for q in 'ab'})", "for r in doc.lines: out.append(r.n)", "if doc.lines: doc.lines[0].n = 9", "if out: del out[0]",
                   f"out.append(any(q > 1 for q in [{small(names)}, {small(names)}]))", f"assert {test(names)}, 'no'" if R.random() < 0.2 else "pass"]
        if caught:
            choices += [f"out.append({pick(*TRACED)})", f"out.append({pick(*TRACED)})", "raise", f"raise KeyError({small(names)}) from e"]
        if in_loop:
            choices += [f"if {test(names)}: break", f"if {test(names)}: continue"]
        if in_function:
            choices += [f"if {test(names)}: return {small(names)}"]
        return [pick(*choices)]
    if kind < 0.42:
        lines = [f"if {test(names)}:", *inner(names, depth, **around)]
        return lines + (["else:", *inner(names, depth, **around)] if R.random() < 0.5 else [])
    if kind < 0.55:
        name = fresh(names)
        source = pick("range(3)", "doc.lines", "out[:3]", "'abc'", "gen(3)", "enumerate('ab')", "zip(out, 'xyz')", "d", "d.items()", "(q * 2 for q in out[:2])",
                      "sorted(out, key=str)", "[(1, 2), (3, 4)]", "gen(len(out) % 3)")
        target = f"k, {name}" if any(mark in source for mark in ("items", "enumerate", "zip", "(1, 2)")) else name
        around["in_loop"] = True
        lines = [f"for {target} in {source}:", *inner(names | {name}, depth, **around)]
        return lines + (["else:", *inner(names, depth, **{**around, "in_loop": in_loop})] if R.random() < 0.2 else [])
    if kind < 0.6:
        name = fresh(names)
        return [f"{name} = {pick(1, 3)}", f"while {name} > 0:", f"    {name} = {name} - 1",
                *inner(names - {name} or {"i"}, depth, **{**around, "in_loop": True})]
    if kind < 0.8:
        lines = ["try:", *inner(names, depth, **around)]
        if R.random() < 0.6:
            lines.append("    " + pick("raise ValueError('v')", "1 // 0", "d['nope']", "[][3]", "nope", "int('z')", "doc.name.nope()", "raise KeyError('k', 2)",
                                       "gen(1).send(5)", "out.append(helper(1))", "None + 1", "raise StopIteration(3)", "{}[1.5]", "'a' < 1", "d.pop('zz')"))
        handlers = pick(0, 1, 1, 2)
        for _ in range(handlers):
            lines += [f"except {pick('ValueError', 'Exception', 'KeyError', '(TypeError, KeyError)', 'ZeroDivisionError', 'LookupError', 'NameError')} as e:",
                      *inner(names, depth, **{**around, "caught": True})]
        if handlers and R.random() < 0.3:
            lines += ["else:", *inner(names, depth, **around)]
        if not handlers or R.random() < 0.4:
            lines += ["finally:", *inner(names, depth, **around)]
        return lines
    if kind < 0.95:
        name, takes = pick("helper", "helper", "other"), pick("n", "n=2", "n, *more", "n=1, *, k=3", "*n", "n, k=None, **more")
        lines = [f"def {name}({takes}):", *inner({"n"} if "*n" not in takes else {"1"}, depth, in_function=True)]
        if R.random() < 0.3:
            lines += [f"    if n > 1: return {name}(n - 1)"] if "*n" not in takes else []
        if R.random() < 0.3:
            lines += ["    " + pick("yield len(out)", "yield 'y'", "got = yield 1", "yield from [1, 2]", "yield from gen(2)"), "    out.append('after')"]
        lines.append(f"    return {pick('n', 'len(out)', '(n, 1)', 'doc.qty')}")
        fit = {"n": ["1", "n=4", "7"], "n=2": ["", "5"], "n, *more": ["1, 2", "3"], "n=1, *, k=3": ["", "k=2", "4, k=1"], "*n": ["", "1, 2"],
               "n, k=None, **more": ["1", "1, x=2", "n=3, k=1"]}
        given = pick(*fit[takes]) if R.random() < 0.85 else pick("1", "2, 3", "", "n=4", "1, k=2", "*[1]", "x=1")
        return lines + [pick(f"out.append({name}({given}))", f"out.append({name}({given}))", f"out.append(list({name}({given})))", f"k = {name}",
                             f"for c in {name}({given}): out.append(c)")]
    return [pick("pass", "pass", "pass", "g = gen(1)\nout.append(g.send(None))\nout.append(list(g))", "out.append(2 in gen(4))",
                 "out.append(list(zip(gen(2), out)))", "out.append([q for q in gen(3) if q])", "out.append(max(gen(2)))", "out.extend(gen(2))", "global z", "def gen(n):\n    yield n\n    yield n + 1", "g = gen(2)", "out.append(list(gen(1)))", "del i", "class A: pass",
                 "out.append(sorted(gen(3)))", "out.append(next(gen(1)))", "x = y = out", "g = gen(1)\nout.append(g.send(None))\ng.close()\nout.append(list(g))",
                 "with out: pass", "import math",
                 # A name that is global and gone, a view as a key, items that cannot be compared, and an error of a generator's own.
                 "global w\ndel w", "global w\nw = 1\ndel w\ndel w", "del d[d.values()]", "d.pop(d.values())", "s = set()\ns.remove({1: s}.values())",
                 f"out.append(sorted({[(R.randrange(5), pick(R.randrange(5), R.randrange(5), 'x')) for _ in range(70)]}))",
                 "def fails():\n    yield 'a'\n    raise TypeError('x object is not iterable')\nout.append([*fails()])",
                 "def fails():\n    for x in 5: yield x\nout.append(','.join(fails()))", "l = [1]\nl.append(l)\nout.append(l == [1])")]


def indented(lines):
    """Lines whose own line breaks go as deep as they do."""
    return [part if at == 0 else line[:len(line) - len(line.lstrip())] + part
            for line in lines for at, part in enumerate(line.split("\n"))]


def a_program():
    lines = ["out = []", "d = {'a': 1, 'b': 2}", "i = 1",
             pick("def gen(n):\n    for q in range(n):\n        yield q\n        out.append(-q)",
                  "def gen(n):\n    while n > 0:\n        n = n - 1\n        got = yield n\n        if got: out.append(got)\n    return 'done'",
                  "def gen(n):\n    try:\n        yield n\n        yield 1 // (n - 1)\n    except ZeroDivisionError as e:\n        yield str(e)\n    finally:\n        out.append('end')"),
             pick("helper = lambda n, *more: n", "def helper(n=5):\n    return n * 2", "helper = len"), *program({"i"}, 3)]
    return "\n".join(indented([*lines, pick("return out", "return (out, d)", "return [out, doc.qty, doc.note]", "return out, i")]))


# Values by their own names, so that every method of every type is met, and what hardly fits as an argument.
RECEIVERS = ["'aB c'", "'ß\\u01c6'", "' x\\t'", "''", "[3, 1, 2]", "['b', 'a']", "(1, 2)", "{'a': 1}", "{1: 2}", "{1, 2}", "frozenset()", "0",
             "-7", "2**70", "True", "1.5", "-0.0", "1e16", "range(3)", "doc.day", "doc.starts", "(doc.day - doc.day)", "doc.starts.time()",
             "slice(1)", "None"]
ARGUMENTS = ["None", "0", "-1", "5", "2**70", "1.5", "True", "''", "'a'", "' '", "'xy'", "b'a'", "[]", "[1]", "['a', 'b']", "()", "('a', 1)",
             "{}", "{'a': 1}", "{1}", "doc", "doc.day", "int", "len", "float('nan')", "slice(1)", "range(2)", "lambda x: x",
             "(i for i in [1, 'a'])", "(1 / i for i in [1, 0])", "(b for a in [1] for b in a)"]
NAMED = ["key=len", "reverse=True", "sep=','", "maxsplit=1", "default=0", "start=1", "strict=True", "ndigits=1", "base=16", "year=1",
         "fold=None", "x=1", "iterable=[1]"]
BUILTINS = ["abs", "all", "any", "bool", "callable", "chr", "dict", "divmod", "enumerate", "float", "hex", "int", "isinstance", "issubclass",
            "len", "list", "max", "min", "oct", "ord", "range", "repr", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip"]


def an_odd_call():
    given = [pick(*ARGUMENTS, *RECEIVERS) for _ in range(pick(0, 1, 1, 1, 2, 2, 3))] + [pick(*NAMED) for _ in range(pick(0, 0, 0, 1, 2))]
    if R.random() < 0.4:
        return f"{pick(*BUILTINS)}({', '.join(given)})"
    if R.random() < 0.3:
        return f"({pick(*RECEIVERS)}) {pick(*OPERATORS, *COMPARISONS)} ({pick(*RECEIVERS, *ARGUMENTS)})"
    receiver = pick(*RECEIVERS)
    example = eval(receiver, {"doc": document({**a_document(), "day": "2026-11-20", "starts": "2026-11-19 09:12:00"})})
    names = [name for name in dir(type(example)) if not name.startswith("_")] or ["nope"]
    return f"({receiver}).{pick(*names)}({', '.join(given)})"



# What expressions and blocks rarely hold, so that mutations reach the whole grammar.
FORMS = r"""
match x:\n  case [1, *a] | {'k': -1, **r} if y: pass\n  case A.b(1, c=d) as e: x = 1\nx._y
match (x, *y):\n  case (a, b), None: pass\n  case 'a' 'b' | c.d | 1: return 1
match = case = 1\nreturn match + case
try:\n  x\nexcept* (A, B) as e:\n  pass\nelse:\n  y\nfinally:\n  z
try:\n  x\nexcept A:\n  pass\nexcept:\n  pass
async def f(a, /, b: int = 1, *c, d, **e) -> x:\n  async with a as b: await c\n  async for d in e: yield d
@f.a[0](1)\nclass A(b, *c, metaclass=d): x = 1
def f(a, b=(yield), *, c=2): return (yield from a)
def f(a):\n  nonlocal a\n  global b, c
with (a as b, c.d as (e, f),): pass
with a, b as [c, *d]: pass
from .a.b import (c as d, e,)
import a.b as c, d
x: int = 1; (y): str; z.a[0]: b = yield
a, *b = *c, d = 1, 2
for a, *b in *c, d: pass\nelse: x
while a: break\nelse: continue
del a, (b, [c.d]), e[0]
assert a, b; raise c from d
x = y = yield z
a @= b; c **= d; e >>= 1
f(*a, b=1, *c, **d, e=2)
f(a for a in b if c if d)
f(a := 1, b, c=lambda x, /, *y, z=1, **w: x)
a[b:c:d, ..., ::2, *e, (f := 1)]
{**a, 'b': c, d: e}, {*f, 1}, {a: b for a, b in c}, {x for x in y}
[a async for a in b], [(yield)], [b := 1, c]
not a is not b not in c if d else lambda: e
-a ** -b // ~c @ d << 1 | 2 ^ 3 & 4 < 5 <= 6 != 7
f'a{b!r:>{c}}{{}}{d=}' rf'\\{e}' u'g' '\\x41\\N{BULLET}\\101'
b'a' rb'\\c' Rb"d"
0x1F + 0o17 + 0b11 + 1_000.5e-3 + 1_0j + .5 + 1. + 00
(\n  a and\n  b  # c\n)
x = [\n1,\n]\nif x:\n\tif y:\n\t\treturn 1\n\treturn 2
if a:\n    b\nelif c:\n    d\nelse:\n    e\nf
x = \\\n  1
'''a\nb''' + f'''{a}\n'''
print(a) or exec(b) or print
"""
FORMS = [form.encode().decode("unicode_escape") for form in FORMS.strip().split("\n")]

ODD = list("()[]{}:;,.=<>!+-*/%&|^~@#'\"\\$?`_ \n\t0aé½＝") + ["==", ":=", "**", "->", " if ", " else ", " for ", " in ", " not ", "lambda ",
      "def ", "return ", " and ", "\n    ", "\n\t", "is", "yield ", "await ", "async ", "f'", "b'", "0x", "1e", "'''", " as ", "try:", "except",
      "import ", "None", "print ", "*", "=!", "&&", "\u00a0", "“", "del ", "raise ", "with ", "class ", "pass", "\r\n", "match ", "case ",
      "nonlocal ", "finally:", "elif ", "except*", "\x0c", "\x00", "\ufeff", "\\\n", "2j", 'f"{', '}"', "\\N{", "/, ", "*, ", "a=1"]
KEYWORDS = keyword.kwlist + keyword.softkwlist


def mutated(text):
    for _ in range(pick(1, 1, 2)):
        at = R.randint(0, len(text))
        kind = R.random()
        if kind < 0.45:
            text = text[:at] + pick(*ODD) + text[at:]
        elif kind < 0.85:
            text = text[:at] + text[at + pick(1, 1, 2, 3):]
        elif kind < 0.92:
            # A word or a mark twice, or another in its place.
            found = R.choice([*re.finditer(r"\w+|[^\w\s]", text)] or [None])
            if found:
                instead = pick(found[0] * 2, found[0] + " " + found[0], pick(*ODD), pick(*KEYWORDS))
                text = text[:found.start()] + instead + text[found.end():]
        else:
            other = R.randint(0, len(text))
            text = text[:at] + text[min(at, other):max(at, other)] + text[at:]
    return text


# --- Answering ------------------------------------------------------------------------------------------------------


BUSY = False


def late(_signal, _frame):
    if BUSY:
        raise KeyboardInterrupt


signal.signal(signal.SIGALRM, late)


def attempt(text, scripts, sent):
    case = {"text": text, "scripts": scripts, "doc": sent}
    try:
        try:
            value = run(text, scripts, document(sent))
            kind = type(value)
            path = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
            case["answer"] = {"type": path.replace("__main__.", "frappe.model.document."), "truth": bool(value)}
            try:
                case["answer"]["repr"] = repr(value)
            except ValueError:
                case["answer"]["repr"] = None
        except SyntaxError as error:
            case["error"] = [type(error).__name__, str(error), error.msg]
        except (MemoryError, RecursionError):
            return None
        except Exception as error:
            kind = type(error)
            path = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
            case["error"] = [path, str(error)]
        except BaseException as error:
            case["error"] = [type(error).__name__, str(error)]
            if isinstance(error, KeyboardInterrupt):
                return None
    except (KeyboardInterrupt, RecursionError):
        return None
    try:
        json.dumps(case).encode()
        return case
    except (UnicodeEncodeError, ValueError):
        return None


def answer(text, scripts, sent):
    """The host's answer, or None when it takes too long."""
    global BUSY
    try:
        BUSY = True
        # Again and again: a condition may catch the interruption.
        signal.setitimer(signal.ITIMER_REAL, 0.5, 0.05)
        case = attempt(text, scripts, sent)
        BUSY = False
    except KeyboardInterrupt:
        case, BUSY = None, False
    signal.setitimer(signal.ITIMER_REAL, 0)
    return case


def generated():
    global SCRIPTS
    mode = {"mutations": pick("expressions", "blocks"), "blank": pick("expressions", "blocks", "programs")}.get(MODE, MODE)
    SCRIPTS = mode in ("blocks", "programs", "odd") or R.random() < 0.5
    made = {"blocks": a_block, "programs": a_program, "odd": an_odd_call}.get(mode, lambda: expression(pick(2, 3, 4)))
    text = R.choice(FORMS) if MODE == "mutations" and R.random() < 0.5 else made()
    return mutated(text) if MODE == "mutations" else text


if MODE == "answers":
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(answer(asked["text"], asked["scripts"], asked["doc"])))
else:
    for _ in range(CASES):
        text, sent = generated(), None if MODE == "blank" else a_document()
        # Without a text there is no condition.
        case = text and answer(text, SCRIPTS, sent)
        if case:
            print(json.dumps(case))
