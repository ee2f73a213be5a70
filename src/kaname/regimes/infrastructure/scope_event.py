"""Which events must be filed (Art. 52(1)): introducing a critical facility, entrusting its maintenance or operation.

The scope widened on 2026-09-18: self-supplied facilities count too, unless no third party's critical facility or
component is inside (read once: medium, note 0304). The exemption never covered entrustments (note 0305).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import art
from kaname.regimes.infrastructure.answers import Answer, Need, Why, ask, inside, outside
from kaname.regimes.infrastructure.catalogue import under_order
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.versions import ACT_38_MAIN

HIGH, MEDIUM = Confidence.HIGH, Confidence.MEDIUM


class Event(StrEnum):
    """What is planned. `replacement` and the like are introductions; work done with own staff is no entrustment."""

    INTRODUCTION = "introduction"
    ENTRUSTED_MAINTENANCE = "entrusted_maintenance"
    OWN_MAINTENANCE = "own_maintenance"


# Order Art. 10 (MIC 11): all four must hold, else it is an introduction without a filing.
EMERGENCY: dict[str, Text] = {
    "service_disrupted": T("役務の提供に支障が生じ、又は生ずるおそれがある", "the service is or may be disrupted"),
    "not_to_dodge_filing": T("届出を免れるためでない", "the disruption was not created to dodge the filing"),
    "urgent": T("除去・防止のため緊急に導入・委託する必要がある",
        "urgent introduction or entrustment is needed against it"),
    "no_other_means": T("他に適当な方法がない", "no other suitable means"),
}

_SUPPLIER = Need("supplier", T("設備の供給者", "who supplies the facility"))
_BUILT_IN = Need("third_party_facility", T("第三者の特定重要設備が組み込まれているか",
    "is a critical facility of a third party built in"))
_COMPONENT = Need("third_party_component", T("第三者の構成設備が含まれるか",
    "does a prescribed component come from a third party"))


def answer(event: Event | None, on: date, supplier: Supplier | None, built_in: bool | None,
           component: bool | None) -> Answer:
    """Whether Art. 52(1) reaches the event."""
    if event is None:
        return ask(Why(T("導入か、維持管理等の委託かが分からない", "introduction or entrusted maintenance: not told"),
            art("52(1)")),
            needs=(Need("event", T("何をするか", "what is planned")),))
    if event is Event.OWN_MAINTENANCE:
        return outside(Why(T("自ら行う維持管理・操作は対象でない",
            "maintenance and operation by the operator itself is outside"),
            art("52(1)")))
    if event is Event.ENTRUSTED_MAINTENANCE:
        return _entrusted(supplier)
    return _introduced(on, supplier, built_in, component)


def _entrusted(to: Supplier | None) -> Answer:
    if to is Supplier.SELF:
        return outside(Why(T("自ら行う維持管理・操作は対象でない",
            "maintenance and operation by the operator itself is outside"),
            art("52(1)")))
    text = T("維持管理又は操作を他の事業者に委託する", "maintenance or operation is entrusted to another business")
    if to is not None and to.exempt:
        more = T("適用除外は導入に限られ、子法人等への委託も文言上は対象",
            "the exemption covers introductions only: by the wording, entrusting to group or public bodies is inside")
        return inside(Why(text, art("52(1)")), Why(more, art("52(1)"), MEDIUM, 305))
    return inside(Why(text, art("52(1)")))


def _introduced(on: date, supplier: Supplier | None, built_in: bool | None, component: bool | None) -> Answer:
    wide = on >= ACT_38_MAIN
    sure, question = (MEDIUM, 304) if wide else (HIGH, None)
    if supplier is None:
        return ask(Why(T("設備の供給者が分からない", "the supplier is not told"), art("52(1)")), needs=(_SUPPLIER,))
    if not supplier.exempt:
        text = T(f"{supplier.label.ja}から特定重要設備の供給を受けて導入する",
            f"a critical facility supplied by {supplier.label.en} is introduced")
        return inside(Why(text, art("52(1)")))
    if supplier is Supplier.SELF and not wide:
        return outside(Why(T("他の事業者から供給を受けない導入は、2026年9月17日まで対象でない",
            "an introduction not supplied by another business was outside up to 2026-09-17"), art("52(1)")))
    if built_in:
        return inside(Why(T("第三者の特定重要設備が組み込まれている",
            "a critical facility of a third party is built in"),
            art("52(1)"), sure, question))
    if wide and component:
        return inside(Why(T("第三者が供給する構成設備が含まれる", "a prescribed component comes from a third party"),
            art("52(1)"), sure, question))
    if built_in is None or (wide and component is None):
        needs = [_BUILT_IN] if built_in is None else []
        needs += [_COMPONENT] if wide and component is None else []
        return ask(Why(T("第三者の設備が含まれるか分からない",
            "it is not told whether a third party's items are inside"), art("52(1)"),
            sure, question), needs=needs)
    text = T(f"{supplier.label.ja}が供給し、第三者の特定重要設備も構成設備も含まない",
        f"supplied by {supplier.label.en}, with no critical facility or component of a third party inside") if wide \
        else T(f"{supplier.label.ja}が供給し、第三者の特定重要設備を組み込まない",
            f"supplied by {supplier.label.en}, with no critical facility of a third party built in")
    return outside(Why(text, art("52(1)"), sure, question))


def emergency(given: Mapping[str, bool], order: str | None) -> Answer:
    """Whether the proviso of Art. 52(1) replaces the plan by a notice afterwards. Nothing given: nobody claims it."""
    basis = (*art("52(1) proviso", "52(11)"), *under_order("emergency", order))
    if not given:
        return outside()
    if failing := [EMERGENCY[k] for k, v in given.items() if not v]:
        return outside(*(Why(T(f"緊急の場合に当たらない：「{t.ja}」に当たらない",
            f"no emergency: not so that {t.en}"), basis)
            for t in failing))
    if missing := [k for k in EMERGENCY if k not in given]:
        return ask(Why(T("緊急の四要件の一部が分からない",
            "some of the four conditions of an emergency are not told"), basis),
            needs=(Need(f"emergency.{k}", EMERGENCY[k]) for k in missing))
    return inside(Why(T("緊急の場合：計画書は要らず、遅滞なく緊急導入等届出書を届け出る",
        "emergency: no plan; file an emergency notice without delay"), basis))
