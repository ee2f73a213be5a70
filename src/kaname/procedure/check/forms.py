"""Words, forms and dates: every text in both languages, fields that can be filled in, dates in order."""

import re
from collections.abc import Iterator
from typing import Any

from kaname.law import Practice, Silence, T, Text
from kaname.procedure.check.problem import Problem, parts, problem
from kaname.procedure.declare import Act, CaseKind, Field, FieldType, Option

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]")


def check_forms(kind: CaseKind) -> Iterator[Problem]:
    for where, part in parts(kind):
        if isinstance(part, Text | Practice | Silence):
            yield from _text(part, where)
        if isinstance(part, Field):
            yield from _field(part, where)
        if isinstance(part, Act):
            yield from _options_within(part, where)
        yield from _dates(part, where)
        yield from _question(kind, part, where)


def _text(text: Text | Practice | Silence, where: str) -> Iterator[Problem]:
    for lang, words in (("ja", text.ja), ("en", text.en)):
        if not words.strip():
            yield problem("no_text", where, f"{lang} の文言がない", f"the text in {lang!r} is missing")
        if "{" in words or "}" in words:
            yield problem(
                "unfilled", where, f"{lang} に {{}} が残る", f"the {lang!r} text has unfilled braces: {words!r}"
            )
    if text.ja == text.en and not _JAPANESE.search(text.ja) and re.search("[a-z]", text.ja):
        yield problem("no_text", where, "日本語の文言がない", f"the Japanese text is the English one: {text.en!r}")


def _field(f: Field, where: str) -> Iterator[Problem]:
    if (f.type is FieldType.CHOICE) != bool(f.options):
        yield problem(
            "options",
            where,
            "選択肢は選択の項目にだけ、必ず置く",
            "options belong to a field of type CHOICE, and it needs them",
        )
    if (f.type is FieldType.ROWS) != bool(f.columns):
        yield problem(
            "columns",
            where,
            "列は行の項目にだけ、必ず置く",
            "columns belong to a field of type ROWS, and it needs them",
        )


def _options_within(act: Act, where: str) -> Iterator[Problem]:
    """A field or option in force only while its act is not can never be chosen."""
    for f in act.fields:
        dated: tuple[Field | Option, ...] = (f, *f.options)
        for element in dated:
            begins_late = element.since and act.until and element.since > act.until
            ends_early = element.until and act.since and element.until < act.since
            if begins_late or ends_early:
                yield problem(
                    "outside_act",
                    f"{where}.{f.id}",
                    f"「{element.id}」は行為が効力を有する間に一度も選べない",
                    f"{element.id!r} is never in force while the act is",
                )


def _dates(part: Any, where: str) -> Iterator[Problem]:
    since, until = getattr(part, "since", None), getattr(part, "until", None)
    if since and until and since > until:
        yield problem(
            "since_after_until",
            where,
            f"始期 {since} が終期 {until} より後である",
            f"since {since} lies after until {until}",
        )


def _question(kind: CaseKind, part: Any, where: str) -> Iterator[Problem]:
    """Numbers of open questions are those of the kind's notes, where it lists any."""
    number = getattr(part, "question", None)
    if number is not None and kind.notes and number not in kind.notes:
        known = T("、".join(map(str, kind.notes)), ", ".join(map(str, kind.notes)))
        yield problem(
            "unknown_question",
            where,
            f"論点{number}の注がない（ある：{known.ja}）",
            f"no note {number}; the kind has {known.en}",
        )
