"""What stands in the cells of a docket: days and answers, in the spellings that people use."""

from datetime import date
from unicodedata import normalize

from kaname.days import DayError, parse_era

ANSWERS = {
    **dict.fromkeys(("true", "1", "yes", "y", "はい", "有"), True),
    **dict.fromkeys(("false", "0", "no", "n", "いいえ", "無"), False),
}


def read_day(text: str) -> date | None:
    """One day in another spelling: 2025/2/8, 20250208, 令和7年2月8日."""
    plain = normalize("NFKC", text).strip().replace("/", "-").replace(".", "-")
    try:
        if plain.count("-") == 2 and plain[:1].isdecimal():
            return date(*(int(part) for part in plain.split("-")))
        return date.fromisoformat(plain) if plain.isdecimal() else parse_era(plain)
    except (ValueError, DayError):
        return None
