"""Texts read as dates by dateutil 2.8.2, dates written by Babel 2.12.1 and clocks turned by pytz 2022.1, at random.

`date_texts.py SEED CASES` prints one JSON object a line: a template, the fields of the document that it uses, the
language, and what the libraries make of it, in the words that the host's functions hand on, on 20 November 2026. `depends`
tells that a process in another time zone gives another answer. It ends with status 3 when a library is missing or is
another version.
"""

import json
import os
import random
import sys
import warnings

os.environ["TZ"] = "UTC"
warnings.simplefilter("ignore")
try:
    import babel
    import dateutil
    import pytz
    from babel import dates
    from dateutil import parser
    from dateutil.parser import ParserError
except ImportError:
    sys.exit(3)
if (babel.__version__, pytz.__version__) != ("2.12.1", "2022.1") or not dateutil.__version__.startswith("2.8."):
    sys.exit(3)

import datetime  # noqa: E402

NOW = datetime.datetime(2026, 11, 20, 9, 30)
MIDNIGHT = TODAY = NOW.replace(hour=0, minute=0)
parser.DEFAULTPARSER.info._year, parser.DEFAULTPARSER.info._century = 2026, 2000
rng = random.Random(int(sys.argv[1]))

MONTHS = "Jan January feb FEBRUARY Mar march Apr May Jun June july Aug Sept Sep september Oct Nov november Dec".split()
DAYS = "Mon monday Tue Wed wednesday Thu Fri friday Sat Sun SUNDAY".split()
JUMPS = [" ", " ", " ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th", "T"]
WORDS = ["am", "pm", "AM", "PM", "a", "p", "h", "hour", "hours", "minutes", "min", "s", "second", "seconds", "day", "days",
         "UTC", "GMT", "Z", "z", "EST", "CET", "ABC", "novembre", "é", "x", "nan", "inf", "Infinity", "(", ")", "+", "-", ":",
         "\u00a0", "\t", "\n", "\0", "²"]


def number():
    kind = rng.random()
    if kind < 0.4:
        return str(rng.randint(0, 31))
    if kind < 0.6:
        return f"{rng.randint(0, 99):02}"
    if kind < 0.8:
        return str(rng.choice([rng.randint(1900, 2100), rng.randint(0, 9999)]))
    if kind < 0.9:
        return "".join(rng.choice("0123456789") for _ in range(rng.choice([3, 5, 6, 7, 8, 10, 12, 14])))
    return rng.choice([f"{rng.randint(0, 40)}.{rng.randint(0, 999)}", f"{rng.randint(10, 40)},5", "0", "00", "1.5.6", "12."])


def day():
    year, month, date = rng.choice([rng.randint(1900, 2100), rng.randint(0, 99)]), rng.randint(1, 13), rng.randint(1, 32)
    mark = rng.choice("-/. ")
    parts = [str(year) if rng.random() < 0.5 else f"{year:04}", str(month) if rng.random() < 0.3 else f"{month:02}",
             str(date) if rng.random() < 0.3 else f"{date:02}"]
    kind = rng.random()
    if kind < 0.4:
        return mark.join(parts)
    if kind < 0.6:
        return mark.join([parts[2], parts[1], parts[0]])
    if kind < 0.7:
        rng.shuffle(parts)
        return mark.join(parts[:rng.randint(1, 3)])
    if kind < 0.8:
        return "".join(parts)
    name = rng.choice(MONTHS)
    suffix = rng.choice(["", "", "th", "st", "."])
    return rng.choice([f"{parts[2]}{suffix} {name} {parts[0]}", f"{name} {parts[2]}{suffix}, {parts[0]}", f"{name} {parts[0]}",
                       f"{name}{mark}{parts[2]}{mark}{parts[0]}", f"{parts[2]}{mark}{name}{mark}{parts[0]}",
                       f"{rng.choice(DAYS)} {name} {parts[2]}", f"{name} of {parts[0]}", name, rng.choice(DAYS)])


def clock():
    hour, minute, second = rng.randint(0, 25), rng.randint(0, 61), rng.randint(0, 61)
    text = rng.choice([f"{hour}:{minute:02}", f"{hour:02}:{minute:02}:{second:02}", f"{hour}h{minute}", f"{hour} h {minute}",
                       f"{hour:02}{minute:02}{second:02}", f"{hour}:{minute}.5", f"{hour:02}:{minute:02}:{second:02}.{rng.randint(0, 9999999)}",
                       f"{hour}h", f"{hour}:{minute} {rng.choice(['am', 'PM', 'p'])}", f"{hour}{rng.choice(['am', 'pm'])}"])
    zone = rng.choice(["", "", "", "Z", "+02:00", "-0530", " UTC", " GMT+3", "+1", " -03:00 (ABC)", " ABC", " XYZ-2"])
    return text + zone


def soup():
    pieces = [rng.choice([number, number, lambda: rng.choice(MONTHS), lambda: rng.choice(DAYS), lambda: rng.choice(JUMPS),
                          lambda: rng.choice(JUMPS), lambda: rng.choice(WORDS)])() for _ in range(rng.randint(1, 7))]
    return rng.choice(["", "", " ", ":", "-"]).join(pieces)


def text():
    kind = rng.random()
    if kind < 0.2:
        result = day()
    elif kind < 0.4:
        result = clock()
    elif kind < 0.7:
        result = day() + rng.choice([" ", "T", ", ", " at "]) + clock()
    else:
        result = soup()
    if rng.random() < 0.25 and result:
        at = rng.randint(0, len(result) - 1)
        piece = rng.choice(["", rng.choice(JUMPS), rng.choice(WORDS), number(), rng.choice("0123456789 :-/.")])
        result = result[:at] + piece + result[at + rng.randint(0, 2):]
    return result


def named(error):
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    return [module + kind.__name__, repr(error.args[0]) if kind is KeyError else str(error)]


def parse(string, **options):
    return parser.parse(string, default=TODAY, **options)


def get_datetime(string):
    if not string or string.startswith(("0001-01-01", "0000-00-00")):
        return None
    try:
        return datetime.datetime.strptime(string, "%Y-%m-%d %H:%M:%S.%f")
    except ValueError:
        return parse(string)


def reading():
    string = text()
    kind = rng.random()
    if kind < 0.6:
        return "{{ frappe.utils.get_datetime(doc.text) }}", {"text": string}, lambda: str(get_datetime(string))
    if kind < 0.8:
        day_first = rng.random() < 0.5

        def getdate():
            if not string:
                return str(NOW.date())
            if string.startswith(("0001-01-01", "0000-00-00")):
                return "None"
            try:
                return str(parse(string, dayfirst=day_first).date())
            except ParserError:
                raise ValueError(f"<strong>{string}</strong> is not a valid date string.") from None

        return "{{ frappe.utils.getdate(doc.text, %s) }}" % day_first, {"text": string}, getdate

    def to_timedelta():
        t = parse(string)
        return str(datetime.timedelta(hours=t.hour, minutes=t.minute, seconds=t.second, microseconds=t.microsecond))

    return "{{ frappe.utils.to_timedelta(doc.text) }}", {"text": string}, to_timedelta


LANGUAGES = """af am ar bg bn bo bs ca cs da da-DK de de-AT el en en-GB en-IN en-US es es-AR es-MX et fa fi fil fr fr-CA
fr-CH gu he hi hr hu id is it ja km kn ko ku lo lt lv mk ml mr ms my nl no pl ps pt pt-BR ro ru rw si sk sl sq sr sr-BA sv
sw ta te th tr uk ur uz vi zh zh-TW xx qqq""".split()
FIELDS = list("GyYuQqMLwWdDFEecahHKkmsSAzZOxX") + ["full", "long", "medium", "short"]


def pattern():
    if rng.random() < 0.2:
        return rng.choice(["full", "long", "medium", "short"])
    pieces = []
    for _ in range(rng.randint(1, 5)):
        kind = rng.random()
        if kind < 0.7:
            pieces.append(rng.choice(FIELDS[:-4]) * rng.choice([1, 1, 2, 2, 3, 4, 5, 6]))
        else:
            pieces.append(rng.choice(["-", "/", " ", "'de'", "''", "'", ", ", ":", "%", "é", "i", "{0}", "'a''b'"]))
    return "".join(pieces)


def moment():
    return datetime.datetime(rng.choice([1999, 2000, 2024, 2026, rng.randint(1001, 9999)]), rng.randint(1, 12), rng.randint(1, 28),
                             rng.choice([0, 0, 12, rng.randint(0, 23)]), rng.randint(0, 59), rng.randint(0, 59),
                             rng.choice([0, 290000, rng.randint(0, 999999)]))


def writing():
    language, layout, at = rng.choice(LANGUAGES), pattern(), moment()
    locale = language.replace("-", "_")
    fields = {"text": str(at), "layout": layout, "language": language}
    kind = rng.choice(["date", "time", "datetime"])
    template = "{{ frappe.utils.format_%s(doc.text, doc.layout, doc.language) }}" % kind

    def written():
        try:
            if kind == "date":
                return dates.format_date(at.date(), layout.replace("mm", "MM").replace("Y", "y"), locale=locale)
            if kind == "time":
                return dates.format_time(at.time(), layout, locale=locale)
            return dates.format_datetime(at, layout, locale=locale)
        except babel.UnknownLocaleError:
            if kind == "date":
                shown = layout.replace("mm", "MM").replace("Y", "y")
                return at.strftime(shown.replace("MM", "%m").replace("dd", "%d").replace("yyyy", "%Y"))
            return at.strftime("%H:%M:%S" if kind == "time" else "%Y-%m-%d %H:%M:%S")

    return template, fields, written


def distance():
    seconds = rng.choice([1, 60, 3600, 86_400, 604_800, 2_592_000, 31_536_000]) * rng.uniform(0, 12)
    delta = datetime.timedelta(seconds=int(seconds) * rng.choice([1, -1]))
    language = rng.choice(LANGUAGES[:-2])
    at = datetime.datetime(2026, 11, 20, 10, 30) + delta
    template = "{{ frappe.utils.pretty_date(frappe.utils.get_datetime(doc.text)) }}"
    return template, {"text": str(at), "lang": language}, lambda: dates.format_timedelta(
        delta, add_direction=True, locale=language.replace("-", "_"))


def zone():
    name = rng.choice(pytz.all_timezones)
    at = datetime.datetime(rng.randint(2000, 2037), rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.choice([0, 30]))
    if rng.random() < 0.1:
        name = rng.choice([name.lower(), name.upper(), name + "x", "UTC", "utc", "Nope/Nope"])

    def turned():
        utc = pytz.timezone("UTC").localize(NOW)
        try:
            there = utc.astimezone(pytz.timezone(name))
        except pytz.UnknownTimeZoneError:
            there = utc
        return f"[{there!r}] {there.tzname()} {there.dst()} {there.strftime('%z %Z')} {there.isoformat()} {there.timestamp()}"

    def site():
        return repr([pytz.utc.localize(at).astimezone(pytz.timezone(name))])

    if rng.random() < 0.5:
        return ("{% set d = frappe.utils.get_datetime_in_timezone(doc.text) %}{{ [d] }} {{ d.tzname() }} {{ d.dst() }} "
                "{{ d.strftime('%z %Z') }} {{ d.isoformat() }} {{ d.timestamp() }}"), {"text": name}, turned
    return ("{{ [frappe.utils.convert_utc_to_system_timezone(frappe.utils.get_datetime(doc.text))] }}",
            {"text": str(at), "zone": name}, site)


def answer(run, today):
    global TODAY
    TODAY = today
    try:
        return {"text": run()}
    except Exception as error:
        return {"error": named(error)}


for _ in range(int(sys.argv[2])):
    template, fields, run = rng.choice([reading, reading, reading, writing, writing, writing, distance, zone])()
    # At that instant some clocks of the world still show the day before.
    here, west = answer(run, MIDNIGHT), answer(run, MIDNIGHT - datetime.timedelta(days=1))
    print(json.dumps({"template": template, "fields": fields, "depends": here != west, **here}))
