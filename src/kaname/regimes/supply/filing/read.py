"""An application, and a change, as programs tell them: values read by the declared fields, every mistake named."""

from collections.abc import Mapping
from typing import Any

from kaname.law import T
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.forms import read_form, unknown_fields
from kaname.procedure.standing import Reason
from kaname.regimes.supply.catalogue.orders import ORDERS
from kaname.regimes.supply.filing.change import Judged, judge
from kaname.regimes.supply.minor_change import Change, Plan, merged
from kaname.regimes.supply.plan import FILING
from kaname.regimes.supply.plan_change import CHANGED
from kaname.regimes.supply.plan_now import FIGURES

_FILING = {f.id: f for f in FILING}
_NOW, _CERTIFIED = "was_", "certified_"  # before the names of the figures: as the plan is, as it was last certified
_MONEY = ("funds", "grant")


def application(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """The values of an application by the fields of the act, and a reason for each that cannot be read."""
    values, wrong = read_form(_FILING, data)
    return values, (*unknown_fields(_FILING, data), *wrong)


def _figure(prefix: str, name: str) -> Field:
    return Field(f"{prefix}{name}", T(f"{prefix}{name}", f"{prefix}{name}"),
        FieldType.YEN if name in _MONEY else FieldType.DAY)


CHANGE: Mapping[str, Field] = {
    "order": Field("order", T("認定省令", "certification order"), FieldType.TEXT),
    **{f.id: f for f in (_figure(p, name) for p in (_NOW, _CERTIFIED) for name in FIGURES)},
    **{f.id: f for f in CHANGED},
}  # fmt: skip


def change(data: Mapping[str, Any]) -> tuple[Judged | None, tuple[Reason, ...]]:
    """What a change asks for; None with the reasons where it cannot be read. `order`: one of the five."""
    values, found = read_form(CHANGE, data)
    wrong = [*unknown_fields(CHANGE, data), *found]
    order = ORDERS.get(str(values.get("order") or ""))
    if order is None:
        known = ", ".join(ORDERS)
        wrong.append(Reason(T(f"認定省令は {known} のいずれか", f"expected an order, one of {known}"), field="order"))
    if wrong or order is None:
        return None, tuple(wrong)
    now, certified, to = (Plan(*(values.get(f"{p}{n}") for n in FIGURES)) for p in (_NOW, _CERTIFIED, ""))
    if not merged(now, to).in_order:
        text = T("変更後の実施期間の終期が始期より前である", "the period as changed ends before it begins")
        return None, (Reason(text, field="period_end"),)
    told = Change(to, bool(values.get("particulars")), bool(values.get("other")), values.get("substance_kept"))
    return judge(order, now, told, certified if certified != Plan() else None), ()

