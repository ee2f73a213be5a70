"""The business year of a support body: one run for each, opened by time, with the periods that hang on it.

The plan of the next year is asked for a month before that year begins; the accounts are due three months after the
year, the report on the fund six months after it, first day counted since the period begins at midnight (Civil Code
Art. 140 proviso). What is filed is an act of the body's own procedure; here it meets the clocks.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.days import last_day_before, months, years
from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    COUNTED,
    EXCLUDED,
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Kind,
    NoPenalty,
    Procedure,
    condition,
    day_rule,
    done,
    end_of,
    enters,
    go,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue.support_orders import support
from kaname.regimes.supply.roles import BODY_MINISTERS, MINISTER, SUPPORT_BODY
from kaname.regimes.supply.support_body import CORPORATION, WORKING, business_years, fund_since, in_work
from kaname.regimes.supply.support_corporation import NOT_PUNISHED

YEARS = ("in_progress", "due", "filed")

# -- what is asked ---------------------------------------------------------------------------------------------------

OPINION = text("opinion", T("主務大臣の意見", "the minister's opinion"), art("34(9)"), required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("業務を行う支援法人であること", "a corporation at work"), T("業務を行う支援法人でない",
    "not a corporation at work"), art("35(3)"))
def is_corporation(v: View) -> bool | None:
    return v.state(CORPORATION) in WORKING

@condition(T("事業年度の末日に基金があること", "a fund at the end of the year"),
    T("事業年度の末日に基金がない", "no fund at the end of the year"), art("34(8)"))
def had_fund(v: View) -> bool | None:
    since, closes = fund_since(v), year_of(v)
    return in_work(v) and since is not None and closes is not None and since <= closes

@condition(T("その年度の書類が揃ったこと", "all papers of the year are in"),
    T("その年度の書類が揃っていない", "papers of the year are missing"), art("35(3)", "34(8)"))
def nothing_owed(v: View) -> bool | None:
    owed = [v.clock("accounts_due"), v.clock("fund_report_due")]
    return all(c is None or c.status == "met" for c in owed)

@condition(T("業務の終了の前であること", "before the work ended"),
    T("休廃止・取消しの年度の報告を要するかは定めがない",
        "whether the year in which the work ended is still reported on is not laid down"), art("35(3)", "34(8)"),
    question=217)
def work_goes_on(v: View) -> bool | None:
    return v.state(CORPORATION) not in ("abolished", "revoked") \
        or not any(v.state("", run) in ("in_progress", "due") for run in v.runs())

@condition(T("保存すべき帳簿がないこと", "no books have to be kept any more"),
    T("帳簿を保存する", "books are to be kept"), support("books"), tells=lambda v: _kept_until(v))
def no_books_to_keep(v: View) -> bool | None:
    return not _keeping(v)

def _keeping(v: View) -> list[date]:
    found = (v.clock("books_kept", run) for run in v.runs())
    return [c.last_day for c in found if c and c.status == "running" and c.last_day]

def _kept_until(v: View) -> Text:
    until = max(_keeping(v), default=None)
    return T(f"帳簿を {until} まで保存する", f"books are to be kept until {until}")

# -- sums ------------------------------------------------------------------------------------------------------------

def year_of(v: View) -> date | None:
    """The last day of the business year that names the run."""
    try:
        return date.fromisoformat(v.run) if v.run else None
    except ValueError:
        return None

@day_rule(T("事業年度の末日", "the last day of the business year"))
def last_day_of_year(v: View) -> date | None:
    return year_of(v)

@day_rule(T("事業年度の終了の翌日", "the day after the business year ends"))
def day_after_year(v: View) -> date | None:
    closes = year_of(v)
    return closes + timedelta(1) if closes else None

@day_rule(T("次の事業年度の開始の一月前（逆算の読み方は論点101）",
    "a month before the next business year begins (question 101)"))
def month_before_next(v: View) -> date | None:
    closes = year_of(v)
    return last_day_before(closes + timedelta(1), months(1)).clear_days if closes else None

@day_rule(T("帳簿を閉じた日", "the day the book was closed"))
def book_closed_on(v: View) -> date | None:
    day: date | None = v.given("closed_on")
    return day

@condition(T("次年度の計画の期限が先であること", "the day for the next plan lies ahead"),
    T("業務は期限の後に始まった", "the work began after that day"), support("plan"))
def month_lies_ahead(v: View) -> bool | None:
    day = month_before_next.day(v)
    return day is not None and v.on <= day

def year_told(v: View) -> Iterable[str]:
    """The run of the business year that the form tells."""
    closes = v.given("of_year")
    return [closes.isoformat()] if closes else []

def year_before_planned(v: View) -> Iterable[str]:
    """The run during which the plan of the year told is due: the year before it."""
    planned: date | None = v.given("planned_year_end")
    if planned is None:
        return []
    return [run for run in v.runs() if run[:4] == str(planned.year - 1)]

# -- the procedure ---------------------------------------------------------------------------------------------------

support_year = Procedure(
    "support_year", T("支援法人等の事業年度", "business year of the body"), art("34(8)", "34(9)", "35", "38", "43(2)"),
    per=("year_end",), named=True, recurs=business_years, start="in_progress",
    states=dict(in_progress=T("事業年度中", "in progress"), due=T("報告期間", "reports due"),
        filed=T("提出済", "filed")),
    clocks=(
        Clock("year", T("事業年度", "business year"), Kind.TERM, art("35(3)", "34(8)"),
            (Count(None, last_day_of_year),)),
        Clock("plan_due", T("次年度の事業計画の申請（開始の一月前まで）",
            "plan of the next year (a month before it begins)"), Kind.DATE, support("plan"),
            (Count(None, month_before_next),), question=101),
        Clock("accounts_due", T("事業報告書・収支決算書（年度終了後三月以内）",
            "accounts (three months after the year)"),
            Kind.FILING, art("35(3)"), (Count(months(3), day_after_year, COUNTED),)),
        Clock("fund_report_due", T("基金の報告書（年度終了後六月以内）", "fund report (six months after the year)"),
            Kind.FILING, art("34(8)"), (Count(months(6), day_after_year, COUNTED),)),
        Clock("books_kept", T("帳簿の保存（五年）", "books kept (five years)"), Kind.TERM, support("books"),
            (Count(years(5), book_closed_on, EXCLUDED),), lasting=True)),
    acts=(
        Act("diet_report", T("意見を付けて国会に報告する", "report to the Diet with an opinion"), MINISTER,
            art("34(9)", "43(2)"), stay("due", "filed"), fields=(OPINION,)),),
    duties=(
        Duty("plan", T("次年度の事業計画・予算の認可を申請する", "apply for approval of the next plan and budget"),
            support("plan"), SUPPORT_BODY, NOT_PUNISHED, to=BODY_MINISTERS, clock="plan_due",
            done=(done("next_plan_in"),)),
        Duty("accounts", T("事業報告書・収支決算書を提出し、公表する", "file and publish report and accounts"),
            art("35(3)"), SUPPORT_BODY, NOT_PUNISHED, to=BODY_MINISTERS, clock="accounts_due",
            done=(done("accounts_in"),)),
        Duty("fund_report", T("基金の報告書を提出する", "file the report on the fund"), art("34(8)"), SUPPORT_BODY,
            NOT_PUNISHED, to=MINISTER, clock="fund_report_due", done=(done("fund_report_in"),)),
        Duty("diet_report", T("意見を付けて国会に報告する", "report to the Diet with an opinion"), art("34(9)"),
            MINISTER, NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("fund_report_in"),),
            done=(done("diet_report"),), lasts=True)),
    consequences=(
        Consequence("begins", T("事業年度の開始", "the business year begins"), art("35(1)"),
            upon=(enters("in_progress"),), moves=stay("in_progress"), starts=("year",)),
        Consequence("plan_owed", T("次年度の事業計画", "the next plan is due"), support("plan"), upon=(done("begins"),),
            moves=stay("in_progress"), only_if=is_corporation & month_lies_ahead, starts=("plan_due",)),
        Consequence("year_over", T("事業年度の終了", "the business year ends"), art("35(3)", "34(8)"),
            upon=(end_of("year"),), moves=go("due", "in_progress")),
        Consequence("accounts_owed", T("決算の提出期間", "accounts are due"), art("35(3)"), upon=(done("year_over"),),
            moves=stay("due"), only_if=is_corporation, starts=("accounts_due",)),
        Consequence("fund_report_owed", T("基金の報告書の提出期間", "the fund report is due"), art("34(8)"),
            upon=(done("year_over"),), moves=stay("due"), only_if=had_fund, starts=("fund_report_due",)),
        Consequence("next_plan_in", T("次年度の事業計画の申請", "the next plan was asked for"), art("35(1)"),
            upon=(done("support_corporation.plan_apply"), done("support_corporation.plan")), moves=stay(*YEARS),
                into=year_before_planned,
            meets=("plan_due",)),
        Consequence("accounts_in", T("決算の提出", "the accounts are in"), art("35(3)"),
            upon=(done("support_corporation.accounts"),), moves=stay("due", "filed"), into=year_told,
            meets=("accounts_due",)),
        Consequence("fund_report_in", T("基金の報告書の提出", "the fund report is in"), art("34(8)"),
            upon=(done("support_corporation.fund_report"), done("support_agency.fund_report")),
            moves=stay("due", "filed"), into=year_told, meets=("fund_report_due",)),
        Consequence("books_in", T("帳簿の保存", "the book is kept"), support("books"),
            upon=(done("support_corporation.books"),), moves=stay(*YEARS), into=year_told, starts=("books_kept",)),
        Consequence("all_in", T("年度の書類が揃った", "all papers of the year are in"), art("35(3)", "34(8)"),
            upon=(done("accounts_in"), done("fund_report_in")), moves=go("filed", "due"), only_if=nothing_owed)),
    warns=(work_goes_on, no_books_to_keep))
