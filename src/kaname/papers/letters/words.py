"""The words of a letter, and values as papers write them: days in era years, yen with commas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from kaname.days import DayError, format_era
from kaname.law import Lang, T, Text
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.kernel_acts import ANNUL, CORRECT


@dataclass(frozen=True, slots=True)
class Line:
    """A particular: what it is called and what it says; `basis` as cited, where the field has one."""

    label: str
    text: str
    basis: str = ""


class Upon(NamedTuple):
    """The paper of an annulment or a correction."""

    sort: str
    title: Text
    opening: Text


NUMBER = T("第{case}-{seq}号", "No. {case}-{seq}")
DRAFT_NUMBER = T("（番号未定）", "(number not given yet)")
TO = T("{name}　様", "To: {name}")
TO_OFFICE = T("{name}　宛て", "To: {name}")
BASIS = T("{basis}に基づき、次のとおりとする。", "Under {basis}, as follows: {act}.")
DOES = T("{basis}に基づき、次のとおり{act}。", "Under {basis}, as follows: {act}.")
PLAINLY = T("次のとおりとする。", "As follows: {act}.")
DOES_PLAINLY = T("次のとおり{act}。", "As follows: {act}.")
ISSUED = T("{office}{year}第{n}号", "{office} {year} No. {n}")
UPON = {
    ANNUL: Upon("cancellation", T("取消しの通知", "Notice of annulment"), T(
        "{on}付け{number}「{act}」は、はじめからなかったものとして取り消す。",
        "{number} of {on} ({act}) is annulled as if never made.")),
    CORRECT: Upon("notice", T("訂正の通知", "Notice of correction"), T(
        "{on}付け{number}「{act}」を、次のとおり訂正する。",
        "{number} of {on} ({act}) is corrected as follows.")),
}  # fmt: skip
ANNULLED = T(
    "この書面に係る行為は、{on}（記録{n}）に取り消された。", "The act of this paper was annulled on {on} (entry {n})."
)
CORRECTED = T("{on}の訂正（記録{n}）を反映している。", "As corrected on {on} (entry {n}).")
INSTEAD = T("この書面は、{number}に代わる。", "This paper replaces {number}.")
WAS = T("{now}（訂正前：{before}）", "{now} (before: {before})")
CONTACT = T("問合せ先", "Contact")
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


_VERBS = ("る", "す", "く", "ぐ", "う", "つ", "ぶ", "む", "ない")


def opening(basis: str, act: Text, lang: Lang) -> str:
    """法66条7項に基づき、次のとおり送付した旨を通知する。A label that is no verb is not forced into the sentence."""
    does = act.ja.endswith(_VERBS)
    plainly, under = (DOES_PLAINLY, DOES) if does else (PLAINLY, BASIS)
    return (under.fill(basis=basis, act=act) if basis else plainly.fill(act=act))[lang]


def year(of: date, lang: Lang) -> str:
    """令和8年 / 2026."""
    return day(of, lang).partition("年")[0] + "年" if lang == "ja" else str(of.year)


def listed(names: Sequence[str], lang: Lang) -> str:
    return ("、" if lang == "ja" else "; ").join(names)


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
