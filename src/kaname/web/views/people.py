"""People and mandates by day, as administrators keep them. No case is seen here that the administrator may not see."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.access.login import invitations, keys
from kaname.access.login.fresh import fresh
from kaname.access.models import Mandate, Office, Person
from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.read import parse_day
from kaname.web.views.people_forms import END, KEYS, OFFICE, Form, mandate_fields, person_fields

_ALL = T("すべて", "all")
_ANSWERS = require_http_methods(["GET", "HEAD", "POST"])


def people(request: HttpRequest) -> HttpResponse:
    """Everyone, with the mandates in force on a day."""
    day, wrong = _day(request)
    held: dict[int, list[Mandate]] = {}
    for mandate in access.people.mandates_of(request.user, day):
        held.setdefault(mandate.person_id, []).append(mandate)
    stands_in: dict[int, list[str]] = {}
    for one in access.deputies.lent(day):
        stands_in.setdefault(one.person_id, []).append(one.principal.name)
    labels = access.people.roles()
    rows = [
        Row(
            who.name,
            (
                T(who.office.name_ja, who.office.name_en),
                who.email,
                _with_deputy(_roles(held.get(who.pk, ()), labels), stands_in.get(who.pk, ())),
                _account(who),
            ),
            reverse("person", args=[who.public_id]),
        )
        for who in access.people.people(request.user)
    ]
    heads = (T("氏名", "name"), T("所属", "office"), T("メールアドレス", "e-mail"), T("権限", "mandates"),
             T("利用", "account"))  # fmt: skip
    table = Table(T("利用者", "People"), [Column(head) for head in heads], rows)
    return render(request, "web/people/people.html", {"table": table, "day": day, "errors": wrong})


def _day(request: HttpRequest) -> tuple[date, Mapping[str, Text]]:
    typed = request.GET.get("on", "")
    try:
        return (parse_day(typed) if typed else access.today()), {}
    except DayError as error:
        return access.today(), {"on": error.text}


def _roles(held: Any, labels: Mapping[str, Text]) -> Text:
    found = dict.fromkeys(labels.get(m.role) or T(m.role, m.role) for m in held)
    return T("、".join(t.ja for t in found), ", ".join(t.en for t in found)) if found else T("なし", "none")


def _with_deputy(roles: Text, names: Iterable[str]) -> Text:
    """The roles, then for whom the person stands in on that day."""
    return T(
        "、".join((roles.ja, *(f"{n}の代理" for n in names))),
        ", ".join((roles.en, *(f"deputy for {n}" for n in names))),
    )


def _account(who: Person) -> Text:
    if not who.is_active:
        return T("終了", "ended")
    if not who.has_usable_password():
        return T("招待中", "invited")
    return T("管理者", "administrator") if who.administers else T("利用中", "in use")


def person(request: HttpRequest, person: str) -> HttpResponse:
    """One person: the account and every mandate that was ever given."""
    who = access.people.person(request.user, person)
    labels, names = access.people.roles(), {kind.id: kind.label for kind in kinds().values()}
    rows = [_mandate(m, labels, names) for m in access.people.mandates_of(request.user, who=who)]
    heads = (T("役割", "role"), T("範囲", "covers"), T("できること", "may"), T("始め", "from"), T("終わり", "until"),
             T("与えた人", "given by"))  # fmt: skip
    table = Table(T("権限", "Mandates"), [Column(head) for head in heads], rows)
    mine = who.pk == request.user.pk
    return render(request, "web/people/person.html", {
        "who": who, "account": _account(who), "table": table, "mine": mine,
        "office": T(who.office.name_ja, who.office.name_en),
        "deputies": [one for one in access.deputies.every(request.user) if who.pk in (one.person_id, one.principal_id)],
    })  # fmt: skip


def _mandate(m: Mandate, labels: Mapping[str, Text], names: Mapping[str, Text]) -> Row:
    covers = [names.get(m.kind) or T(m.kind, m.kind)] if m.kind else []
    covers += [T(f"当事者 {m.party}", f"party {m.party}")] if m.party else []
    covers += [T(f"案件 {m.case.number}", f"case {m.case.number}")] if m.case else []
    scope = T("、".join(t.ja for t in covers), ", ".join(t.en for t in covers)) if covers else _ALL
    may = T("行為" if m.may_act else "閲覧のみ", "act" if m.may_act else "read only")
    may = T(f"{may.ja}・秘匿項目", f"{may.en}, sealed fields") if m.sealed else may
    given = m.granted_by.name if m.granted_by else T("（コマンド）", "(command)")
    open_ended = m.valid_until is None or m.valid_until >= access.today()
    return Row(
        labels.get(m.role) or T(m.role, m.role),
        (scope, may, m.valid_from, m.valid_until or T("期限なし", "no end"), given),
        reverse("mandate_end", args=[m.public_id]) if open_ended else "",
    )


@_ANSWERS
@fresh
def person_new(request: HttpRequest) -> HttpResponse:
    """A new person; the link to set a password is shown once."""
    form = Form(person_fields(request.user), _posted(request), language="ja", administers="no")
    if request.method == "POST" and form.ok:
        given = form.data
        try:
            office = access.people.offices(request.user).get(public_id=given["office"])
            made = access.people.add_person(
                request.user, given["email"], given["name"], office, given["language"], given["administers"]
            )
            return _link(request, made, invitations.invite(request.user, made))
        except access.AccessError as error:
            form.wrong(error)
    title, button = T("人を加える", "Add a person"), T("加えて招待のリンクを作る", "Add and make the invitation link")
    return _form(request, form, title, button)


@_ANSWERS
@fresh
def person_invite(request: HttpRequest, person: str) -> HttpResponse:
    """Another link: for who has not come in yet, or (a reset) for who has lost password or factor."""
    who = access.people.person(request.user, person)
    if request.method == "POST":
        renew = invitations.reset if who.has_usable_password() else invitations.invite
        try:
            return _link(request, who, renew(request.user, who))
        except access.AccessError as error:
            return _ask(request, who, error.text)
    return _ask(request, who)


def _ask(request: HttpRequest, who: Person, wrong: Text | None = None) -> HttpResponse:
    values = {"who": who, "reset": who.has_usable_password(), "wrong": wrong}
    return render(request, "web/people/invite.html", values, status=422 if wrong else 200)


def _link(request: HttpRequest, who: Person, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("welcome", args=[secret]))
    return render(request, "web/people/link.html", {"who": who, "address": address})


@_ANSWERS
@fresh
def person_end(request: HttpRequest, person: str) -> HttpResponse:
    """End an account with all its rights."""
    who, wrong = access.people.person(request.user, person), None
    if request.method == "POST":
        try:
            access.people.end_person(request.user, who)
            return redirect("person", person)
        except access.AccessError as error:
            wrong = error.text
    return render(request, "web/people/end.html", {"who": who, "wrong": wrong}, status=422 if wrong else 200)


@_ANSWERS
@fresh
def mandate_new(request: HttpRequest, person: str) -> HttpResponse:
    """Give a mandate."""
    who = access.people.person(request.user, person)
    form = Form(mandate_fields(), _posted(request), may_act="yes", sealed="no")
    if request.method == "POST" and form.ok:
        given = form.data
        try:
            access.people.grant(
                request.user, who, given["role"], kind=given.get("kind", ""), party=given.get("party", ""),
                case=given.get("case", ""), may_act=given["may_act"], sealed=given["sealed"],
                from_=form.day("from"), until=form.day("until"),
            )  # fmt: skip
            return redirect("person", person)
        except access.AccessError as error:
            form.wrong(error)
        except access.UnknownCase as unknown:
            form.errors["case"] = unknown.text
    title = T(f"{who.name} に権限を与える", f"A mandate for {who.name}")
    return _form(request, form, title, T("権限を与える", "Give the mandate"), reverse("person", args=[person]))


@_ANSWERS
@fresh
def mandate_end(request: HttpRequest, mandate: str) -> HttpResponse:
    """End a mandate with a day, or at once."""
    found = access.people.mandates_of(request.user).filter(public_id=mandate).first()
    if found is None:
        raise access.Unknown
    form = Form(END, _posted(request))
    if request.method == "POST" and form.ok:
        try:
            access.people.end_mandate(request.user, mandate, form.day("last"))
            return redirect("person", found.person.public_id)
        except access.AccessError as error:
            form.wrong(error)
    role = access.people.roles().get(found.role) or T(found.role, found.role)
    title = T(f"{found.person.name} の権限（{role.ja}）を終える", f"End the mandate of {found.person.name}: {role.en}")
    back = reverse("person", args=[found.person.public_id])
    return _form(request, form, title, T("権限を終える", "End the mandate"), back)


@_ANSWERS
@fresh
def offices(request: HttpRequest) -> HttpResponse:
    """The offices whose people work in this installation, and a new one."""
    form = Form(OFFICE, _posted(request))
    if request.method == "POST" and form.ok:
        try:
            access.people.add_office(request.user, form.data["sort"], form.data["name_ja"], form.data["name_en"])
            return redirect("offices")
        except access.AccessError as error:
            form.wrong(error)
    sorts = {o.id: o.label for o in OFFICE[0].options}
    rows = [
        Row(T(o.name_ja, o.name_en), (sorts[o.sort], _keys(o)), reverse("office_keys", args=[o.public_id]))
        for o in access.people.offices(request.user)
    ]
    heads = [Column(T("名称", "name")), Column(T("種類", "kind")), Column(T("パスキー", "passkeys"))]
    table = Table(T("登録されているもの", "Registered"), heads, rows)
    return render(request, "web/people/offices.html", {"table": table, "form": form}, status=200 if form.ok else 422)


def _keys(office: Office) -> Text:
    if office.keys_from is None:
        return T("求めない", "not asked for")
    day = office.keys_from.isoformat()
    if office.keys_bound:
        return T(f"{day} から（端末から出ない鍵）", f"from {day}, bound to a device")
    return T(f"{day} から", f"from {day}")


@_ANSWERS
@fresh
def office_keys(request: HttpRequest, office: str) -> HttpResponse:
    """From which day an office asks for passkeys, and who has none yet."""
    of = access.people.office(request.user, office)
    form = Form(KEYS, _posted(request), bound="yes" if of.keys_bound else "no",
                **({"from": of.keys_from.isoformat()} if of.keys_from else {}))  # fmt: skip
    if request.method == "POST" and form.ok:
        access.people.ask_for_keys(request.user, of, form.day("from"), form.data["bound"])
        return redirect("office_keys", office)
    rows = [Row(who.name, (who.email, who.keyless_at or T("なし", "never")), reverse("person", args=[who.public_id]))
            for who in keys.without(of)]  # fmt: skip
    heads = [Column(T("氏名", "name")), Column(T("メールアドレス", "e-mail")),
             Column(T("最後に鍵なしで続けた時", "last went on without one"))]  # fmt: skip
    table = Table(T("まだ鍵のない人", "People without a key"), heads, rows)
    name = T(of.name_ja, of.name_en)
    values = {"form": form, "table": table, "name": name, "asked": of.keys_from is not None, "since": of.keys_from}
    return render(request, "web/people/office_keys.html", values, status=200 if form.ok else 422)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, form: Form, title: Text, button: Text, back: str = "") -> HttpResponse:
    values = {"form": form, "title": title, "button": button, "back": back or reverse("people")}
    return render(request, "web/people/form.html", values, status=200 if form.ok else 422)
