"""内閣総理大臣等への協議 (Arts. 56(1), 59): concluded before every recommendation and every order, used up by it."""

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import paper, text
from kaname.procedure.declare import (
    Act,
    Condition,
    Consequence,
    Field,
    FieldType,
    Option,
    Procedure,
    done,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.roles import AGENCIES, MINISTER, PM

# -- what is asked ---------------------------------------------------------------------------------------------------

INTENDED = Field("intended", T("しようとする処分", "what is intended"), FieldType.CHOICE, art("56(1)"), options=(
    Option("recommendation", T("勧告", "a recommendation"), art("52(6)", "54(2)", "55(1)", "55(2)")),
    Option("order", T("命令", "an order"), art("52(10)", "54(2)", "55(3)"))))
DRAFT = paper("draft", T("勧告又は命令の案", "draft recommendation or order"), art("56(1)"))
SUMMARY = paper("summary", T("事案の概要", "summary of the case"), art("59"))
OPINION = text("opinion", T("意見", "opinion"), art("56(1)", "59"), sealed=True)
CONSULTED = Field("consulted", T("協議した行政機関", "organs consulted"), FieldType.PARTY, art("56(1)"), several=True)

# -- conditions ------------------------------------------------------------------------------------------------------

def concluded_for(intended: str, label: Text) -> Condition:
    """The gate of Art. 56(1): a consultation about this very recommendation or order has been concluded."""

    def concluded(v: View) -> bool | None:
        asked = v.fact("consultation_with_pm.intended")
        return v.state("consultation_with_pm") == "concluded" and asked in (None, "any", intended)

    return Condition(f"consulted_for_{intended}",
        T(f"{label.ja}について内閣総理大臣等との協議が終わっていること",
            f"the consultation of the Prime Minister and other heads about the {label.en} is concluded"),
        T(f"{label.ja}について内閣総理大臣等との協議が終わっていない",
            f"the consultation of the Prime Minister and other heads about the {label.en} is not concluded"),
        art("56(1)"), concluded)

BEFORE_RECOMMENDATION = concluded_for("recommendation", T("勧告", "recommendation"))
BEFORE_ORDER = concluded_for("order", T("命令", "order"))

# -- sums ------------------------------------------------------------------------------------------------------------

def what_for(v: View) -> str:
    return v.given("intended") or "any"

# -- the procedure ---------------------------------------------------------------------------------------------------

consultation_with_pm = Procedure(
    "consultation_with_pm", T("内閣総理大臣等への協議", "consultation of the Prime Minister"), art("56(1)", "59"),
    per=("subject",),
    states=dict(
        not_needed=T("次の協議を要するまで", "none under way"),
            voluntary_exchange=T("任意の意見交換", "voluntary exchange"),
        consulted=waits(T("協議中", "consulted"), PM), opinion_received=waits(T("意見受領", "opinion received"),
            MINISTER),
        concluded=T("協議終了", "concluded")),
    acts=(
        Act("voluntary", T("必要に応じて意見を聴く", "ask for views during the review"), MINISTER, art("59"),
            opens("voluntary_exchange") + go("voluntary_exchange", "not_needed"), fields=(SUMMARY, CONSULTED)),
        Act("mandatory", T("勧告・命令の前に協議する", "consult before a recommendation or order"), MINISTER,
            art("56(1)"),
            opens("consulted") + go("consulted", "not_needed", "voluntary_exchange", "concluded"),
            fields=(INTENDED, DRAFT, CONSULTED), keeps=(keep("intended", what_for),)),
        Act("opinion", T("意見を述べる", "give an opinion"), (PM, AGENCIES), art("56(1)", "59"),
            go("opinion_received", "consulted") + stay("opinion_received", "voluntary_exchange"), fields=(OPINION,),
            note=T("条文上、拒否権ではない", "not a veto in the text")),
        Act("close", T("協議を終える", "conclude the consultation"), MINISTER, art("56(1)"),
            go("concluded", "consulted", "opinion_received"), aliases=("conclude",))),
    consequences=(
        Consequence("used", T("協議に基づく処分", "what was consulted about is done"), art("56(1)"),
            upon=(done("recommendation_order.issue"), done("recommendation_order.order"),
                done("post_recommendation.recommend"), done("post_recommendation.order")),
            moves=go("not_needed", "concluded")),),
    note=T("協議自体に期限はないが、禁止期間の中に収める。延長と短縮には協議を要しない",
        "no time limit of its own, but all must fit within the standstill; extending and shortening need none"))
