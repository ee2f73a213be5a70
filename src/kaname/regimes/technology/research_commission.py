"""調査研究とその委託 (T8; Art. 64): the study is the Prime Minister's duty, commissioning it a power.

A corporation that meets the four tests of Art. 64(2) can be commissioned. Heads of agencies may give it information on
request. Its officers and staff, present and past, keep the secrets they learn (Art. 64(4)), also when it is over.
"""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Condition,
    Consequence,
    Duty,
    Field,
    FieldType,
    NoPenalty,
    Option,
    Procedure,
    act_day,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.technology.laws import COMMISSION_TERMS
from kaname.regimes.technology.persons import Engaged
from kaname.regimes.technology.roles import AGENCY_HEADS, OFFICERS_AND_STAFF, PM, RESEARCH_BODY
from kaname.regimes.technology.versions import IN_FORCE

UNDER_WAY = ("commissioned", "information_requested", "information_given")
BOUND = (*UNDER_WAY, "reported", "ended")
WITH_INFORMATION = ("commissioned", "information_given")

# -- what is asked ---------------------------------------------------------------------------------------------------

QUESTIONS = text("questions", T("調査研究の事項", "questions to be studied"), art("64(1)"), required=True)
PART = Field("part_or_whole", T("委託の範囲", "part or whole"), FieldType.CHOICE, art("64(2)"), options=(
    Option("whole", T("全部", "the whole")), Option("part", T("一部", "a part"))))
RESULTS = text("results", T("結果", "results"), art("64(1)"))
BODY = Field("applicant", T("受託を希望する者", "who applies"), FieldType.PARTY, art("64(2)"), required=True)
CORPORATION, IS_CORPORATION = finding("is_corporation", T("法人であること", "a corporation"),
    T("法人でない", "not a corporation"), art("64(2)"))
TESTS = {
    "test_expert_study": (art("64(2)(i)"), T("専門的な調査研究を行う能力", "expert study ability")),
    "test_information_collection": (art("64(2)(ii)"),
        T("情報の収集・整理・保管を行う能力", "gathering, ordering and keeping of information")),
    "test_links": (art("64(2)(iii)"), T("内外の関係機関との連携", "links with domestic and foreign bodies")),
    "test_information_security": (art("64(2)(iv)"), T("情報の安全な管理", "safe handling of information")),
}
FINDINGS = tuple(Field(id, label, FieldType.FLAG, basis, required=True, finding=True)
    for id, (basis, label) in TESTS.items())
COMMISSION = (
    Field("body", T("受託法人", "the body"), FieldType.PARTY, art("64(2)"), required=True),
    text("scope", T("委託の内容", "scope"), art("64(2)")),
    Field("period_end", T("委託の期間の末日", "last day of the commission"), FieldType.DAY, COMMISSION_TERMS),
    Field("amount", T("委託費", "amount"), FieldType.YEN, COMMISSION_TERMS))
STAFF = (
    Field("name", T("氏名", "name"), FieldType.PERSON, art("64(4)"), required=True),
    text("role", T("役職・業務", "post or work"), COMMISSION_TERMS),
    Field("duty_explained_on", T("義務を説明した日", "day the duty was explained"), FieldType.DAY, COMMISSION_TERMS))
NAME = STAFF[0]
REQUEST = (
    Field("agency", T("求める行政機関", "agency asked"), FieldType.PARTY, art("64(3)"), required=True),
    text("items", T("求める情報", "information asked for"), art("64(3)"), required=True),
    text("need", T("必要な理由", "why it is needed"), art("64(3)")))
GIVEN = (text("items", T("提供する情報", "information given"), art("64(3)"), required=True),
    text("handling", T("取扱いの条件", "how it is to be handled"), art("64(3)")))
REASON = text("reason", T("理由", "reason"), art("64(3)"))
REPORTED = (
    paper("report", T("報告書", "report"), COMMISSION_TERMS, required=True),
    text("public_part", T("公表する部分", "public part"), COMMISSION_TERMS),
    text("closed_part", T("公表しない部分", "closed part"), COMMISSION_TERMS, sealed=True))
LEAK = (Field("person", T("漏らした者", "who leaked"), FieldType.PERSON, art("64(4)")),
    text("what", T("漏れた秘密", "the secret"), art("64(4)"), sealed=True))

# -- conditions ------------------------------------------------------------------------------------------------------

def met(id: str) -> Condition:
    """A test of Art. 64(2), as it was found in the examination."""
    basis, label = TESTS[id]

    def test(v: View) -> bool | None:
        return bool(v.fact(id))

    return Condition(f"meets_{id}", T(f"{label.ja}を有すること", f"the body meets the test: {label.en}"),
        T(f"審査で認められていない：{label.ja}", f"not found in the examination: {label.en}"), basis, test)

@condition(T("審査した法人に委託すること", "the corporation that was examined is commissioned"),
    T("審査した法人でない", "not the corporation that was examined"), art("64(2)"))
def was_examined(v: View) -> bool | None:
    body = v.given("body")
    return None if body is None else body == v.fact("applicant")

@condition(T("委託をしたこと", "the study was commissioned"), T("委託をしていない", "the study was not commissioned"),
    art("64(2)"))
def was_commissioned(v: View) -> bool | None:
    return v.fact("body") is not None

@condition(T("名簿に登録されていないこと", "not on the register yet"), T("既に登録されている", "already registered"),
    COMMISSION_TERMS)
def not_registered(v: View) -> bool | None:
    name = v.given("name")
    return None if name is None else not _on_register(v, name)

@condition(T("名簿にある者であること", "on the register"), T("名簿にない", "not on the register"), COMMISSION_TERMS)
def registered(v: View) -> bool | None:
    name = v.given("name")
    return None if name is None else _on_register(v, name)

@condition(T("答えのない求めが残ること", "a request is left without an answer"),
    T("答えのない求めはない", "no request is left without an answer"), art("64(3)"))
def requests_left(v: View) -> bool | None:
    return (v.fact("open_requests") or 0) > 0

@condition(T("その者の義務がまだ記録されていないこと", "the person is not on record as bound yet"),
    T("既に義務を負う", "bound already"), art("64(4)"))
def newly_bound(v: View) -> bool | None:
    return (v.given("name") or "") not in (v.fact("bound") or ())

@condition(T("秘密保持の義務を説明したこと", "the duty of secrecy was explained"),
    T("義務を説明した日がない。義務は説明がなくても負う",
        "no day on which the duty was explained; it binds all the same"), art("64(4)") + COMMISSION_TERMS)
def duty_explained(v: View) -> bool | None:
    return v.given("duty_explained_on") is not None

@condition(T("説明した日が将来でないこと", "the duty has been explained already"),
    T("説明した日が将来である", "the day of the explanation lies ahead"), COMMISSION_TERMS)
def explained_by_now(v: View) -> bool | None:
    day = v.given("duty_explained_on")
    return day is None or day <= v.on

# -- sums ------------------------------------------------------------------------------------------------------------

def staff(v: View) -> tuple[Engaged, ...]:
    return tuple(Engaged(*row) for row in v.fact("persons") or ())

def _on_register(v: View, name: str) -> bool:
    return any(e.name == name and not e.until for e in staff(v))

def with_person(v: View) -> tuple[Engaged, ...]:
    one = Engaged(v.given("name") or "", v.fact("body") or "", v.given("role") or "", v.given("duty_explained_on"),
        registered_on=v.on)
    return (*staff(v), one)

def without_person(v: View) -> tuple[Engaged, ...]:
    name = v.given("name")
    return tuple(e._replace(until=v.on) if e.name == name and not e.until else e for e in staff(v))

def with_bound(v: View) -> tuple[str, ...]:
    return (*(v.fact("bound") or ()), v.given("name") or "")

def one_more_request(v: View) -> int:
    return (v.fact("open_requests") or 0) + 1

def one_request_less(v: View) -> int:
    return max((v.fact("open_requests") or 0) - 1, 0)

def information(v: View) -> tuple[tuple[str, date], ...]:
    """What agencies gave to the body, and when."""
    return (*(tuple(row) for row in v.fact("information") or ()), (v.given("items") or "", v.on))

# -- the procedure ---------------------------------------------------------------------------------------------------

AUTHORITY = NoPenalty(T("行政機関の義務", "a duty of the authority"))

research_commission = Procedure(
    "research_commission", T("調査研究の委託", "commissioned research study"), art("64"), states=dict(
        call=waits(T("公募中", "call"), PM), examined=waits(T("審査済", "examined"), PM),
        commissioned=T("委託中", "commissioned"),
        information_requested=waits(T("情報提供の求め", "information requested"), AGENCY_HEADS),
        information_given=T("情報提供済", "information given"), reported=T("報告済", "reported"),
        ended=end(T("終了", "ended")), not_selected=end(T("不選定", "not selected"))),
    acts=(
        Act("plan", T("調査研究の委託を計画する", "plan the study"), PM, art("64(1)"), opens("call"),
            fields=(QUESTIONS, PART), keeps=(keep("questions"),)),
        Act("study_itself", T("自ら調査研究を行う", "carry out the study itself"), PM, art("64(1)"), opens("reported"),
            fields=(QUESTIONS, RESULTS), keeps=(keep("questions"),),
            note=T("調査研究は義務、委託は権限", "the study is a duty, commissioning it a power")),
        Act("examine", T("四つの基準を審査する", "examine the four tests"), PM, art("64(2)"), go("examined", "call"),
            fields=(BODY, CORPORATION, *FINDINGS), conditions=(IS_CORPORATION,),
            keeps=(keep("applicant"), *(keep(id) for id in TESTS))),
        Act("commission", T("委託する", "commission"), PM, art("64(2)"), go("commissioned", "examined"),
            fields=COMMISSION, conditions=(was_examined, *(met(id) for id in TESTS)),
            keeps=(keep("body"), keep("commissioned_on", act_day)), since=IN_FORCE),
        Act("not_select", T("選定しない", "do not select"), PM, COMMISSION_TERMS + art("64(2)"),
            go("not_selected", "examined")),
        Act("register_staff", T("役員・職員を登録する", "register an officer or member of staff"), RESEARCH_BODY,
            COMMISSION_TERMS + art("64(4)"), stay(*UNDER_WAY, "reported"), fields=STAFF,
            conditions=(was_commissioned, not_registered, explained_by_now), advice=(duty_explained,),
            keeps=(keep("persons", with_person),), question=425),
        Act("staff_leaves", T("退職を記録する", "record that one of them left"), RESEARCH_BODY, COMMISSION_TERMS,
            stay(*BOUND), fields=(NAME,), conditions=(registered,), keeps=(keep("persons", without_person),),
            note=T("秘密保持の義務は続く", "the duty of secrecy goes on")),
        Act("request_information", T("情報の提供を求める", "ask for information"), RESEARCH_BODY, art("64(3)"),
            go("information_requested", *WITH_INFORMATION) + stay("information_requested"), fields=REQUEST,
            keeps=(keep("open_requests", one_more_request),)),
        Act("give_information", T("情報を提供する", "give information"), AGENCY_HEADS, art("64(3)"),
            go("information_given", "information_requested"), fields=GIVEN,
            keeps=(keep("information", information), keep("open_requests", one_request_less)),
            note=T("義務でなく権限", "a power, not a duty")),
        Act("refuse_information", T("情報を提供しない", "refuse information"), AGENCY_HEADS, art("64(3)"),
            go("commissioned", "information_requested"), fields=(REASON,),
            keeps=(keep("open_requests", one_request_less),)),
        Act("report", T("結果を報告する", "report"), RESEARCH_BODY, COMMISSION_TERMS, go("reported", *UNDER_WAY),
            fields=REPORTED),
        Act("end", T("終了する", "end"), PM, COMMISSION_TERMS, go("ended", "reported"),
            keeps=(keep("ended_on", act_day),),
            note=T("役員・職員であった者も秘密を守る（64条4項）",
                "secrecy binds former officers and staff (Art. 64(4))")),
        Act("leak", T("秘密を漏らし、又は盗用する", "leak or steal a secret"), OFFICERS_AND_STAFF, art("64(4)"),
            stay(*BOUND), fields=LEAK, conditions=(was_commissioned,), deed=True, penalty="PEN-95-1-1d")),
    duties=(
        Duty("study", T("調査研究を行う", "carry out the study"), art("64(1)"), PM, AUTHORITY, arises=(done("plan"),),
            done=(done("report"),)),
        Duty("secrecy", T("秘密を守る", "keep secrets"), art("64(4)"), OFFICERS_AND_STAFF, "PEN-95-1-1d",
            arises=(done("bound"),), person="name", lasts=True)),
    consequences=(
        Consequence("still_asked", T("ほかの求めが残る", "another request is left"), art("64(3)"),
            upon=(done("give_information"), done("refuse_information")), only_if=requests_left,
            moves=go("information_requested", *WITH_INFORMATION)),
        Consequence("bound", T("秘密保持の義務", "bound to secrecy"), art("64(4)"),
            upon=(done("commission"), done("register_staff")), moves=stay(*UNDER_WAY, "reported"), only_if=newly_bound,
            keeps=(keep("bound", with_bound),)),))
