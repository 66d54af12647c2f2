"""What a utility takes of a typed text, by `decimal`.

In: text, whole drums, fractional drums, policy (truncate, half_up, keep N), parted by tabs.
Out: the value as a plain decimal, or which digits are too many and how many there are.
"""

import sys
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


def plain(value):
    """Without an exponent and without needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def answer(line):
    text, whole, fraction, policy = line.split("\t")
    value = Decimal("".join(text.split()).replace(",", "."))
    significant = len(str(int(value))) if int(value) else 0
    if significant > int(whole):
        return f"whole {significant}"
    after = -value.as_tuple().exponent
    if after > int(fraction):
        return f"fraction {after}"
    if policy == "truncate":
        return plain(value.quantize(Decimal(1), ROUND_DOWN))
    if policy == "half_up":
        return plain(min(value.quantize(Decimal(1), ROUND_HALF_UP), Decimal(10) ** int(whole) - 1))
    digits = int(policy.split()[1])
    return plain(value.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN))


sys.stdin.reconfigure(encoding="utf-8", newline="\n")
for line in sys.stdin:
    print(answer(line.removesuffix("\n")))
