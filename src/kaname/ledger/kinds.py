"""The case kinds of this office, and their versions, worked out once."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index


@cache
def kinds() -> Mapping[str, CaseKind]:
    """Every kind by its id."""
    found: Mapping[str, CaseKind] = import_string(settings.KANAME_KINDS)
    return found


def kind(id: str) -> CaseKind:
    """The kind of an id. Raises LookupError naming those there are."""
    try:
        return kinds()[id]
    except KeyError:
        raise LookupError(f"no case kind {id!r}; expected one of {', '.join(kinds())}") from None


@cache
def _versions(kind: CaseKind) -> tuple[date, ...]:
    return kind.versions


def version(kind: CaseKind, day: date) -> date:
    """The version of the law in force on a day: `kind.version(day)`, without computing the versions anew."""
    versions = _versions(kind)
    return versions[max(bisect_right(versions, day) - 1, 0)]


@cache
def sealed_fields(kind: CaseKind) -> frozenset[str]:
    """Names of fields that are sealed in any act of the kind, or hold a sealed column, and of the reasons given for
    departing from their worked values. By name: a correction repeats fields of the act it corrects."""
    fields = [f for of in index(kind).acts.values() for f in of.fields.values()]
    names = {f.id for f in fields if f.sealed or any(c.sealed for c in f.columns)}
    return frozenset(names | {f"reason_for_{name}" for name in names})
