"""Long calculations over a network: each firm lost alone, in parts that are kept, so that nothing done is lost.

A run is asked on a page or over the interface and goes on when its page is left. A worker holds it by a lease, looks
after each part whether it still does and whether it was called off; where one dies, another goes on behind the last
part. Which worker makes a part, and with whom, changes no bit of it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections, transaction
from django.db.models import Q, QuerySet

from kaname.access.models import Person
from kaname.desk import shocks
from kaname.desk.models import ShockPart, ShockRun, ShockTable
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text
from kaname.ledger import clock

if TYPE_CHECKING:
    from kaname.assess.network.net import Network

State = ShockRun.State
LEASE = timedelta(seconds=90)
DEATHS = 3  # workers that may die over one part
MOST_FIRMS, MOST_LINKS, MOST_UNDER_WAY = 200_000, 2_000_000, 3
_PARTS, _LEAST = 50, 100  # parts of a run, and firms of a part
_log = logging.getLogger("kaname.desk")
_DIED = T("同じ部分で計算が三度途切れた；管理者に時刻を伝えること",
          "the work broke off three times at one part; tell an administrator when")  # fmt: skip
_GONE = T("計算する表がもうない", "the table is not there any more")
_BROKEN = T("計算が途中で止まった；もう一度始めるか、管理者に時刻を伝えること",
            "the work stopped; begin it again, or tell an administrator when")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm and what its loss alone takes of all production; `after`: with the measures, None without any."""

    id: str
    name: str
    industry: str
    region: str
    total: float
    down: float
    up: float
    after: float | None


# -- asked -------------------------------------------------------------------------------------------------------------


def begin(
    person: Person, links: ShockTable, firms: ShockTable | None, replaceable: Sequence[str], measures: Sequence[str],
    outage: int = 30,
) -> ShockRun:  # fmt: skip
    """Ask for the loss of each firm alone. The network is read at once, so that what is wrong is told at once.

    Raises BadInput.
    """
    from kaname.assess.network.measures import with_measures
    from kaname.assess.network.net import NetworkError
    from kaname.assess.network.study import measures_of

    sweep()
    network, names = shocks.network(links, firms, replaceable)
    wrong = _too_large(network) + _too_many(person)
    try:
        with_measures(network, measures_of(measures, names))
    except NetworkError as error:
        wrong.append(Problem("--measure", 0, "", error.text))
    if wrong:
        raise BadInput(wrong)
    now = clock.now()
    run = ShockRun(office=person.office, person=person, made_at=now, ends_at=now + shocks.KEPT, firms=network.count,
                   parts=min(_PARTS, -(-network.count // _LEAST)))  # fmt: skip
    tables = [links] + ([firms] if firms else [])
    run.asked = run.sealed("asked", {
        "name": links.name, "links": links.public_id, "firms": firms.public_id if firms else "", "outage": outage,
        "replaceable": list(replaceable), "measures": list(measures),
        "sources": [{"name": one.name, "sort": one.sort, "sha256": one.digest} for one in tables],
    })  # fmt: skip
    run.save(force_insert=True)
    start(run)
    return run


def _too_large(network: "Network") -> list[Problem]:
    if network.count <= MOST_FIRMS and network.links <= MOST_LINKS:
        return []
    size, most = f"{network.count:,} / {network.links:,}", f"{MOST_FIRMS:,} / {MOST_LINKS:,}"
    return [Problem("links", 0, "", T(f"企業と取引が{size}；ここでは{most}まで",
                                      f"{size} firms and links; expected at most {most} here"))]  # fmt: skip


def _too_many(person: Person) -> list[Problem]:
    if _of_office(person).filter(state=State.RUNNING).count() < MOST_UNDER_WAY:
        return []
    return [Problem("run", 0, "", T(f"同時に走らせられるのは{MOST_UNDER_WAY}つまで；終わるのを待つか、止める",
                                    f"{MOST_UNDER_WAY} are under way; wait for one, or stop it"))]  # fmt: skip


def of(person: Person, public_id: str) -> ShockRun | None:
    """A run of that person's office; another office's is not there. One whose worker died goes on."""
    sweep()
    run = _of_office(person).filter(public_id=public_id).first()
    if run and run.state == State.RUNNING and is_free(run):
        start(run)
    return run


def listed(person: Person) -> list[ShockRun]:
    """The newest first, without results."""
    return list(_of_office(person).defer("result").order_by("-made_at", "-pk")[:20])


def _of_office(person: Person) -> "QuerySet[ShockRun]":
    return ShockRun.objects.filter(office=person.office_id).select_related("person", "office")


def done(run: ShockRun) -> int:
    """Parts that are finished."""
    return run.parts if run.state == State.DONE else run.finished.count()


def why_not(run: ShockRun) -> Text:
    told = run.opened("wrong")
    return T(told["ja"], told["en"]) if told else T("", "")


def result(run: ShockRun) -> list[Firm]:
    """Every firm, the one whose loss takes most first; empty until the run is done. Raises CannotOpen, KeysMissing."""
    return [Firm(*row) for row in run.opened("result") or ()]


def cancel(run: ShockRun) -> bool:
    """Stop after the part under way; what is finished stays, and the run can go on later."""
    now = clock.now()
    stopped = ShockRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.STOPPED, done_at=now)
    run.refresh_from_db()
    return bool(stopped)


def again(run: ShockRun) -> bool:
    """Go on where it stopped. Raises BadInput where too many are under way."""
    if wrong := _too_many(run.person):
        raise BadInput(wrong)
    ended = ShockRun.objects.filter(pk=run.pk, state__in=(State.STOPPED, State.FAILED))
    moved = ended.update(state=State.RUNNING, done_at=None, lease="", lease_until=None, at=None, deaths=0, wrong=b"")
    run.refresh_from_db()
    if moved:
        start(run)
    return bool(moved)


def discard(run: ShockRun) -> None:
    run.delete()


def sweep() -> int:
    """Throw away what has had its time."""
    return int(ShockRun.objects.filter(ends_at__lte=clock.now()).delete()[0])


# -- done --------------------------------------------------------------------------------------------------------------


def start(run: ShockRun) -> None:
    """Work at it in a thread, as long as this process lives; then whoever asks for it, or the worker, goes on."""
    Thread(target=_apart, args=(run.pk,), name=f"shocks-{run.public_id}", daemon=True).start()


def _apart(pk: int) -> None:
    close_old_connections()
    try:
        work(pk)
    except Exception:
        _log.exception("a run of shocks stopped", extra={"job": pk})
    finally:
        close_old_connections()


def is_free(run: ShockRun) -> bool:
    until = run.lease_until
    return until is None or until <= clock.now() or until > clock.now() + LEASE + clock.DIFFERENCE


def _free(now: datetime) -> Q:
    """As `is_free`. A lease that lasts longer than any does was taken before the clock was set back."""
    return Q(lease_until=None) | Q(lease_until__lte=now) | Q(lease_until__gt=now + LEASE + clock.DIFFERENCE)


def run_free() -> int:
    """Work at every run whose worker has died; how many parts were finished."""
    found = ShockRun.objects.filter(_free(clock.now()), state=State.RUNNING)
    return sum(work(pk) for pk in found.values_list("pk", flat=True))


def work(pk: int) -> int:
    """Work at a run until it is done, called off, or another's; how many parts this worker has finished."""
    lease, now = token_hex(12), clock.now()
    if not ShockRun.objects.filter(_free(now), pk=pk, state=State.RUNNING).update(lease=lease, lease_until=now + LEASE):
        return 0
    run = ShockRun.objects.select_related("person", "office").get(pk=pk)
    try:
        return _parts(run, lease)
    except BadInput as wrong:
        _failed(run, lease, wrong.problems[0].text)
    except Exception:
        _failed(run, lease, _BROKEN)
        raise
    return 0


def _parts(run: ShockRun, lease: str) -> int:
    there = set(run.finished.values_list("number", flat=True))
    if _deaths(run, there) >= DEATHS:
        _failed(run, lease, _DIED)
        return 0
    asked = run.opened("asked")
    network, names = _network(run, asked)
    made = 0
    for part in range(run.parts):
        if part in there:
            continue
        if not _renewed(run, lease, part):
            return made
        told = run.sealed(f"part/{part}", _scores(network, names, asked, range(*_bounds(run, part))))
        ShockPart.objects.bulk_create([ShockPart(run=run, number=part, content=told)], ignore_conflicts=True)
        made += 1
    if _renewed(run, lease, None):
        _finish(run, lease, network, names)
    return made


def _deaths(run: ShockRun, there: set[int]) -> int:
    """How many workers have died at the part that was under way."""
    deaths = 0 if run.at is None or run.at in there else run.deaths + 1
    if deaths != run.deaths:
        ShockRun.objects.filter(pk=run.pk).update(deaths=deaths)
    return deaths


def _renewed(run: ShockRun, lease: str, part: int | None) -> bool:
    """Whether the run is still this worker's, and wanted. Says at which part it is now."""
    mine = ShockRun.objects.filter(pk=run.pk, lease=lease, state=State.RUNNING)
    return bool(mine.update(lease_until=clock.now() + LEASE, at=part))


def _network(run: ShockRun, asked: dict[str, Any]) -> tuple["Network", Any]:
    links = shocks.of(run.person, asked["links"])
    firms = shocks.of(run.person, asked["firms"]) if asked["firms"] else None
    if links is None or (asked["firms"] and firms is None):
        raise BadInput([Problem("links", 0, "", _GONE)])
    return shocks.network(links, firms, asked["replaceable"])


def _bounds(run: ShockRun, part: int) -> tuple[int, int]:
    """The firms of a part: the same however many work at it."""
    return part * run.firms // run.parts, (part + 1) * run.firms // run.parts


def _scores(network: "Network", names: Any, asked: dict[str, Any], firms: range) -> list[list[float | None]]:
    from kaname.assess.network.measures import worth
    from kaname.assess.network.risk import Settings, systemic_risk
    from kaname.assess.network.scenario import Scenario, Scenarios
    from kaname.assess.network.study import measures_of

    alone = [Scenario.of(network.names[n], [n]) for n in firms]
    after: list[float | None] = [None] * len(alone)
    if measures := measures_of(asked["measures"], names):
        both = worth(network, alone, measures, Settings(), outage=float(asked["outage"]))
        found, after = both.before, both.after.total.tolist()
    else:
        found = systemic_risk(network, Scenarios.of(alone), Settings(), threads=1)
    return [list(row) for row in zip(found.total.tolist(), found.down.tolist(), found.up.tolist(), after, strict=True)]


def _finish(run: ShockRun, lease: str, network: "Network", names: Any) -> None:
    """Put the parts together and throw them away, at once or not at all."""
    parts = {one.number: run.unsealed(f"part/{one.number}", one.content) for one in run.finished.all()}
    scores = [row for part in range(run.parts) for row in parts[part]]
    order = sorted(range(network.count), key=lambda n: (-scores[n][0], n))
    rows = [(network.names[n], names.get(network.names[n], network.names[n]), network.industries[network.industry[n]],
             network.regions[network.region[n]] if network.region[n] >= 0 else "", *scores[n])
            for n in order]  # fmt: skip
    with transaction.atomic():
        mine = ShockRun.objects.filter(pk=run.pk, lease=lease, state=State.RUNNING)
        if mine.update(state=State.DONE, done_at=clock.now(), lease="", lease_until=None, at=None, deaths=0,
                       result=run.sealed("result", rows)):  # fmt: skip
            run.finished.all().delete()


def _failed(run: ShockRun, lease: str, why: Text) -> None:
    mine = ShockRun.objects.filter(pk=run.pk, lease=lease, state=State.RUNNING)
    mine.update(state=State.FAILED, done_at=clock.now(), lease="", lease_until=None,
                wrong=run.sealed("wrong", {"ja": why.ja, "en": why.en}))  # fmt: skip
