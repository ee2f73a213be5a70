"""説明会・資料 (practice): what was told to whom, how many came; materials, and how often each was taken.

A material is a run of its own; its downloads are counted now and then, each time as the total since it was published.
"""

from datetime import date

from kaname.law import Bases, Practice, T
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    Act,
    Field,
    FieldType,
    Option,
    Procedure,
    act_day,
    condition,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.general.consultation import REGIME
from kaname.regimes.general.roles import DESK

PRACTICE: Bases = (Practice("内閣府及び所管省の説明会・資料",
    "briefings and materials of the Cabinet Office and the ministries"),)

# -- what is asked ---------------------------------------------------------------------------------------------------

TITLE = text("title", T("名称", "title"), PRACTICE, required=True)
PLACE = text("place", T("場所（オンラインを含む）", "place, or online"), PRACTICE, required=True)
AUDIENCE = Field("audience", T("対象", "audience"), FieldType.CHOICE, PRACTICE, required=True, options=(
    Option("operators", T("基幹インフラ事業者", "infrastructure operators")),
    Option("suppliers", T("供給者・委託先", "suppliers and entrustees")),
    Option("industry", T("産業界・業界団体", "industry and its associations")),
    Option("patents", T("出願人・弁理士", "applicants and patent attorneys")),
    Option("researchers", T("研究者・研究機関", "researchers and institutions")),
    Option("government", T("国・地方公共団体", "government")), Option("public", T("一般", "the public"))))
TO_BE_HELD = Field("day", T("開催の予定日", "day planned"), FieldType.DAY, PRACTICE, required=True)
PEOPLE = Field("people", T("参加人数", "number of people"), FieldType.INTEGER, PRACTICE, required=True)
TOTAL = Field("downloads", T("公表からの累計ダウンロード数", "downloads since publication, in all"), FieldType.INTEGER,
    PRACTICE, required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("人数が負でないこと", "the number is not negative"),
    T("負の人数はない", "a number of people is not negative"),
    PRACTICE)
def people_counted(v: View) -> bool | None:
    people = v.given("people")
    return None if people is None else bool(people >= 0)

@condition(T("累計が前回を下回らないこと", "the total is not below the last one"),
    T("累計が前回より少ない。公表からの累計を書く",
        "the total is below the last one; give downloads since publication"),
    PRACTICE)
def total_grows(v: View) -> bool | None:
    total = v.given("downloads")
    return None if total is None else bool(total >= (v.fact("downloads") or 0))

def planned_day(v: View) -> date | None:
    day: date | None = v.given("day")
    return day

# -- the procedures --------------------------------------------------------------------------------------------------

ABOUT = (TITLE, REGIME, PLACE, AUDIENCE)
KEPT = (keep("title"), keep("regime"), keep("place"), keep("audience"))

briefing = Procedure(
    "briefing", T("説明会", "briefing"), PRACTICE,
    states=dict(planned=waits(T("予定", "planned"), DESK), held=T("開催済", "held"),
        cancelled=end(T("中止", "cancelled"))),
    acts=(
        Act("plan", T("説明会を予定する", "plan a briefing"), DESK, PRACTICE, opens("planned"),
            fields=(*ABOUT, TO_BE_HELD),
            keeps=(*KEPT, keep("day", planned_day))),
        Act("hold", T("開催を記録する", "record that it was held"), DESK, PRACTICE, go("held", "planned"),
            fields=(PEOPLE,), conditions=(people_counted,), keeps=(keep("people"), keep("held_on", act_day))),
        Act("record", T("予定のなかった説明会を記録する", "record a briefing that was not planned here"), DESK,
            PRACTICE,
            opens("held"), fields=(*ABOUT, PEOPLE), conditions=(people_counted,),
            keeps=(*KEPT, keep("people"), keep("held_on", act_day))),
        Act("cancel", T("中止する", "cancel"), DESK, PRACTICE, go("cancelled", "planned"))))

material = Procedure(
    "material", T("資料", "material"), PRACTICE, per=("material",),
    states=dict(published=T("公表中", "published"), taken_down=end(T("掲載終了", "taken down"))),
    acts=(
        Act("publish", T("資料を公表する", "publish a material"), DESK, PRACTICE, opens("published"),
            fields=(TITLE, REGIME, text("address", T("掲載場所", "where it is published"), PRACTICE)),
            keeps=(keep("title"), keep("regime"), keep("published_on", act_day))),
        Act("count", T("ダウンロード数を記録する", "record the downloads"), DESK, PRACTICE, stay("published"),
            fields=(TOTAL,), conditions=(total_grows,), keeps=(keep("downloads"), keep("counted_on", act_day))),
        Act("take_down", T("掲載を終える", "take it down"), DESK, PRACTICE, go("taken_down", "published"))))
