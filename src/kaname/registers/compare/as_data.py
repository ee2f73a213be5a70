"""A comparison as plain data in one language: for programs and the command line."""

from datetime import date
from decimal import Decimal
from typing import Any

from kaname.law import Lang, Text
from kaname.registers.compare.model import Change, Comparison


def as_data(found: Comparison, lang: Lang) -> dict[str, Any]:
    """Days in ISO 8601, amounts as numbers; null where there was nothing."""
    return {
        "from": found.before.isoformat(), "to": found.after.isoformat(), "more": found.more,
        "changes": [change(c, lang) for c in found],
    }  # fmt: skip


def change(c: Change, lang: Lang) -> dict[str, Any]:
    return {
        "subject": c.subject.value, "id": c.id, "label": c.label[lang], "before": _plain(c.before, lang),
        "after": _plain(c.after, lang), "unit": c.unit[lang] if c.unit else None,
        "why": c.why[lang] if c.why else None, "records": c.records or None,
    }  # fmt: skip


def _plain(value: Any, lang: Lang) -> Any:
    if isinstance(value, Text):
        return value[lang]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
