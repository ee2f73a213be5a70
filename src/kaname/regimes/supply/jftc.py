"""公正取引委員会の意見 (Art. 29). in the case of the plan, or in one of its own. No deadline is set.

In the plan's case it is the plan or, under the name of its run, a change of it. An office that does not keep the plan
(the Commission itself) takes from the plan's case what it needs, or records it as found.
"""

from collections.abc import Mapping
from typing import Any

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import (
    Act,
    AnyCondition,
    Consequence,
    Field,
    FieldType,
    Keep,
    Procedure,
    Take,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    waits,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.supply.plan import IS_NECESSARY, NECESSARY, same_industry_joint
from kaname.regimes.supply.roles import FTC, MINISTER

# -- what is asked ---------------------------------------------------------------------------------------------------

OPINION = text("opinion", T("意見", "opinion"), art("29(2)"), required=True)
PLAN = text("plan", T("求めに係る計画", "plan or change referred"), art("29(1)"))
NOT_AT_HAND = T("計画の事件を参照しないときに記入する", "for an office that does not keep the plan's own case")
SAME_INDUSTRY = Field("same_industry", T("同一の業種に属する二以上の者の計画",
    "plan of two or more businesses in one industry"),
    FieldType.FLAG, art("29(1)"), finding=True, help=NOT_AT_HAND)
CERTIFIED = Field("certified", T("求めに係る計画が認定された", "the plan referred has been certified"), FieldType.FLAG,
    art("29(2)"), finding=True, help=NOT_AT_HAND)


def _of_plan(plan: Standing) -> Mapping[str, Any]:
    states = {run: t.state for t in plan.tracks.values() if t.procedure == "plan_change" and (run := t.run)}
    joint = bool(plan.facts.get("plan.same_industry")) and len(plan.facts.get("plan.applicants") or ()) > 1
    return {"state": plan.tracks["plan"].state, "same_industry": joint, "changes": states}


PLAN_CASE = Take("plan", T("計画の事件", "the case of the plan"), "supply.plan", _of_plan)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("審査中の変更に係ること", "about a change under review"),
    T("審査中の変更がない", "no change of that name is under review"),
    art("29(1)"))
def change_under_review(v: View) -> bool | None:
    return v.state("plan_change") in ("change_submitted", "ministers_consulted")


CERTIFIED_FIRST = T("意見は、求めに係る計画が認定された後に述べる",
    "an opinion is given once what was referred has been certified")

@condition(T("求めた計画が認定されたこと", "the plan or change referred has been certified"), CERTIFIED_FIRST,
    art("29(2)"))
def has_been_certified(v: View) -> bool | None:
    return v.state("plan_change") == "change_certified" if v.run else v.state("plan") == "certified"

@condition(T("同一の業種に属する二以上の者の計画であること", "a plan of two or more businesses in one industry"),
    T("同一業種の共同計画でないので、意見を求める対象でない", "not a joint plan within one industry: nothing to refer"),
    art("29(1)"))
def joint_in_one_industry(v: View) -> bool | None:
    taken = v.context("plan")
    found: bool | None = v.given("same_industry") if taken is None else taken["same_industry"]
    return found

@condition(T("求めた計画が認定されたこと", "the plan or change referred has been certified"), CERTIFIED_FIRST,
    art("29(2)"))
def told_certified(v: View) -> bool | None:
    taken = v.context("plan")
    if taken is None:
        found: bool | None = v.given("certified")
        return found
    return taken["changes"].get(v.run, taken["state"]) in ("certified", "change_certified")

# -- the procedure ---------------------------------------------------------------------------------------------------

def _opinion(refers: Text, told: tuple[Field, ...], referred: tuple[AnyCondition, ...], certified: AnyCondition,
             of_opinion: tuple[Field, ...] = (OPINION,), takes: tuple[Take, ...] = (),
             keeps: tuple[Keep, ...] = (), consequences: tuple[Consequence, ...] = ()) -> Procedure:  # fmt: skip
    return Procedure(
        "jftc", T("公正取引委員会の意見", "opinion of the JFTC"), art("29"), per=("subject",),
        states=dict(referred=waits(T("意見の求め", "referred"), FTC), opinion_given=end(T("意見あり", "opinion given")),
            no_opinion=end(T("意見なし", "no opinion"))),
        acts=(
            Act("refer", refers, MINISTER, art("29(1)"), opens("referred"), fields=told, conditions=referred,
                takes=takes, keeps=keeps),
            Act("opine", T("意見を述べる", "give an opinion"), FTC, art("29(2)"), go("opinion_given", "referred"),
                fields=of_opinion, conditions=(certified,), takes=takes),
            Act("none", T("意見を述べない", "give no opinion"), FTC, art("29(2)"), go("no_opinion", "referred"))),
        consequences=consequences)


jftc = _opinion(T("変更について意見を求める", "refer a change"), (NECESSARY,),
    (same_industry_joint, IS_NECESSARY, change_under_review), has_been_certified, consequences=(
        Consequence("plan_referred", T("計画について意見の求め", "the plan is referred"), art("29(1)"),
            upon=(done("plan.refer_jftc"),),
            moves=opens("referred")),))

jftc_referral = _opinion(T("計画又は変更について意見を求める", "refer a plan or a change"),
    (PLAN, SAME_INDUSTRY, NECESSARY),
    (joint_in_one_industry, IS_NECESSARY), told_certified, (OPINION, CERTIFIED), (PLAN_CASE,), (keep("plan"),))
