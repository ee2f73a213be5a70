"""報告徴収・立入検査 (Art. 58(2)-(4)): one run per matter, against the operator only; no criminal investigation.

What vendors know comes to the minister through the operator, by contract: Art. 58(2) does not reach them.
"""

from datetime import date

from kaname.law import T
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
    Option,
    Procedure,
    condition,
    day_rule,
    done,
    end,
    go,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.catalogue.forms import FORMS
from kaname.regimes.infrastructure.roles import INSPECTOR, MINISTER, OPERATOR
from kaname.regimes.infrastructure.scope import OPERATOR_CASE
from kaname.regimes.infrastructure.versions import DESIGNATION

# -- what is asked ---------------------------------------------------------------------------------------------------

PURPOSE = Field("purpose", T("何のため必要か", "what it is needed for"), FieldType.CHOICE, art("58(2)"),
    required=True, options=(
    Option("lifting", T("指定の解除", "lifting the designation"), art("51")),
    Option("recommendation", T("勧告", "a recommendation"), art("52(6)")),
    Option("order", T("命令", "an order"), art("52(10)")),
    Option("later", T("導入後等の勧告・命令", "a recommendation or order after the introduction"), art("55"))))
WHAT = text("what", T("報告・提出を求める事項", "what is to be reported"), art("58(2)"), sealed=True)
REPORT_BY = Field("report_by", T("報告の期限", "last day for the report"), FieldType.DAY, art("58(2)"),
    help=T("求めに定めた日", "the day set in the request"))
REPORT = text("report", T("報告・資料", "report or materials"), art("58(2)"), sealed=True)
PLACES = text("places", T("検査の場所・対象", "what was inspected, where"), art("58(2)"), sealed=True)
CARD, CARD_CARRIED = finding("identity_card",
    T("身分を示す証明書を携帯し、請求に応じ提示した", "identity card carried and shown on request"),
    T("身分証明書の携帯・提示がない", "no identity card was carried or shown"), art("58(3)"),
        help=FORMS["F_INSPECT_ID"].title(None),
    question=315)
NOT_CRIMINAL, IS_NOT_CRIMINAL = finding("not_criminal", T("犯罪捜査のためでない", "not for a criminal investigation"),
    T("犯罪捜査のために用いてはならない", "the power must not be used for a criminal investigation"), art("58(4)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("相手方が特定社会基盤事業者であること", "the addressee is a designated operator"),
    T("相手方は指定されていない。指定のための報告は58条1項による",
        "the addressee is not designated; for designation use Art. 58(1)"),
    art("58(2)"))
def is_operator(v: View) -> bool | None:
    """Asked where the operator's own case was looked at (--with operator=...); else the minister vouches for it."""
    taken = v.context("operator")
    return True if taken is None else taken.get("designation") == "designated"

@day_rule(T("求めに定めた日", "the day set in the request"))
def report_by(v: View) -> date | None:
    day = v.given("report_by")
    return date.fromisoformat(day) if isinstance(day, str) else day

# -- the procedure ---------------------------------------------------------------------------------------------------

OPEN = ("report_requested", "report_given")

report_inspection = Procedure(
    "report_inspection", T("報告徴収・立入検査", "reports and inspection"), art("58(2)", "58(3)", "58(4)"),
        per=("matter",),
    states=dict(
        report_requested=waits(T("報告の求め", "report requested"), OPERATOR), report_given=T("報告済", "report given"),
        inspection_done=end(T("検査済", "inspected"))),
    clocks=(
        Clock("report_due", T("報告の期限（求めに定めた日）", "report (the day set in the request)"), Kind.DATE,
            art("58(2)"),
            (Count(None, report_by),)),),
    acts=(
        Act("request", T("報告・資料の提出を求める", "require a report or materials"), MINISTER, art("58(2)"),
            opens("report_requested"), fields=(PURPOSE, WHAT, REPORT_BY), conditions=(is_operator,),
                takes=(OPERATOR_CASE,),
            starts=("report_due",), received=True, since=DESIGNATION),
        Act("give", T("報告する", "report"), OPERATOR, art("58(2)"), go("report_given", "report_requested"),
            fields=(REPORT,),
            meets=("report_due",)),
        Act("inspect", T("立入検査をする", "inspect"), (MINISTER, INSPECTOR), art("58(2)-(4)"),
            opens("inspection_done") + go("inspection_done", *OPEN), fields=(PURPOSE, PLACES, CARD, NOT_CRIMINAL),
            conditions=(is_operator, CARD_CARRIED, IS_NOT_CRIMINAL), takes=(OPERATOR_CASE,), stops=("report_due",),
            since=DESIGNATION),
        Act("obstruct", T("報告せず、偽り、又は検査を拒み妨げる", "make no or a false report, refuse or hinder"),
            OPERATOR,
            art("58(2)", "96(v)"), stay(*OPEN), deed=True, penalty="PEN-96-5b")),
    duties=(
        Duty("report", T("報告又は資料の提出をする", "report or supply materials"), art("58(2)"), OPERATOR, "PEN-96-5b",
            to=MINISTER, clock="report_due", done=(done("give"),)),))
