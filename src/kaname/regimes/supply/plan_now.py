"""The certified plan as a case knows it: as last changed, and as last certified; its product and its order."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.orders import ORDERS, CertificationOrder
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product
from kaname.regimes.supply.minor_change import Change, Plan

Sum = Callable[[View], Any]

FIGURES = ("period_start", "period_end", "funds", "grant")


def figures(fact: Callable[[str], Any], at: str = "") -> Plan:
    """The plan by the particulars of its case, as it is or `at` another time (`certified_`). One that states no grant
    has none: a nought told later changes nothing."""
    known = Plan(*(fact(f"plan.{at}{name}") for name in FIGURES))
    return replace(known, grant=known.grant or 0)


def as_changed(v: View) -> Plan:
    """The plan as last certified or, since, notified: what Art. 11(1) calls the certified plan."""
    return figures(v.fact)


def as_certified(v: View) -> Plan:
    """The plan as it was last certified, minor changes since left out."""
    return figures(v.fact, "certified_")


def asked_change(v: View) -> Change:
    """The change that the form tells."""
    return Change(Plan(*(v.given(name) for name in FIGURES)), bool(v.given("particulars")), bool(v.given("other")),
        v.given("substance_kept"))


def known(name: str) -> Sum:
    """A particular of the case, to be kept under another name."""
    return lambda v: v.fact(name)


def told(procedure: str, name: str) -> Sum:
    """A particular of the change that the present act is about, to be kept for the plan."""
    return lambda v: v.fact(f"{procedure}.{name}", v.subject)


def told_unless_overtaken(name: str) -> Sum:
    """A figure of the minor change just notified, unless a change made after it has given the plan another."""
    return lambda v: None if overtaken(v, name) else v.fact(f"plan_minor_change.{name}", v.subject)


def overtaken(v: View, name: str) -> bool:
    """Whether the plan was changed in a figure after the minor change that is notified had been made."""
    made: date | None = v.fact("plan_minor_change.made_on", v.subject)
    since = _changed_on(v).get(name)
    return bool(made and since and since > made)


def days_of_changes(procedure: str) -> Sum:
    """Since when each figure is as it is, with those of the change that the present act is about."""

    def days(v: View) -> tuple[tuple[str, date], ...]:
        minor = procedure == "plan_minor_change"
        on = v.fact("plan_minor_change.made_on", v.subject) if minor else v.on
        new = {f: on for f in FIGURES if told(procedure, f)(v) is not None and not (minor and overtaken(v, f))}
        return tuple(sorted({**_changed_on(v), **new}.items()))

    return days


def _changed_on(v: View) -> Mapping[str, date]:
    return dict(v.fact("plan.changed_on") or ())


def product(v: View) -> Product | None:
    """The product of the plan."""
    return PRODUCTS.get(v.fact("plan.product") or "")


def order(v: View) -> CertificationOrder:
    """The certification order the plan follows; that of METI while the product is not told."""
    found = product(v)
    return found.under if found else ORDERS["meti"]


def is_certified(v: View) -> bool:
    return v.state("plan") == "certified"
