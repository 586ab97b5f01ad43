"""Writes locale_data.rs: the names, patterns and relative times of CLDR as PyPI's Babel carries them.

The host formats with Babel, and sites run different versions of it. So give this script several versions, each installed
with `pip install --target DIR/<version> Babel==<version>`; what they do not agree on is left out, and the engine then
answers that it does not know. Usage: python3 locales.py DIR > locale_data.rs
"""

import json
import subprocess
import sys
from pathlib import Path

LANGUAGES = ["ar", "de", "en", "en_GB", "en_US", "es", "fr", "fr_CA", "fr_CH", "it", "nl", "pt", "pt_BR"]
UNITS = ["year", "month", "week", "day", "hour", "minute", "second"]
FORMS = ["zero", "one", "two", "few", "many", "other"]

READ = r"""
import json, sys
sys.path.insert(0, sys.argv[1])
from babel import Locale
from babel.dates import (get_date_format, get_datetime_format, get_day_names, get_month_names, get_period_names,
                         get_time_format)
table = {}
for language in sys.argv[2].split(","):
    locale = Locale.parse(language)
    entry = {}
    for key, width, context in [("months", "wide", "format"), ("short_months", "abbreviated", "format"),
                                ("lone_months", "wide", "stand-alone"),
                                ("lone_short_months", "abbreviated", "stand-alone")]:
        names = get_month_names(width, context, locale)
        entry[key] = [names[number] for number in range(1, 13)]
    for key, width in [("days", "wide"), ("short_days", "abbreviated")]:
        names = get_day_names(width, "format", locale)
        entry[key] = [names[number] for number in range(7)]
    periods = get_period_names("abbreviated", "format", locale)
    entry["periods"] = [periods["am"], periods["pm"]]
    formats = ["full", "long", "medium", "short"]
    entry["date_patterns"] = [get_date_format(name, locale).pattern for name in formats]
    entry["time_patterns"] = [get_time_format(name, locale).pattern for name in formats]
    entry["joins"] = [str(get_datetime_format(name, locale=locale)) for name in formats]
    fields = locale._data["date_fields"]
    relative = []
    for unit in "year month week day hour minute second".split():
        for direction in ("past", "future"):
            patterns = fields[unit][direction]
            relative.append([patterns.get(form, "") for form in "zero one two few many other".split()])
    entry["relative"] = relative
    entry["plural"] = [locale.plural_form(number) for number in range(0, 201)]
    table[language] = entry
print(json.dumps(table))
"""


def agreed(versions):
    """One value where all versions agree, else an empty text, which stands for "not known"."""
    first = versions[0]
    if isinstance(first, dict):
        return {key: agreed([version[key] for version in versions]) for key in first}
    if isinstance(first, list):
        return [agreed([version[place] for version in versions]) for place in range(len(first))]
    if all(version == first for version in versions):
        return first
    print("left out:", json.dumps(versions), file=sys.stderr)
    return ""


def rust(text):
    """A Rust string literal; invisible characters are escaped so that they can be seen."""
    shown = "".join(
        c if c.isprintable() and c not in "\"\\" and ord(c) not in range(0x2000, 0x2070) and ord(c) != 0xA0
        else {'"': '\\"', "\\": "\\\\"}.get(c, f"\\u{{{ord(c):x}}}")
        for c in text
    )
    return f'"{shown}"'


def main():
    versions = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir())
    tables = [
        json.loads(subprocess.run([sys.executable, "-c", READ, str(path), ",".join(LANGUAGES)], check=True,
                                  capture_output=True, text=True).stdout)
        for path in versions
    ]
    table = agreed(tables)
    names = ", ".join(path.name for path in versions)
    print("//! Names, patterns and relative times by language, from Unicode CLDR as Babel carries it.")
    print("//!")
    print(f"//! Written by `locales.py` from Babel {names}; do not edit.")
    print("//! As long as its languages are many: it is data, not code.")
    print("//! Lists are divided by `|`; an empty entry is one that those versions do not agree on. CLDR is published under the")
    print("//! Unicode License v3.")
    print()
    print("use super::locale::Locale;")
    print()
    print("/// All languages, in alphabetical order of their codes.")
    print("#[rustfmt::skip]")
    print(f"pub static LOCALES: [Locale; {len(LANGUAGES)}] = [")
    for language in LANGUAGES:
        entry = table[language]
        print("    Locale {")
        print(f"        code: {rust(language)},")
        for key in ["months", "short_months", "lone_months", "lone_short_months", "days", "short_days", "periods",
                    "date_patterns", "time_patterns", "joins"]:
            print(f"        {key}: {rust('|'.join(entry[key]))},")
        print("        relative: [")
        for forms in entry["relative"]:
            print(f"            {rust('|'.join(forms))},")
        print("        ],")
        print("    },")
    print("];")
    print()
    print("#[cfg(test)]")
    print("/// The plural form (a place in zero, one, two, few, many, other) of 0 to 200, by language.")
    print("#[rustfmt::skip]")
    print(f"pub static PLURALS: [(&str, &str); {len(LANGUAGES)}] = [")
    for language in LANGUAGES:
        forms = "".join(str(FORMS.index(form)) if form else "?" for form in table[language]["plural"])
        print(f"    ({rust(language)}, {rust(forms)}),")
    print("];")


main()
