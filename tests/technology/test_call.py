"""A call closes on the day and hour it names, holiday or not; proposals are checked, reviewed and kept within money."""

import json
from dataclasses import replace

import pytest
from technology_ledgers import CALL, CONCEPT

from kaname.regimes import kind
from kaname.regimes.technology.catalogue import PROGRAMMES
from kaname.regimes.technology.catalogue.programmes import DEMANDS, OFF, WARN

OPEN = {
    "call_id": "K-1", "concept": "構想", "published": True, "theme_slots": 1, "max_budget_yen": 1_000,
    "close_at": "2023-05-03T12:00:00+09:00",
}  # fmt: skip
PROPOSAL = {
    "title": "課題", "submitted_at": "2023-05-03T11:59:00+09:00", "lead_researcher": "架空 一郎", "integrity": True,
    "council": True, "erad_researcher": "1", "erad_institution": "2", "budget_by_year": [{"year": 2023, "yen": 1_000}],
}  # fmt: skip
CHECKED = {"no_duplication": True, "integrity_checked": True}
SCORE = {"reviewer": "評価者A", "declared": True, "conflict": False, "score": 4}
ADOPTED = {"amount_ceiling": 900, "director_opinion": True, "informed": True}
CONTRACT = {
    "contract_id": "C-1", "period_start": "2023-07-01", "period_end": "2026-03-31", "amount": 900,
    "safety_in_place": True,
}  # fmt: skip


def line(on, act, run="", **data):
    return json.dumps({"act": act, "on": on, "data": data, **({"run": run} if run else {})}, ensure_ascii=False)


def text(until):
    """The life of a call and one proposal, up to an act and without it."""
    lines = (
        ("open", line("2023-04-03", "call.open_call", **OPEN)),
        ("submit", line("2023-05-03", "proposal.submit_proposal", "p1", **PROPOSAL)),
        ("close", line("2023-05-03", "call.close_call")),
        ("check", line("2023-05-08", "proposal.check_form", "p1", **CHECKED)),
        ("review", line("2023-05-15", "proposal.review_documents", "p1", scores=[SCORE])),
        ("interview", line("2023-05-22", "proposal.interview", "p1")),
        ("adopt", line("2023-06-01", "proposal.adopt", "p1", **ADOPTED)),
        ("adjust", line("2023-06-12", "proposal.adjust_plan", "p1")),
        ("contract", line("2023-07-01", "proposal.contract", "p1", **CONTRACT)),
    )  # fmt: skip
    names = [name for name, _ in lines]
    return "\n".join(told for _, told in lines[: names.index(until)])


def submitted(**changes):
    return CALL.tried(text("submit"), "proposal.submit_proposal", "2023-05-03", "--run", "p1",
                      **{k: v for k, v in {**PROPOSAL, **changes}.items() if v is not None})  # fmt: skip


# -- the call --------------------------------------------------------------------------------------------------------


def test_a_call_closing_on_a_holiday_is_told_and_does_not_move():
    accepted, said = CALL.tried("", "call.open_call", "2023-04-03", **OPEN)
    assert accepted
    assert said == "2023-05-03, the closing day, is a closed day (Constitution Day); the call closes on it all the same"
    assert CALL.clock(text("submit"), "2023-05-01", "call.closing")[1] == "2023-05-03"


@pytest.mark.parametrize(("at", "on", "accepted"), [
    ("2023-05-03T12:00:00+09:00", "2023-05-03", True), ("2023-05-03T12:00:01+09:00", "2023-05-03", False),
    ("2023-05-03T03:00:00+00:00", "2023-05-03", True),  # the same instant, told elsewhere
    ("2023-05-08T09:00:00+09:00", "2023-05-08", False),  # the next open day is too late
    ("2023-05-02T09:00:00+09:00", "2023-05-03", False)])  # fmt: skip
def test_a_proposal_is_in_time_by_the_hour(at, on, accepted):
    found = CALL.tried(
        text("submit"), "proposal.submit_proposal", on, "--run", "p1", **{**PROPOSAL, "submitted_at": at}
    )
    assert found[0] is accepted


@pytest.mark.parametrize(("changes", "said"), [
    ({"close_at": "2023-04-02T12:00:00+09:00"}, "closes before it opens"),
    ({"open_at": "2023-05-03T13:00:00+09:00"}, "closes before it opens"), ({"theme_slots": 0}, "none is to be adopted"),
    ({"published": False}, "the concept is not published"), ({"published": None}, "not filled in"),
    ({"close_at": "2023-05-01T12:00:00"}, "cannot read")])  # fmt: skip
def test_a_call_that_cannot_be(changes, said):
    data = {k: v for k, v in {**OPEN, **changes}.items() if v is not None}
    accepted, told = CALL.tried("", "call.open_call", "2023-04-03", **data)
    assert not accepted
    assert said in told


@pytest.mark.parametrize(("lines", "amount", "said"), [
    (8, 6 * 10**9, "the concept is not published"), (6, 5 * 10**9, ""), (7, 6 * 10**9, ""),
    (7, 6 * 10**9 + 1, "6,000,000,001 yen, at most 6,000,000,000 yen, 1 yen too much"),
    (5, 10, "not published")])  # fmt: skip
def test_a_call_reads_the_concept_s_own_case(tmp_path, lines, amount, said):
    """After its publication, after its revision (more money), once closed, and while it is only decided."""
    told = CONCEPT.worked("life", "concept").splitlines()[:lines]
    (tmp_path / "concept.jsonl").write_text("\n".join(told), encoding="utf-8")
    on = "2028-04-03" if lines == 8 else "2023-04-03"
    data = {**OPEN, "max_budget_yen": amount, "close_at": f"{on[:4]}-05-10T12:00:00+09:00"}
    del data["published"]
    found = CALL.tried("", "call.open_call", on, "--with", f"concept_case={tmp_path / 'concept.jsonl'}", **data)
    assert found[0] is not bool(said)
    assert said in found[1]


def test_a_call_is_not_closed_before_its_day():
    assert not CALL.tried(text("close"), "call.close_call", "2023-05-02")[0]
    assert CALL.tried(text("close"), "call.close_call", "2023-05-03")[0]
    assert CALL.tried(text("close"), "call.close_call", "2023-05-08")[0]


def test_a_slot_is_called_for_again_only_where_one_is_left():
    assert CALL.tried(text("adopt"), "call.reopen_slot", "2023-06-01", slot="枠1")[0]
    accepted, said = CALL.tried(text("contract"), "call.reopen_slot", "2023-07-01", slot="枠1")
    assert (accepted, said) == (False, "as many were adopted as planned")


# -- proposals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changes", "said"), [
    ({"erad_researcher": None}, "an e-Rad number is missing"), ({"erad_institution": ""}, "an e-Rad number is missing"),
    ({"integrity": False}, "no declarations on research integrity"), ({"council": False}, "no agreement to join"),
    ({"integrity": None}, "not filled in: declarations on research integrity"),
    ({"budget_by_year": [{"year": 2023, "yen": 600}, {"year": 2024, "yen": 401}]},
     "exceeds the maximum of the call: 1,001 yen, at most 1,000 yen, 1 yen too much"),
    ({"budget_by_year": [{"year": 2023, "yen": 1}, {"year": 2023, "yen": 1}]}, "a fiscal year stands twice"),
    ({"budget_by_year": [{"year": 2023, "yen": -1}]}, "below zero"),
    ({"budget_by_year": [{"year": 20, "yen": 1}]}, "is no year"),
    ({"budget_by_year": [{"yen": 1}]}, "is no year"), ({"budget_by_year": []}, "not filled in"),
    ({"trl_now": 5, "trl_goal": 4}, "the goal lies below"), ({"trl_now": 0}, "off the scale"),
    ({"trl_goal": 10}, "off the scale")])  # fmt: skip
def test_a_proposal_that_lacks_something_is_refused(changes, said):
    accepted, told = submitted(**changes)
    assert not accepted
    assert said in told


def test_a_proposal_up_to_the_maximum_is_taken():
    assert submitted() == (True, "")
    assert submitted(trl_now=9, trl_goal=9)[0]


def test_no_proposal_before_the_call_opens_or_after_it_is_closed():
    assert not CALL.tried("", "proposal.submit_proposal", "2023-05-03", "--run", "p1", **PROPOSAL)[0]
    accepted, said = CALL.tried(text("check"), "proposal.submit_proposal", "2023-05-03", "--run", "p2", **PROPOSAL)
    assert not accepted
    assert "the call is not open" in said


def test_a_proposal_is_withdrawn_while_the_call_is_open():
    assert CALL.tried(text("close"), "proposal.withdraw", "2023-05-03", "--run", "p1")[0]
    assert not CALL.tried(text("check"), "proposal.withdraw", "2023-05-03", "--run", "p1")[0]


@pytest.mark.parametrize(("until", "act", "on", "data", "said"), [
    ("close", "check_form", "2023-05-03", CHECKED, "the call is not closed"),
    ("check", "check_form", "2023-05-08", {**CHECKED, "no_duplication": False}, "duplication or over-concentration"),
    ("review", "review_documents", "2023-05-15", {"scores": [SCORE, {**SCORE, "declared": False}]},
     "a reviewer declared no conflicts of interest"),
    ("review", "review_documents", "2023-05-15", {"scores": [SCORE, {"reviewer": "評価者B", "score": 5}]},
     "a reviewer declared no conflicts of interest"),
    ("review", "review_documents", "2023-05-15", {"scores": [{**SCORE, "conflict": True}]},
     "a reviewer has a conflict of interest"),
    ("review", "review_documents", "2023-05-15", {"scores": []}, "not filled in"),
    ("adopt", "adopt", "2023-06-01", {**ADOPTED, "amount_ceiling": 1_001}, "1,001 yen, at most 1,000 yen"),
    ("adopt", "adopt", "2023-06-01", {**ADOPTED, "director_opinion": False}, "neither director nor officer was heard"),
    ("adopt", "adopt", "2023-06-01", {**ADOPTED, "informed": False}, "the competent ministries were not informed"),
    ("contract", "contract", "2023-07-01", {**CONTRACT, "amount": 901}, "901 yen, at most 900 yen, 1 yen too much"),
    ("contract", "contract", "2023-07-01", {**CONTRACT, "safety_in_place": False}, "no safety-management measures"),
    ("contract", "contract", "2023-07-01", {**CONTRACT, "period_end": "2023-06-30"}, "ends before it begins"),
])  # fmt: skip
def test_each_step_of_the_review_asks_for_what_it_needs(until, act, on, data, said):
    accepted, told = CALL.tried(text(until), f"proposal.{act}", on, "--run", "p1", **data)
    assert not accepted
    assert said in told


def test_the_same_steps_with_what_they_need_are_taken():
    standing = CALL.standing(text("contract"), "2023-06-30")
    assert {key: t["state"] for key, t in standing["tracks"].items()} == {
        "call": "call_closed", "proposal/p1": "plan_adjusting"}  # fmt: skip
    assert CALL.tried(text("contract"), "proposal.contract", "2023-07-01", "--run", "p1", **CONTRACT) == (True, "")


def test_integrity_not_checked_is_warned_of():
    accepted, said = CALL.tried(text("check"), "proposal.check_form", "2023-05-08", "--run", "p1", no_duplication=True)
    assert (accepted, said) == (True, "the declarations on research integrity were not checked")


def test_one_adopted_beyond_the_slots_is_warned_of():
    opened, *_ = text("submit").splitlines()
    told = [opened]
    for run in ("p1", "p2"):
        told.append(line("2023-05-03", "proposal.submit_proposal", run, **PROPOSAL))
    told.append(line("2023-05-03", "call.close_call"))
    for run in ("p1", "p2"):
        told += [
            line("2023-05-08", "proposal.check_form", run, **CHECKED),
            line("2023-05-15", "proposal.review_documents", run, scores=[SCORE]),
            line("2023-05-22", "proposal.interview", run),
        ]
    first = line("2023-06-01", "proposal.adopt", "p1", **ADOPTED)
    call = [*sorted(told, key=lambda x: json.loads(x)["on"]), first]
    found = CALL.tried("\n".join(call), "proposal.adopt", "2023-06-01", "--run", "p2", **ADOPTED)
    assert found == (True, "more are adopted than planned")


# -- another programme is another entry ------------------------------------------------------------------------------


@pytest.mark.parametrize(("weight", "accepted", "said"), [(OFF, True, ""), (WARN, True, "an e-Rad number is missing")])
def test_what_a_programme_asks_for_is_data(monkeypatch, weight, accepted, said):
    usual = PROGRAMMES["k_program"]
    other = replace(usual, demands={**usual.demands, "ids_in_erad": weight})
    monkeypatch.setitem(PROGRAMMES, "k_program", other)
    assert submitted(erad_researcher=None) == (accepted, said)


def test_every_demand_has_a_condition_that_asks_it():
    asked = set()
    for id in ("technology.concept", "technology.call", "technology.project"):
        for p in kind(id).procedures:
            for act in p.acts:
                asked |= {c.id for c in (*act.conditions, *act.advice)}
    assert set(DEMANDS) <= asked
