"""Cells of a CSV that somebody opens with a spreadsheet: what it would take for a formula is told to be text."""

BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet would run what begins so


def as_text(text: str) -> str:
    """With an apostrophe before it where it would be run; whole numbers stay."""
    return f"'{text}" if text.startswith(BEGINS) and not text.lstrip("-").isdecimal() else text
