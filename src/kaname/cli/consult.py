"""`kaname consult`: consultations between authorities, with whom each lies, and the levels by which one signs."""

from dataclasses import asdict
from datetime import date
from secrets import token_hex
from typing import Any

import click

from kaname.cli import params, show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.record import tell
from kaname.cli.who import EMAIL, Line, person, told
from kaname.law import T, Text

_LIST = T("協議・照会の一覧：誰の番か、どの段階か。", "List consultations: with whom each lies, and at which level.")
_ASK = T("事件について他の機関に協議・照会する。", "Ask another authority about a case.")
_BEGIN = T("照会への意見の起案を始める。", "Begin an opinion on an inquiry.")
_ANSWER = T("決裁を終えた意見を回答として発する。", "Send an opinion that every level has signed as the answer.")
_ROUTE = T("機関の決裁の段階を、下から順に定める。", "Set the levels by which an authority signs, from below.")
_BY = T("これをする人の電子メールアドレス", "e-mail address of who does this")
_PLACES = {"grades": "GRADES", "act": "--act", "people": "--tell", "documents": "--document", "opinion": "OPINION"}

command = Group(
    "consult",
    (
        Entry("list", "kaname.cli.consult", _LIST, "list_command"),
        Entry("ask", "kaname.cli.consult", _ASK, "ask_command"),
        Entry("begin", "kaname.cli.consult", _BEGIN, "begin_command"),
        Entry("answer", "kaname.cli.consult", _ANSWER, "answer_command"),
        Entry("route", "kaname.cli.consult", _ROUTE, "route_command"),
    ),
    about=T(
        "行政機関の間の協議・照会。起案、決裁、差し戻しは kaname act で記録する。",
        "Consultations between authorities. Drafts, signatures and returns are recorded by `kaname act`.",
    ),
    examples=("kaname consult list --by hanako@example.jp",),
)


@bilingual("list", _LIST, "kaname consult list --by hanako@example.jp")
@option("--case", "about", about=T("この事件についてのもの", "those about this case"))
@option("--by", type=EMAIL, required=True, about=_BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(about: str | None, by: str, as_json: bool) -> None:
    with office():
        from kaname.consult import api

        who = person(by, "--by")
        found = api.asked_about(who, case_id(about)) if about else api.listed(who)
    lang = language()
    if as_json:
        show.as_json([_plain(asdict(of)) for of in found])
        return
    heads = (T("番号", "no."), T("件名", "subject"), T("相手方", "asked"), T("状態", "state"), T("段階", "level"),
             T("求めた日", "asked for by"))  # fmt: skip
    lines = [
        [str(of.number), of.subject, of.asked, of.label[lang], of.level[lang] if of.level else "-",
         f"{of.reply_by or '-'}{' !' if of.overdue else ''}"]
        for of in found
    ]  # fmt: skip
    show.lines(show.columns([[h[lang] for h in heads], *lines], indent=""))


def _plain(value: Any) -> Any:
    """Texts in the language of the command, days in ISO 8601."""
    if isinstance(value, dict):
        both = value.keys() == {"ja", "en"}
        return value[language()] if both else {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value[language()] if isinstance(value, Text) else value.isoformat() if isinstance(value, date) else value


@bilingual("ask", _ASK,
           "kaname consult ask 12 --of 架空財政省 --subject 認定の案 --question 可否 --by a@example.jp")  # fmt: skip
@argument("case", CASE)
@option("--of", "asked", type=Line(256), required=True, about=T("相手方の機関", "authority asked"))
@option("--subject", type=Line(256), required=True, about=T("件名", "subject"))
@option("--question", required=True, about=T("協議・照会する事項", "what is asked"))
@option("--reply-by", type=params.Day(), about=T("回答を求める日", "answer asked for by"))
@option("--act", "act", about=T("この協議を待つ行為", "act of the case that waits for it"))
@option("--entry", "entries", type=int, multiple=True, about=T("伝える記録の番号", "number of an entry that is told"))
@option(
    "--tell", "people", type=EMAIL, multiple=True, about=T("区画の事件で知らせる人", "who is to know (compartment)")
)
@option("--by", type=EMAIL, required=True, about=_BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def ask_command(
    ctx: click.Context, case: str, asked: str, subject: str, question: str, reply_by: date | None, act: str | None,
    entries: tuple[int, ...], people: tuple[str, ...], by: str, as_json: bool,
) -> None:  # fmt: skip
    with office():
        from kaname.consult import api
        from kaname.procedure import Entry as Act

        who = person(by, "--by")
        data = {"sort": "consultation", "asked": asked, "subject": subject, "question": question}
        data |= {"reply_by": reply_by.isoformat()} if reply_by else {}
        known = tuple(person(one, "--tell").public_id for one in people)
        wanted = api.Asked(Act("inquiry.ask", params.today(), data), entries, (), known, act or "", language())
        with told(**_PLACES):
            done = api.ask(who, case_id(case), wanted, idempotency_key=token_hex(16))
        tell(ctx, done, params.today(), as_json)


@bilingual("begin", _BEGIN, "kaname consult begin 13 section_head director_general --by taro@example.jp")
@argument("case", CASE)
@argument("grades", T("決裁の段階（下から）", "levels that sign, from below"), nargs=-1)
@option("--internal-due", type=params.Day(), about=T("所内期限", "due within the office"))
@option("--by", type=EMAIL, required=True, about=_BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def begin_command(
    ctx: click.Context, case: str, grades: tuple[str, ...], internal_due: date | None, by: str, as_json: bool
) -> None:
    with office():
        from kaname.consult import api

        who, inquiry = person(by, "--by"), case_id(case)
        with told(**_PLACES):
            of = api.of_inquiry(who, inquiry)
            levels = grades or (api.route(of.asked) if of else ())
            done = api.begin(who, inquiry, levels, idempotency_key=token_hex(16), internal_due=internal_due)
        tell(ctx, done, params.today(), as_json)


@bilingual("answer", _ANSWER, "kaname consult answer 13 14 --by taro@example.jp")
@argument("case", CASE)
@argument("opinion", CASE)
@option("--by", type=EMAIL, required=True, about=_BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def answer_command(ctx: click.Context, case: str, opinion: str, by: str, as_json: bool) -> None:
    with office():
        from kaname.consult import api

        with told(**_PLACES):
            done = api.answer(person(by, "--by"), case_id(case), case_id(opinion), idempotency_key=token_hex(16))
        tell(ctx, done, params.today(), as_json)


@bilingual("route", _ROUTE, "kaname consult route 架空財政省 assistant_head section_head director_general")
@argument("authority", T("機関の名", "name of the authority"))
@argument("grades", T("段階（下から）；なければ今の定めを示す", "levels from below; none: show what is set"), nargs=-1)
def route_command(authority: str, grades: tuple[str, ...]) -> None:
    with office():
        from kaname.consult import api

        if grades:
            with told(**_PLACES):
                api.set_route(authority, grades)
        found = api.route(authority)
    show.lines([said(T(f"{authority}：{'、'.join(found)}", f"{authority}: {', '.join(found)}"))])
