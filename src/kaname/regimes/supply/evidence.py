"""The evidence on which a judgement rests (根拠): rows that point to a page of figures or another source.

A row names the file by its hash and the day of the data, the value of an indicator, and the threshold somebody set
for it. No threshold stands in the law: it is kept beside the value and decides nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kaname.law import Bases, T
from kaname.law.laws import art
from kaname.procedure.declare import Condition, Field, FieldType, Option, condition
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.requirements import INDICATORS, REQUIREMENTS

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ABOUT = Field("requirement", T("要件", "requirement"), FieldType.CHOICE,
    options=tuple(Option(r.id, r.name) for r in REQUIREMENTS.values()))
_INDICATOR = Field("indicator", T("指標", "indicator"), FieldType.CHOICE,
    options=tuple(Option(i.id, i.name) for i in INDICATORS.values()))
_FIGURE = (
    Field("figure", T("何の値か", "what it is a figure of"), FieldType.TEXT,
        help=T("品目番号、輸入国、年など（例：2504 JPN 2024）",
            "code, importer, year and the like (2504 JPN 2024)")),
    Field("value", T("値", "value"), FieldType.TEXT),
    Field("threshold", T("比べた値", "threshold"), FieldType.TEXT,
        help=T("利用者が定めた値。法令に数値の基準はない", "set by the user; no law sets one")),
    Field("digest", T("元のファイルのSHA-256", "SHA-256 of the file"), FieldType.TEXT),
    Field("as_of", T("データの時点", "day of the data"), FieldType.DAY),
    Field("page", T("根拠の頁", "page of the evidence"), FieldType.TEXT))


def evidence(id: str, label_ja: str, label_en: str, basis: Bases, *, by_requirement: bool = True) -> Field:
    """Rows of evidence, each for one of the four requirements where the act judges them."""
    columns = (_ABOUT, _INDICATOR, *_FIGURE) if by_requirement else (_INDICATOR, *_FIGURE)
    return Field(id, T(label_ja, label_en), FieldType.ROWS, basis, columns=columns)


EVIDENCE = evidence("evidence", "根拠となる指標", "indicators the judgement rests on", art("7"))
SHEET = Field("sheet", T("４要件の根拠資料", "evidence sheet for the four requirements"), FieldType.DOCUMENT, art("7"),
    required=True, several=True)


def rows(value: Any) -> Iterator[dict[str, Any]]:
    """The rows of the form; none while it is empty."""
    yield from (dict(row) for row in value or ())


def sound(on: str = "evidence") -> tuple[Condition, ...]:
    """What a row must be to be found again: a hash that is one, and data no younger than the act."""

    @condition(T("根拠のSHA-256が64桁の16進数であること", "each hash is one: 64 hexadecimal digits"),
        T("根拠のSHA-256が64桁の16進数（小文字）でない", "a hash is not 64 hexadecimal digits in lower case"), art("7"))
    def hashes_readable(v: View) -> bool | None:
        return all(_SHA256.fullmatch(str(r["digest"])) for r in rows(v.given(on)) if r.get("digest"))

    @condition(T("根拠のデータが行為の日より後のものでないこと", "no data younger than the act"),
        T("根拠のデータの時点が行為の日より後である", "the data are dated after the day of the act"), art("7"))
    def data_not_of_the_future(v: View) -> bool | None:
        return all(day <= v.on for day in map(_day, rows(v.given(on))) if day)

    @condition(T("値に、データの時点と出所（ファイル又は頁）があること",
            "each value has the day of its data and its source, a file or a page"),
        T("時点又は出所のない値がある", "a value has no day of its data, or no source"), art("7"))
    def values_traced(v: View) -> bool | None:
        return all(r.get("as_of") and (r.get("digest") or r.get("page")) for r in rows(v.given(on)) if r.get("value"))

    return hashes_readable, data_not_of_the_future, values_traced


def without_evidence(found: Iterable[dict[str, Any]]) -> list[str]:
    """The requirements that no row speaks to."""
    told = {row.get("requirement") for row in found}
    return [id for id in REQUIREMENTS if id not in told]


def _day(row: dict[str, Any]) -> date | None:
    day = row.get("as_of") or None
    return date.fromisoformat(day) if isinstance(day, str) else day
