"""A package becomes an act: tried first, then recorded with its documents. The same package again is the same act."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from kaname.access import api as access
from kaname.access.api import Tried
from kaname.access.models import Person
from kaname.papers.packages.read import Package
from kaname.papers.upload import take
from kaname.procedure import Accepted, Refused


class Done(NamedTuple):
    """The case in which the filing stands, and its entry."""

    case: str
    seq: int


def tried(person: Person, package: Package, case: str = "") -> Accepted | Refused:
    """The answer of law and mandates to the filing: in a case, else opening one. Nothing is written."""
    asked = Tried(package.entry)
    return access.try_as(person, case, asked) if case else access.try_opening_as(person, package.kind, asked)


def taken(person: Person, package: Package, case: str = "") -> Done | Refused:
    """Record it: the attachments become documents, the act names them. Raises NotTaken, and what `act` raises."""
    key = f"package:{package.digest}"
    if case:
        if before := access.receipt_by_key(person, case, key):
            return Done(case, before.seq)
    elif opened := access.opened_by_key(person, key):
        return Done(opened, 1)
    answer = tried(person, package, case)
    if isinstance(answer, Refused):
        return answer  # before any file is kept
    entry = replace(package.entry, data=attached(person, package, case))
    done = (access.act(person, case, entry, idempotency_key=key) if case
            else access.open_case(person, package.kind, entry, idempotency_key=key))  # fmt: skip
    return done if isinstance(done, Refused) else Done(done.case, done.seq)


def attached(person: Person, package: Package, case: str = "") -> dict[str, Any]:
    """The data of the act with each attachment kept as a document. Raises NotTaken."""
    kept = {one.path: take(person, io.BytesIO(one.content), one.name, case).reference for one in package.attachments}
    return {id: _with(value, kept) for id, value in package.entry.data.items()}


def _with(value: Any, kept: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return kept.get(value, value)
    if isinstance(value, Mapping):
        return {k: _with(v, kept) for k, v in value.items()}
    return [_with(v, kept) for v in value] if isinstance(value, list | tuple) else value
