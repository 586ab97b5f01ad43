"""Jinja2 3.1 in the host's kind of environment, asked about templates.

jinja_templates.py make SEED COUNT: makes templates at random and writes one JSON line per template and answer.
jinja_templates.py answer: reads one JSON string per line and answers it at once; this is how a failing case is shrunk.

An answer is {"template": t, "text": s} or {"template": t, "error": [type, message, line]}, or {} when Jinja2 takes too
long or the answer changes with the run. Exit status 3: there is no Jinja2 3.1 on CPython 3.11.
"""
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
# Its `int`, `str` and `json` are functions of its own; the grammar leaves them out.


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
    if re.search(r"{[{%][^{}%]*[\r\n]", source):
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
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        found = {"text": environment.from_string(template).render()}
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
