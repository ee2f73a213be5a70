"""応募・審査・採択 (T3): each proposal to a call is a run: formal check, review by experts, adoption, contract.

Declarations on research integrity come with it and are checked; whoever reviews declares conflicts of interest, and one
who has one does not review. No amount may exceed what stands above it: the call, the ceiling of the adoption.
"""

from kaname.days import jst_date
from kaname.law import T, Text
from kaname.procedure.asked import flag, paper, text
from kaname.procedure.declare import (
    Act,
    Field,
    FieldType,
    Procedure,
    condition,
    end,
    go,
    keep,
    opens,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.technology.budget import by_year, each_year_once, over, total, years
from kaname.regimes.technology.call import adopted_so_far
from kaname.regimes.technology.laws import CALL_DOCUMENTS, CONTRACT
from kaname.regimes.technology.maturity import TRL_GOAL, TRL_NOW, on_scale
from kaname.regimes.technology.practice import demand, programme_in, refusing, warning
from kaname.regimes.technology.roles import FUNDING_AGENCY, LEAD_INSTITUTION, PROGRAMME_OFFICER, REVIEWERS

OF = programme_in("call.programme")

# -- what is asked ---------------------------------------------------------------------------------------------------

TITLE = text("title", T("研究開発課題名", "title"), CALL_DOCUMENTS, required=True)
SUBMITTED_AT = Field("submitted_at", T("提出の日時", "submitted at"), FieldType.INSTANT, CALL_DOCUMENTS, required=True)
LEAD = Field("lead_researcher", T("研究代表者", "lead researcher"), FieldType.PERSON, CALL_DOCUMENTS, required=True)
INSTITUTIONS = Field("institutions", T("代表機関・分担機関", "lead and co-operating institutions"), FieldType.PARTY,
    CALL_DOCUMENTS, several=True)
PROPOSAL = (
    TITLE, SUBMITTED_AT, LEAD, INSTITUTIONS,
    text("erad_researcher", T("e-Radの研究者番号", "e-Rad number of the researcher"), CALL_DOCUMENTS),
    text("erad_institution", T("e-Radの機関番号", "e-Rad number of the institution"), CALL_DOCUMENTS),
    paper("plan", T("研究開発計画", "R&D plan"), CALL_DOCUMENTS, sealed=True),
    text("goals", T("達成目標", "goals"), CALL_DOCUMENTS), TRL_NOW, TRL_GOAL,
    by_year(CALL_DOCUMENTS, T("年度別の予算", "budget by fiscal year")),
    text("social_implementation_path", T("社会実装への道筋", "path to social implementation"), CALL_DOCUMENTS),
    text("other_funding_and_posts", T("他の研究費と兼職", "other funding and posts"), CALL_DOCUMENTS, sealed=True),
    text("foreign_ties", T("外国との関係", "ties abroad"), CALL_DOCUMENTS, sealed=True),
    paper("safety_management_plan", T("安全管理措置の計画", "safety-management plan"), CALL_DOCUMENTS, sealed=True),
    text("ip_plan", T("知的財産の計画", "plan for intellectual property"), CALL_DOCUMENTS),
    flag("integrity", T("研究インテグリティの申告をした",
        "declarations on research integrity are made"), CALL_DOCUMENTS),
    flag("council", T("協議会への参加に同意する", "agrees to join the council"), CALL_DOCUMENTS))
NO_DUPLICATION = Field("no_duplication", T("不合理な重複・過度の集中がない（e-Radで確認）",
    "no duplication, no over-concentration (looked up in e-Rad)"), FieldType.FLAG, CALL_DOCUMENTS, finding=True)
INTEGRITY = Field("integrity_checked", T("研究インテグリティの申告を確認した",
    "the declarations on research integrity were checked"), FieldType.FLAG, CALL_DOCUMENTS, finding=True)
INTEGRITY_FOUND = text("integrity_found", T("確認の結果", "what the check found"), CALL_DOCUMENTS, sealed=True)
SCORES = Field("scores", T("評価", "scores"), FieldType.ROWS, CALL_DOCUMENTS, required=True, columns=(
    Field("reviewer", T("評価者", "reviewer"), FieldType.PERSON),
    Field("declared", T("利益相反を申告した", "declared conflicts of interest"), FieldType.FLAG),
    Field("conflict", T("利益相反がある", "has a conflict"), FieldType.FLAG),
    Field("score", T("評点", "score"), FieldType.INTEGER)))
COMMENTS = text("comments", T("所見", "comments"), CALL_DOCUMENTS)
HEARD = flag("director_opinion", T("PD又はPOの意見を聴いた", "the director or an officer was heard"), CALL_DOCUMENTS)
INFORMED = flag("informed", T("所管府省に連絡した", "the competent ministries were informed"), CALL_DOCUMENTS)
CEILING = Field("amount_ceiling", T("採択額の上限", "ceiling of the amount"), FieldType.YEN, CALL_DOCUMENTS,
    required=True)
TERMS = text("conditions", T("採択の条件", "conditions of the adoption"), CALL_DOCUMENTS)
REASON = text("reason", T("採択しない理由", "why it is not adopted"), CALL_DOCUMENTS, required=True)
AGREED = paper("agreed_plan", T("調整後の計画", "agreed plan"), CALL_DOCUMENTS)
MILESTONES = text("milestones", T("マイルストーン", "milestones"), CALL_DOCUMENTS)
GATES = Field("gates", T("ステージゲート", "stage gates"), FieldType.ROWS, CALL_DOCUMENTS, columns=(
    Field("gate_no", T("ゲートの番号", "number of the gate"), FieldType.INTEGER),
    Field("due", T("時期", "day"), FieldType.DAY),
    Field("criteria", T("基準", "criteria"), FieldType.TEXT)))
PERIOD = (
    Field("period_start", T("契約期間の始まり", "first day of the contract"), FieldType.DAY, CONTRACT, required=True),
    Field("period_end", T("契約期間の終わり", "last day of the contract"), FieldType.DAY, CONTRACT, required=True))
AMOUNT = Field("amount", T("契約額", "amount of the contract"), FieldType.YEN, CONTRACT, required=True)
SAFE = flag("safety_in_place", T("安全管理措置が講じられている", "safety-management measures are in place"), CONTRACT)
CONTRACTED = (
    text("contract_id", T("契約番号", "number of the contract"), CONTRACT, required=True), *PERIOD, AMOUNT,
    text("ip_terms", T("知的財産の条項", "terms on intellectual property"), CONTRACT),
    text("publication_terms", T("公表の条項", "terms on publication"), CONTRACT), SAFE)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("公募中であること", "the call is open"), T("公募中でない", "the call is not open"), CALL_DOCUMENTS)
def call_is_open(v: View) -> bool | None:
    return v.state("call") == "call_open"

@condition(T("公募が締め切られていること", "the call is closed"), T("公募が締め切られていない",
    "the call is not closed"),
    CALL_DOCUMENTS)
def call_is_closed(v: View) -> bool | None:
    return v.state("call") == "call_closed"

@condition(T("締切までに提出すること（締切は閉庁日でも動かない）",
    "submitted before the call closes, which a closed day does not move"),
    T("締切の後である", "after the call closed"), CALL_DOCUMENTS)
def before_closing(v: View) -> bool | None:
    at, closes = v.given("submitted_at"), v.fact("call.close_at")
    return None if at is None else closes is None or at <= closes

@condition(T("提出の日に記録すること", "recorded on the day it was submitted"),
    T("提出の日時と行為の日が異なる", "submitted on another day than that of the act"), CALL_DOCUMENTS)
def on_its_day(v: View) -> bool | None:
    at = v.given("submitted_at")
    return None if at is None else jst_date(at) == v.on

@demand(OF, T("e-Radの研究者番号と機関番号があること", "e-Rad numbers of researcher and institution"),
    T("e-Radの番号がない", "an e-Rad number is missing"), CALL_DOCUMENTS)
def ids_in_erad(v: View) -> bool | None:
    return bool(v.given("erad_researcher") and v.given("erad_institution"))

@demand(OF, T("研究インテグリティの申告があること", "declarations on research integrity"),
    T("研究インテグリティの申告がない", "no declarations on research integrity"), CALL_DOCUMENTS)
def integrity_declared(v: View) -> bool | None:
    answer: bool | None = v.given("integrity")
    return answer

@demand(OF, T("協議会への参加に同意すること", "agreement to join the council"),
    T("協議会への参加の同意がない", "no agreement to join the council"), CALL_DOCUMENTS)
def joins_council(v: View) -> bool | None:
    answer: bool | None = v.given("council")
    return answer

def _above_call(v: View) -> Text:
    return over(T("公募の上限", "the maximum of the call"), total(years(v.given("budget_by_year"))),
        v.fact("call.max_budget_yen"))

@demand(OF, T("提案額が公募の上限以下であること", "asks for no more than the call offers"),
    T("公募の上限を超える", "exceeds the maximum of the call"), CALL_DOCUMENTS, 407, _above_call)
def within_call(v: View) -> bool | None:
    rows, limit = v.given("budget_by_year"), v.fact("call.max_budget_yen")
    return None if rows is None else limit is None or total(years(rows)) <= limit

@demand(OF, T("不合理な重複・過度の集中がないこと", "no duplication, no over-concentration"),
    T("不合理な重複又は過度の集中がある", "duplication or over-concentration is found"), CALL_DOCUMENTS)
def no_duplication(v: View) -> bool | None:
    answer: bool | None = v.given("no_duplication")
    return answer

@demand(OF, T("研究インテグリティの申告を確認したこと", "the declarations on research integrity were checked"),
    T("研究インテグリティの申告の確認がない", "the declarations on research integrity were not checked"),
    CALL_DOCUMENTS)
def integrity_looked_into(v: View) -> bool | None:
    return bool(v.given("integrity_checked"))

@demand(OF, T("評価者の全員が利益相反を申告したこと", "every reviewer declared conflicts of interest"),
    T("利益相反の申告がない評価者がいる", "a reviewer declared no conflicts of interest"), CALL_DOCUMENTS)
def conflicts_declared(v: View) -> bool | None:
    rows = v.given("scores")
    return None if rows is None else bool(rows) and all(row.get("declared") for row in rows)

@demand(OF, T("利益相反のある者が評価していないこと", "nobody with a conflict of interest reviews"),
    T("利益相反のある者が評価している", "a reviewer has a conflict of interest"), CALL_DOCUMENTS)
def no_conflict(v: View) -> bool | None:
    rows = v.given("scores")
    return None if rows is None else not any(row.get("conflict") for row in rows)

@demand(OF, T("PD又はPOの意見を聴いたこと", "the director or an officer was heard"),
    T("PD又はPOの意見がない", "neither director nor officer was heard"), CALL_DOCUMENTS)
def director_heard(v: View) -> bool | None:
    answer: bool | None = v.given("director_opinion")
    return answer

@demand(OF, T("所管府省に連絡したこと", "the competent ministries were informed"),
    T("所管府省への連絡がない", "the competent ministries were not informed"), CALL_DOCUMENTS)
def ministries_informed(v: View) -> bool | None:
    answer: bool | None = v.given("informed")
    return answer

def _ceiling_above_call(v: View) -> Text:
    return over(T("公募の上限", "the maximum of the call"), v.given("amount_ceiling"), v.fact("call.max_budget_yen"))

@demand(OF, T("採択額の上限が公募の上限以下であること", "the ceiling is no higher than what the call offers"),
    T("公募の上限を超える", "exceeds the maximum of the call"), CALL_DOCUMENTS, 407, _ceiling_above_call)
def ceiling_within_call(v: View) -> bool | None:
    ceiling, limit = v.given("amount_ceiling"), v.fact("call.max_budget_yen")
    return None if ceiling is None else limit is None or ceiling <= limit

@condition(T("採択予定数を超えないこと", "not more are adopted than planned"),
    T("採択予定数を超える", "more are adopted than planned"), CALL_DOCUMENTS)
def slots_left(v: View) -> bool | None:
    return adopted_so_far(v) < (v.fact("call.theme_slots") or 0)

@demand(OF, T("安全管理措置が講じられていること", "safety-management measures are in place"),
    T("安全管理措置が講じられていない", "no safety-management measures are in place"), CONTRACT)
def safe_management(v: View) -> bool | None:
    answer: bool | None = v.given("safety_in_place")
    return answer

def _above_ceiling(v: View) -> Text:
    return over(T("採択額の上限", "the ceiling of the adoption"), v.given("amount"), v.fact("amount_ceiling"))

@demand(OF, T("契約額が採択額の上限以下であること", "the contract stays within the ceiling of the adoption"),
    T("採択額の上限を超える", "exceeds the ceiling of the adoption"), CONTRACT, 407, _above_ceiling)
def within_ceiling(v: View) -> bool | None:
    amount, ceiling = v.given("amount"), v.fact("amount_ceiling")
    return None if amount is None else ceiling is None or amount <= ceiling

@condition(T("契約期間の終わりが始まりの後であること", "the contract ends after it begins"),
    T("契約期間の終わりが始まりより前である", "the contract ends before it begins"), CONTRACT)
def period_in_order(v: View) -> bool | None:
    start, last = v.given("period_start"), v.given("period_end")
    return None if start is None or last is None else start <= last

# -- the procedure ---------------------------------------------------------------------------------------------------

ASKED = (ids_in_erad, integrity_declared, joins_council, within_call)
CHECKED = (no_duplication, integrity_looked_into)
REVIEWED = (conflicts_declared, no_conflict)
DECIDED = (director_heard, ministries_informed, ceiling_within_call)
SIGNED = (safe_management, within_ceiling)

proposal = Procedure(
    "proposal", T("応募・審査・採択", "proposal: review and adoption"), CALL_DOCUMENTS, per=("proposal",), named=True,
    after=("call",),
    states=dict(
        submitted=waits(T("提出", "submitted"), FUNDING_AGENCY),
        form_check=waits(T("形式確認", "formal check done"), REVIEWERS),
        document_review=waits(T("書面審査", "documents reviewed"), PROGRAMME_OFFICER),
        interview=waits(T("面接審査", "interviewed"), FUNDING_AGENCY),
        adopted=waits(T("採択", "adopted"), PROGRAMME_OFFICER), not_adopted=end(T("不採択", "not adopted")),
        plan_adjusting=waits(T("計画の調整中", "plan being adjusted"), FUNDING_AGENCY),
        contracted=end(T("契約", "contracted")), withdrawn=end(T("取下げ", "withdrawn"))),
    acts=(
        Act("submit_proposal", T("応募する", "submit a proposal"), LEAD_INSTITUTION, CALL_DOCUMENTS, opens("submitted"),
            fields=PROPOSAL, conditions=(call_is_open, before_closing, on_its_day, on_scale(OF, "trl_now", "trl_goal"),
                each_year_once("budget_by_year"), *refusing(*ASKED)), advice=warning(*ASKED),
            keeps=(keep("title"), keep("lead_researcher"), keep("institutions"), keep("trl_now"), keep("trl_goal"),
                keep("budget_by_year", lambda v: years(v.given("budget_by_year")))),
            note=T("評価は成果の活用と内容、体制、資金計画、安全管理計画の妥当性をみる",
                "weighed are use of the results, content, team, money plan and safety-management plan")),
        Act("withdraw", T("応募を取り下げる", "withdraw the proposal"), LEAD_INSTITUTION, CALL_DOCUMENTS,
            go("withdrawn", "submitted"), conditions=(call_is_open,), question=406),
        Act("check_form", T("形式を確認する", "check the form"), FUNDING_AGENCY, CALL_DOCUMENTS,
            go("form_check", "submitted"), fields=(NO_DUPLICATION, INTEGRITY, INTEGRITY_FOUND),
            conditions=(call_is_closed, *refusing(*CHECKED)), advice=warning(*CHECKED)),
        Act("review_documents", T("書面で審査する", "review the documents"), REVIEWERS, CALL_DOCUMENTS,
            go("document_review", "form_check"), fields=(SCORES, COMMENTS), conditions=refusing(*REVIEWED),
            advice=warning(*REVIEWED)),
        Act("interview", T("面接で審査する", "interview"), PROGRAMME_OFFICER, CALL_DOCUMENTS,
            go("interview", "document_review")),
        Act("adopt", T("採択する", "adopt"), FUNDING_AGENCY, CALL_DOCUMENTS, go("adopted", "interview"),
            fields=(CEILING, TERMS, HEARD, INFORMED), conditions=refusing(*DECIDED),
            advice=(*warning(*DECIDED), slots_left), keeps=(keep("amount_ceiling"),),
            note=T("行為の日が採択の日である", "the day of the act is that of the decision")),
        Act("reject", T("採択しない", "do not adopt"), FUNDING_AGENCY, CALL_DOCUMENTS,
            go("not_adopted", "form_check", "document_review", "interview"), fields=(REASON,)),
        Act("adjust_plan", T("計画を調整する", "adjust the plan"), PROGRAMME_OFFICER, CALL_DOCUMENTS,
            go("plan_adjusting", "adopted"), fields=(AGREED, MILESTONES, GATES), keeps=(keep("gates"),)),
        Act("contract", T("契約を締結する", "conclude the contract"), FUNDING_AGENCY, CONTRACT,
            go("contracted", "plan_adjusting"), fields=CONTRACTED, conditions=(period_in_order, *refusing(*SIGNED)),
            advice=warning(*SIGNED), keeps=(keep("contract_id"), keep("period_start"), keep("period_end"),
                keep("amount")))))
