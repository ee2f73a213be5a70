"""Many cases, one act: chosen, looked at, done. Each act goes through the one door and under a key of its own.

The key is made of the job: a job that is run twice, or whose worker died half way, does nothing twice. A worker holds
the job by a lease, and looks after each act whether it still does, and whether the person has called it off.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from secrets import token_hex
from threading import Thread

from django.db import close_old_connections, transaction
from django.db.models import Count, Q, QuerySet

from kaname.access import api as access
from kaname.access.lists import SORTS, Wanted
from kaname.access.models import Person
from kaname.access.predicate import rows_visible_to, visible_to
from kaname.access.vault import Broken, lock, unlock
from kaname.law import Lang, T, Text, cited
from kaname.ledger import clock, store
from kaname.ledger.errors import LedgerError, Moved, UnknownCase
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.ledger.rows import plain
from kaname.procedure import Accepted, Entry, Reason, Refused
from kaname.task.marks import CannotBeDone
from kaname.task.models import Doing, Job, Line, Outcome

MOST = 5000  # cases of one job
AT_ONCE = 50  # so many are done while the page waits
LEASE = timedelta(seconds=60)
DEATHS = 3  # workers that may die over one case
KEPT = timedelta(days=90)
_LEFT = (Outcome.MAY,)
_log = logging.getLogger("kaname.task")


# -- choosing --------------------------------------------------------------------------------------------------------


def begin(person: Person, cases: Iterable[str], query: str = "") -> Job:
    """A new job for these cases, as far as the person may know of them."""
    sweep()
    job: Job = Job.objects.create(person=person, query=query[:1024], made_at=clock.now())
    add(job, cases)
    return job


def add(job: Job, cases: Iterable[str]) -> int:
    """More cases; those that are chosen stay chosen. How many came. Raises CannotBeDone where they are too many."""
    names = list(dict.fromkeys(cases))
    if len(names) > MOST:
        raise CannotBeDone("case", TOO_MANY)
    seen = Case.objects.filter(visible_to(job.person, clock.today()), public_id__in=names)
    pks = dict(seen.values_list("public_id", "pk"))
    return _add(job, [pks[name] for name in names if name in pks])


def add_all(job: Job, wanted: Wanted) -> int:
    """All cases of a list, in its order. Raises CannotBeDone where they are too many: filter further."""
    person, today = job.person, clock.today()
    found = Row.objects.filter(wanted.condition(), rows_visible_to(person, today)).order_by(*SORTS[wanted.sort])
    pks = list(found.values_list("case_id", flat=True)[: MOST + 1])
    if len(pks) > MOST:
        raise CannotBeDone("case", TOO_MANY)
    return _add(job, pks)


TOO_MANY = T(f"一度に {MOST} 件まで；条件で絞ること", f"expected at most {MOST} cases at a time; filter further")


@transaction.atomic
def _add(job: Job, pks: Sequence[int]) -> int:
    _still_choosing(job)
    there = set(job.lines.values_list("case_id", flat=True))
    new = [pk for pk in pks if pk not in there]
    if len(there) + len(new) > MOST:
        raise CannotBeDone("case", TOO_MANY)
    Line.objects.bulk_create(
        (Line(job=job, case_id=pk, place=len(there) + n) for n, pk in enumerate(new)), batch_size=500
    )  # fmt: skip
    return len(new)


def leave_out(job: Job, cases: Iterable[str]) -> int:
    """Cases that are not chosen after all."""
    _still_choosing(job)
    return int(job.lines.filter(case__public_id__in=list(cases)).delete()[0])


def _still_choosing(job: Job) -> None:
    held = Job.objects.select_for_update().filter(pk=job.pk) if _in_block() else Job.objects.filter(pk=job.pk)
    if held.values_list("state", flat=True).first() != Doing.CHOOSING:
        raise CannotBeDone("job", T("もう始まっている", "it has begun already"))


def _in_block() -> bool:
    return transaction.get_connection().in_atomic_block


def of(person: Person, public_id: str) -> Job | None:
    """A job of this person; another's is not there. One whose worker died goes on."""
    job = Job.objects.filter(person=person, public_id=public_id).select_related("person").first()
    if job and job.state == Doing.RUNNING and is_free(job):
        start(job)
    return job


def listed(person: Person) -> list[Job]:
    """A person's jobs of late, the newest first."""
    return list(Job.objects.filter(person=person).order_by("-made_at", "-pk")[:20])


def lines(job: Job) -> "QuerySet[Line]":
    """The cases of a job that its person may know of today, in order."""
    found = job.lines.filter(rows_visible_to(job.person, clock.today())).select_related("case", "case__standing")
    return found.order_by("place")


def counts(job: Job) -> Counter[str]:
    return Counter(dict(job.lines.order_by().values_list("outcome").annotate(n=Count("pk"))))


# -- looking ---------------------------------------------------------------------------------------------------------


def preview(job: Job, entry: Entry) -> list[access.Looked]:
    """Ask of each chosen case whether the act may be done in it, and keep the answers with the job. Nothing is done.

    A case that the person may not know of any more is left out.
    """
    names = list(job.lines.order_by("place").values_list("case__public_id", flat=True))
    looked = list(access.try_many(job.person, names, entry))
    new = [_line(job, place, one) for place, one in enumerate(looked)]
    with transaction.atomic():
        _still_choosing(job)
        job.lines.all().delete()
        Line.objects.bulk_create(new, batch_size=500)
        job.act, job.typed = entry.act, _locked(job.person, entry)
        job.save(update_fields=("act", "typed"))
    return looked


def _line(job: Job, place: int, one: access.Looked) -> Line:
    accepted = isinstance(one.answer, Accepted)
    line = Line(job=job, case_id=one.case.pk, place=place, head=one.head, by=one.entry.by, party=one.entry.party)
    line.outcome = Outcome.MAY if accepted else Outcome.REFUSED
    if isinstance(one.answer, Accepted):
        line.moves = _moves(one)
        line.reasons = _reasons(one.answer.warnings, one.entry.on)
    else:
        line.reasons = _reasons(one.answer.reasons, one.entry.on)
    return line


def _moves(one: access.Looked) -> list[list[str]]:
    """What the act does to the case, in both languages: which tracks it moves, [procedure, before, after]; then to
    which day a clock runs, with nothing before."""
    assert isinstance(one.answer, Accepted)
    after, found = one.answer.standing, []
    for key, track in after.tracks.items():
        old = one.before.tracks.get(key)
        if old is None or old.state != track.state:
            procedure = after.kind.procedure(track.procedure)
            before = procedure.label_of(old.state) if old else T("未開始", "not begun")
            then = procedure.label_of(track.state)
            found.append([procedure.label.ja, procedure.label.en, before.ja, before.en, then.ja, then.en])
    for key, now in after.clocks.items():
        was = one.before.clocks.get(key)
        if now.status == "running" and now.last_day and (was is None or was.last_day != now.last_day):
            found.append([now.clock.label.ja, now.clock.label.en, "", "", f"{now.last_day} まで", f"to {now.last_day}"])
    return found


def _reasons(reasons: Iterable[Reason], on: date) -> list[list[str]]:
    def basis(reason: Reason, lang: Lang) -> str:
        return cited(reason.basis, lang, on) if reason.basis else ""

    return [[r.text.ja, r.text.en, basis(r, "ja"), basis(r, "en")] for r in reasons]


def reasons_of(line: Line) -> list[tuple[Text, Text]]:
    """Why a case does not go: the text, and the provision."""
    return [(T(ja, en), T(basis_ja, basis_en)) for ja, en, basis_ja, basis_en in line.reasons]


def _locked(person: Person, entry: Entry) -> bytes:
    said = {"act": entry.act, "on": entry.on.isoformat(), "data": plain(entry.data), "run": entry.run, "by": entry.by}
    return lock(json.dumps(said).encode(), _purpose(person))


def entry_of(job: Job) -> Entry | None:
    """The act as it was typed; None where it is gone, or under a key that is gone."""
    try:
        said = json.loads(unlock(bytes(job.typed), _purpose(job.person))) if job.typed else None
    except Broken:
        return None
    return Entry(said["act"], date.fromisoformat(said["on"]), said["data"], said["run"], said["by"]) if said else None


def own(entry: Entry, line: Line) -> Entry:
    """The act as it is done in one of the cases."""
    return replace(entry, by=line.by, party=line.party)


def _purpose(person: Person) -> str:
    return f"job of {person.public_id}"


# -- doing -----------------------------------------------------------------------------------------------------------


def do(job: Job) -> None:
    """Do what may go: at once if it is little, else in a thread while the page shows how far it is. Done once: a second
    time changes nothing."""
    if not job.lines.filter(outcome=Outcome.MAY).exists():
        raise CannotBeDone("job", T("できる事件がない", "there is no case in which it may be done"))
    begun = Job.objects.filter(pk=job.pk, state=Doing.CHOOSING).exclude(typed=b"").update(state=Doing.RUNNING)
    job.refresh_from_db()
    if begun:
        start(job, wait=job.lines.filter(outcome=Outcome.MAY).count() <= AT_ONCE)


def again(job: Job) -> int:
    """Those that the ledger could not take, once more."""
    count = job.lines.filter(outcome=Outcome.FAILED).update(outcome=Outcome.MAY, reasons=[])
    moved = Job.objects.filter(pk=job.pk, state=Doing.DONE).update(state=Doing.RUNNING, done_at=None) if count else 0
    if moved:
        job.refresh_from_db()
        start(job)
    return int(count)


def cancel(job: Job) -> bool:
    """Stop after the act that is being done. What was done stays done: it is law by then."""
    stopped = Job.objects.filter(pk=job.pk, state=Doing.RUNNING).update(state=Doing.STOPPED, done_at=clock.now())
    job.refresh_from_db()
    return bool(stopped)


def start(job: Job, wait: bool = False) -> None:
    if wait:
        run(job.pk)
        job.refresh_from_db()
    else:
        Thread(target=_apart, args=(job.pk,), name=f"work-{job.public_id}", daemon=True).start()


def _apart(pk: int) -> None:
    close_old_connections()
    try:
        run(pk)
    except Exception:
        _log.exception("a job stopped", extra={"job": pk})
    finally:
        close_old_connections()


def is_free(job: Job) -> bool:
    until = job.lease_until
    return until is None or until <= clock.now() or until > clock.now() + LEASE + clock.DIFFERENCE


def _free(now: datetime) -> Q:
    """As `is_free`. A lease that lasts longer than any does was taken before the clock was set back."""
    until = Q(lease_until__lte=now) | Q(lease_until__gt=now + LEASE + clock.DIFFERENCE)
    return Q(lease_until=None) | until


def run(pk: int) -> int:
    """Work at a job until it is done, called off, or another's; how many acts this worker has settled."""
    lease, now = token_hex(12), clock.now()
    if not Job.objects.filter(_free(now), pk=pk, state=Doing.RUNNING).update(lease=lease, lease_until=now + LEASE):
        return 0
    job = Job.objects.select_related("person").get(pk=pk)
    _count_deaths(job)
    entry, settled = entry_of(job), 0
    while batch := list(job.lines.filter(outcome__in=_LEFT).select_related("case").order_by("place")[:100]):
        for line in batch:
            if not _renewed(pk, lease, line):
                return settled
            _settle(job, line, entry)
            settled += 1
    done = Job.objects.filter(pk=pk, lease=lease, state=Doing.RUNNING)
    # What was typed may hold what is sealed: kept only as long as a case may still want it.
    forget = {} if job.lines.filter(outcome=Outcome.FAILED).exists() else {"typed": b""}
    done.update(state=Doing.DONE, done_at=clock.now(), lease="", lease_until=None, at=None, deaths=0, **forget)
    return settled


def _renewed(pk: int, lease: str, line: Line) -> bool:
    """Whether the job is still this worker's, and wanted. Says at which case it is now."""
    mine = Job.objects.filter(pk=pk, lease=lease, state=Doing.RUNNING)
    return bool(mine.update(lease_until=clock.now() + LEASE, at=line.pk))


def _count_deaths(job: Job) -> None:
    """A case over which the worker before has died. Over one that three have died over nobody else is to: it failed."""
    under_way = job.lines.filter(pk=job.at, outcome__in=_LEFT)
    if job.at is None or not under_way.exists():
        deaths = 0
    elif (deaths := job.deaths + 1) >= DEATHS and not store.by_key(under_way.get().case_id, key_of(job)):
        under_way.update(outcome=Outcome.FAILED, reasons=_plain(_DIED))
        deaths = 0
    if deaths != job.deaths:
        Job.objects.filter(pk=job.pk).update(deaths=deaths)


def key_of(job: Job) -> str:
    """The idempotency key of each act of a job: one in a case."""
    return f"job/{job.public_id}"


def _settle(job: Job, line: Line, entry: Entry | None) -> None:
    outcome, reasons = _done(job, line, entry)
    Line.objects.filter(pk=line.pk).update(
        outcome=outcome, seq=line.seq, digest=line.digest, reasons=reasons
    )  # fmt: skip


def _done(job: Job, line: Line, entry: Entry | None) -> tuple[Outcome, list[list[str]]]:
    if known := store.by_key(line.case_id, key_of(job)):  # a worker before this one died between doing and noting
        line.seq, line.digest = known[0].seq, known[0].digest
        return Outcome.DONE, []
    if entry is None:
        return Outcome.FAILED, _plain(_LOST)
    try:
        answer = access.act(
            job.person, line.case.public_id, own(entry, line), idempotency_key=key_of(job), head=line.head
        )
    except UnknownCase:
        return Outcome.GONE, _plain(_NOT_SEEN)
    except Moved as moved:
        return Outcome.MOVED, _plain(moved.text)
    except LedgerError as error:
        return Outcome.FAILED, _plain(error.text)
    if isinstance(answer, Refused):
        return Outcome.REFUSED, _reasons(answer.reasons, entry.on)
    line.seq, line.digest = answer.seq, answer.digest
    return Outcome.DONE, _reasons(answer.warnings, entry.on)


_LOST = T("入力が失われた；もう一度選んで行うこと", "what was typed is lost; choose the cases again")
_DIED = T("この事件で処理が三度途切れた；事件を開いて一件だけ行い、できなければ管理者に時刻を伝えること",
          "the work broke off three times at this case; do it on its page, or tell an administrator when")  # fmt: skip
_NOT_SEEN = T("この事件の権限が終わった", "your mandate for the case has ended")


def _plain(text: Text) -> list[list[str]]:
    return [[text.ja, text.en, "", ""]]


# -- upkeep ----------------------------------------------------------------------------------------------------------


def run_free() -> int:
    """Work at every job whose worker has died; how many acts were settled."""
    return sum(
        run(pk) for pk in Job.objects.filter(_free(clock.now()), state=Doing.RUNNING).values_list("pk", flat=True)
    )


def sweep() -> int:
    """Forget jobs that were never begun after a week, and those done long ago: the ledger has what they did."""
    now = clock.now()
    old = Q(state=Doing.CHOOSING, made_at__lt=now - timedelta(7)) | Q(done_at__lt=now - KEPT)
    return int(Job.objects.filter(old).delete()[0])
