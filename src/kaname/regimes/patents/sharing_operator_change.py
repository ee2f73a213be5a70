"""発明共有事業者の変更 (Art. 76; CAO Ordinance 11): one run per operator, named by the short id in the answer."""

from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Duty,
    Force,
    Kind,
    NoPenalty,
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
from kaname.regimes.patents.parties import operators
from kaname.regimes.patents.roles import DESIGNATED, PM, SHARER
from kaname.regimes.patents.words import finding, form, text

# -- what is asked ---------------------------------------------------------------------------------------------------

FORM_2 = tuple(text(*f, art("76(1)") + CAO_ORDINANCE("11(1)"), sealed=True, form=form("2", "cao")) for f in (
    ("operator", T("新たに開示を受ける事業者", "operator")), ("why_needed", T("必要な理由", "why it is needed")),
    ("information_control", T("予定する情報管理", "planned information control"))))
FORM_3 = tuple(text(*f, art("76(2)") + CAO_ORDINANCE("11(2)"), form=form("3", "cao")) for f in (
    ("change", T("変更の内容", "the change")), ("changed_on", T("変更の日", "day of the change"))))
NOT_YET, BEFORE_ACCESS = finding("before_access", T("開示する前の申請", "applied for before access is given"),
    T("既に開示されている", "access was already given"), art("76(1)"))
SAFE, CONTROL_SUITABLE = finding("control_suitable", T("情報管理が適当", "information control is suitable"),
    T("情報管理が適当と認められない", "information control is not found suitable"), art("76(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("承認の申請があること", "approval was applied for"), T("承認の申請がない", "no approval was applied for"),
    art("76(1)"))
def was_applied_for(v: View) -> bool | None:
    return v.state() == "approval_applied"

@condition(T("発明共有事業者であること", "a sharing operator"),
    T("発明共有事業者として記録されていない", "not on record as a sharing operator"), art("76(2)"))
def is_sharer(v: View) -> bool | None:
    return v.state() in ("registered_set", "approved")

@condition(T("まだ発明共有事業者でないこと", "not yet a sharing operator"),
    T("既に発明共有事業者であり、承認は要らない", "already a sharing operator: no approval is needed"), art("76(1)"))
def not_yet_sharer(v: View) -> bool | None:
    return v.state() not in ("registered_set", "approved")

# -- the procedure ---------------------------------------------------------------------------------------------------

OPEN = ("registered_set", "approval_applied", "approved", "refused", "change_notified")

sharing_operator_change = Procedure(
    "sharing_operator_change", T("発明共有事業者の変更", "change of sharing operators"),
    art("76") + CAO_ORDINANCE("11"), per=("operator",),
    after=("designation",), states=dict(
        registered_set=T("指定時の共有事業者", "named in the designation"),
        approval_applied=waits(T("承認申請中", "approval applied for"), PM), approved=T("承認", "approved"),
        refused=T("不承認", "refused"), change_notified=T("変更届出済", "change notified"),
        ended=end(T("指定の終了", "designation over"))),
    clocks=(
        Clock("notify_due", T("変更の届出（遅滞なく）", "notification of the change (without delay)"), Kind.FILING,
            art("76(2)"), force=Force.WITHOUT_DELAY),),
    acts=(
        Act("apply_new", T("承認を申請する", "apply for approval"), DESIGNATED, art("76(1)") + CAO_ORDINANCE("11(1)"),
            opens("approval_applied") + go("approval_applied", "registered_set", "approved", "refused",
                "change_notified"), fields=(*FORM_2, NOT_YET),
            conditions=(is_designated, not_yet_sharer, BEFORE_ACCESS)),
        Act("approve", T("承認する", "approve"), PM, art("76(1)"),
            opens("approved") + go("approved", "approval_applied"), fields=(SAFE,),
            conditions=(was_applied_for, CONTROL_SUITABLE), received=True),
        Act("refuse", T("承認しない", "refuse"), PM, art("76(1)"),
            opens("refused") + go("refused", "approval_applied"), conditions=(was_applied_for,), received=True),
        Act("change", T("開示をやめる等の変更をする", "end access or change otherwise"), (DESIGNATED, SHARER),
            art("76(2)"), stay("registered_set", "approved"), starts=("notify_due",)),
        Act("notify_change", T("変更を届け出る", "notify the change"), DESIGNATED,
            art("76(2)") + CAO_ORDINANCE("11(2)"),
            opens("change_notified") + go("change_notified", "registered_set", "approved"), fields=FORM_3,
            conditions=(is_sharer,), meets=("notify_due",)),
        Act("deceit", T("偽りその他不正の手段で承認を受ける", "get the approval by deceit"), DESIGNATED,
            art("92(1)(vii)"), deed=True, penalty="PEN-92-1-7",
            moves=go("approved", "approval_applied") + stay("approved"))),
    duties=(
        Duty("notify_change", T("変更を届け出る", "notify the change"), art("76(2)"), DESIGNATED,
            NoPenalty(T("罰則の定めなし", "none is laid down")), to=PM, clock="notify_due",
            done=(done("notify_change"),)),),
    consequences=(
        Consequence("named", T("指定時の共有事業者", "named in the designation"), art("70(1)", "76(1)"),
            upon=(receipt("designation.designate"),), moves=opens("registered_set"), into=operators,
            only_if=~end_notified, question=11),
        Consequence("ended", T("指定の終了", "the designation is over"), art("77(2)"),
            upon=(receipt("designation.notify_end"),), every_run=True, moves=go("ended", *OPEN))),
    note=T("承認なく開示しても76条自体に罰則はない。特許事務所が共有事業者に当たるかは論点11",
           "Art. 76 has no penalty of its own (Arts. 74, 75 may). Whether patent attorney firms count: question 11"))
