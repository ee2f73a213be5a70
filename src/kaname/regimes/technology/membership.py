"""構成員 (T5; Art. 62(3), (5), (7)): one run per member, named by a short id. Every member consents.

The law itself makes the lead researcher and the minister members, and in the council of a designated fund the Prime
Minister. The duty of secrecy binds whoever works or worked on council business: it arises with membership and with
each person registered, needs no record to exist, and ends with nothing that is declared here.
"""

from collections.abc import Iterable
from datetime import date

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
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
from kaname.regimes.technology.council_acts import STANDING
from kaname.regimes.technology.laws import COUNCIL_RULES
from kaname.regimes.technology.persons import Engaged, engaged, held_by
from kaname.regimes.technology.roles import CANDIDATE, CONVENING_MINISTER, ENGAGED, MEMBER, SECRETARIAT

JOINING = art("62(3)", "63(5)")
FOUNDERS = {"council": ("lead", "minister"), "fund_council": ("lead", "minister", "prime_minister")}

# -- what is asked ---------------------------------------------------------------------------------------------------

WHO = Field("member", T("構成員とする者", "who is to be a member"), FieldType.PARTY, art("62(3)"), required=True)
PARTY_TYPE = Field("party_type", T("構成員の別", "kind of member"), FieldType.CHOICE, art("62(3)"), required=True,
    options=(Option("agency_head", T("関係行政機関の長", "head of an agency")),
        Option("researcher", T("研究開発に従事する者", "researcher")),
        Option("research_body", T("調査研究の受託法人", "commissioned research body")),
        Option("other", T("その他必要と認める者", "other"))))
ROLE = text("role", T("協議会での役割", "role in the council"), COUNCIL_RULES)
NEEDED, IS_NEEDED = finding("necessary", T("大臣が必要と認めること", "the minister finds it necessary"),
    T("必要と認められない", "not found necessary"), art("62(3)"))
JOINTLY = Field("with_prime_minister", T("内閣総理大臣と共同で行う（指定基金協議会）",
    "together with the Prime Minister (designated-fund council)"), FieldType.FLAG, art("63(5)"), finding=True)
NAME = Field("name", T("氏名", "name"), FieldType.PERSON, art("62(7)"), required=True)
PERSON = (
    NAME, text("organisation", T("所属", "organisation"), COUNCIL_RULES),
    text("role", T("役割", "role"), COUNCIL_RULES),
    Field("duty_explained_on", T("義務を説明した日", "day the duty was explained"), FieldType.DAY, COUNCIL_RULES),
    text("access_scope", T("取り扱う情報の範囲", "what the person has access to"), COUNCIL_RULES))
REASON = text("reason", T("理由", "reason"), COUNCIL_RULES, required=True)
RETURNED = text("return_of_material", T("資料の返却・廃棄", "return or destruction of material"), COUNCIL_RULES)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("協議会が組織されていること", "the council has been formed"),
    T("協議会が組織されていない、又は解散した", "the council has not been formed, or was dissolved"), art("62(3)"))
def council_stands(v: View) -> bool | None:
    return v.state("council") in STANDING or v.state("fund_council") in STANDING

@condition(T("指定基金協議会では内閣総理大臣と共同で加えること",
    "in a designated-fund council, together with the Prime Minister"),
    T("指定基金協議会の構成員は内閣総理大臣と共同で加える",
        "in a designated-fund council members are added together with the Prime Minister"), art("62(3)", "63(5)"))
def joint_in_fund_council(v: View) -> bool | None:
    answer: bool | None = v.given("with_prime_minister")
    return True if not v.state("fund_council") else answer

@condition(T("その構成員の従事者として登録されていないこと", "not registered for this member yet"),
    T("既に登録されている", "already registered for this member"), COUNCIL_RULES)
def not_registered(v: View) -> bool | None:
    name = v.given("name")
    return None if name is None else not any(e.name == name and not e.until for e in engaged(v, v.run))

@condition(T("従事者名簿にある者であること", "on the register of persons"),
    T("この構成員の従事者名簿にない", "not on the register for this member"), COUNCIL_RULES)
def registered(v: View) -> bool | None:
    name = v.given("name")
    return None if name is None else any(e.name == name and not e.until for e in engaged(v, v.run))

@condition(T("秘密保持の義務を説明したこと", "the duty of secrecy was explained"),
    T("義務を説明した日がない。義務は説明がなくても負う",
        "no day on which the duty was explained; it binds all the same"), art("62(7)") + COUNCIL_RULES)
def duty_explained(v: View) -> bool | None:
    return v.given("duty_explained_on") is not None

@condition(T("説明した日が将来でないこと", "the duty has been explained already"),
    T("説明した日が将来である", "the day of the explanation lies ahead"), COUNCIL_RULES)
def explained_by_now(v: View) -> bool | None:
    day = v.given("duty_explained_on")
    return day is None or day <= v.on

@condition(T("退いた者の手元に資料がないこと", "who left holds no papers"),
    T("退いた者の手元に資料がある", "who left still holds papers"), COUNCIL_RULES, tells=lambda v: _still_held(v))
def nothing_left_behind(v: View) -> bool | None:
    return not _held_after_leaving(v)

@condition(T("退任する構成員の手元に資料がないこと", "the member who leaves holds no papers"),
    T("返却・廃棄されていない資料がある", "papers were neither returned nor destroyed"), COUNCIL_RULES,
    tells=lambda v: _told(_held(v, engaged(v, v.run))))
def nothing_held(v: View) -> bool | None:
    return not _held(v, engaged(v, v.run))

@condition(T("62条1項の協議会であること", "a council of Art. 62(1)"),
    T("62条1項の協議会でない", "not a council of Art. 62(1)"), art("62(1)"))
def of_minister(v: View) -> bool | None:
    return bool(v.state("council"))

@condition(T("指定基金協議会であること", "a council of a designated fund"),
    T("指定基金協議会でない", "not a council of a designated fund"), art("63(4)"))
def of_fund(v: View) -> bool | None:
    return bool(v.state("fund_council"))

@condition(T("その者の義務がまだ記録されていないこと", "the person is not on record as bound yet"),
    T("既に義務を負う", "bound already"), art("62(7)"))
def newly_bound(v: View) -> bool | None:
    return (v.given("name") or "") not in (v.fact("bound", v.run) or ())

# -- sums ------------------------------------------------------------------------------------------------------------

Held = list[tuple[str, tuple[str, ...]]]

def _held(v: View, persons: Iterable[Engaged]) -> Held:
    """What each of the persons has in hand, where it is anything."""
    found = ((e.name, held_by(v, e.name)) for e in persons)
    return list(dict.fromkeys((name, items) for name, items in found if items))

def _held_after_leaving(v: View) -> Held:
    left = v.state() == "left"
    return _held(v, (e for e in engaged(v, v.run) if left or e.until))

def _told(held: Held) -> Text:
    ja = "、".join(f"{name}：{'・'.join(items)}" for name, items in held)
    en = "; ".join(f"{name}: {', '.join(items)}" for name, items in held)
    return T(f"返却・廃棄されていない資料がある（{ja}）", f"papers neither returned nor destroyed ({en})")

def _still_held(v: View) -> Text:
    told = _told(_held_after_leaving(v))
    return T(f"退いた者に、{told.ja}", f"with who left: {told.en}")

def founders(v: View) -> Iterable[str]:
    """Who is a member by the law itself."""
    return FOUNDERS["fund_council" if v.state("fund_council") else "council"]

def founder(v: View) -> str | None:
    """The lead researcher's name; an office is named by its run."""
    lead: str | None = v.fact("fund_council.lead_researcher") or v.fact("council.lead_researcher")
    return lead if v.run == "lead" else None

def founder_type(v: View) -> str:
    return "researcher" if v.run == "lead" else "agency_head"

def lead_consent(v: View) -> date | None:
    day: date | None = v.fact("fund_council.consented_on") or v.fact("council.consented_on")
    return day if v.run == "lead" else None

def with_person(v: View) -> tuple[Engaged, ...]:
    """The register of this member with the person of the form."""
    asked = [v.given(f.id) for f in PERSON]
    one = Engaged(asked[0] or "", asked[1] or "", asked[2] or "", asked[3], asked[4] or "", v.on)
    return (*engaged(v, v.run), one)

def without_person(v: View) -> tuple[Engaged, ...]:
    name = v.given("name")
    return tuple(e._replace(until=v.on) if e.name == name and not e.until else e for e in engaged(v, v.run))

def with_bound(v: View) -> tuple[str, ...]:
    return (*(v.fact("bound", v.run) or ()), v.given("name") or "")

# -- the procedure ---------------------------------------------------------------------------------------------------

NO_SANCTION = NoPenalty(T("協議会の規約による", "the council's own rules apply"))
BINDING = (done("founded"), done("join"), done("register_engaged_person"))
NOW_BOUND = (keep("bound", with_bound),)

membership = Procedure(
    "membership", T("構成員", "membership"), JOINING + art("62(5)", "62(7)"), per=("member",), named=True, states=dict(
        invited=waits(T("同意待ち", "invited"), CANDIDATE), consented=waits(T("同意", "consented"), CONVENING_MINISTER),
        member=T("構成員", "member"), suspended=waits(T("情報提供の停止", "suspended"), SECRETARIAT),
        left=end(T("退任", "left")), declined=end(T("辞退", "declined"))),
    acts=(
        Act("invite", T("構成員となるよう求める", "invite"), CONVENING_MINISTER, JOINING, opens("invited"),
            fields=(WHO, PARTY_TYPE, ROLE, NEEDED, JOINTLY),
            conditions=(council_stands, IS_NEEDED, joint_in_fund_council),
            keeps=(keep("member"), keep("party_type"), keep("role")),
            note=T("指定基金協議会では指定基金の大臣と内閣総理大臣が共同で加える",
                "in a designated-fund council the fund minister and the Prime Minister add members together")),
        Act("consent", T("同意する", "consent"), CANDIDATE, JOINING, go("consented", "invited"),
            keeps=(keep("consented_on", act_day),)),
        Act("decline", T("辞退する", "decline"), CANDIDATE, JOINING, go("declined", "invited"),
            note=T("不利益はない", "no sanction")),
        Act("join", T("構成員に加える", "add as a member"), CONVENING_MINISTER, JOINING, go("member", "consented"),
            conditions=(council_stands,), keeps=(keep("joined_on", act_day),)),
        Act("register_engaged_person", T("従事者を登録する", "register a person"), SECRETARIAT,
            COUNCIL_RULES + art("62(7)"), stay("member"), fields=PERSON,
            conditions=(not_registered, explained_by_now), advice=(duty_explained,),
            keeps=(keep("persons", with_person),), question=425,
            note=T("義務は協議会の事務に従事する者が負うため、名簿は人ごとに作る",
                "the duty binds persons who work on council business, so the register is kept by person")),
        Act("end_engagement", T("従事の終わりを記録する", "record that a person's work has ended"), SECRETARIAT,
            COUNCIL_RULES, stay("member", "suspended"), fields=(NAME,), conditions=(registered,),
            keeps=(keep("persons", without_person),),
            note=T("構成員は残る。秘密保持の義務は続く",
                "the member stays on; the duty of secrecy goes on")),
        Act("suspend_access", T("情報の提供を停止する", "suspend access"), SECRETARIAT, COUNCIL_RULES,
            go("suspended", "member"), fields=(REASON,), question=422),
        Act("restore", T("停止を解く", "restore access"), SECRETARIAT, COUNCIL_RULES, go("member", "suspended"),
            question=422),
        Act("leave", T("退任する", "leave"), MEMBER, COUNCIL_RULES, go("left", "member", "suspended"),
            fields=(RETURNED,), advice=(nothing_held,), keeps=(keep("left_on", act_day),),
            note=T("秘密保持の義務は従事していた者にも続く（62条7項、95条1項1号）",
                "the duty of secrecy goes on for former participants (Arts. 62(7), 95(1)(i))"))),
    duties=(
        Duty("secrecy", T("秘密を守る", "keep secrets"), art("62(7)"), ENGAGED, "PEN-95-1-1b", arises=(done("bound"),),
            person="name", key_part="member", lasts=True),
        Duty("secrecy_of_fund", T("秘密を守る（指定基金協議会）", "keep secrets (designated-fund council)"),
            art("62(7)", "63(5)"), ENGAGED, "PEN-95-1-1c", arises=(done("bound_by_fund"),), person="name",
            key_part="member", lasts=True),
        Duty("act_on_results", T("協議の結果に基づき情報の管理等を行う", "manage information as was agreed"),
            art("62(5)"), MEMBER, NO_SANCTION, states=("member", "suspended"), key_part="member")),
    consequences=(
        Consequence("founded", T("法律上の構成員", "a member by the law itself"), art("62(1)", "63(4)"),
            upon=(done("council.organise"), done("fund_council.organise_jointly")), moves=opens("member"),
            into=founders, keeps=(keep("member", founder), keep("party_type", founder_type),
                keep("consented_on", lead_consent), keep("joined_on", act_day))),
        Consequence("bound", T("秘密保持の義務", "bound to secrecy"), art("62(7)"), upon=BINDING,
            moves=stay("member"), only_if=of_minister & newly_bound, keeps=NOW_BOUND),
        Consequence("bound_by_fund", T("秘密保持の義務", "bound to secrecy"), art("62(7)", "63(5)"),
            upon=BINDING, moves=stay("member"), only_if=of_fund & newly_bound, keeps=NOW_BOUND),
        Consequence("council_over", T("協議会の解散", "the council is dissolved"), COUNCIL_RULES,
            upon=(done("council.dissolve"), done("fund_council.dissolve")), every_run=True,
            moves=go("left", "member", "suspended"), keeps=(keep("left_on", act_day),))),
    warns=(nothing_left_behind,))
