"""`kaname try`: may this act be done on that day? Accepted, or every reason why not. Nothing is written."""

import difflib
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import click

from kaname.cli import show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind, catalogue
from kaname.cli.language import language
from kaname.cli.ledger_file import Ledger, folded, read_ledger
from kaname.cli.standing_text import unverified_text
from kaname.cli.strict_json import BadJson, loads
from kaname.days import DayError
from kaname.files.problems import BadInput, Problem, near
from kaname.law import Lang, T
from kaname.procedure import Accepted, Entry, Refused, Standing, as_data, decide
from kaname.procedure.changes import SORTS, changes
from kaname.procedure.declare import CaseKind, Take
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import FORMS, KERNEL_ACTS
from kaname.procedure.show import reason_data, unread_data

_ABOUT = T("行為を試す。できるなら何が変わるか、できないならその理由のすべてを条文とともに示す。記録はしない。",
           "Try an act: what would change, or every reason why not, with provisions. Nothing is written.")  # fmt: skip


@bilingual(
    "try",
    _ABOUT,
    'kaname try patents.application ledger.jsonl first_review.send --on 2025-05-20 --data \'{"ground": "listed"}\'',
)
@argument("kind", show.KIND, type=Kind())
@argument("ledger", show.LEDGER)
@argument(
    "act", T("行為（手続.行為、又は correct、annul、deliver）", "act (procedure.act, or correct, annul, deliver)")
)
@option("--on", type=CaseDay(), required=True, about=T("行為の日", "day of the act"))
@option("--run", default="", about=T("run の名", "name of the run"))
@option("--by", default="", about=T("する者の役割", "role of the one who acts"))
@option("--party", default="", about=T("する者の名", "name of the one who acts"))
@option("--data", default="{}", about=T("項目（JSON オブジェクト）", "fields, a JSON object"))
@option(
    "--with",
    "others",
    multiple=True,
    metavar="NAME=LEDGER",
    about=T("この行為が読むほかの事件の台帳", "ledger of another case that the act reads"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, kind: CaseKind, ledger: str, act: str, on: date, run: str, by: str, party: str, data: str,
    others: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    _known(kind, act)
    entry = Entry(act, on, _object(data), run, by, party)
    read = read_ledger(ledger, kind, may_be_empty=True)
    before = folded(kind, read)
    context = dict(_other(kind, act, other, on) for other in others)
    try:
        answer = decide(before, entry, context, read.entries)
    except (DayError, OverflowError) as error:
        said = (
            error.text if isinstance(error, DayError) else T("期間が暦の範囲を超える", "a period leaves the calendar")
        )
        raise BadInput([Problem("--on", 0, "", said)]) from None
    if as_json:
        show.as_json({**_data(answer, on, language()), "unverified": unread_data(kind, on, language())})
    else:
        show.lines(_text(answer, kind, _fields_of(kind, act), read, language(), on))
    ctx.exit(0 if isinstance(answer, Accepted) else 1)


def _known(kind: CaseKind, act: str) -> None:
    acts = index(kind).acts
    if act not in acts and act not in KERNEL_ACTS:
        close = difflib.get_close_matches(act, (*acts, *KERNEL_ACTS), 3)
        hint = near(close, [] if close else sorted((*index(kind).names & set(acts), *KERNEL_ACTS)))
        text = T(f"{kind.id} に「{act}」という行為はない；{hint.ja}", f"{kind.id} has no act {act!r}; {hint.en}")
        raise BadInput([Problem("ACT", 0, "", text)])


def _fields_of(kind: CaseKind, act: str) -> Collection[str]:
    """The names that `--data` may have: a reason against one of them is told under its name."""
    return FORMS[act] if act in KERNEL_ACTS else {f.id for f in index(kind).acts[act].act.fields}


def _object(text: str) -> Mapping[str, Any]:
    try:
        value = loads(text)
    except BadJson as error:
        raise BadInput([Problem("--data", 0, error.place.en, error.text)]) from None
    if not isinstance(value, dict):
        raise BadInput(
            [
                Problem(
                    "--data",
                    0,
                    "",
                    T('JSON オブジェクトでない；{"項目": 値} を', 'not a JSON object; expected {"field": value}'),
                )
            ]
        )
    return value


def _other(kind: CaseKind, act: str, given: str, on: date) -> tuple[str, Standing]:
    """Another case that the act takes from: its ledger folded to the day of the act."""
    name, equals, path = given.partition("=")
    takes: dict[str, Take] = {t.id: t for t in index(kind).acts[act].act.takes} if act not in KERNEL_ACTS else {}
    if not equals or name not in takes:
        names = ", ".join(takes) or "-"
        text = T(
            f"「{given}」は使えない；NAME=LEDGER の形で、NAME は {names}",
            f"cannot use {given!r}; expected NAME=LEDGER with NAME one of: {names}",
        )
        raise BadInput([Problem("--with", 0, "", text)])
    other = catalogue()[takes[name].kind]
    return name, folded(other, read_ledger(path, other), on)


def _data(answer: Accepted | Refused, on: date, lang: Lang) -> dict[str, Any]:
    if isinstance(answer, Refused):
        found = [{"field": "", "code": "", **reason_data(r, lang, on)} for r in answer.reasons]
        return {"accepted": False, "reasons": found}
    return {
        "accepted": True, "entry": _entry_data(answer.entry),
        "warnings": [reason_data(w, lang, on) for w in answer.warnings], "standing": as_data(answer.standing, lang),
    }  # fmt: skip


def _text(
    answer: Accepted | Refused, kind: CaseKind, names: Collection[str], read: Ledger, lang: Lang, on: date
) -> list[str]:
    not_read = unverified_text(unread_data(kind, on, lang), lang)
    if isinstance(answer, Refused):
        head = T("できない。", "Refused.")
        return [
            head[lang],
            *not_read,
            *(f"  {show.reason_line(reason_data(r, lang, on), lang, names)}" for r in answer.reasons),
        ]
    before = folded(kind, read, answer.standing.as_of)
    warned = [f"  {show.reason_line(reason_data(w, lang, on), lang)}" for w in answer.warnings]
    entry = show.line(_entry_data(answer.entry))
    return [
        T("できる。", "Accepted.")[lang], *not_read, *_changes(before, answer.standing, lang),
        *show.section(T("注意", "Warnings"), warned, lang),
        *show.section(T("台帳に足す行", "The line to add to the ledger"), [f"  {entry}"], lang),
    ]  # fmt: skip


def _changes(before: Standing, after: Standing, lang: Lang) -> list[str]:
    found = changes(before, after)
    if not found:
        return ["  " + T("ほかに変わるものはない", "nothing else changes")[lang]]
    between = T("：", ": ")[lang]
    return [
        f"  {SORTS[c.sort][lang]:<{5 if lang == 'en' else 2}}  {c.what[lang]}{between}{c.becomes[lang]}" for c in found
    ]


def _entry_data(entry: Entry) -> dict[str, Any]:
    """An entry as a line of a ledger, empty values left out."""
    found = {
        "act": entry.act, "on": entry.on, "data": dict(entry.data), "run": entry.run, "by": entry.by,
        "party": entry.party, "at": entry.at, "recorded_at": entry.recorded_at,
    }  # fmt: skip
    return {k: v for k, v in found.items() if v or k in ("act", "on", "data")}
