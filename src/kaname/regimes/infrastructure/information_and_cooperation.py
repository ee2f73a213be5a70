"""情報提供・協力要請 (Arts. 57, 59, from 2026-09-18 3-2): open throughout, moves nothing, punished by nothing."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import Act, Field, FieldType, Procedure, condition, stay
from kaname.procedure.view import View
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.versions import ACT_38_MAIN, DESIGNATION, REVIEW

# -- what is asked ---------------------------------------------------------------------------------------------------

INFORMATION = text("information", T("提供する情報", "the information"), art("57"), sealed=True)
ASKED = Field("asked", T("求める相手", "who is asked"), FieldType.PARTY, art("59"), several=True)
WHAT = text("what", T("求める資料・意見・協力", "documents, opinions or help asked for"), art("59"))
NEEDED, IS_NEEDED = finding("needed", T("この章の規定の施行に必要なこと", "needed to carry out the chapter"),
    T("必要と認められない", "no need is found"), art("59"))
CONSENT, HAS_CONSENTED = finding("consent", T("事業者の同意", "the operator consents"),
    T("事業者の同意がない", "the operator does not consent"),
    art("3-2"), question=320)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("協議会の条文が確かめられていること", "the article on the council is verified"),
    T("協議会の条文は一度読んだだけで、構成員の秘密保持とその罰則（95条1項1号とされる）は確かめられていない",
        "the article on the council was read once only; the secrecy of its members and the penalty, said to be that of "
        "Art. 95(1)(i), are not verified"), art("3-2"), question=320)
def council_is_verified(v: View) -> bool | None:
    """Never yet: whoever joins is told (note 0014)."""
    return False

# -- the procedure ---------------------------------------------------------------------------------------------------

information_and_cooperation = Procedure(
    "information_and_cooperation", T("情報提供・協力要請", "information and cooperation"), art("57", "59", "3-2"),
        start="open",
    states=dict(open=T("随時", "open")),
    acts=(
        Act("give", T("情報を提供する", "give information"), MINISTER, art("57"), stay("open"), fields=(INFORMATION,),
            since=REVIEW, note=T("努力義務", "a duty of effort")),
        Act("ask", T("協力を求める", "ask for cooperation"), MINISTER, art("59"), stay("open"),
            fields=(ASKED, WHAT, NEEDED),
            conditions=(IS_NEEDED,), since=DESIGNATION),
        Act("council", T("官民協議会に参加する", "join the public-private council"), OPERATOR, art("3-2"),
            stay("open"),
            fields=(CONSENT,), conditions=(HAS_CONSENTED,), advice=(council_is_verified,), since=ACT_38_MAIN,
            question=320,
            note=T("秘密保持の罰則は未確認（論点14）", "its secrecy duty and penalty were not seen (question 14)"))))
