"""緊急導入等 (Arts. 52(1) proviso, 52(11)): done at once, filed afterwards without delay; no standstill."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    Option,
    Procedure,
    act_day,
    condition,
    done,
    go,
    keep,
    opens,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.orders import form, orders
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.versions import REVIEW

CONDITIONS = orders("emergency")

# -- what is asked ---------------------------------------------------------------------------------------------------

WHAT = Field("what", T("緊急にすること", "what is done"), FieldType.CHOICE, art("52(1) proviso"), required=True,
    options=(
    Option("introduction", T("特定重要設備の導入", "introducing a critical facility")),
    Option("entrustment", T("重要維持管理等の委託", "entrusting critical maintenance"))))
FINDINGS = (
    finding("disrupted", T("役務の提供に支障が生じ、又は生ずるおそれがあること",
        "the service is or may be disrupted"),
        T("役務の支障もそのおそれもない", "the service is neither disrupted nor about to be"), CONDITIONS),
    finding("not_contrived", T("届出を免れるために生じさせた支障でないこと",
        "the disruption was not made to dodge the filing"),
        T("届出を免れるために生じさせた支障である", "the disruption was made to dodge the filing"), CONDITIONS),
    finding("urgent", T("支障の除去又は防止のため緊急に行う必要があること",
        "urgently needed to remove or prevent it"),
        T("緊急に行う必要がない", "it is not urgent"), CONDITIONS),
    finding("no_other_means", T("他に適当な方法がないこと", "there is no other suitable means"),
        T("他に適当な方法がある", "there is another suitable means"), CONDITIONS))
JUSTIFICATION = paper("justification", T("緊急の理由の記録", "record of the reasons made at the time"), CONDITIONS)
NOTICE = paper("notice", T("緊急導入等届出書（計画書の記載事項と添付書類の全部）",
    "the emergency notice, with all items and papers of a plan"),
    art("52(11)"), required=True, form=form("五", mic="七"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("緊急の要件のいずれも否定されていないこと", "none of the conditions of an emergency is denied"),
    T("緊急の要件を欠く", "a condition of an emergency is missing"),
        art("52(1) proviso", "54(1) proviso") + CONDITIONS)
def none_denied(v: View) -> bool | None:
    return not any(v.given(f.id) is False for f, _ in FINDINGS)

# -- the procedure ---------------------------------------------------------------------------------------------------

emergency = Procedure(
    "emergency", T("緊急導入等", "emergency introduction or entrustment"),
        art("52(1) proviso", "52(11)") + CONDITIONS,
    states=dict(done_unfiled=T("緊急に実施（未届出）", "done, not yet filed"),
        notice_filed=T("緊急導入等届出書の届出済", "notice filed")),
    clocks=(
        Clock("notice", T("緊急導入等届出書（遅滞なく）", "emergency notice (without delay)"), Kind.FILING,
            art("52(11)"),
            force=Force.WITHOUT_DELAY),),
    acts=(
        Act("do", T("緊急に導入又は委託をする", "introduce or entrust at once"), OPERATOR,
            art("52(1) proviso") + CONDITIONS,
            opens("done_unfiled"), fields=(WHAT, *(f for f, _ in FINDINGS), JUSTIFICATION), deed=True,
            conditions=tuple(c for _, c in FINDINGS), starts=("notice",), since=REVIEW,
            keeps=(keep("what"), keep("done_on", act_day)),
            note=T("要件を欠けば届出のない導入となる（92条1項1号）",
                "without the conditions it is an unfiled introduction (Art. 92(1)(i))")),
        Act("file", T("緊急導入等届出書を届け出る", "file the emergency notice"), OPERATOR, art("52(11)"),
            go("notice_filed", "done_unfiled"), fields=(NOTICE,), meets=("notice",), received=True,
            keeps=(keep("filed_on", act_day),),
            note=T("禁止期間はない。55条2項の勧告は事情の変更を要しない",
                "no standstill; a recommendation under Art. 55(2) needs no changed circumstances"))),
    duties=(
        Duty("notice", T("緊急導入等届出書を届け出る", "file the emergency notice"), art("52(11)"), OPERATOR,
            "PEN-92-1-5",
            to=MINISTER, clock="notice", done=(done("file"),)),),
    bans=(
        Ban("no_emergency",
            T("緊急の要件を欠く導入・委託", "introducing or entrusting without the conditions of an emergency"),
            art("52(1)"), OPERATOR, states=("",), covers=("do",), penalty="PEN-92-1-1", unless=(none_denied,)),
                ))
