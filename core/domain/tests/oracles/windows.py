"""Submission windows by `calendar`, `datetime` and `zoneinfo`.

A rule is written as: day of opening (0 for the month's last), 1 if of the next month, and the same for closing.
In: `zone NAME`. Out: `known` or `unknown`.
In: `window NAME RULE YYYY-MM`. Out: first and last day, the second of opening, and the first that is too late.
In: `position NAME RULE SECOND`. Out: `open` or `before`, the month of the window, days and hours left until it closes.
"""

import sys
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

try:
    from functools import lru_cache
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    ZoneInfo("Europe/Moscow")
except ImportError:
    sys.exit("python3 is too old: it has no zoneinfo (3.9 or later is needed)")
except ZoneInfoNotFoundError:
    sys.exit("python3 finds no time zone database: install the system's tzdata")


def month_after(year, month):
    return (year + month // 12, month % 12 + 1)


def day_of(year, month, day, next_month):
    if next_month:
        year, month = month_after(year, month)
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


@lru_cache(maxsize=None)
def start_of(name, day):
    """The second at which a day begins: midnight, the earlier of two, or the end of the gap that midnight is in."""
    zone = ZoneInfo(name)
    midnight = datetime.combine(day, time(), zone)
    begins = midnight.astimezone(timezone.utc)
    if begins.astimezone(zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return int(begins.timestamp())
    before, after = (begins + timedelta(days=days) for days in (-2, 2))
    while after - before > timedelta(seconds=1):
        between = before + timedelta(seconds=(after - before) // timedelta(seconds=1) // 2)
        if between.astimezone(zone).replace(tzinfo=None) < midnight.replace(tzinfo=None):
            before = between
        else:
            after = between
    return int(after.timestamp())


def window(name, rule, year, month):
    opens, closes = (day_of(year, month, *end) for end in (rule[:2], rule[2:]))
    return opens, closes, start_of(name, opens), start_of(name, closes + timedelta(days=1))


def position(name, rule, now):
    today = datetime.fromtimestamp(now, ZoneInfo(name)).date()
    # From four months ago on, the first window that has not closed.
    start = today.replace(day=1) - timedelta(days=100)
    year, month = start.year, start.month
    while True:
        _, closes, opens_at, closes_at = window(name, rule, year, month)
        if now < closes_at:
            word = "open" if opens_at <= now else "before"
            hours = -((now - closes_at) // 3600)
            return f"{word} {year}-{month:02} {max(0, (closes - today).days)} {hours}"
        year, month = month_after(year, month)


def answer(line):
    kind, name, *rest = line.split()
    if kind == "zone":
        try:
            ZoneInfo(name)
        except ZoneInfoNotFoundError:
            return "unknown"
        return "known"
    rule = tuple(map(int, rest[:4]))
    if kind == "window":
        return " ".join(map(str, window(name, rule, *map(int, rest[4].split("-")))))
    return position(name, rule, int(rest[4]))


for line in sys.stdin:
    print(answer(line))
