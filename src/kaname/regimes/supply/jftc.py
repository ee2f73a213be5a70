"""公正取引委員会の意見 (Art. 29): about the plan or, under the name of its run, a change of it. No deadline is set."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import Act, Consequence, Procedure, condition, done, end, go, opens, waits
from kaname.procedure.view import View
from kaname.regimes.supply.plan import IS_NECESSARY, NECESSARY, same_industry_joint
from kaname.regimes.supply.roles import FTC, MINISTER

OPINION = text("opinion", T("意見", "opinion"), art("29(2)"), required=True)


@condition(T("審査中の変更に係ること", "about a change under review"),
    T("審査中の変更がない", "no change of that name is under review"),
    art("29(1)"))
def change_under_review(v: View) -> bool | None:
    return v.state("plan_change") in ("change_submitted", "ministers_consulted")


@condition(T("求めた計画が認定されたこと", "the plan or change referred has been certified"),
    T("意見は、求めに係る計画が認定された後に述べる", "an opinion is given once what was referred has been certified"),
        art("29(2)"))
def has_been_certified(v: View) -> bool | None:
    return v.state("plan_change") == "change_certified" if v.run else v.state("plan") == "certified"


jftc = Procedure(
    "jftc", T("公正取引委員会の意見", "opinion of the JFTC"), art("29"), per=("subject",),
    states=dict(referred=waits(T("意見の求め", "referred"), FTC), opinion_given=end(T("意見あり", "opinion given")),
        no_opinion=end(T("意見なし", "no opinion"))),
    acts=(
        Act("refer", T("変更について意見を求める", "refer a change"), MINISTER, art("29(1)"), opens("referred"),
            fields=(NECESSARY,),
            conditions=(same_industry_joint, IS_NECESSARY, change_under_review)),
        Act("opine", T("意見を述べる", "give an opinion"), FTC, art("29(2)"), go("opinion_given", "referred"),
            fields=(OPINION,),
            conditions=(has_been_certified,)),
        Act("none", T("意見を述べない", "give no opinion"), FTC, art("29(2)"), go("no_opinion", "referred"))),
    consequences=(
        Consequence("plan_referred", T("計画について意見の求め", "the plan is referred"), art("29(1)"),
            upon=(done("plan.refer_jftc"),),
            moves=opens("referred")),))
