"""The forms over a plan in preparation, declared once, and where each finding can be mended."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.infrastructure.catalogue.measures import ANSWERS, MEASURES
from kaname.regimes.infrastructure.filing.content import (
    Answer,
    Component,
    Entrustment,
    Facility,
    Omission,
    Plan,
    Sort,
    key_of,
)
from kaname.regimes.infrastructure.filing.finding import Finding

SORTS: Mapping[str, Text] = {
    Sort.INTRODUCTION: T("特定重要設備の導入", "introduction of a critical facility"),
    Sort.MAINTENANCE: T("重要維持管理等の委託", "entrustment of critical maintenance"),
}
_TEXT, _DAY, _FLAG = FieldType.TEXT, FieldType.DAY, FieldType.FLAG

# -- facility, components, entrustments --------------------------------------------------------------------------------

FACILITY = (
    Field("name", T("特定重要設備の名称", "name of the critical facility"), _TEXT),
    Field("outline", T("概要", "outline"), _TEXT),
    Field("supplier", T("供給者", "supplier"), _TEXT),
    Field("content", T("導入又は委託の内容", "what is introduced or entrusted"), _TEXT),
    Field("starts", T("導入の時期、委託の始まり", "day of introduction, or first day of the entrustment"), _DAY),
    Field("ends", T("委託の終わり", "last day of the entrustment"), _DAY),
)
COMPONENT = (
    Field("name", T("名称", "name"), _TEXT, required=True), Field("kind", T("区分", "kind"), _TEXT),
    Field("function", T("機能", "function"), _TEXT), Field("supplier", T("供給者", "supplier"), _TEXT),
    Field("version", T("版・型番", "version or model"), _TEXT), Field("quantity", T("数量", "quantity"), _TEXT),
)  # fmt: skip
ENTRUSTMENT = (
    Field("id", T("番号", "number"), _TEXT, required=True),
    Field("parent", T("元の委託の番号", "number of the one above"), _TEXT,
          help=T("再委託のときに。空欄なら事業者が直接委託", "for a re-entrustment; empty: by the operator itself")),
    Field("party", T("相手方", "entrustee"), _TEXT), Field("content", T("内容", "content"), _TEXT),
    Field("starts", T("始まり", "from"), _DAY), Field("ends", T("終わり", "until"), _DAY),
    Field("knows_content", T("内容と期間を把握する体制がある", "content and period are known"), _FLAG,
          help=T("三つとも「はい」の再委託は、簡略に記載できる",
                 "a re-entrustment with three times yes may be told in short")),
    Field("area_and_entry", T("区域と立入りの体制がある", "area and entry are arranged"), _FLAG),
    Field("records_or_audit", T("記録又は監査の体制がある", "records or audit are arranged"), _FLAG),
)  # fmt: skip
PARTS: Mapping[str, tuple[Text, tuple[Field, ...]]] = {
    "components": (T("構成設備", "component"), COMPONENT),
    "entrustments": (T("委託", "entrustment"), ENTRUSTMENT),
}


def facility_data(plan: Plan) -> dict[str, Any]:
    facility = plan.facility
    return {"name": facility.name, "outline": facility.outline, "supplier": facility.supplier, "content": plan.content,
            "starts": _iso(plan.starts), "ends": _iso(plan.ends)}  # fmt: skip


def with_facility(plan: Plan, data: Mapping[str, Any]) -> Plan:
    facility = Facility(data.get("name", ""), data.get("outline", ""), key_of(data.get("supplier", "")))
    return replace(plan, facility=facility, content=data.get("content", ""), starts=_day(data, "starts"),
                   ends=_day(data, "ends"))  # fmt: skip


def line_data(line: Component | Entrustment) -> dict[str, Any]:
    if isinstance(line, Component):
        return {f.id: getattr(line, f.id) for f in COMPONENT}
    found: dict[str, Any] = {f.id: getattr(line, f.id) for f in ENTRUSTMENT[:4]}
    found |= {"starts": _iso(line.starts), "ends": _iso(line.ends)}
    if line.omission:
        found |= {f.id: getattr(line.omission, f.id) for f in ENTRUSTMENT[6:]}
    return found


def with_line(plan: Plan, part: str, row: int, data: Mapping[str, Any] | None) -> Plan:
    """The plan with a line changed (`row` from 1), added (row 0), or taken out (`data` None)."""
    lines: list[Any] = list(getattr(plan, part))
    source = lines[row - 1].source if row else ""
    made = [] if data is None else [_component(data, source) if part == "components" else _entrustment(data, source)]
    if row:
        lines[row - 1 : row] = made
    else:
        lines += made
    changed: dict[str, Any] = {part: tuple(lines)}
    return replace(plan, **changed)


def _component(data: Mapping[str, Any], source: str) -> Component:
    said = {f.id: data.get(f.id, "") for f in COMPONENT}
    return Component(**{**said, "supplier": key_of(said["supplier"])}, source=source)


def _entrustment(data: Mapping[str, Any], source: str) -> Entrustment:
    told = [bool(data.get(f.id)) for f in ENTRUSTMENT[6:]]
    return Entrustment(
        data["id"], key_of(data.get("party", "")), data.get("parent", ""), data.get("content", ""),
        _day(data, "starts"), _day(data, "ends"), Omission(*told) if any(told) else None, source,
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(data: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None


# -- measures ----------------------------------------------------------------------------------------------------------

_ANSWERS = dict(zip(ANSWERS, (T("実施済み", "implemented"), T("一部実施", "partly"), T("該当しない", "not applicable"),
                              T("未実施", "not implemented")), strict=True))  # fmt: skip
_OPTIONS = tuple(Option(id, label) for id, label in _ANSWERS.items())


def measure_fields(sort: Sort) -> list[Field]:
    """Two fields a measure: how it stands, and why where it is not simply done."""
    found = []
    for id, m in MEASURES.items():
        if sort.value in m.plans:
            found.append(Field(id, m.label, FieldType.CHOICE, options=_OPTIONS))
            why = T("理由（実施済みでないとき）", "reason, unless implemented")
            found.append(Field(f"{id}-reason", why, _TEXT))
    return found


def measures_data(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for id, answer in plan.measures.items():
        found |= {id: answer.status, f"{id}-reason": answer.reason}
    return found


def with_measures(plan: Plan, data: Mapping[str, Any]) -> Plan:
    told = {id: Answer(data.get(id, ""), data.get(f"{id}-reason", "")) for id in MEASURES}
    kept = {id: answer for id, answer in told.items() if answer.status or answer.reason}
    return replace(plan, measures=kept)


# -- where a finding is mended -----------------------------------------------------------------------------------------

_PLACE = re.compile(r"(?P<list>components|entrustments|measures)\[(?P<key>.*)\](?:\.(?P<field>[a-z_]+))?")
_FACILITY = {"facility.name": "name", "facility.outline": "outline", "facility.supplier": "supplier"}


def mend_href(id: str, plan: Plan, finding: Finding) -> str:
    """The page, and the field on it, where what is missing can be filled in."""
    if finding.party:
        return reverse("plan_vendors", args=[id]) + f"?q={quote(finding.party)}"
    found = _PLACE.fullmatch(finding.place)
    if found is None:
        if finding.place in ("components", "entrustments"):
            return reverse("plan_upload", args=[id])
        return reverse("plan_facility", args=[id]) + f"#f-{_FACILITY.get(finding.place, finding.place)}"
    if found["list"] == "measures":
        reason = "-reason" if found["field"] == "reason" else ""
        return reverse("plan_measures", args=[id]) + f"#f-{found['key']}{reason}"
    row = int(found["key"]) if found["list"] == "components" else _row(plan.entrustments, found["key"])
    field = "knows_content" if found["field"] == "omission" else found["field"] or "id"
    return reverse("plan_line", args=[id, found["list"], row]) + f"#f-{field}"


def _row(entrustments: Sequence[Entrustment], id: str) -> int:
    """The line of an entrustment; one without a number is told by its line."""
    rows = [n for n, one in enumerate(entrustments, 1) if one.id == id]
    return rows[-1] if rows else int(id) if id.isdecimal() else 0
