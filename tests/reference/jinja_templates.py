"""Jinja2 3.1 in the host's kind of environment, asked about templates.

jinja_templates.py make SEED COUNT: makes templates at random and writes one JSON line per template and answer.
jinja_templates.py answer: reads one JSON string per line and answers it at once; this is how a failing case is shrunk.

An answer is {"template": t, "text": s} or {"template": t, "error": [type, message, line]}, or {} when Jinja2 takes too
long or the answer changes with the run. Exit status 3: there is no Jinja2 3.1 on CPython 3.11.
"""
import datetime
import json
import random
import re
import signal
import sys

try:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment
except ImportError:
    sys.exit(3)
if not jinja2.__version__.startswith("3.1.") or sys.version_info[:2] != (3, 11):
    sys.exit(3)

from jinja_grammar import Grammar

environment = SandboxedEnvironment(undefined=jinja2.DebugUndefined)
# What the host adds of Python's own: this filter and these names.
environment.filters["len"] = len
for builtin in (abs, all, any, bool, dict, enumerate, isinstance, issubclass, list, max, min, range, set, sorted, sum, tuple):
    environment.globals[builtin.__name__] = builtin


class Document:
    """Stands for the host's document of the same name, as far as templates of the grammar look at it."""

    def __init__(self, values, parent=""):
        self.__dict__.update(values)
        self._parent = parent

    def get(self, key, default=None):
        return self.__dict__.get(key, default)

    def __repr__(self):
        return f"<Document: {self.name}{self._parent}>"

    def __str__(self):
        return f"Document({self.name})"


Document.__module__ = "frappe.model.document"
Document.get.__qualname__ = "BaseDocument.get"


def of_the_host(name):
    """A method that only the host can answer for; it can be named."""

    def method(self, *_args, **_keywords):
        raise TimeoutError

    method.__name__, method.__qualname__ = name, f"BaseDocument.{name}"
    setattr(Document, name, method)


for own in ("append", "extend", "remove", "set", "update"):
    of_the_host(own)


def document():
    """A document of its own for every template, which may change it."""
    rows = (("r1", "Vis <M8>", 3, 1.5), ("r2", None, 0, 0.0))
    lines = [Document({"name": name, "title": title, "qty": qty, "rate": rate}, " parent=T-1") for name, title, qty, rate in rows]
    return Document({
        "name": "T-1", "title": "Le \"titre\" d'été", "qty": 3, "total": 1234.5, "ratio": 0.0, "note": None, "urgent": 1, "lines": lines, "spans": [],
        "day": datetime.date(2026, 11, 20), "moment": datetime.datetime(2026, 11, 20, 14, 5), "span": datetime.timedelta(hours=9, minutes=5),
    })


def unanswered(*_args, **_keywords):
    """Stands for the host's own filters, which are not Jinja2's to answer for."""
    raise TimeoutError


for name in ("abs_url", "flt", "global_date_format", "int", "json", "markdown", "str"):
    environment.filters[name] = unanswered


class Namespace(dict):
    """Stands for the host's dict of functions: an entry reads as an attribute, and what is missing fails when called."""

    def __getattr__(self, name):
        def missing(*_args, **_keywords):
            raise AttributeError(f"module has no attribute '{name}'")

        return self.get(name, missing)


environment.globals["json"] = Namespace(loads=json.loads, dumps=json.dumps)


def line_of(error, source):
    """The line of the template that raises, as Jinja2 itself rewrites its traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    if "cannot assign attribute on non-namespace object" in str(error) or re.search(r"{%[-+ ]*with ", source):
        # For these Jinja2 notes no line: the one of whatever stands before would be told.
        return None
    if re.search(r"{[{%](?:(?!%}|}}).)*[\r\n]", source, re.DOTALL):
        # Of a tag of several lines it notes the line of one token or another.
        return None
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def late(_signal, _frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, late)


def answer(template):
    large = re.search(r"\d{6}", template)
    if template.count("**") > 1 or large and ("**" in template or "range" in template):
        # What C works out without a pause no alarm interrupts.
        return {}
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        found = {"text": environment.from_string(template).render(doc=document())}
    except (TimeoutError, MemoryError, RecursionError):
        return {}
    except Exception as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        module = type(error).__module__
        name = type(error).__name__ if module == "builtins" else f"{module}.{type(error).__name__}"
        # The rest of the text says where: on which line of the template, or of the code that was made of it.
        own = error.message if isinstance(error, jinja2.TemplateSyntaxError) else error.msg if isinstance(error, SyntaxError) else None
        message = str(error) if own is None else own
        found = {"error": [name, message, line_of(error, template)]}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    shown = json.dumps(found)
    # An address in memory is another one each time.
    if re.search(r"\b0x[0-9a-f]{8,}", shown):
        return {}
    return {"template": template, **found}


if sys.argv[1] == "answer":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
else:
    grammar = Grammar(random.Random(int(sys.argv[2])))
    for _ in range(int(sys.argv[3])):
        print(json.dumps(answer(grammar.template())))
