"""供給確保促進円滑化業務等の基本指針と公庫の実施方針 (Arts. 13 to 15): the ministers', then the JFC's own.

The JFC sets and changes its policy with approval only: without one its directors pay (Art. 98(i)).
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    done,
    go,
    opens,
    stay,
    waits,
)
from kaname.regimes.supply.laws import LOANS
from kaname.regimes.supply.roles import FINANCE_MINISTERS, JFC

# -- what is asked ---------------------------------------------------------------------------------------------------

CONTENT = text("content", T("基本指針の内容（13条２項の五つの事項）", "content, the five items of Art. 13(2)"),
    art("13(2)"))
CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("13(3)"), required=True,
    several=True, help=T("関係行政機関の長", "the heads of the offices concerned"))
POLICY = (
    text("structure", T("実施体制", "structure"), LOANS("2"), required=True),
    text("loans", T("貸付けの対象・方法・利率・期間・据置・償還",
        "loans: object, method, rate, term, grace, repayment"),
        LOANS("2"), required=True),
    text("conditions", T("その他の条件", "conditions"), LOANS("2")), text("other", T("その他", "other"), LOANS("2")))

# -- the procedure ---------------------------------------------------------------------------------------------------

two_step_guideline = Procedure(
    "two_step_guideline", T("ツーステップローンの基本指針・実施方針", "two-step loan guideline and JFC policy"),
    (*art("13", "14", "15"), *LOANS("2")), excludes=("guideline", "policy"),
    states=dict(
        guideline_drafted=waits(T("基本指針案", "guideline drafted"), FINANCE_MINISTERS),
        guideline_consulted=waits(T("協議済", "consulted"), FINANCE_MINISTERS),
        guideline_published=waits(T("基本指針の公表", "guideline published"), JFC),
        policy_drafted=waits(T("実施方針案", "policy drafted"), FINANCE_MINISTERS),
        policy_approved=waits(T("実施方針の認可", "policy approved"), JFC),
        policy_published=T("実施方針の公表", "policy published")),
    clocks=(
        Clock("publication", T("実施方針の公表（遅滞なく）", "publication of the policy (without delay)"), Kind.DATE,
            art("15(3)"), force=Force.WITHOUT_DELAY),
        Clock("guideline_publication", T("基本指針の公表（遅滞なく）", "publication of the guideline (without delay)"),
            Kind.AGENCY_DUTY, art("13(4)"), force=Force.WITHOUT_DELAY)),
    acts=(
        Act("draft", T("基本指針の案を作成する", "draft the guideline"), FINANCE_MINISTERS,
            art("13(1)", "13(2)", "13(5)"),
            opens("guideline_drafted") + go("guideline_drafted", "guideline_published", "policy_published"),
            fields=(CONTENT,)),
        Act("consult", T("協議する", "consult the other heads"), FINANCE_MINISTERS, art("13(3)", "13(5)"),
            go("guideline_consulted", "guideline_drafted"), fields=(CONSULTED,)),
        Act("publish", T("基本指針を定め、公表する", "make and publish the guideline"), FINANCE_MINISTERS,
            art("13(4)", "13(5)"), go("guideline_published", "guideline_consulted"), starts=("guideline_publication",),
            meets=("guideline_publication",)),
        Act("policy_draft", T("実施方針の案を作成する", "draft the policy"), JFC, (*art("15(1)"), *LOANS("2")),
            go("policy_drafted", "guideline_published", "policy_published"), fields=POLICY),
        Act("policy_approve", T("実施方針を認可する", "approve the policy"), FINANCE_MINISTERS, art("15(2)"),
            go("policy_approved", "policy_drafted"), starts=("publication",)),
        Act("policy_publish", T("実施方針を公表する", "publish the policy"), JFC, art("15(3)", "15(4)"),
            go("policy_published", "policy_approved"), meets=("publication",),
            note=T("公庫は実施方針に即して貸し付ける", "the JFC lends in line with it")),
        Act("policy_set", T("認可を受けずに実施方針を定め、又は変更する", "set or change the policy without approval"),
            JFC,
            art("15(2)"), stay("guideline_published", "policy_drafted", "policy_published"), deed=True)),
    duties=(
        Duty("policy_publish", T("遅滞なく実施方針を公表する", "publish the policy without delay"), art("15(3)"), JFC,
            NoPenalty(T("15条3項に罰則はない", "Art. 15(3) carries no penalty")), clock="publication",
            done=(done("policy_publish"),)),),
    bans=(
        Ban("no_policy_without_approval", T("認可のない実施方針", "a policy without approval"), art("15(2)"), JFC,
            states=("guideline_published", "policy_drafted", "policy_published"), covers=("policy_set",),
            penalty="PEN-98-1"),))
