"""What is designated on the one day and not on the other: products, sectors, technologies, patent fields."""

from collections.abc import Iterator, Mapping
from datetime import date

from kaname.law import T, Text
from kaname.regimes.infrastructure.catalogue import in_force as sectors
from kaname.regimes.patents.items import FIELDS, version_on
from kaname.regimes.supply.catalogue.products import in_force as products
from kaname.regimes.technology.catalogue import technologies
from kaname.registers.compare.model import Change, Subject

_SINCE = T("指定", "designated")
_PRODUCT, _SECTOR = T("特定重要物資：{label}", "critical product: {label}"), T("対象分野：{label}", "sector: {label}")
_TECHNOLOGY = T("対象技術：{label}", "technology: {label}")
_ITEMS = T("施行令12条の号の版", "version of the items of Order Art. 12")
_FIELD = T("特定技術分野：{label}", "technical field: {label}")


def changes(before: date, after: date) -> Iterator[Change]:
    """By id, in the order of the catalogues."""
    one, other = _designated(before), _designated(after)
    for id, (label, _) in {**one, **other}.items():
        was, is_ = (held[id][1] if id in held else None for held in (one, other))
        if was != is_:
            yield Change(Subject.DESIGNATIONS, id, label, was, is_)


def _designated(day: date) -> Mapping[str, tuple[Text, date | Text | str]]:
    """What stands on a day, each with what tells it apart: since when, under which version, of which scope."""
    found: dict[str, tuple[Text, date | Text | str]] = {}
    for p in products(day):
        found[f"supply.{p.id}"] = (_PRODUCT.fill(label=p.label), p.designated_on)
        for n, scope in enumerate(p.scope_on(day)):
            wider = T(f"{p.label.ja}（{scope.ja}）", f"{p.label.en} ({scope.en})")
            found[f"supply.{p.id}.{n}"] = (_PRODUCT.fill(label=wider), _SINCE)
    for s in sectors(day):
        found[f"infrastructure.{s.id}"] = (_SECTOR.fill(label=s.name), s.since or _SINCE)
    for t in technologies(day):
        found[f"technology.{t.id}"] = (_TECHNOLOGY.fill(label=t.label), _SINCE)
    if version := version_on(day):
        for f in FIELDS:
            found[f"patents.{f.number}"] = (_FIELD.fill(label=f.name), _SINCE)
        found["patents.items"] = (_ITEMS, version.since)
    return found
