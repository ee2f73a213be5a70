"""An invented kind in which each rule of the fold shows alone. Nothing here is law in force anywhere."""

from datetime import date

from kaname.days import days_n, months, years
from kaname.law import Law, T
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Ban,
    CaseKind,
    Clock,
    Consequence,
    Count,
    Duty,
    Extend,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    Reading,
    Role,
    Shorten,
    Take,
    act_day,
    condition,
    day_rule,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    opens,
    receipt,
    received,
    stay,
)  # fmt: skip

LAB = Law("lab", "試", "Lab Act", "試験法", "Lab Act (invented)")


def t(word):
    return T(f"{word}（試）", word)


APPLICANT, OFFICE = Role("applicant", T("申請者", "applicant")), Role("office", T("官署", "office"))
HOLDER = Role("holder", T("保有者", "holder"), own_run=("member",))
ENDS_ON = Field("ends_on", T("末日", "last day"), FieldType.DAY)
FREE = NoPenalty(T("努力義務", "none"))

# -- conditions -------------------------------------------------------------------------------------------------------


@day_rule(T("翻訳文の提出日", "day of the translation"))
def translated(view):
    return view.fact("review.translated_on")


@day_rule(T("申請日", "day of the application"))
def applied(view):
    return view.fact("review.applied_on")


@condition(T("審査が済んでいること", "reviewed"), T("審査が済んでいない", "not reviewed"), LAB("3(1)"))
def sound(view):
    return view.given("sound")


@condition(T("新法の要件", "the new requirement"), T("新法の要件を満たさない", "the new requirement is not met"),
           LAB("3(2)"), since=date(2025, 7, 1), judged_by=applied)
def new_requirement(view):
    return bool(view.given("new"))


@condition(T("急がないこと", "no haste"), T("先に延長すること", "extend first"), LAB("3(3)"))
def time_enough(view):
    running = view.clock("standstill")
    return running is None or running.last_day is None or running.last_day >= view.on.replace(year=view.on.year + 1)


@condition(T("他事件の指定があること", "designated in the other case"), T("他事件の指定がない", "not designated there"),
           LAB("9"))
def designated_elsewhere(view):
    taken = view.context("designation")
    return None if taken is None else bool(taken.get("designated_on"))


def fee(view):
    return 25_000


# -- procedures -------------------------------------------------------------------------------------------------------

review = Procedure(
    "review", t("review"), LAB("1"),
    states=dict(filed=t("filed"), recommended=t("recommended"), silent=t("silent"), cleared=end(t("cleared")),
                designated=t("designated"), lifted=end(t("lifted")), gone=end(t("gone"))),
    clocks=(
        Clock("standstill", t("standstill"), Kind.STANDSTILL, LAB("2(1)"), (Count(days_n(30), act_day, COUNTED),)),
        Clock("reply", t("reply"), Kind.FILING, LAB("2(2)"), (Count(days_n(10), received, COUNTED),)),
        Clock("answer", t("answer"), Kind.FILING, LAB("2(3)"), (Count(days_n(14), received),)),
        Clock("term", t("term"), Kind.TERM, LAB("2(4)"), (Count(years(1), act_day, COUNTED),), chosen="ends_on"),
        Clock("translation", t("translation"), Kind.STANDSTILL, LAB("2(5)"), (Count(months(3), translated),)),
        Clock("suit", t("suit"), Kind.PATENT, LAB("2(6)"), (Count(months(3), act_day),), lasting=True,
              reading=Reading(1, t("the day after"), 4)),
        Clock("tell", t("tell"), Kind.AGENCY_DUTY, LAB("2(7)"), force=Force.WITHOUT_DELAY),
    ),
    acts=(
        Act("apply", t("apply"), APPLICANT, LAB("1(1)"), opens("filed"),
            keeps=(keep("applied_on", act_day), keep("fee")), starts=("standstill", "translation", "suit", "tell"),
            fields=(Field("fee", t("fee"), FieldType.YEN, LAB("1(2)"), proposes=fee),
                    Field("old", t("old day"), FieldType.DAY))),
        Act("translate", t("translate"), APPLICANT, LAB("1(3)"), stay("filed", "recommended"),
            keeps=(keep("translated_on", act_day),)),
        Act("tell", t("tell"), OFFICE, LAB("1(4)"), stay("filed"), meets=("tell",)),
        Act("extend", t("extend"), OFFICE, LAB("2(1)"), stay("filed"), fields=(ENDS_ON,),
            extends=(Extend("standstill", months(4), LAB("2(1)"), counted_from="start"),)),
        Act("shorten", t("shorten"), OFFICE, LAB("2(1)"), stay("filed"), fields=(ENDS_ON,),
            shortens=(Shorten("standstill", LAB("2(1)")),)),
        Act("recommend", t("recommend"), OFFICE, LAB("2(2)"), go("recommended", "filed"), received=True,
            advice=(time_enough,)),
        Act("reply", t("reply"), APPLICANT, LAB("2(2)"), go("cleared", "recommended"), meets=("reply",)),
        Act("warn", t("warn"), OFFICE, LAB("2(3)"), stay("filed", "recommended"), received=True),
        Act("answer", t("answer"), APPLICANT, LAB("2(3)"), stay("filed", "recommended"), meets=("answer",)),
        Act("designate", t("designate"), OFFICE, LAB("2(4)"), go("designated", "filed"), starts=("term",),
            received=True, fields=(ENDS_ON, Field("sound", t("sound"), FieldType.FLAG, LAB("3(1)"), finding=True),
                    Field("new", t("new"), FieldType.FLAG)), conditions=(sound, new_requirement)),
        Act("prolong", t("prolong"), OFFICE, LAB("2(4)"), stay("designated"), fields=(ENDS_ON,),
            extends=(Extend("term", years(1), LAB("2(4)")),)),
        Act("withdraw", t("withdraw"), APPLICANT, LAB("1(5)"), go("gone", "filed", "recommended", "designated")),
        Act("claim", t("claim"), APPLICANT, LAB("9"), stay("filed"), conditions=(designated_elsewhere,),
            takes=(Take("designation", t("designation"), "lab.case",
                        lambda s: {"designated_on": s.fact("review.known_on")}),)),
    ),
    consequences=(
        Consequence("reply_runs", t("reply runs"), LAB("2(2)"), (receipt("recommend"),), stay("recommended"),
                    starts=("reply",)),
        Consequence("answer_runs", t("answer runs"), LAB("2(3)"), (receipt("warn"),), stay("filed", "recommended"),
                    starts=("answer",)),
        Consequence("retranslated", t("translated"), LAB("2(5)"), (done("translate"),), stay("filed", "recommended"),
                    starts=("translation",)),
        Consequence("no_reply", t("no reply"), LAB("2(2)"), (end_of("reply"),), go("silent", "recommended")),
        Consequence("clear", t("clear"), LAB("2(1)"), (end_of("standstill"),),
                    go("cleared", "filed") + stay("recommended")),
        Consequence("known", t("known"), LAB("2(4)"), (receipt("designate"),), stay("designated"),
                    keeps=(keep("known_on", act_day),)),
        Consequence("over", t("over"), LAB("2(4)"), (end_of("term"),), go("lifted", "designated")),
    ),
    duties=(
        Duty("answer", t("duty to answer"), LAB("2(3)"), APPLICANT, FREE, clock="answer"),
        Duty("tell", t("duty to tell"), LAB("2(7)"), OFFICE, FREE, clock="tell"),
        Duty("care", t("duty of care"), LAB("2(4)"), APPLICANT, FREE, states=("designated",)),
    ),
    bans=(
        Ban("no_withdrawal", t("no withdrawal"), LAB("4"), APPLICANT, ("designated",), ("withdraw",), FREE,
            ends_with=("term",)),
        Ban("no_start", t("no start"), LAB("5"), APPLICANT, ("filed", "recommended"), ("works.begin",), "PEN-94-1",
            ends_with=("standstill",)),
    ),
)  # fmt: skip

works = Procedure(
    "works", t("works"), LAB("5"), start="none", states=dict(none=t("none"), begun=t("begun")),
    acts=(Act("begin", t("begin"), APPLICANT, LAB("5"), go("begun", "none"), deed=True),),
)  # fmt: skip

members = Procedure(
    "members", t("members"), LAB("6"), per=("member",), states=dict(inside=t("inside"), out=end(t("out"))),
    acts=(
        Act("join", t("join"), HOLDER, LAB("6(1)"), opens("inside"),
            fields=(Field("person", t("person"), FieldType.PERSON, required=True),)),
        Act("leave", t("leave"), HOLDER, LAB("6(2)"), go("out", "inside")),
    ),
    consequences=(
        Consequence("all_out", t("all out"), LAB("6(3)"), (enters("review.lifted"), enters("review.gone")),
                    go("out", "inside"), every_run=True),
    ),
    duties=(
        Duty("secrecy", t("secrecy"), LAB("6(4)"), HOLDER, "PEN-95-1-2", arises=(done("join"),), person="person",
             lasts=True),
        Duty("report", t("report"), LAB("6(5)"), HOLDER, FREE, arises=(done("join"),), done=(done("leave"),)),
    ),
)  # fmt: skip

CASE = CaseKind("lab.case", "lab", t("case"), date(2024, 5, 1), (review, works, members))
