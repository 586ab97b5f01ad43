"""Random calls of Python's own operations, with what CPython 3.11 answers, one JSON object per line.

usage: python_values.py MODE SEED CASES; exits with 3 when this is not CPython 3.11.
The mode "answers" takes calls from standard input, one JSON object per line, and answers each as it would its own; a
call that cannot be tried is answered with null. That is how a failing call is made smaller.
"""
import builtins
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
    if kind is complex:
        return {"c": [encode(v.real)["f"], encode(v.imag)["f"]]}
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


def decode(v):
    if not isinstance(v, dict):
        return v
    (kind, inner), = v.items()
    items = lambda: [decode(x) for x in inner]
    return {
        "i": lambda: int(inner), "f": lambda: struct.unpack(">d", bytes.fromhex(inner))[0], "b": lambda: bytes(inner), "l": items,
        "c": lambda: complex(*(decode({"f": part}) for part in inner)),
        "t": lambda: tuple(items()), "d": lambda: {decode(k): decode(x) for k, x in inner}, "s": lambda: set(items()),
        "r": lambda: range(*map(int, inner)), "sl": lambda: slice(*items()), "dt": lambda: datetime(*inner), "date": lambda: date(*inner),
        "time": lambda: time(*inner), "td": lambda: int(inner) * US, "builtin": lambda: getattr(builtins, inner),
    }[kind]()


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


def pair():
    part = lambda: R.choice([lambda: R.choice(FLOATS), lambda: float(R.randint(-9, 9)), lambda: float(R.randint(-9, 9)), real, lambda: 0.0])()
    return complex(part(), part())


def day():
    return R.choice([date.min, date.max, date(2024, 2, 29), date(2026, 11, 20), date.fromordinal(R.randint(1, date.max.toordinal()))])


def clock():
    return R.choice([time(0), time(9, 5), time(23, 59, 59, 999999), time(R.randint(0, 23), R.randint(0, 59), R.randint(0, 59), R.choice([0, 0, R.randint(0, 999999)]))])


def moment():
    return R.choice([datetime.min, datetime.max, datetime(2026, 11, 20, 14, 5), datetime.combine(day(), clock())])


def delta():
    return R.choice([timedelta(0), timedelta(1), timedelta(-1), timedelta(hours=9, minutes=5), timedelta.max, timedelta.min, timedelta(microseconds=R.randint(-10**14, 10**14)), timedelta(R.randint(-3000, 3000), R.randint(0, 86399))])


def scalar():
    return R.choice([lambda: None, lambda: R.choice([True, False]), integer, integer, real, real, pair, text, text, day, moment, clock, delta])()


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
    kinds = {complex: [pair, pair, real, integer], int: [integer, real, lambda: True, text], float: [integer, real, real], bool: [integer, real], str: [text, text, integer, value], date: [day, delta, moment],
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


def part():
    return R.choice([text, lambda: R.choice(["", "a", ",", " ", "b", "A", "é", "l", "\n", "-"])])()


def small_int():
    return R.choice([lambda: R.randint(-3, 12), lambda: R.randint(-3, 12), lambda: None, scalar])()


def words():
    return R.choice([text, lambda: " ".join(R.choice(["Hello", "wORLD", "été", "3rd", "o'neil", "ÉCOLE", "a-b", "x\ty", "\u00b2", "٣", "ǆ", "straße", "\x1c", "\r\n", "ab\rc"]) for _ in range(R.randint(0, 4)))])()


def method():
    kind = R.choice(["str", "str", "str", "str", "list", "dict", "set", "tuple", "number", "date", "date", "strftime"])
    kw = {}
    if kind == "str":
        self = words()
        name = R.choice([n for n in dir(str) if not n.startswith("_") and n not in ("format", "format_map", "maketrans", "translate")])
        if name in ("center", "ljust", "rjust"):
            args = [small_int()] + R.choice([[], [part()], [R.choice("*-0é")]])
        elif name in ("zfill",):
            self, args = R.choice([self, "-" + self, str(integer())]), [small_int()]
        elif name == "expandtabs":
            self, args = R.choice([self, self.replace(" ", "\t"), "a\tb\n\tc"]), R.choice([[], [R.choice([R.randint(-2, 20), 2**70, text()])]])
        elif name in ("split", "rsplit"):
            args = R.choice([[], [part()], [None], [part(), small_int()], [None, R.randint(-1, 4)], [scalar()]])
            if R.random() < 0.15:
                args, kw = [], {"maxsplit": R.randint(-1, 3)}
            elif R.random() < 0.1:
                kw = {R.choice(["sep", "maxsplit", "bogus"]): part()}
        elif name == "splitlines":
            args = R.choice([[], [], [True], [small_int()]])
        elif name in ("strip", "lstrip", "rstrip"):
            args = R.choice([[], [], [part()], [None], [scalar()]])
        elif name == "replace":
            args = R.choice([[part(), part()], [part(), part(), small_int()], [scalar(), part()]])
        elif name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
            args = R.choice([[part()], [part()], [part(), small_int()], [part(), small_int(), small_int()], [scalar()], [(part(), part())]])
        elif name == "join":
            args = [R.choice([lambda: [text() for _ in range(R.randint(0, 4))], lambda: tuple(text() for _ in range(2)), words, value])()]
        elif name in ("partition", "rpartition", "removeprefix", "removesuffix"):
            args = [R.choice([part, part, part, scalar])()]
        elif name == "encode":
            args = R.choice([[], ["utf-8"], ["ascii"], ["ascii", "ignore"], ["ascii", "replace"]])
        else:
            args = []
    elif kind == "list":
        self = R.choice([lambda: [R.randint(0, 5) for _ in range(R.randint(0, 6))], lambda: [real() for _ in range(R.randint(0, 30))], container, lambda: [text() for _ in range(5)]])()
        if not isinstance(self, list):
            self = list(range(3))
        name = R.choice(["append", "extend", "insert", "pop", "remove", "index", "count", "reverse", "clear", "copy", "sort"])
        args = {"append": [value()], "extend": [container()], "insert": [small_int(), value()], "pop": R.choice([[], [small_int()]]), "remove": [R.choice(self) if self and R.random() < 0.6 else scalar()],
                "index": [R.choice(self) if self and R.random() < 0.6 else scalar()] + R.choice([[], [small_int()], [small_int(), small_int()]]), "count": [R.randint(0, 5)]}.get(name, [])
        if name == "sort" and R.random() < 0.4:
            kw = {"reverse": R.choice([True, False, 1, "x"])}
    elif kind == "dict":
        self = {no_nan(hashable()): value(1) for _ in range(R.randint(0, 4))}
        key = R.choice(list(self)) if self and R.random() < 0.6 else no_nan(hashable())
        name = R.choice(["get", "keys", "values", "items", "copy", "clear", "pop", "popitem", "setdefault", "update", "fromkeys"])
        args = {"get": R.choice([[key], [key, 5], [[]]]), "pop": R.choice([[key], [key, 5], [{}]]), "setdefault": R.choice([[key], [key, 5]]), "update": [R.choice([container, lambda: {no_nan(hashable()): 1}, lambda: [(1, 2), ("a", "b")], scalar])()],
                "fromkeys": [[1, 2, "a"]]}.get(name, [])
    elif kind == "set":
        self = {R.randint(0, 6) for _ in range(R.randint(0, 5))}
        name = R.choice([n for n in dir(set) if not n.startswith("_")])
        args = [] if name in ("clear", "copy") or (name == "pop" and len(self) < 2) else [R.choice([lambda: R.randint(0, 6), lambda: {R.randint(0, 6) for _ in range(3)}, lambda: [R.randint(0, 6) for _ in range(3)], container])()]
    elif kind == "tuple":
        self = tuple(R.randint(0, 4) for _ in range(R.randint(0, 5)))
        name = R.choice(["index", "count"])
        args = [R.randint(0, 5)]
    elif kind == "number":
        self = R.choice([integer, real])()
        name = R.choice(["bit_length", "conjugate", "as_integer_ratio", "bit_count"] if isinstance(self, int) else ["is_integer", "as_integer_ratio", "conjugate"])
        args = []
    elif kind == "date":
        self = R.choice([day, moment, moment, clock, delta])()
        names = [n for n in dir(self) if not n.startswith("_") and callable(getattr(self, n)) and n not in ("today", "now", "utcnow", "strptime", "fromisoformat", "fromtimestamp", "fromordinal", "fromisocalendar", "utcfromtimestamp", "combine", "timetuple", "utctimetuple", "timestamp", "astimezone", "strftime")]
        name = R.choice(names + ["replace", "isoformat"]) if hasattr(self, "replace") else R.choice(names)
        args = []
        if name == "replace":
            keys = [k for k in ("year", "month", "day", "hour", "minute", "second", "microsecond") if hasattr(self, k)]
            kw = {k: R.choice([lambda: R.randint(1, 13), lambda: R.randint(20, 70), scalar])() for k in R.sample(keys, R.randint(0, 2))}
            if R.random() < 0.3:
                args, kw = [R.randint(1, 2030) for _ in range(R.randint(0, 3))], {}
        elif name == "isoformat" and not type(self) is date:
            args = R.choice([[], [], [" "], ["T", "minutes"], [" ", "milliseconds"], ["x"]]) if type(self) is datetime else R.choice([[], ["minutes"], ["hours"], ["bad"]])
    else:
        self = R.choice([day, moment, moment, clock])()
        name = "strftime"
        args = ["".join(R.choice(["%", "%", "%-", "%_", "%0", "%^", "%#", "%10", "%-3", "%_4"]) + R.choice("aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyYfzZ%") + R.choice(["", " ", "/", "é", "x"]) for _ in range(R.randint(0, 4)))]
        if R.random() < 0.05:
            args = [R.choice([1, None, "%", "100%", "abc"])]
    if R.random() < 0.06:
        args = args + [scalar()]
    elif R.random() < 0.04:
        args = args[:-1]
    elif R.random() < 0.03:
        kw = {**kw, "bogus": 1}
    if name not in ("__class__",) and R.random() < 0.05:
        attr = R.choice(["year", "month", "hour", "microsecond", "days", "seconds", "real", "denominator", "nope", "tzinfo", "min", "max", "resolution", "start", "step"])
        if not callable(getattr(self, attr, None)):
            return "attr", [self, attr], getattr, {}
    return "method:" + name, [self, *args], lambda self, *a, **k: getattr(self, name)(*a, **k), kw


def spec():
    s = R.choice(["", "", "<", ">", "^", "=", "*<", "0>", "é^", "_=", "x<"]) + R.choice(["", "", "", "+", "-", " "]) + R.choice(["", "", "", "z"]) + R.choice(["", "", "", "#"])
    s += R.choice(["", "", "0"]) + R.choice(["", "", str(R.randint(0, 25))]) + R.choice(["", "", "", ",", "_"]) + R.choice(["", "", "." + str(R.randint(0, 22)), "."])
    return s + R.choice(["", "", "d", "f", "e", "g", "%", "s", "x", "X", "b", "o", "c", "E", "F", "G", "f", "f", "q", "ds", ",", "é"])


def conversion():
    s = "%" + R.choice(["", "", "", "(a)", "(b)"]) + "".join(R.choice("-+ #0") for _ in range(R.choice([0, 0, 0, 1, 2])))
    s += R.choice(["", "", str(R.randint(0, 25)), "*"]) + R.choice(["", "", "." + str(R.randint(0, 22)), ".", ".*"]) + R.choice(["", "", "", "l"])
    return s + R.choice("sssrdddiuxXoceEfFgGa%y")


def field():
    name = R.choice(["", "", "", "0", "1", "2", "a", "b", "a.year", "b.real", "[0]", "0[1]", "b[x]", "0.nope", "a[", "a[]", "7", "é", "{", "}", "{a}", "0]"])
    conv = R.choice(["", "", "", "!r", "!s", "!a", "!x", "!", "!rr"])
    sp = R.choice([spec, spec, lambda: "{}", lambda: "{b}", lambda: ">{b}.{}", lambda: "{:{}}", lambda: "%d/%m"])() if R.random() < 0.5 else None
    return "{" + name + conv + (":" + sp if sp is not None else "") + "}"


def formats():
    kind = R.random()
    if kind < 0.45:
        v = R.choice([integer, real, real, lambda: R.randint(-10000, 10**7) / 100, lambda: R.choice([0.5, 1.5, 2.5, 0.125, 2.675, 1e15, 123456789.0, 999999.5, 9.5, 0.05]), text, scalar, lambda: True])()
        s = spec()
        if isinstance(v, (date, time)):
            s = R.choice(["", "%d/%m/%Y", "%H:%M", ">10"])
        if s.endswith("b") and isinstance(v, int) and abs(v) > 2**200:
            v = 5
        return "format", [v, s], format, {}
    if kind < 0.75:
        n = R.randint(0, 3)
        t = "".join(R.choice(["", "x", "é ", "%%"]) + conversion() for _ in range(n)) + R.choice(["", "", "", " end", "%", "%("])
        values = [R.choice([integer, real, text, scalar, scalar, lambda: R.randint(-5, 30), lambda: R.uniform(-1000, 1000)])() for _ in range(max(0, n + R.choice([0, 0, 0, 1, -1])))]
        right = R.choice([tuple(values), tuple(values), tuple(values), values[0] if values else 5, {"a": scalar(), "b": real()}])
        return "%", [t, right], operator.mod, {}
    t = "".join(R.choice(["", "", "x", "é ", "{{", "}}"]) + field() for _ in range(R.randint(0, 3))) + R.choice(["", "", "", " end", "}", "{", "{{", "{a"])
    args = [value() for _ in range(R.randint(0, 3))]
    kw = R.choice([{}, {"a": R.choice([day(), moment(), real()]), "b": R.choice([5, 1.5, "y", {"x": 2}])}])
    return "method:format", [t, *args], lambda t, *a, **k: t.format(*a, **k), kw


NUMERALS = ["12", "-3", " 1.5 ", "1_000", "1__0", "_1", "0x1f", "0b11", "1e5", "1e-400", "nan", "-inf", "Infinity", "٣٤", "1.", ".5", ".", "", "+7", "+ 7", "abc", "ff", "zz", "010", "0", "00", "\t12\n", "1\x00", "½", "9" * 4301, "f" * 5000, "0o17", "1e", "١.٥", "0_7", "0x_f"]


def sized():
    """Something that builtins walk."""
    return R.choice([container, container, text, lambda: [real() for _ in range(R.randint(0, 6))], lambda: [integer() for _ in range(R.randint(0, 6))], lambda: [text() for _ in range(R.randint(0, 70))], scalar])()


def walked(v):
    """Iterators are compared by what they give."""
    return list(v) if type(v).__name__ in ("map", "zip", "filter", "enumerate") or "iterator" in type(v).__name__ or type(v) is reversed else v


def builtins_():
    name = R.choice(["abs", "all", "any", "ascii", "bin", "bool", "callable", "chr", "dict", "divmod", "enumerate", "filter", "float", "float", "format", "hex", "int", "int", "int", "isinstance", "len", "list", "map", "max", "min", "oct", "ord", "pow",
                     "range", "repr", "reversed", "round", "round", "round", "set", "sorted", "str", "sum", "sum", "tuple", "type", "zip"])
    kw = {}
    if name in ("all", "any", "len", "list", "set", "tuple", "reversed", "enumerate", "sum", "sorted", "dict"):
        args = [sized()]
        if name == "enumerate" and R.random() < 0.5:
            args.append(R.choice([1, -3, 2**70, "a"]))
        if name == "sum" and R.random() < 0.4:
            args.append(R.choice([0, 1.5, "", [], (), timedelta(1)]))
        if name == "sorted":
            kw = R.choice([{}, {}, {"reverse": True}, {"key": R.choice([len, str, abs, repr])}, {"key": None}])
        if name == "dict" and R.random() < 0.5:
            args, kw = R.choice([[], [[("a", 1), ["b", 2]]], [{"a": 1}]]), R.choice([{}, {"b": scalar()}])
    elif name in ("max", "min"):
        args = R.choice([lambda: [sized()], lambda: [scalar() for _ in range(R.randint(0, 4))], lambda: [real() for _ in range(3)]])()
        kw = R.choice([{}, {}, {}, {"default": 5}, {"key": R.choice([str, abs, len])}])
    elif name in ("float", "int"):
        args = [R.choice([lambda: R.choice(NUMERALS), lambda: R.choice(NUMERALS), scalar, lambda: str(real()), lambda: str(integer())])()]
        if name == "int" and R.random() < 0.25:
            args.append(R.choice([2, 8, 10, 16, 36, 0, 1, 37, "10"]))
    elif name == "round":
        args = [R.choice([real, real, integer, lambda: R.randint(-10**6, 10**6) / R.choice([8, 100, 1000]), lambda: R.choice([0.5, 1.5, 2.5, 2.675, 1.005, 1e22, 5e15, 0.05, 1e308, 1.7e308, -0.5]), scalar])()] + R.choice([[], [R.randint(-5, 6)], [R.randint(-330, 330)], [None], [R.choice(["a", 1.5, 2**70])]])
    elif name in ("divmod", "pow"):
        a = R.choice([integer, real, delta, scalar])()
        args = [a, similar(a)]
        if name == "pow":
            args = [R.choice([R.randint(-9, 9), R.uniform(0, 9), a if not isinstance(a, int) else 3]), R.choice([R.randint(-5, 40), 0.5, 2.0, text()])] + R.choice([[], [R.randint(-9, 9)], [None]])
    elif name == "chr":
        args = [R.choice([R.randint(-5, 0x11000A), R.randint(32, 500), scalar()])]
        if isinstance(args[0], int) and 0xD800 <= args[0] < 0xE000:
            args = [65]
    elif name == "range":
        args = [R.randint(-9, 9) for _ in range(R.randint(0, 4))]
    elif name in ("map", "filter"):
        args = [R.choice([str, abs, len, repr, bool, None, int]), sized()]
    elif name == "zip":
        args = [container() for _ in range(R.randint(0, 3))]
    elif name == "isinstance":
        args = [value(), R.choice([int, str, (int, float), (str, (list, dict)), bool, 5, tuple])]
    elif name == "format":
        args = [value()] + R.choice([[], [spec()], [5]])
    elif name == "ord":
        args = [R.choice([text, text, scalar, lambda: R.choice("aé😀")])()]
    else:
        args = [value()]
    if name not in ("type", "max", "min", "zip", "range", "pow", "int"):
        if R.random() < 0.06:
            args = args + [scalar()]
        elif R.random() < 0.03:
            args = args[:-1]
        elif R.random() < 0.03:
            kw = {**kw, "bogus": 1}
    if name == "round" and len(args) > 1 and type(args[1]) is int and args[1] < -400:
        # CPython would take all its time for a power of ten.
        args[1] = -400
    return "builtin:" + name, args, lambda *a, **k: walked(getattr(builtins, name)(*a, **k)), kw


PAIRS = ["1+2j", "1-2j", " ( 3+4j ) ", "j", "-j", "+J", "1e3j", "1.5", "nan+infj", "1 + 2j", "(1j", "1j)", "", "1_0j", "1+j2", "1e", "1e+j", ".j", ".5j", "1.+.5j",
         "infinity-nanj", "1++2j", "()", "((1))", "0x1j", "1+2", "1j+2", "\u0661j", "5.e-3-1E2J", "a", "--1j"]


def complexes():
    """Complex numbers, and what makes one."""
    kind = R.random()
    a = pair()
    if kind < 0.35:
        op = R.choice(["+", "-", "*", "/", "/", "//", "%", "@", "<<", "&"])
        b = similar(a)
        return op, R.choice([[a, b], [b, a]]), BINARY[op], {}
    if kind < 0.5:
        b = R.choice([lambda: R.randint(-9, 9), lambda: R.randint(-120, 120), lambda: R.choice([0.5, 2.0, -1.0, 1 / 3, 1e3, -0.5, 2.5]), real, pair])()
        a = R.choice([lambda: a, lambda: -float(R.randint(1, 99)), lambda: R.uniform(-40, 0), lambda: -R.randint(1, 999), lambda: complex(0, R.randint(-9, 9)), lambda: complex(R.randint(-9, 9), 0), lambda: 0j])()
        return "**", [a, b], operator.pow, {}
    if kind < 0.6:
        op = R.choice(list(COMPARE))
        return op, [a, R.choice([lambda: a, lambda: a.real, lambda: [a], lambda: similar(a)])()], COMPARE[op], {}
    if kind < 0.7:
        op = R.choice(["neg", "pos", "invert", "truth", "str", "repr", "len", "list"])
        return op, [a], UNARY[op], {}
    if kind < 0.85:
        return R.choice([("format", [a, spec()], format, {}), ("%", [conversion(), a], operator.mod, {})])
    if kind < 0.92:
        args = R.choice([lambda: [R.choice(PAIRS)], lambda: [R.choice(PAIRS)], lambda: [scalar()], lambda: [similar(a), similar(a)], lambda: [], lambda: [a, scalar()], lambda: [R.choice(PAIRS), 1]])()
        return "builtin:complex", args, complex, R.choice([{}, {}, {}, {"imag": 2}, {"real": 1}, {"x": 1}])
    name = R.choice(["abs", "abs", "hash", "hash", "sum", "int", "float", "round", "divmod", "bool", "dict", "set", "isinstance", "pow", "max"])
    number = R.choice([lambda: a, lambda: a, real, integer, delta, lambda: (1, a, real()), lambda: range(R.randint(0, 3))])()
    args = {"hash": [number], "sum": [[a, similar(a), 1]], "divmod": [a, similar(a)], "dict": [[(a, 1), (a.real, 2), (0, 3)]], "set": [[a]], "isinstance": [a, R.choice([complex, float, (int, complex)])],
            "pow": [a, 2], "max": [a, a.real]}.get(name, [a])
    if name == "hash" and isinstance(number, range) and len(number) < 2:
        args = [a]
    return "builtin:" + name, args, getattr(builtins, name), {}


MODES = {"operators": operators, "complexes": complexes, "methods": method, "formats": formats, "builtins": builtins_}


def characters():
    names = ["upper", "lower", "title", "casefold", "swapcase", "isalpha", "isdecimal", "isdigit", "isnumeric", "isalnum", "isspace", "isprintable", "islower", "isupper", "istitle"]
    for code in range(0x110000):
        c = chr(code)
        # The long runs of like characters (ideographs, Hangul, unassigned ones) are only sampled.
        alike = 0x3400 <= code < 0xA000 or 0xAC00 <= code < 0xF900 or code >= 0x17000 or not c.isprintable()
        if not 0xD800 <= code < 0xE000 and (code % 53 == 0 or not alike or c.upper() != c or c.lower() != c):
            print(json.dumps([c, [getattr(c, n)() for n in names]]))


def operation(op):
    """The operation by its name, as the modes give it."""
    known = {**BINARY, **COMPARE, **UNARY, "item": operator.getitem, "format": format, "attr": getattr}
    kind, _, name = op.partition(":")
    if kind == "method":
        return lambda self, *a, **k: getattr(self, name)(*a, **k)
    return (lambda *a, **k: walked(getattr(builtins, name)(*a, **k))) if kind == "builtin" else known[op]


def answered(op, args, run, kw):
    """The call with what CPython answers; None for one whose answer is of no use."""
    try:
        line = {"op": op, "args": [encode(v) for v in args]}
        if kw:
            line["kw"] = {k: encode(v) for k, v in kw.items()}
        sys.set_int_max_str_digits(0)
        line["shown"] = f"{op} {args!r} {kw or ''}"
        sys.set_int_max_str_digits(4300)
    except (TypeError, ValueError):
        return None
    try:
        want = run(*args, **kw)
        line["want"] = repr(want)
    except Exception as e:
        line["want"] = f"{type(e).__name__}: {e}"
    if " object at 0x" in line["want"]:
        return None
    # What a failed call has changed by then is of no use to anybody.
    if op.startswith("method:") and isinstance(args[0], (list, dict, set)) and not line["want"].split(" ")[0].endswith("Error:"):
        line["after"] = repr(args[0])
    try:
        text = json.dumps(line)
        text.encode()
        if "\\ud8" in text:
            json.loads(text).__repr__().encode()
    except UnicodeError:
        return None
    return text


def answers():
    for line in sys.stdin:
        case = json.loads(line)
        try:
            args, kw = [decode(v) for v in case["args"]], {k: decode(v) for k, v in case.get("kw", {}).items()}
        except Exception:
            print("null")
            continue
        print(answered(case["op"], args, operation(case["op"]), kw) or "null")


def main():
    if MODE == "characters":
        return characters()
    if MODE == "answers":
        return answers()
    done = 0
    while done < CASES:
        text = answered(*MODES[MODE]())
        if text:
            print(text)
            done += 1


main()
