"""The official forms (様式) that the orders name, by the id they have in the facts, and the acts that fill them.

No form was seen in its layout: papers carry number and name of the form and say so. Identity cards (身分証明書) are
forms that an official carries; the act at which one is shown names it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.law import T, Text
from kaname.procedure import Entry, Standing
from kaname.regimes.infrastructure.catalogue import business, sector
from kaname.regimes.infrastructure.catalogue.forms import FORMS as CHAPTER_3
from kaname.regimes.supply.catalogue.forms import FORMS as CERTIFICATION

Choice = Callable[[Entry, Standing], bool]


@dataclass(frozen=True, slots=True)
class Official:
    """One form. `acts`: who fills it, as `regime/procedure.act`; `only`: whether it is the one for this entry, where an
    act fills one of several; `card`: carried, not filed."""

    id: str
    title: Text
    acts: tuple[str, ...]
    only: Choice | None = None
    card: bool = False

    def titled(self, order: str | None) -> Text:
        """The name under the order of the case; that of Chapter 3 numbers by ministry."""
        return CHAPTER_3[self.id].title(order) if self.id in CHAPTER_3 else self.title


# -- Chapter 2: the certification orders, the joint orders on support corporations, the two-ministry order -------------

_PLANS = {
    1: ("plan.submit", "plan.joint"), 2: ("plan.certify",), 3: ("plan.refuse",), 4: ("plan.notify_support",),
    5: ("plan_change.submit",), 6: ("plan_change.certify",), 7: ("plan_change.refuse",),
    8: ("plan_change.notify_support",), 9: ("plan_minor_change.notify",), 10: ("plan_cancellation.instruct_change",),
    11: ("plan_cancellation.cancel",), 12: ("plan_cancellation.notify_support",), 13: ("annual_report.submit",),
}  # fmt: skip
_BODIES = {
    1: ("指定の申請", "application for designation", "apply"), 3: ("業務規程の認可", "approval of the rules", "rules"),
    4: ("業務規程の変更の認可", "approval of changed rules", "rules_change"),
    5: ("事業計画等の認可", "approval of plan and budget", "plan_apply"),
    7: ("休廃止の許可", "permission to suspend or abolish", "stop"),
}  # fmt: skip
_LOANS = {
    1: ("指定の申請", "application for designation", "apply"),
    3: ("業務規程の変更の認可", "approval of changed rules", "rules_change"),
    4: ("休廃止の届出", "notice of stopping", "stop"),
}  # fmt: skip
_KANJI = "〇一二三四五六七八九十"


def _of_institution(entry: Entry, standing: Standing) -> bool:
    return entry.by == "institution"


def _of_body(entry: Entry, standing: Standing) -> bool:
    return entry.by != "institution"


def _supply() -> Iterator[Official]:
    for number, acts in _PLANS.items():
        yield Official(f"CERT-{number}", CERTIFICATION[number], tuple(f"supply/{act}" for act in acts))
    for number, (ja, en, act) in _BODIES.items():
        title = T(
            f"支援法人の共同命令様式第{_KANJI[number]}（{ja}）", f"support bodies' joint order form {number} ({en})"
        )
        yield Official(f"BODY-{number}", title, (f"supply/support_corporation.{act}",))
    for number, (ja, en, act) in _LOANS.items():
        title = T(f"金融機関の二省命令様式第{_KANJI[number]}（{ja}）", f"two-ministry order form {number} ({en})")
        yield Official(f"LOAN-{number}", title, (f"supply/two_step_loan.{act}",))
    changed = "supply/name_change_notice.notify"
    yield Official("BODY-2", T("支援法人の共同命令様式第二（名称等の変更の届出）", "support bodies' joint order form 2 "
                   "(notice of a changed name)"), (changed,), _of_body)  # fmt: skip
    yield Official("LOAN-2", T("金融機関の二省命令様式第二（名称等の変更の届出）", "two-ministry order form 2 "
                   "(notice of a changed name)"), (changed,), _of_institution)  # fmt: skip


# -- Chapter 3: numbered by the order of the case ----------------------------------------------------------------------

_FILLED = {
    "F_DESIG": ("designation.designate",), "F_NAME": ("designation.name_notice",), "F_LIFT": ("designation.lift",),
    "F_PLAN_INTRO": ("introduction_plan.file", "recommendation_order.file_changed"),
    "F_PLAN_MAINT": ("entrusted_maintenance_plan.file", "recommendation_order.file_changed"),
    "F_EMERG_INTRO": ("emergency.file",), "F_EMERG_MAINT": ("emergency.file",),
    "F_REPLY": ("recommendation_order.accept", "recommendation_order.refuse", "post_recommendation.reply",
                "post_recommendation.refuse"),
    "F_CHANGE_INTRO": ("plan_change.propose",), "F_CHANGE_MAINT": ("plan_change.propose",),
    "F_EMERG_CHANGE": ("plan_change.file_emergency",), "F_REPORT_CHANGE": ("plan_change.report",),
    "F_REPORT_COMPONENT": ("plan_change.report",), "F_INSPECT_ID": ("report_inspection.inspect",),
    "F_METI_CARD_REPORT": ("card_report.report",), "F_MIC_ITEM_RO": ("relay_report.report",),
    "F_MIC_MESSAGE": ("message_report.report",),
}  # fmt: skip


def _maintenance(entry: Entry, standing: Standing) -> bool:
    """Whether the matter is entrusted maintenance: that track has begun, and the introduction has not."""
    if entry.act == "emergency.file":
        return bool(standing.facts.get("emergency.what") == "entrustment")
    return not standing.state("introduction_plan") and bool(standing.state("entrusted_maintenance_plan"))


def _introduction(entry: Entry, standing: Standing) -> bool:
    return not _maintenance(entry, standing)


def _component(entry: Entry, standing: Standing) -> bool:
    return entry.data.get("component") is True


def _no_component(entry: Entry, standing: Standing) -> bool:
    return not _component(entry, standing)


_ONLY: Mapping[str, Choice] = {
    "F_EMERG_INTRO": _introduction, "F_EMERG_MAINT": _maintenance, "F_CHANGE_INTRO": _introduction,
    "F_CHANGE_MAINT": _maintenance, "F_REPORT_CHANGE": _no_component, "F_REPORT_COMPONENT": _component,
}  # fmt: skip


def _either(id: str) -> Choice | None:
    """The plan forms serve their own filing always, and a changed plan where that is the matter."""
    if id not in ("F_PLAN_INTRO", "F_PLAN_MAINT"):
        return _ONLY.get(id)
    fits = _introduction if id == "F_PLAN_INTRO" else _maintenance
    return lambda entry, standing: entry.act != "recommendation_order.file_changed" or fits(entry, standing)


def _infrastructure() -> Iterator[Official]:
    for id, form in CHAPTER_3.items():
        acts = tuple(f"infrastructure/{act}" for act in _FILLED[id])
        yield Official(id, form.title(None), acts, _either(id), card=id == "F_INSPECT_ID")


# -- Chapter 5: the joint order and the Cabinet Office ordinance -------------------------------------------------------

_JOINT = (
    ("保全審査に付することを求める旨の申出書", "request for security review", "first_review.request_review"),
    ("送付をしない旨の判断をした旨の通知を求める申出書", "request for a non-sending notice",
     "first_review.request_nonsend_notice"),
    ("外国出願の禁止に関する事前確認の申出書", "request for prior confirmation", "prior_confirmation.request"),
    ("発明の内容を記載した書面", "description of the invention", "prior_confirmation.request"),
    ("必要な図面", "drawings", "prior_confirmation.request"),
)  # fmt: skip
_CABINET_OFFICE = (
    ("特許出願を維持する場合の書類", "answer keeping the application", "security_review.answer_keep"),
    ("発明共有事業者の変更の承認申請書", "application for a new sharing operator", "sharing_operator_change.apply_new"),
    ("発明共有事業者の変更の届出書", "notice of a change of sharing operators",
     "sharing_operator_change.notify_change"),
    ("補償請求書", "compensation claim", "compensation.claim"),
    ("立入検査の身分証明書", "identity card for inspections", "reports_inspection.inspect"),
)  # fmt: skip


def _patents() -> Iterator[Official]:
    for n, (ja, en, act) in enumerate(_JOINT, 1):
        yield Official(f"JOINT-{n}", T(f"共同命令様式第{n}　{ja}", f"Joint Order form {n}: {en}"), (f"patents/{act}",))
    for n, (ja, en, act) in enumerate(_CABINET_OFFICE, 1):
        title = T(f"内閣府令様式第{n}　{ja}", f"CAO Ordinance form {n}: {en}")
        yield Official(f"CAO-{n}", title, (f"patents/{act}",), card=n == 5)


OFFICIAL: Mapping[str, Official] = {f.id: f for f in (*_supply(), *_infrastructure(), *_patents())}
_BY_ACT: dict[str, list[Official]] = {}
for _form in OFFICIAL.values():
    for _act in _form.acts:
        _BY_ACT.setdefault(_act, []).append(_form)


def forms_of(entry: Entry, standing: Standing) -> tuple[Text, ...]:
    """The forms that an entry fills (or that are shown at it), as named under the order of its case."""
    found = _BY_ACT.get(f"{standing.kind.id.partition('.')[0]}/{entry.act}", ())
    order = order_of(entry, standing) if found else None
    return tuple(f.titled(order) for f in found if f.only is None or f.only(entry, standing))


def order_of(entry: Entry, standing: Standing) -> str | None:
    """The ministry's order of a case of Chapter 3: that of the business that the entry, the operator's case it reads,
    or the case itself names; None: not known."""
    taken: Any = entry.data.get("context", {}).get("operator") or {}
    named = entry.data.get("business") or taken.get("business") or standing.facts.get("designation.business")
    return _order(str(named), entry.on) if named else None


def _order(business_id: str, on: date) -> str | None:
    first, _, second = business_id.partition(".")
    try:
        of = sector(first)
        return of.order(business(second, of), on)
    except LookupError:
        return None
