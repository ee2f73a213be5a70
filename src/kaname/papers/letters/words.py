"""The words of a letter, and values as papers write them: days in era years, yen with commas."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaname.days import DayError, format_era
from kaname.law import Lang, T, Text
from kaname.procedure.declare import Field, FieldType

NUMBER = T("第{case}-{seq}号", "No. {case}-{seq}")
DRAFT_NUMBER = T("（番号未定）", "(number not given yet)")
TO = T("{name}　様", "To: {name}")
TO_OFFICE = T("{name}　宛て", "To: {name}")
BASIS = T("{basis}に基づき、次のとおりとする。", "Under {basis}, as follows.")
PLAINLY = T("次のとおりとする。", "As follows.")
BELOW, END = T("記", "Particulars"), T("以上", "End")
REASONS = T("理由", "Reasons")
PERIODS = T("この書面で始まる期間", "Periods that begin with this document")
SEALED = T("（封緘：写しには記さない）", "(sealed: not written in copies)")
RECEIVED = T("受領した日", "Received on")
DIGEST = T("記録の要約値", "Digest of the entry")
LAYOUT = T(
    "様式の配置は公式の様式と照合していない（未確認）", "layout not checked against the official form (unverified)"
)
READING = T("英文は参考訳である。日本語の文書が正文である。",
            "This English text is for reading only; the Japanese document is the authentic one.")  # fmt: skip
DRAFT = T("案", "DRAFT")
REMEDIES = T("不服の申立てについて", "Remedies")
YES, NO = T("はい", "yes"), T("いいえ", "no")
UNTIL = T("{first}から{last}まで（{last}を含む）", "{first} to {last}, both included")
COUNTED = T("{length}（受領した日などから数える）", "{length}, counted from receipt or as the provision says")


def day(of: date, lang: Lang) -> str:
    """令和8年11月23日 / 23 November 2026."""
    if lang == "en":
        return f"{of.day} {of:%B} {of.year}"
    try:
        return format_era(of)
    except DayError:
        return of.isoformat()


def value(field: Field | None, given: Any, lang: Lang) -> str:
    """One value by its field's type, as papers write it."""
    if given is None or given == "":
        return ""
    if isinstance(given, bool):
        return (YES if given else NO)[lang]
    if field is None:
        return str(given)
    match field.type:
        case FieldType.DAY:
            return _day(given, lang)
        case FieldType.CHOICE:
            labels = {o.id: o.label[lang] for o in field.options}
            chosen = given if isinstance(given, list | tuple) else [given]
            return "、".join(labels.get(v, str(v)) for v in chosen)
        case FieldType.YEN:
            return f"{given:,}円" if lang == "ja" else f"JPY {given:,}"
        case FieldType.PERCENT:
            return f"{given}%"
        case FieldType.ROWS:
            columns = {c.id: c for c in field.columns}
            return "\n".join(_row(columns, row, lang) for row in given)
        case _:
            return "、".join(map(str, given)) if isinstance(given, list | tuple) else str(given)


def _row(columns: Mapping[str, Field], row: Mapping[str, Any], lang: Lang) -> str:
    cells = ((columns.get(id), v) for id, v in row.items() if v not in (None, ""))
    return "、".join(f"{f.label[lang] if f else ''} {value(f, v, lang)}".strip() for f, v in cells)


def _day(given: Any, lang: Lang) -> str:
    try:
        return day(given if isinstance(given, date) else date.fromisoformat(str(given)), lang)
    except ValueError:
        return str(given)


def text(of: Text | str, lang: Lang) -> str:
    return of[lang] if isinstance(of, Text) else of
