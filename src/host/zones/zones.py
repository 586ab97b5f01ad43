"""Writes data.rs: the time zones of PyPI's pytz, as far as two versions of it agree.

The host converts with the pytz that it pins, 2022.1, whose tables are its own and not the browser's. A zone whose rules
have changed since is left out, and the engine then answers that it does not know. Usage:
    pip install --target DIR/old pytz==2022.1
    pip install --target DIR/new pytz
    python3 zones.py DIR > data.rs
"""

import json
import subprocess
import sys

READ = r"""
import datetime, json, os, re, sys
sys.path.insert(0, sys.argv[1])
import pytz
MINUTE = datetime.timedelta(minutes=1)
UTC = pytz.utc

def rule(name):
    path = os.path.join(os.path.dirname(pytz.__file__), "zoneinfo", *name.split("/"))
    with open(path, "rb") as file:
        text = file.read().rstrip(b"\n").rsplit(b"\n", 1)[-1].decode("ascii")
    return re.fullmatch(r"(<[^>]+>|[A-Z]+)([-+:0-9]+)(?:(<[^>]+>|[A-Z]+)([-+:0-9]*),M([.0-9]+)(/[-+:0-9]+)?"
                        r",M([.0-9]+)(/[-+:0-9]+)?)?", text)

def minutes(text):
    sign = -1 if text.startswith("-") else 1
    hours, _, rest = text.lstrip("+-").partition(":")
    return sign * (int(hours) * 60 + int(rest or 0))

def described(name):
    found = rule(name)
    if not found:
        return None
    standard, offset, summer, shift, start, at, end, until = found.groups()
    zone = [standard.strip("<>"), -minutes(offset)]
    if summer:
        zone += [summer.strip("<>"), -minutes(shift) if shift else zone[1] + 60]
        zone += [start, minutes((at or "/2")[1:]), end, minutes((until or "/2")[1:])]
    return zone

def nth(year, text):
    month, week, day = map(int, text.split("."))
    first = datetime.date(year, month, 1)
    date = first + datetime.timedelta(days=(day - first.isoweekday()) % 7 + (week - 1) * 7)
    while date.month != month:
        date -= datetime.timedelta(days=7)
    return datetime.datetime(date.year, date.month, date.day)

def at(zone, moment):
    if len(zone) == 2:
        return zone[1], zone[0], 0
    start = nth(moment.year, zone[4]) + (zone[5] - zone[1]) * MINUTE
    end = nth(moment.year, zone[6]) + (zone[7] - zone[3]) * MINUTE
    summer = start <= moment < end if start < end else not end <= moment < start
    return (zone[3], zone[2], zone[3] - zone[1]) if summer else (zone[1], zone[0], 0)

def theirs(zone, moment):
    there = UTC.localize(moment).astimezone(zone)
    return there.utcoffset() / MINUTE, there.tzname(), there.dst() / MINUTE

def since(zone, name):
    tz = pytz.timezone(name)
    moments = [moment for moment in getattr(tz, "_utc_transition_times", []) if moment.year < 2038]
    probes = {moment + delta for moment in moments for delta in (-datetime.timedelta(seconds=1), datetime.timedelta(0))
              if moment.year > 1900}
    if len(zone) > 2:
        for year in range(1960, 2038):
            for text, clock, offset in [(zone[4], zone[5], zone[1]), (zone[6], zone[7], zone[3])]:
                moment = nth(year, text) + (clock - offset) * MINUTE
                probes |= {moment - datetime.timedelta(seconds=1), moment}
    probes |= {datetime.datetime(year, month, 15) for year in range(1960, 2038) for month in (1, 7)}
    year = 1970
    for moment in probes:
        if moment.year >= year and moment.year < 2038 and at(zone, moment) != theirs(tz, moment):
            year = moment.year + 1
    return year

table = {}
for name in pytz.all_timezones:
    zone = described(name)
    first = since(zone, name) if zone else 2038
    static = not hasattr(pytz.timezone(name), "_utc_transition_times")
    table[name] = [" ".join(map(str, zone)), max(first, 1970), static] if first < 2026 else None
print(json.dumps(table))
"""


def main():
    tables = [
        json.loads(subprocess.run([sys.executable, "-c", READ, f"{sys.argv[1]}/{version}"], check=True,
                                  capture_output=True, text=True).stdout)
        for version in ("old", "new")
    ]
    groups, others = {}, []
    for name in sorted(set(tables[0]) | set(tables[1])):
        old, new = (table.get(name) for table in tables)
        if old and new and old[0] == new[0] and old[2] == new[2]:
            groups.setdefault((old[0], max(old[1], new[1]), old[2]), []).append(name)
        else:
            others.append(name)
    print("//! Time zones: their rules, the first year from which on these hold, and their names.")
    print("//!")
    print("//! Written by `zones.py` from pytz 2022.1, which the host pins, beside the newest; do not edit.")
    print()
    print("/// One line per rule: the rule, the first year, `S` for a zone that never changed its clock, the names.")
    print("#[rustfmt::skip]")
    print('pub static ZONES: &str = "\\')
    for (rule, year, static), names in sorted(groups.items()):
        print(f"{rule}|{year}|{'S' if static else ''}|{' '.join(names)}\\n\\")
    print('";')
    print()
    print("/// Zones whose rules or existence differ between versions of pytz.")
    print("#[rustfmt::skip]")
    print('pub static UNSURE: &str = "\\')
    for name in others:
        print(f"{name}\\n\\")
    print('";')


main()
