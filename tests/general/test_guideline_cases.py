"""Guidelines as cases: what the Act asks for, and which edition stands when."""

from datetime import date
from pathlib import Path

from kaname.procedure import Accepted, Entry, Refused, decide, fold
from kaname.regimes import kind
from walks import read_ledger

CASES = Path(__file__).parent / "cases"
OF = kind("general.guideline")


def case(name, upto=None):
    return read_ledger(CASES / f"guideline_{name}.jsonl")[:upto]


def standing(entries, day):
    return fold(OF, entries, date.fromisoformat(day))


def tried(entries, act, on, run="", **data):
    day = date.fromisoformat(on)
    return decide(fold(OF, entries, day), Entry(act, day, data, run))


def told(answer):
    return " ".join(r.text.en for r in answer.reasons) if isinstance(answer, Refused) else ""


def test_the_edition_before_stands_until_the_cabinet_decides():
    entries = case("technology")
    before, after = standing(entries, "2026-09-10"), standing(entries, "2026-09-11")
    assert before.tracks["technology_guideline"].state == "published"
    assert before.tracks["technology_guideline/2"].state == "cabinet_requested"
    assert after.tracks["technology_guideline"].state == "superseded"
    assert after.fact("technology_guideline.decided_on") == date(2022, 9, 30)


def test_publication_is_owed_without_delay_from_the_decision_on():
    decided = case("technology", 4)
    owed = standing(decided, "2022-10-02")
    assert owed.clocks["technology_guideline.publication"].status == "running"
    assert owed.clocks["technology_guideline.publication"].last_day is None
    met = standing(case("technology", 5), "2022-10-03")
    assert met.clocks["technology_guideline.publication"].status == "met"


def test_no_decision_without_experts_where_the_act_asks_for_them():
    drafted = case("technology", 1)
    assert isinstance(tried(drafted, "technology_guideline.request_decision", "2022-09-01"), Refused)
    unheard = tried(drafted, "technology_guideline.hear_experts", "2022-08-25", experts_heard=False)
    assert "not heard" in told(unheard)


def test_the_basic_policy_asks_for_no_experts():
    drafted = [Entry("basic_policy.draft", date(2022, 8, 8), {}, seq=1)]
    assert isinstance(tried(drafted, "basic_policy.request_decision", "2022-09-01"), Accepted)
    assert "hear_experts" not in {a.id for a in OF.procedure("basic_policy").acts}


def test_the_guideline_on_infrastructure_weighs_the_effect_on_the_economy():
    answer = tried(case("infrastructure", 1), "infrastructure_guideline.hear_experts", "2023-04-10",
                   experts_heard=True, impact_weighed=False)  # fmt: skip
    assert "economic" in told(answer)


def test_a_case_holds_one_document():
    assert isinstance(tried(case("policy"), "technology_guideline.draft", "2026-10-01"), Refused)


def test_the_review_is_a_target_and_moves_nothing_when_it_passes():
    late = standing(case("cycle", 1), "2025-08-01")
    clock = late.clocks["review.three_years"]
    assert (str(clock.last_day), late.tracks["review"].state) == ("2025-07-31", "awaited")


def test_a_recommendation_to_agencies_needs_a_special_need():
    answer = tried([], "agency_recommendation.recommend", "2024-04-08", "r1", addressed=["国土交通大臣"],
                   measures="点検", specially_needed=False)  # fmt: skip
    assert "special need" in told(answer)
