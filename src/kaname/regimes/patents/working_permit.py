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
    done,
    end,
    go,
    opens,
    receipt,
    stay,
)
from kaname.regimes.patents.designation import end_notified, is_designated
from kaname.regimes.patents.roles import BOUND, DESIGNATED, PM
from kaname.regimes.patents.words import finding, text

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

# -- the procedure ---------------------------------------------------------------------------------------------------

working_permit = Procedure(
    "working_permit", T("保全対象発明の実施の許可", "working permit"), art("73") + CAO_ORDINANCE("9"), per=("permit",),
    states=dict(
        applied=T("申請中", "applied"), permitted=T("許可", "permitted"),
        permitted_with_conditions=T("条件付許可", "permitted with conditions"),
        refused=T("不許可", "refused"), breach_noted=T("違反の認知", "breach noted"),
        dismissal_pending=T("却下相当の通知後", "dismissal pending"),
        dismissed=end(T("却下", "dismissed")), ended=end(T("指定の終了", "designation over"))),
    acts=(
        Act("apply", T("実施の許可を申請する", "apply for a permit"), DESIGNATED, art("73(2)") + CAO_ORDINANCE("9"),
            opens("applied"), fields=CONTENT, conditions=(is_designated,)),
        Act("permit", T("許可する", "permit"), PM, art("73(3)"), go("permitted", "applied"), fields=(SAFE,),
            conditions=(LEAK_UNLIKELY,), received=True),
        Act("permit_conditions", T("条件を付して許可する", "permit with conditions"), PM, art("73(4)"),
            go("permitted_with_conditions", "applied"), fields=(SAFE, PERMIT_CONDITIONS), conditions=(LEAK_UNLIKELY,),
            received=True),
        Act("refuse", T("許可しない", "refuse"), PM, art("73(3)"), go("refused", "applied"), received=True),
        Act("deceit", T("偽りその他不正の手段で許可を受ける", "get the permit by deceit"), DESIGNATED,
            art("92(1)(vii)"), deed=True, penalty="PEN-92-1-7",
            moves=go("permitted", "applied") + stay("permitted", "permitted_with_conditions")),
        Act("work_without", T("許可なく又は条件に反して実施する", "work without a permit or against its conditions"),
            BOUND, art("73(1)", "73(4)"), deed=True,
            moves=opens("breach_noted") + go("breach_noted", "applied", "refused", "permitted_with_conditions"),
            conditions=(is_designated,)),
        Act("notify_dismissal_fit", T("却下が相当と通知する", "notify that dismissal is fit"), PM, art("73(6)-(7)"),
            go("dismissal_pending", "breach_noted"), fields=(FAULT, REASONS),
            conditions=(APPLICANT_AT_FAULT, REASONS_GIVEN), received=True)),
    consequences=(
        Consequence("dismissed", T("却下", "dismissed"), art("73(8)"), upon=(done("dismissal_service.dismiss"),),
            moves=go("dismissed", "dismissal_pending"), every_run=True),
        Consequence("ended", T("指定の終了", "the designation is over"), art("77(2)"),
            upon=(receipt("designation.notify_end"),), every_run=True,
            moves=go("ended", "applied", "permitted", "permitted_with_conditions", "refused"))))

working = Ban("working", T("許可のない実施の禁止", "no working without a permit"), art("73(1)"), BOUND,
    states=("in_force", "breach_noted", "dismissal_pending"), covers=("working_permit.work_without",),
    penalty="PEN-92-1-6", unless=(end_notified,))
