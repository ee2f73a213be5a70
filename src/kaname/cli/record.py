"""`kaname open` and `kaname act`: record an act in the office's ledger; the receipt, or every reason why not."""

from collections.abc import Mapping
from datetime import date
from secrets import token_hex
from typing import Any

import click

from kaname.cli import show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.cli.office import CASE, case_id, office, plain
from kaname.cli.strict_json import BadJson, loads
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T
from kaname.procedure import Entry, Refused
from kaname.procedure.declare import CaseKind
from kaname.procedure.show import reason_data

_ACT = T("行為（手続.行為、又は correct、annul、deliver）", "act (procedure.act, or correct, annul, deliver)")
_OPEN = T("事件を起こす最初の行為を記録し、受領証を出す。", "Open a case with its first act; print the receipt.")
_DO = T("事件に行為を記録し、受領証を出す。できないときは理由のすべてを条文とともに示す。",
        "Record an act in a case; print the receipt, or every reason why not, with provisions.")  # fmt: skip
_OPTIONS = (
    option("--on", type=CaseDay(), required=True, about=T("行為の日", "day of the act")),
    option("--run", default="", about=T("run の名", "name of the run")),
    option("--by", default="", about=T("する者の役割", "role of the one who acts")),
    option("--party", default="", about=T("する者の名", "name of the one who acts")),
    option("--person", default="", about=T("記録する人", "the person who records it")),
    option("--data", default="{}", about=T("項目（JSON オブジェクト）", "fields, a JSON object")),
    option("--with", "others", multiple=True, metavar="NAME=CASE",
           about=T("この行為が読むほかの事件", "another case that the act reads")),
    option("--key", default="", about=T("繰り返しても二重にならないための鍵（既定は乱数）",
           "idempotency key: repeated, an act is recorded once (default: random)")),
    option("--json", "as_json", is_flag=True, about=show.JSON),
)  # fmt: skip


def _with_options(function: Any) -> Any:
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


@bilingual("open", _OPEN, "kaname open patents.application first_review.file --on 2025-02-28")
@argument("kind", show.KIND, type=Kind())
@argument("act", _ACT)
@_with_options
@click.pass_context
def open_command(ctx: click.Context, /, kind: CaseKind, act: str, as_json: bool, key: str, **given: Any) -> None:
    with office():
        from kaname.ledger.api import open_case

        entry, person, context = _asked(act, **given)
        answer = open_case(kind.id, entry, idempotency_key=key or token_hex(16), person=person, context=context)
        tell(ctx, answer, entry.on, as_json)


@bilingual("act", _DO, 'kaname act 1 first_review.send --on 2025-05-20 --data \'{"ground": "listed"}\'')
@argument("case", CASE)
@argument("act", _ACT)
@_with_options
@option("--happened", is_flag=True, about=T("禁止に反してすでにされた事実行為を、違反として記録する",
        "a deed done against a ban: record it, as a breach"))  # fmt: skip
@click.pass_context
def act_command(
    ctx: click.Context, /, case: str, act: str, as_json: bool, key: str, happened: bool, **given: Any
) -> None:
    with office():
        from kaname.ledger.api import perform

        entry, person, context = _asked(act, **given)
        answer = perform(
            case_id(case), entry, idempotency_key=key or token_hex(16), person=person, context=context,
            happened=happened,
        )  # fmt: skip
        tell(ctx, answer, entry.on, as_json)


def _asked(
    act: str, on: date, run: str, by: str, party: str, person: str, data: str, others: tuple[str, ...]
) -> tuple[Entry, str, dict[str, str]]:
    context = {}
    for other in others:
        name, equals, case = other.partition("=")
        if not equals:
            raise BadInput([Problem("--with", 0, "", T(f"「{other}」は使えない；NAME=CASE の形で",
                                                       f"cannot use {other!r}; expected NAME=CASE"))])  # fmt: skip
        context[name] = case_id(case)
    return Entry(act, on, _fields(data), run, by, party), person, context


def _fields(text: str) -> Mapping[str, Any]:
    try:
        value = loads(text)
    except BadJson as error:
        raise BadInput([Problem("--data", 0, error.place.en, error.text)]) from None
    if not isinstance(value, dict):
        said = T('JSON オブジェクトでない；{"項目": 値} を', 'not a JSON object; expected {"field": value}')
        raise BadInput([Problem("--data", 0, "", said)])
    return value


def tell(ctx: click.Context, answer: Any, on: date, as_json: bool) -> None:
    """The receipt, or every reason why not and the exit status of a no."""
    lang = language()
    if isinstance(answer, Refused):
        reasons = [reason_data(reason, lang, on) for reason in answer.reasons]
        if as_json:
            show.as_json({"accepted": False, "reasons": reasons})
        else:
            head = T("できない。", "Refused.")
            show.lines([head[lang], *(f"  {show.reason_line(reason, lang)}" for reason in reasons)])
        ctx.exit(1)
    warnings = [reason_data(reason, lang, on) for reason in answer.warnings]
    if as_json:
        show.as_json({"accepted": True, **plain(answer), "warnings": warnings})
    else:
        show.lines(_receipt(answer, warnings, lang))


def _receipt(receipt: Any, warnings: list[Any], lang: Lang) -> list[str]:
    title = T("記録した。受領証：", "Recorded. Receipt:")
    rows = [
        (T("事件", "case")[lang], f"{receipt.number}  ({receipt.case})"),
        (T("記録", "entry")[lang], f"{receipt.seq}  {receipt.act}  {receipt.effective_on}"),
        (T("時刻", "recorded")[lang], receipt.recorded_at),
        (T("要約値", "digest")[lang], receipt.digest),
    ]
    warned = [f"  {show.reason_line(reason, lang)}" for reason in warnings]
    return [title[lang], *show.columns(rows), *show.section(T("注意", "Warnings"), warned, lang)]
