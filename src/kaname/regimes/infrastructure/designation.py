"""特定社会基盤事業者の指定・変更・解除 (Arts. 50, 51, 58(1)): one case for each operator and business.

A second designation of the same company is another case: the grace of Art. 53(1) stands for the business named in it.
"""

from datetime import date, timedelta

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
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
from kaname.regimes.infrastructure.catalogue import under_order
from kaname.regimes.infrastructure.catalogue.forms import FORMS
from kaname.regimes.infrastructure.catalogue.sectors import businesses
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR, RUNNER
from kaname.regimes.infrastructure.versions import ACT_38_MAIN, DESIGNATION

TWO_WEEKS = timedelta(weeks=2)
NOT_YET = ("not_designated", "fact_finding")

# -- what is asked ---------------------------------------------------------------------------------------------------

BUSINESS = Field("business", T("事業の種類", "kind of business"), FieldType.CHOICE, art("50(1)-(2)"), options=tuple(
    Option(f"{s.id}.{b.id}", T(f"{s.name.ja}：{b.name.ja}", f"{s.name.en}: {b.name.en}"), (s.item,), since=s.since)
    for s, b in businesses()))
NAME = text("name", T("名称", "name"), art("50(2)"))
ADDRESS = text("address", T("住所", "address"), art("50(2)"))
NOTICE = paper("notice", T("指定通知書", "notice of designation"), art("50(2)"), form=FORMS["F_DESIG"].title(None))
GAZETTE = paper("gazette", T("公示（官報及びインターネット）", "public notice (Official Gazette and internet)"),
    art("50(2)"))
SUCCESSOR = Field("successor", T("他の指定事業者からの事業譲渡・合併・分割等により基準に該当した",
    "the criteria were met through a transfer, merger or split from another designated operator"), FieldType.FLAG,
    art("53(1) proviso"), since=ACT_38_MAIN,
    help=T("2026年9月18日以後の指定では、該当すると経過措置がない（未確認：論点304）",
        "from 2026-09-18 no grace then (read once: question 304)"))
WHAT = text("what", T("報告・提出を求める事項", "what is to be reported"), art("58(1)"))
REPORT_BY = Field("report_by", T("報告の期限", "last day for the report"), FieldType.DAY, art("58(1)"),
    help=T("求めに定めた日", "the day set in the request"))
REPORT = text("report", T("報告・資料", "report or materials"), art("58(1)"), sealed=True)
CHANGES_ON = Field("changes_on", T("変更の日", "day of the change"), FieldType.DAY, art("50(3)"),
    form=FORMS["F_NAME"].title(None))
LIFT_NOTICE = paper("notice", T("指定解除通知書", "notice of lifting"), art("51"), form=FORMS["F_LIFT"].title(None))
RUNS, RUNS_BUSINESS = finding("runs_business", T("政令で定める事業を行う者である",
    "runs a business the Cabinet Order names"),
    T("政令で定める事業を行う者と認められない", "not found to run such a business"), art("50(1)", "58(1)"))
NEEDED, IS_NEEDED = finding("needed", T("指定のため必要", "needed for the designation"),
    T("指定のための必要が認められない", "not found to be needed"), art("58(1)"))
MET, CRITERIA_MET = finding("criteria_met", T("主務省令の指定基準に該当する",
    "the criteria of the ministry's order are met"),
    T("指定基準に該当すると認められない", "the criteria are not found to be met"), (*art("50(1)"),
        *under_order("criteria", None)),
    help=T("数値は kaname assess scope で確かめられる", "kaname assess scope works out the figures"))
NO_LONGER, NO_LONGER_MET = finding("criteria_no_longer_met", T("指定基準に該当しなくなった",
    "the criteria are no longer met"),
    T("なお指定基準に該当すると認められる", "the criteria are found to be still met"), art("51"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("届出から変更の日まで二週間以上あること", "two weeks or more lie between the notice and the change"),
    T("変更の日の二週間前を過ぎている。変更の日を遅らせること",
        "fewer than two weeks before the change: put the change off"),
    art("50(3)"), question=101)
def two_weeks_ahead(v: View) -> bool | None:
    """The outer reading: the day of change minus fourteen days, that day included."""
    day = _day(v.given("changes_on"))
    return None if day is None else v.on <= day - TWO_WEEKS

@condition(T("中二週間を置くこと", "two full weeks lie between"),
    T("二週間前の日にちょうど当たる。中二週間を置く読み方では一日遅い",
        "exactly two weeks ahead: one day late if two full weeks must lie between"), art("50(3)"), question=101)
def two_clear_weeks(v: View) -> bool | None:
    day = _day(v.given("changes_on"))
    return None if day is None else v.on < day - TWO_WEEKS

@condition(T("二週間前までに変更を届け出たこと", "the change was notified two weeks ahead"),
    T("二週間前までの届出がない", "no notice two weeks ahead"), art("50(3)"), question=101)
def notified_in_time(v: View) -> bool | None:
    """Each notice is for one change: it is used up by the first that is made on its day or later."""
    return any(day <= v.on for day in _announced(v))

@condition(T("分野が対象となっていること", "the sector is in force"),
    T("この分野はまだ対象でない", "the sector is not in force yet"), art("50(1)"))
def sector_in_force(v: View) -> bool | None:
    named = v.given("business")
    since = next((o.since for o in BUSINESS.options if o.id == named), None)
    return None if not named else since is not None and since <= v.on

# -- sums ------------------------------------------------------------------------------------------------------------

def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value

def _announced(v: View) -> tuple[date, ...]:
    """The days of changes that were notified two weeks ahead and have not been made yet."""
    return tuple(map(date.fromisoformat, (v.fact("announced") or "").split()))

def with_the_new_day(v: View) -> str:
    day = _day(v.given("changes_on"))
    new = (day,) if day is not None and v.on <= day - TWO_WEEKS else ()
    return " ".join(d.isoformat() for d in (*_announced(v), *new))

def without_what_was_made(v: View) -> str:
    return " ".join(d.isoformat() for d in _announced(v) if d > v.on)

@day_rule(T("求めに定めた日", "the day set in the request"))
def report_by(v: View) -> date | None:
    return _day(v.given("report_by"))

# -- the procedure ---------------------------------------------------------------------------------------------------

OFFICE = NoPenalty(T("官庁の義務", "a duty of the office"))

designation = Procedure(
    "designation", T("特定社会基盤事業者の指定・変更・解除", "designation, change notice, lifting"),
    (*art("50", "51", "58(1)"), *under_order("criteria", None)),
    states=dict(
        not_designated=T("指定されていない", "not designated"), fact_finding=waits(T("報告の求め", "fact finding"),
            MINISTER),
        designated=T("指定されている", "designated"), lifted=end(T("指定の解除", "lifted"))),
    clocks=(
        Clock("report_due", T("報告の期限（求めに定めた日）", "report (the day set in the request)"), Kind.DATE,
            art("58(1)"),
            (Count(None, report_by),)),),
    acts=(
        Act("ask_report", T("指定のため報告を求める", "require a report for designation"), MINISTER, art("58(1)"),
            opens("fact_finding") + go("fact_finding", "not_designated"),
            fields=(BUSINESS, WHAT, REPORT_BY, RUNS, NEEDED), conditions=(RUNS_BUSINESS, IS_NEEDED),
                starts=("report_due",),
            keeps=(keep("business"),), received=True, since=DESIGNATION),
        Act("give_report", T("報告・資料を提出する", "answer the request"), RUNNER, art("58(1)"), stay("fact_finding"),
            fields=(REPORT,), meets=("report_due",)),
        Act("obstruct_report", T("報告せず、又は偽る", "make no or a false report"), RUNNER, art("58(1)", "96(iv)"),
            stay("fact_finding"), deed=True, penalty="PEN-96-4b"),
        Act("not_met", T("指定せずに終える", "close without designation"), MINISTER, art("50(1)"),
            go("not_designated", "fact_finding"), stops=("report_due",),
            note=T("50条1項の反対解釈。通知の定めはない", "contrary reading of Art. 50(1); no notice is prescribed")),
        Act("designate", T("指定する", "designate"), MINISTER, art("50(1)-(2)"), opens("designated") + go("designated",
            *NOT_YET), fields=(BUSINESS, NAME, ADDRESS, SUCCESSOR, NOTICE, GAZETTE, MET),
            conditions=(sector_in_force, CRITERIA_MET), stops=("report_due",), received=True,
            keeps=(keep("designated_on", act_day), keep("business"), keep("name"), keep("address"), keep("successor"))),
        Act("name_notice", T("名称・住所の変更を届け出る", "notify a change of name or address"), OPERATOR,
            art("50(3)"),
            stay("designated"), fields=(CHANGES_ON, NAME, ADDRESS), conditions=(two_weeks_ahead,),
                advice=(two_clear_weeks,),
            keeps=(keep("announced", with_the_new_day), keep("name"), keep("address"))),
        Act("change_name", T("名称・住所を変更する", "change name or address"), OPERATOR, art("50(3)"),
            stay("designated"),
            deed=True, keeps=(keep("announced", without_what_was_made),)),
        Act("republish", T("変更を公示する", "publish the change"), MINISTER, art("50(2) second sentence"),
            stay("designated"),
            fields=(GAZETTE,)),
        Act("lift", T("指定を解除する", "lift the designation"), MINISTER,
            (*art("51", "50(2)"), *under_order("lifting_published", None)), go("lifted", "designated"),
            fields=(NO_LONGER, LIFT_NOTICE, GAZETTE), conditions=(NO_LONGER_MET,), received=True,
            keeps=(keep("lifted_on", act_day),),
            note=T("以後の届出の義務は終わる。進行中の計画書は事業者が扱いを決める",
                "all filing duties end for the future; open plans need a closing decision"))),
    duties=(
        Duty("report", T("報告又は資料の提出をする", "report or supply materials"), art("58(1)"), RUNNER, "PEN-96-4b",
            to=MINISTER, clock="report_due", done=(done("give_report"),)),
        Duty("republish", T("変更を公示する", "publish the change"), art("50(2) second sentence"), MINISTER, OFFICE,
            arises=(done("change_name"),), done=(done("republish"),))),
    bans=(
        Ban("no_change_without_notice", T("届出のない名称・住所の変更", "a change of name or address without notice"),
            art("50(3)"), OPERATOR, states=("designated",), covers=("change_name",), penalty="PEN-96-6",
            unless=(notified_in_time,), question=101),))
