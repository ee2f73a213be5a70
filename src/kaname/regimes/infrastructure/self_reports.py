"""Reports that some businesses owe unasked: cards (METI Order 26), messages and relay carriers (MIC Order 7).

The yearly ones open by time while the case holds a designation for that business; whoever is not designated but near
the threshold enters a report of its own.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from kaname.days import months, previous_open_day
from kaname.law import Bases, T, Text
from kaname.law.laws import METI_ORDER, MIC_ORDER
from kaname.procedure.declare import (
    EXCLUDED,
    Act,
    Clock,
    Condition,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    State,
    condition,
    day_rule,
    done,
    end,
    end_of,
    enters,
    go,
    opens,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.catalogue.finance import SELF_REPORT
from kaname.regimes.infrastructure.catalogue.forms import FORMS
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR, RUNNER

CARD, MESSAGE = "credit_card.card_issuing", "telecom.telecom_message"
WHO = (RUNNER, OPERATOR)
_CARD_ORDER, _MESSAGE_ORDER, _RELAY_ORDER = METI_ORDER("26"), MIC_ORDER("7(2)"), MIC_ORDER("7(1)")

# -- what is asked ---------------------------------------------------------------------------------------------------

YEARS = Field("years", T("直近三年度末の契約数と年間与信額",
    "contracts and yearly credit at the end of each of the last three years"),
    FieldType.ROWS, _CARD_ORDER, form=FORMS["F_METI_CARD_REPORT"].title("meti"), columns=(
        Field("year_end", T("年度末", "year end"), FieldType.DAY), Field("contracts", T("契約数", "contracts"),
            FieldType.INTEGER),
        Field("credit", T("年間与信額", "yearly credit"), FieldType.YEN)))
BAND = Field("band", T("月間利用者数の年平均の区分", "band of the yearly average of monthly users"), FieldType.CHOICE,
    _MESSAGE_ORDER,
    required=True, form=FORMS["F_MIC_MESSAGE"].title("mic"), options=(
        Option("below", T("5,000万未満", "below 50 million")), Option("50_to_60", T("5,000万以上6,000万未満",
            "50 to 60 million")),
        Option("60_and_more", T("6,000万以上", "60 million or more"))))
BAND_CHANGED = Field("band_changed", T("区分が前回の報告から変わった（初回を含む）",
    "the band differs from the last report, or this is the first"), FieldType.FLAG, _MESSAGE_ORDER)
RELAY = Field("relay", T("イの者の中継交換機を都道府県間で接続する者である",
    "links category I relay exchanges between prefectures"),
    FieldType.FLAG, _RELAY_ORDER, required=True, form=FORMS["F_MIC_ITEM_RO"].title("mic"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("契約750万・年間与信3兆円以上の年度があるか、指定されていること",
        "7.5 million contracts and 3 trillion yen in one of the years, or designated for cards"),
    T("三年度とも750万契約・3兆円に届かず、指定もない。報告は要らない",
        "below 7.5 million contracts or 3 trillion yen in all three years and not designated: no report is asked for"),
    _CARD_ORDER)
def near_the_threshold(v: View) -> bool | None:
    rows = v.given("years")
    if designated_for(v, CARD):
        return True
    if not rows:
        return None
    figures = ({"contracts": _number(r.get("contracts")), "yearly_credit_yen": _number(r.get("credit"))} for r in rows)
    return any(SELF_REPORT.ask(f) for f in figures)

def _due(v: View) -> list[date]:
    """The 30 June of every yearly report that is still due."""
    return [day for run in v.runs("card_report") if v.state("card_report", run) == "due" and (day := june_30(run))]

_CLOSED = T("6月30日は閉庁日。期限は暦日で延びないと読めるので、その前の開庁日までに",
    "30 June is closed; it is a date, not a period, and does not move: file on the last open day before it")

def safe_day(v: View) -> Text:
    day = next((day for day in _due(v) if previous_open_day(day) != day), None)
    if day is None:
        return _CLOSED
    safe = previous_open_day(day)
    return T(f"{day} は閉庁日。期限は暦日で延びないと読めるので、その前の開庁日 {safe} までに",
        f"{day} is closed; it is a date, not a period, and does not move: file by {safe}, the last open day before it")

@condition(T("6月30日が開庁日であること", "30 June is a day on which agencies are open"),
    _CLOSED, _CARD_ORDER, tells=safe_day)
def thirtieth_of_june_is_open(v: View) -> bool | None:
    return all(previous_open_day(day) == day for day in _due(v))

@condition(T("前回の報告から区分が変わったこと（初回を含む）",
    "the band differs from the last report, or this is the first"),
    T("区分は前回の報告と同じ。報告は要らない", "the band is that of the last report: no report is asked for"),
        _MESSAGE_ORDER)
def band_differs(v: View) -> bool | None:
    answer: bool | None = v.given("band_changed")
    return answer

def _in_sector(sector: str, requires: Text, lacks: Text, basis: Bases) -> Condition:
    """Asked where the case says which business it is about; a case without a designation need not."""

    def fits(v: View) -> bool | None:
        named = v.fact("designation.business")
        return named is None or named.startswith(f"{sector}.")

    return Condition(f"of_{sector}", requires, lacks, basis, fits)

OF_CARDS = _in_sector("credit_card", T("クレジットカードの事件であること", "a case of the credit card sector"),
    T("この事件はクレジットカードのものでない", "this case is not about credit cards"), _CARD_ORDER)
OF_TELECOM = _in_sector("telecom", T("電気通信の事件であること", "a case of the telecommunications sector"),
    T("この事件は電気通信のものでない", "this case is not about telecommunications"), MIC_ORDER("7"))

# -- sums ------------------------------------------------------------------------------------------------------------

def _number(value: object) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal(0)

def designated_for(v: View, business: str) -> bool:
    return v.state("designation") == "designated" and v.fact("designation.business") == business

def year_end_of(run: str) -> date | None:
    """The fiscal year's end that names the run: `2025-03-31`."""
    try:
        return date.fromisoformat(run)
    except ValueError:
        return None

def june_30(run: str) -> date | None:
    found = year_end_of(run)
    return date(found.year, 6, 30) if found else None

@day_rule(T("6月30日", "30 June"))
def the_thirtieth_of_june(v: View) -> date | None:
    return june_30(v.run)

@day_rule(T("年度の末日", "the end of the fiscal year"))
def fiscal_year_end(v: View) -> date | None:
    return year_end_of(v.run)

def _yearly(business: str) -> Callable[[View, date, date], Iterable[tuple[date, tuple[str, ...]]]]:
    """Every fiscal year (to 31 March) that ends while the case is designated for the business."""

    def years(v: View, after: date, upto: date) -> Iterable[tuple[date, tuple[str, ...]]]:
        designated_on = v.fact("designation.designated_on")
        if not designated_for(v, business) or designated_on is None:
            return
        for year in range(max(after.year, designated_on.year), upto.year + 1):
            closes = date(year, 3, 31)
            opening = closes + timedelta(days=1)
            if after < opening <= upto and designated_on <= closes:
                yield opening, (closes.isoformat(),)

    return years

# -- the procedures --------------------------------------------------------------------------------------------------

NONE = NoPenalty(T("省令の報告に罰則はない。58条の報告徴収には罰則がある",
    "the order's report carries no penalty; reports required under Art. 58 do"))
_DUE: dict[str, State | Text] = dict(
    due=T("報告期間中", "due"), overdue=T("期限経過", "overdue"), reported=end(T("報告済", "reported")))


def _opens_and_lapses(clock: str, basis: Bases, label: Text) -> tuple[Consequence, ...]:
    return (
        Consequence("begins", label, basis, upon=(enters("due"),), moves=(("due", "due"),), starts=(clock,)),
           
        Consequence("late", T("期限の経過", "the last day has passed"), basis, upon=(end_of(clock),),
           
            moves=go("overdue", "due")))


card_report = Procedure(
    "card_report", T("クレジットカード契約数等の年次報告", "yearly report of card issuers"), _CARD_ORDER,
        per=("year_end",),
    recurs=_yearly(CARD), start="due", states=_DUE, warns=(thirtieth_of_june_is_open,),
    clocks=(
        Clock("card_report_due", T("6月30日まで（暦日）", "by 30 June (a date)"), Kind.DATE, _CARD_ORDER,
            (Count(None, the_thirtieth_of_june),)),),
    acts=(
        Act("report", T("契約数と与信額を報告する", "report contracts and credit"), WHO, _CARD_ORDER,
            opens("reported") + go("reported", "due", "overdue"), fields=(YEARS,), conditions=(OF_CARDS,
                near_the_threshold),
            meets=("card_report_due",), aliases=("designation.self_report_card",)),),
    duties=(Duty("report", T("契約数と与信額を報告する", "report contracts and credit"), _CARD_ORDER, OPERATOR, NONE,
        to=MINISTER,
        clock="card_report_due", done=(done("report"),)),),
    consequences=_opens_and_lapses("card_report_due", _CARD_ORDER, T("報告期間の開始", "the period begins")))

message_report = Procedure(
    "message_report", T("メッセージサービス利用者数の報告", "report of the user band of message services"),
        _MESSAGE_ORDER,
    per=("year_end",), recurs=_yearly(MESSAGE), start="due",
    note=T("2023年11月1日に既に行われていた役務の初回は、前年度の数で同月30日まで（省令附則2条）",
        "services running on 2023-11-01 reported first by 2023-11-30, on the fiscal year before (suppl. Art. 2)"),
    states=dict(**_DUE, unchanged=end(T("区分に変更なし", "band unchanged"))),
    clocks=(
        Clock("message_report_due", T("年度の終了後一月以内", "one month after the end of the fiscal year"),
            Kind.FILING, _MESSAGE_ORDER,
            (Count(months(1), fiscal_year_end, EXCLUDED),)),),
    acts=(
        Act("report", T("利用者数の区分を報告する", "report the user band"), WHO, _MESSAGE_ORDER,
            opens("reported") + go("reported", "due", "overdue"), fields=(BAND, BAND_CHANGED), conditions=(OF_TELECOM,
                band_differs),
            meets=("message_report_due",),
            aliases=("designation.self_report_message",)),
        Act("same_band", T("区分が前回と同じと記録する", "record that the band is unchanged"), WHO, _MESSAGE_ORDER,
            go("unchanged", "due", "overdue"), stops=("message_report_due",))),
    duties=(Duty("report", T("区分が変わったときは報告する", "report the band where it changed"), _MESSAGE_ORDER,
        OPERATOR, NONE,
        to=MINISTER, clock="message_report_due", done=(done("report"), done("same_band"))),),
    consequences=_opens_and_lapses("message_report_due", _MESSAGE_ORDER, T("報告期間の開始", "the period begins")))

relay_report = Procedure(
    "relay_report", T("中継事業者の該当・非該当の報告", "report of becoming or ceasing to be a relay carrier"),
        _RELAY_ORDER,
    per=("change",), states=dict(changed=T("該当性の変更", "status changed"), reported=end(T("報告済", "reported"))),
    clocks=(
        Clock("relay_report_due", T("遅滞なく報告", "report without delay"), Kind.FILING, _RELAY_ORDER,
            force=Force.WITHOUT_DELAY),),
    acts=(
        Act("change", T("該当し、又は該当しなくなる", "become or cease to be one"), WHO, _RELAY_ORDER,
            opens("changed"), deed=True, conditions=(OF_TELECOM,),
            starts=("relay_report_due",)),
        Act("report", T("該当・非該当を報告する", "report it"), WHO, _RELAY_ORDER,
            opens("reported") + go("reported", "changed"), fields=(RELAY,), conditions=(OF_TELECOM,),
                meets=("relay_report_due",),
            aliases=("designation.self_report_relay",))),
    duties=(Duty("report", T("遅滞なく報告する", "report without delay"), _RELAY_ORDER, RUNNER, NONE, to=MINISTER,
        clock="relay_report_due", done=(done("report"),)),))
