"""勧告・応諾通知・命令 (Arts. 52(6)-(10), 56(1); Order 11), again for a change (54(2)): only within the standstill.

The answer is due within ten days counted from the receipt, that day included, and moves over closed days; the
standstill does not. So a recommendation can come too late for an order after silence: extend first.
"""

from kaname.days import DayError
from kaname.law import T, Text
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
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
    act_day,
    condition,
    done,
    end,
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
from kaname.regimes.infrastructure.orders import form, orders
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.standstill import TEN_DAYS, reply_due
from kaname.regimes.infrastructure.subjects import SUBJECTS

REPLY_FORM = form("六", mic="八")

# -- what is asked ---------------------------------------------------------------------------------------------------

RISK, GREAT_RISK = finding("great_risk", T("特定妨害行為の手段として使用されるおそれが大きいこと",
    "a great risk of use for interference"), T("おそれが大きいと認められない", "no great risk is found"),
        art("52(6)"))
ASKS = Field("asks", T("勧告の内容", "what is recommended"), FieldType.CHOICE, art("52(6)"), several=True, options=(
    Option("change", T("計画の内容の変更", "to change the plan")),
    Option("measures", T("必要な措置", "to take measures")),
    Option("stop", T("中止", "to stop"))))
MEASURES = text("measures", T("講ずべき措置", "what is to be done"), art("52(6)", "52(10)"), sealed=True)
REPLY = paper("reply", T("勧告に対する通知", "the notice of reply"), art("52(7)") + ORDER("11"), form=REPLY_FORM)
REASONS = text("reasons", T("応諾しない理由", "reasons for not accepting"), art("52(7)"), required=True,
    form=REPLY_FORM)
NO_CAUSE, WITHOUT_CAUSE = finding("no_just_cause", T("正当な理由がないこと", "there is no just cause"),
    T("正当な理由がないと認められない", "a lack of just cause is not found"), art("52(10)"))
CAUSE, JUST_CAUSE = finding("just_cause", T("応諾しない正当な理由", "just cause for not accepting"),
    T("正当な理由が認められない", "just cause is not found"), art("52(10)"))
CHANGED = paper("plan", T("変更を加えた導入等計画書（添付書類とも）", "the changed plan with its attachments"),
    art("52(8)") + orders("change_attachments"), required=True,
    help=T("変更の案に係る勧告のときは変更の案の様式による", "on the form of a change where a change was the matter"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("禁止期間の内であること", "within the standstill"),
    T("禁止期間が進行していない。勧告も命令もこの期間に限る",
        "the standstill is not running: outside it there is neither recommendation nor order"),
    art("52(6)", "52(10) proviso"))
def in_standstill(v: View) -> bool | None:
    clock = v.clock("extension_shortening.standstill")
    return clock is not None and clock.status == "running"

def too_late_for_silence(v: View) -> Text:
    clock, day = v.clock("extension_shortening.standstill"), v.received_on or v.on
    if clock is None or clock.last_day is None:
        return T("禁止期間が始まっていない", "the standstill has not begun")
    try:
        due = reply_due(day)
    except DayError as error:
        return T(str(error), str(error))
    told = T(f"{day} に届く勧告への応答の期限は {due} で、禁止期間の末日 {clock.last_day} より前でない。"
             "応答がないときに命令できない",
        f"received on {day}, the answer is due on {due}, not before the standstill's last day {clock.last_day}: "
        "silence could no longer be followed by an order")
    if v.state("extension_shortening") == "standard_30":
        return T(f"{told.ja}ので、先に延長すること", f"{told.en}, so extend first")
    return T(f"{told.ja}。延長はもうできない", f"{told.en}; it can no longer be extended")

@condition(T("応答の期限が禁止期間の末日より前に来ること", "the answer is due before the standstill's last day"),
    T("応答の期限が禁止期間の末日より前に来ない。先に延長すること",
        "the answer is not due before the standstill's last day: "
        "extend first"), art("52(4)", "52(7)", "52(10)"), tells=too_late_for_silence)
def leaves_room_for_order(v: View) -> bool | None:
    clock = v.clock("extension_shortening.standstill")
    if clock is None or clock.last_day is None:
        return None
    try:
        return reply_due(v.received_on or v.on) < clock.last_day
    except DayError:
        return None

@condition(T("命令が禁止期間の終わりまでに届くこと", "the order arrives before the standstill is over"),
    T("命令が禁止期間の終わった後に届く。効力が争われうる",
        "the order arrives after the standstill is over: its effect may be contested"),
    art("52(10) proviso"), question=322)
def order_arrives_in_time(v: View) -> bool | None:
    clock = v.clock("extension_shortening.standstill")
    return not (clock and clock.last_day and v.received_on and v.received_on > clock.last_day)

@condition(T("期限内の通知", "answered in time"),
    T("期限を過ぎた通知。命令ができることに変わりはない", "late: an order stays possible"), art("52(7)", "52(10)"),
        question=307)
def answered_in_time(v: View) -> bool | None:
    return not v.over("reply_due")

@condition(T("禁止期間が終わった後は、応答の期間の内であること", "after the standstill, only within the ten days"),
    T("禁止期間も応答の期間も終わっている", "the standstill and the ten days are both over"), art("52(7)", "52(8)"),
    question=321)
def answer_still_open(v: View) -> bool | None:
    return v.state() != "window_closed" or not v.over("reply_due")

@condition(T("中止を求める勧告又は命令であること", "the recommendation or order asks to stop"),
    T("勧告は中止を求めていない", "stopping is not what was recommended"), art("52(8)", "52(10)"))
def asks_to_stop(v: View) -> bool | None:
    asked = v.fact("asks")
    return not asked or "stop" in asked

@condition(T("命令を受けていること", "an order was given"), T("命令がされていない", "no order was given"),
    art("52(10)"))
def was_ordered(v: View) -> bool | None:
    return v.done("order") is not None

@condition(T("禁止期間が終わっていること", "the standstill is over"),
    T("命令の後は禁止期間の終わりを待つ（52条9項は応諾した者に限る）",
        "after an order the standstill has to run out (Art. 52(9) is for those who accepted)"), art("52(3)", "52(9)"),
    question=319)
def standstill_over(v: View) -> bool | None:
    clock = v.clock("extension_shortening.standstill")
    return clock is not None and clock.status in ("ended", "stopped")

# -- the procedure ---------------------------------------------------------------------------------------------------

LEADS_TO_ORDER = NoPenalty(T("罰則はない。禁止期間の内に限り、命令ができることになる（52条10項）",
    "none: it opens the way to an order, within the standstill only (Art. 52(10))"))
UNDECIDED = ("recommended", "refused_with_reasons", "refused_justified", "no_reply")
OPEN = (*UNDECIDED, "accepted", "changed_plan_filed", "ordered")

recommendation_order = Procedure(
    "recommendation_order", T("勧告・応諾通知・命令", "recommendation, reply and order"),
    art("52(6)", "52(7)", "52(8)", "52(9)", "52(10)", "54(2)", "56(1)") + ORDER("11"), per=("subject",),
    states=dict(
        recommended=T("勧告", "recommended"), accepted=T("応諾", "accepted"),
        refused_with_reasons=waits(T("応諾しない旨の通知", "not accepted, with reasons"), MINISTER),
        refused_justified=T("正当な理由の認定", "just cause found"),
            no_reply=waits(T("通知なし", "no reply"), MINISTER),
        changed_plan_filed=T("変更後の計画書の届出", "changed plan filed"), ordered=T("命令", "ordered"),
        order_complied=end(T("命令の履行", "order complied with")), stopped=end(T("中止", "stopped")),
        window_closed=T("命令可能期間の経過", "time for an order is over")),
    clocks=(
        Clock("reply_due", T("勧告への応答（十日）", "answer to the recommendation (ten days)"), Kind.FILING,
            art("52(7)", "54(2)"), (Count(TEN_DAYS, received, COUNTED),), question=307),),
    acts=(
        Act("issue", T("勧告する", "recommend"), MINISTER, art("52(6)", "54(2)", "56(1)"), opens("recommended"),
            fields=(RISK, ASKS, MEASURES), conditions=(in_standstill, GREAT_RISK, BEFORE_RECOMMENDATION),
            advice=(leaves_room_for_order,), meets=("extension_shortening.useful_recommendation",),
            keeps=(keep("asks"),), received=True,
            aliases=("recommend", *(f"{s}.recommend" for s in SUBJECTS))),
        Act("accept", T("応諾する旨を通知する", "accept the recommendation"), OPERATOR,
            art("52(7)", "54(2)") + ORDER("11"), go("accepted", "recommended", "window_closed") + stay("no_reply"),
            fields=(REPLY,), conditions=(answer_still_open,), advice=(answered_in_time,), meets=("reply_due",)),
        Act("refuse", T("応諾しない旨を通知する", "refuse the recommendation"), OPERATOR,
            art("52(7)", "54(2)") + ORDER("11"), go("refused_with_reasons", "recommended") + stay("no_reply",
                "window_closed"), fields=(REASONS, REPLY), advice=(answered_in_time,), meets=("reply_due",)),
        Act("just_cause", T("正当な理由を認める", "find just cause"), MINISTER, art("52(10)"),
            go("refused_justified", "refused_with_reasons"), fields=(CAUSE,), conditions=(JUST_CAUSE,)),
        Act("order", T("命令する", "order"), MINISTER, art("52(10)", "54(2)", "56(1)", "88"),
            go("ordered", "refused_with_reasons", "no_reply"), fields=(NO_CAUSE, MEASURES),
            conditions=(in_standstill, WITHOUT_CAUSE, BEFORE_ORDER), advice=(order_arrives_in_time,), received=True),
        Act("file_changed", T("変更後の計画書を届け出る", "file the changed plan"), OPERATOR,
            art("52(8)", "52(10)", "54(2)") + orders("change_attachments"),
            go("changed_plan_filed", "accepted", "ordered"), fields=(CHANGED,),
            keeps=(keep("changed_plan_on", act_day),)),
        Act("comply_stop", T("勧告・命令に従って中止する", "stop as recommended or ordered"), OPERATOR,
            art("52(8)", "52(10)"), go("stopped", "accepted", "ordered"), conditions=(asks_to_stop,)),
        Act("comply_order", T("命令を履行する", "carry out the ordered plan"), OPERATOR, art("52(3)", "52(10)"),
            go("order_complied", "changed_plan_filed"), conditions=(was_ordered, standstill_over))),
    duties=(
        Duty("reply", T("応諾するかしないかを通知する", "tell whether the recommendation is accepted"), art("52(7)"),
            OPERATOR,
            LEADS_TO_ORDER, to=MINISTER, clock="reply_due", moot=("window_closed",),
            done=(done("accept"), done("refuse")), question=307),
        Duty("follow", T("変更後の計画書を届け出て従い、又は中止する",
            "file the changed plan and act on it, or stop"),
            art("52(8)"), OPERATOR, "PEN-92-1-3", to=MINISTER, states=("accepted",)),
        Duty("obey", T("命令に従う", "obey the order"), art("52(10)"), OPERATOR, "PEN-92-1-4a", to=MINISTER,
            states=("ordered",))),
    consequences=(
        Consequence("reply_runs", T("応答期間の開始", "the ten days run"), art("52(7)"), upon=(receipt("issue"),),
            moves=stay("recommended", "window_closed"), starts=("reply_due",)),
        Consequence("silent", T("十日以内に通知なし", "no reply within ten days"), art("52(10)"),
            upon=(end_of("reply_due"),), moves=go("no_reply", "recommended") + stay("window_closed")),
        Consequence("window_closed", T("命令のないまま禁止期間が経過", "the standstill ends without an order"),
            art("52(10) proviso"), upon=(end_of("extension_shortening.standstill"),),
            moves=go("window_closed", *UNDECIDED)),
        Consequence("dropped", T("計画の中止", "the operator stops the plan"), art("52(8)", "52(10)"),
            upon=tuple(done(f"{s}.stop") for s in SUBJECTS), moves=go("stopped", *OPEN, "window_closed"))))
