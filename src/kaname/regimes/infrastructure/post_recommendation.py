"""導入後等の勧告・命令 (Arts. 55, 56(1)): once the operator may proceed or has. No time limit for the order."""

from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Ban,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    condition,
    done,
    end_of,
    go,
    keep,
    opens,
    receipt,
    received,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.consultation_with_pm import BEFORE_ORDER, BEFORE_RECOMMENDATION
from kaname.regimes.infrastructure.recommendation_order import (
    CAUSE,
    JUST_CAUSE,
    NO_CAUSE,
    REASONS,
    REPLY,
    WITHOUT_CAUSE,
)
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.standstill import TEN_DAYS
from kaname.regimes.infrastructure.subjects import may_proceed

# -- what is asked ---------------------------------------------------------------------------------------------------

CHANGED, HAS_CHANGED = finding("changed_circumstances", T("国際情勢の変化その他の事情の変更",
    "changed circumstances, such as the international situation"),
    T("事情の変更が認められない", "no change of circumstances is found"), art("55(1)"))
RISK, USED_OR_LIKELY = finding("great_risk", T("特定妨害行為に使用され、又はそのおそれが大きいこと",
    "used for interference, or likely to be"),
    T("使用もそのおそれも認められない", "neither use nor a great risk is found"), art("55(1)", "55(2)"))
ASKS = Field("asks", T("勧告の内容", "what is recommended"), FieldType.CHOICE, art("55(1)"), several=True, options=(
    Option("inspection", T("検査", "inspection")), Option("check", T("点検", "check")),
    Option("entrustee", T("委託の相手方の変更", "another entrustee")),
        Option("other", T("その他の措置", "other measures"))))
MEASURES = text("measures", T("講ずべき措置", "what is to be done"), art("55(1)", "55(3)"), sealed=True)
DONE_RECORD = paper("record", T("実施した措置の記録", "record of what was done"), art("55(3)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("導入等ができ、又は導入等をした後であること", "the operator may proceed or has proceeded"),
    T("まだ導入等ができない。52条6項による", "the operator may not proceed yet: Art. 52(6) is the way"), art("55(1)"))
def may_proceed_or_has(v: View) -> bool | None:
    return may_proceed(v)

@condition(T("緊急導入等届出書が届け出られていること", "an emergency notice was filed"),
    T("緊急導入等届出書がない", "there is no emergency notice"), art("55(2)"))
def emergency_filed(v: View) -> bool | None:
    return v.state("emergency") == "notice_filed"

@condition(T("期限内の通知", "answered in time"), T("期限を過ぎた通知。命令ができることに変わりはない",
    "late: an order stays possible"),
    art("52(7)", "55(3)"), question=307)
def answered_in_time(v: View) -> bool | None:
    return not v.over("reply_due")

@condition(T("勧告・命令に従った導入等であること", "done in keeping with the recommendation or order"),
    T("勧告・命令に従ったものでない", "not in keeping with the recommendation or order"), art("52(8)", "55(3)"))
def as_recommended(v: View) -> bool | None:
    return bool(v.given("as_recommended"))

# -- the procedure ---------------------------------------------------------------------------------------------------

LEADS_TO_ORDER = NoPenalty(T("罰則はなく、命令ができることになる", "none: it opens the way to an order"))
DEEDS = ("introduction_plan.introduce", "entrusted_maintenance_plan.start")

post_recommendation = Procedure(
    "post_recommendation", T("導入後等の勧告・命令", "recommendation and order after clearance"), art("55", "56(1)"),
    per=("subject",),
    states=dict(
        recommended=T("勧告", "recommended"), accepted=T("応諾", "accepted"),
        refused_with_reasons=waits(T("応諾しない旨の通知", "not accepted, with reasons"), MINISTER),
            no_reply=waits(T("通知なし", "no reply"), MINISTER),
        measures_done=T("措置済", "measures done"), ordered=T("命令", "ordered"),
        closed_without_order=T("命令なく終了", "closed without an order")),
    clocks=(
        Clock("reply_due", T("勧告への応答（十日）", "answer to the recommendation (ten days)"), Kind.FILING,
            art("52(7)", "55(3)"), (Count(TEN_DAYS, received, COUNTED),), question=307),),
    acts=(
        Act("recommend", T("勧告する", "recommend"), MINISTER, art("55(1)", "55(2)", "56(1)"),
            opens("recommended") + go("recommended", "closed_without_order", "measures_done"),
            fields=(CHANGED, RISK, ASKS, MEASURES),
            conditions=(may_proceed_or_has | emergency_filed, HAS_CHANGED | emergency_filed, USED_OR_LIKELY,
                BEFORE_RECOMMENDATION), keeps=(keep("asks"),), received=True),
        Act("reply", T("応諾する旨を通知する", "accept the recommendation"), OPERATOR,
            art("52(7)", "55(3)") + ORDER("11"),
            go("accepted", "recommended") + stay("no_reply"), fields=(REPLY,), advice=(answered_in_time,),
            meets=("reply_due",), aliases=("accept",)),
        Act("refuse", T("応諾しない旨を通知する", "refuse the recommendation"), OPERATOR,
            art("52(7)", "55(3)") + ORDER("11"),
            go("refused_with_reasons", "recommended") + stay("no_reply"), fields=(REASONS, REPLY),
            advice=(answered_in_time,), meets=("reply_due",)),
        Act("comply", T("措置を講じる", "carry out the measures"), OPERATOR, art("52(8)", "52(10)", "55(3)"),
            go("measures_done", "accepted", "ordered"), fields=(DONE_RECORD,)),
        Act("order", T("命令する", "order"), MINISTER, art("52(10)", "55(3)", "56(1)"),
            go("ordered", "refused_with_reasons", "no_reply"), fields=(NO_CAUSE, MEASURES),
            conditions=(WITHOUT_CAUSE, BEFORE_ORDER), received=True,
            note=T("52条10項ただし書の期間の制限はない", "without the time limit of the proviso of Art. 52(10)")),
        Act("just_cause", T("正当な理由を認め、又は命令しない", "find just cause, or leave it"), MINISTER,
            art("52(10)", "55(3)"),
            go("closed_without_order", "refused_with_reasons", "no_reply"), fields=(CAUSE,), conditions=(JUST_CAUSE,),
            note=T("改めて勧告することはできる", "a new recommendation stays possible"))),
    duties=(
        Duty("reply", T("応諾するかしないかを通知する", "tell whether the recommendation is accepted"),
            art("52(7)", "55(3)"),
            OPERATOR, LEADS_TO_ORDER, to=MINISTER, clock="reply_due", done=(done("reply"), done("refuse")),
                question=307),
        Duty("follow", T("応諾した措置を講じる", "carry out the accepted measures"), art("52(8)", "55(3)"), OPERATOR,
            "PEN-92-1-3", to=MINISTER, states=("accepted",)),
        Duty("obey", T("命令に従う", "obey the order"), art("52(10)", "55(3)"), OPERATOR, "PEN-92-1-4a", to=MINISTER,
            states=("ordered",))),
    bans=(
        Ban("accepted",
            T("応諾した勧告に反する導入・委託", "introducing or entrusting against the accepted recommendation"),
            art("52(8)", "55(3)"), OPERATOR, states=("accepted",), covers=DEEDS, penalty="PEN-92-1-3",
            unless=(as_recommended,)),
        Ban("ordered", T("命令に反する導入・委託", "introducing or entrusting against the order"),
            art("52(10)", "55(3)"),
            OPERATOR, states=("ordered",), covers=DEEDS, penalty="PEN-92-1-4a", unless=(as_recommended,))),
    consequences=(
        Consequence("reply_runs", T("応答期間の開始", "the ten days run"), art("52(7)", "55(3)"),
            upon=(receipt("recommend"),),
            moves=stay("recommended"), starts=("reply_due",)),
        Consequence("silent", T("十日以内に通知なし", "no reply within ten days"), art("52(10)", "55(3)"),
            upon=(end_of("reply_due"),), moves=go("no_reply", "recommended"))))
