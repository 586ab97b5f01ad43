"""Writes locale_data.rs: the names, patterns and relative times of CLDR as Babel 2.12.1 carries them.

Dodock pins that version; other hosts have others, so what the newest one says otherwise is marked. Usage:
    pip install --target DIR/host Babel==2.12.1 pytz==2022.1
    pip install --target DIR/new Babel pytz
    python3 locales.py DIR > locale_data.rs
"""

import datetime
import itertools
import json
import os
import string
import subprocess
import sys

if len(sys.argv) > 2:
    # One version of Babel, asked by the run that compares them.
    sys.path.insert(0, f"{sys.argv[1]}/{sys.argv[2]}")
    from babel import Locale, UnknownLocaleError, dates

# The languages that the host offers (frappe/geo/languages.json), and national forms of its commonest ones.
LANGUAGES = """
af am ar bg bn bo bs ca cs da da_DK de de_AT de_CH el en en_GB en_IN en_US es es_AR es_BO es_CL es_CO es_DO es_EC
es_GT es_MX es_NI es_PE et fa fi fil fr fr_CA fr_CH gu he hi hr hu id is it ja km kn ko ku lo lt lv mk ml mr ms my nb
nl no pl ps pt pt_BR ro ru rw si sk sl sq sr sr_BA sv sw ta te th tr uk ur uz vi zh zh_CN zh_TW
""".split()
WIDTHS = ["wide", "abbreviated", "narrow"]
NAMED = ["full", "long", "medium", "short"]
UNITS = "year month week day hour minute second".split()
FORMS = ["zero", "one", "two", "few", "many", "other"]
MOMENT = datetime.datetime(2026, 11, 20, 10, 30)


def written(pattern, locale):
    """A zone's name in a pattern, or nothing when Babel fails."""
    try:
        return dates.format_datetime(MOMENT, pattern, locale=locale)
    except Exception:
        return ""


def lists(locale):
    """The lists of a locale, in the order of `List` in locale.rs."""
    table = []
    for context in ("format", "stand-alone"):
        for width in WIDTHS:
            names = dates.get_month_names(width, context, locale)
            table.append([names[number] for number in range(1, 13)])
    for context in ("format", "stand-alone"):
        for width in WIDTHS + ["short"]:
            names = dates.get_day_names(width, context, locale)
            table.append([names[number] for number in range(7)])
    names = dates.get_quarter_names("abbreviated", "format", locale)
    table.append([names[number] for number in range(1, 5)])
    table.append([dates.get_era_names("abbreviated", locale)[1]])
    times = [datetime.time(9), datetime.time(15)]
    table.append([dates.format_time(time, "a", locale=locale) for time in times])
    table.append([dates.get_date_format(name, locale).pattern for name in NAMED])
    table.append([dates.get_time_format(name, locale).pattern for name in NAMED])
    table.append([str(dates.get_datetime_format(name, locale=locale)) for name in NAMED])
    table.append([written(letters, locale) for letters in ("z", "zzzz", "ZZZZ")])
    table.append([str(locale.first_week_day), str(locale.min_week_days)])
    fields = locale._data["date_fields"]
    around, relative = [], {}
    for direction in ("past", "future"):
        forms = [form for unit in UNITS for form in fields[unit][direction].values()]
        start = os.path.commonprefix(forms)
        end = os.path.commonprefix([form[len(start):][::-1] for form in forms])[::-1]
        around += [start, end]
        for unit in UNITS:
            patterns = fields[unit][direction]
            relative[unit, direction] = [
                patterns[form][len(start):len(patterns[form]) - len(end)] + "!" if form in patterns else "" for form in FORMS
            ]
    table.append(around)
    table += [relative[unit, direction] for unit in UNITS for direction in ("past", "future")]
    return ["|".join(entries) for entries in table]


def parts_of_day(locale):
    """What `B` writes in every hour, at midnight and at noon, for the languages whose own patterns have it."""
    if "B" not in dates.get_time_format("short", locale).pattern:
        return ""
    times = [datetime.time(hour, 30) for hour in range(24)] + [datetime.time(0), datetime.time(12)]
    return "|".join(dates.format_time(time, "B", locale=locale) for time in times)


def plural(locale):
    """The plural form of 0 to 199; larger numbers repeat from 100."""
    forms = "".join(str(FORMS.index(locale.plural_form(number))) for number in range(200))
    for number in range(200, 10_000):
        assert str(FORMS.index(locale.plural_form(number))) == forms[100 + number % 100], (locale, number)
    return forms


def rust(text):
    """The inside of a Rust string literal; invisible characters are escaped so that they can be seen."""
    return "".join(
        c if c.isprintable() and c not in "\"\\" and ord(c) not in range(0x2000, 0x2070) and ord(c) != 0xA0
        else {'"': '\\"', "\\": "\\\\", "\n": "\\n"}.get(c, f"\\u{{{ord(c):x}}}")
        for c in text
    )


def parsed(code):
    try:
        return Locale.parse(code)
    except UnknownLocaleError:
        return None


def dump():
    letters = string.ascii_lowercase
    every = ["".join(word) for size in (2, 3) for word in itertools.product(letters, repeat=size)]
    tables = {code: lists(Locale.parse(code)) for code in LANGUAGES}
    parts = {code: parts_of_day(Locale.parse(code)) for code in LANGUAGES}
    plurals = {code: plural(Locale.parse(code)) for code in LANGUAGES}
    print(json.dumps([tables, plurals, parts, [code for code in every if parsed(code)]]))


def version(name):
    command = [sys.executable, __file__, sys.argv[1], name]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    tables, forms, parts, known = version("host")
    newest, _, new_parts, _ = version("new")
    plurals = sorted(set(forms.values()))
    for code, table in tables.items():
        table += [str(plurals.index(forms[code])), parts[code]]
        newest[code] += [table[-2], new_parts[code]]
    codes = LANGUAGES
    print("//! Names, patterns and relative times by language, from Unicode CLDR as Babel carries it.")
    print("//!")
    print("//! Written by `locales.py` from Babel 2.12.1; do not edit.")
    print("//! As long as its languages are many: it is data, not code. CLDR is published under the Unicode License v3.")
    print()
    print("/// Every language: its code and its lists, one a line. The entries of a list are divided by `|`; `=7` stands for")
    print("/// list 7 of the same language and `^` for the same list of the language without its country. A list that newer")
    print("/// versions of Babel have otherwise begins with `~`.")
    print("#[rustfmt::skip]")
    print(f"pub static LOCALES: [(&str, &str); {len(codes)}] = [")
    for code in codes:
        table, short = tables[code], []
        parent = tables.get(code.split("_")[0]) if "_" in code else None
        for place, text in enumerate(table):
            changed = newest[code][place] != text
            if parent and parent[place] == text and not changed:
                short.append("^")
            elif text and text in table[:place]:
                short.append(f"{'~' if changed else ''}={table.index(text)}")
            else:
                short.append(f"{'~' if changed else ''}{text}")
        while short and short[-1] in ("^", ""):
            short.pop()
        print(f'    ("{code}", "{rust(chr(10).join(short))}"),')
    print("];")
    print()
    print("/// The plural form (a place in zero, one, two, few, many, other) of 0 to 199, by the last list of a language.")
    print("#[rustfmt::skip]")
    print(f"pub static PLURALS: [&str; {len(plurals)}] = [")
    for forms in plurals:
        print(f'    "{forms}",')
    print("];")
    print()
    print("/// Every code of two or three letters that Babel knows; any other language is unknown to it.")
    print("#[rustfmt::skip]")
    print(f'pub static KNOWN: &str = "{" ".join(known)}";')


if len(sys.argv) > 2:
    dump()
else:
    main()
