"""A plan as the data of the act that files it (`introduction_plan.file`, `entrusted_maintenance_plan.file`).

Papers are attached at the door; here are the fields that a plan in preparation can fill, and the references of the
passports whose vendors stand in it.
"""

from typing import Any

from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.regimes.infrastructure.filing.tree import tree_of

ACTS = {Sort.INTRODUCTION: "introduction_plan.file", Sort.MAINTENANCE: "entrusted_maintenance_plan.file"}


def act_data(plan: Plan) -> dict[str, Any]:
    """The fields that are filled in; those that are not are left out, for the kernel to ask for."""
    facility = ": ".join(filter(None, (plan.facility.name, plan.facility.outline)))
    found: dict[str, Any] = {"facility": facility, "content": plan.content, "passports": passports(plan)}
    found |= _introduction(plan) if plan.sort is Sort.INTRODUCTION else _maintenance(plan)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def passports(plan: Plan) -> list[str]:
    """The references of the passports of those who stand in the plan, in a fixed order."""
    named = plan.roles()
    return sorted({party.passport for key, party in plan.parties.items() if key in named and party.passport})


def _introduction(plan: Plan) -> dict[str, Any]:
    rows = [
        {name: value for name, value in (("kind", c.kind), ("name", c.name), ("supplier", c.supplier),
                                         ("made_in", _made_in(plan, c.supplier))) if value}
        for c in plan.components
    ]  # fmt: skip
    day = plan.starts and plan.starts.isoformat()
    return {"planned_on": day, "supplier": plan.facility.supplier, "components": rows}


def _made_in(plan: Plan, supplier: str) -> str:
    """The countries of a supplier's factories, unless they were given to the authority alone."""
    party = plan.parties.get(supplier)
    if party is None or party.disclosure is None or "factories" in party.veil:
        return ""
    return ", ".join(dict.fromkeys(f.country for f in party.disclosure.factories or () if f.country))


def _maintenance(plan: Plan) -> dict[str, Any]:
    walked = list(tree_of(plan.entrustments).walk())
    first = next((e for tier, e in walked if tier == 0), None)
    rows = [
        {name: value for name, value in (("name", e.party), ("tier", tier), ("content", e.content)) if value}
        for tier, e in walked if tier
    ]  # fmt: skip
    return {
        "period_from": plan.starts and plan.starts.isoformat(), "period_until": plan.ends and plan.ends.isoformat(),
        "entrustee": first.party if first else "", "sub_entrustees": rows,
    }  # fmt: skip
