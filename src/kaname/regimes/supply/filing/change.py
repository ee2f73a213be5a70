"""What a change of a certified plan asks for, with every reason at once: the rule of `minor_change` and what it leaves
open.
"""

from dataclasses import dataclass
from typing import Any

from kaname.law import Bases, Lang, T, Text, cited
from kaname.law.laws import art
from kaname.regimes.supply.catalogue import form
from kaname.regimes.supply.catalogue.orders import ORDERS, RULES, CertificationOrder
from kaname.regimes.supply.minor_change import Change, Finding, Plan, Result, adds_up, classify, merged, result

_SHORTER = T("実施期間が短くなる。取組方針の期間（9条4項2号）を満たすか確認を要する",
    "the period becomes shorter: check that the policy's period (Art. 9(4)(ii)) is still met")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """`result` None: nothing is told that changes. `warnings`: what the rule leaves open, each with its question."""

    order: CertificationOrder
    result: Result | None
    findings: tuple[Finding, ...]
    warnings: tuple[tuple[Text, int], ...]

    @property
    def act(self) -> str:
        """The act that follows."""
        return "plan_minor_change.classify" if self.result is Result.MINOR else "plan_change.submit"

    @property
    def form(self) -> Text:
        return form(9 if self.result is Result.MINOR else 5)

    @property
    def basis(self) -> Bases:
        """Art. 10 and the item of this ministry's order."""
        return (*art("10(1)"), *RULES["minor"].under(self.order.id))


def judge(order: CertificationOrder, plan: Plan, change: Change, certified: Plan | None = None) -> Judged:
    """`certified`: the plan as last certified, where minor changes were notified since."""
    findings = classify(order, plan, change)
    after = merged(plan, change.to)
    warnings = []
    if added := adds_up(certified or plan, after):
        warnings.append((added, 207))
    if result(findings) is Result.MINOR and _is_shorter(plan, after):
        warnings.append((_SHORTER, 203))
    return Judged(order, result(findings), findings, tuple(warnings if result(findings) is Result.MINOR else ()))


def _is_shorter(plan: Plan, after: Plan) -> bool:
    later = plan.period_start and after.period_start and after.period_start > plan.period_start
    earlier = plan.period_end and after.period_end and after.period_end < plan.period_end
    return bool(later or earlier)


def as_data(judged: Judged, lang: Lang) -> dict[str, Any]:
    """For JSON: `class` is minor_notice, prior_certification or null where nothing changes."""
    return {
        "class": judged.result.value if judged.result else None,
        "order": judged.order.id,
        "why": [{"text": f.why[lang], "class": f.result.value, "firm": f.firm} for f in judged.findings],
        "warnings": [{"text": text[lang], "question": question} for text, question in judged.warnings],
        "form": judged.form[lang] if judged.result else None,
        "act": judged.act if judged.result else None,
        "basis": [cited((b,), lang) for b in judged.basis],
    }


__all__ = ["ORDERS", "Change", "Judged", "Plan", "Result", "as_data", "judge"]
