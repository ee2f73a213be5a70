"""Passports that an act names: checked and claimed before the act is judged, filed with its receipt.

An act may name a version only where it stands in a plan of the person's operator and the consent holds that day. What
was claimed for an act that was refused after all stays what it was: neither filed nor seen by the authority.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import clock, store
from kaname.ledger.models import Case
from kaname.procedure import Entry, Reason, Refused
from kaname.vendors import consents
from kaname.vendors.models import Preparation, Use
from kaname.vendors.rights import own_preparations

REFERENCE = re.compile(r"passport:([a-z2-7]{16}):[0-9]{1,9}:[0-9a-f]{64}")
_NOT_THERE = T("この開示は計画にない。計画に加えてから", "this passport is not in your plan; add it to the plan first")
_NO_CONSENT = T(
    "供給者の同意がない又は終わった。供給者に求めて", "the vendor's consent is missing or has ended; ask for it"
)


class Binding:
    """See `access.attached.Attached`."""

    def claim(self, person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> Refused | None:
        named = dict(_named(entry.data))
        if not named:
            return None
        with transaction.atomic():
            held = {use.reference: use for use in _uses(person, named, case, key)}
            reasons = tuple(r for told, field in named.items() if (r := _wrong(held.get(told), field)))
            if reasons:
                return Refused(reasons)
            for told in named:
                _claim(held[told], case, key)
        return None

    def bind(self, case: str, entry: Entry) -> None:
        named = dict(_named(entry.data))
        if not named:
            return
        found = Case.objects.get(public_id=case)
        here = Q(claimed_for=found) | Q(claimed_for=None, opening=found.opening_key)
        waiting = Use.objects.filter(here, case=None, public_id__in=_ids(named)).exclude(opening="")
        _file(found, list(waiting))

    def moved(self, case: str) -> None:
        """Passports have a circle of their own."""


def bind_late() -> int:
    """Claimed uses whose act was recorded, and which were not filed with it: a crash came between."""
    done = 0
    for use in Use.objects.filter(case=None).exclude(opening="").select_related("claimed_for"):
        if use.claimed_for is not None:
            case = use.claimed_for if store.by_key(use.claimed_for.pk, use.opening) else None
        else:
            opened = store.opened_by(use.opening)
            case = Case.objects.get(public_id=opened[0]) if opened else None
        if case is not None:
            _file(case, [use])
            done += 1
    return done


def _named(data: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every reference with the field that names it."""
    if isinstance(data, str):
        if REFERENCE.fullmatch(data):
            yield data, field
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _named(value, name if not field or field == "data" else field)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _named(value, field)


def _ids(named: Iterable[str]) -> set[str]:
    return {reference.split(":")[1] for reference in named}


def _uses(person: Person, named: Iterable[str], case: Case | None, key: str) -> list[Use]:
    """Those named, in plans of the person's operators that are not filed, or filed in this case (or by this act)."""
    plans = own_preparations(person).values("pk")
    found = Use.objects.filter(preparation__in=plans, public_id__in=_ids(named), ended_at=None)
    found = found.select_related("version", "consent").defer("version__sealed")
    opened = store.opened_by(key) if case is None else None
    here = case.public_id if case else opened[0] if opened else ""
    return [use for use in found.select_related("case") if use.case is None or use.case.public_id == here]


def _wrong(use: Use | None, field: str) -> Reason | None:
    if use is None:
        return Reason(_NOT_THERE, field=field, code="passport")
    if use.filed_at is None and not consents.holds(use.consent):
        return Reason(_NO_CONSENT, field=field, code="passport")
    return None


def _claim(use: Use, case: Case | None, key: str) -> None:
    if use.case_id is None:
        use.claimed_for, use.opening = case, key[:128]
        use.save(update_fields=("claimed_for", "opening"))


def _file(case: Case, uses: list[Use]) -> None:
    """An act of the case has named them: they stay with it, whatever becomes of the consent."""
    with transaction.atomic():
        found = Use.objects.filter(pk__in=[use.pk for use in uses], case=None)
        found.update(case=case, filed_at=clock.now(), opening="", claimed_for=None)
        plans = {use.preparation_id for use in uses}
        Preparation.objects.filter(pk__in=plans, case=None).update(case=case)
