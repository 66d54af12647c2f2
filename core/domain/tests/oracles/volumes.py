"""Volumes by `decimal`.

In: two volumes in ten-thousandths, and a factor. Out: the first volume, the second number as whole units, the sum,
the difference, the product, and the first without its fraction.
In: a decimal text alone. Out: its ten-thousandths.
"""

import sys
from decimal import ROUND_DOWN, Decimal, getcontext

getcontext().prec = 60
FINEST = Decimal("0.0001")
MOST = Decimal("999999999999.9999")


def plain(value):
    """Within the range, without an exponent, needless zeros or a minus before zero."""
    value = max(-MOST, min(MOST, value))
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def answer(line):
    if " " not in line:
        return str(int(Decimal(line) / FINEST))
    a, b, times = map(int, line.split())
    x = max(-MOST, min(MOST, a * FINEST))
    y = max(-MOST, min(MOST, b * FINEST))
    values = [x, Decimal(b), x + y, x - y, x * times, x.quantize(Decimal(1), ROUND_DOWN)]
    return " ".join(map(plain, values))


for line in sys.stdin:
    print(answer(line.strip()))
