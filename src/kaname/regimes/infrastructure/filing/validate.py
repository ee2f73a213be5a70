"""Everything that a plan lacks before it can be filed, in one pass: each finding with its provision and its place.

A finding never stops the next: whoever prepares a plan sees the whole list at once. Law is asked for the filing day.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.disclosures import DISCLOSURES, omissible
from kaname.regimes.infrastructure.catalogue.measures import ANSWERS, MEASURES, REASON_NEEDED
from kaname.regimes.infrastructure.filing.content import Entrustment, Party, PartyRole, Plan, Sort, same_name
from kaname.regimes.infrastructure.filing.finding import Finding, Weight
from kaname.regimes.infrastructure.filing.party import Asked, basis_of, of_party, veiled
from kaname.regimes.infrastructure.filing.tree import Tree, tree_of
from kaname.regimes.infrastructure.versions import REVIEW

_EMPTY = T("記入されていない；記入して", "not filled in; fill it in")
_BEFORE = T("終わりが始まりより前；日付を確かめて", "ends before it begins; check the days")
_STANDSTILL = 30  # days from acceptance, Art. 52(3)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer: what the operator is shown, and for each veiled vendor what only it and the authority are shown."""

    findings: tuple[Finding, ...]
    behind_veils: dict[str, tuple[Finding, ...]]

    @property
    def can_be_filed(self) -> bool:
        return not any(f.blocks for f in self.findings)


def validate(plan: Plan, filing: date, order: str = "") -> Checked:
    """Check a plan for filing on a day under a ministry's order (`mic`, `meti`, ...; "" shows every number)."""
    of_vendor: dict[str, list[Entrustment]] = defaultdict(list)
    for one in plan.entrustments:
        of_vendor[one.party].append(one)
    by_id = {one.id: one for one in plan.entrustments}
    look = _Look(plan, filing, order, tree_of(plan.entrustments), by_id, of_vendor)
    findings = [*look.plan_itself(), *look.components(), *look.entrustments(), *look.measures()]
    behind: dict[str, tuple[Finding, ...]] = {}
    for key, roles in plan.roles().items():
        findings += look.party(key, frozenset(roles), behind)
    return Checked(tuple(findings), behind)


@dataclass(frozen=True, slots=True)
class _Look:
    plan: Plan
    filing: date
    order: str
    tree: Tree
    by_id: dict[str, Entrustment]
    of_vendor: dict[str, list[Entrustment]]

    def _found(self, id: str, weight: Weight, item: str, place: str, where: Text, text: Text) -> Finding:
        return Finding(id, weight, place, where, text, item, basis_of(item, self.order))

    # -- facility, introduction or entrustment as a whole ------------------------------------------------------------

    def plan_itself(self) -> Iterator[Finding]:
        plan = self.plan
        intro = plan.sort is Sort.INTRODUCTION
        content, time = ("D_INT_CONTENT", "D_INT_TIME") if intro else ("D_MNT_CONTENT", "D_MNT_PERIOD")
        if self.filing < REVIEW:
            text = T(f"{self.filing} には届出の制度がまだない；{REVIEW} 以後の日とする",
                     f"on {self.filing} there is no such filing yet; expected {REVIEW} or later")  # fmt: skip
            where = T("届出の日", "day of filing")
            yield Finding("before_the_law", Weight.WRONG, "starts", where, text, time, art("52(1)"))
        asked = [
            ("facility_name", "D_FAC_OUTLINE", "facility.name", plan.facility.name),
            ("facility_outline", "D_FAC_OUTLINE", "facility.outline", plan.facility.outline),
            ("content", content, "content", plan.content),
            ("time", time, "starts", plan.starts),
        ]
        for id, item, place, value in asked:
            if not value:
                yield self._found(f"{id}_missing", Weight.MISSING, item, place, DISCLOSURES[item].name, _EMPTY)
        if plan.starts and plan.ends and plan.ends < plan.starts:
            yield self._found("time_contradicts", Weight.WRONG, time, "ends", DISCLOSURES[time].name, _BEFORE)
        if plan.starts and plan.starts < self.filing + timedelta(_STANDSTILL):
            free = self.filing + timedelta(_STANDSTILL)
            text = T(f"届出の日 {self.filing} に受理されても {free} の前日まで導入等ができない（短縮がない限り）",
                     f"even if accepted on the filing day {self.filing}, banned until the day before {free} unless "
                     "the standstill is shortened")  # fmt: skip
            yield self._found("before_standstill_ends", Weight.CHECK, time, "starts", DISCLOSURES[time].name, text)
        if intro and not plan.facility.supplier:
            where = T("特定重要設備の供給者", "supplier of the facility")
            text = T("供給者が記入されていない；記入して", "no supplier is named; name it")
            yield self._found("supplier_missing", Weight.MISSING, "D_PTY_NAME", "facility.supplier", where, text)
        if intro and not plan.components:
            where = DISCLOSURES["D_CMP_NAME"].name
            text = T("構成設備が一つもない；資産の一覧か部品表から取り込むか、ないことを確かめて",
                     "no component at all; take them in from an inventory or a bill of materials, or make sure there "
                     "are none")  # fmt: skip
            yield self._found("components_missing", Weight.CHECK, "D_CMP_NAME", "components", where, text)
        if not intro and not plan.entrustments:
            text = T("委託の相手方が一つもない；記入して", "nobody is entrusted; name the entrustee")
            yield self._found("entrustments_missing", Weight.MISSING, content, "entrustments",
                              DISCLOSURES[content].name, text)  # fmt: skip

    # -- components --------------------------------------------------------------------------------------------------

    def components(self) -> Iterator[Finding]:
        if self.plan.sort is not Sort.INTRODUCTION:
            return
        asked = (("name", "D_CMP_NAME"), ("kind", "D_CMP_KIND"), ("function", "D_CMP_FUNC"), ("supplier", "D_PTY_NAME"))
        for row, component in enumerate(self.plan.components, 1):
            for field, item in asked:
                if not getattr(component, field):
                    called = component.name or "—"
                    source = component.source and f" ({component.source})"
                    label = DISCLOSURES[item].name if field != "supplier" else PartyRole.COMPONENT_SUPPLIER.label
                    where = T(f"構成設備 {row}「{called}」{source}の{label.ja}",
                              f"component {row}, {called}{source}: {label.en}")
                    place = f"components[{row}].{field}"
                    yield self._found(f"component_{field}_missing", Weight.MISSING, item, place, where, _EMPTY)

    # -- entrustments of every tier ----------------------------------------------------------------------------------

    def entrustments(self) -> Iterator[Finding]:
        if self.plan.sort is not Sort.MAINTENANCE:
            return
        for number, one in enumerate(self.plan.entrustments, 1):
            yield from self._entrustment(number, one)
        item = "D_SUB_CONTENT"
        for ring in self.tree.rings:
            names = " → ".join([*ring, ring[0]])
            text = T(f"再委託が輪になっている：{names}；どれが元かを直して",
                     f"the re-entrustments run in a circle: {names}; mend which one is above")
            yield self._found("entrustment_circle", Weight.WRONG, item, f"entrustments[{ring[0]}].parent",
                              _where(ring[0]), text)  # fmt: skip
        for one in self.tree.loose:
            text = T(f"元の委託「{one.parent}」がない；元の委託を加えるか、番号を直して",
                     f"there is no entrustment {one.parent!r} above it; add that one or mend the number")
            yield self._found("entrustment_loose", Weight.WRONG, item, f"entrustments[{one.id}].parent",
                              _where(one.id), text)  # fmt: skip
        for id in self.tree.twice:
            text = T("同じ番号の委託が二つ以上ある；番号を分けて", "two entrustments bear this number; number anew")
            yield self._found("entrustment_twice", Weight.WRONG, item, f"entrustments[{id}]", _where(id), text)

    def _entrustment(self, number: int, one: Entrustment) -> Iterator[Finding]:
        tier = "D_SUB" if one.parent else "D_MNT"
        content, period = f"{tier}_CONTENT", f"{tier}_PERIOD"
        place, where = f"entrustments[{one.id or number}]", _where(one.id or str(number))
        if not one.party:
            text = T("相手方が記入されていない；記入して", "nobody is named; name the entrustee")
            yield self._found("entrustee_missing", Weight.MISSING, "D_PTY_NAME", f"{place}.party", where, text)
        elif self.plan.operator and same_name(one.party, self.plan.operator):
            text = T("事業者自身が相手方とされている；実際の相手方を", "the operator itself is named; name the other")
            yield self._found("entrusted_to_itself", Weight.WRONG, "D_PTY_NAME", f"{place}.party", where, text)
        if not self._in_short(one):
            for item, field, value in ((content, "content", one.content), (period, "starts", one.starts)):
                if not value:
                    label = DISCLOSURES[item].name
                    there = T(f"{where.ja}の{label.ja}", f"{where.en}: {label.en}")
                    id = f"entrustment_{field}_missing"
                    yield self._found(id, Weight.MISSING, item, f"{place}.{field}", there, _EMPTY)
        if one.omission and not one.omission.holds:
            text = T("記載を省略するには、内容の把握、区域と立入り、記録か監査の体制が全て要る；省略せずに記載して",
                     "leaving out needs arrangements for all of: content, area and entry, records or audit; fill it in "
                     "in full")  # fmt: skip
            yield self._found("omission_unfounded", Weight.WRONG, "D_SUB_OMIT", f"{place}.omission", where, text)
        if one.omission and not one.parent:
            text = T("省略できるのは再委託だけ；記載して", "only a re-entrustment may be told in short; fill it in")
            yield self._found("omission_of_entrustment", Weight.WRONG, "D_SUB_OMIT", f"{place}.omission", where, text)
        if one.starts and one.ends and one.ends < one.starts:
            yield self._found("entrustment_contradicts", Weight.WRONG, period, f"{place}.ends", where, _BEFORE)
        above = self.by_id.get(one.parent)
        if above and ((one.starts and above.starts and one.starts < above.starts)
                      or (one.ends and above.ends and one.ends > above.ends)):  # fmt: skip
            text = T(f"元の委託「{above.id}」の期間の外に及ぶ；確かめて",
                     f"reaches beyond the period of {above.id!r} above it; check")
            yield self._found("entrustment_outside", Weight.CHECK, period, f"{place}.starts", where, text)

    @staticmethod
    def _in_short(one: Entrustment) -> bool:
        return bool(one.parent and one.omission and one.omission.holds)

    # -- measures and parties ----------------------------------------------------------------------------------------

    def measures(self) -> Iterator[Finding]:
        item = "D_RMM"
        for id, measure in MEASURES.items():
            if self.plan.sort.value not in measure.plans:
                continue
            answer = self.plan.measures.get(id)
            where = T(f"措置 {id}：{measure.label.ja}", f"measure {id}: {measure.label.en}")
            if answer is None or not answer.status:
                yield self._found("measure_missing", Weight.MISSING, item, f"measures[{id}]", where, _EMPTY)
            elif answer.status not in ANSWERS:
                text = T(f"{'、'.join(ANSWERS)} のいずれかを", f"expected one of {', '.join(ANSWERS)}")
                yield self._found("measure_unknown", Weight.WRONG, item, f"measures[{id}].status", where, text)
            elif answer.status in REASON_NEEDED and not answer.reason.strip():
                text = T("実施済みでないときは理由が要る；理由を", "unless implemented a reason is needed; say why")
                yield self._found("measure_reason_missing", Weight.MISSING, item, f"measures[{id}].reason", where, text)
        for id in self.plan.measures:
            if id not in MEASURES or self.plan.sort.value not in MEASURES[id].plans:
                where = T(f"措置 {id}", f"measure {id}")
                text = T("この種類の計画書の措置でない；消して", "no measure of this sort of plan; take it out")
                yield self._found("measure_foreign", Weight.WRONG, item, f"measures[{id}]", where, text)

    def party(self, key: str, roles: frozenset[PartyRole], behind: dict[str, tuple[Finding, ...]]) -> list[Finding]:
        named = self.plan.parties.get(key, Party(key))
        omitted = self._omitted(key) if roles == {PartyRole.SUB_ENTRUSTEE} else frozenset()
        asked = Asked(roles, self.filing, self.order, omitted)
        found = of_party(named, asked)
        if named.veil and named.disclosure is not None:
            behind[key] = tuple(f for f in found if f.part in named.veil)
            return veiled(named, found, asked)
        return found

    def _omitted(self, key: str) -> frozenset[str]:
        """A vendor may be told in short only if it is so in every re-entrustment that names it."""
        return omissible() if all(map(self._in_short, self.of_vendor[key])) else frozenset()


def _where(id: str) -> Text:
    return T(f"委託「{id}」", f"entrustment {id}")
