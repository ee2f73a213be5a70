"""`kaname custody`: approvals of copies, the register of copies, decisions on what is sealed."""

from typing import Any

import click

from kaname.cli import show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_ABOUT = T("複製の承認と簿冊。", "Approvals of copies, and their register.")
_SHOW = T("事件の取扱いを示す。", "Show the custody of a case.")
_ASK = T("複製の承認を求める。", "Ask for the approval of copies.")
_ANSWER = T("求めに答える。", "Answer a request.")
_NOTE = T("複製がどうなったかを簿冊に書く。", "Write down what became of a copy.")
_WHO = option("--by", required=True, type=EMAIL, about=T("誰の権限で", "with whose rights"))
_WHY = option("--why", required=True, about=T("理由", "the reason"))
_WHAT = T("対象：document ID、letter N、package N、value N FIELD、bundle",
          "what: document ID, letter N, package N, value N FIELD or bundle")  # fmt: skip

command = Group(
    "custody",
    (
        Entry("show", "kaname.cli.custody", _SHOW, "show_command"),
        Entry("ask", "kaname.cli.custody", _ASK, "ask_command"),
        Entry("answer", "kaname.cli.custody", _ANSWER, "answer_command"),
        Entry("note", "kaname.cli.custody", _NOTE, "note_command"),
    ),
    about=_ABOUT,
    examples=("kaname custody show 1 --by hanako@example.jp",),
)


@bilingual("show", _SHOW, "kaname custody show 1 --by hanako@example.jp")
@argument("case", CASE)
@_WHO
@option("--json", "as_json", is_flag=True, about=show.JSON)
def show_command(case: str, by: str, as_json: bool) -> None:
    with office():
        from kaname.access.custody import api as custody

        told = _asked(lambda: custody.shown(person(by), case_id(case)))
    requests = [
        {"request": r.id, "what": r.what, "form": r.form, "copies": r.copies, "who": r.person.name, "state": r.state,
         "left": r.left, "why": r.why}
        for r in told.requests
    ]  # fmt: skip
    copies = [
        {"number": c.number, "what": c.what, "who": c.person.name, "at": c.at.isoformat(), "fate": c.fate, "out": c.out}
        for c in told.copies
    ]
    if as_json:
        manager = told.manager.name if told.manager else None
        show.as_json({"applies": told.applies, "manager": manager, "requests": requests, "copies": copies})
        return
    asked = [" ".join(str(r[name]) for name in ("request", "state", "what", "form", "copies", "who")) for r in requests]
    held = [f"#{c['number']} {c['fate'] or '-'} {c['what']} {c['who']} {c['at']}" for c in copies]
    show.lines([said(_NEEDED if told.applies else _FREE), *asked, *held])


_NEEDED = T("複製・持出しに承認が要る", "copies need approval")
_FREE = T("承認は要らない", "no approval is needed")


@bilingual("ask", _ASK, "kaname custody ask 1 bundle --form export --why 共有事業者へ --by hanako@example.jp")
@argument("case", CASE)
@argument("what", _WHAT)
@option("--form", required=True, type=click.Choice(("download", "print", "export")), about=T("形", "form"))
@option("--copies", type=click.IntRange(1, 20), default=1, about=T("部数", "how many"))
@_WHY
@_WHO
def ask_command(case: str, what: str, form: str, copies: int, why: str, by: str) -> None:
    with office():
        from kaname.access.custody import api as custody

        id = _asked(lambda: custody.ask(person(by), case_id(case), what, form, copies, why))
    show.lines([id])


@bilingual("answer", _ANSWER, "kaname custody answer abcdefghijklmnop approved --why 必要 --by ken@example.jp")
@argument("request", T("求めの番号", "id of the request"))
@argument("verdict", T("答え", "answer"), type=click.Choice(("approved", "refused", "withdrawn", "revoked")))
@option("--why", default="", about=T("理由", "the reason"))
@option("--copies", type=click.IntRange(1, 20), default=None, about=T("部数", "how many"))
@option("--hours", type=click.IntRange(1, 168), default=None, about=T("有効な時間", "for how many hours"))
@_WHO
def answer_command(request: str, verdict: str, why: str, copies: int | None, hours: int | None, by: str) -> None:
    with office():
        from kaname.access.custody import api as custody

        who = person(by)
        if verdict == "withdrawn":
            _asked(lambda: custody.withdraw(who, request), "REQUEST")
        elif verdict == "revoked":
            _asked(lambda: custody.revoke(who, request, why), "REQUEST")
        else:
            _asked(lambda: custody.answer(who, request, verdict, why, copies, hours), "REQUEST")
        state = custody.one(who, request).label
    show.lines([said(state)])


@bilingual("note", _NOTE, "kaname custody note 1 3 destroyed --words 溶解 --by hanako@example.jp")
@argument("case", CASE)
@argument("number", T("複製の番号", "number of the copy"), type=click.IntRange(1, 999_999_999))
@argument("fate", T("どうなったか", "what became of it"), type=click.Choice(("kept", "returned", "destroyed", "lost")))
@option("--words", required=True, about=T("場所又は方法", "where or how"))
@_WHO
def note_command(case: str, number: int, fate: str, words: str, by: str) -> None:
    with office():
        from kaname.access.custody import api as custody

        _asked(lambda: custody.note(person(by), case_id(case), number, fate, words), "NUMBER")
    show.lines([said(T("簿冊に書いた", "written down"))])


_ARGUMENTS = {"what": "WHAT", "verdict": "VERDICT", "fate": "FATE"}  # what is no option


def _asked(what: Any, of: str = "CASE") -> Any:
    """What a part answers; what it refuses, as a fault of the input. `of`: the argument that names what it is about."""
    from kaname.access.api import AccessError, NotAllowed, UnknownCase

    try:
        return what()
    except UnknownCase:
        raise BadInput([Problem("CASE", 0, "", T("該当する事件はない", "there is no such case"))]) from None
    except AccessError as wrong:
        field = _ARGUMENTS.get(wrong.field, f"--{wrong.field}") if wrong.field else ""
        place = field or ("--by" if isinstance(wrong, NotAllowed) else of)
        raise BadInput([Problem(place, 0, "", wrong.text)]) from None
