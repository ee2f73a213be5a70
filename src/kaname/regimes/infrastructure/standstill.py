"""禁止期間の延長・短縮 (Art. 52(3)-(5), again by 54(2)): the standstill, one run for each plan or change accepted.

The day of acceptance is the first day, and the last day never moves over closed days. An extension may reach four
months from the acceptance, not from the thirtieth day. Time alone ends it: silence clears, there is no certificate.
"""

from datetime import date, timedelta

from kaname.days import FirstDay, Move, days_n, months
from kaname.days import end as period_end
from kaname.law import Practice, T, Text
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Clock,
    Consequence,
    Count,
    Extend,
    Field,
    FieldType,
    Force,
    Kind,
    Option,
    Procedure,
    Shorten,
    act_day,
    condition,
    day_rule,
    done,
    end,
    end_of,
    enters,
    go,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.orders import orders
from kaname.regimes.infrastructure.roles import MINISTER
from kaname.regimes.infrastructure.subjects import SUBJECTS

THIRTY_DAYS, FOUR_MONTHS, TEN_DAYS = days_n(30), months(4), days_n(10)
RUNNING = ("standard_30", "extended", "shortened")

# -- what is asked ---------------------------------------------------------------------------------------------------

ENDS_ON = Field("ends_on", T("延長後の禁止期間の末日", "last day of the standstill as extended"), FieldType.DAY,
    art("52(4)") + orders("extension"),
    help=T("空欄なら上限（受理の日から四月）", "left out: the cap, four months from acceptance"))
SHORTER = Field("ends_on", T("短縮後の禁止期間の末日", "last day of the standstill as shortened"), FieldType.DAY,
    art("52(3) proviso", "52(5)") + orders("shortening"), required=True,
    help=T("翌日から導入等ができる", "free from the day after"))
NEEDED, IS_NEEDED = finding("needed", T("審査、勧告又は命令のため必要なこと",
    "needed for the review, a recommendation or an order"), T("延長の必要が認められない", "no need is found"),
        art("52(4)"))
GROUND = Field("ground", T("短縮の理由", "ground for shortening"), FieldType.CHOICE, art("52(3) proviso", "52(5)"),
    finding=True, required=True, options=(
        Option("no_review_needed", T("規模・性質から審査の必要がない", "scale or nature: no review is needed"),
            art("52(3) proviso")),
        Option("no_great_risk", T("審査の結果、使用されるおそれが大きくない", "reviewed: no great risk"),
            art("52(3) proviso", "52(5)"))))
REASONS = text("reasons", T("理由", "reasons"), art("52(3)-(5)"))

# -- conditions ------------------------------------------------------------------------------------------------------

def came_too_late(v: View) -> Text:
    clock = v.clock("standstill")
    last = clock.last_day if clock else None
    return T(f"延長の通知は {v.received_on} に届いたが、禁止期間は {last} に終わっていた。延長の効力は生じないと読む。"
             "争われうるので、導入等の前に主務省庁に確かめること",
        f"the notice of extension arrived on {v.received_on}, after the standstill's last day {last}: it is read to "
        "have no effect; as that may be contested, ask the ministry before carrying the plan out")

@condition(T("延長の通知が今の禁止期間の終わりまでに届くこと",
    "the notice arrives before the running standstill is over"),
    T("延長の通知が禁止期間の終わった後に届く", "the notice arrives after the standstill is over"), art("52(4)"),
    question=317, tells=came_too_late)
def arrives_in_time(v: View) -> bool | None:
    clock = v.clock("standstill")
    return not (clock and clock.last_day and v.received_on and v.received_on > clock.last_day)

@condition(T("延長した期間の短縮は、おそれが大きくないと認めるときに限る",
    "an extended standstill is shortened only for want of a great risk"),
    T("延長した期間は、審査の必要がないことを理由に短縮できない",
        "an extended standstill cannot be shortened for the reason that no review is needed"), art("52(5)"))
def ground_fits(v: View) -> bool | None:
    return not (v.state() == "extended" and v.given("ground") == "no_review_needed")

@condition(T("勧告が応諾されていたこと", "the recommendation was accepted"), T("応諾によらない", "not accepted"),
    art("52(9)"), question=319)
def was_accepted(v: View) -> bool | None:
    """Art. 52(9) frees only an operator who accepted; after an order the standstill has to run out."""
    return v.done("recommendation_order.order") is None

@condition(T("まだ勧告がないこと", "no recommendation yet"), T("既に勧告がある", "already recommended"), art("52(6)"))
def not_recommended(v: View) -> bool | None:
    return v.done("recommendation_order.issue") is None

# -- sums ------------------------------------------------------------------------------------------------------------

def reply_due(received: date) -> date:
    """The last day for the answer to a recommendation received on a day: day ten, moved over closed days."""
    return period_end(received, TEN_DAYS, FirstDay.COUNTED, Move.AGENCY).last_day

def last_useful(last_day: date) -> date:
    """The last day on which a recommendation, received at once, can still be followed by an order after silence."""
    day = last_day
    while reply_due(day) >= last_day:
        day -= timedelta(1)
    return day

def standstill_days(accepted: date) -> tuple[date, date]:
    """The last day of the standstill of a plan accepted on a day, and the last one if it is extended to the cap."""
    thirty, cap = (period_end(accepted, length, FirstDay.COUNTED, Move.NONE) for length in (THIRTY_DAYS, FOUR_MONTHS))
    return thirty.last_day, cap.last_day

@day_rule(T("応答の十日が禁止期間の末日より前に終わる最後の日",
    "the last day from which the ten days for the answer end before the standstill does"))
def last_useful_day(v: View) -> date | None:
    clock = v.clock("standstill")
    return last_useful(clock.last_day) if clock and clock.last_day else None

def first_free_days(v: View) -> Text:
    """When the plan may be carried out: as things stand, and if the standstill is extended to the cap."""
    now, cap = v.clock("extension_shortening.standstill"), v.clock("extension_shortening.longest")
    if now is None or now.last_day is None:
        return T("禁止期間が始まっていない", "the standstill has not begun")
    free = now.last_day + timedelta(1)
    if cap is None or cap.status != "running" or cap.last_day is None:
        return T(f"導入等ができるのは {free} から", f"the plan may be carried out from {free}")
    longest = cap.last_day + timedelta(1)
    return T(f"導入等ができるのは {free} から、上限まで延長されれば {longest} から",
        f"the plan may be carried out from {free}, or from {longest} if extended to the cap")

# -- the procedure ---------------------------------------------------------------------------------------------------

USE = Practice("勧告に応答がないときも命令ができる最後の日",
    "the last day that leaves room for an order after silence")

extension_shortening = Procedure(
    "extension_shortening", T("禁止期間（延長・短縮）", "standstill, its extension and shortening"),
    art("52(3)", "52(4)", "52(5)", "54(2)") + orders("shortening") + orders("extension"), per=("subject",),
    states=dict(
        standard_30=T("三十日の禁止期間", "thirty days"),
        extended=T("延長", "extended"), shortened=T("短縮", "shortened"), ended=end(T("終了", "ended"))),
    clocks=(
        Clock("standstill", T("導入等の禁止期間", "standstill"), Kind.STANDSTILL,
            art("52(3)", "52(4)", "52(5)", "54(2)"), (Count(THIRTY_DAYS, act_day, COUNTED),), question=306),
        Clock("longest", T("延長の限度（受理の日から四月）", "cap of an extension (four months from acceptance)"),
            Kind.TERM, art("52(4)"), (Count(FOUR_MONTHS, act_day, COUNTED),)),
        Clock("useful_recommendation", T("勧告の実益のある最後の日", "last useful day for a recommendation"),
            Kind.AGENCY_DUTY, (USE, *art("52(7)", "52(10)")), (Count(None, last_useful_day),), force=Force.TARGET)),
    acts=(
        Act("extend", T("禁止期間を延長する", "extend the standstill"), MINISTER,
            art("52(4)", "54(2)", "88") + orders("extension"), go("extended", "standard_30"),
            fields=(ENDS_ON, NEEDED, REASONS), conditions=(IS_NEEDED, arrives_in_time),
            void_unless=(arrives_in_time,),
            extends=(Extend("standstill", FOUR_MONTHS, art("52(4)"), counted_from="start"),), stops=("longest",),
            received=True, question=317,
            aliases=("ext_1", *(f"{s}.extend" for s in SUBJECTS)),
            note=T("行政手続法第2章・第3章は適用されない（88条）。延長は一度",
                "chapters 2 and 3 of the Administrative Procedure Act do not apply (Art. 88); once only")),
        Act("shorten", T("禁止期間を短縮する", "shorten the standstill"), MINISTER,
            art("52(3) proviso", "52(5)", "54(2)") + orders("shortening"),
            go("shortened", "standard_30", "extended"),
            fields=(SHORTER, GROUND, REASONS), conditions=(ground_fits,),
            shortens=(Shorten("standstill", art("52(3) proviso", "52(5)")),),
            stops=("longest", "useful_recommendation"), received=True,
            aliases=("ext_2", *(f"{s}.{n}" for s in SUBJECTS for n in ("shorten", "shorten_ext"))))),
    consequences=(
        Consequence("begin", T("禁止期間の開始", "the standstill begins"), art("52(3)", "54(2)"),
            upon=tuple(done(f"{s}.accept") for s in SUBJECTS), moves=opens("standard_30"),
            starts=("standstill", "longest")),
        Consequence("useful", T("勧告の実益のある期間", "until when a recommendation is of use"),
            (USE, *art("52(10)")), upon=(done("begin"), done("extend")), only_if=not_recommended,
            moves=stay("standard_30", "extended"), starts=("useful_recommendation",)),
        Consequence("over", T("禁止期間の経過", "the standstill is over"), art("52(3)", "52(4)", "52(5)", "54(2)"),
            upon=(end_of("standstill"),), moves=go("ended", *RUNNING)),
        Consequence("lifted", T("応諾と変更後の計画書の届出による解除", "free by acceptance and the changed plan"),
            art("52(9)", "54(2)"), upon=(done("recommendation_order.file_changed"),), only_if=was_accepted,
            moves=go("ended", *RUNNING)),
        Consequence("dropped", T("計画の中止", "the plan is stopped"), art("52(8)", "52(10)"),
            upon=tuple(enters(f"{s}.stopped") for s in SUBJECTS), moves=go("ended", *RUNNING))))
