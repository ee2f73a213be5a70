"""外国出願の禁止に関する事前確認 (Art. 79; Order 16; Joint Order 5). No period in days anywhere, only 遅滞なく."""

from datetime import date

from kaname.law import T
from kaname.law.laws import JOINT_ORDER, ORDER, art
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
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
    done,
    go,
    keep,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents.exceptions import TREATIES
from kaname.regimes.patents.roles import ANYONE, JPO, PLANNER, PM
from kaname.regimes.patents.scope import IN_FORCE
from kaname.regimes.patents.words import finding, flag, form, text

FEE = 25_000  # yen for each request: Order Art. 16
WAITING = ("requested", "referred_to_pm")

# -- what is asked ---------------------------------------------------------------------------------------------------

LANGUAGE = Field("language", T("説明書の言語", "language of the description"), FieldType.CHOICE, JOINT_ORDER("5(4)"),
    form=form("4", "joint"), options=(Option("ja", T("日本語", "Japanese")), Option("en", T("英語", "English"))))
APPLIED = flag("japanese_application_filed",
    T("その発明を記載した日本の特許出願をしている", "a Japanese application describing the invention has been filed"),
    art("79(1)"))
FORMS = (
    text("name", T("氏名又は名称", "name"), JOINT_ORDER("5(1)"), form=form("3", "joint")),
    text("address", T("住所", "address"), JOINT_ORDER("5(1)"), form=form("3", "joint")),
    flag("commissioned", T("国等の委託研究等の成果", "commissioned research with the right kept"),
        ORDER("12(3)(iii)") + JOINT_ORDER("5(1)"), form=form("3", "joint")),
    flag("state_took_part", T("国が権利の一部を承継", "the State took part of the right"),
        ORDER("12(3)(iv)") + JOINT_ORDER("5(1)"), form=form("3", "joint")),
    Field("fee", T("手数料（収入印紙）", "fee (revenue stamp)"), FieldType.YEN, art("79(5)-(6)") + ORDER("16"),
        form=form("3", "joint"), proposes=lambda v: FEE),
    text("title", T("発明の名称", "title"), JOINT_ORDER("5(2)"), sealed=True, form=form("4", "joint")),
    text("drawings_explained", T("図面の簡単な説明", "brief description of the drawings"), JOINT_ORDER("5(2)"),
        sealed=True, form=form("4", "joint")),
    text("description", T("発明の詳細な説明", "detailed description"), JOINT_ORDER("5(2)"), sealed=True,
        form=form("4", "joint")), LANGUAGE,
    Field("drawings", T("図面", "drawings"), FieldType.DOCUMENT, JOINT_ORDER("5(2)"), sealed=True,
        form=form("5", "joint")))
OUTSIDE, IS_OUTSIDE = finding("outside_66_1", T("66条1項本文の発明に当たらない", "not within Art. 66(1)"),
    T("66条1項本文の発明に当たる", "within Art. 66(1)"), art("79(2)"))
INSIDE, IS_INSIDE = finding("within_66_1", T("66条1項本文の発明に当たる", "within Art. 66(1)"),
    T("66条1項本文の発明に当たらない", "not within Art. 66(1)"), art("79(3)"))
NO_EFFECT = Field("clearly_no_effect", T("安全に影響を及ぼすものでないことが明らか", "clearly does not affect safety"),
    FieldType.FLAG, art("79(3)-(4)"), required=True, finding=True)
EXISTS, APPLICATION_EXISTS = finding("application_exists",
    T("その発明を記載した日本の特許出願がある", "a Japanese application describing the invention exists"),
    T("日本の特許出願がない", "there is no Japanese application"), art("79(1)"))
TREATY = Field("treaty", T("令14条の例外", "exception of Order Art. 14"), FieldType.CHOICE, ORDER("14"),
    options=TREATIES)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("その発明を記載した日本の特許出願をしていないこと",
        "no Japanese application describing the invention has been filed"),
    T("日本の出願後は申し出られない。送付しない旨の通知の申出（66条10項、様式第2、三月の期間内）によること",
        "not open once a Japanese application is filed; ask for a non-sending notice (Art. 66(10), form 2) instead"),
    art("79(1)", "66(10)") + JOINT_ORDER("3"), question=6)
def no_japanese_application(v: View) -> bool | None:
    filed: bool | None = v.given("japanese_application_filed")
    return None if filed is None else not filed

@condition(T("内閣総理大臣の回答があること", "the Prime Minister has answered"),
    T("内閣総理大臣の回答がない", "the Prime Minister has not answered"), art("79(3)-(4)"))
def pm_answered(v: View) -> bool | None:
    return v.done("pm_answers") is not None

@condition(T("内閣総理大臣に照会していること", "referred to the Prime Minister"),
    T("内閣総理大臣への照会がない", "not referred to the Prime Minister"), art("79(3)"))
def was_referred(v: View) -> bool | None:
    return v.state() == "referred_to_pm"

@condition(T("安全に影響しないことが明らかとの回答", "the answer is: clearly no effect"),
    T("影響しないことが明らかとの回答でない", "the answer is not: clearly no effect"), art("79(4)"))
def clearly_no_effect(v: View) -> bool | None:
    answer: bool | None = v.fact("clearly_no_effect")
    return answer

@condition(T("令14条の条約上の例外に当たること", "a treaty exception of Order Art. 14 applies"),
    T("令14条の例外に当たらない", "no treaty exception applies"), ORDER("14"))
def treaty_filing(v: View) -> bool | None:
    return bool(v.given("treaty"))

@condition(T("支障なしとの回答が到達したこと", "the clearing answer has arrived"),
    T("支障なしとの回答が到達していない", "the clearing answer has not arrived"), art("78(1)", "79(4)"))
def cleared(v: View) -> bool | None:
    """An answer without a recorded day of receipt counts as received when given."""
    arrives: date | None = v.fact("cleared_on")
    return arrives is not None and arrives <= v.on

# -- sums ------------------------------------------------------------------------------------------------------------

def day_received(v: View) -> date:
    return v.received_on or v.on

# -- the procedure ---------------------------------------------------------------------------------------------------

OFFICE = NoPenalty(T("官庁の義務", "a duty of the office"))

prior_confirmation = Procedure(
    "prior_confirmation", T("外国出願の禁止に関する事前確認", "prior confirmation"),
    art("79") + ORDER("16") + JOINT_ORDER("5"),
    states=dict(
        requested=T("申出", "requested"), not_66_1=T("66条1項の発明でない", "outside Art. 66(1)"),
        referred_to_pm=T("内閣総理大臣に照会中", "referred to the Prime Minister"),
        cleared=T("支障なし", "cleared"), not_cleared=T("支障なしといえない", "not cleared"),
        inadmissible=T("不適法", "inadmissible")),
    clocks=(
        Clock("jpo_answer", T("特許庁長官の回答又は照会（遅滞なく）", "answer or referral by the JPO (without delay)"),
            Kind.AGENCY_DUTY, art("79(2)", "79(3)"), force=Force.WITHOUT_DELAY),
        Clock("pm_answer", T("内閣総理大臣の回答（遅滞なく）", "answer of the Prime Minister (without delay)"),
            Kind.AGENCY_DUTY, art("79(3)"), force=Force.WITHOUT_DELAY),
        Clock("pass_on", T("申出者への回答（遅滞なく）", "answer to the requester (without delay)"), Kind.AGENCY_DUTY,
            art("79(4)"), force=Force.WITHOUT_DELAY)),
    bans=(
        Ban("file_abroad", T("外国出願", "filing abroad"), art("78(1)"), ANYONE,
            states=(*WAITING, "cleared", "not_cleared", "inadmissible"), covers=("file_abroad",), penalty="PEN-94-1",
            unless=(treaty_filing, cleared), older=True),),
    acts=(
        Act("request", T("事前確認を申し出る", "request prior confirmation"), PLANNER,
            art("79(1)", "79(5)-(6)") + ORDER("16") + JOINT_ORDER("5"), opens("requested"), fields=(APPLIED, *FORMS),
            conditions=(no_japanese_application,), starts=("jpo_answer",), since=IN_FORCE,
            keeps=(keep("requested_on", act_day), keep("title"))),
        Act("answer_outside", T("66条1項の発明でないと回答する", "answer: outside Art. 66(1)"), JPO, art("79(2)"),
            go("not_66_1", "requested"), fields=(OUTSIDE,), conditions=(IS_OUTSIDE,), meets=("jpo_answer",),
            received=True),
        Act("refer", T("内閣総理大臣に照会する", "refer to the Prime Minister"), JPO, art("79(3)"),
            go("referred_to_pm", "requested"), fields=(INSIDE,), conditions=(IS_INSIDE,), meets=("jpo_answer",),
            starts=("pm_answer",)),
        Act("pm_answers", T("内閣総理大臣が回答する", "the Prime Minister answers"), PM, art("79(3) second sentence"),
            stay("referred_to_pm") + go("referred_to_pm", "requested"), conditions=(was_referred,), fields=(NO_EFFECT,),
            meets=("pm_answer", "jpo_answer"), starts=("pass_on",),
            keeps=(keep("clearly_no_effect"),)),
        Act("answer_cleared", T("支障なしと回答する", "answer: cleared"), JPO, art("79(4)", "78(1)"),
            go("cleared", *WAITING), conditions=(pm_answered, clearly_no_effect), meets=("pass_on", "jpo_answer"),
            stops=("pm_answer",), keeps=(keep("cleared_on", day_received),), received=True),
        Act("answer_not_cleared", T("支障なしといえないと回答する", "answer: not cleared"), JPO, art("79(4)"),
            go("not_cleared", *WAITING), conditions=(pm_answered, ~clearly_no_effect),
            meets=("pass_on", "jpo_answer"), stops=("pm_answer",), received=True),
        Act("reject_has_application", T("日本の出願があるため受け付けない", "reject: a Japanese application exists"),
            JPO, art("79(1)"), go("inadmissible", "requested"), fields=(EXISTS,), conditions=(APPLICATION_EXISTS,),
            meets=("jpo_answer",)),
        Act("file_abroad", T("外国出願をする", "file abroad"), (PLANNER, ANYONE), art("78(1)", "94(1)"), deed=True,
            fields=(TREATY,), moves=stay(*WAITING, "not_66_1", "cleared", "not_cleared", "inadmissible"))),
    duties=(
        Duty("answer", T("遅滞なく回答又は照会する", "answer or refer without delay"), art("79(2)", "79(3)"), JPO,
            OFFICE, clock="jpo_answer", done=(done("answer_outside"), done("refer"), done("reject_has_application"))),
        Duty("pm_answer", T("遅滞なく回答する", "answer without delay"), art("79(3)"), PM, OFFICE, to=JPO,
            clock="pm_answer", done=(done("pm_answers"),)),
        Duty("pass_on", T("遅滞なく申出者に回答する", "answer the requester without delay"), art("79(4)"), JPO, OFFICE,
            to=PLANNER, clock="pass_on", done=(done("answer_cleared"), done("answer_not_cleared")))))
