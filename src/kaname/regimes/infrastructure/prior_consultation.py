"""事前相談: before a filing, by practice only. Nothing in it starts the thirty days of Art. 52(3)."""

from kaname.law import Practice, T
from kaname.procedure.asked import paper, text
from kaname.procedure.declare import Act, Procedure, go, opens, stay, waits
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR

# -- what is asked ---------------------------------------------------------------------------------------------------

BY_PRACTICE = (Practice("主務省庁の相談窓口への事前相談（2023年4月28日から）",
    "consultation at the desks of the ministries, open since 2023-04-28"),)
QUESTION = text("question", T("相談の内容", "what is asked"), BY_PRACTICE)
DRAFT = paper("draft", T("計画書の案", "draft of the plan"), BY_PRACTICE)
ADVICE = text("advice", T("助言の内容", "the advice"), BY_PRACTICE)

# -- the procedure ---------------------------------------------------------------------------------------------------

prior_consultation = Procedure(
    "prior_consultation", T("事前相談", "prior consultation"), BY_PRACTICE,
    states=dict(requested=waits(T("相談の申込み", "asked for"), MINISTER), in_dialogue=T("相談中", "in dialogue"),
        closed=T("終了", "closed")),
    acts=(
        Act("ask", T("相談を申し込む", "ask for a consultation"), OPERATOR, BY_PRACTICE,
            opens("requested") + go("requested", "closed"), fields=(QUESTION, DRAFT),
            note=T("法律上の効果はなく、三十日も始まらない", "no legal effect; the thirty days do not start")),
        Act("advise", T("助言する", "give advice"), MINISTER, BY_PRACTICE,
            go("in_dialogue", "requested") + stay("in_dialogue"), fields=(ADVICE,),
            note=T("助言に拘束力はない", "advice does not bind")),
        Act("close", T("相談を終える", "close the consultation"), OPERATOR, BY_PRACTICE,
            go("closed", "requested", "in_dialogue"))),
    note=T("法に定めのない運用。届出は相談なしにできる", "practice, not law: a plan can be filed without it"))
