"""`kaname person`: who has an account here. The first administrator of a new office is made by it."""

from datetime import date
from typing import TYPE_CHECKING

import click

from kaname.cli import params, show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import LANGUAGES, said
from kaname.cli.office import office
from kaname.cli.who import BY, EMAIL, PERSON, Line, granter, person, told, wrong
from kaname.law import T

if TYPE_CHECKING:
    from kaname.access.models import Office, Person

_ADD = T("人を加え、招待のリンクを一度だけ示す。", "Add a person; the link of the invitation is shown this once.")
_LIST = T("人の一覧。", "Everyone with an account.")
_END = T("人の利用とすべての権限を直ちに終わらせる。何も消さない。",
         "End an account and every right of it, at once. Nothing is deleted.")  # fmt: skip
_RESET = T("パスワードや認証の手段を失った人に新しいリンクを。トークンと区画の所属も終わる。",
           "A new link for who has lost password or factor; tokens and memberships of compartments end.")  # fmt: skip
_KEYS = T("事務所がパスキーを求める始めの日を決め、まだ鍵のない人を示す。",
          "From which day an office asks for passkeys, and who has none yet.")  # fmt: skip
_FIRST = ("kaname person add taro@example.jp --name '要 太郎' --office 架空省 --sort authority "
          "--administrator")  # fmt: skip

command = Group(
    "person",
    (
        Entry("add", "kaname.cli.person", _ADD, "add_command"),
        Entry("list", "kaname.cli.person", _LIST, "list_command"),
        Entry("end", "kaname.cli.person", _END, "end_command"),
        Entry("reset", "kaname.cli.person", _RESET, "reset_command"),
        Entry("keys", "kaname.cli.person", _KEYS, "keys_command"),
    ),
    about=T("人とその利用。", "People and their accounts."),
    examples=(_FIRST,),
)


@bilingual("add", _ADD, _FIRST,
           "kaname person add hanako@example.jp --name '架空 花子' --office 架空省 --by taro@example.jp")  # fmt: skip
@argument("email", PERSON, type=EMAIL)
@option("--name", type=Line(), required=True, about=T("氏名", "name"))
@option("--office", "works_at", type=Line(), required=True, about=T("所属の名（又は id）", "office: its name or id"))
@option(
    "--sort",
    type=Line(),
    about=T(
        "その名の所属がなければ作る：authority（官庁）、company（事業者）、attorney（代理人事務所）",
        "make the office if there is none of that name: authority, company, attorney",
    ),
)
@option(
    "--office-en",
    type=Line(),
    about=T("作る所属の英語の名（既定は同じ名）", "English name of the office to be made (default: the same)"),
)
@option(
    "--language",
    "speaks",
    type=click.Choice(LANGUAGES),
    default="ja",
    about=T("この人に見せる言語（既定は ja）", "language shown to this person (default: ja)"),
)
@option(
    "--administrator",
    is_flag=True,
    about=T("管理者にする（事件は見えない）", "an administrator, who sees no case by that"),
)
@option("--by", type=EMAIL, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def add_command(email: str, name: str, works_at: str, sort: str | None, office_en: str | None, speaks: str,
                administrator: bool, by: str | None, as_json: bool) -> None:  # fmt: skip
    with office():
        from django.db import transaction

        from kaname.access.api import people
        from kaname.access.login import invitations

        with told(email="EMAIL", person="EMAIL"), transaction.atomic():  # a refused person leaves no office behind
            doer = granter(by)
            if doer is None and not administrator:
                raise wrong("--administrator", _NO_ADMINISTRATOR)
            works = _office(doer, works_at, sort, office_en)
            made = people.add_person(doer, email, name, works, speaks, administrator)
            secret = invitations.invite(doer, made)
        _show_link(made, secret, as_json)


_NO_ADMINISTRATOR = T("まだ管理者がいない；最初の人を管理者にすること",
                      "there is no administrator yet; make the first person one")  # fmt: skip


def _office(by: "Person | None", name: str, sort: str | None, name_en: str | None) -> "Office":
    """The office of that name or id; made where there is none and `sort` says what it is."""
    from kaname.access.api import people

    named: list[Office] = [o for o in people.offices(by) if name in (o.public_id, o.name_ja, o.name_en)]
    if len(named) > 1:
        ids = ", ".join(o.public_id for o in named)
        raise wrong(
            "--office", T(f"その名の所属は二つ以上ある；id を：{ids}", f"several have this name; give an id: {ids}")
        )
    if not named and sort is None:
        known = ", ".join(o.name_ja for o in people.offices(by)) or "-"
        raise wrong("--office", T(f"「{name}」という所属はない（あるもの：{known}）；作るには --sort を",
                                  f"there is no office {name!r} (known: {known}); to make it, add --sort"))  # fmt: skip
    if named and sort not in (None, named[0].sort):
        raise wrong(
            "--sort", T(f"「{name}」は既に {named[0].sort} である", f"{name!r} is there already, as {named[0].sort}")
        )
    return named[0] if named else people.add_office(by, str(sort), name, name_en or name)


def _show_link(who: "Person", secret: str, as_json: bool) -> None:
    from django.conf import settings
    from django.urls import reverse

    from kaname.access.login.invitations import LASTS

    link = (settings.ORIGIN or "http://127.0.0.1:8000").rstrip("/") + reverse("welcome", args=[secret])
    hours = int(LASTS.total_seconds()) // 3600
    if as_json:
        show.as_json({"person": who.public_id, "email": who.email, "link": link, "hours": hours})
        return
    text = T(f"{who.name} に渡すこと。{hours} 時間以内に一度だけ使える。今だけ示す。",
             f"hand it to {who.name}; good once, within {hours} hours; shown this once")  # fmt: skip
    show.lines([link, said(text)])


@bilingual("list", _LIST, "kaname person list")
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(as_json: bool) -> None:
    with office():
        from kaname.access.api import people

        rows = [
            {
                "email": p.email, "name": p.name, "office": said(T(p.office.name_ja, p.office.name_en)),
                "state": _state(p), "administers": p.administers, "id": p.public_id,
            }
            for p in people.people(None)
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    head = [said(text) for text in _HEADS]
    lines = [
        [str(r["email"]), str(r["name"]), str(r["office"]), said(_STATES[str(r["state"])]),
         said(_ADMINISTRATOR) if r["administers"] else ""]
        for r in rows
    ]  # fmt: skip
    show.lines(show.columns([head, *lines], indent=""))


_HEADS = (T("電子メール", "e-mail"), T("氏名", "name"), T("所属", "office"), T("利用", "account"))
_STATES = {"ended": T("終了", "ended"), "invited": T("招待中", "invited"), "in_use": T("利用中", "in use")}
_ADMINISTRATOR = T("管理者", "administrator")


def _state(who: "Person") -> str:
    if not who.is_active:
        return "ended"
    return "in_use" if who.has_usable_password() else "invited"


@bilingual("end", _END, "kaname person end hanako@example.jp --by taro@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--by", type=EMAIL, about=BY)
def end_command(email: str, by: str | None) -> None:
    with office():
        from kaname.access.api import people

        who = person(email)
        doer = granter(by, who)
        if not who.is_active:
            raise wrong("EMAIL", T("この人の利用は終わっている", "this person's account has ended"))
        with told(person="EMAIL"):
            people.end_person(doer, who)
    show.lines([said(T(f"{who.name} の利用を終わらせた", f"the account of {who.name} has ended"))])


@bilingual("reset", _RESET, "kaname person reset hanako@example.jp --by taro@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--by", type=EMAIL, about=BY)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def reset_command(email: str, by: str | None, as_json: bool) -> None:
    with office():
        from kaname.access.login import invitations

        who = person(email)
        doer = granter(by, who)
        # Who has not come in yet has nothing to lose: another link is enough.
        renew = invitations.reset if who.has_usable_password() else invitations.invite
        with told(person="EMAIL"):
            secret = renew(doer, who)
        _show_link(who, secret, as_json)


@bilingual("keys", _KEYS, "kaname person keys 架空省 --from 2027-04-01 --device-bound", "kaname person keys 架空省")
@argument("works_at", T("所属の名（又は id）", "office: its name or id"), type=Line())
@option("--from", "from_", type=params.Day(), about=T("始めの日", "first day"))
@option(
    "--device-bound",
    "bound",
    is_flag=True,
    about=T("端末から外に出ない鍵に限る", "only keys that never leave their device"),
)
@option("--off", is_flag=True, about=T("求めるのをやめる", "ask no more"))
@option("--by", type=EMAIL, about=BY)
def keys_command(works_at: str, from_: date | None, bound: bool, off: bool, by: str | None) -> None:
    with office():
        from kaname.access.api import people
        from kaname.access.login import keys

        doer = granter(by)
        of = _office(doer, works_at, None, None)
        if from_ or off:
            people.ask_for_keys(doer, of, from_, bound)
        rows = [[who.name, who.email] for who in keys.without(of)]
        day = of.keys_from
    if day is None:
        show.lines([said(T("パスキーを求めていない", "passkeys are not asked for"))])
        return
    kind = T("（端末から出ない鍵）", " (bound to a device)") if of.keys_bound else T("", "")
    show.lines([said(T(f"{day} から求める{kind.ja}。まだ鍵のない人：{len(rows)}",
                       f"asked for from {day} on{kind.en}; people without a key: {len(rows)}"))])  # fmt: skip
    show.lines(show.columns(rows, indent=""))
