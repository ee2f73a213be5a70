"""Many cases at once, the first screens: which cases, which act, and the fields that it has in all of them alike."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaname.access import api as access
from kaname.access.api import Wanted
from kaname.law import T
from kaname.ledger.kinds import kind
from kaname.procedure.declare import FieldType
from kaname.procedure.index import ActOf, index
from kaname.task import jobs, marks
from kaname.task.marks import CannotBeDone
from kaname.task.models import Doing, Job
from kaname.web.case.page import page
from kaname.web.forms.act import ActForm
from kaname.web.forms.asking import ON, PARTY
from kaname.web.forms.form import Typed
from kaname.web.parts.fields import FieldView
from kaname.web.parts.tables import Column, Pager, Row, Table
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases import case_href, page_of
from kaname.web.views.cases_wanted import wanted_of

SIZE, SAMPLES, MOST_NAMES = 50, 5, 300
_CHOSEN_HEADS = (Column(T("番号", "no.")), Column(T("整理番号", "reference")), Column(T("種類", "kind")),
                 Column(T("段階", "stage")))  # fmt: skip


# -- choosing --------------------------------------------------------------------------------------------------------


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The chosen rows of a list or of the inbox, or all of the filter: a new job, or more for the one in `into`."""
    chosen = [*request.POST.getlist("case"), *(k.partition("|")[0] for k in request.POST.getlist("key"))]
    query, every = request.POST.get("query", ""), "all" in request.POST
    if not chosen and not every:
        messages.warning(request, T("行が選ばれていません。", "No row is chosen.")[lang()])
        return redirect(reverse("cases") + (f"?{query}" if query else ""))
    into = request.POST.get("into", "")
    job = jobs.of(request.user, into) if into else None
    try:
        if job is None:
            job = jobs.begin(request.user, chosen, query)
        else:
            jobs.add(job, chosen)
        if every:
            jobs.add_all(job, _wanted(query))
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect("task_job" if job else "cases", *([job.public_id] if job else []))


def _wanted(query: str) -> Wanted:
    return wanted_of(QueryDict(query), {})


def own_job(request: HttpRequest, job: str) -> Job:
    found = jobs.of(request.user, job)
    if found is None:
        raise Http404
    return found


@require_POST
def change(request: HttpRequest, job: str) -> HttpResponse:
    """Before it begins: leave cases out, take all of the list in, give them to a colleague, throw the choice away."""
    found = own_job(request, job)
    do = request.POST.get("do", "")
    try:
        if do == "leave":
            jobs.leave_out(found, request.POST.getlist("case"))
        elif do == "all":
            jobs.add_all(found, _wanted(found.query))
        elif do == "assign":
            cases = list(jobs.lines(found).values_list("case__public_id", flat=True))
            done = marks.assign(request.user, cases, request.POST.get("to", "") or "-")
            told = T(f"{done.count}件の担当を変えました。", f"{done.count} assigned.")
            messages.success(request, told[lang()])
            for _, text in done.left[:1]:
                messages.warning(request, f"{len(done.left)}: {text[lang()]}")
            return redirect("cases")
        elif do == "discard" and found.state == Doing.CHOOSING:
            found.delete()
            return redirect("cases")
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect("task_job", job)


# -- which act -------------------------------------------------------------------------------------------------------


def choosing(request: HttpRequest, job: Job) -> HttpResponse:
    rows = jobs.lines(job)
    number, total = page_of(request), rows.count()
    part = list(rows[(number - 1) * SIZE : number * SIZE])
    table = Table(
        T("選んだ案件", "cases chosen"), _CHOSEN_HEADS,
        [Row(T(f"第{r.case.number}号", f"No. {r.case.number}"),
             (access.reference_label(r.case.kind, r.case.standing.reference), kind(r.case.kind).label,
              access.state_label(r.case.kind, r.case.standing.state)),
             case_href(r.case.public_id), key=r.case.public_id) for r in part],
        selectable="case",
    )  # fmt: skip
    usual, rest = acts_of(request.user, job)
    whole = access.listed(request.user, _wanted(job.query), 0, 1).total if job.query or total else 0
    return render(request, "web/task/choose.html", {
        "job": job, "table": table, "total": total, "pager": Pager(number, SIZE, total), "usual": usual, "rest": rest,
        "whole": whole if whole > total else 0, "more": reverse("cases") + "?" + _with_into(job),
        "colleagues": [(request.user.public_id, request.user.name), *(
            (p.public_id, p.name) for p in marks.colleagues(request.user).exclude(pk=request.user.pk)[:MOST_NAMES])],
    })  # fmt: skip


def _with_into(job: Job) -> str:
    query = QueryDict(job.query, mutable=True)
    query["into"] = job.public_id
    return str(query.urlencode())


def acts_of(person: Any, job: Job) -> tuple[list[ActOf], list[ActOf]]:
    """The acts that all the kinds among the cases share and in whose roles the person acts: those that a few of the
    cases are open to, then the others. An act that reads other cases or names a new run is done in each by itself."""
    rows = jobs.lines(job)
    kinds = list(rows.order_by().values_list("case__kind", flat=True).distinct())
    if not kinds:
        return [], []
    roles = {m.role for m in access.mandates(person, access.today()) if m.may_act}
    first, *others = (index(kind(k)).acts for k in kinds)
    fits = {
        name: of for name, of in first.items()
        if name == of.name and not of.act.takes and not (of.procedure.per and "" in of.moves)
        and roles & {r.id for r in of.act.roles}
        and all(name in acts and acts[name].fields == of.fields for acts in others)
    }  # fmt: skip
    open_now: set[str] = set()
    for line in rows[:SAMPLES]:
        seen = access.see(person, line.case.public_id)
        now = page(seen.standing, seen.roles)
        open_now |= {a.name for a in (*now.ready, *now.asking)}
    return [of for n, of in fits.items() if n in open_now], [of for n, of in fits.items() if n not in open_now]


# -- the form, asked once --------------------------------------------------------------------------------------------


def act_form(request: HttpRequest, job: str, name: str) -> HttpResponse:
    """The fields that the act has in every case alike; a POST asks the law of each case and shows the preview."""
    found = own_job(request, job)
    form = _form(request, found, name)
    if request.method != "POST":
        return _form_page(request, found, form, {ON: [f"{access.today():%Y/%m/%d}"]}, asked_for=False)
    typed = {k: v for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"}
    read = form.read(typed)
    if read.errors:
        return _form_page(request, found, form, typed, asked_for=True)
    try:
        jobs.preview(found, read.entry)
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect("task_job", job)


def _form(request: HttpRequest, job: Job, name: str) -> ActForm:
    """The form of the act in the first of the cases, declared alike in all. Raises Http404 where there is none."""
    if job.state != Doing.CHOOSING or name not in {of.name for acts in acts_of(request.user, job) for of in acts}:
        raise Http404
    first = jobs.lines(job).first()
    form = ActForm.of_name(request.user, access.see(request.user, first.case.public_id), name, "") if first else None
    if form is None:
        raise Http404
    return form


def _form_page(request: HttpRequest, job: Job, form: ActForm, typed: Typed, asked_for: bool) -> HttpResponse:
    read = form.read(typed)
    errors = read.errors if asked_for else {}
    fields = [view for view in form.views(typed, read) if _is_common(form, view)]
    hidden = [of.label for of in form.of.fields.values() if of.type is FieldType.DOCUMENT or of.proposes]
    return render(request, "web/task/act.html", {
        "job": job, "form": form, "fields": fields, "errors": errors, "total": job.lines.count(), "hidden": hidden,
        "read": read,
    }, status=422 if errors else 200)  # fmt: skip


def _is_common(form: ActForm, view: FieldView) -> bool:
    """Who acts is known in each case; what the law works out is worked out there; a file belongs to one case."""
    declared = form.of.fields.get(view.name)
    if declared is None:
        return view.name != PARTY and not view.name.startswith("reason_for_")
    return declared.type is not FieldType.DOCUMENT and declared.proposes is None
