"""協議・照会 (practice): one authority asks another about a case and is answered; a case of its own beside that case.

It rests on practice: no day in it is a period of the law, and nothing in it moves another case. Where an Act makes a
consultation a gate (Arts. 9(5), 56(1), 67(6)), that act stays an act of the case itself, recorded there.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaname.law import Bases, Practice, T
from kaname.procedure.asked import flag, paper, text
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
    Option,
    Procedure,
    Take,
    act_day,
    condition,
    day_rule,
    done,
    end,
    end_of,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.general.roles import ASKED, ASKING, GRADES

PRACTICE: Bases = (Practice("行政機関の間の協議・照会", "consultation between authorities"),)
PLAIN: Bases = ()  # of a field: the act it belongs to says that it is practice
SET_BY_ASKER = NoPenalty(T("相手方が指定した日であり、法定の期間ではない",
    "a day that the other authority set; no period of the law"))

# -- what is asked ---------------------------------------------------------------------------------------------------

SORT = Field("sort", T("種別", "sort"), FieldType.CHOICE, PLAIN, required=True, options=(
    Option("consultation", T("協議", "consultation")), Option("inquiry", T("照会", "inquiry")),
    Option("opinion", T("意見の求め", "request for an opinion"))))
OF = Field("asked", T("相手方の機関", "authority asked"), FieldType.PARTY, PLAIN, required=True)
SUBJECT = text("subject", T("件名", "subject"), PLAIN, required=True)
QUESTION = text("question", T("協議・照会する事項", "what is asked"), PLAIN, required=True, long=True)
PROVISION = text("provision", T("根拠とする条文", "provision it rests on"), PLAIN,
    help=T("法が協議を求めるとき。例：56(1)", "where the law asks for it, for example 56(1)"))
REPLY_BY = Field("reply_by", T("回答を求める日", "answer asked for by"), FieldType.DAY, PLAIN,
    help=T("相手方に指定する日。法定の期間は動かない", "a day set for the other side; no period of the law moves"))
NEW_DAY = Field("reply_by", T("改めて回答を求める日", "answer now asked for by"), FieldType.DAY, PLAIN,
    required=True)
LEVEL = Field("level", T("求める決裁の段階", "level of approval asked for"), FieldType.CHOICE, PLAIN,
    options=tuple(Option(grade.id, grade.label) for grade in GRADES))
DISCLOSED = Field("disclosed", T("伝える経過", "what of the case is told"), FieldType.ROWS, PLAIN, columns=(
    Field("on", T("日", "day"), FieldType.DAY), text("act", T("行為", "act"), PLAIN),
    text("says", T("内容", "what it says"), PLAIN)),
    help=T("ここに書いたものだけが相手方に見える", "the other side sees this of the case and nothing else"))
PAPERS = paper("papers", T("添付書類", "documents"), PLAIN, several=True)
SECRET = text("secret", T("秘匿して伝える事項", "told under seal"), PLAIN, sealed=True)
IN_CHARGE = text("section", T("担当", "section in charge"), PLAIN)
SAYS = text("says", T("伝えること", "what to say"), PLAIN, long=True)
REASON = text("reason", T("理由", "reason"), PLAIN, required=True, long=True)

OPTIONS = (
    Option("agreed", T("異議なし", "no objection")), Option("comments", T("意見あり", "with comments")),
    Option("dissent", T("異議あり（不同意）", "does not agree")), Option("partly", T("一部について回答", "in part")))

def from_opinion(name: str) -> Any:
    """What the approved opinion says, where it is at hand."""
    return lambda v: (v.context("opinion") or {}).get(name)

OUTCOME = Field("outcome", T("回答の趣旨", "gist of the answer"), FieldType.CHOICE, PLAIN, required=True,
    options=OPTIONS, proposes=from_opinion("outcome"))
ANSWER = Field("answer", T("回答", "answer"), FieldType.TEXT, PLAIN, required=True, long=True,
    proposes=from_opinion("text"))
REMAINS = Field("remains", T("残る事項と見込み", "what remains, and when"), FieldType.TEXT, PLAIN,
    proposes=from_opinion("remains"))
DISSENTING = Field("dissenting", T("付記する異論", "dissent noted"), FieldType.TEXT, PLAIN,
    proposes=from_opinion("dissenting"))
WAY = text("way", T("受け取った回答の文書番号・発信者", "number and sender of the answer received"), PLAIN,
    required=True)
TOLD_OUTCOME = Field("outcome", OUTCOME.label, FieldType.CHOICE, PLAIN, required=True, options=OPTIONS)
TOLD = text("answer", ANSWER.label, PLAIN, required=True, long=True)
ENOUGH = flag("enough", T("回答で足りる", "the answer is enough"), PLAIN)

# -- what comes from the opinion -------------------------------------------------------------------------------------

def approved(s: Standing) -> Mapping[str, Any]:
    """What of an opinion its answer says; nothing before the last level has signed."""
    if s.tracks["opinion"].state not in ("approved", "issued"):
        return {"approved": False}
    told = {name: s.facts.get(f"opinion.{name}") for name in ("outcome", "text", "remains", "dissenting")}
    asked = {name: s.facts.get(f"opinion.{name}") for name in ("authority", "question", "round")}
    unchanged = all(one["of_text"] == s.facts["opinion.digest"] for one in s.facts["opinion.signatures"])
    return {"approved": unchanged, **{k: v for k, v in (told | asked).items() if v not in (None, "")}}

OPINION = Take("opinion", T("決裁を終えた意見", "the approved opinion"), "general.opinion", approved)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("回答を求める日が過去でないこと", "the day asked for is not past"),
    T("回答を求める日が過ぎている", "the day asked for has passed"), PRACTICE)
def day_to_come(v: View) -> bool | None:
    day: date | None = v.given("reply_by")
    return day is None or day >= v.on

@condition(T("自らの機関への照会でないこと", "another authority is asked"),
    T("自らの機関に照会している", "the authority asks itself"), PRACTICE)
def of_another(v: View) -> bool | None:
    asked = v.given("asked")
    return None if not asked else asked != v.actor

@condition(T("照会を受けた機関がすること", "done by the authority that is asked"),
    T("照会を受けた機関の行為ではない", "this is for the authority that is asked"), PRACTICE)
def by_the_asked(v: View) -> bool | None:
    return v.actor in ("", v.fact("asked"))

@condition(T("この照会への意見の決裁が終わっていること", "the opinion on this question has been signed by every level"),
    T("この照会への意見の決裁が終わっていない（決裁の後に文が変わったものを含む）",
        "no opinion on this question has been signed by every level, or its text has changed since"), PRACTICE)
def is_approved(v: View) -> bool | None:
    opinion = v.context("opinion")
    if opinion is None:
        return False
    same = all(opinion.get(name) == v.fact(of) for name, of in (("question", "question"), ("round", "round"),
        ("authority", "asked")))
    return bool(opinion["approved"]) and same

@condition(T("回答が決裁された文のとおりであること", "the answer is the text that was signed"),
    T("回答が決裁された文と異なる", "the answer differs from the text that was signed"), PRACTICE)
def as_signed(v: View) -> bool | None:
    opinion = v.context("opinion") or {}
    told = (("outcome", "outcome"), ("answer", "text"), ("remains", "remains"), ("dissenting", "dissenting"))
    return all((v.given(field) or "") == (opinion.get(name) or "") for field, name in told)

@condition(T("全部の回答であること", "it answers the whole"),
    T("一部の回答である。「一部を回答する」を使う", "it answers a part: use 'answer in part'"), PRACTICE)
def of_the_whole(v: View) -> bool | None:
    outcome = v.given("outcome")
    return None if outcome is None else outcome != "partly"

@condition(T("一部の回答であること", "it answers a part"), T("一部の回答ではない", "it answers the whole"), PRACTICE)
def of_a_part(v: View) -> bool | None:
    outcome = v.given("outcome")
    return None if outcome is None else outcome == "partly"

# -- sums ------------------------------------------------------------------------------------------------------------

@day_rule(T("回答を求めた日", "the day by which an answer was asked for"))
def asked_day(v: View) -> date | None:
    day: date | None = v.given("reply_by")
    return day

def the_day(v: View) -> date | str:
    """The day asked for; a question put anew without one does not inherit the day before."""
    return asked_day.day(v) or ""

def level(v: View) -> str:
    return v.given("level") or ""

def rounds(v: View) -> int:
    """How many times it was asked, this one counted."""
    return int(v.fact("round") or 0) + 1

# -- the procedures --------------------------------------------------------------------------------------------------

WITH_THE_ASKED = ("asked", "received", "partly_answered")
ASKS = (keep("question"), keep("disclosed"), keep("level", level), keep("reply_by", the_day), keep("round", rounds),
    keep("asked_on", act_day))
TOLD_KEPT = (keep("outcome"), keep("answer"), keep("answered_on", act_day))
REPLIES = (OUTCOME, ANSWER, REMAINS, DISSENTING, PAPERS)

inquiry = Procedure(
    "inquiry", T("協議・照会", "consultation between authorities"), PRACTICE,
    states=dict(
        asked=waits(T("照会中", "asked"), ASKED), received=waits(T("検討中", "under consideration"), ASKED),
        partly_answered=waits(T("一部回答", "answered in part"), ASKED),
        answered=waits(T("回答済", "answered"), ASKING),
        closed=end(T("終了", "closed")), withdrawn=end(T("取下げ", "withdrawn"))),
    clocks=(
        Clock("reply_by", T("回答を求めた日（相手方指定）", "answer asked for (a day the other side set)"), Kind.DATE,
            PRACTICE, (Count(None, asked_day),), force=Force.IN_PRINCIPLE),),
    acts=(
        Act("ask", T("協議・照会する", "ask"), ASKING, PRACTICE, opens("asked"),
            fields=(SORT, OF, SUBJECT, QUESTION, PROVISION, REPLY_BY, LEVEL, DISCLOSED, PAPERS, SECRET),
            conditions=(day_to_come, of_another), starts=("reply_by",), received=True,
            keeps=(keep("sort"), keep("asked"), keep("subject"), keep("provision"), *ASKS)),
        Act("receive", T("受け付ける", "take in"), ASKED, PRACTICE, go("received", "asked"), fields=(IN_CHARGE,),
            conditions=(by_the_asked,), keeps=(keep("section"),)),
        Act("remind", T("督促する", "remind"), ASKING, PRACTICE, stay(*WITH_THE_ASKED), fields=(NEW_DAY, SAYS),
            conditions=(day_to_come,), starts=("reply_by",), received=True, keeps=(keep("reply_by"),)),
        Act("change_day", T("回答を求める日を改める", "set another day"), ASKING, PRACTICE, stay(*WITH_THE_ASKED),
            fields=(NEW_DAY, SAYS), conditions=(day_to_come,), starts=("reply_by",), received=True,
            keeps=(keep("reply_by"),)),
        Act("answer", T("回答する", "answer"), ASKED, PRACTICE, go("answered", *WITH_THE_ASKED), fields=REPLIES,
            conditions=(by_the_asked, is_approved, as_signed, of_the_whole), takes=(OPINION,), meets=("reply_by",),
            received=True, keeps=TOLD_KEPT),
        Act("answer_partly", T("一部を回答する", "answer in part"), ASKED, PRACTICE,
            go("partly_answered", *WITH_THE_ASKED), fields=REPLIES,
            conditions=(by_the_asked, is_approved, as_signed, of_a_part), takes=(OPINION,), received=True,
            keeps=(*TOLD_KEPT, keep("round", rounds))),
        Act("record_answer", T("別の方法で届いた回答を記録する", "record an answer that came another way"), ASKING,
            PRACTICE, go("answered", *WITH_THE_ASKED), fields=(TOLD_OUTCOME, TOLD, WAY, PAPERS), meets=("reply_by",),
            conditions=(of_the_whole,), keeps=TOLD_KEPT,
            note=T("相手方がこの事務所を使わないとき", "where the other authority does not use this office")),
        Act("ask_again", T("再び照会する", "ask again"), ASKING, PRACTICE,
            go("asked", "answered", "partly_answered"), fields=(QUESTION, REPLY_BY, LEVEL, DISCLOSED, PAPERS),
            conditions=(day_to_come,), starts=("reply_by",), received=True, keeps=ASKS),
        Act("close", T("協議・照会を終える", "close"), ASKING, PRACTICE, go("closed", "answered"), fields=(ENOUGH,)),
        Act("withdraw", T("協議・照会を取り下げる", "withdraw"), ASKING, PRACTICE,
            go("withdrawn", *WITH_THE_ASKED), fields=(REASON,), received=True)),
    duties=(
        Duty("reply", T("協議・照会に回答する", "answer what was asked"), PRACTICE, ASKED, SET_BY_ASKER, to=ASKING,
            clock="reply_by", done=(done("answer"), done("record_answer"))),))

follow_up = Procedure(
    "follow_up", T("回答の管理", "watch over the answer"), PRACTICE,
    states=dict(
        waiting=T("回答待ち", "waiting for the answer"), reminded=T("督促済", "reminded"),
        overdue=T("回答が遅れている", "the answer is late"), settled=T("済", "settled")),
    duties=(
        Duty("chase", T("遅れている回答を督促し、又は日を改める", "remind of the late answer, or set another day"),
            PRACTICE, ASKING, NoPenalty(T("所内の管理である", "an office's own watch")), states=("overdue",),
            effort=True),),
    consequences=(
        Consequence("begin", T("回答を待つ", "an answer is awaited"), PRACTICE,
            upon=(done("inquiry.ask"), done("inquiry.ask_again"), done("inquiry.change_day")),
            moves=(*opens("waiting"), *go("waiting", "settled", "overdue", "reminded"), *stay("waiting"))),
        Consequence("remind", T("督促した", "a reminder was sent"), PRACTICE, upon=(done("inquiry.remind"),),
            moves=go("reminded", "waiting", "overdue") + stay("reminded")),
        Consequence("late", T("求めた日を過ぎた", "the day asked for has passed"), PRACTICE,
            upon=(end_of("inquiry.reply_by"),), moves=go("overdue", "waiting", "reminded")),
        Consequence("settle", T("待つ回答がなくなった", "no answer is awaited any more"), PRACTICE,
            upon=(done("inquiry.answer"), done("inquiry.record_answer"), done("inquiry.withdraw")),
            moves=go("settled", "waiting", "reminded", "overdue"))))
