"""Use, averages, forecasts and bills worked out anew, from the rules and not from the Rust.

Reads one JSON case a line and answers each with one JSON line. Volumes come as decimals and stay `Fraction`s to the
end; kopecks are rounded once, by `decimal` where a half has to go up.
"""

import decimal
import json
import sys
from fractions import Fraction

decimal.getcontext().prec = 80
GUESSES = ("estimated", "norm")
CONSUMPTION = ("meter", "average", "norm")


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def month_text(index):
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def half_up(number):
    """A half goes towards plus infinity: away from zero above it, towards zero below."""
    exact = decimal.Decimal(number.numerator) / decimal.Decimal(number.denominator)
    is_half = number.denominator == 2
    how = decimal.ROUND_HALF_DOWN if is_half and number < 0 else decimal.ROUND_HALF_UP
    return int(exact.quantize(decimal.Decimal(1), rounding=how))


def price(volume, kopecks):
    return half_up(volume * kopecks)


class Point:
    def __init__(self, raw, order):
        self.month = month(raw["period"])
        self.value = Fraction(raw["value"])
        self.source = raw["source"]
        self.actual = self.source not in GUESSES
        self.at = raw["at"]
        self.turned = raw["rolled_over"]
        final, initial = raw["replaced"] or ("0", "0")
        self.hidden = Fraction(final) - Fraction(initial)
        self.rank = (self.actual, float("inf") if self.at is None else self.at, order)

    def counts(self, until):
        return self.actual and (until is None or self.at is None or self.at < until)


class Meter:
    def __init__(self, raw):
        self.id, self.resource, self.until = raw["id"], raw["resource"], raw["until"]
        self.round = 10 ** raw["whole"]
        self.stands = {}
        for order, one in enumerate(raw["points"]):
            point = Point(one, order)
            held = self.stands.get(point.month)
            if held is None or point.rank > held.rank:
                self.stands[point.month] = point

    def through(self, points):
        """What has gone through the meter up to each point, counted from the first."""
        total, sums = Fraction(0), []
        for i, point in enumerate(points):
            if i:
                total += point.value - points[i - 1].value + point.hidden
                total += self.round if point.turned else 0
            sums.append(total)
        return sums

    def before(self, end):
        return [self.stands[m] for m in sorted(self.stands) if m < end]

    def uses(self):
        points = self.before(10**9)
        read = [p.month for p in points if p.actual]
        newest = read[-1] if read else -1
        ends = [p for i, p in enumerate(points) if i == 0 or p.actual or p.month > newest]
        sums = self.through(ends)
        answer = []
        for i in range(1, len(ends)):
            months = ends[i].month - ends[i - 1].month
            sources = {ends[i].source, ends[i - 1].source}
            kind = "spread" if months > 1 else "metered"
            kind = "estimated" if "estimated" in sources else kind
            kind = "norm" if "norm" in sources else kind
            for m in range(ends[i - 1].month + 1, ends[i].month + 1):
                own = self.stands[m].source if m in self.stands else None
                answer.append([month_text(m), str((sums[i] - sums[i - 1]) / months), kind, own])
        return answer

    def average(self, end, rules, until):
        read = [p for p in self.before(end) if p.counts(until)]
        if not read:
            return None
        sums = self.through(read)
        back = [read[-1].month - p.month for p in read]
        far = [i for i, months in enumerate(back) if months >= rules["average_months"]]
        start = far[-1] if far else 0
        if back[start] < max(rules["fewest_months"], 1) or sums[-1] < sums[start]:
            return None
        return (sums[-1] - sums[start]) / back[start]

    def missed(self, end, rules):
        before = self.before(end)
        read = [p.month for p in before if p.counts(self.until)]
        begins = read[-1] + 1 if read else before[0].month if before else end
        average = self.average(end, rules, self.until)
        allowed = rules["periods_by_average"] if average is not None else 0
        return end - begins, average, end - begins < allowed, begins + allowed

    def due(self, end, terms, until):
        before = self.before(end)
        reading = self.stands.get(end)
        reading = reading if reading and reading.counts(until) else None
        if before and reading:
            used = reading.value - before[-1].value + reading.hidden
            guesses = []
            for point in reversed(before):
                if point.actual:
                    break
                guesses.append(point)
            read = before[len(before) - len(guesses) - 1] if len(guesses) < len(before) else None
            made = any(g.turned or (read and g.value < read.value) for g in guesses)
            used += self.round if reading.turned and not made else 0
            return "meter", used, before[-1], reading
        _, average, by_average, _ = self.missed(end, terms["miss"])
        basis, volume = ("average", average) if by_average else ("norm", norm(terms, self.resource, end))
        return basis, volume, before[-1] if before else None, reading


def dated(rules, resource, end):
    first = month_text(end) + "-01"
    begun = [r for r in rules if r["resource"] == resource and (r["from"] or "") <= first]
    return max(begun, key=lambda r: r["from"] or "") if begun else None


def tariff(terms, resource, end):
    rule = dated(terms["tariffs"], resource, end)
    return rule["kopecks"] if rule and (rule["until"] or "9") >= month_text(end) + "-01" else None


def norm(terms, resource, end):
    rule = dated(terms["norms"], resource, end)
    known = rule and terms["residents"] and terms["residents"] > 0
    return Fraction(rule["volume"]) * terms["residents"] if known else None


def text(number):
    return None if number is None else str(number)


def answer_history(case):
    meter, end = Meter(case["meter"]), month(case["period"])
    read = [p for p in meter.before(end) if p.actual]
    return {
        "uses": meter.uses(),
        "usual": text(meter.average(end, case["miss"], None)),
        "last": text(read[-1].value if read else None),
        "months": end - read[-1].month if read else 0,
    }


def answer_forecast(case):
    terms, end = case["terms"], month(case["period"])
    one_by_one, lines = [], []
    for raw in case["meters"]:
        meter = Meter(raw)
        before, average, by_average, norm_from = meter.missed(end, terms["miss"])
        volume = average if by_average else norm(terms, meter.resource, end)
        rate = tariff(terms, meter.resource, end)
        cost = price(volume, rate) if volume is not None and rate is not None else None
        basis = "average" if by_average else "norm"
        one_by_one.append([before, basis, month_text(norm_from), text(volume), cost])
        lines.append((meter.due(end, terms, meter.until)[1], rate))
    water = None if any(v is None for v, _ in lines) else sum(v for v, _ in lines)
    lines.append((water, tariff(terms, "sewage", end)))
    known = bool(case["meters"]) and all(v is not None and rate is not None for v, rate in lines)
    return {"meters": one_by_one, "total": sum(price(v, r) for v, r in lines) if known else None}


class Bill:
    def __init__(self, case):
        self.terms, self.end = case["terms"], month(case["period"])
        self.meters = [Meter(raw) for raw in case["meters"]]
        self.lines, self.total = case["lines"], case["total"]
        self.why = []

    def check(self):
        answers, water, sewage, seen, may_mean = [], [], [], [], set()
        for i, line in enumerate(self.lines):
            answers.append(None)
            charged = Fraction(line["volume"])
            about = (line["resource"], line["meter_id"])
            if line["basis"] in ("benefit", "recalculation"):
                answers[i] = line["amount"]
            elif line["basis"] not in CONSUMPTION:
                self.why.append("UnknownBasis")
                may_mean |= {meter.id for meter in self.meters}
                if line["resource"] != "sewage":
                    water.append((charged, charged))
            elif about in seen:
                self.why.append("ChargedTwice")
                answers[i] = 0
                if line["resource"] != "sewage":
                    water.append((charged, Fraction(0)))
            elif line["resource"] == "sewage":
                sewage.append(i)
            else:
                expected, why, meant = self.water_volume(line)
                may_mean |= meant
                water.append((charged, charged if expected is None else expected))
                answers[i] = self.amount(line, expected, why)
            if line["basis"] in CONSUMPTION:
                seen.append(about)
        self.missing(may_mean, answers, water)
        for i in sewage:
            answers[i] = self.sewage(self.lines[i], water)
        return self.conclude(answers)

    def meter_of(self, line):
        if line["meter_id"] is not None:
            fitting = [m for m in self.meters if m.id == line["meter_id"]]
        else:
            fitting = [m for m in self.meters if m.resource == line["resource"]]
        return fitting[0] if len(fitting) == 1 else None

    def water_volume(self, line):
        meter, basis = self.meter_of(line), line["basis"]
        charged = Fraction(line["volume"])
        if meter is None:
            meant = {m.id for m in self.meters if m.resource == line["resource"]}
            if basis == "norm" and line["meter_id"] is None:
                return *self.near(charged, norm(self.terms, line["resource"], self.end)), meant
            return None, ["UnknownMeter"], meant
        due, volume, start, reading = meter.due(self.end, self.terms, None if basis == "meter" else meter.until)
        if basis == "meter":
            expected, why = self.metered(line, due, volume, start, reading)
        elif due == "meter":
            expected = volume
            why = [] if volume == charged else ["ChargedByAverageThoughReadingWasTaken"]
        else:
            expected, why = self.near(charged, volume)
            why += self.ends(line, start, meter.stands.get(self.end))
            if due != basis:
                before, average, _, _ = meter.missed(self.end, self.terms["miss"])
                if basis == "average" and average is None and before < self.terms["miss"]["periods_by_average"]:
                    expected, why = None, ["TooFewReadings"]
                elif expected != charged:
                    why.append("BasisDiffers")
        return expected, why, {meter.id}

    def metered(self, line, due, volume, start, reading):
        why = self.ends(line, start, reading)
        charged, expected = Fraction(line["volume"]), volume
        if due != "meter":
            why.append("NoReading" if reading is None else "NoEarlierValue")
            expected = None
            if line["from"] is not None and line["to"] is not None:
                own = Fraction(line["to"]) - Fraction(line["from"])
                expected = own if own >= 0 and own != charged else None
        if expected is not None and expected != charged:
            why.append("VolumeDiffers")
        return expected, why

    def near(self, charged, exact):
        if exact is None:
            return None, ["Unknown"]
        step = Fraction(1, 10 ** self.terms["places"])
        if abs(charged - exact) <= step / 2:
            return charged, []
        return half_up(exact / step) * step, ["VolumeDiffers"]

    @staticmethod
    def ends(line, start, end):
        why = []
        for known, name, reason in ((start, "from", "FromValueDiffers"), (end, "to", "ToValueDiffers")):
            if known is not None and line[name] is not None and known.value != Fraction(line[name]):
                why.append(reason)
        return why

    def amount(self, line, expected, why):
        """The amount a line should have, or None where nobody can tell."""
        rate = tariff(self.terms, line["resource"], self.end)
        if rate is None:
            why.append("Unknown")
        elif rate != line["tariff"]:
            why.append("TariffDiffers")
        charged = Fraction(line["volume"])
        if abs(price(charged, line["tariff"]) - line["amount"]) > 1:
            why.append("ArithmeticDiffers")
        self.why += why
        if why and not any(self.is_difference(reason) for reason in why):
            return None
        return price(charged if expected is None else expected, line["tariff"] if rate is None else rate)

    def sewage(self, line, water):
        if not water:
            return self.amount(line, None, ["NoWater"])
        charged = Fraction(line["volume"])
        by_bill, expected = (sum(column) for column in zip(*water))
        why = []
        if charged != by_bill:
            why.append("SewageNotTheSum")
        elif charged != expected:
            why.append("VolumeDiffers")
        return self.amount(line, expected, why)

    def missing(self, may_mean, answers, water):
        for meter in self.meters:
            _, volume, _, reading = meter.due(self.end, self.terms, meter.until)
            if meter.id in may_mean or reading is None:
                continue
            self.why.append("MissingLine")
            rate = tariff(self.terms, meter.resource, self.end)
            self.why += ["Unknown"] if rate is None else []
            self.why += ["Unknown"] if volume is None else []
            known = rate is not None and volume is not None
            answers.append(price(volume, rate) if known else None)
            shown = Fraction(0) if volume is None else volume
            if len(meter.before(self.end)) == 0 and volume is not None:
                places = Fraction(1, 10 ** self.terms["places"])
                shown = half_up(volume / places) * places
            water.append((Fraction(0), shown))

    @staticmethod
    def is_difference(reason):
        return reason.endswith("Differs") or reason in (
            "ChargedByAverageThoughReadingWasTaken",
            "SewageNotTheSum",
            "MissingLine",
            "ChargedTwice",
        )

    def conclude(self, answers):
        amounts = [line["amount"] for line in self.lines]
        charged = amounts + [0] * (len(answers) - len(amounts))
        expected = sum(c if a is None else a for a, c in zip(answers, charged))
        if sum(amounts) != self.total:
            self.why.append("TotalDiffers")
        verdict = "cannot tell" if self.why else "right"
        if any(self.is_difference(reason) for reason in self.why):
            verdict = "differs"
        return {
            "expected": answers,
            "difference": self.total - expected,
            "why": sorted(self.why),
            "verdict": verdict,
        }


def answer(case):
    if case["what"] == "cost":
        return price(Fraction(case["volume"]) / case["months"], case["kopecks"])
    if case["what"] == "history":
        return answer_history(case)
    if case["what"] == "forecast":
        return answer_forecast(case)
    return Bill(case).check()


for case in sys.stdin.read().splitlines():
    print(json.dumps(answer(json.loads(case))))
