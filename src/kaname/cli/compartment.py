"""`kaname compartment`: circles whose members alone know that their cases exist. A member acts; the first is named."""

from datetime import date
from typing import TYPE_CHECKING

from kaname.cli import params, show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, MEMBER, PERSON, Line, granter, person, told, wrong
from kaname.law import T

if TYPE_CHECKING:
    from kaname.access.models import Compartment, Person

_ADD = T("区画を作り、最初の構成員を指名する。管理者は入らない。",
         "Make a compartment and name its first member; the administrator stays out.")  # fmt: skip
_LIST = T("構成員である区画と、その構成員。", "The compartments of a member, and who is in them.")
_PLACE = T("見える事件を区画に移す、又は区画から出す。番号は変わらない。",
           "Move a case that the member sees into a compartment, or into the open. Its number stays.")  # fmt: skip
_JOIN = T("人を区画に入れる。", "Bring a person into a compartment.")
_LEAVE = T("人（又は自分）を区画から出す。", "Take a person, or oneself, out of a compartment.")
_DESTROY = T("区画の鍵を破棄する。一人が理由を書いて求め、他の一人が確認する。元には戻せない。",
             "Destroy a compartment's key: one member asks with the reason, another confirms. For ever.")  # fmt: skip
_ROOM = T("区画の名又は id（kaname compartment list）", "compartment: its name or id (kaname compartment list)")
_ADD_EXAMPLE = "kaname compartment add 秘1 --first hanako@example.jp --by taro@example.jp"

command = Group(
    "compartment",
    (
        Entry("add", "kaname.cli.compartment", _ADD, "add_command"),
        Entry("list", "kaname.cli.compartment", _LIST, "list_command"),
        Entry("place", "kaname.cli.compartment", _PLACE, "place_command"),
        Entry("join", "kaname.cli.compartment", _JOIN, "join_command"),
        Entry("leave", "kaname.cli.compartment", _LEAVE, "leave_command"),
        Entry("destroy", "kaname.cli.compartment", _DESTROY, "destroy_command"),
    ),
    about=T("構成員だけが事件の存在を知る区画。", "Circles whose members alone know that their cases exist."),
    examples=(_ADD_EXAMPLE,),
)


@bilingual("add", _ADD, _ADD_EXAMPLE)
@argument("name", T("構成員だけが見る名", "its name, which only members see"), type=Line())
@option("--first", type=EMAIL, required=True, about=T("最初の構成員", "the first member"))
@option("--by", type=EMAIL, required=True, about=T("これをする管理者", "the administrator who does this"))
def add_command(name: str, first: str, by: str) -> None:
    with office():
        from kaname.access.api import compartments

        doer, member = granter(by), person(first, "--first")
        assert doer is not None
        with told(person="--first"):
            compartments.create(doer, name, member)
    show.lines([said(T(f"作った。構成員は {member.name} だけである", f"made; {member.name} alone is in it"))])


@bilingual("list", _LIST, "kaname compartment list --by hanako@example.jp")
@option("--by", type=EMAIL, required=True, about=T("構成員", "the member"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(by: str, as_json: bool) -> None:
    with office():
        from kaname.access.api import compartments, own_compartments

        rows = [
            {"id": room.public_id, "name": room.name,
             "members": [m.person.email for m in compartments.members(room)]}
            for room in own_compartments(person(by, "--by"))
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    head = ["id", said(T("名", "name")), said(T("構成員", "members"))]
    lines = [[str(r["id"]), str(r["name"]), ", ".join(r["members"])] for r in rows]
    show.lines(show.columns([head, *lines], indent=""))


@bilingual("place", _PLACE, "kaname compartment place 12 --in 秘1 --by hanako@example.jp")
@argument("case", CASE)
@option("--in", "into", type=Line(), about=_ROOM)
@option("--open", "into_the_open", is_flag=True, about=T("区画から出す", "into the open"))
@option("--by", type=EMAIL, required=True, about=MEMBER)
def place_command(case: str, into: str | None, into_the_open: bool, by: str) -> None:
    if (into is None) is not into_the_open:
        raise wrong("--in", T("--in か --open の一方を", "expected either --in or --open"))
    with office():
        from kaname.access.api import place

        doer = person(by, "--by")
        room = _room(doer, into, "--in") if into else None
        with told():
            place(doer, case_id(case), room.public_id if room else "")
    show.lines([said(T("移した", "moved"))])


@bilingual("join", _JOIN, "kaname compartment join 秘1 jiro@example.jp --by hanako@example.jp")
@argument("compartment", _ROOM, type=Line())
@argument("email", PERSON, type=EMAIL)
@option("--from", "from_", type=params.Day(), about=T("始めの日（既定は今日）", "first day (default: today)"))
@option("--until", type=params.Day(), about=T("終わりの日（既定は期限なし）", "last day (default: no end)"))
@option("--by", type=EMAIL, required=True, about=MEMBER)
def join_command(compartment: str, email: str, from_: date | None, until: date | None, by: str) -> None:
    with office():
        from kaname.access.api import compartments

        doer = person(by, "--by")
        room, who = _room(doer, compartment), person(email)
        with told(person="EMAIL"):
            compartments.join(doer, room.public_id, who, from_, until)
    show.lines([said(T(f"{who.name} を入れた", f"{who.name} is in"))])


@bilingual("leave", _LEAVE, "kaname compartment leave 秘1 jiro@example.jp --last 2026-12-31 --by hanako@example.jp")
@argument("compartment", _ROOM, type=Line())
@argument("email", PERSON, type=EMAIL)
@option("--last", type=params.Day(), about=T("最後の日（既定：直ちに出る）", "last day (default: out at once)"))
@option("--by", type=EMAIL, required=True, about=MEMBER)
def leave_command(compartment: str, email: str, last: date | None, by: str) -> None:
    with office():
        from kaname.access.api import compartments

        doer = person(by, "--by")
        room, who = _room(doer, compartment), person(email)
        if not compartments.members(room).filter(person=who).exists():
            raise wrong("EMAIL", T("この人は構成員でない", "this person is no member"))
        with told(person="EMAIL"):
            compartments.leave(doer, room.public_id, who, last)
    show.lines([said(T(f"{who.name} を出した", f"{who.name} is out") if last is None else
                     T(f"{who.name} は {last} まで", f"{who.name} is in until {last}"))])  # fmt: skip


@bilingual("destroy", _DESTROY, "kaname compartment destroy 秘1 --reason 保存期間の満了 --by hanako@example.jp")
@argument("compartment", _ROOM, type=Line())
@option("--reason", type=Line(), about=T("求める：その理由", "ask for it: why"))
@option(
    "--confirm", is_flag=True, about=T("他の人が求めたことを確認し、破棄する", "confirm what another asked: it is done")
)
@option("--withdraw", is_flag=True, about=T("取りやめる", "it is not done"))
@option("--by", type=EMAIL, required=True, about=MEMBER)
def destroy_command(compartment: str, reason: str | None, confirm: bool, withdraw: bool, by: str) -> None:
    if (reason is not None) + confirm + withdraw != 1:
        raise wrong("--reason", T("--reason、--confirm、--withdraw のどれか一つを",
                                  "expected one of --reason, --confirm, --withdraw"))  # fmt: skip
    with office():
        from kaname.access.api import destruction

        doer = person(by, "--by")
        room = _room(doer, compartment)
        with told(reason="--reason"):
            if reason is not None:
                destruction.ask(doer, room.public_id, reason)
                done = T("求めた。他の構成員の確認を待つ", "asked; another member must confirm it")
            elif withdraw:
                destruction.withdraw(doer, room.public_id)
                done = T("取りやめた", "withdrawn")
            else:
                done = destruction.confirm(doer, room.public_id).text
    show.lines([said(done)])


def _room(member: "Person", given: str, place: str = "COMPARTMENT") -> "Compartment":
    """One of the member's own by id or name. Others do not exist for them. Raises BadInput."""
    from kaname.access.api import own_compartments

    named: list[Compartment] = [room for room in own_compartments(member) if given in (room.public_id, room.name)]
    if not named:
        raise wrong(place, T(f"{member.email} が構成員である「{given}」という区画はない",
                             f"{member.email} is in no compartment {given!r}"))  # fmt: skip
    if len(named) > 1:
        ids = ", ".join(room.public_id for room in named)
        raise wrong(place, T(f"その名の区画は二つ以上ある；id を：{ids}", f"several have this name; give an id: {ids}"))
    return named[0]
