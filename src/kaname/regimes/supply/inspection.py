"""報告徴収・立入検査・監督命令 (Arts. 21, 39, 45(9), 48(5)-(9)) towards bodies: one run for each matter.

The same rules reach designated financial institutions, support corporations and facility managers; agencies stand
under their own acts. A broken order carries no fine: it is a ground for revocation (for managers also suspension).
"""

from datetime import date

from kaname.law import Practice, T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Count,
    Duty,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.support_orders import support
from kaname.regimes.supply.laws import APA, LOANS
from kaname.regimes.supply.roles import (
    BODY_MINISTERS,
    FACILITY_MANAGER,
    FINANCE_MINISTERS,
    INSPECTOR,
    INSTITUTION,
    MINISTER,
    SUPPORT_BODY,
)
from kaname.regimes.supply.support_body import CORPORATION, DESIGNATED

MINISTERS = (BODY_MINISTERS, FINANCE_MINISTERS, MINISTER)
BODIES = (SUPPORT_BODY, INSTITUTION, FACILITY_MANAGER)
ADDRESSED = (("corporation", SUPPORT_BODY), ("institution", INSTITUTION), ("facility_manager", FACILITY_MANAGER))
BEYOND = ("inspecting", "inspected", "order_issued", "order_obeyed", "order_ignored")  # a demand is answered there too
CLOSING = (Practice("終了の記録", "the end is put on record"),)

# -- what is asked ---------------------------------------------------------------------------------------------------

ADDRESSEE = Field("addressee", T("相手方", "addressee"), FieldType.CHOICE, art("48(5)-(7)"), required=True, options=(
    Option("corporation", T("安定供給確保支援法人", "support corporation"), art("48(6)")),
    Option("institution", T("指定金融機関", "designated financial institution"), art("48(5)")),
    Option("facility_manager", T("施設委託管理者", "entrusted facility manager"), art("48(7)"))))
NEEDED, IS_NEEDED = finding("needed", T("第二章の施行に必要な限度であること", "as far as needed for Chapter 2"),
    T("必要な限度と認められない", "no need is found"), art("48(5)-(7)"))
DEMANDED = text("demanded", T("求める報告・資料", "report or material demanded"), art("48(5)-(7)"))
BY = Field("report_by", T("報告の期限", "last day for the answer"), FieldType.DAY, art("48(5)-(7)"),
    help=T("求めに定めた日", "the day set in the demand"))
ANSWER = text("answer", T("報告・資料", "report or material"), art("48(5)-(7)"), sealed=True)
NOT_CRIMINAL, IS_NOT_CRIMINAL = finding("not_criminal", T("犯罪捜査のためでないこと", "not for criminal investigation"),
    T("犯罪捜査のための検査はできない", "no inspection for criminal investigation"), art("48(9)"))
CARD = text("card", T("身分証明書の番号", "number of the identity card"), art("48(8)") + support("card") + LOANS("12"),
    help=T("請求があれば提示する", "shown on request"))
RESULT = text("result", T("検査の結果", "what was found"), art("48(5)-(7)"), sealed=True)
ORDER = text("order", T("命令の内容", "what is ordered"), art("21", "39", "45(9)"), required=True)
REASONS = text("reasons", T("理由", "reasons"), APA("14"), required=True)
ORDER_BY = Field("obey_by", T("履行の期限（あれば）", "last day to obey, if any"), FieldType.DAY, art("21", "39",
    "45(9)"))
NEED_OF_ORDER, IS_NEED_OF_ORDER = finding("order_needed",
    T("その節の施行に必要であること", "needed to carry out the section concerned"),
    T("必要と認められない", "no need is found"), art("21", "39", "45(9)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("相手方が指定を受けた支援法人であること（支援法人のとき）",
    "a support corporation is asked only while designated"),
    T("この事案の支援法人は指定されていない（独立行政法人は48条の対象でない）",
        "no support corporation is designated in this case (agencies are not reached by Art. 48)"), art("48(6)", "39"))
def is_designated(v: View) -> bool | None:
    addressee = v.given("addressee") or v.fact("addressee")
    return None if addressee is None else addressee != "corporation" or v.state(CORPORATION) in DESIGNATED

@condition(T("報告が求められていること", "a report was demanded"),
    T("報告は求められていない", "no report was demanded"), art("48(5)-(7)"))
def is_demanded(v: View) -> bool | None:
    return v.clock("report_due") is not None

@day_rule(T("求めに定めた日", "the day set in the demand"))
def report_by(v: View) -> date | None:
    day: date | None = v.given("report_by")
    return day

@day_rule(T("命令に定めた日", "the day set in the order"))
def obey_by(v: View) -> date | None:
    day: date | None = v.given("obey_by")
    return day

# -- the procedure ---------------------------------------------------------------------------------------------------

inspection = Procedure(
    "inspection", T("報告徴収・立入検査・監督命令", "reports, inspections, supervisory orders"),
    art("48(5)-(9)", "21", "39", "45(9)"), per=("matter",),
    states=dict(
        report_demanded=waits(T("報告の求め", "report demanded"), SUPPORT_BODY),
        report_given=waits(T("報告済", "report given"), BODY_MINISTERS),
        inspecting=waits(T("立入検査中", "inspecting"), INSPECTOR),
        inspected=waits(T("検査終了", "inspected"), BODY_MINISTERS),
        order_issued=waits(T("監督命令", "order issued"), SUPPORT_BODY),
        order_obeyed=waits(T("命令の履行", "order obeyed"), BODY_MINISTERS),
        order_ignored=waits(T("命令違反", "order broken"), BODY_MINISTERS), closed=end(T("終了", "closed"))),
    clocks=(
        Clock("report_due", T("報告の期限（求めに定めた日）", "answer (the day set in the demand)"), Kind.DATE,
            art("48(5)-(7)"), (Count(None, report_by),)),
        Clock("order_due", T("命令の履行期限（命令に定めた日）", "compliance (the day set in the order)"), Kind.DATE,
            art("21", "39", "45(9)"), (Count(None, obey_by),))),
    acts=(
        Act("demand", T("報告・資料を求める", "demand a report or material"), MINISTERS, art("48(5)", "48(6)", "48(7)"),
            opens("report_demanded"), fields=(ADDRESSEE, NEEDED, DEMANDED, BY), conditions=(is_designated, IS_NEEDED),
            starts=("report_due",), keeps=(keep("addressee"),), received=True),
        Act("answer", T("報告・資料を出す", "answer"), BODIES, art("48(5)-(7)"),
            go("report_given", "report_demanded") + stay(*BEYOND), fields=(ANSWER,), conditions=(is_demanded,),
                meets=("report_due",)),
        Act("enter", T("立ち入り、質問し、検査する", "enter, question, inspect"), INSPECTOR, art("48(5)-(9)"),
            opens("inspecting") + go("inspecting", "report_demanded", "report_given"),
            fields=(ADDRESSEE, NEEDED, NOT_CRIMINAL, CARD), conditions=(is_designated, IS_NEEDED, IS_NOT_CRIMINAL),
            keeps=(keep("addressee"),)),
        Act("end", T("検査を終える", "end the inspection"), INSPECTOR, art("48(5)-(7)"), go("inspected", "inspecting"),
            fields=(RESULT,)),
        Act("order", T("監督上必要な命令をする", "make a supervisory order"), MINISTERS, art("21", "39", "45(9)"),
            opens("order_issued") + go("order_issued", "report_given", "inspected"),
            fields=(ADDRESSEE, NEED_OF_ORDER, ORDER, ORDER_BY, REASONS), conditions=(is_designated, IS_NEED_OF_ORDER),
            starts=("order_due",), keeps=(keep("addressee"),), received=True),
        Act("obey", T("命令を履行する", "obey the order"), BODIES, art("21", "39", "45(9)"),
            go("order_obeyed", "order_issued"), meets=("order_due",)),
        Act("ignore", T("命令に違反する", "break the order"), BODIES, art("23(2)(iii)", "41(2)(iii)", "45(10)"),
            go("order_ignored", "order_issued"), stops=("order_due",),
            note=T("違反そのものに罰則はない。取消し（施設委託管理者は業務停止も）の事由",
                "no fine for the breach itself: a ground for revocation (for managers also suspension)")),
        Act("close", T("終了を記録する", "close"), MINISTERS, CLOSING,
            go("closed", "report_given", "inspected", "order_obeyed", "order_ignored")),
        Act("obstruct", T("報告をせず、検査を拒み、妨げ、偽る", "give no or a false report, refuse or hinder"), BODIES,
            art("48(5)-(7)"), stay("report_demanded", "inspecting"), deed=True, penalty="PEN-96-5a")),
    duties=(
        Duty("answer", T("報告・資料を出す", "answer the demand"), art("48(5)-(7)"), SUPPORT_BODY, "PEN-96-5a",
            to=BODY_MINISTERS, clock="report_due", done=(done("answer"),), by_fact=("addressee", ADDRESSED)),
        Duty("obey", T("命令に従う", "obey the order"), art("21", "39", "45(9)"), SUPPORT_BODY,
            NoPenalty(T("違反は取消しの事由。罰則はない", "breach is a ground for revocation, without a penalty")),
            to=BODY_MINISTERS, states=("order_issued",), done=(done("obey"),), by_fact=("addressee", ADDRESSED))))
