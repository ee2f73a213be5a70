"""保全対象発明の実施の許可 (Art. 73; CAO Ordinance 9): one run per permit, asked for by the designated applicant only.

The ban itself does not wait for a run: it stands with the designation from receipt of its notice (see `working`).
"""

from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import (
    Act,
    Ban,
    Consequence,
    Procedure,
    condition,
    done,
    end,
    go,
    opens,
    receipt,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.patents.designation import end_notified, is_designated
from kaname.regimes.patents.roles import BOUND, DESIGNATED, PM
from kaname.regimes.patents.words import finding, text

BINDING = ("in_force", "breach_noted", "dismissal_pending")  # from receipt to receipt, as the ban on disclosure

# -- what is asked ---------------------------------------------------------------------------------------------------

CONTENT = tuple(text(*f, art("73(2)") + CAO_ORDINANCE("9"), sealed=True) for f in (
    ("working", T("実施の内容", "content of the working")), ("worker", T("実施する者", "who will work it")),
    ("why_needed", T("実施が必要な理由", "why it is needed")), ("leak_prevention",
        T("漏えい防止の措置", "leak prevention"))))
PERMIT_CONDITIONS = text("conditions", T("許可の条件", "conditions of the permit"), art("73(4)"), sealed=True)
SAFE, LEAK_UNLIKELY = finding("leak_unlikely",
    T("外部の者が知るおそれがないか、漏えい防止上適当", "outsiders are unlikely to learn it, or otherwise suitable"),
    T("漏えい防止上適当と認められない", "not found suitable for leak prevention"), art("73(3)"))
FAULT, APPLICANT_AT_FAULT = finding("applicant_at_fault",
    T("出願人の違反、又は管理不十分による他人の違反", "breach by the applicant, or by another through poor management"),
    T("出願人の責めが認められない", "no fault of the applicant is found"), art("73(6)"))
REASONS, REASONS_GIVEN = finding("explanation_allowed",
    T("理由を通知し弁明の機会を与えた", "reasons notified, written explanation allowed"),
    T("弁明の機会が与えられていない", "no chance to explain was given"), art("73(7)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("許可の申請があること", "a permit was applied for"),
    T("許可の申請がない", "no permit was applied for"), art("73(2)"))
def was_applied_for(v: View) -> bool | None:
    return v.state() == "applied"

@condition(T("実施の制限がされていること", "working is restricted"),
    T("実施は制限されていない", "working is not restricted"), art("73(1)"))
def working_banned(v: View) -> bool | None:
    return v.state("disclosure_ban_designated") in BINDING

# -- the procedure ---------------------------------------------------------------------------------------------------

working_permit = Procedure(
    "working_permit", T("保全対象発明の実施の許可", "working permit"), art("73") + CAO_ORDINANCE("9"), per=("permit",),
    after=("designation",), states=dict(
        none=T("申請なし", "not applied for"), applied=waits(T("申請中", "applied"), PM),
        permitted=T("許可", "permitted"),
        permitted_with_conditions=T("条件付許可", "permitted with conditions"),
        refused=T("不許可", "refused"), breach_noted=T("違反の認知", "breach noted"),
        dismissal_pending=T("却下相当の通知後", "dismissal pending"),
        dismissed=end(T("却下", "dismissed")), ended=T("指定の終了", "designation over")),
    acts=(
        Act("apply", T("実施の許可を申請する", "apply for a permit"), DESIGNATED, art("73(2)") + CAO_ORDINANCE("9"),
            opens("applied") + go("applied", "none"), fields=CONTENT, conditions=(is_designated,)),
        Act("permit", T("許可する", "permit"), PM, art("73(3)"),
            opens("permitted") + go("permitted", "applied"), fields=(SAFE,),
            conditions=(was_applied_for, LEAK_UNLIKELY), received=True),
        Act("permit_conditions", T("条件を付して許可する", "permit with conditions"), PM, art("73(4)"),
            opens("permitted_with_conditions") + go("permitted_with_conditions", "applied"),
            fields=(SAFE, PERMIT_CONDITIONS), conditions=(was_applied_for, LEAK_UNLIKELY), received=True),
        Act("refuse", T("許可しない", "refuse"), PM, art("73(3)"), opens("refused") + go("refused", "applied"),
            conditions=(was_applied_for,), received=True),
        Act("deceit", T("偽りその他不正の手段で許可を受ける", "get the permit by deceit"), DESIGNATED,
            art("92(1)(vii)"), deed=True, penalty="PEN-92-1-7",
            moves=go("permitted", "applied") + stay("permitted", "permitted_with_conditions")),
        Act("work_without", T("許可なく又は条件に反して実施する", "work without a permit or against its conditions"),
            BOUND, art("73(1)", "73(4)"), deed=True,
            moves=opens("none") + stay("none", "applied", "refused", "permitted_with_conditions", "breach_noted",
                "ended")),
        Act("notify_dismissal_fit", T("却下が相当と通知する", "notify that dismissal is fit"), PM, art("73(6)-(7)"),
            go("dismissal_pending", "breach_noted"), fields=(FAULT, REASONS),
            conditions=(APPLICANT_AT_FAULT, REASONS_GIVEN), received=True)),
    consequences=(
        Consequence("note_breach", T("違反の認知", "the breach is noted"), art("73(1)", "73(4)"),
            upon=(done("work_without"),), only_if=working_banned,
            moves=go("breach_noted", "none", "applied", "refused", "permitted_with_conditions")),
        Consequence("dismissed", T("却下", "dismissed"), art("73(8)"), upon=(done("dismissal_service.dismiss"),),
            moves=go("dismissed", "dismissal_pending"), every_run=True),
        Consequence("ended", T("指定の終了", "the designation is over"), art("77(2)"),
            upon=(receipt("designation.notify_end"),), every_run=True,
            moves=go("ended", "none", "applied", "permitted", "permitted_with_conditions", "refused"))))

working = Ban("working", T("許可のない実施", "working without a permit"), art("73(1)"), BOUND,
    states=BINDING, covers=("working_permit.work_without",),
    penalty="PEN-92-1-6", unless=(end_notified,))
