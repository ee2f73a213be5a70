"""Consultation between authorities: who may sign what, what an answer must say, and days that are no law."""

from datetime import date, timedelta

import pytest

from kaname.procedure import Accepted, Entry, Refused, at, decide, duties, fold, pending
from kaname.regimes import kind
from kaname.regimes.general.roles import GRADES

INQUIRY, OPINION = kind("general.inquiry"), kind("general.opinion")
DAY = date(2026, 6, 1)
ASK = {"sort": "consultation", "asked": "架空財政省", "subject": "勧告の案", "question": "意見があるか。",
       "reply_by": "2026-06-12"}  # fmt: skip
ROUTE = ["section_head", "director_general"]


def done(of, *acts):
    """A case after acts that must all be accepted: (name, data) or (name, data, day)."""
    standing = fold(of, [], DAY)
    for name, data, *more in acts:
        standing = accepted(standing, name, data, *more)
    return standing


def accepted(standing, name, data, on=DAY, context=None):
    answer = decide(standing, Entry(name, on, data), context)
    assert isinstance(answer, Accepted), [r.text.en for r in answer.reasons]
    return answer.standing


def reasons(standing, name, data, on=DAY, context=None):
    answer = decide(standing, Entry(name, on, data), context)
    return {r.text.en for r in answer.reasons} if isinstance(answer, Refused) else set()


def begun(route=ROUTE, **more):
    return done(OPINION, ("opinion.begin", {"authority": "架空財政省", "subject": "件", "question": "意見があるか。",
                                            "round": 1, "route": route, **more}))  # fmt: skip


def drafted(by="p1", text="異議はない。", outcome="agreed", **more):
    return accepted(begun(), "opinion.draft", {"outcome": outcome, "text": text, "person": by, **more})


def signed(standing, *by):
    """Signed by persons, each at the level with which the text lies."""
    for person in by:
        grade = standing.state("opinion").removeprefix("with_")
        standing = accepted(standing, f"opinion.sign_{grade}", {"person": person})
    return standing


def test_a_text_goes_up_level_by_level_and_is_approved_by_the_last():
    at_first = drafted()
    assert at_first.state("opinion") == "with_section_head"
    half = signed(at_first, "p2")
    assert half.state("opinion") == "with_director_general"
    assert signed(half, "p3").state("opinion") == "approved"


def test_who_drafted_it_signs_nothing_of_it_and_nobody_signs_twice():
    own = "who drafted it may not countersign it"
    assert reasons(drafted(), "opinion.sign_section_head", {"person": "p1"}) == {own}
    twice = "the same person has signed it at a level before"
    assert reasons(signed(drafted(), "p2"), "opinion.sign_director_general", {"person": "p2"}) == {twice}


def test_whoever_had_a_hand_in_an_earlier_draft_does_not_sign_the_later_one():
    back = accepted(drafted("p1"), "opinion.return_section_head", {"reason": "短い", "person": "p2"})
    again = accepted(back, "opinion.draft", {"outcome": "agreed", "text": "特に異議はない。", "person": "p4"})
    assert reasons(again, "opinion.sign_section_head", {"person": "p1"})
    assert not reasons(again, "opinion.sign_section_head", {"person": "p2"}), "returning is no drafting"


def test_without_knowing_who_signs_nobody_signs():
    assert reasons(drafted(), "opinion.sign_section_head", {})


def test_a_return_needs_a_reason_and_a_new_text_is_signed_from_the_first_level():
    half = signed(drafted(), "p2")
    assert reasons(half, "opinion.return_director_general", {"person": "p3"})
    back = accepted(half, "opinion.return_director_general", {"reason": "期間に触れること", "person": "p3"})
    assert back.state("opinion") == "returned"
    again = accepted(back, "opinion.draft", {"outcome": "agreed", "text": "期間を除き異議はない。", "person": "p1"})
    assert (again.state("opinion"), again.fact("opinion.signatures")) == ("with_section_head", ())
    assert again.fact("opinion.version") == 2


def test_a_signature_names_the_text_that_was_signed():
    first = drafted()
    other = reasons(first, "opinion.sign_section_head", {"person": "p2", "of_text": "0" * 16,
                                                         "reason_for_of_text": "x"})  # fmt: skip
    assert other == {"what is signed is not the present text"}
    (one,) = signed(first, "p2").fact("opinion.signatures")
    assert (one["person"], one["grade"], one["of_text"]) == ("p2", "section_head", first.fact("opinion.digest"))


def test_only_the_level_with_which_the_text_lies_signs():
    for grade in GRADES:
        refused = reasons(drafted(), f"opinion.sign_{grade.id}", {"person": "p9"})
        assert bool(refused) is (grade.id != "section_head"), grade.id


@pytest.mark.parametrize("level, fits", [("section_head", True), ("vice_minister", False)])
def test_the_level_that_was_asked_for_is_among_those_that_sign(level, fits):
    data = {"authority": "架空財政省", "subject": "件", "question": "問", "route": ROUTE, "level": level}
    assert bool(reasons(fold(OPINION, [], DAY), "opinion.begin", data)) is not fits


def test_any_number_of_levels_and_the_same_grade_of_two_sections():
    standing = begun(["section_head", "section_head", "head_of_authority"])
    standing = accepted(standing, "opinion.draft", {"outcome": "agreed", "text": "よい。", "person": "p1"})
    standing = signed(standing, "p2")
    assert standing.state("opinion") == "with_section_head"
    assert signed(standing, "p3", "p4").state("opinion") == "approved"


# -- the answer ------------------------------------------------------------------------------------------------------


def asked(**more):
    return done(INQUIRY, ("inquiry.ask", {**ASK, **more}))


def test_the_answer_goes_out_when_the_last_level_has_signed_and_says_what_was_signed():
    here, half = asked(), signed(drafted(), "p2")
    assert "opinion" in " ".join(reasons(here, "inquiry.answer", {}, context={"opinion": half}))
    whole = signed(half, "p3")
    told = decide(here, Entry("inquiry.answer", DAY), {"opinion": whole})
    assert isinstance(told, Accepted)
    assert (told.entry.data["answer"], told.entry.data["outcome"]) == ("異議はない。", "agreed")
    other = {"answer": "異議がある。", "reason_for_answer": "x"}
    assert reasons(here, "inquiry.answer", other, context={"opinion": whole})
    assert reasons(here, "inquiry.answer", {"answer": "異議はない。", "outcome": "agreed"}), "without any opinion"


def test_an_opinion_on_another_question_answers_nothing():
    whole = signed(drafted(), "p2", "p3")
    assert reasons(asked(question="別の問い"), "inquiry.answer", {}, context={"opinion": whole})
    assert reasons(asked(asked="架空外交省"), "inquiry.answer", {}, context={"opinion": whole})
    again = accepted(asked(), "inquiry.record_answer", {"outcome": "agreed", "answer": "可", "way": "電話"})
    again = accepted(again, "inquiry.ask_again", {"question": ASK["question"]})
    assert reasons(again, "inquiry.answer", {}, context={"opinion": whole}), "of the first time it was asked"


def test_a_text_corrected_after_it_was_signed_is_signed_no_more():
    entries = [
        Entry("opinion.begin", DAY, {"authority": "架空財政省", "subject": "件", "question": "意見があるか。",
                                     "round": 1, "route": ["section_head"]}, seq=1),
        Entry("opinion.draft", DAY, {"outcome": "agreed", "text": "異議はない。", "person": "p1"}, seq=2),
    ]  # fmt: skip
    answer = decide(fold(OPINION, entries, DAY), Entry("opinion.sign_section_head", DAY, {"person": "p2"}))
    assert isinstance(answer, Accepted)
    entries = [*entries, answer.entry]
    correct = Entry("correct", DAY, {"entry": 2, "data": {"text": "異議がある。"}, "reason": "誤記"}, seq=4)
    sound, forged = fold(OPINION, entries, DAY), fold(OPINION, [*entries, correct], DAY)
    assert not reasons(asked(), "inquiry.answer", {}, context={"opinion": sound})
    assert reasons(asked(), "inquiry.answer", {}, context={"opinion": forged})


def test_an_answer_in_part_leaves_the_rest_open_and_needs_a_new_opinion():
    part = signed(drafted(outcome="partly", remains="第二点は来週"), "p2", "p3")
    here = asked()
    assert reasons(here, "inquiry.answer", {}, context={"opinion": part}) == {"it answers a part: use 'answer in part'"}
    left = accepted(here, "inquiry.answer_partly", {}, context={"opinion": part})
    assert left.state("inquiry") == "partly_answered"
    assert [d.status for d in duties(left)] == ["open"], "the rest is still owed"
    assert reasons(left, "inquiry.answer_partly", {}, context={"opinion": part})
    assert reasons(begun(), "opinion.draft", {"outcome": "partly", "text": "一部", "person": "p1"}), "what remains"


def test_a_dissent_is_an_answer():
    no = signed(drafted(outcome="dissent", text="同意できない。", dissenting="期間の点で。"), "p2", "p3")
    told = accepted(asked(), "inquiry.answer", {}, context={"opinion": no})
    assert (told.state("inquiry"), told.fact("inquiry.outcome")) == ("answered", "dissent")


# -- days ------------------------------------------------------------------------------------------------------------


def test_a_late_answer_is_taken_late_stays_late_and_the_asker_is_told():
    late = at(INQUIRY, asked(), date(2026, 6, 15))
    assert [d.status for d in duties(late) if d.of.duty.id == "reply"] == ["overdue"]
    assert ("duty", "follow_up.chase", "asking_authority") in {(p.sort, p.name, p.role) for p in pending(late)}
    whole = signed(drafted(), "p2", "p3")
    told = accepted(asked(), "inquiry.answer", {}, date(2026, 6, 15), {"opinion": whole})
    (reply,) = [d for d in duties(told) if d.of.duty.id == "reply"]
    assert (reply.status, reply.late) == ("done", True)
    assert "follow_up.chase" not in {p.name for p in pending(told)}


def test_a_reminder_sets_a_new_day_that_is_not_past():
    late = at(INQUIRY, asked(), date(2026, 6, 15))
    assert reasons(late, "inquiry.remind", {"reply_by": "2026-06-14"}, date(2026, 6, 15))
    again = accepted(late, "inquiry.remind", {"reply_by": "2026-06-19"}, date(2026, 6, 15))
    assert again.clocks["inquiry.reply_by"].last_day == date(2026, 6, 19)
    assert at(INQUIRY, again, date(2026, 6, 20)).state("follow_up") == "overdue", "and may be missed again"


def test_a_question_put_anew_without_a_day_has_none():
    again = accepted(asked(), "inquiry.record_answer", {"outcome": "agreed", "answer": "可", "way": "電話"})
    again = accepted(again, "inquiry.ask_again", {"question": "では期間は。"}, DAY + timedelta(40))
    assert [d.due for d in duties(again) if d.status != "done"] == [None]


def test_nobody_asks_itself_and_only_the_asked_answers():
    alone = decide(fold(INQUIRY, [], DAY), Entry("inquiry.ask", DAY, ASK, party="架空財政省"))
    assert isinstance(alone, Refused)
    other = decide(asked(), Entry("inquiry.receive", DAY, party="架空外交省"))
    assert [r.text.en for r in other.reasons] == ["this is for the authority that is asked"]


def test_each_inbox_has_its_line():
    def turns(standing):
        return {(p.role, p.name) for p in pending(standing) if p.sort in ("turn", "duty")}

    assert ("asked_authority", "inquiry.reply") in turns(asked())
    assert ("opinion_drafter", "opinion.drafting") in turns(begun())
    assert ("section_head", "opinion.with_section_head") in turns(drafted())
    assert ("director_general", "opinion.with_director_general") in turns(signed(drafted(), "p2"))
    assert ("opinion_drafter", "opinion.approved") in turns(signed(drafted(), "p2", "p3"))
    told = accepted(asked(), "inquiry.answer", {}, context={"opinion": signed(drafted(), "p2", "p3")})
    assert ("asking_authority", "inquiry.answered") in turns(told)


def test_the_office_s_own_day_is_a_target_beside_the_levels():
    standing = begun(internal_due="2026-06-10")
    assert {(p.sort, p.name) for p in pending(standing)} == {("turn", "opinion.drafting"), ("duty", "pace.approval")}
    past = at(OPINION, standing, date(2026, 6, 20))
    assert [d.status for d in duties(past)] == ["open"], "a target is never overdue"
