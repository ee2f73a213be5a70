"""Small tables as the tests of money, register and effect write them: a header line and rows."""

from kaname.files.rows import rows


def given(text: str):
    """The rows of a table, with their lines."""
    found, problems = rows("given.csv", text.encode())
    assert problems == []
    return found


def told(faults):
    """Faults as (line, field, English words)."""
    return [(f.line, f.field, f.text.en) for f in faults]
