"""相談窓口 (practice): a question is received, given to a section, answered, and published where it helps others.

No law rules this; the desks opened with the basic guidelines. Whoever asks is not named: only in general words who it
is. A reusable answer says on which day's law it rests, so that the desk sees when the law has moved since.
"""

from datetime import date

from kaname.law import Bases, Practice, T
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
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.general.catalogue.events import Subject
from kaname.regimes.general.roles import DESK, SECTION
from kaname.regimes.general.tags import unreadable

PRACTICE: Bases = (Practice("内閣府及び所管省の相談窓口",
    "consultation desks of the Cabinet Office and the ministries"),)

# -- what is asked ---------------------------------------------------------------------------------------------------

SUBJECT = text("subject", T("件名", "subject"), PRACTICE, required=True)
QUESTION = text("question", T("質問", "question"), PRACTICE, required=True)
REGIME = Field("regime", T("制度", "regime"), FieldType.CHOICE, PRACTICE, required=True,
    options=tuple(Option(s.value, s.label) for s in Subject))
TAGS = text("provisions", T("関係する条文", "provisions it is about"), PRACTICE,
    help=T("52(1), 53(1) のように書き、コンマで区切る", "written 52(1), 53(1), parted by commas"))
WHO = Field("asker", T("誰からの質問か", "who asks, in general words"), FieldType.CHOICE, PRACTICE, options=(
    Option("operator", T("基幹インフラ事業者", "infrastructure operator")),
    Option("supplier", T("供給者・委託先", "supplier or entrustee")),
    Option("producer", T("物資の生産・輸入・販売の事業者", "producer, importer or seller of goods")),
    Option("applicant", T("特許の出願人・代理人", "patent applicant or attorney")),
    Option("researcher", T("研究者・研究機関", "researcher or institution")),
    Option("government", T("国・地方公共団体", "government")), Option("other", T("その他", "other"))),
    help=T("会社や人の名は書かない", "name no company and no person"))
ANSWER = text("answer", T("回答", "answer"), PRACTICE, required=True)
LAW_OF = Field("law_of", T("いつの時点の法令によるか", "the day whose law it rests on"), FieldType.DAY, PRACTICE,
    help=T("空欄なら回答の日", "left out: the day of the answer"))
ANONYMOUS, IS_ANONYMOUS = finding("anonymous", T("質問者が分からない形にした", "nobody can tell who asked"),
    T("質問者が分かるおそれがある", "one could tell who asked"), PRACTICE,
    help=T("会社、設備、取引先から分からないか", "not from company, facility or partner either"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("条文の書き方が読めること", "the provisions can be read"),
    T("読めない条文がある。52(1), 令12(1) ではなく 52(1), 53(1) のように本法の条文を書く",
        "a provision cannot be read; write places of the Act like 52(1), 53(1)"), PRACTICE)
def provisions_readable(v: View) -> bool | None:
    return not unreadable(v.given("provisions") or "")

@condition(T("法令の時点が回答の日より後でないこと", "the law's day is not after the answer"),
    T("先の日の法令によることはできない", "no answer rests on the law of a day to come"), PRACTICE)
def law_known(v: View) -> bool | None:
    day: date | None = v.given("law_of")
    return day is None or day <= v.on

def law_day(v: View) -> date:
    """The day whose law the answer rests on."""
    day: date | None = v.given("law_of")
    return day or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

ANSWERED = (keep("answer"), keep("law_of", law_day))
REUSABLE = (keep("question"), keep("answer"), keep("provisions"), keep("law_of", law_day))

consultation = Procedure(
    "consultation", T("相談", "consultation"), PRACTICE,
    states=dict(
        received=waits(T("受付", "received"), DESK), assigned=waits(T("担当へ回付", "assigned"), SECTION),
        answered=T("回答済", "answered"), published=T("回答例として公表", "published as reusable"),
        withdrawn=end(T("取下げ", "withdrawn"))),
    acts=(
        Act("receive", T("質問を受け付ける", "receive a question"), DESK, PRACTICE, opens("received"),
            fields=(SUBJECT, QUESTION, REGIME, TAGS, WHO), conditions=(provisions_readable,),
            keeps=(keep("subject"), keep("question"), keep("regime"), keep("provisions"), keep("asker"),
                keep("asked_on", act_day))),
        Act("assign", T("担当を決める", "assign"), DESK, PRACTICE, go("assigned", "received") + stay("assigned"),
            fields=(text("section", T("担当", "section"), PRACTICE, required=True),), keeps=(keep("section"),)),
        Act("answer", T("回答する", "answer"), (SECTION, DESK), PRACTICE, go("answered", "received", "assigned"),
            fields=(ANSWER, LAW_OF), conditions=(law_known,), keeps=(keep("answered_on", act_day), *ANSWERED)),
        Act("correct_answer", T("回答を改める", "answer anew"), (SECTION, DESK), PRACTICE, stay("answered"),
            fields=(ANSWER, LAW_OF), conditions=(law_known,), keeps=ANSWERED),
        Act("publish", T("回答例として公表する", "publish as reusable"), DESK, PRACTICE,
            go("published", "answered") + stay("published"), fields=(QUESTION, ANSWER, TAGS, LAW_OF, ANONYMOUS),
            conditions=(provisions_readable, law_known, IS_ANONYMOUS),
                keeps=(*REUSABLE, keep("published_on", act_day)),
            note=T("法令が変わったら、改めて公表する", "published anew when the law has moved")),
        Act("retract", T("回答例から外す", "take it back from the reusable answers"), DESK, PRACTICE,
            go("answered", "published"), fields=(text("reason", T("理由", "reason"), PRACTICE, required=True),)),
        Act("withdraw", T("質問を取り下げる", "the question is withdrawn"), DESK, PRACTICE,
            go("withdrawn", "received", "assigned"), keeps=(keep("withdrawn_on", act_day),))))
