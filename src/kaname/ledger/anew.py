"""Projections made again for the whole office, over all cores: all of them, or those that have fallen behind.

A row falls behind when a day has come that changes its case, or when the declaration of its kind is another than the
one it was made under (`Standing.declared`). The row stays in the lists as it was until it is made again, and what was
done is done: whoever was stopped goes on where it ended.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from kaname.law import T
from kaname.ledger import clock, cores, course, projection, statistics, store
from kaname.ledger.errors import LedgerError
from kaname.ledger.kinds import kinds
from kaname.ledger.models import CaseParty, Matter
from kaname.ledger.models import Standing as Row
from kaname.procedure.fingerprint import fingerprint

_BATCH = 500
Progress = Callable[[int], None]


def behind(today: date | None = None) -> int:
    """How many rows have fallen behind."""
    return Row.objects.filter(_behind(today or clock.today())).count()


def _behind(today: date) -> Q:
    otherwise = Q()
    for kind in kinds().values():
        otherwise |= Q(kind=kind.id) & ~Q(declared=fingerprint(kind))
    return otherwise | Q(pk__in=projection.stale_by_day(today).values("pk"))


def catch_up(today: date | None = None, jobs: int = 0, progress: Progress | None = None) -> int:
    """Make the rows again that have fallen behind, and no others. Returns how many they were.

    `jobs`, `progress` and LedgerError as in `rebuild`.
    """
    day = today or clock.today()
    found = Row.objects.filter(_behind(day)).order_by("pk")
    if not found.exists():
        statistics.renew()
        return 0

    def of_range(part: cores.Range) -> int:
        within = found.filter(pk__gte=part.first)
        keys = list((within if part.last is None else within.filter(pk__lte=part.last)).values_list("pk", flat=True))
        return sum(projection.again(keys[i : i + _BATCH], day) for i in range(0, len(keys), _BATCH))

    return _over(of_range, jobs, progress)


def rebuild(today: date | None = None, jobs: int = 0, progress: Progress | None = None) -> int:
    """Throw all projections away and make them again from the entries. Returns the number of cases.

    `jobs`: processes, 0: one a core. `progress` is called with the number of cases done.
    Raises LedgerError where a process died: rows of the cases it names may be as they were.
    """
    day = today or clock.today()
    course.forget()

    def of_range(part: cores.Range) -> int:
        return sum(_anew(batch, day) for batch in store.pages(_BATCH, *part))

    return _over(of_range, jobs, progress)


def _over(of_range: Callable[[cores.Range], int], jobs: int, progress: Progress | None) -> int:
    count, parts, left = 0, cores.ranges(), []
    for part, done in zip(parts, cores.over(parts, of_range, jobs), strict=True):
        if done is None:
            left.append(part)
        count += done or 0
        if progress:
            progress(count)
    if left:
        named = ", ".join(map(str, cores.joined(left)))
        raise LedgerError(T(
            f"作り直すプロセスが途中で止まった。内部番号 {named} の事件は元のままかもしれない；もう一度実行を",
            f"a process that rebuilt ended early: the rows of the cases with keys {named} may be as they were; "
            "run kaname rebuild again",
        ))  # fmt: skip
    course.settle()
    statistics.renew()
    return count


def _anew(heads: Sequence[store.Head], today: date) -> int:
    """A batch folded, then written. A case in which an act came meanwhile is folded again while nobody can act."""
    made = projection.folded(heads, today)
    with transaction.atomic():
        now = store.heads([head.pk for head in heads], lock=True)
        pks = [head.pk for head in now]
        moved = projection.folded([head for head in now if made[head.pk].head_digest != head.head_digest], today)
        course.uncount(pks)
        Row.objects.filter(case_id__in=pks).delete()
        CaseParty.objects.filter(case_id__in=pks).delete()
        Matter.objects.filter(case_id__in=pks).delete()
        projection.put_many([(pk, moved.get(pk) or made[pk]) for pk in pks])
    return len(now)
