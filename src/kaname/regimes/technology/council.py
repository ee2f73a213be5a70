"""協議会の組織 (T4a; Art. 62): the R&D minister may form one, with the lead researcher's consent, the Prime Minister
having been consulted beforehand. The council of a designated fund (Art. 63(4)) is another procedure: a duty, not a
power.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
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
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.technology.council_acts import NAME, STATES, life
from kaname.regimes.technology.laws import STI
from kaname.regimes.technology.roles import LEAD_RESEARCHER, RD_MINISTER
from kaname.regimes.technology.versions import IN_FORCE

# -- what is asked ---------------------------------------------------------------------------------------------------

RESEARCH = text("research", T("研究開発", "the R&D"), art("62(1)"), required=True)
LEAD = Field("lead_researcher", T("研究開発を代表する者", "who represents the R&D"), FieldType.PERSON, art("62(1)"),
    required=True)
EXPLANATION = text("explanation", T("協議会の説明", "what was explained of the council"), art("62(1)"))
PAID, IS_PAID = finding("state_money",
    T("国の資金による研究開発であること", "R&D paid with money of the State"),
    T("国の資金による研究開発と認められない", "not found to be R&D paid with money of the State"),
    art("62(1)") + STI("12(1)"))
VITAL, IS_VITAL = finding("vital",
    T("将来の国民生活・経済活動の維持に重要となり得る先端的技術であること",
        "cutting-edge technology that may become vital for life and economy"),
    T("そのような先端的技術と認められない", "not found to be such a cutting-edge technology"), art("61"))
HARMS = Field("harms", T("国家及び国民の安全を損なう事態を生ずるおそれ", "harms that could endanger State and people"),
    FieldType.CHOICE, art("61"), required=True, several=True, options=(
        Option("misuse_of_technology", T("技術の外部による不当な利用", "outside misuse of the technology"), art("61")),
        Option("misuse_of_rd_information", T("研究開発に用いる情報の外部による不当な利用",
            "outside misuse of information used in its R&D"), art("61")),
        Option("dependence_and_disruption", T("外部に依存する財・役務の安定的な利用の支障",
            "loss of stable use of goods or services through outside dependence"), art("61"))))
FORM = text("form", T("同意の方式", "form of the consent"), art("62(1)"))
OTHERS = Field("founding_members", T("組織の時の構成員", "founding members"), FieldType.PARTY, art("62(1)"),
    several=True, help=T("法律上は代表者と大臣。他の者は同意を得て62条3項により加える",
        "by law the lead researcher and the minister; others are added under Art. 62(3) with their consent"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("61条の三つのおそれのいずれかがあること", "one of the three harms of Art. 61"),
    T("61条の三つのおそれのいずれもない", "none of the three harms of Art. 61"), art("61"))
def some_harm(v: View) -> bool | None:
    harms = v.given("harms")
    return None if harms is None else bool(harms)

@condition(T("研究開発を代表する者の同意があること", "the lead researcher consented"),
    T("研究開発を代表する者の同意がない", "the lead researcher has not consented"), art("62(1)"))
def was_consented(v: View) -> bool | None:
    return v.done("consent") is not None

@condition(T("あらかじめ内閣総理大臣に協議したこと", "the Prime Minister was consulted beforehand"),
    T("内閣総理大臣に協議していない", "the Prime Minister was not consulted"), art("62(2)"))
def was_consulted(v: View) -> bool | None:
    return v.done("consult_pm") is not None

# -- the procedure ---------------------------------------------------------------------------------------------------

council = Procedure(
    "council", T("協議会（62条）", "R&D council (Art. 62)"), art("62"), excludes=("fund_council",), states=dict(
        consent_asked=waits(T("代表者の同意待ち", "consent asked"), LEAD_RESEARCHER),
        consented=waits(T("代表者の同意", "consented"), RD_MINISTER),
        pm_consulted=waits(T("内閣総理大臣と協議済", "Prime Minister consulted"), RD_MINISTER), **STATES,
        not_formed=end(T("組織せず", "not formed"))),
    acts=(
        Act("ask_consent", T("代表者に同意を求める", "ask the lead researcher's consent"), RD_MINISTER, art("62(1)"),
            opens("consent_asked"), fields=(RESEARCH, LEAD, EXPLANATION, PAID, VITAL, HARMS),
            conditions=(IS_PAID, IS_VITAL, some_harm), keeps=(keep("lead_researcher"), keep("research"))),
        Act("consent", T("同意する", "consent"), LEAD_RESEARCHER, art("62(1)"), go("consented", "consent_asked"),
            fields=(FORM,), keeps=(keep("consented_on", act_day),)),
        Act("refuse", T("同意しない", "refuse"), LEAD_RESEARCHER, art("62(1)"), go("not_formed", "consent_asked"),
            note=T("不同意は研究開発の支援に不利に働かないものとみる",
                "a refusal is taken not to count against the project"), question=421),
        Act("consult_pm", T("内閣総理大臣に協議する", "consult the Prime Minister"), RD_MINISTER, art("62(2)"),
            go("pm_consulted", "consented"), note=T("あらかじめ", "beforehand")),
        Act("organise", T("協議会を組織する", "form the council"), RD_MINISTER, art("62(1)"),
            go("organised", "pm_consulted"), fields=(NAME, OTHERS), conditions=(was_consented, was_consulted),
            keeps=(keep("council_name"), keep("organised_on", act_day)),
            since=IN_FORCE, note=T("義務でなく権限", "a power, not a duty")),
        *life(RD_MINISTER, art("62(8)"), art("62(4)"), art("62(7)"), "PEN-95-1-1b")))
