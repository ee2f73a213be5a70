"""定期の報告 (Art. 12): one run for each applicant and business year, opened by time; three months in principle.

A serious obstacle is told without delay and the minister can demand a report (Art. 48(4)) beside it: the yearly report
is still owed then, and its clock goes on. A run without a year (`A`, `A:2`) holds what is told or asked outside the
cycle; each demand that is not answered yet keeps a run, since its lack of an answer is punished.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.days import months
from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import paper, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    condition,
    day_rule,
    done,
    end_of,
    enters,
    go,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.supply.applicants import applicants, year_begins, year_end_in
from kaname.regimes.supply.catalogue import form, orders
from kaname.regimes.supply.roles import CERTIFIED, MINISTER

OPEN = ("due", "overdue", "reported", "followed_up")

# -- what is asked ---------------------------------------------------------------------------------------------------

STATUS = text("status", T("実施状況", "state of implementation"), orders("report"), required=True, form=form(13))
ANNEX = paper("annex", T("別紙（重要鉱物）", "annex for minerals"), orders("report"))
OBSTACLE = text("obstacle", T("支障の内容", "the obstacle"), orders("impediment"), required=True)
KNOWN_ON = Field("recognised_on", T("支障を知った日", "day the obstacle was recognised"), FieldType.DAY,
    orders("impediment"))
DEMANDED = text("demanded", T("求める報告・資料", "report or material demanded"), art("48(4)"))
BY = Field("report_by", T("報告の期限", "last day for the answer"), FieldType.DAY, art("48(4)"),
    help=T("求めに定めた日", "the day set in the demand"))
ANSWER = text("answer", T("報告・資料", "report or material"), art("48(4)"), sealed=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("その事業年度の報告が済んでいないこと", "the report of that business year is missing"),
    T("その事業年度は報告済み", "the report of that business year is in"), art("12"))
def report_missing(v: View) -> bool | None:
    return v.done("submit") is None

@condition(T("事業年度が終わったこと", "the business year has ended"),
    T("事業年度が終わっていない", "the business year has not ended"),
    orders("report"))
def year_over(v: View) -> bool | None:
    closes = year_of(v)
    return closes is not None and closes < v.on

@condition(T("run が申請者の略号であること（年度の報告が開いていないとき）",
    "the run is the short name of an applicant, where no yearly report is open"),
    T("年度の報告は事業年度の終了により開く。それ以外の報告の run は申請者の略号とし、"
        "二件目からは A:2 のように番号を添える",
        "a yearly report opens when the year ends; name the run after the applicant for anything else, "
        "a second one with its number (A:2)"), orders("impediment"))
def run_is_an_applicant(v: View) -> bool | None:
    keys = {a.key for a in applicants(v.fact("plan.applicants"))}
    return bool(v.state()) or not v.key or (v.key[0] in keys and year_of(v) is None)

@condition(T("先の求めへの報告が済んでいること（同じ run で）", "the demand made before in this run has been answered"),
    T("この run の先の求めにまだ答えがない。別の run（A:2 など）で求めれば、どちらの義務も残る",
        "a demand made before in this run is not answered: demand in a run of its own (A:2), so that both are owed"),
    art("48(4)"))
def earlier_demand_answered(v: View) -> bool | None:
    earlier = v.clock("demand_due")
    return earlier is None or earlier.status == "met"

@condition(T("認定を受けた計画であること", "the plan is certified"),
    T("認定された計画でない", "the plan is not certified"), art("48(4)"))
def certified_or_open(v: View) -> bool | None:
    return v.state("plan") == "certified" or bool(v.state())

@condition(T("認定供給確保事業者に求めること", "asked of a certified business"),
    T("認定された計画でなく、48条4項の相手方でない",
        "the plan is not certified, or no longer: Art. 48(4) reaches certified businesses"), art("48(4)"))
def still_certified(v: View) -> bool | None:
    return v.state("plan") == "certified"

@condition(T("報告が求められていること", "a report was demanded"),
    T("報告は求められていない", "no report was demanded"), art("48(4)"))
def is_demanded(v: View) -> bool | None:
    return v.clock("demand_due") is not None

@condition(T("計画の認定が続いていること", "the plan is still certified"),
    T("認定が取り消された。取消し前に終わった事業年度の報告を要するかは定まっていない",
        "the plan was cancelled; whether the reports of earlier years are still owed is not settled"), art("12"),
            question=213)
def not_cancelled(v: View) -> bool | None:
    return v.state("plan") != "cancelled" or not any(v.state("", run) in ("due", "overdue") for run in v.runs())

# -- sums ------------------------------------------------------------------------------------------------------------

def year_of(v: View) -> date | None:
    """The end of the business year that names the run: the second part of `A:2024-03-31`."""
    try:
        return date.fromisoformat(v.key[1]) if len(v.key) > 1 else None
    except ValueError:
        return None

@day_rule(T("事業年度の終了の翌日", "the day after the business year ends"))
def day_after_year_end(v: View) -> date | None:
    closes = year_of(v)
    return closes + timedelta(1) if closes else None

@day_rule(T("求めに定めた日", "the day set in the demand"))
def day_demanded(v: View) -> date | None:
    day: date | None = v.given("report_by")
    return day

def business_years(v: View, after: date, upto: date) -> Iterable[tuple[date, tuple[str, ...]]]:
    """Every business year of every applicant that lies in the period, wholly or in part, and ends while certified."""
    since, first, last = v.since("plan"), v.fact("plan.period_start"), v.fact("plan.period_end")
    if v.state("plan") != "certified" or since is None or first is None or last is None:
        return
    for a in applicants(v.fact("plan.applicants")):
        if a.year_end is None:
            continue
        for year in range(max(after.year, since.year) - 1, upto.year + 1):
            closes = year_end_in(a.year_end, year)
            opening = closes + timedelta(1)
            in_period = first <= closes and year_begins(a.year_end, closes) <= last
            if after < opening <= upto and since <= closes and in_period:
                yield opening, (a.key, closes.isoformat())

# -- the procedure ---------------------------------------------------------------------------------------------------

BESIDE = opens("followed_up") + go("followed_up", *(s for s in OPEN if s != "followed_up")) + stay("followed_up")

annual_report = Procedure(
    "annual_report", T("定期の報告", "yearly report"), art("12") + orders("report"), per=("applicant", "year_end"),
    recurs=business_years, start="due",
    states=dict(due=T("報告期間中", "due"), overdue=T("期限経過", "overdue"), reported=T("報告済", "reported"),
        followed_up=T("支障の報告・報告徴収", "obstacle told or report demanded")),
    clocks=(
        Clock("report_due", T("事業年度終了後三月以内（原則）", "three months after the business year, in principle"),
            Kind.FILING,
            orders("report"), (Count(months(3), day_after_year_end, COUNTED),), force=Force.IN_PRINCIPLE, question=212),
        Clock("demand_due", T("報告徴収の期限（求めに定めた日）", "answer to the demand (the day set in it)"),
            Kind.DATE, art("48(4)"),
            (Count(None, day_demanded),))),
    acts=(
        Act("submit", T("実施状況を報告する", "report on implementation"), CERTIFIED, art("12") + orders("report"),
            go("reported", "due", "overdue", "followed_up"), fields=(STATUS, ANNEX),
                conditions=(year_over, report_missing),
            meets=("report_due",)),
        Act("impediment", T("支障を報告する", "report a serious obstacle"), CERTIFIED, orders("impediment"), BESIDE,
            fields=(OBSTACLE, KNOWN_ON), conditions=(certified_or_open, run_is_an_applicant),
            note=T("遅滞なく。定期の報告に代わらない。共同命令では一方の大臣への報告で足りる",
                "without delay; does not replace the yearly report; under the joint order one minister is enough")),
        Act("demand", T("報告を求める", "demand a report or material"), MINISTER, art("48(4)"), BESIDE,
            fields=(DEMANDED, BY),
            conditions=(still_certified, run_is_an_applicant, earlier_demand_answered), starts=("demand_due",)),
        Act("answer", T("求めに答える", "answer the demand"), CERTIFIED, art("48(4)"), stay(*OPEN), fields=(ANSWER,),
            conditions=(is_demanded,),
            meets=("demand_due",))),
    duties=(
        Duty("report", T("実施状況を報告する", "report on implementation"), art("12"), CERTIFIED,
            NoPenalty(T("12条に罰則はない。48条4項の報告徴収には罰則がある",
                "Art. 12 carries no penalty; a demand under Art. 48(4) does")), to=MINISTER, clock="report_due",
            done=(done("submit"),), key_part="applicant"),
        Duty("answer", T("求めに答える", "answer the demand"), art("48(4)"), CERTIFIED, "PEN-96-4a", to=MINISTER,
            clock="demand_due", done=(done("answer"),), key_part="applicant")),
    consequences=(
        Consequence("year_end", T("事業年度の終了", "the business year ends"), orders("report"), upon=(enters("due"),),
            moves=stay("due"), starts=("report_due",)),
        Consequence("pass_deadline", T("期限の経過", "the last day has passed"), orders("report"),
            upon=(end_of("report_due"),),
            moves=go("overdue", "due", "followed_up"), only_if=report_missing)),
    warns=(not_cancelled,))
