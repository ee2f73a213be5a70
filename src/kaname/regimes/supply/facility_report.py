"""施設委託管理者の事業報告書・収支決算書 (Art. 45(7)): within three months after each business year.

One run for each manager and year, opened by time: the years that end from the approval of the rules on.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.days import months
from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import paper
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Kind,
    NoPenalty,
    Procedure,
    day_rule,
    done,
    enters,
    go,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.applicants import year_end_in
from kaname.regimes.supply.roles import FACILITY_MANAGER as MANAGER
from kaname.regimes.supply.roles import MINISTER

REPORT = paper("report", T("事業報告書", "report"), art("45(7)"), required=True)
ACCOUNTS = paper("accounts", T("収支決算書", "accounts"), art("45(7)"), required=True)


@day_rule(T("事業年度の終了の翌日", "the day after the business year ends"))
def day_after_year_end(v: View) -> date | None:
    try:
        return date.fromisoformat(v.key[1]) + timedelta(1) if len(v.key) > 1 else None
    except ValueError:
        return None


def business_years(v: View, after: date, upto: date) -> Iterable[tuple[date, tuple[str, ...]]]:
    """Every business year of every manager that ends while it manages, from the first approval of its rules on."""
    for run in v.runs("facility_manager"):
        pattern, since = v.fact("facility_manager.year_end", run), v.fact("facility_manager.managing_from", run)
        if pattern is None or since is None or v.state("facility_manager", run) == "revoked":
            continue
        for year in range(max(after.year, since.year) - 1, upto.year + 1):
            closes = year_end_in(pattern, year)
            opening = closes + timedelta(1)
            if after < opening <= upto and since <= closes:
                yield opening, (run, closes.isoformat())


facility_report = Procedure(
    "facility_report", T("施設委託管理者の報告", "yearly report of a facility manager"), art("45(7)"),
    per=("manager", "year_end"), recurs=business_years, start="due",
    states=dict(due=waits(T("報告期間中", "due"), MANAGER), reported=T("報告済", "reported")),
    clocks=(
        Clock("report_due", T("事業年度の終了後三月以内", "within three months after the business year"), Kind.FILING,
            art("45(7)"), (Count(months(3), day_after_year_end, COUNTED),), question=212),),
    acts=(
        Act("submit", T("事業報告書・収支決算書を提出する", "submit report and accounts"), MANAGER, art("45(7)"),
            go("reported", "due"), fields=(REPORT, ACCOUNTS), meets=("report_due",)),),
    duties=(
        Duty("report", T("事業報告書・収支決算書を提出する", "submit report and accounts"), art("45(7)"), MANAGER,
            NoPenalty(T("45条7項に罰則はない。監督命令・取消しの事由となり得る",
                "Art. 45(7) carries no penalty; it may lead to an order or revocation")), to=MINISTER,
            clock="report_due", done=(done("submit"),), key_part="manager"),),
    consequences=(
        Consequence("year_end", T("事業年度の終了", "the business year ends"), art("45(7)"), upon=(enters("due"),),
            moves=stay("due"), starts=("report_due",)),))
