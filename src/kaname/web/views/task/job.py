"""The page of a job: what an act would do to each case, how far it is, what was done; the same as a table."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kaname.access import api as access
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.ledger.kinds import kind
from kaname.papers import letters
from kaname.procedure.index import index
from kaname.task import jobs
from kaname.task.marks import CannotBeDone
from kaname.task.models import Doing, Job, Line, Outcome
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import case_href, page_of
from kaname.web.views.letters import as_pdf, asked
from kaname.web.views.task.bulk import choosing, own_job

SIZE = 50
OUTCOMES = {
    Outcome.CHOSEN: T("選択済み", "chosen"), Outcome.MAY: T("できる", "may go"),
    Outcome.REFUSED: T("できない", "refused"), Outcome.MOVED: T("その後に動いた", "moved meanwhile"),
    Outcome.GONE: T("権限が終わった", "mandate ended"), Outcome.FAILED: T("記録できなかった", "not taken"),
    Outcome.DONE: T("記録した", "recorded"),
}  # fmt: skip
_HEADS = (Column(T("番号", "no.")), Column(T("整理番号", "reference")), Column(T("どうなるか、理由", "what, and why")),
          Column(T("結果", "outcome")))  # fmt: skip


@require_safe
def job_page(request: HttpRequest, job: str) -> HttpResponseBase:
    """Choosing, previewed, running, done: one address."""
    found = own_job(request, job)
    if request.GET.get("format") == "csv":
        return _csv(found)
    if found.state == Doing.CHOOSING and (not found.act or "choose" in request.GET):
        return choosing(request, found)
    counts = jobs.counts(found)
    chosen = next((o for o in Outcome if o == request.GET.get("outcome")), None)
    rows = jobs.lines(found).filter(outcome=chosen) if chosen else jobs.lines(found)
    number, total = page_of(request), rows.count()
    part = rows[(number - 1) * SIZE : number * SIZE]
    query = {"outcome": str(chosen)} if chosen else {}
    table = Table(T("案件", "cases"), _HEADS, [_row(line) for line in part])
    label = act_label(found)
    status = {
        "job": found, "label": label, "counts": counts, "total": sum(counts.values()), "table": table,
        "pager": Pager(number, SIZE, total, query), "may": counts[Outcome.MAY], "done": counts[Outcome.DONE],
        "left": sum(counts[o] for o in (Outcome.REFUSED, Outcome.MOVED, Outcome.GONE, Outcome.FAILED)),
        "failed": counts[Outcome.FAILED], "state": state_of(found, counts), "chips": _chips(counts, chosen),
        "settled": sum(counts.values()) - counts[Outcome.MAY], "moves": _moves(found),
        "grouped": _grouped(found), "sample": _sample(found), "csv": "?format=csv",
    }  # fmt: skip
    return render(request, "web/task/job.html", status)


def state_of(job: Job, counts: Counter[str]) -> str:
    """choosing, running, stopped, done, partly or failed."""
    if job.state != Doing.DONE:
        return str(job.state)
    if counts[Outcome.DONE] == sum(counts.values()):
        return "done"
    return "partly" if counts[Outcome.DONE] else "failed"


def act_label(job: Job) -> Text:
    """What the act of a job is called."""
    first = job.lines.select_related("case").order_by("place").first()
    of = index(kind(first.case.kind)).acts.get(job.act) if first else None
    return of.act.label if of else T(job.act, job.act)


def _chips(counts: Counter[str], chosen: Outcome | None) -> list[Chip]:
    every = Chip(T("すべて", "All"), "?", sum(counts.values()), on=chosen is None)
    return [every, *(Chip(OUTCOMES[o], "?" + urlencode({"outcome": o}), counts[o], on=o is chosen)
                     for o in Outcome if counts[o])]  # fmt: skip


def _row(line: Line) -> Row:
    number = T(f"第{line.case.number}号", f"No. {line.case.number}")
    href = case_href(line.case.public_id)
    if line.outcome == Outcome.DONE and line.seq:
        href = reverse("receipt", args=[line.case.public_id, line.seq])
    return Row(
        number,
        (
            access.reference_label(line.case.kind, line.case.standing.reference),
            _what(line),
            OUTCOMES[Outcome(line.outcome)],
        ),
        href,
    )


def _what(line: Line) -> Text:
    """What the act does to a case, or why it does nothing."""
    moved = [_moved(m) for m in line.moves] if line.outcome == Outcome.MAY else []
    whys = [T(f"{text.ja}（{basis.ja}）" if basis.ja else text.ja, f"{text.en} ({basis.en})" if basis.en else text.en)
            for text, basis in jobs.reasons_of(line)]  # fmt: skip
    if line.outcome == Outcome.DONE and not whys:
        return T(f"記録{line.seq}、要約値 {line.digest[:12]}", f"entry {line.seq}, digest {line.digest[:12]}")
    told = [*moved, *whys]
    return T("；".join(t.ja for t in told), "; ".join(t.en for t in told))


def _moved(m: Sequence[str]) -> Text:
    """A stage that becomes another; a clock that runs to another day."""
    return T(f"{m[2]} → {m[4]}", f"{m[3]} → {m[5]}") if m[2] else T(f"{m[0]}：{m[4]}", f"{m[1]}: {m[5]}")


def _grouped(job: Job) -> list[tuple[Text, Text, int]]:
    """The first reason against each case that does not go, with its provision, the most frequent first."""
    left = job.lines.filter(outcome__in=(Outcome.REFUSED, Outcome.MOVED, Outcome.GONE, Outcome.FAILED))
    found = Counter(tuple(tuple(r) for r in reasons[:1]) for reasons in left.values_list("reasons", flat=True))
    return [
        (T(r[0][0], r[0][1]), T(r[0][2], r[0][3]), n) for r, n in found.most_common(20) if r
    ]  # fmt: skip


def _moves(job: Job) -> list[tuple[Text, Text, Text, int]]:
    """Which stages the act would move, and in how many cases."""
    lines = job.lines.filter(outcome=Outcome.MAY).values_list("moves", flat=True)
    found = Counter(tuple(m) for moves in lines for m in moves if m[2])
    return [(T(m[0], m[1]), T(m[2], m[3]), T(m[4], m[5]), n) for m, n in found.most_common(20)]


def _sample(job: Job) -> Line | None:
    return jobs.lines(job).filter(outcome=Outcome.MAY).first() if job.state == Doing.CHOOSING else None


def _csv(job: Job) -> HttpResponseBase:
    """The results with their receipts, for a spreadsheet."""
    told = (T("番号", "no."), T("整理番号", "reference"), T("結果", "outcome"), T("記録", "entry"),
            T("要約値", "digest"), T("理由", "reasons"), T("規定", "provision"), T("id", "id"))  # fmt: skip
    heads = [say(head) for head in told]
    rows = (
        [line.case.number, line.case.standing.reference, say(OUTCOMES[Outcome(line.outcome)]), line.seq, line.digest,
         "; ".join(say(t) for t, _ in jobs.reasons_of(line)), "; ".join(say(b) for _, b in jobs.reasons_of(line)),
         line.case.public_id]
        for line in jobs.lines(job).iterator(500)
    )  # fmt: skip
    return as_csv(f"job-{job.public_id}.csv", heads, rows)


@require_safe
def sample(request: HttpRequest, job: str) -> HttpResponse:
    """The letter of the act in the first case in which it may be done, marked as a draft."""
    found = own_job(request, job)
    line, entry = _sample(found), jobs.entry_of(found)
    if line is None or entry is None:
        raise Http404
    return as_pdf(request, letters.draft(request.user, line.case.public_id, jobs.own(entry, line), asked(request)))


# -- doing -----------------------------------------------------------------------------------------------------------


@require_POST
def do(request: HttpRequest, job: str) -> HttpResponse:
    """`do`: begin, cancel, again."""
    found = own_job(request, job)
    try:
        match request.POST.get("do", "begin"):
            case "cancel":
                jobs.cancel(found)
            case "again":
                jobs.again(found)
            case _:
                jobs.do(found)
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect("task_job", job)


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """What I have done to many cases of late."""
    mine: Sequence[Job] = jobs.listed(request.user)
    rows = []
    for job in mine:
        counts = jobs.counts(job)
        name = act_label(job) if job.act else T("選んでいるところ", "being put together")
        state = STATES[state_of(job, counts)]
        rows.append(Row(name, (jst_date(job.made_at), sum(counts.values()), counts[Outcome.DONE], state),
                        reverse("task_job", args=[job.public_id])))  # fmt: skip
    heads = (Column(T("行為", "act")), Column(T("作った日", "made")), Column(T("案件", "cases"), num=True),
             Column(T("記録した", "recorded"), num=True), Column(T("様子", "state")))  # fmt: skip
    table = Table(T("まとめて行ったもの", "bulk acts"), heads, rows)
    return render(request, "web/task/jobs.html", {"table": table, "rows": rows})


STATES = {
    "choosing": T("準備中", "being prepared"), "running": T("実行中", "running"), "stopped": T("中止", "cancelled"),
    "done": T("完了", "done"), "partly": T("一部できなかった", "partly failed"), "failed": T("できなかった", "failed"),
}  # fmt: skip
