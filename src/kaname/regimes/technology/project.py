"""研究開発の進捗・ステージゲート・社会実装 (T9): a contracted project is run, looked at in gates, handed over,
    followed.

Money spent above what was foreseen cannot be refused, since it has happened: the report is taken, warned of, and the
project shown as over budget. What is planned above a limit is refused, with both amounts (question 407).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import flag, paper, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Field,
    FieldType,
    Force,
    Kind,
    Option,
    Procedure,
    Take,
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
from kaname.regimes.technology import budget
from kaname.regimes.technology.budget import by_year, each_year_once, of_year, over, total, years
from kaname.regimes.technology.catalogue import AGENCIES, TECHNOLOGIES
from kaname.regimes.technology.laws import CONTRACT, GUIDELINE, PROGRAMME_RULES
from kaname.regimes.technology.maturity import TRL_GOAL, TRL_NOW, on_scale
from kaname.regimes.technology.practice import (
    KEPT_PROGRAMME,
    PROGRAMME,
    demand,
    programme_given,
    programme_in,
    refusing,
    warning,
)
from kaname.regimes.technology.proposal import GATES, PERIOD, period_in_order
from kaname.regimes.technology.roles import (
    COUNCIL,
    FUNDING_AGENCY,
    LEAD_RESEARCHER,
    NEED_MINISTRIES,
    PROGRAMME_DIRECTOR,
    PROGRAMME_OFFICER,
)

OF = programme_in("project.programme")

# -- what is asked ---------------------------------------------------------------------------------------------------

BUDGET = by_year(CONTRACT, T("年度別の予算", "budget by fiscal year"))
CEILING = Field("max_budget_yen", T("構想の上限額", "maximum budget of the concept"), FieldType.YEN, PROGRAMME_RULES)
TAKEN_UP = (
    PROGRAMME, text("title", T("研究開発課題名", "title"), CONTRACT, required=True),
    text("concept", T("研究開発構想", "R&D concept"), CONTRACT),
    Field("technologies", T("ビジョンの技術", "technologies of a vision"), FieldType.CHOICE, PROGRAMME_RULES,
        several=True, options=tuple(Option(t.id, t.label, PROGRAMME_RULES) for t in TECHNOLOGIES.values())),
    text("proposal", T("公募の事件における提案", "the proposal, as the case of the call names it"), CONTRACT),
    text("contract_id", T("契約番号", "number of the contract"), CONTRACT, required=True), *PERIOD,
    Field("amount", T("契約額", "amount of the contract"), FieldType.YEN, CONTRACT, required=True), CEILING, BUDGET,
    Field("funding_agency", T("資金配分機関", "funding agency"), FieldType.CHOICE, CONTRACT, required=True,
        options=tuple(Option(a.id, a.label) for a in AGENCIES.values())),
    Field("lead_researcher", T("研究代表者", "lead researcher"), FieldType.PERSON, CONTRACT, required=True),
    Field("institutions", T("参加機関", "institutions"), FieldType.PARTY, CONTRACT, several=True),
    Field("needs", T("ニーズを有する関係府省庁", "ministries that need it"), FieldType.PARTY, CONTRACT, several=True),
    TRL_NOW, TRL_GOAL, GATES)
SPENT = Field("spent", T("この期間の支出額", "spent in this period"), FieldType.YEN, CONTRACT, required=True)
REPORT = (
    Field("period", T("対象の年度", "fiscal year"), FieldType.INTEGER, CONTRACT, required=True),
    text("results", T("成果", "results"), CONTRACT, required=True),
    TRL_NOW, SPENT,
    Field("papers", T("論文数", "papers"), FieldType.INTEGER, CONTRACT),
    Field("patents", T("特許出願数", "patent applications"), FieldType.INTEGER, CONTRACT),
    flag("patent_non_disclosure_check", T("特許出願の非公開の対象となり得るか確認した",
        "checked whether patents may fall under non-disclosure"), CONTRACT),
    text("incidents", T("事故・情報の漏えい等", "incidents"), CONTRACT, sealed=True))
DIALOGUE = (
    text("need_information", T("ニーズの情報", "what the ministries need"), art("62(4)(i)"), sealed=True),
    text("seed_information", T("シーズの情報", "what research can offer"), art("62(4)(i)"), sealed=True),
    text("system_barriers", T("制度上の障壁", "barriers in rules and systems"), art("62(4)(ii)")))
GATE_NO = Field("gate_no", T("ゲートの番号", "number of the gate"), FieldType.INTEGER, CONTRACT, required=True)
GATE = (GATE_NO, text("criteria", T("基準", "criteria"), CONTRACT), paper("evidence", T("根拠", "evidence"), CONTRACT))
REVIEW = (
    Field("reviewers", T("外部有識者", "outside reviewers"), FieldType.PERSON, CONTRACT, several=True),
    Field("score", T("評点", "score"), FieldType.INTEGER, CONTRACT),
    text("opinion", T("意見", "opinion"), CONTRACT, required=True))
CHANGES = (
    text("plan_changes", T("計画の変更", "changes of the plan"), CONTRACT, required=True),
    by_year(CONTRACT, T("予算の変更（年度ごとの変更後の額）", "changed budget: the new amount of each year"),
        "budget_change", required=False))
STOPPED = text("reason", T("中止の理由", "why it is stopped"), CONTRACT, required=True)
PHASE = text("phase", T("段階", "phase"), CONTRACT)
FINAL = (paper("final_report", T("最終報告書", "final report"), CONTRACT, required=True),
    Field("trl_final", T("最終のTRL", "final TRL"), FieldType.INTEGER, CONTRACT))
PATHS = (
    text("procurement", T("調達", "procurement"), art("62(4)(v)")),
    text("regulation_change", T("規制・制度の見直し", "change of rules"), art("62(4)(v)")),
    text("standardisation", T("標準化", "standardisation"), art("62(4)(v)")),
    text("private_business_plan", T("民間の事業計画", "private business plan"), art("62(4)(v)")),
    text("supply_to_space_or_ocean_plans", T("宇宙・海洋の計画への反映", "supply to the plans on space or ocean"),
        art("62(4)(v)")))
FOLLOWED = (
    Field("year", T("年度", "fiscal year"), FieldType.INTEGER, PROGRAMME_RULES, required=True),
    text("use_in_public", T("公的利用", "use in public"), PROGRAMME_RULES),
    text("use_in_market", T("市場での利用", "use in the market"), PROGRAMME_RULES))


def call_facts(call: Standing) -> Mapping[str, Any]:
    """What a project reads of its call: each proposal's state, number and amount of its contract."""
    return {"proposals": dict(_proposals(call))}


def _proposals(call: Standing) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for track in call.tracks.values():
        if track.procedure == "proposal":
            at = f"proposal/{track.run}"
            yield track.run, {"state": track.state, "contract_id": call.fact(f"{at}.contract_id"),
                "amount": call.fact(f"{at}.amount")}


CALL_CASE = Take("call_case", T("公募の事件", "the case of the call"), "technology.call", call_facts)

# -- sums ------------------------------------------------------------------------------------------------------------

def spent_with_this(v: View) -> budget.Years:
    return budget.added(v.fact("spent_by_year"), v.given("period"), v.given("spent"))

def budget_with_change(v: View) -> budget.Years:
    return budget.changed(v.fact("budget_by_year"), v.given("budget_change"))

def amount_with_change(v: View) -> int:
    """The contract as changed: as much more or less as the years of the budget now come to."""
    before: int = v.fact("amount") or 0
    return before + total(budget_with_change(v)) - total(v.fact("budget_by_year"))

def trl_with_this(field: str) -> Any:
    """The history of maturity, (day, TRL), with what the form tells."""
    def history(v: View) -> tuple[tuple[date, int], ...]:
        told, before = v.given(field), tuple(v.fact("trl_history") or ())
        return before if told is None else (*before, (v.on, told))
    return history

def count_with_this(field: str) -> Any:
    return lambda v: (v.fact(field) or 0) + (v.given(field) or 0)

def gates_left(v: View, gates: Any) -> list[Mapping[str, Any]]:
    held = v.fact("gates_held") or ()
    return [g for g in gates or () if g.get("gate_no") not in held and g.get("due")]

@day_rule(T("計画に定めた次のゲートの日", "the day of the next gate in the plan"))
def next_gate(v: View) -> date | None:
    left = gates_left(v, v.fact("gates"))
    return min((g["due"] for g in left), default=None)

@day_rule(T("契約期間の終わり", "the last day of the contract"))
def last_day(v: View) -> date | None:
    day: date | None = v.given("period_end")
    return day

@condition(T("計画に定めたゲートが残っていること", "the plan sets a further gate"),
    T("計画に定めたゲートは残っていない", "the plan sets no further gate"), CONTRACT)
def gate_left(v: View) -> bool | None:
    return bool(gates_left(v, v.fact("gates")))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("提案が採択され契約に至ったこと", "the proposal was adopted and contracted"),
    T("公募の事件では契約に至っていない", "by the case of the call there is no contract for this proposal"), CONTRACT)
def was_contracted(v: View) -> bool | None:
    """Asked only where the call's own case was looked at; else who takes it up vouches for it."""
    taken = v.context("call_case")
    if taken is None:
        return True
    found = (taken.get("proposals") or {}).get(v.given("proposal") or "") or {}
    return bool(found.get("state") == "contracted" and found.get("contract_id") == v.given("contract_id"))

def _years_above(v: View) -> Text:
    return over(T("契約額", "the contract"), total(years(v.given("budget_by_year"))), v.given("amount"))

@condition(T("年度別の予算の合計が契約額以下であること", "the budget by year adds up to no more than the contract"),
    T("契約額を超える", "exceeds the contract"), CONTRACT, question=407, tells=_years_above)
def years_within_contract(v: View) -> bool | None:
    rows, amount = v.given("budget_by_year"), v.given("amount")
    return None if rows is None or amount is None else total(years(rows)) <= amount

def _contract_above(v: View) -> Text:
    return over(T("構想の上限", "the maximum of the concept"), v.given("amount"), v.given("max_budget_yen"))

@demand(programme_given, T("契約額が構想の上限以下であること", "the contract stays within the concept"),
    T("構想の上限を超える", "exceeds the maximum of the concept"), CONTRACT, 407, _contract_above)
def contract_within_concept(v: View) -> bool | None:
    amount, limit = v.given("amount"), v.given("max_budget_yen")
    return None if amount is None else limit is None or amount <= limit

def _spent_above(v: View) -> Text:
    return over(T("契約額", "the contract"), total(spent_with_this(v)), v.fact("amount"))

@demand(OF, T("支出の累計が契約額以下であること", "all spending stays within the contract"),
    T("支出の累計が契約額を超える", "spending exceeds the contract"), CONTRACT, 407, _spent_above)
def spent_within_budget(v: View) -> bool | None:
    return v.given("spent") is None or total(spent_with_this(v)) <= (v.fact("amount") or 0)

def _year_above(v: View) -> Text:
    year = v.given("period")
    return over(T(f"{year}年度の予算", f"the budget of fiscal {year}"), of_year(spent_with_this(v), year),
        of_year(v.fact("budget_by_year"), year))

@demand(OF, T("その年度の支出がその年度の予算以下であること", "spending of the year stays within its budget"),
    T("その年度の予算を超える", "exceeds the budget of the year"), CONTRACT, 407, _year_above)
def spent_within_year(v: View) -> bool | None:
    year = v.given("period")
    if year is None or v.given("spent") is None:
        return True
    return of_year(spent_with_this(v), year) <= of_year(v.fact("budget_by_year"), year)

@condition(T("支出が負でなく、年度であること", "no spending below zero, a year that is one"),
    T("支出が負である、又は年度でない", "spending below zero, or no fiscal year"), CONTRACT)
def spending_makes_sense(v: View) -> bool | None:
    year, spent = v.given("period"), v.given("spent")
    return None if year is None or spent is None else 2021 <= year <= 2100 and spent >= 0

@demand(OF, T("特許出願の非公開の該当性を確認したこと（特許出願があるとき）",
    "patents, where there are any, were checked for non-disclosure"),
    T("特許出願があるが、非公開の該当性の確認がない", "there are patents, not checked for non-disclosure"), CONTRACT)
def non_disclosure_checked(v: View) -> bool | None:
    return not v.given("patents") or bool(v.given("patent_non_disclosure_check"))

@demand(OF, T("構想又は計画に定めたゲートであること", "a gate set in the concept or plan"),
    T("構想又は計画にそのゲートの定めがない", "neither concept nor plan sets this gate"), CONTRACT, 403)
def gate_foreseen(v: View) -> bool | None:
    number = v.given("gate_no")
    return None if number is None else number in [g.get("gate_no") for g in v.fact("gates") or ()]

@demand(OF, T("外部有識者が評価すること", "outside reviewers judge"),
    T("外部有識者がいない", "there is no outside reviewer"), CONTRACT, 403)
def outside_reviewers(v: View) -> bool | None:
    return bool(v.given("reviewers"))

def _changed_above(v: View) -> Text:
    return over(T("構想の上限", "the maximum of the concept"), amount_with_change(v), v.fact("max_budget_yen"))

@demand(OF, T("変更後の額が構想の上限以下であること", "the changed budget stays within the concept"),
    T("構想の上限を超える", "exceeds the maximum of the concept"), CONTRACT, 407, _changed_above)
def change_within_concept(v: View) -> bool | None:
    limit = v.fact("max_budget_yen")
    return limit is None or amount_with_change(v) <= limit

@condition(T("支出の累計が契約額以下であること", "all spending stays within the contract"),
    T("支出の累計が契約額を超えている", "spending has exceeded the contract"), CONTRACT, question=407,
    tells=lambda v: over(T("契約額", "the contract"), total(v.fact("spent_by_year")), v.fact("amount")))
def not_over_budget(v: View) -> bool | None:
    """Asked whenever the project is shown: what was spent too much stays in view."""
    return total(v.fact("spent_by_year")) <= (v.fact("amount") or 0)

# -- the procedure ---------------------------------------------------------------------------------------------------

TAKING_UP = (contract_within_concept,)
REPORTED = (spent_within_budget, spent_within_year, non_disclosure_checked)
LIVE = ("running", "gate_preparing", "gate_review", "continued", "changed")

project = Procedure(
    "project", T("研究開発の進捗・ステージゲート・社会実装", "project: progress, stage gates, social implementation"),
    (*art("62(4)", "63(5)"), *CONTRACT, *PROGRAMME_RULES), warns=(not_over_budget,),
    states=dict(
        running=T("実施中", "running"), gate_preparing=waits(T("ゲート準備中",
            "gate in preparation"), PROGRAMME_OFFICER),
        gate_review=waits(T("ゲート評価", "gate reviewed"), FUNDING_AGENCY),
        continued=waits(T("継続", "to be continued"), LEAD_RESEARCHER),
        changed=waits(T("計画変更", "plan changed"), LEAD_RESEARCHER), stopped=end(T("中止", "stopped")),
        completed=waits(T("完了", "completed"), PROGRAMME_DIRECTOR),
        final_evaluation=waits(T("終了評価", "finally evaluated"), NEED_MINISTRIES),
        handed_over=waits(T("社会実装へ引継ぎ", "handed over"), FUNDING_AGENCY), follow_up=end(T("追跡",
            "followed up"))),
    clocks=(
        Clock("next_gate", T("次のステージゲート（計画に定めた日）",
            "next stage gate (day set in the plan)"), Kind.DATE,
            CONTRACT, (Count(None, next_gate),), force=Force.TARGET, question=403),
        Clock("contract_end", T("契約期間の満了", "end of the contract"), Kind.DATE, CONTRACT,
            (Count(None, last_day),), force=Force.TARGET)),
    acts=(
        Act("take_up", T("契約した課題を始める", "take up the contracted project"), FUNDING_AGENCY, CONTRACT,
            opens("running"), fields=TAKEN_UP, conditions=(was_contracted, period_in_order,
                each_year_once("budget_by_year"), years_within_contract, on_scale(programme_given, "trl_now",
                    "trl_goal"),
                *refusing(*TAKING_UP)), advice=warning(*TAKING_UP), takes=(CALL_CASE,),
            starts=("contract_end",),
            keeps=(KEPT_PROGRAMME, keep("title"), keep("concept"), keep("technologies"), keep("contract_id"),
                keep("period_start"), keep("period_end"), keep("amount"), keep("max_budget_yen"),
                keep("budget_by_year", lambda v: years(v.given("budget_by_year"))), keep("funding_agency"),
                keep("lead_researcher"), keep("institutions"), keep("needs"), keep("trl_goal"), keep("gates"),
                keep("trl_history", trl_with_this("trl_now")))),
        Act("periodic_report", T("定期に報告する", "report"), LEAD_RESEARCHER, CONTRACT, stay("running"), fields=REPORT,
            conditions=(spending_makes_sense, on_scale(OF, "trl_now"), *refusing(*REPORTED)), advice=warning(*REPORTED),
            keeps=(keep("spent_by_year", spent_with_this), keep("trl_history", trl_with_this("trl_now")),
                keep("papers", count_with_this("papers")), keep("patents", count_with_this("patents")))),
        Act("council_dialogue", T("協議会で対話する", "dialogue in the council"), COUNCIL, art("62(4)", "63(5)"),
            stay("running"), fields=DIALOGUE),
        Act("prepare_gate", T("ゲートの準備をする", "prepare a gate"), LEAD_RESEARCHER, CONTRACT,
            go("gate_preparing", "running"), fields=GATE, conditions=refusing(gate_foreseen),
            advice=warning(gate_foreseen), meets=("next_gate",),
            keeps=(keep("gates_held", lambda v: (*(v.fact("gates_held") or ()), v.given("gate_no"))),)),
        Act("review_gate", T("ゲートで評価する", "review the gate"), PROGRAMME_OFFICER, CONTRACT,
            go("gate_review", "gate_preparing"), fields=REVIEW, conditions=refusing(outside_reviewers),
            advice=warning(outside_reviewers)),
        Act("continue", T("継続を決める", "continue"), FUNDING_AGENCY, CONTRACT, go("continued", "gate_review")),
        Act("change", T("計画を変更する", "change the plan"), FUNDING_AGENCY, CONTRACT, go("changed", "gate_review"),
            fields=CHANGES, conditions=(each_year_once("budget_change", required=False),
                *refusing(change_within_concept)),
            advice=warning(change_within_concept),
            keeps=(keep("amount", amount_with_change), keep("budget_by_year", budget_with_change))),
        Act("stop", T("中止する", "stop"), FUNDING_AGENCY, CONTRACT, go("stopped", "gate_review"), fields=(STOPPED,)),
        Act("resume", T("次の段階に入る", "go on with the next phase"), LEAD_RESEARCHER, CONTRACT,
            go("running", "continued", "changed"), fields=(PHASE,)),
        Act("complete", T("完了する", "complete"), LEAD_RESEARCHER, CONTRACT, go("completed", "running"), fields=FINAL,
            conditions=(on_scale(OF, "trl_final"),), meets=("contract_end",), stops=("next_gate",),
                keeps=(keep("trl_history", trl_with_this("trl_final")),)),
        Act("evaluate", T("終了評価をする", "evaluate finally"), PROGRAMME_DIRECTOR, PROGRAMME_RULES,
            go("final_evaluation", "completed"), question=403),
        Act("hand_over", T("社会実装に引き継ぐ", "hand over to use"), NEED_MINISTRIES, (*art("62(4)(v)"), *GUIDELINE),
            go("handed_over", "final_evaluation"), fields=PATHS),
        Act("follow_up", T("追跡する", "follow up"), FUNDING_AGENCY, PROGRAMME_RULES, go("follow_up", "handed_over"),
            fields=FOLLOWED, question=408)),
    consequences=(
        Consequence("gate_ahead", T("次のステージゲートの時期", "a stage gate lies ahead"), CONTRACT,
            upon=(done("take_up"), done("resume")), moves=stay("running"), only_if=gate_left, starts=("next_gate",),
            question=403),),
    note=T("契約とプログラムの運用による。協議会での対話は法62条4項",
        "by contract and practice of the programme; the dialogue in the council is Art. 62(4)"))
