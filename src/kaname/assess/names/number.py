"""The corporate number (法人番号): a check digit and twelve digits."""

import unicodedata


def corporate_number(text: str) -> str | None:
    """The thirteen digits if the check digit is right, else None. Any width; blanks and hyphens may stand between."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in " -‐−\t")
    if len(digits) != 13 or not (digits.isascii() and digits.isdecimal()):
        return None
    return digits if int(digits[0]) == check_digit(digits[1:]) else None


def check_digit(twelve: str) -> int:
    """Nine less the remainder by nine of the digits, weighed 1, 2, 1, 2 ... from the right."""
    return 9 - sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(twelve))) % 9
