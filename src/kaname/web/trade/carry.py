"""Evidence carried into a case: rows of the act that judges a product, put into its form as if they had been typed.

Nothing is recorded here. The person sees the form, changes what they like, gives reasons and records the act.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure import may
from kaname.procedure.declare import FieldType
from kaname.procedure.index import ActOf
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.forms.opening import OpeningForm, opening_acts

KIND = "supply.product"
_FIELD = "evidence"
_CASES = 50  # looked at for an act that takes evidence


@dataclass(frozen=True, slots=True)
class Target:
    """A form that takes evidence. `id`: how a page names it; `form`: of the act."""

    id: str
    label: Text
    form: OpeningForm | ActForm


def targets(person: Person) -> Iterator[Target]:
    """The forms in which this person may carry evidence now: opening a case, then acts of those that are open."""
    if KIND not in kinds():
        return
    kind = kinds()[KIND]
    roles = {mandate.role for mandate in access.may_open(person, KIND)}
    for of in opening_acts(kind):
        if _takes(of) and any(role.id in roles for role in of.act.roles):
            label = of.act.label
            yield Target(f"+{of.name}", T(f"新しい案件：{label.ja}", f"A new case: {label.en}"),
                         OpeningForm(person, kind, of))  # fmt: skip
    for row in list(access.cases(person, KIND))[:_CASES]:
        seen = access.see(person, row.case.public_id)
        for now in may(seen.standing):
            if not (now.ready and _takes(now.of)):
                continue
            form = ActForm(person, seen, now.of, now.run)
            if form.is_mine:
                label = now.of.act.label
                number = row.case.number
                yield Target(f"{row.case.public_id}:{now.of.name}:{now.run}",
                             T(f"第{number}号：{label.ja}", f"No. {number}: {label.en}"), form)  # fmt: skip


def _takes(of: ActOf) -> bool:
    return any(field.id == _FIELD and field.type is FieldType.ROWS for field in of.act.fields)


def put(request: HttpRequest, target: Target, rows: list[dict[str, str]]) -> None:
    """Rows into the draft of the form, behind those that are there; one that is there already is not put again."""
    form = target.form
    seq = int(form.seen.case.head_seq) if form.seen else 0
    kept = drafts.opened(request, form.place, seq)
    typed = {name: list(values) for name, values in (form.first() if kept.fresh else kept.typed).items()}
    there = _there(typed)
    number = max(there, default=-1) + 1
    for row in rows:
        if any(all(old.get(k, "") == v for k, v in row.items()) for old in there.values()):
            continue
        typed |= {f"{_FIELD}.{number}.{column}": [value] for column, value in row.items() if value}
        number += 1
    drafts.save(request, kept, typed)


def _there(typed: Mapping[str, list[str]]) -> dict[int, dict[str, str]]:
    """The rows of evidence that a form has."""
    found: dict[int, dict[str, str]] = {}
    for name, values in typed.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == _FIELD and parts[1].isdecimal() and any(values):
            found.setdefault(int(parts[1]), {})[parts[2]] = values[0]
    return found
