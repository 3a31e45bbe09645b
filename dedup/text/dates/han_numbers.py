"""Convert Han numerals in dates to digits: 二〇二四年一月八日 -> 2024年1月8日."""

import re

_DIGITS = {sign: value for value, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_NUMBER = re.compile(rf"[{''.join((*_DIGITS, *_TENS, '元'))}]+(?=\s*[年月日号號])")


def in_digits(written: str) -> str:
    """Convert the numbers before the signs of year, month and day to digits; 元 is the first year."""
    return _NUMBER.sub(lambda number: _digits(number[0]), written)


def _digits(number: str) -> str:
    if number == "元":
        return "1"
    if not set(number) <= _DIGITS.keys() | _TENS.keys():
        return number
    if not set(number) & _TENS.keys():
        return "".join(str(_DIGITS[sign]) for sign in number)
    value, units = 0, 0
    for sign in number:  # 二十三: each ten takes the digit before it
        if sign in _TENS:
            value, units = value + max(units, 1) * _TENS[sign], 0
        else:
            units = _DIGITS[sign]
    return str(value + units)
