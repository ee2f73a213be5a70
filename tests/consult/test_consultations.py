"""One authority asks another: who learns of what, who signs, when the answer goes out, and what it leaves alone."""

from datetime import timedelta

import pytest

from access.folk import circle, key, person, recorded
from consult.authorities import ASKED, ASKS, INQUIRY, OPINION, grant, hidden_plan
from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.access.models import Deputy, Membership, Placement
from kaname.consult import api as consult
from kaname.consult.models import Link
from kaname.ledger import clock, reading
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case
from kaname.ledger.verify import verify
from kaname.papers.letters import letter
from kaname.procedure import Entry, Refused


def why(answer) -> str:
    assert isinstance(answer, Refused), answer
    return " | ".join(r.text.en for r in answer.reasons)


def approved(two, *levels, text="異議はない。", outcome="agreed", inquiry=""):
    """An inquiry, and its opinion signed by every level."""
    inquiry = inquiry or recorded(two.ask()).case
    opinion = recorded(two.begin(inquiry, *(levels or ("section_head", "director_general")))).case
    recorded(two.draft(opinion, text, outcome))
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    if not levels or "director_general" in levels:
        recorded(two.do(two.director, opinion, "opinion.sign_director_general"))
    return inquiry, opinion


def test_the_whole_way_with_a_return(two):
    inquiry = recorded(two.ask(act="plan.consult")).case
    recorded(two.do(two.window, inquiry, "inquiry.receive", section="第一係"))
    opinion = recorded(two.begin(inquiry, "section_head", "director_general")).case
    recorded(two.draft(opinion))
    recorded(two.do(two.head, opinion, "opinion.return_section_head", reason="期間に触れること"))
    assert consult.of_opinion(two.drafter, opinion).returned_for == "期間に触れること"
    recorded(two.draft(opinion, "期間を明らかにされたい。", "comments"))
    recorded(two.do(two.head, opinion, "opinion.sign_section_head", remark="よい"))
    with pytest.raises(NotAllowed):
        consult.answer(two.drafter, inquiry, inquiry, idempotency_key=key())
    assert "signed by every level" in why(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    recorded(two.do(two.director, opinion, "opinion.sign_director_general"))
    signed = [(level.signature.name, level.signature.version) for level in consult.of_opinion(two.head, opinion).levels]
    assert signed == [("Head", 2), ("Director", 2)]
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    (of,) = consult.asked_about(two.meti, two.plan)
    assert (of.state, of.answer, of.outcome.en, of.act) == (
        "answered", "期間を明らかにされたい。", "with comments", "plan.consult",
    )  # fmt: skip
    assert consult.of_opinion(two.drafter, opinion).state == "issued"
    assert not verify().faults


def test_who_drafts_does_not_countersign_whatever_is_typed(two):
    grant(two.drafter, "section_head", OPINION, ASKED)
    inquiry = recorded(two.ask()).case
    opinion = recorded(two.begin(inquiry)).case
    recorded(two.draft(opinion))
    assert "drafted" in why(two.do(two.drafter, opinion, "opinion.sign_section_head"))
    forged = two.do(two.drafter, opinion, "opinion.sign_section_head", person=two.head.public_id, name="Head")
    assert "drafted" in why(forged)
    recorded(two.do(two.head, opinion, "opinion.sign_section_head", person=two.drafter.public_id, name="x"))
    (level,) = consult.of_opinion(two.head, opinion).levels
    assert level.signature.name == "Head"


def test_no_correction_changes_who_drafted_it(two):
    inquiry = recorded(two.ask()).case
    opinion = recorded(two.begin(inquiry)).case
    draft = recorded(two.draft(opinion))
    patch = {"entry": draft.seq, "data": {"person": two.head.public_id}, "reason": "x"}
    correct = Entry("correct", draft.effective_on, patch)
    assert "cannot be corrected" in why(access.act(two.drafter, opinion, correct, idempotency_key=key()))
    assert "cannot be corrected" in why(access.try_as(two.drafter, opinion, access.Tried(correct)))


def test_a_deputy_signs_in_the_place_of_the_absent_and_both_are_named(two):
    deputy = person("Deputy")
    away(two.head, deputy)
    opinion = recorded(two.begin(recorded(two.ask()).case)).case
    recorded(two.draft(opinion))
    recorded(two.do(deputy, opinion, "opinion.sign_section_head"))
    (level,) = consult.of_opinion(two.head, opinion).levels
    assert (level.signature.name, level.signature.absent) == ("Deputy", "Head")


def test_nobody_signs_by_a_deputy_what_they_drafted(two):
    grant(two.drafter, "section_head", OPINION, ASKED)
    deputy = person("Deputy")
    away(two.drafter, deputy)
    opinion = recorded(two.begin(recorded(two.ask()).case)).case
    recorded(two.draft(opinion))
    assert "drafted" in why(two.do(deputy, opinion, "opinion.sign_section_head"))


def away(principal, deputy):
    today = clock.today()
    Deputy.objects.create(person=deputy, principal=principal, may_act=True, valid_from=today, granted_by=principal)


def test_a_grade_signs_as_itself_and_another_authority_does_nothing(two):
    opinion = recorded(two.begin(recorded(two.ask()).case)).case
    recorded(two.draft(opinion))
    assert "no mandate" in why(two.do(two.director, opinion, "opinion.sign_section_head"))
    with pytest.raises(UnknownCase):
        two.do(two.outsider, opinion, "opinion.take_back")


# -- who learns of what ----------------------------------------------------------------------------------------------


def test_the_asked_learn_of_the_inquiry_and_nothing_of_the_case(two):
    inquiry = recorded(two.ask(entries=[1])).case
    for who in (two.window, two.drafter):
        of = consult.of_inquiry(who, inquiry)
        assert (of.parent, of.parent_number, of.act) == ("", 0, "")
        with pytest.raises(UnknownCase):
            access.find(who, two.plan)
        said = str([r.entry for r in access.recorded(who, inquiry)])
        assert two.plan not in said and "架空電池工業" not in said
        ((_, act, _),) = of.disclosed
        assert act == "事前に相談する" and act in said, "the entry that was chosen is told"
    assert consult.of_inquiry(two.meti, inquiry).parent == two.plan
    with pytest.raises(UnknownCase):
        consult.of_inquiry(two.outsider, inquiry)


def test_drafts_are_the_asked_authoritys_own_and_the_asker_sees_the_level_only(two):
    inquiry = recorded(two.ask()).case
    opinion = recorded(two.begin(inquiry)).case
    recorded(two.draft(opinion, "まだ秘密の案"))
    assert consult.opinions(two.meti, inquiry) == []
    with pytest.raises(UnknownCase):
        access.see(two.meti, opinion)
    of = consult.of_inquiry(two.meti, inquiry)
    assert of.level.en == "with the section head"
    assert "秘密" not in repr(of)


def test_of_an_opinion_in_a_compartment_of_its_authority_the_asker_sees_what_stands_without_one(two):
    """Where it lies would tell that it is there, and how it goes on."""
    inquiry = recorded(two.ask()).case
    before = [
        consult.of_inquiry(two.meti, inquiry),
        *consult.listed(two.meti),
        *consult.asked_about(two.meti, two.plan),
    ]
    opinion = recorded(two.begin(inquiry)).case
    Placement.objects.create(case=Case.objects.get(public_id=opinion), compartment=circle("奥", two.drafter, two.head))
    assert before == [
        consult.of_inquiry(two.meti, inquiry), *consult.listed(two.meti), *consult.asked_about(two.meti, two.plan)
    ]  # fmt: skip
    assert consult.of_inquiry(two.drafter, inquiry).level.en == "being drafted"


def test_a_case_in_a_compartment_is_asked_about_in_a_compartment_of_its_own(two):
    plan, room = hidden_plan(two)
    people = [two.drafter.public_id, two.head.public_id]
    inquiry = recorded(two.ask(plan, people=people)).case
    placed = Case.objects.get(public_id=inquiry).placement.compartment
    assert placed.public_id != room
    members = set(Membership.objects.filter(compartment=placed).values_list("person__name", flat=True))
    assert members == {"Meti", "Drafter", "Head"}
    with pytest.raises(UnknownCase):  # of the same authority, with a mandate, and not named
        access.find(two.window, inquiry)
    with pytest.raises(UnknownCase):
        access.find(two.drafter, plan)
    assert consult.of_inquiry(two.drafter, inquiry).parent == ""
    opinion = recorded(two.begin(inquiry)).case
    assert Case.objects.get(public_id=opinion).placement.compartment == placed
    recorded(two.draft(opinion))
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    with pytest.raises(UnknownCase):
        access.find(two.director, opinion)


def test_who_knows_the_consultation_but_not_the_case_sees_no_trace_of_the_link(two):
    """Twins: an inquiry about a case that is hidden, and one about a case that is not there, look the same."""
    hidden, _ = hidden_plan(two)
    first = recorded(two.ask(hidden, people=[two.drafter.public_id])).case
    second = recorded(two.ask(hidden, people=[two.drafter.public_id])).case
    Link.objects.filter(case__public_id=second).delete()
    seen = [consult.of_inquiry(two.drafter, case) for case in (first, second)]
    assert [(of.parent, of.parent_number, of.act) for of in seen] == [("", 0, "")] * 2


@pytest.mark.parametrize("named", [(), ("outsider",), ("drafter", "outsider")])
def test_out_of_a_compartment_nobody_is_told_by_default_and_no_other_authority(two, named):
    plan, _ = hidden_plan(two)
    before = Case.objects.count()
    with pytest.raises(NotAllowed):
        two.ask(plan, people=[getattr(two, name).public_id for name in named])
    assert Case.objects.count() == before


def test_who_may_not_know_of_the_case_cannot_ask_about_it_nor_see_what_is_asked(two):
    other = person("Rival")
    grant(other, "asking_authority", INQUIRY, "架空外交省")
    with pytest.raises(UnknownCase):
        two.ask(by=other)
    with pytest.raises(UnknownCase):
        consult.asked_about(other, two.plan)
    assert consult.authorities(two.window) == [] and consult.contacts(two.window) == []
    assert set(consult.authorities(two.meti)) == {ASKED, "架空外交省"}


def test_without_a_mandate_to_ask_nothing_is_asked(two):
    two.meti.mandates.filter(role="asking_authority").delete()
    assert "no mandate" in why(two.ask())
    assert not Link.objects.exists()


# -- what it leaves alone --------------------------------------------------------------------------------------------


def test_nothing_of_a_consultation_is_written_in_the_case_it_is_about(two):
    before = reading.head(two.plan)
    inquiry, opinion = approved(two)
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    assert reading.head(two.plan) == before


def test_asked_twice_with_one_key_it_is_asked_once(two):
    k = key()
    first, second = recorded(two.ask(k=k)), recorded(two.ask(k=k))
    assert first.case == second.case and Link.objects.count() == 1


def test_a_gate_of_another_kind_is_refused(two):
    with pytest.raises(NotAllowed):
        two.ask(act="consultation_with_pm.mandatory")
    briefing = person("Desk", "desk", kind="general.briefing")
    assert consult.gates("general.briefing") == () and briefing


def test_ask_again_needs_a_new_opinion(two):
    inquiry, opinion = approved(two)
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    recorded(two.do(two.meti, inquiry, "inquiry.ask_again", question="意見があるか。"))
    assert "no opinion" in why(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    inquiry, later = approved(two, inquiry=inquiry, text="なお異議はない。")
    recorded(consult.answer(two.drafter, inquiry, later, idempotency_key=key()))
    assert consult.of_inquiry(two.meti, inquiry).answer == "なお異議はない。"


def test_the_inboxes_of_all_sides(two):
    def lines(who):
        return {item.name for box in access.inbox(who) for item in box.items if box.group != "waiting"}

    inquiry = recorded(two.ask()).case
    assert "inquiry.reply" in lines(two.window)
    opinion = recorded(two.begin(inquiry, "section_head", "director_general")).case
    assert "opinion.drafting" in lines(two.drafter)
    recorded(two.draft(opinion))
    assert "opinion.with_section_head" in lines(two.head) and not lines(two.director)
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    assert "opinion.with_director_general" in lines(two.director) and not lines(two.head)
    recorded(two.do(two.director, opinion, "opinion.sign_director_general"))
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    assert "inquiry.answered" in lines(two.meti)


def test_an_authority_sets_its_levels(two):
    assert consult.route(ASKED) == ("section_head",)
    consult.set_route(ASKED, ["assistant_head", "director_general"])
    assert consult.route(ASKED) == ("assistant_head", "director_general")
    for wrong in ([], ["king"]):
        with pytest.raises(NotAllowed):
            consult.set_route(ASKED, wrong)


def test_the_letters_go_from_one_authority_to_the_other(two):
    inquiry = recorded(two.ask()).case
    asked = letter(two.meti, inquiry, 1, "ja")
    assert any(ASKED in line for line in asked.to) and ASKS in asked.sender
    recorded(two.do(two.meti, inquiry, "inquiry.remind", reply_by=f"{clock.today() + timedelta(9)}"))
    assert any(ASKED in line for line in letter(two.meti, inquiry, 2, "ja").to)
    _, opinion = approved(two, inquiry=inquiry)
    recorded(consult.answer(two.drafter, inquiry, opinion, idempotency_key=key()))
    answered = letter(two.drafter, inquiry, 3, "ja")
    assert any(ASKS in line for line in answered.to) and ASKED in answered.sender
    assert "異議はない。" in {line.text for line in answered.particulars}
