"""保全対象発明の開示禁止 (Art. 74), and with it the ban on working (Art. 73(1)): both bind from receipt to receipt."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.declare import (
    Act,
    Ban,
    Consequence,
    Procedure,
    act_day,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    receipt,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents.designation import end_notified
from kaname.regimes.patents.roles import BOUND, PM
from kaname.regimes.patents.words import finding, flag
from kaname.regimes.patents.working_permit import REASONS, REASONS_GIVEN, working

# -- what is asked ---------------------------------------------------------------------------------------------------

JUSTIFIED = flag("justified_reason", T("正当な理由がある", "there is a justified reason"), art("74(1)"))
FAULT, APPLICANT_AT_FAULT = finding("applicant_at_fault",
    T("出願人の開示、又は管理不十分による他人の開示",
        "disclosed by the applicant, or by another through poor management"),
    T("出願人の責めが認められない", "no fault of the applicant is found"), art("74(2)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("正当な理由があること", "there is a justified reason"),
    T("正当な理由がない", "there is no justified reason"), art("74(1)"))
def justified(v: View) -> bool | None:
    reason: bool | None = v.given("justified_reason")
    return bool(reason)

# -- the procedure ---------------------------------------------------------------------------------------------------

disclosure_ban_designated = Procedure(
    "disclosure_ban_designated", T("保全対象発明の開示禁止", "disclosure ban"), art("74"),
    states=dict(
        in_force=T("禁止中", "in force"), breach_noted=T("違反の認知", "breach noted"),
        dismissal_pending=T("却下相当の通知後", "dismissal pending"),
        dismissed=end(T("却下", "dismissed")), ended=T("終了", "ended")),
    bans=(
        Ban("disclosure", T("保全対象発明の開示", "disclosing the designated invention"), art("74(1)"), BOUND,
            covers=("disclose", "disclosure_ban_review.publish"), penalty="PEN-92-1-8",
            states=("in_force", "breach_noted", "dismissal_pending"), unless=(justified, end_notified)),
        working),
    acts=(
        Act("disclose", T("発明の内容を開示する", "disclose the invention"), BOUND, art("74(1)"),
            stay("in_force", "breach_noted", "dismissal_pending", "ended"), fields=(JUSTIFIED,), deed=True),
        Act("notify_dismissal_fit", T("却下が相当と通知する", "notify that dismissal is fit"), PM,
            art("74(2)-(3)", "73(7)"), go("dismissal_pending", "breach_noted"), fields=(FAULT, REASONS),
            conditions=(APPLICANT_AT_FAULT, REASONS_GIVEN), received=True)),
    consequences=(
        Consequence("begin", T("開示禁止の開始", "the ban begins"), art("74(1)"),
            upon=(receipt("designation.designate"),), moves=opens("in_force"), only_if=~end_notified),
        Consequence("note_breach", T("違反の認知", "the breach is noted"), art("74(1)-(2)"),
            upon=(done("disclose"), done("disclosure_ban_review.publish")), moves=go("breach_noted", "in_force"),
            only_if=~justified, keeps=(keep("breached_on", act_day),)),
        Consequence("dismissed", T("却下", "dismissed"), art("74(3)", "73(8)"),
            upon=(done("dismissal_service.dismiss"),), moves=go("dismissed", "dismissal_pending")),
        Consequence("end", T("禁止の終了", "the ban ends"), art("77(2)"), upon=(receipt("designation.notify_end"),),
            moves=go("ended", "in_force", "breach_noted"))))
