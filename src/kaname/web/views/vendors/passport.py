"""A vendor's passport: the list of short tasks, how far it is, until when it serves, who has it; its versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.content import PartyRole
from kaname.regimes.infrastructure.filing.disclosure import Disclosure
from kaname.regimes.infrastructure.filing.lasting import serves_until
from kaname.vendors import api as vendors
from kaname.web.parts.items import Filled
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.vendors.progress import open_findings, progress
from kaname.web.vendors.tasks import FORMS
from kaname.web.vendors.views import lines
from kaname.web.views.vendors.files import linked, own
from kaname.web.views.vendors.told import done

_WAITED = T("{names} が、あなたの記入を待っています。書き終えたら、渡して、見せる範囲を決めてください。",
            "{names} is waiting for you. When all is filled in, hand it over and decide what is shown.")  # fmt: skip
_YES = T("渡す内容に間違いがないことを確かめてください。", "Confirm that what you hand over is right.")


@require_safe
def passports(request: HttpRequest) -> HttpResponse:
    """The vendors for which a person speaks; who speaks for one goes straight to it."""
    mine = list(vendors.own_vendors(request.user)[:100])
    if len(mine) == 1:
        return redirect("passport", mine[0].public_id)
    return render(request, "web/vendors/passports.html", {"mine": mine})


@require_safe
def passport(request: HttpRequest, vendor: str) -> HttpResponse:
    """The tasks, and all that a vendor wants to know at a glance."""
    me, today = request.user, access.today()
    draft, asks, made = vendors.draft(me, vendor), vendors.asks(me, vendor), vendors.versions(me, vendor)
    findings = vendors.lacks(me, vendor, today, roles_of(asks))
    said = record.read(draft.data)[0]
    changed = not made or record.plain(vendors.read(me, vendor, made[0].number)) != record.plain(said)
    until = serves_until(said, today)
    waited = [ask.operator for ask in asks if ask.reminded and not (ask.consent and made)]
    told = progress(vendor, draft.data, draft.problems, findings, asks, made, changed, until, today)
    return render(request, "web/vendors/passport.html", {
        "vendor": vendor, "name": said.name, "progress": told, "asks": asks, "made": made, "until": until,
        "holders": _holders(request, vendor), "readings": _readings(request, vendor), "today": today,
        "changed": changed and made, "waited": _WAITED.fill(names="、".join(dict.fromkeys(waited))) if waited else None,
        "consents": [c for c in vendors.of_vendor(me, vendor) if vendors.holds(c)],
    })  # fmt: skip


def roles_of(asks: list[vendors.Ask]) -> frozenset[PartyRole]:
    """In what capacities a vendor was asked: what is asked of it depends on them."""
    return frozenset(ask.role for ask in asks) or frozenset({PartyRole.SUPPLIER})


def _holders(request: HttpRequest, vendor: str) -> Table | None:
    rows = [
        Row(h.operator, (h.role.label, T(f"第 {h.version} 版", f"version {h.version}"), jst_date(h.at), _where(h)))
        for h in vendors.holders(request.user, vendor)
    ]
    heads = (T("事業者", "operator"), T("立場", "capacity"), T("版", "version"), T("いつから", "since"),
             T("今", "now"))  # fmt: skip
    return Table(T("だれが持っているか", "Who has it"), [Column(h) for h in heads], rows) if rows else None


def _readings(request: HttpRequest, vendor: str) -> Table | None:
    """Who has opened what is sealed, before any plan was filed with it."""
    rows = [
        Row(jst_date(r.at), (r.who, T(r.office_ja, r.office_en),
            T("書類のファイル", "a file") if r.what.startswith("file") else T("封をした部分", "what is sealed")))
        for r in vendors.readings(request.user, vendor)
    ]  # fmt: skip
    heads = (T("いつ", "when"), T("だれが", "who"), T("所属", "of"), T("何を", "what"))
    return Table(T("だれが開いて読んだか", "Who has opened it"), [Column(h) for h in heads], rows) if rows else None


def _where(h: vendors.Holder) -> Text:
    if h.filed_at:
        return T("届出済み。行政機関が読めます", "filed: the authority may read it")
    if h.ended_at:
        return T("取り外されました", "taken out")
    return T("計画の準備中", "in a plan being prepared")


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, vendor: str) -> HttpResponse:
    """All that is said, once more, and the button that makes it a version."""
    errors: dict[str, Text] = {}
    if request.method == "POST":
        if request.POST.get("right") != "yes":
            errors["right"] = _YES
        else:
            try:
                made = vendors.publish(request.user, vendor)
            except (vendors.NotReadable, vendors.NotAllowed) as wrong:
                errors[""] = wrong.text
            else:
                done(request, T(f"渡しました（第 {made.number} 版）。", f"Handed over: version {made.number}."))
                return redirect("passport", vendor)
    draft, asks = vendors.draft(request.user, vendor), vendors.asks(request.user, vendor)
    said = record.read(draft.data)[0]
    open_ = open_findings(vendors.lacks(request.user, vendor, access.today(), roles_of(asks)))
    missing = [(FORMS[id], len(found)) for id, found in open_.items()]
    told = {"vendor": vendor, "name": said.name, "shown": summary(vendor, said), "missing": missing, "errors": errors,
            "unread": draft.problems}  # fmt: skip
    return render(request, "web/vendors/sign.html", told, status=422 if errors else 200)


@require_safe
def version(request: HttpRequest, vendor: str, number: int) -> HttpResponse:
    """A version as it was handed over."""
    said = vendors.read(request.user, vendor, number)
    made = next(m for m in vendors.versions(request.user, vendor) if m.number == number)
    told = {"vendor": vendor, "name": said.name, "made": made, "shown": summary("", said),
            "files": linked(said, own(vendor), True)}  # fmt: skip
    return render(request, "web/vendors/version.html", told)


def summary(vendor: str, said: Disclosure) -> list[tuple[Any, list[Filled]]]:
    """Everything said, task by task, with the way to change it (not in a version, which never changes)."""
    found = []
    for task in FORMS.values():
        href = reverse("passport_task", args=[vendor, task.id]) if vendor else ""
        filled = [Filled(f.label, _value(said, f.id), href) for f in task.fields]
        if task.part:
            told = list(lines(said, task.part))
            filled += [Filled(T(f"{n} 行目", f"line {n}"), line, href) for n, line in enumerate(told, 1)]
            if not told:
                filled.append(Filled(task.title, None, href))
        found.append((task, filled))
    return found


def _value(said: Disclosure, name: str) -> Any:
    value = getattr(said, name)
    if name == "individual":
        return T("個人", "a person") if value else T("会社・団体", "a company or other body")
    return value or None
