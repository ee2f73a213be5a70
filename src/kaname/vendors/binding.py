"""Passports that an act names: checked and claimed before the act is judged, bound to its case with the receipt.

An act may name a version only where it stands in a plan of the person's operator and the consent holds that day.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import clock, store
from kaname.ledger.models import Case
from kaname.procedure import Entry, Reason, Refused
from kaname.vendors import consents
from kaname.vendors.models import Preparation, Use
from kaname.vendors.rights import own_preparations

REFERENCE = re.compile(r"passport:([a-z2-7]{16}):([0-9]{1,9}):([0-9a-f]{64})")
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
            held: dict[str, list[Use]] = {}
            for use in _uses(person, case, key):
                held.setdefault(use.version.reference, []).append(use)
            reasons = tuple(r for told, field in named.items() if (r := _wrong(held.get(told, []), field)))
            if reasons:
                return Refused(reasons)
            for told in named:
                for use in held[told]:
                    _claim(use, case, key)
        return None

    def bind(self, case: str, entry: Entry) -> None:
        """The opening key says which uses were claimed for this very act."""
        if dict(_named(entry.data)):
            found = Case.objects.get(public_id=case)
            _bind(found, found.opening_key)

    def moved(self, case: str) -> None:
        """Passports have a circle of their own."""


def bind_late() -> int:
    """Claimed uses whose case was opened, and which were not bound to it: a crash came between."""
    done = 0
    for key in set(Use.objects.filter(case=None).exclude(opening="").values_list("opening", flat=True)):
        if opened := store.opened_by(key):
            done += _bind(Case.objects.get(public_id=opened[0]), key)
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


def _uses(person: Person, case: Case | None, key: str) -> list[Use]:
    """In plans of the person's operators that are not filed, or are filed in this case (or by this very act)."""
    plans = own_preparations(person).values("pk")
    found = Use.objects.filter(preparation__in=plans, ended_at=None).select_related("version__vendor", "consent")
    opened = store.opened_by(key) if case is None else None
    here = case.public_id if case else opened[0] if opened else ""
    return [use for use in found.select_related("case") if use.case is None or use.case.public_id == here]


def _wrong(uses: list[Use], field: str) -> Reason | None:
    if not uses:
        return Reason(_NOT_THERE, field=field, code="passport")
    if not any(use.filed_at or consents.holds(use.consent) for use in uses):
        return Reason(_NO_CONSENT, field=field, code="passport")
    return None


def _claim(use: Use, case: Case | None, key: str) -> None:
    if use.filed_at is None:
        use.filed_at = clock.now()
    if use.case_id is None:
        use.case, use.opening = case, "" if case else key[:128]
    use.save(update_fields=("filed_at", "case", "opening"))
    if case is not None:
        Preparation.objects.filter(pk=use.preparation_id, case=None).update(case=case)


def _bind(case: Case, key: str) -> int:
    waiting = Use.objects.filter(opening=key[:128], case=None)
    plans = list(waiting.values_list("preparation_id", flat=True))
    done = int(waiting.update(case=case, opening=""))
    Preparation.objects.filter(pk__in=plans, case=None).update(case=case)
    return done
