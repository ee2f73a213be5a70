"""The form of one task. Whatever is typed is kept, also what cannot be read; who saves second overwrites nothing.

Files come in with the form of certificates: each goes sealed into the vault at once, the draft holds its reference.
"""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.access.gate.expired import whose
from kaname.law import T, Text
from kaname.papers.api import NotTaken, uploads
from kaname.procedure.declare import FieldType
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.windows import is_year_end, oldest_evidence, sales_years
from kaname.vendors import api as vendors
from kaname.web.parts import dates
from kaname.web.parts.fields import FieldView, field_view
from kaname.web.vendors.draft import Typed, data_of, lacking, typed_of, unread
from kaname.web.vendors.progress import open_findings
from kaname.web.vendors.tasks import FORMS, Task
from kaname.web.views.vendors.passport import roles_of
from kaname.web.views.vendors.told import done

_MOVED = T(
    "開いている間に、ほかの人が保存しました。入力した内容は下に残っています。このままでよければ、もう一度保存してください。",
    "Somebody else saved while this page was open. What you entered is kept below; save again to keep it.",
)
_SAVED = T("保存しました。", "Saved.")


@uploads
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, vendor: str, task: str) -> HttpResponse:
    """GET: the form as the draft has it. POST: keep it; `step` is next (when nothing is wrong) or later."""
    draft = vendors.draft(request.user, vendor)
    form = FORMS.get(task)
    if form is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, vendor, form, typed_of(form, draft.data), draft.number, {})
    typed, refused = _with_files(request, vendor, form)
    data = data_of(form, typed, draft.data)
    moved = request.POST.get("number") != str(draft.number) and data != draft.data
    try:
        number = draft.number
        if not moved and data != draft.data:
            number = vendors.save(request.user, vendor, data, draft.number)
    except vendors.Changed:
        moved, number = True, vendors.draft(request.user, vendor).number
    except vendors.NotAllowed as wrong:
        return _shown(request, vendor, form, typed, draft.number, {"": wrong.text}, status=422)
    if moved:
        return _shown(request, vendor, form, typed, number, refused, banner=_MOVED, status=409)
    if refused:
        return _shown(request, vendor, form, typed, number, refused, status=422)
    if request.POST.get("step") == "later":
        done(request, _SAVED)
        return redirect("passport", vendor)
    if errors := _errors(request, vendor, form):
        return _shown(request, vendor, form, typed, number, errors, status=422)
    return redirect(*_next(vendor, form))


def _with_files(request: HttpRequest, vendor: str, form: Task) -> tuple[dict[str, list[str]], dict[str, Text]]:
    """What was typed, with the references of the files that came along; and why a file was not taken, by field."""
    typed, refused = dict(request.POST.lists()), dict[str, Text]()
    columns = {c.id for c in form.rows if c.type is FieldType.DOCUMENT}
    for gone in [name for name in typed if name.endswith(".gone")]:
        typed.pop(gone)
        typed.pop(gone.removesuffix(".gone"), None)
    for name, arrived in request.FILES.items():
        field = name.removesuffix(".file")
        if field.rpartition(".")[2] in columns:
            try:
                typed[field] = [vendors.hand_in(request.user, vendor, arrived).reference]
            except NotTaken as wrong:
                refused[field] = T(f"{wrong.text.ja}。", f"{wrong.text.en[:1].upper()}{wrong.text.en[1:]}.")
    return typed, refused


def _errors(request: HttpRequest, vendor: str, form: Task) -> dict[str, Text]:
    wrong = unread(form, vendors.draft(request.user, vendor).problems)
    roles = roles_of(vendors.asks(request.user, vendor))
    findings = open_findings(vendors.lacks(request.user, vendor, access.today(), roles))
    return {**lacking(form, findings.get(form.id, ())), **wrong}


def _next(vendor: str, form: Task) -> tuple[str, ...]:
    """The task after this one; after the last the list."""
    ids = list(FORMS)
    after = ids.index(form.id) + 1
    return ("passport_task", vendor, ids[after]) if after < len(ids) else ("passport", vendor)


def _shown(
    request: HttpRequest, vendor: str, form: Task, typed: Typed, number: int, errors: dict[str, Text],
    banner: Text | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    views = [_plain(field_view(f, typed, errors=errors), vendor) for f in form.form]
    names = {f.id for f in form.form}
    orphans = {n: t for n, t in errors.items() if n and n.partition(".")[0] not in names}
    ids = list(FORMS)
    return render(request, "web/vendors/task.html", {
        "vendor": vendor, "task": form, "views": views, "number": number, "errors": errors, "banner": banner,
        "whose": whose(request.user), "place": ids.index(form.id) + 1, "total": len(ids) + 2, "orphans": orphans,
        "days": _days(form, typed), "files": any(c.type is FieldType.DOCUMENT for c in form.rows),
    }, status=status)  # fmt: skip


def _plain(view: FieldView, vendor: str) -> FieldView:
    """Without the word "optional": what must be filled in depends, and is told when it is missing. A file is shown
    without its reference, which says nothing to people."""
    rows = tuple(tuple(_plain(column, vendor) for column in row) for row in view.rows)
    found = replace(view, required=None, rows=rows, mould=tuple(_plain(column, vendor) for column in view.mould))
    if view.widget != "document":
        return found
    links = tuple(reverse("passport_file", args=[vendor, id]) for id in view.files)
    return replace(found, widget="paper", links=links)


def _days(form: Task, typed: Typed) -> list[Text]:
    """The rules of days in words, reckoned for a filing today."""
    today = access.today()
    if form.id == "certificates":
        oldest = dates.screen(oldest_evidence(today))
        return [T(f"有効期限のない書類は、届出の日の前三月以内のもの。今日の届出なら {oldest.ja} 以後のもの。",
                  "A paper without an expiry must be made within the three months before the filing: "
                  f"for a filing today, on or after {oldest.en}.")]  # fmt: skip
    if form.id != "sales":
        return []
    said = [T("見るのは、届出の日の二月前までに終わった三つの年度です。国ごとに 25％ 以上のものが届出に載ります。",
              "Looked at are the three fiscal years that ended at least two months before the filing. "
              "A country is told from 25 % on.")]  # fmt: skip
    try:
        end = record.year_end(typed.get("year_end", [""])[0])
    except record.Unreadable:
        return said
    if is_year_end(end):
        years = [dates.screen(day) for day in sales_years(today, end)]
        ja, en = "、".join(y.ja for y in years), ", ".join(y.en for y in years)
        said.append(T(f"今日の届出なら、{ja} に終わる年度です。", f"For a filing today: the years ended {en}."))
    return said
