"""Long calculations of shocks (`shock_works`), in parts that are kept, so that nothing done is lost.

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
from kaname.desk import shock_works, shocks
from kaname.desk.models import ShockPart, ShockRun, ShockTable
from kaname.desk.shock_works import MOST_DAYS, MOST_DRAWS, Sort, Work
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text
from kaname.ledger import clock

if TYPE_CHECKING:
    from kaname.assess.network.net import Network
    from kaname.assess.network.study import Asked

State = ShockRun.State
LEASE = timedelta(seconds=90)
DEATHS = 3  # workers that may die over one part
MOST_FIRMS, MOST_LINKS, MOST_UNDER_WAY = 200_000, 2_000_000, 3
_PARTS = 50  # of a run
_LEAST = {Sort.RANKING: 100, Sort.DRAWN: 1, Sort.DAYS: 5}  # steps of a part
_log = logging.getLogger("kaname.desk")
_DIED = T("同じ部分で計算が三度途切れた；管理者に時刻を伝えること",
          "the work broke off three times at one part; tell an administrator when")  # fmt: skip
_NO_IMPORTS = T(
    "firm、industry、region のいずれか；輸入は頁で", "expected firm, industry or region; imports on the page"
)
_A_PART = T("0を超え1までの割合が要る", "expected a part over 0, up to 1")
_NOBODY = T("失われる企業、産業又は地域が要る", "expected a firm, an industry or a region")
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


@dataclass(frozen=True, slots=True)
class DrawnFirm:
    """Of all production, what the loss of this firm takes: nine draws in ten lie between `low` and `high`."""

    id: str
    industry: str
    size: float
    low: float
    middle: float
    high: float
    among_first: float


@dataclass(frozen=True, slots=True)
class ShockDay:
    """A day, -1 the one before; with the measures, None without any."""

    day: int
    production: float
    consumption: float
    value_added: float
    production_with: float | None
    consumption_with: float | None
    value_added_with: float | None


@dataclass(frozen=True, slots=True)
class Losing:
    """Value added that a firm loses over all days, and the part of its own; `after`: with the measures."""

    id: str
    name: str
    industry: str
    lost: float
    part: float
    after: float | None


# -- asked -------------------------------------------------------------------------------------------------------------


def begin(
    person: Person, links: ShockTable, firms: ShockTable | None, replaceable: Sequence[str], measures: Sequence[str],
    outage: int = 30,
) -> ShockRun:  # fmt: skip
    """Ask for the loss of each firm alone. The network is read at once, so that what is wrong is told at once.

    Raises BadInput.
    """
    return _begun(person, Sort.RANKING, links, firms, _of_network(links, firms, replaceable, measures, outage))


def begin_days(
    person: Person, links: ShockTable, firms: ShockTable | None, replaceable: Sequence[str], measures: Sequence[str],
    shock: "Asked",
) -> ShockRun:  # fmt: skip
    """Ask for the days after a shock, `shock.days` of them. Raises BadInput."""
    asked = {**_of_network(links, firms, replaceable, measures, shock.outage), "kind": shock.kind,
             "lost": list(shock.lost), "part": shock.part, "days": shock.days, "stock": shock.stock}  # fmt: skip
    for name, days in (("--days", shock.days), ("--outage", shock.outage)):
        if not 1 <= days <= MOST_DAYS:
            wrong = T(f"1から{MOST_DAYS:,}日", f"expected 1 to {MOST_DAYS:,} days")
            raise BadInput([Problem(name, 0, str(days), wrong)])
    if shock.kind not in ("firm", "industry", "region"):
        raise BadInput([Problem("--kind", 0, shock.kind, _NO_IMPORTS)])
    if not shock.lost:
        raise BadInput([Problem("--lost", 0, "", _NOBODY)])
    if not 0 < shock.part <= 1:
        raise BadInput([Problem("--part", 0, f"{shock.part:g}", _A_PART)])
    return _begun(person, Sort.DAYS, links, firms, asked)


def begin_draws(
    person: Person, firms: ShockTable, table: ShockTable, aim: int, draws: int, seed: int, year: str = "",
    replaceable: Sequence[str] | None = None,
) -> ShockRun:  # fmt: skip
    """Ask for the loss of each firm over so many drawn networks, with some `aim` links each (0: as many as inputs ask
    for). Raises BadInput."""
    if not 1 <= draws <= MOST_DRAWS:
        wrong = T(f"1から{MOST_DRAWS:,}回", f"expected 1 to {MOST_DRAWS:,} draws")
        raise BadInput([Problem("--draws", 0, str(draws), wrong)])
    asked = {"name": firms.name, "links": "", "firms": firms.public_id, "table": table.public_id, "aim": aim,
             "draws": draws, "seed": seed, "year": year, "measures": [],
             "replaceable": None if replaceable is None else list(replaceable)}  # fmt: skip
    return _begun(person, Sort.DRAWN, firms, table, asked)


def _of_network(
    links: ShockTable, firms: ShockTable | None, replaceable: Sequence[str], measures: Sequence[str], outage: int
) -> dict[str, Any]:  # fmt: skip
    return {"name": links.name, "links": links.public_id, "firms": firms.public_id if firms else "", "outage": outage,
            "replaceable": list(replaceable), "measures": list(measures)}  # fmt: skip


def _begun(
    person: Person, sort: Sort, one: ShockTable, other: ShockTable | None, asked: dict[str, Any]
) -> ShockRun:  # fmt: skip
    from kaname.assess.network.measures import with_measures
    from kaname.assess.network.net import NetworkError
    from kaname.assess.network.study import measures_of

    sweep()
    work = shock_works.opened(person, asked | {"sort": sort})
    wrong = _too_many(person)
    if isinstance(work, shock_works.Ranking | shock_works.Days):
        wrong += _too_large(work.network)
        try:
            with_measures(work.network, measures_of(asked["measures"], work.names))
        except NetworkError as error:
            wrong.append(Problem("--measure", 0, "", error.text))
    if wrong:
        raise BadInput(wrong)
    if isinstance(work, shock_works.Days):
        asked = asked | {"called": [work.names.get(one, one) for one in asked["lost"]]}
    now = clock.now()
    run = ShockRun(office=person.office, person=person, made_at=now, ends_at=now + shocks.KEPT, firms=work.steps,
                   parts=min(_PARTS, -(-work.steps // _LEAST[sort])))  # fmt: skip
    tables = [one] + ([other] if other else [])
    run.asked = run.sealed("asked", asked | {
        "sort": sort, "sources": [{"name": one.name, "sort": one.sort, "sha256": one.digest} for one in tables],
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
    run = _of_office(person).filter(public_id=public_id).first()
    if run and run.state == State.RUNNING and is_free(run):
        start(run)
    return run


def listed(person: Person) -> list[ShockRun]:
    """The newest first, without results."""
    return list(_of_office(person).defer("result").order_by("-made_at", "-pk")[:20])


def _of_office(person: Person) -> "QuerySet[ShockRun]":
    there = ShockRun.objects.filter(office=person.office_id, ends_at__gt=clock.now())
    return there.select_related("person", "office")


def done(run: ShockRun) -> int:
    """Parts that are finished."""
    return run.parts if run.state == State.DONE else run.finished.count()


def why_not(run: ShockRun) -> Text:
    told = run.opened("wrong")
    return T(told["ja"], told["en"]) if told else T("", "")


def sort_of(run: ShockRun) -> Sort:
    return Sort(run.opened("asked").get("sort", Sort.RANKING))


def size(run: ShockRun) -> int:
    """Firms, draws or days that were asked for: the day before the shock is worked out and is none of them."""
    return int(run.firms) - (sort_of(run) is Sort.DAYS)


def result(run: ShockRun) -> list[Firm]:
    """Of a ranking every firm, the one whose loss takes most first; empty until the run is done.

    Raises CannotOpen, KeysMissing.
    """
    return [Firm(*row) for row in run.opened("result") or ()]


def drawn(run: ShockRun) -> tuple[tuple[float, float], list[DrawnFirm]]:
    """Of drawn networks, links and those added, on average; every firm, the largest loss first. Empty until done."""
    of, *rows = run.opened("result") or [(0.0, 0.0)]
    return (float(of[0]), float(of[1])), [DrawnFirm(*row) for row in rows]


def days(run: ShockRun) -> tuple[list[ShockDay], list[Losing]]:
    """The days from the one before on, and the firms that lose most; empty until the run is done."""
    rows, firms = run.opened("result") or ([], [])
    told = [ShockDay(n - 1, *row[:3], *(row[3:] or (None, None, None))) for n, row in enumerate(rows)]
    return told, [Losing(*row) for row in firms]


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
    work_ = shock_works.opened(run.person, asked)
    made = 0
    for part in range(run.parts):
        if part in there:
            continue
        if not _renewed(run, lease, part):
            return made
        told = run.sealed(f"part/{part}", _made(work_, range(*_bounds(run, part))))
        ShockPart.objects.bulk_create([ShockPart(run=run, number=part, content=told)], ignore_conflicts=True)
        made += 1
    if _renewed(run, lease, None):
        _finish(run, lease, work_)
    return made


def _made(work_: Work, steps: range) -> Any:
    return work_.part(steps)


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


def _bounds(run: ShockRun, part: int) -> tuple[int, int]:
    """The steps of a part: the same however many work at it."""
    return part * run.firms // run.parts, (part + 1) * run.firms // run.parts


def _finish(run: ShockRun, lease: str, work_: Work) -> None:
    """Put the parts together and throw them away, at once or not at all."""
    parts = {one.number: run.unsealed(f"part/{one.number}", one.content) for one in run.finished.all()}
    rows = work_.whole([parts[part] for part in range(run.parts)])
    with transaction.atomic():
        mine = ShockRun.objects.filter(pk=run.pk, lease=lease, state=State.RUNNING)
        if mine.update(state=State.DONE, done_at=clock.now(), lease="", lease_until=None, at=None, deaths=0,
                       result=run.sealed("result", rows)):  # fmt: skip
            run.finished.all().delete()


def _failed(run: ShockRun, lease: str, why: Text) -> None:
    mine = ShockRun.objects.filter(pk=run.pk, lease=lease, state=State.RUNNING)
    mine.update(state=State.FAILED, done_at=clock.now(), lease="", lease_until=None,
                wrong=run.sealed("wrong", {"ja": why.ja, "en": why.en}))  # fmt: skip
