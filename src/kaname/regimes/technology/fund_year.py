"""The business year of a designated fund (STI Act Art. 27-3(1)): one run for each, opened by time as the year ends.

The report is due within six months after the year, first day counted since the period begins at midnight (Civil Code
Art. 140 proviso): a year that ends on 31 March is reported on by 30 September, or the next open day.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.days import months
from kaname.law import T
from kaname.procedure.declare import (
    COUNTED,
    Clock,
    Consequence,
    Count,
    Duty,
    Kind,
    NoPenalty,
    Procedure,
    day_rule,
    done,
    end,
    enters,
    go,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.technology.laws import STI
from kaname.regimes.technology.roles import FUND_MINISTER, FUNDING_AGENCY

# -- sums ------------------------------------------------------------------------------------------------------------

@day_rule(T("事業年度の終了の翌日", "the day after the business year ends"))
def day_after_year(v: View) -> date | None:
    try:
        return date.fromisoformat(v.run) + timedelta(1) if v.run else None
    except ValueError:
        return None

def business_years(v: View, after: date, upto: date) -> Iterable[tuple[date, tuple[str, ...]]]:
    """Every business year (to 31 March) at whose end the fund is operated."""
    since = v.fact("fund.operating_since")
    if since is None or v.state("fund") == "revoked_or_closed":
        return
    for year in range(after.year, upto.year + 1):
        closes = date(year, 3, 31)
        opening = closes + timedelta(1)
        if after < opening <= upto and since <= closes:
            yield opening, (closes.isoformat(),)

def year_reported(v: View) -> Iterable[str]:
    """The run of the business year that the report is about."""
    closes = v.given("business_year")
    return [closes.isoformat()] if closes else []

# -- the procedure ---------------------------------------------------------------------------------------------------

fund_year = Procedure(
    "fund_year", T("指定基金の事業年度", "business year of the fund"), STI("27-3"), per=("year_end",), named=True,
    recurs=business_years, start="due", states=dict(
        due=T("報告期間", "report due"), reported=end(T("報告済", "reported"))),
    clocks=(
        Clock("report_due", T("基金の報告書（年度終了後六月以内）", "fund report (six months after the year)"),
            Kind.FILING, STI("27-3(1)"), (Count(months(6), day_after_year, COUNTED),)),),
    duties=(
        Duty("report", T("基金の報告書を提出する", "file the report on the fund"), STI("27-3(1)"), FUNDING_AGENCY,
            NoPenalty(T("27条の3についての罰則は確認していない", "none for Art. 27-3 was found")), to=FUND_MINISTER,
            clock="report_due", done=(done("report_in"),)),),
    consequences=(
        Consequence("report_owed", T("報告書の提出期間", "the report is due"), STI("27-3(1)"), upon=(enters("due"),),
            moves=stay("due"), starts=("report_due",)),
        Consequence("report_in", T("報告書の提出", "the report is in"), STI("27-3(1)"),
            upon=(done("fund.annual_report"),), moves=go("reported", "due"), into=year_reported,
            meets=("report_due",))))
