"""`kaname jobs`: what the office's workers have under way, what waits, and what was given up, with its reason."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from kaname.cli import show
from kaname.cli.group import bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.law import T, Text

_ABOUT = T("働き手の仕事：今あるもの、待つもの、あきらめたものとそのわけ。事件の内容は出さない。",
           "Work of the office's workers: under way, waiting, given up and why; nothing of a case.")  # fmt: skip
_SORTS: dict[str, Text] = {
    "bulk": T("まとめて行う", "bulk job"), "document": T("書類を読む", "reading of a document"),
    "message": T("知らせ", "message"), "anchor": T("今日の定点", "anchor of today"),
    "shocks": T("途絶の計算", "calculation of shocks"),
}  # fmt: skip
_STATES: dict[str, Text] = {
    "running": T("実行中", "under way"), "free": T("働き手を待つ", "waits for a worker"),
    "failed": T("できなかった", "failed"), "done": T("済み", "done"),
}  # fmt: skip


class Work(NamedTuple):
    """One piece of work. `until`: when its lease ends, "" where nobody has it."""

    sort: str
    id: str
    state: str
    until: str
    reason: Text = T("", "")


@bilingual("jobs", _ABOUT, "kaname jobs", "kaname jobs --json")
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(as_json: bool) -> None:
    with office():
        found = [*_bulk(), *_shocks(), *_documents(), *_messages(), _anchor()]
    if as_json:
        show.as_json([_told(work) for work in found])
    else:
        rows = [(said(_SORTS[w.sort]), w.id, said(_STATES[w.state]), w.until or "-", said(w.reason)) for w in found]
        show.lines(show.columns(rows))


def _told(work: Work) -> dict[str, Any]:
    return {"sort": work.sort, "id": work.id, "state": work.state, "until": work.until, "reason": said(work.reason)}


def _bulk() -> Iterator[Work]:
    from kaname.task import jobs
    from kaname.task.models import Doing, Job, Line, Outcome

    for job in Job.objects.filter(state=Doing.RUNNING).order_by("made_at"):
        until = job.lease_until.isoformat() if job.lease_until else ""
        yield Work("bulk", job.public_id, "free" if jobs.is_free(job) else "running", until)
    for line in Line.objects.filter(outcome=Outcome.FAILED).select_related("job").order_by("job", "place"):
        yield Work("bulk", f"{line.job.public_id}/{line.place}", "failed", "", jobs.reasons_of(line)[0][0])


def _shocks() -> Iterator[Work]:
    """Runs that are under way or failed, and how far they are."""
    from kaname.desk import shock_runs
    from kaname.desk.models import ShockRun
    from kaname.desk.shock_runs import State

    for run in ShockRun.objects.filter(state__in=(State.RUNNING, State.FAILED)).select_related("office").order_by("pk"):
        until = run.lease_until.isoformat() if run.lease_until else ""
        far = f"{shock_runs.done(run)} / {run.parts}"
        state = "failed" if run.state == State.FAILED else "free" if shock_runs.is_free(run) else "running"
        yield Work("shocks", run.public_id, state, until, shock_runs.why_not(run) if state == "failed" else T(far, far))


def _documents() -> Iterator[Work]:
    from kaname.papers import turns
    from kaname.papers.models import Document

    waiting = Document.objects.filter(content=None, case__isnull=False, quarantine="")
    free = set(turns.free().values_list("pk", flat=True))
    for document in waiting.select_related("turn").order_by("pk"):
        turn = getattr(document, "turn", None)
        if document.pk in free:
            yield Work("document", document.public_id, "free", "")
        elif turn:
            yield Work("document", document.public_id, "running", turn.until.isoformat())


def _messages() -> Iterator[Work]:
    from kaname.ledger import clock
    from kaname.notices.models import Outgoing, State

    now = clock.now()
    for one in Outgoing.objects.filter(state__in=(State.WAITING, State.DEAD)).order_by("pk"):
        if one.state == State.DEAD:
            yield Work("message", one.public_id, "failed", "", T(one.fault, one.fault))
        else:
            held = one.lease_until and one.lease_until > now
            yield Work("message", one.public_id, "running" if held else "free", one.lease_until.isoformat() if held
                       else "", T(one.fault, one.fault))  # fmt: skip


def _anchor() -> Work:
    from datetime import datetime

    from kaname.days import JST
    from kaname.ledger import clock
    from kaname.ledger.proof import anchors

    last = anchors.newest()
    made = last and datetime.fromisoformat(last.made_at).astimezone(JST).date() >= clock.today()
    return Work("anchor", str(last.number) if made and last else "-", "done" if made else "free", "")
