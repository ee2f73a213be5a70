"""A small invented law for tests of the command line: a quarry licence with a standstill, an answer, partners, yearly
levies, and a second kind from which an act takes. Nothing here is law in force anywhere."""

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
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    Reading,
    Role,
    Take,
    act_day,
    condition,
    done,
    end,
    end_of,
    go,
    opens,
    receipt,
    received,
    stay,
)

LAW = Law("quarry", "石切法", "Quarry Act", "石切法", "Quarry Act (invented)")
OWNER = Role("owner", T("採石者", "quarry owner"))
OFFICE = Role("office", T("役所", "office"))
PARTNER = Role("partner", T("共同者", "partner"), own_run=("partner",))

STONE = Field(
    "stone",
    T("石の種類", "kind of stone"),
    FieldType.CHOICE,
    LAW("1(2)"),
    required=True,
    options=(Option("granite", T("花崗岩", "granite")), Option("slate", T("粘板岩", "slate"))),
)
TONS = Field("tons", T("量", "tons"), FieldType.INTEGER, LAW("1(2)"))


@condition(
    T("検査に合格したこと", "the survey was passed"), T("検査に合格していない", "no survey was passed"), LAW("4")
)
def surveyed(view):
    taken = view.given("context") or {}
    return taken.get("survey", {}).get("passed") is True


licence = Procedure(
    "licence",
    T("採石の免許", "quarry licence"),
    LAW("1"),
    states=dict(
        asked=T("申請中", "asked for"),
        doubted=T("照会中", "in question"),
        free=T("採石可", "free"),
        granted=end(T("免許", "granted")),
    ),
    clocks=(
        Clock("wait", T("待機期間", "standstill"), Kind.STANDSTILL, LAW("2"), (Count(months(1), act_day),)),
        Clock(
            "reply",
            T("回答期限", "time to answer"),
            Kind.FILING,
            LAW("3(2)"),
            (Count(days_n(14), received, COUNTED),),
            reading=Reading(1, T("翌日起算", "counted from the next day"), 7),
        ),
        Clock("receipt_slip", T("受付票", "slip"), Kind.AGENCY_DUTY, LAW("1(3)"), force=Force.WITHOUT_DELAY),
    ),
    acts=(
        Act(
            "ask", T("申請", "ask"), OWNER, LAW("1(1)"), opens("asked"), (STONE, TONS), starts=("wait", "receipt_slip")
        ),
        Act("doubt", T("照会", "question"), OFFICE, LAW("3(1)"), go("doubted", "asked"), received=True),
        Act("answer", T("回答", "answer"), OWNER, LAW("3(2)"), go("asked", "doubted"), meets=("reply",)),
        Act(
            "grant",
            T("免許", "grant"),
            OFFICE,
            LAW("4"),
            go("granted", "asked", "free"),
            conditions=(surveyed,),
            takes=(
                Take(
                    "survey", T("検査", "survey"), "quarry.survey", lambda s: {"passed": s.state("survey") == "passed"}
                ),
            ),
        ),
        Act("dig", T("採石", "dig"), OWNER, LAW("2"), stay("asked", "doubted", "free", "granted"), deed=True),
    ),
    consequences=(
        Consequence(
            "asked_again",
            T("回答の開始", "answer runs"),
            LAW("3(2)"),
            (receipt("doubt"),),
            stay("doubted"),
            starts=("reply",),
        ),
        Consequence("wait_over", T("待機の終了", "standstill over"), LAW("2"), (end_of("wait"),), go("free", "asked")),
    ),
    duties=(
        Duty(
            "answer",
            T("回答義務", "duty to answer"),
            LAW("3(2)"),
            OWNER,
            NoPenalty(T("申請を退ける", "the licence is refused")),
            to=OFFICE,
            clock="reply",
            done=(done("answer"),),
        ),
    ),
    bans=(
        Ban(
            "digging", T("採石", "digging"), LAW("2"), OWNER, ("asked", "doubted"), ("dig",), "P94", ends_with=("wait",)
        ),
    ),
)
partners = Procedure(
    "partners",
    T("共同採石", "joint quarrying"),
    LAW("5"),
    per=("partner",),
    states=dict(open=T("共同中", "open"), closed=end(T("終了", "closed"))),
    clocks=(
        Clock("wait", T("加入の待機", "waiting to join"), Kind.STANDSTILL, LAW("5"), (Count(days_n(10), act_day),)),
    ),
    acts=(Act("join", T("加入", "join"), PARTNER, LAW("5"), opens("open"), starts=("wait",)),),
)
survey = Procedure(
    "survey",
    T("検査", "survey"),
    LAW("4"),
    states=dict(open=T("検査中", "open"), passed=end(T("合格", "passed"))),
    clocks=(Clock("repeat", T("再検査", "next survey"), Kind.FILING, LAW("4"), (Count(years(20), act_day),)),),
    acts=(
        Act("start", T("検査の開始", "start"), OFFICE, LAW("4"), opens("open"), starts=("repeat",)),
        Act("pass", T("合格", "pass"), OFFICE, LAW("4"), go("passed", "open")),
    ),
)

LICENCE = CaseKind("quarry.licence", "quarry", T("採石の事件", "quarry case"), date(2024, 5, 1), (licence, partners))
SURVEY = CaseKind("quarry.survey", "quarry", T("検査の事件", "survey case"), date(2025, 4, 1), (survey,))
KINDS = {kind.id: kind for kind in (LICENCE, SURVEY)}

# A ledger of it: asked, questioned, a partner, a breach, and an act out of order.
ASKED = {"act": "licence.ask", "on": "2026-05-01", "data": {"stone": "slate"}, "by": "owner", "party": "Kumo Stone"}
LEDGER = [
    ASKED,
    {"act": "licence.doubt", "on": "2026-05-07", "data": {"received_on": "2026-05-08"}},
    {"act": "partners.join", "on": "2026-05-09", "run": "b1", "party": "b1"},
    {"act": "licence.dig", "on": "2026-05-11"},
    {"act": "licence.ask", "on": "2026-05-12", "data": {"stone": "granite"}},
]
