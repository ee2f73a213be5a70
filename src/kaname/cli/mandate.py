"""`kaname mandate`: in which role of the Act a person may act, for which cases, from day to day."""

from datetime import date

from kaname.cli import params, show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import BY, EMAIL, PERSON, Line, granter, person, told, wrong
from kaname.law import T

_ADD = T("人に権限を与える。", "Give a person a mandate.")
_LIST = T("ある日に効いている権限の一覧。", "The mandates in force on a day.")
_END = T("権限を終わらせる。", "End a mandate.")
_ADD_EXAMPLE = "kaname mandate add hanako@example.jp applicant --party 架空重工 --until 2027-03-31 --by taro@example.jp"

command = Group(
    "mandate",
    (
        Entry("add", "kaname.cli.mandate", _ADD, "add_command"),
        Entry("list", "kaname.cli.mandate", _LIST, "list_command"),
        Entry("end", "kaname.cli.mandate", _END, "end_command"),
    ),
    about=T("誰がどの役割で、どの事件に。", "Who acts in which role, in which cases."),
    examples=(_ADD_EXAMPLE,),
)


@bilingual("add", _ADD, _ADD_EXAMPLE)
@argument("email", PERSON, type=EMAIL)
@argument("role", T("法律の役割、例 applicant", "role of the Act, such as applicant"), type=Line(64))
@option("--kind", type=Line(64), default=None, about=T("この種類の事件だけ", "only cases of this kind"))
@option("--party", type=Line(256), default=None, about=T("この当事者の事件だけ", "only cases of this party"))
@option("--case", default=None, about=T(f"この事件だけ：{CASE.ja}", f"only this case: {CASE.en}"))
@option("--read-only", is_flag=True, about=T("読むだけ", "reading only"))
@option("--sealed", is_flag=True, about=T("封緘された値も読む", "reads sealed values too"))
@option("--from", "from_", type=params.Day(), about=T("始めの日（既定は今日）", "first day (default: today)"))
@option("--until", type=params.Day(), about=T("終わりの日（既定は期限なし）", "last day (default: no end)"))
@option("--by", type=EMAIL, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def add_command(
    email: str, role: str, kind: str | None, party: str | None, case: str | None, read_only: bool, sealed: bool,
    from_: date | None, until: date | None, by: str | None, as_json: bool,
) -> None:  # fmt: skip
    with office():
        from kaname.access.api import people

        who = person(email)
        doer = granter(by, who)
        with told(person="EMAIL", role="ROLE"):
            made = people.grant(
                doer, who, role, kind=kind or "", party=party or "", case=case_id(case) if case else "",
                may_act=not read_only, sealed=sealed, from_=from_, until=until,
            )  # fmt: skip
    if as_json:
        show.as_json({"id": made.public_id, "from": made.valid_from, "until": made.valid_until})
        return
    ends = made.valid_until or "-"
    text = T(
        f"{who.name}：{role}、{made.valid_from} から {ends} まで", f"{who.name}: {role}, {made.valid_from} to {ends}"
    )
    show.lines([made.public_id, said(text)])


@bilingual("list", _LIST, "kaname mandate list", "kaname mandate list --of hanako@example.jp --all --json")
@option("--of", type=EMAIL, about=T("この人の権限だけ", "only those of this person"))
@option("--on", type=params.Day(), about=T("この日（既定は今日）", "on this day (default: today)"))
@option(
    "--all", "ever", is_flag=True, about=T("終わったもの、まだ始まらないものも", "ended ones and those to come, too")
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(of: str | None, on: date | None, ever: bool, as_json: bool) -> None:
    if ever and on:
        raise wrong("--on", T("--all と共には使えない", "not together with --all"))
    with office():
        from kaname.access.api import people, today

        who = person(of, "--of") if of else None
        rows = [
            {
                "id": m.public_id, "person": m.person.email, "role": m.role, "kind": m.kind, "party": m.party,
                "case": m.case.public_id if m.case else "", "may_act": m.may_act, "sealed": m.sealed,
                "from": m.valid_from, "until": m.valid_until, "by": m.granted_by.email if m.granted_by else "",
            }
            for m in people.mandates_of(None, None if ever else on or today(), who)
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    lines = [
        [
            str(r["id"]), str(r["person"]), str(r["role"]),
            " ".join(str(r[k]) for k in ("kind", "party", "case") if r[k]) or said(_ALL),
            said(_ACT if r["may_act"] else _READ) + (said(_SEALED) if r["sealed"] else ""),
            str(r["from"]), str(r["until"] or "-"), str(r["by"] or "-"),
        ]
        for r in rows
    ]  # fmt: skip
    show.lines(show.columns([["id", *map(said, _HEADS)], *lines], indent=""))


_HEADS = (T("人", "person"), T("役割", "role"), T("範囲", "covers"), T("できること", "may"), T("始め", "from"),
          T("終わり", "until"), T("与えた人", "given by"))  # fmt: skip
_ALL, _ACT, _READ = T("すべて", "all"), T("行為", "act"), T("閲覧のみ", "read only")
_SEALED = T("・封緘", ", sealed")


@bilingual("end", _END, "kaname mandate end abcdefghijklmnop --last 2026-12-31 --by taro@example.jp")
@argument("mandate", T("権限の id（kaname mandate list）", "id of the mandate (kaname mandate list)"), type=Line(16))
@option("--last", type=params.Day(), about=T("最後の日（既定：直ちに終わる）", "last day (default: it ends at once)"))
@option("--by", type=EMAIL, about=BY)
def end_command(mandate: str, last: date | None, by: str | None) -> None:
    with office():
        from kaname.access.api import people

        found = people.mandates_of(None).filter(public_id=mandate).first()
        doer = granter(by, found.person if found else None)
        if found is None or not people.mandates_of(doer).filter(pk=found.pk).exists():
            raise wrong("MANDATE", T(f"「{mandate}」という権限はない", f"there is no mandate {mandate!r}"))
        with told(person="--by"):
            ended = people.end_mandate(doer, mandate, last)
    show.lines([said(T(f"終わりの日：{ended.valid_until}", f"last day: {ended.valid_until}"))])
