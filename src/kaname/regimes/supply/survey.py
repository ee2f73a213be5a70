"""サプライチェーン調査 (Art. 48(1)-(3)): one run for each business asked; the goods need not be designated.

Answering is a duty of effort: silence has no sanction, and a demand with one reaches certified businesses only
(Art. 48(4), in the case of the plan). Who handles the answers keeps them secret, beyond the survey (Art. 93).
"""

from datetime import date

from kaname.law import Practice, T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    condition,
    day_rule,
    done,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.roles import BUSINESS, GOODS_MINISTER, OFFICIAL
from kaname.regimes.supply.versions import IN_FORCE

WITH_ANSWERS = ("answered", "partly_answered")
CLOSING = (Practice("調査の終了の記録", "the end of the survey is put on record"),)

# -- what is asked ---------------------------------------------------------------------------------------------------

GOODS = text("goods", T("調査の対象となる物資・原材料等", "goods or inputs asked about"), art("48(1)"), required=True,
    help=T("特定重要物資でなくてよい（86条1項5号）", "designated or not (Art. 86(1)(v))"))
ASKED_OF = Field("business", T("求める相手", "the business asked"), FieldType.PARTY, art("48(1)"))
ASKED = text("asked", T("生産・輸入・販売・調達・保管の状況", "production, import, sale, procurement, storage"),
    art("48(1)"))
ANSWER_BY = Field("answer_by", T("回答の目安の日", "day by which an answer is hoped for"), FieldType.DAY, art("48(1)"))
NEEDED, IS_NEEDED = finding("needed", T("第二章の規定の施行に必要なこと", "needed to carry out Chapter 2"),
    T("必要と認められない", "no need is found"), art("48(1)"))
IN_FIELD, IS_IN_FIELD = finding("in_field", T("所管する物資であること", "goods in the minister's field"),
    T("所管する物資でない", "not goods in the minister's field"), art("48(1)", "86(1)(v)"))
ANSWER = text("answer", T("回答", "answer"), art("48(3)"), sealed=True)
REASON = text("reason", T("回答しない理由", "why no answer is given"), art("48(3)"))

@day_rule(T("求めに定めた日", "the day set in the survey"))
def answer_by(v: View) -> date | None:
    day: date | None = v.given("answer_by")
    return day

@condition(T("最初の回答であること", "the first answer"),
    T("前に回答がある", "something was answered before"), art("93"))
def is_first_answer(v: View) -> bool | None:
    return bool(v.fact("answers") == 1)

COUNTED_UP = (keep("answers", lambda v: (v.fact("answers") or 0) + 1),)

# -- the procedure ---------------------------------------------------------------------------------------------------

survey = Procedure(
    "survey", T("サプライチェーン調査", "supply-chain survey"), art("48(1)", "48(2)", "48(3)"), per=("business",),
    states=dict(sent=waits(T("求め", "sent"), BUSINESS), answered=T("回答済", "answered"),
        partly_answered=T("一部回答", "partly answered"), not_answered=T("未回答", "not answered"),
        closed=T("終了", "closed")),
    clocks=(
        Clock("answer_by", T("回答の目安（求めに定めた日）", "answer hoped for (the day set in the survey)"), Kind.DATE,
            art("48(1)"), (Count(None, answer_by),), force=Force.TARGET),),
    acts=(
        Act("send", T("報告・資料の提出を求める", "send the survey"), GOODS_MINISTER, art("48(1)"), opens("sent"),
            fields=(ASKED_OF, GOODS, ASKED, ANSWER_BY, NEEDED, IN_FIELD), conditions=(IS_NEEDED, IS_IN_FIELD),
            starts=("answer_by",), keeps=(keep("goods"), keep("business")), since=IN_FORCE),
        Act("answer", T("回答する", "answer"), BUSINESS, art("48(3)"),
            go("answered", "sent", "partly_answered", "not_answered"), fields=(ANSWER,), meets=("answer_by",),
            keeps=COUNTED_UP, note=T("後れた回答、残りの回答も受ける",
                "one that comes late is taken too, and the rest of one")),
        Act("partial", T("一部を回答する", "answer in part"), BUSINESS, art("48(3)"),
            go("partly_answered", "sent", "not_answered"), fields=(ANSWER, REASON), meets=("answer_by",),
            keeps=COUNTED_UP),
        Act("no_answer", T("回答しない", "give no answer"), (BUSINESS, GOODS_MINISTER), art("48(3)"),
            go("not_answered", "sent"), fields=(REASON,), stops=("answer_by",),
            note=T("努力義務であり、罰則も処分もない", "a duty of effort: no penalty and no sanction")),
        Act("close", T("調査を終える", "close the survey"), GOODS_MINISTER, CLOSING,
            go("closed", *WITH_ANSWERS, "not_answered")),
        Act("leak", T("回答の秘密を漏らし、又は盗用する", "leak or misuse what was answered in confidence"), OFFICIAL,
            art("93"), stay(*WITH_ANSWERS, "closed"), deed=True, penalty="PEN-93")),
    duties=(
        Duty("answer", T("回答に努める", "endeavour to answer"), art("48(3)"), BUSINESS,
            NoPenalty(T("努力義務（48条3項）に罰則はない", "a duty of effort (Art. 48(3)) carries no penalty")),
            to=GOODS_MINISTER, states=("sent",), effort=True),
        Duty("secrecy", T("回答の秘密を保持する", "keep the answers secret"), art("93"), OFFICIAL, "PEN-93",
            arises=(done("first_answer"),), lasts=True)),
    consequences=(
        Consequence("first_answer", T("回答を得た", "something was answered"), art("48(3)", "93"),
            upon=(done("answer"), done("partial")), moves=stay(*WITH_ANSWERS), only_if=is_first_answer),))
