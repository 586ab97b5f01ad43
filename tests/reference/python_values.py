"""Random calls of Python's own operations, with what CPython 3.11 answers, one JSON object per line.

usage: python_values.py MODE SEED CASES; exits with 3 when this is not CPython 3.11.
"""
import json
import operator
import random
import struct
import sys
import warnings
from datetime import date, datetime, time, timedelta

if sys.version_info[:2] != (3, 11) or sys.implementation.name != "cpython":
    sys.exit(3)
warnings.simplefilter("ignore")
MODE, SEED, CASES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
R = random.Random(f"{MODE} {SEED}")
US = timedelta(microseconds=1)


def encode(v):
    if v is None or isinstance(v, (bool, str)):
        return v
    kind = type(v)
    if kind is int:
        sys.set_int_max_str_digits(0)
        text = str(v)
        sys.set_int_max_str_digits(4300)
        return {"i": text}
    if kind is float:
        return {"f": struct.pack(">d", v).hex()}
    if kind is bytes:
        return {"b": list(v)}
    if kind is list:
        return {"l": [encode(x) for x in v]}
    if kind is tuple:
        return {"t": [encode(x) for x in v]}
    if kind is dict:
        return {"d": [[encode(k), encode(x)] for k, x in v.items()]}
    if kind is set:
        return {"s": [encode(x) for x in v]}
    if kind is range:
        return {"r": [str(v.start), str(v.stop), str(v.step)]}
    if kind is slice:
        return {"sl": [encode(v.start), encode(v.stop), encode(v.step)]}
    if kind is datetime:
        return {"dt": [v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond]}
    if kind is date:
        return {"date": [v.year, v.month, v.day]}
    if kind is time:
        return {"time": [v.hour, v.minute, v.second, v.microsecond]}
    if kind is timedelta:
        return {"td": str(v // US)}
    if callable(v):
        return {"builtin": v.__name__}
    raise TypeError(kind)


INTS = [0, 1, -1, 2, 3, -7, 10, 12, 100, 255, 1000, 2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, 2**64, 10**18,
        10**23, 10**30, -(10**25), 10**400, 3**200]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1.5, 2.5, -2.5, 3.7, 1e16, 1e15, 1e-4, 1e-5, 1.1, 1234567.891, 1e22, 1e23, 1e300,
          -1e300, 5e-324, 2.0**53, 2.0**63, 123456789.125, float("inf"), float("-inf"), float("nan"), 0.30000000000000004, 2.675]
TEXTS = ["", "a", "b", "abc", "Hello World", "é", "ß", "日本", "😀", "a'b", 'a"b', "'\"", "\\", "\n\t\r", "\x00\x1f\x7f", "\xa0",
         "\u200b", "12", "-3", "1.5", " x ", "Open", "a,b,,c", "x=%s", "\u0301", "ÀÉ", "1_000", "%d %s", "{} {}", "fi\ufb01"]


def integer():
    return R.choice([R.choice(INTS), R.randint(-20, 20), R.randint(-10**6, 10**6), R.randint(-(2**70), 2**70)])


def real():
    return R.choice([R.choice(FLOATS), R.uniform(-100, 100), round(R.uniform(-1e6, 1e6), 2), R.uniform(-1, 1) * 10 ** R.randint(-20, 25), float(R.randint(-50, 50)), R.randint(-9999, 9999) / 100])


def text():
    return R.choice([R.choice(TEXTS), "".join(R.choice("abcAB 1.,éß-_%\n") for _ in range(R.randint(0, 8)))])


def day():
    return R.choice([date.min, date.max, date(2024, 2, 29), date(2026, 11, 20), date.fromordinal(R.randint(1, date.max.toordinal()))])


def clock():
    return R.choice([time(0), time(9, 5), time(23, 59, 59, 999999), time(R.randint(0, 23), R.randint(0, 59), R.randint(0, 59), R.choice([0, 0, R.randint(0, 999999)]))])


def moment():
    return R.choice([datetime.min, datetime.max, datetime(2026, 11, 20, 14, 5), datetime.combine(day(), clock())])


def delta():
    return R.choice([timedelta(0), timedelta(1), timedelta(-1), timedelta(hours=9, minutes=5), timedelta.max, timedelta.min, timedelta(microseconds=R.randint(-10**14, 10**14)), timedelta(R.randint(-3000, 3000), R.randint(0, 86399))])


def scalar():
    return R.choice([lambda: None, lambda: R.choice([True, False]), integer, integer, real, real, text, text, day, moment, clock, delta])()


def hashable(depth=0):
    return R.choice([integer, text, real, day, lambda: None, lambda: True, lambda: tuple(hashable(1) for _ in range(R.randint(0, 2))) if not depth else 1])()


def container(depth=0):
    item = (lambda: value(depth + 1)) if depth < 2 else scalar
    return R.choice([
        lambda: [item() for _ in range(R.randint(0, 4))],
        lambda: [R.randint(0, 5) for _ in range(R.randint(0, 4))],
        lambda: tuple(item() for _ in range(R.randint(0, 3))),
        lambda: {no_nan(hashable()): item() for _ in range(R.randint(0, 3))},
        lambda: {no_nan(hashable()) for _ in range(R.randint(0, 2))},
        lambda: {R.randint(0, 6) for _ in range(R.randint(0, 4))},
        lambda: range(R.randint(-5, 5), R.randint(-10, 10), R.choice([1, 2, 3, -1, -2])),
        lambda: bytes(R.randint(0, 255) for _ in range(R.randint(0, 4))),
    ])()


def no_nan(v):
    return 0 if "nan" in repr(v) else v


def value(depth=0):
    return scalar() if R.random() < 0.7 else container(depth)


def similar(v):
    """Something that an operator is likely to take together with v."""
    kinds = {int: [integer, real, lambda: True, text], float: [integer, real, real], bool: [integer, real], str: [text, text, integer, value], date: [day, delta, moment],
             datetime: [moment, delta, day], timedelta: [delta, integer, real, day, moment, lambda: R.choice([1, 2, 3, 0.5, 1.5, 7])], time: [clock]}
    if R.random() < 0.3:
        return value()
    if type(v) in kinds:
        return R.choice(kinds[type(v)])()
    if type(v) in (list, tuple, dict, set, bytes):
        for _ in range(20):
            w = container()
            if type(w) is type(v):
                return w
        return type(v)(v)
    return value()


def index():
    return R.choice([lambda: R.randint(-5, 5), lambda: R.randint(-5, 5), scalar, lambda: slice(R.choice([None, R.randint(-6, 6)]), R.choice([None, R.randint(-6, 6)]), R.choice([None, 1, 2, -1, -2, 0]))])()


BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod, "**": operator.pow, "@": operator.matmul,
          "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_, "|": operator.or_, "^": operator.xor}
COMPARE = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}
UNARY = {"neg": operator.neg, "pos": operator.pos, "invert": operator.invert, "truth": bool, "str": str, "repr": repr, "len": len, "list": list}


def small(v):
    return isinstance(v, (int, float)) and abs(v) < 400


def operators():
    kind = R.random()
    if kind < 0.5:
        op = R.choice(list(BINARY))
        a = value()
        b = similar(a)
        if R.random() < 0.2:
            a, b = b, a
        if op in ("**", "<<") and isinstance(a, int) and isinstance(b, int):
            b = R.randint(-5, 60)
        if op == "**" and R.random() < 0.3:
            a, b = round(R.uniform(0, 40), 2), R.choice([0.5, 2, 1.5, 1 / 3, 12, -1, 0.25, R.uniform(-3, 3)])
        if op == "*" and (hasattr(a, "__len__") or hasattr(b, "__len__")):
            a, b = (v if not isinstance(v, int) or abs(v) < 50 else 3 for v in (a, b))
        if op == "%" and isinstance(a, (str, bytes)):
            op = "+"
        return op, [a, b], BINARY[op], {}
    if kind < 0.75:
        op = R.choice(list(COMPARE))
        a = value()
        b = similar(a)
        if op in ("in", "not in") and R.random() < 0.7:
            b = container()
        return op, [a, b], COMPARE[op], {}
    if kind < 0.9:
        op = R.choice(list(UNARY))
        return op, [value()], UNARY[op], {}
    return "item", [R.choice([container, text])(), index()], operator.getitem, {}


MODES = {"operators": operators}


def main():
    done = 0
    while done < CASES:
        op, args, run, kw = MODES[MODE]()
        try:
            line = {"op": op, "args": [encode(v) for v in args]}
            if kw:
                line["kw"] = {k: encode(v) for k, v in kw.items()}
            sys.set_int_max_str_digits(0)
            line["shown"] = f"{op} {args!r} {kw or ''}"
            sys.set_int_max_str_digits(4300)
        except (TypeError, ValueError):
            continue
        try:
            want = run(*args, **kw)
            if type(want) is complex or type(want).__name__.startswith("dict_"):
                continue
            line["want"] = repr(want)
        except Exception as e:
            line["want"] = f"{type(e).__name__}: {e}"
        if " object at 0x" in line["want"]:
            continue
        if op.startswith("method:") and isinstance(args[0], (list, dict, set)):
            line["after"] = repr(args[0])
        try:
            text = json.dumps(line)
            text.encode()
            if "\\ud8" in text:
                json.loads(text).__repr__().encode()
        except UnicodeError:
            continue
        print(text)
        done += 1


main()
