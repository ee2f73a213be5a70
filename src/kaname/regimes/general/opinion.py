"""意見の起案と決裁 (practice): how an authority that is asked comes to its answer, level by level, within itself.

A case of the asked authority alone: drafts and returned drafts are its own. A level signs a text; the person who
drafted it signs nothing of it, nobody signs it twice, and a text that has changed is signed anew from the first level.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from kaname.law import T
from kaname.procedure.asked import flag, paper, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Condition,
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
    Role,
    State,
    Take,
    act_day,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.general.inquiry import OPTIONS, PLAIN, PRACTICE, REASON
from kaname.regimes.general.roles import DRAFTER, GRADES

INTERNAL = NoPenalty(T("所内期限であり、法定の期間ではない", "a day the office sets for itself; no period of the law"))

# -- what is asked ---------------------------------------------------------------------------------------------------

def asked_of(s: Standing) -> Mapping[str, Any]:
    """What of an inquiry its opinion is about, as plain values."""
    names = ("asked", "subject", "question", "round", "level", "reply_by")
    found = {name: s.facts.get(f"inquiry.{name}") for name in names}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in found.items() if v not in (None, "")}

def from_inquiry(name: str) -> Any:
    return lambda v: (v.context("inquiry") or {}).get(name)

INQUIRY = Take("inquiry", T("協議・照会", "the inquiry"), "general.inquiry", asked_of)
AUTHORITY = Field("authority", T("意見を述べる機関", "authority whose opinion it is"), FieldType.PARTY, PLAIN,
    required=True, proposes=from_inquiry("asked"))
SUBJECT = Field("subject", T("件名", "subject"), FieldType.TEXT, PLAIN, required=True,
    proposes=from_inquiry("subject"))
QUESTION = Field("question", T("協議・照会された事項", "what was asked"), FieldType.TEXT, PLAIN, required=True,
    proposes=from_inquiry("question"))
ROUND = Field("round", T("何度目の照会か", "how many times asked"), FieldType.INTEGER, PLAIN,
    proposes=from_inquiry("round"))
LEVEL = Field("level", T("求められた決裁の段階", "level of approval asked for"), FieldType.CHOICE, PLAIN,
    options=tuple(Option(grade.id, grade.label) for grade in GRADES), proposes=from_inquiry("level"))
ROUTE = Field("route", T("決裁の段階（下から）", "levels that sign, from below"), FieldType.CHOICE, PLAIN,
    required=True, several=True, options=LEVEL.options)
DUE = Field("internal_due", T("所内期限", "due within the office"), FieldType.DAY, PLAIN)
OUTCOME = Field("outcome", T("回答の趣旨", "gist of the answer"), FieldType.CHOICE, PLAIN, required=True,
    options=OPTIONS)
TEXT = text("text", T("回答案", "text of the answer"), PLAIN, required=True, long=True)
DISSENTING = text("dissenting", T("付記する異論", "dissent to be noted"), PLAIN, long=True)
PAPERS = paper("papers", T("参考資料", "documents"), PLAIN, several=True)
WHO = Field("person", T("した人の番号", "number of the person"), FieldType.TEXT, PLAIN, required=True, oneself="id")
NAME = Field("name", T("した人", "person"), FieldType.PERSON, PLAIN, oneself="name")
ABSENT = Field("absent", T("代決（不在の人）", "signed in the place of"), FieldType.PERSON, PLAIN, oneself="absent")
ABSENT_WHO = Field("absent_id", T("不在の人の番号", "number of who is absent"), FieldType.TEXT, PLAIN,
    oneself="absent_id")
BY = (WHO, NAME, ABSENT, ABSENT_WHO)
REMARK = text("remark", T("意見・指示", "remark"), PLAIN, long=True)
DISSENTS = flag("dissents", T("異論を付して決裁する", "signs with a dissent"), PLAIN)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("残る事項を書くこと（一部の回答）", "says what remains, where it answers a part"),
    T("残る事項が書かれていない", "what remains is not said"), PRACTICE)
def answers_partly(v: View) -> bool | None:
    return bool(v.given("outcome") == "partly")

REMAINS = Field("remains", T("残る事項と見込み", "what remains, and when"), FieldType.TEXT, PLAIN,
    required=answers_partly)

LEVEL_ASKED_FOR = (T("相手方の求める段階まで決裁すること", "the level asked for is among those that sign"),
    T("相手方の求める決裁の段階が入っていない", "the level that the other authority asked for is missing"), PRACTICE)
OWN = (T("起案者の機関の意見であること", "an opinion of the drafter's own authority"),
    T("他の機関の意見である", "it is the opinion of another authority"), PRACTICE)

@condition(*LEVEL_ASKED_FOR)
def reaches_the_level(v: View) -> bool | None:
    route, level = v.given("route"), v.given("level")
    return None if not route else not level or level in route

@condition(*LEVEL_ASKED_FOR)
def still_reaches_the_level(v: View) -> bool | None:
    route, level = v.given("route"), v.fact("level")
    return None if not route else not level or level in route

@condition(*OWN)
def of_the_own(v: View) -> bool | None:
    return v.actor in ("", v.given("authority"))

@condition(*OWN)
def by_the_own(v: View) -> bool | None:
    return v.actor in ("", v.fact("authority"))

def acting(v: View) -> set[str]:
    """Who acts, and in whose place: neither may have drafted what is signed."""
    return {id for id in (v.given("person"), v.given("absent_id")) if id}

def signers(v: View) -> set[str]:
    signed = v.fact("signatures") or ()
    return {one[name] for one in signed for name in ("person", "absent_id") if name in one}

@condition(T("起案した者でないこと", "signed by another person than its drafter"),
    T("起案した者は自らの起案を決裁できない", "who drafted it may not countersign it"), PRACTICE)
def not_the_drafter(v: View) -> bool | None:
    return None if not v.given("person") else not acting(v) & set(v.fact("drafters") or ())

@condition(T("同じ文を前の段階で決裁していないこと", "not signed by the same person at a level before"),
    T("同じ人が前の段階で決裁している", "the same person has signed it at a level before"), PRACTICE)
def signs_once(v: View) -> bool | None:
    return None if not v.given("person") else not acting(v) & signers(v)

@condition(T("今の回答案を決裁すること", "it is the present text that is signed"),
    T("決裁する文が今の回答案ではない", "what is signed is not the present text"), PRACTICE)
def present_text(v: View) -> bool | None:
    given = v.given("of_text")
    return None if given is None else given == v.fact("digest")

# -- sums ------------------------------------------------------------------------------------------------------------

def digest(v: View) -> str:
    """What is signed, in short: the outcome, the answer, what remains and the dissent."""
    parts = (v.given(name) or "" for name in ("outcome", "text", "remains", "dissenting"))
    return sha256("\n\0".join(parts).encode()).hexdigest()[:16]

def drafters(v: View) -> tuple[str, ...]:
    """Everybody who had a hand in the text so far."""
    return tuple(dict.fromkeys((*(v.fact("drafters") or ()), *sorted(acting(v)))))

def versions(v: View) -> int:
    return int(v.fact("version") or 0) + 1

SIGNED = ("person", "name", "absent", "absent_id", "remark", "dissents", "of_text")

def with_this(grade: Role) -> Any:
    """The signatures under the present text, with the one of this act."""
    def signatures(v: View) -> tuple[Mapping[str, Any], ...]:
        said = {name: v.given(name) for name in SIGNED}
        told = {"grade": grade.id, "on": v.on.isoformat(), "version": v.fact("version"), **said}
        return (*(v.fact("signatures") or ()), {k: x for k, x in told.items() if x not in (None, "")})
    return signatures

def nothing(v: View) -> tuple[()]:
    return ()

def now(name: str) -> Any:
    """A particular that a new text without it must not inherit from the one before."""
    return lambda v: v.given(name) or ""

@condition(T("所内期限を定めたこと", "a day within the office was set"), T("所内期限の定めがない", "no day was set"),
    PRACTICE)
def day_set(v: View) -> bool | None:
    return v.given("internal_due") is not None

@day_rule(T("所内期限とした日", "the day the office set itself"))
def internal_day(v: View) -> date | None:
    day: date | None = v.given("internal_due")
    return day

OF_TEXT = Field("of_text", T("決裁する文の要約値", "digest of the text that is signed"), FieldType.TEXT, PLAIN,
    required=True, proposes=lambda v: v.fact("digest"))

# -- the levels ------------------------------------------------------------------------------------------------------

def at(grade: Role) -> str:
    return f"with_{grade.id}"

def is_next(grade: Role) -> Condition:
    def next_level(v: View) -> bool | None:
        route, signed = v.fact("route") or (), len(v.fact("signatures") or ())
        return signed < len(route) and route[signed] == grade.id

    return Condition(f"next_{grade.id}", T(f"次は{grade.label.ja}", f"the {grade.label.en} is next"),
        T(f"次は{grade.label.ja}ではない", f"the {grade.label.en} is not next"), PRACTICE, next_level)

@condition(T("すべての段階が決裁した", "every level has signed"), T("決裁が残っている", "a level has not signed yet"),
    PRACTICE)
def all_signed(v: View) -> bool | None:
    return bool(v.fact("signatures")) and len(v.fact("signatures")) == len(v.fact("route") or ())

OPEN = ("drafting", "returned")
UP = tuple(at(grade) for grade in GRADES)

def sign(grade: Role) -> Act:
    return Act(f"sign_{grade.id}", T(f"{grade.label.ja}として決裁する", f"sign as {grade.label.en}"), grade, PRACTICE,
        stay(at(grade)), fields=(OF_TEXT, REMARK, DISSENTS, *BY),
        conditions=(not_the_drafter, signs_once, present_text), keeps=(keep("signatures", with_this(grade)),))

def send_back(grade: Role) -> Act:
    return Act(f"return_{grade.id}", T(f"{grade.label.ja}が差し戻す", f"return as {grade.label.en}"), grade, PRACTICE,
        go("returned", at(grade)), fields=(REASON, *BY), keeps=(keep("returned_for", lambda v: v.given("reason")),))

def onward(grade: Role) -> Consequence:
    return Consequence(f"to_{grade.id}", T(f"{grade.label.ja}へ", f"on to the {grade.label.en}"), PRACTICE,
        upon=(done("draft"), *(done(f"sign_{g.id}") for g in GRADES)),
        moves=go(at(grade), *OPEN, *(s for s in UP if s != at(grade))) + stay(at(grade)), only_if=is_next(grade))

def level(grade: Role) -> tuple[str, State]:
    return at(grade), waits(T(f"{grade.label.ja}の決裁待ち", f"with the {grade.label.en}"), grade)

# -- the procedure ---------------------------------------------------------------------------------------------------

opinion = Procedure(
    "opinion", T("意見の起案と決裁", "opinion and its approval"), PRACTICE,
    states=dict((
        ("drafting", waits(T("起案中", "being drafted"), DRAFTER)), *map(level, GRADES),
        ("returned", waits(T("差し戻し", "returned"), DRAFTER)),
        ("approved", waits(T("決裁済（回答を発する）", "approved: send the answer"), DRAFTER)),
        ("issued", end(T("施行済", "issued"))), ("dropped", end(T("廃案", "dropped"))))),
    acts=(
        Act("begin", T("起案を始める", "begin an opinion"), DRAFTER, PRACTICE, opens("drafting"),
            fields=(AUTHORITY, SUBJECT, QUESTION, ROUND, LEVEL, ROUTE, DUE), takes=(INQUIRY,),
            conditions=(reaches_the_level, of_the_own),
            keeps=(keep("authority"), keep("subject"), keep("question"), keep("round"), keep("level"), keep("route"),
                keep("begun_on", act_day))),
        Act("draft", T("回答案を上げる", "put a text up for approval"), DRAFTER, PRACTICE, stay(*OPEN),
            fields=(OUTCOME, TEXT, REMAINS, DISSENTING, PAPERS, *BY), conditions=(by_the_own,),
            keeps=(keep("outcome"), keep("text"), keep("remains", now("remains")),
                keep("dissenting", now("dissenting")), keep("digest", digest), keep("version", versions),
                keep("drafters", drafters), keep("signatures", nothing))),
        Act("set_route", T("決裁の段階を改める", "change the levels that sign"), DRAFTER, PRACTICE, stay(*OPEN),
            fields=(ROUTE,), conditions=(still_reaches_the_level, by_the_own), keeps=(keep("route"),)),
        *map(sign, GRADES), *map(send_back, GRADES),
        Act("take_back", T("引き戻す", "take the text back"), DRAFTER, PRACTICE, go("returned", *UP, "approved"),
            conditions=(by_the_own,)),
        Act("issue", T("回答の施行を記録する", "record that the answer went out"), DRAFTER, PRACTICE,
            go("issued", "approved"), conditions=(by_the_own,), keeps=(keep("issued_on", act_day),)),
        Act("drop", T("廃案とする", "drop it"), DRAFTER, PRACTICE, go("dropped", *OPEN, *UP, "approved"),
            fields=(REASON,), conditions=(by_the_own,))),
    consequences=(
        *map(onward, GRADES),
        Consequence("approved", T("決裁が終わった", "the last level has signed"), PRACTICE,
            upon=tuple(done(f"sign_{g.id}") for g in GRADES), moves=go("approved", *UP), only_if=all_signed)))

# A procedure of its own: a day that the office set itself tells the drafter nothing of where the text lies.
pace = Procedure(
    "pace", T("所内の進行", "pace within the office"), PRACTICE,
    states=dict(running=T("所内期限あり", "a day is set"), over=end(T("終了", "over"))),
    clocks=(
        Clock("internal_due", T("所内期限", "due within the office"), Kind.DATE, PRACTICE,
            (Count(None, internal_day),), force=Force.TARGET),),
    duties=(
        Duty("approval", T("所内期限までに決裁を終えて発する", "have it approved and sent by the day set"), PRACTICE,
            DRAFTER, INTERNAL, clock="internal_due"),),
    consequences=(
        Consequence("set", T("所内期限を定めた", "a day was set"), PRACTICE, upon=(done("opinion.begin"),),
            moves=opens("running"), only_if=day_set, starts=("internal_due",)),
        Consequence("kept", T("回答が発せられた", "the answer went out"), PRACTICE, upon=(done("opinion.issue"),),
            moves=go("over", "running"), meets=("internal_due",)),
        Consequence("moot", T("廃案となった", "it was dropped"), PRACTICE, upon=(done("opinion.drop"),),
            moves=go("over", "running"))))
