"""経過措置 (Art. 53): six months without filing after a designation, or after an order made an item critical.

Run "" is the grace of the designation (53(1)), a named run that of one facility (53(2)) or work (53(3)). First day
excluded, not moved (question 302). Successors have none from 2026-09-18 on (question 304).
"""

from kaname.law import T
from kaname.law.laws import ACT_38_2026, art
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    EXCLUDED,
    Act,
    Clock,
    Consequence,
    Count,
    Kind,
    Procedure,
    act_day,
    condition,
    done,
    end,
    end_of,
    go,
    keep,
    opens,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.grace_days import SIX_MONTHS, no_grace_for_successors
from kaname.regimes.infrastructure.roles import MINISTER
from kaname.regimes.infrastructure.versions import ACT_38_MAIN, REVIEW

# -- what is asked ---------------------------------------------------------------------------------------------------

ITEM = text("item", T("新たに対象となった設備", "the facility that became critical"), art("53(2)"))
WORK = text("work", T("新たに対象となった維持管理・操作", "the maintenance or operation that became critical"),
    art("53(3)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("他の指定事業者からの承継により基準に該当したこと",
    "the criteria were met by succession to another designated operator"),
    T("承継による指定でない", "not a designation by succession"), art("53(1) proviso"), question=304)
def by_succession(v: View) -> bool | None:
    """Only for designations from 2026-09-18 on: earlier ones keep the old rule."""
    return bool(v.fact("designation.successor")) and no_grace_for_successors(v.on)

@condition(T("事業者が指定されていること", "the operator is designated"), T("指定されていない", "not designated"),
    art("50(1)", "53"))
def is_designated(v: View) -> bool | None:
    return v.state("designation") == "designated"

@condition(T("承継による指定かどうかが記載されていること", "it is stated whether this is a succession"),
    T("承継による指定かどうかの記載がない。経過措置があると仮定した",
        "not stated whether the criteria were met by succession: assumed not"), art("53(1) proviso"), question=304)
def succession_stated(v: View) -> bool | None:
    designated_on = v.fact("designation.designated_on")
    asked = designated_on is not None and designated_on >= ACT_38_MAIN and v.state() == "running"
    return v.fact("designation.successor") is not None if asked else True

# -- the procedure ---------------------------------------------------------------------------------------------------

grace = Procedure(
    "grace", T("経過措置（届出義務の適用除外期間）", "grace period"), art("53"), per=("subject",),
        after=("designation",),
    states=dict(
        running=T("経過措置の期間中", "running"), ended=end(T("経過措置の終了", "ended")),
        excluded_by_succession=end(T("承継により適用なし", "none, by succession"))),
    clocks=(
        Clock("grace", T("届出を要しない六月", "six months without filing"), Kind.TERM, art("53(1)", "53(2)", "53(3)"),
            (Count(SIX_MONTHS, act_day, EXCLUDED),), question=302),),
    acts=(
        Act("start_facility", T("省令の改正で設備が対象となる",
            "an amended order makes the item a critical facility"), MINISTER,
            art("53(2)"), opens("running"), fields=(ITEM,), conditions=(is_designated,), starts=("grace",),
                since=REVIEW,
            keeps=(keep("item"),),
            note=T("対象となった日を行為の日とする。適用除外はその設備に限る",
                "dated on the day it became critical; for that item only")),
        Act("start_maint", T("省令の改正で維持管理等が対象となる",
            "an amended order makes the work critical maintenance"), MINISTER,
            art("53(3)"), opens("running"), fields=(WORK,), conditions=(is_designated,), starts=("grace",),
                since=REVIEW,
            keeps=(keep("work"),),
            note=T("対象となった日を行為の日とする。適用除外はその業務に限る",
                "dated on the day it became critical; for that work only"))),
    warns=(succession_stated,),
    consequences=(
        Consequence("start_desig", T("指定による経過措置", "grace by designation"), art("53(1)"),
            upon=(done("designation.designate"),), only_if=~by_succession, moves=opens("running"), starts=("grace",),
            note=T("指定に係る事業の設備に限る", "for the facilities of the business designated"), question=302),
        Consequence("exclude", T("承継のため経過措置なし", "no grace for a successor"),
            (*art("53(1) proviso"), *ACT_38_2026("suppl. 2")),
            upon=(done("designation.designate"),), only_if=by_succession, moves=opens("excluded_by_succession"),
            question=304),
        Consequence("end", T("期間満了", "the grace ends"), art("53"), upon=(end_of("grace"),), moves=go("ended",
            "running"),
            note=T("以後の導入等には、計画書の届出と禁止期間の経過が要る",
                "from now on a plan must be filed and the standstill be over before anything is introduced")),
        Consequence("lifted", T("指定の解除", "the designation is lifted"), art("51"), upon=(done("designation.lift"),),
            every_run=True, moves=go("ended", "running"))))
