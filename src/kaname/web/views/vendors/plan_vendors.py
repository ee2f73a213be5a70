"""The vendors of a plan: where each stands; any number asked, reminded or taken in with a few keys."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kaname.access.errors import NotAllowed
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.notices import api as notices
from kaname.vendors import api as vendors
from kaname.vendors.api import REMINDED, TAKEABLE, Chased, Stage
from kaname.web.parts.tables import Chip
from kaname.web.vendors.views import sides
from kaname.web.views.vendors.files import in_plan, linked
from kaname.web.views.vendors.plans import plainly
from kaname.web.views.vendors.told import done

STAGES: dict[Stage, tuple[Text, str]] = {
    Stage.TO_INVITE: (T("未招待", "to invite"), "unverified"),
    Stage.WAITING: (T("返事待ち", "waiting"), "running"),
    Stage.RUN_OUT: (T("案内の期限切れ", "link has run out"), "overdue"),
    Stage.FILLING: (T("記入中", "filling in"), "running"),
    Stage.READY: (T("加えられる", "ready to take in"), "freed"),
    Stage.TAKEN: (T("計画に入っている", "in the plan"), "met"),
    Stage.NEWER: (T("新しい版がある", "newer version"), "due_soon"),
    Stage.ENDED: (T("同意が終わった", "consent has ended"), "overdue"),
    Stage.OWN: (T("自社で記入", "entered by you"), "met"),
}
_OPEN = (Stage.TO_INVITE, Stage.ENDED, Stage.OWN)  # they have a field for their address
_SHOWN = 200
_NOBODY = T("だれも選んでいません。メールアドレスを入れた相手が招待されます。",
            "Nobody is chosen. Those whose address you fill in are invited.")  # fmt: skip
_WORDS = T(
    "お世話になっております。{operator}です。経済安全保障推進法第52条による届出のため、貴社の情報のご記入をお願いします。"
    "次のリンクから、72時間以内に始めてください。途中で保存できます。役員の情報は弊社には見えません。",
    "{operator} files a plan under Art. 52 of the Economic Security Promotion Act and asks you to enter your company's "
    "information. Please begin by this link within 72 hours; you can save and go on later. We do not see what concerns "
    "your officers.",
)
_NO_ADDRESS = T("メールアドレスとして読めません。", "This is no e-mail address.")


@require_http_methods(["GET", "HEAD", "POST"])
@plainly
@sensitive_variables("links")
def plan_vendors(request: HttpRequest, plan: str) -> HttpResponse:
    """GET: the list. POST `step`: invite or remind (shown before it is done), send (links are shown once), take."""
    now, chased = vendors.see(request.user, plan), vendors.of_plan(request.user, plan)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "take":
        taken = vendors.take_all(request.user, plan)
        done(request, T(f"{taken} 者の開示を計画に加えました。", f"{taken} passports taken into the plan."))
        return redirect("plan_vendors", plan)
    if step in ("invite", "remind", "send"):
        emails, errors = _emails(request, chased, step)
        told = _told(request, chased, step)
        if told:
            errors.pop("", None)
        if not errors and step == "send":
            try:
                links = vendors.ask(request.user, plan, emails)
            except NotAllowed as wrong:
                errors[wrong.field] = wrong.text
            else:
                return _sent(request, now, links, vendors.remind(request.user, plan, told))
        if not errors:
            shown = {"now": now, "emails": emails, "told": told, "kind": step, "all": len(emails) + len(told)}
            return render(request, "web/vendors/invite.html", shown)
        return _list(request, now, chased, errors, status=422)
    return _list(request, now, chased, {})


def _emails(request: HttpRequest, chased: list[Chased], step: str) -> tuple[dict[str, str], dict[str, Text]]:
    """Whom it is about, with their addresses, and what is wrong with them, by the names of the form."""
    if step == "remind":
        chosen = set(request.POST.getlist("party"))
        found = {c.party: c.email for c in chased if c.stage in REMINDED and (not chosen or c.party in chosen)}
        return found, {} if found else {"": _NOBODY}
    if step == "send":
        return _chosen(request), {}
    found, errors = {}, {}
    for number, one in enumerate(chased):
        email = request.POST.get(f"email.{number}", "").strip()
        if email and request.POST.get(f"name.{number}") == one.party:
            found[one.party] = email
            try:
                validate_email(email)
            except ValidationError:
                errors[f"email.{number}"] = _NO_ADDRESS
    return found, errors or ({} if found else {"": _NOBODY})


def _told(request: HttpRequest, chased: list[Chased], step: str) -> list[str]:
    """Who came in and has not finished: they need no link, and are reminded on their own page."""
    chosen = set(request.POST.getlist("told" if step == "send" else "party"))
    if step == "invite" or (step == "send" and not chosen):
        return []
    return [c.party for c in chased if c.may_be_told and (not chosen or c.party in chosen)]


def _sent(request: HttpRequest, now: vendors.Prepared, links: list[vendors.Link], told: list[str]) -> HttpResponse:
    if told:
        names = T("、".join(told), ", ".join(told))
        done(request, (_BY_MAIL if notices.mail.is_set_up() else _ON_PAGE).fill(names=names))
    return _links(request, now, links) if links else redirect("plan_vendors", now.id)


_ON_PAGE = T("催促しました：{names}。相手の画面に出ます。この事務所はメールを送らないので、あなたも知らせてください。",
             "Reminded: {names}. It stands on their page. This office sends no mail: tell them, too.")  # fmt: skip
_BY_MAIL = T("催促しました：{names}。相手の画面に出て、メールでも届きます。",
             "Reminded: {names}. It stands on their page, and mail goes out.")  # fmt: skip


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Who was shown on the page before."""
    said = request.POST
    return {v: said.get(f"to.{n.removeprefix('party.')}", "") for n, v in said.items() if n.startswith("party.")}


def _list(request: HttpRequest, now: vendors.Prepared, chased: list[Chased], errors: dict[str, Text],
          status: int = 200) -> HttpResponse:  # fmt: skip
    text, stage = request.GET.get("q", ""), request.GET.get("stage", "")
    rows = [(n, c, *STAGES[c.stage], request.POST.get(f"email.{n}", ""), errors.get(f"email.{n}"),
             jst_date(c.until) if c.until else None)
            for n, c in enumerate(chased) if text in c.party and stage in ("", c.stage)]  # fmt: skip
    told = {
        "now": now, "rows": rows[:_SHOWN], "more": max(len(rows) - _SHOWN, 0), "errors": errors, "q": text,
        "chips": list(_chips(chased, stage)), "open": list(_OPEN),
        "remind": sum(c.stage in REMINDED or c.may_be_told for c in chased),
        "take": sum(c.stage in TAKEABLE for c in chased),
        "inviting": any(c.stage in _OPEN for c in chased), "waiting": list(REMINDED),
    }  # fmt: skip
    return render(request, "web/vendors/plan_vendors.html", told, status=status)


def _chips(chased: list[Chased], on: str) -> Iterable[Chip]:
    for stage, (label, _) in STAGES.items():
        if count := sum(c.stage is stage for c in chased):
            yield Chip(label, "?" if stage == on else "?" + urlencode({"stage": stage}), count, stage == on)


def _links(request: HttpRequest, now: vendors.Prepared, links: list[vendors.Link]) -> HttpResponse:
    found = [(link, request.build_absolute_uri(reverse("vendor_invitation", args=[link.secret]))) for link in links]
    every = "\n".join(f"{link.party}\t{link.email}\t{address}" for link, address in found)
    return render(request, "web/vendors/links.html", {
        "now": now, "links": found, "every": every, "words": _WORDS.fill(operator=now.plan.operator),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@plainly
def plan_vendor(request: HttpRequest, plan: str, vendor: str) -> HttpResponse:
    """The passport of a vendor as it stands in the plan. POST: what is sealed and not veiled, for who may read that."""
    now = vendors.see(request.user, plan)
    shown = [s for s in vendors.in_preparation(request.user, plan) if s.vendor == vendor]
    if not shown:
        raise vendors.Unknown
    first = shown[0]
    said = vendors.reveal_to_operator(request.user, plan, vendor) if request.method == "POST" else first.disclosure
    told = {"now": now, "shown": first, "roles": shown, "opened": request.method == "POST",
            "sides": sides(said, first.veil, own=request.method == "POST") if said else [],
            "files": linked(said, in_plan(plan, vendor), request.method == "POST")}  # fmt: skip
    return render(request, "web/vendors/plan_vendor.html", told)
