"""Putting answers on the screen: columns that line up with Japanese letters in them, JSON, provisions in brackets."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import click
from rich.cells import cell_len

from kaname.law import Lang, T, Text


def lines(found: Iterable[str]) -> None:
    click.echo("\n".join(found))


def as_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def line(value: Mapping[str, Any]) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def columns(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Rows with their cells one under another; a Japanese letter is as wide as two Latin ones."""
    if not rows:
        return []
    count = max(len(row) for row in rows)
    widths = [max((cell_len(row[i]) for row in rows if i < len(row)), default=0) for i in range(count)]
    return [
        (indent + "  ".join(cell + " " * (widths[i] - cell_len(cell)) for i, cell in enumerate(row))).rstrip()
        for row in rows
    ]


def with_basis(text: str, cited: str) -> str:
    """A sentence with its provisions in brackets."""
    return f"{text}  [{cited}]" if cited else text


def section(title: Text, found: list[str], lang: Lang) -> list[str]:
    """A titled part, or nothing where it is empty."""
    return ["", title[lang], *found] if found else []


def open_question(number: int | None, lang: Lang) -> str:
    """The mark of what is not settled, with the number of its note in docs/law; nothing where it is."""
    return T(f"（未確認、論点{number}）", f" (unverified, question {number})")[lang] if number else ""


def reason_line(reason: Mapping[str, Any], lang: Lang, names: Collection[str] = ()) -> str:
    """A refusal, note or warning with its provisions, under the name of its field where that is among `names`."""
    field = reason.get("field", "")
    lead = f"{field}: " if field in names else ""
    mark = open_question(reason.get("unverified"), lang)
    return with_basis(f"{lead}{reason['text']}", "; ".join(reason["basis"])) + mark


LEDGER = T("台帳（JSON Lines）。- は標準入力", "ledger in JSON Lines; - for standard input")
KIND = T("事件の種類、例 patents.application", "kind of case, such as patents.application")
AS_OF = T("この日の終わりの状態（既定は日本の今日）", "at the end of this day (default: today in Japan)")
JSON = T("JSON で出力", "print JSON")
