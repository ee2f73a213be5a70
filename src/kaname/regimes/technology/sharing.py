"""協議会における情報の共有 (T6; Art. 62(4)-(7)): one run per item, from the offer to its return.

Handling is agreed before anything is handed over, only persons on the register receive it, and what is learnt of a
secret is published after a check alone. Which information is secret each council settles by agreement.
"""

from datetime import date

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    Act,
    Ban,
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
from kaname.procedure.view import View
from kaname.regimes.technology.laws import COUNCIL_RULES, GUIDELINE
from kaname.regimes.technology.persons import given_back, handed, member_for, no_access
from kaname.regimes.technology.roles import PROVIDER, RECIPIENT, SECRETARIAT

HANDLING = GUIDELINE + COUNCIL_RULES
AGENDA = art("62(4)") + COUNCIL_RULES
IN_HAND = ("shared", "in_use", "publication_review", "incident")

# -- what is asked ---------------------------------------------------------------------------------------------------

REQUEST = (Field("to", T("求める相手", "who is asked"), FieldType.PARTY, art("62(6)"), required=True),
    text("purpose", T("目的", "purpose"), art("62(6)")))
OFFER = (
    text("title", T("情報の名称", "title of the item"), AGENDA, required=True),
    text("sensitivity", T("機微の程度", "sensitivity"), AGENDA), text("source", T("出所", "source"), AGENDA),
    text("conditions", T("提供の条件", "conditions"), AGENDA),
    Field("expiry", T("利用の期限", "may be used until"), FieldType.DAY, AGENDA))
RECIPIENTS = Field("recipients", T("受け取る者", "recipients"), FieldType.PERSON, HANDLING, required=True, several=True)
SECRET = Field("secret", T("秘密とする", "it is a secret"), FieldType.FLAG, HANDLING, required=True,
    help=T("秘密の範囲は各協議会で合意して定める。外から課されるものではない",
        "what is secret each council settles by agreement; it is not imposed from outside"))
UNDERSTOOD, IS_UNDERSTOOD = finding("understood", T("提供の前に相互の理解があること",
    "mutual understanding before it is handed over"),
    T("取扱いについて相互の理解がない", "no mutual understanding on its handling"), HANDLING)
TERMS = (
    RECIPIENTS, text("places", T("取扱場所", "places"), HANDLING), text("media", T("媒体", "media"), HANDLING),
    Field("copy_limit", T("複製の上限", "copies allowed"), FieldType.INTEGER, HANDLING), SECRET, UNDERSTOOD)
ITEMS = text("item_ids", T("渡した資料の番号", "ids of what was handed over"), AGENDA)
PAPERS = paper("papers", T("渡す資料", "papers handed over"), AGENDA, several=True, sealed=True)
READER = Field("person", T("利用する者", "who uses it"), FieldType.PERSON, art("62(5)"), required=True)
LOG = text("log", T("利用の記録", "log"), art("62(5)"))
SECURED, IS_SECURED = finding("measures_taken", T("安全管理の措置を講じていること", "security measures carried out"),
    T("安全管理の措置が講じられていない", "security measures are not carried out"), art("62(5)"))
PAPER = paper("paper", T("公表しようとするもの", "what is to be published"), art("62(4)(iii)"), required=True)
DEADLINE = Field("deadline", T("回答を望む日", "answer hoped for by"), FieldType.DAY, HANDLING)
USED = text("secret_items_used", T("用いた秘密の情報", "secret items used"), HANDLING)
HELD_BACK = (text("reason", T("理由", "reason"), HANDLING, required=True),
    text("items", T("公表を控える箇所・情報", "what is held back"), HANDLING))
GIVER = Field("person", T("返却・廃棄した者", "who returned or destroyed it"), FieldType.PERSON, COUNCIL_RULES,
    required=True)
HOW = Field("how", T("返却・廃棄の別", "returned or destroyed"), FieldType.CHOICE, COUNCIL_RULES, required=True,
    options=(Option("returned", T("返却", "returned")), Option("destroyed", T("廃棄", "destroyed"))))
PROOF = text("proof", T("確認の方法・証拠", "proof"), COUNCIL_RULES)
INCIDENT = (
    text("what", T("何が起きたか", "what happened"), HANDLING, required=True, sealed=True),
    Field("when", T("起きた日", "when"), FieldType.DAY, HANDLING),
    text("who", T("誰が関わったか", "who was concerned"), HANDLING, sealed=True),
    text("containment", T("講じた措置", "containment"), HANDLING, sealed=True))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("協議会が運営中であること", "the council is running"),
    T("協議会が運営中でない", "the council is not running"), art("62(4)"))
def council_runs(v: View) -> bool | None:
    return "running" in (v.state("council"), v.state("fund_council"))

@condition(T("受け取る者が全て従事者名簿にあり、その構成員が在任していること",
    "every recipient is on the register, of a member in office"),
    T("従事者名簿にない者がいる", "a recipient is not on the register"), AGENDA + art("62(7)"),
    tells=lambda v: _joined(tuple(no_access(v, p) for p in _strangers(v))))
def all_registered(v: View) -> bool | None:
    return not _strangers(v)

@condition(T("提供の申出があった情報であること", "the item was offered"),
    T("情報の名称がない。提供の申出を先にする", "the item has no title: it has to be offered first"), AGENDA)
def was_offered(v: View) -> bool | None:
    return v.fact("title") is not None

@condition(T("資料を渡された者であること", "one of those to whom it was handed"),
    T("この資料を渡されていない", "the item was not handed to this person"), AGENDA)
def was_handed(v: View) -> bool | None:
    person = v.given("person")
    return None if person is None else person in handed(v, v.run)

@condition(T("協議会の従事者であること", "still works on council business"),
    T("協議会の従事者でない", "does not work on council business"), art("62(5)", "62(7)") + COUNCIL_RULES,
    tells=lambda v: no_access(v, v.given("person") or ""))
def has_access(v: View) -> bool | None:
    person = v.given("person")
    return None if person is None else member_for(v, person) is not None

@condition(T("返却・廃棄していないこと", "not returned or destroyed yet"),
    T("既に返却・廃棄した", "this person returned or destroyed it already"), COUNCIL_RULES)
def not_given_back(v: View) -> bool | None:
    return (v.given("person") or "") not in given_back(v, v.run)

@condition(T("渡された者が全て返却・廃棄したこと", "all to whom it was handed have returned or destroyed it"),
    T("返却・廃棄していない者がいる", "somebody has neither returned nor destroyed it"), COUNCIL_RULES)
def all_gave_back(v: View) -> bool | None:
    return set(handed(v, v.run)) <= set(given_back(v, v.run))

@condition(T("秘密でないと合意した情報であること", "agreed to be no secret"),
    T("秘密とされた情報である", "the item is a secret"), HANDLING)
def is_no_secret(v: View) -> bool | None:
    return v.fact("secret") is False

@condition(T("利用の期限があること", "there is a day until which it may be used"),
    T("利用の期限がない", "there is no such day"), AGENDA)
def has_expiry(v: View) -> bool | None:
    return bool(v.fact("expiry"))

@condition(T("回答を望む日があること", "a day is named for the answer"), T("その日がない", "no day is named"), HANDLING)
def has_deadline(v: View) -> bool | None:
    return v.given("deadline") is not None

# -- sums ------------------------------------------------------------------------------------------------------------

def _strangers(v: View) -> tuple[str, ...]:
    """The recipients who may have no papers."""
    return tuple(p for p in v.fact("recipients") or () if member_for(v, p) is None)

def _joined(reasons: tuple[Text, ...]) -> Text:
    return T("；".join(r.ja for r in reasons), "; ".join(r.en for r in reasons))

def to_whom(v: View) -> tuple[tuple[str, str], ...]:
    """Each recipient with the member for whom the person works on the day of the sharing ("": none is known)."""
    return tuple((p, member_for(v, p) or "") for p in v.fact("recipients") or ())

def opened(v: View) -> tuple[tuple[str, date], ...]:
    return (*(tuple(row) for row in v.fact("opened", v.run) or ()), (v.given("person") or "", v.on))

def back(v: View) -> tuple[tuple[str, date, str], ...]:
    return (*(tuple(row) for row in v.fact("back", v.run) or ()), (v.given("person") or "", v.on, v.given("how") or ""))

def expiry_offered(v: View) -> date | str:
    """The day set in the offer; one made anew without a day does not inherit that of the offer before."""
    return v.given("expiry") or ""

@day_rule(T("利用の期限とされた日", "the day until which it may be used"))
def expiry_day(v: View) -> date | None:
    return v.fact("expiry") or None

@day_rule(T("回答を望む日", "the day by which an answer is hoped for"))
def deadline_day(v: View) -> date | None:
    day: date | None = v.given("deadline")
    return day

# -- the procedure ---------------------------------------------------------------------------------------------------

UNCHECKED = NoPenalty(T("確認のない公表そのものに罰則はない。秘密を漏らせば95条1項1号",
    "publishing unchecked carries none of its own; leaking a secret is Art. 95(1)(i)"))

sharing = Procedure(
    "sharing", T("協議会における情報の共有", "sharing of information"), art("62(4)-(7)", "63(5)"), per=("item",),
    named=True, states=dict(
        offered=waits(T("提供の申出・求め", "offered"), RECIPIENT),
        handling_agreed=waits(T("取扱いの合意", "handling agreed"), PROVIDER), shared=T("共有", "shared"),
        in_use=T("利用中", "in use"), publication_review=waits(T("公表前の確認", "publication review"), SECRETARIAT),
        released=end(T("公表可", "released")), returned_or_destroyed=end(T("返却・廃棄", "returned or destroyed")),
        incident=waits(T("事案対応中", "incident"), SECRETARIAT)),
    clocks=(
        Clock("expires", T("利用の期限（提供者が定めた日）", "may be used until (the day the provider set)"), Kind.DATE,
            AGENDA, (Count(None, expiry_day),), lasting=True),  # what was shared is still held when a paper is released
        Clock("review_by", T("公表前の確認の目安（望まれた日）", "check hoped for by (the day asked)"), Kind.DATE,
            HANDLING, (Count(None, deadline_day),), force=Force.TARGET)),
    acts=(
        Act("request_information", T("情報の提供を求める", "ask for information"), SECRETARIAT, art("62(6)"),
            opens("offered") + stay("offered"), fields=REQUEST, conditions=(council_runs,),
            note=T("求められた者は応ずるよう努める", "the addressee must try to answer; not enforceable")),
        Act("offer", T("情報の提供を申し出る", "offer information"), PROVIDER, AGENDA,
            opens("offered") + stay("offered"), fields=OFFER, conditions=(council_runs,),
            keeps=(keep("title"), keep("expiry", expiry_offered))),
        Act("agree_handling", T("取扱いに合意する", "agree on its handling"), RECIPIENT, HANDLING,
            go("handling_agreed", "offered"), fields=TERMS, conditions=(was_offered, IS_UNDERSTOOD),
            keeps=(keep("recipients"), keep("secret")), question=426),
        Act("share", T("情報を渡す", "share"), PROVIDER, AGENDA, go("shared", "handling_agreed"),
            fields=(ITEMS, PAPERS), conditions=(council_runs, all_registered),
            keeps=(keep("shared_on", act_day), keep("handed", to_whom))),
        Act("use", T("情報を利用する", "use"), RECIPIENT, art("62(5)"), go("in_use", "shared") + stay("in_use"),
            fields=(READER, LOG, SECURED), conditions=(was_handed, has_access, not_given_back, IS_SECURED),
            keeps=(keep("opened", opened),)),
        Act("ask_publication", T("公表前の確認を求める", "ask for the check before publication"), RECIPIENT,
            HANDLING + art("62(4)(iii)"), go("publication_review", "in_use"), fields=(PAPER, DEADLINE, USED),
            note=T("成果は公開が原則。控えるのは協議会で受けた秘密のみ",
                "results are public in principle; only secrets received in the council are held back")),
        Act("release", T("公表に支障なしとする", "release"), SECRETARIAT, HANDLING,
            go("released", "publication_review"), meets=("review_by",), question=427),
        Act("hold_back", T("公表を控えるよう求める", "hold back"), SECRETARIAT, HANDLING,
            go("in_use", "publication_review"), fields=HELD_BACK, meets=("review_by",)),
        Act("give_back", T("一人が返却・廃棄する", "one person returns or destroys it"), RECIPIENT, COUNCIL_RULES,
            stay(*IN_HAND, "released"), fields=(GIVER, HOW, PROOF), conditions=(was_handed, not_given_back),
            keeps=(keep("back", back),),
            note=T("他の者は利用を続ける", "the others go on with it")),
        Act("return", T("全て返却・廃棄する", "return or destroy all of it"), RECIPIENT, COUNCIL_RULES,
            go("returned_or_destroyed", "shared", "in_use"), fields=(HOW, PROOF), meets=("expires",),
            keeps=(keep("returned_on", act_day), keep("how"))),
        Act("report_incident", T("漏えい等を報告する", "report an incident"), RECIPIENT, HANDLING + art("62(5)"),
            go("incident", "shared", "in_use"), fields=INCIDENT),
        Act("close_incident", T("事案への対応を終える", "close the incident"), SECRETARIAT, COUNCIL_RULES,
            go("in_use", "incident"), question=423),
        Act("publish", T("公表する", "publish"), RECIPIENT, HANDLING + art("62(4)(iii)"),
            stay(*IN_HAND, "released", "returned_or_destroyed"), fields=(PAPER,), deed=True)),
    bans=(
        Ban("publication", T("確認を経ない公表", "publishing without the check"), HANDLING + art("62(4)(iii)", "62(5)"),
            RECIPIENT, states=(*IN_HAND, "returned_or_destroyed"), covers=("publish",), penalty=UNCHECKED,
            unless=(is_no_secret,), question=427),),
    duties=(
        Duty("answer_request", T("求めに応ずるよう努める", "endeavour to answer the request"), art("62(6)"), PROVIDER,
            NoPenalty(T("努力義務（62条6項）", "a duty of effort (Art. 62(6))")), arises=(done("request_information"),),
            done=(done("offer"),), effort=True),
        Duty("return_by", T("期限までに返却・廃棄する", "return or destroy it by the day set"), COUNCIL_RULES,
            RECIPIENT, NoPenalty(T("協議会の規約による", "the council's own rules apply")),
            to=PROVIDER, clock="expires", done=(done("return"), done("all_back")), lasts=True)),
    consequences=(
        Consequence("all_back", T("全員が返却・廃棄した", "all have returned or destroyed it"), COUNCIL_RULES,
            upon=(done("give_back"),), only_if=all_gave_back, meets=("expires",),
            moves=go("returned_or_destroyed", "shared", "in_use")
            + stay("publication_review", "incident", "released")),
        Consequence("expiry_set", T("利用の期限", "it may be used until a day"), AGENDA, upon=(done("share"),),
            moves=stay("shared"), only_if=has_expiry, starts=("expires",)),
        Consequence("answer_hoped_for", T("回答を望む日", "an answer is hoped for"), HANDLING,
            upon=(done("ask_publication"),), moves=stay("publication_review"), only_if=has_deadline,
            starts=("review_by",))))
