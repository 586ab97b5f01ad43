"""Filters at random, answered by CPython: its json module, its operators, its str() and its datetime.

The rules around them are those of the host (frappe/utils/data.py of Frappe 15): which filters are cast, in which order,
and what each operator asks. One JSON line a case: the document as a page has it, its state, the text, and either the
outcome or the error. Dates are written in one way only, so that nothing depends on a parser of dates.
"""

import datetime as dt
import json
import operator
import random
import sys

if sys.version_info[:2] != (3, 11):
    sys.exit(3)

DOCTYPE = "Ticket"
FIELDS = {
    "title": "Data",
    "status": "Select",
    "note": "Code",
    "count": "Int",
    "urgent": "Check",
    "total": "Currency",
    "due": "Date",
    "seen": "Datetime",
}
TEXTS = ["Open", "Closed", "open", "Op", "", "L'eau", 'a "b"', "n, o", "50%", "40000", "é"]
NUMBERS = [0, 1, 3, -2, 40000, 2.5, 40000.5]
DAYS = ["2026-11-20", "2026-11-21", "2025-01-01"]
MOMENTS = ["2026-11-20 10:30:00", "2026-11-20 00:00:00", "2025-01-01 08:00:00"]


class Refused(Exception):
    """What the host throws with words of its own."""


def document(rng, state):
    """The document as JSON, and the values that the host has."""
    page, host = {"doctype": DOCTYPE, "name": "T-1", "docstatus": 0}, {}
    for name, fieldtype in FIELDS.items():
        if fieldtype in ("Data", "Select", "Code"):
            value = rng.choice(TEXTS + [None])
        elif fieldtype in ("Int", "Check"):
            value = rng.choice([0, 1, 3, -2, 40000, None])
        elif fieldtype == "Currency":
            value = rng.choice(NUMBERS + [None])
        else:
            value = rng.choice((DAYS if fieldtype == "Date" else MOMENTS) + [None])
        if value is not None:
            page[name] = value
        if state == "stored":
            if fieldtype in ("Int", "Check"):
                value = value or 0
            elif fieldtype == "Currency":
                value = float(value or 0)
            elif value is not None and fieldtype == "Date":
                value = dt.date.fromisoformat(value)
            elif value is not None and fieldtype == "Datetime":
                value = dt.datetime.fromisoformat(value)
        host[name] = value
    return page, host


def number(value):
    try:
        return float(value.replace(",", "") if isinstance(value, str) else value)
    except Exception:
        return 0.0


def whole(value):
    if isinstance(value, str) and value.lower() in ("true", "1", "false", "0"):
        value = value.lower() in ("true", "1")
    for read in (int, lambda value: int(float(value))):
        try:
            return read(value)
        except Exception:
            pass
    return 0


def day(value):
    if not value:
        return dt.date(1, 1, 1)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    if value not in DAYS + MOMENTS:
        raise LookupError
    return dt.datetime.fromisoformat(value).date()


def moment(value):
    if not value:
        return dt.datetime(1, 1, 1)
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str):
        raise LookupError
    if value not in DAYS + MOMENTS:
        raise LookupError
    return dt.datetime.fromisoformat(value)


CASTS = {
    "Data": lambda value: "" if value is None else str(value),
    "Int": whole,
    "Currency": number,
    "Date": day,
    "Datetime": moment,
}
CASTS["Select"] = CASTS["Data"]
CASTS["Check"] = CASTS["Int"]


def like(value, pattern):
    if not isinstance(pattern, str) and isinstance(value, str):
        return False
    head, tail = pattern.startswith("%"), pattern.endswith("%")
    if head and not tail:
        return value.endswith(pattern.lstrip("%"))
    if tail and not head:
        return value.startswith(pattern.rstrip("%"))
    return (pattern.strip("%") if head else pattern) in value


ASKS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "in": lambda value, wanted: value in wanted,
    "not in": lambda value, wanted: value not in wanted,
    "like": like,
    "not like": lambda value, pattern: not like(value, pattern),
}
SILENT = ["is", "between", "timespan", "previous", "next", "ancestors of", "LIKE", "In"]


def holds(row, host):
    if isinstance(row, dict):
        name, wanted = next(iter(row.items()))
        row = [name, wanted[0], wanted[1]] if isinstance(wanted, list) else [name, "=", wanted]
    elif not isinstance(row, list) or len(row) < 3:
        raise Refused
    doctype, name, sign, wanted = [None, *row] if len(row) == 3 else row[:4]
    sign = sign or "="
    if sign.lower() not in ASKS and sign.lower() not in SILENT:
        raise Refused
    value = host.get(name)
    if doctype and FIELDS.get(name) in CASTS:
        value, wanted = CASTS[FIELDS[name]](value), CASTS[FIELDS[name]](wanted)
    return ASKS[sign](value, wanted) if sign in ASKS else False


def answer(text, host):
    filters = json.loads(text)
    if isinstance(filters, dict):
        filters = [{name: wanted} for name, wanted in filters.items()]
    if not isinstance(filters, list):
        return True
    return all(holds(row, host) for row in filters)


def filters(rng):
    rows = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        name = rng.choice([*FIELDS, *FIELDS, "nope"])
        sign = rng.choice([*ASKS, *ASKS, *SILENT[:2], rng.choice([*SILENT, "==", ""])])
        fieldtype = FIELDS.get(name)
        own = {"Date": DAYS + MOMENTS[:1], "Datetime": MOMENTS + DAYS[:1], "Int": NUMBERS + ["3"], "Currency": NUMBERS + ["40,000"]}
        values = own.get(fieldtype, TEXTS)
        value = rng.choice(values + rng.choice([[], [], [None, True, False, 5, "Open", ""]]))
        if "in" in sign.lower().split() or rng.random() < 0.05:
            value = rng.choice([[rng.choice(values) for _ in range(rng.randrange(4))], [None, value], value])
        elif sign.lower().endswith("like") and isinstance(value, str):
            value = rng.choice(["", "%"]) + value + rng.choice(["", "%"])
        row = [name, sign, value]
        if rng.random() < 0.65:
            row = [DOCTYPE, *row]
        elif rng.random() < 0.3:
            row = {name: [sign, value]} if sign != "=" else {name: value}
        rows.append(row)
    if rng.random() < 0.04:
        rows.append(rng.choice([5, "x", [], ["status"], ["status", "="], [DOCTYPE, "status", "=", "Open", False, 1]]))
    text = json.dumps(rows, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, None, 1]))
    if rng.random() < 0.15:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(["", "", ",", "]", "}", '"', "\\", "\\u00", "\n", "x", "0", "é", ":", "-", "1e5", "NaN"]) + text[at + rng.randrange(2) :]
    return text


def main(seed, cases):
    rng = random.Random(int(seed))
    for _ in range(int(cases)):
        state = rng.choice(["stored", "posted"])
        page, host = document(rng, state)
        text = filters(rng)
        case = {"doc": page, "state": state, "text": text}
        try:
            case["holds"] = answer(text, host)
        except LookupError:
            # A text that only a parser of dates can judge.
            continue
        except Refused:
            case["error"] = ["frappe.exceptions.ValidationError", None]
        except json.JSONDecodeError as error:
            case["error"] = ["json.decoder.JSONDecodeError", str(error)]
        except Exception as error:
            case["error"] = [type(error).__name__, str(error)]
        print(json.dumps(case))


main(*sys.argv[1:])
