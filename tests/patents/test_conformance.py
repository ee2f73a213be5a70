"""The declarations against the researched facts: who, from, to, basis, period. Differences are listed with a reason.

An unlisted difference fails the tests, and so does a listed one that is gone.
"""

from pathlib import Path

import pytest
from facts import NOT_BEGUN, WHO, declared, facts_basis, fits, load

from kaname.law.penalties import ALIASES
from kaname.regimes.patents import KINDS
from kaname.regimes.patents.base_dates import BASE_DATES
from kaname.regimes.patents.exceptions import TREATIES
from kaname.regimes.patents.forms import FORMS
from kaname.regimes.patents.measures import MEASURES
from kaname.regimes.patents.questions import QUESTIONS
from kaname.regimes.patents.statistics import PUBLISHED

# The facts give `patent_act_special` no states ("n/a"): ordinary, held and after_end say what a designation does.
STATELESS = {"patent_act_special"}
# One act, one owner: what these acts do to the procedure named is a consequence there.
OWNED_ELSEWHERE = {
    "security_review.designate": "security_review.designated",
    "working_permit.dismiss": "working_permit.dismissed",
    "disclosure_ban_designated.dismiss": "disclosure_ban_designated.dismissed",
    "foreign_filing_ban.dismiss": "foreign_filing_ban.dismissed",
}

# reason -> the differences it explains, each as `procedure.act: aspects`
REASONS = {
    "the first review leaves no trace outside the JPO: an applicant's ledger holds only its notices, so the steps "
    "inside it are possible from `filed`": (
        "first_review.ask_materials: from", "first_review.send: from", "first_review.notify_sent: from",
        "first_review.decline_clearly_unneeded: from", "first_review.judge_not_sent: from",
        "first_review.notify_nonsend: from to", "security_review.decide_no_need: from",
        "security_review.notify_intention: from",
    ),
    "what one party sees of a case may lack the steps before: the act keeps its effect, and `decide` asks for "
    "them in a condition": (
        "security_review.start_termination: from", "security_review.terminate: from", "designation.notify_end: from",
        "working_permit.permit: from", "working_permit.permit_conditions: from", "working_permit.refuse: from",
        "proper_management.implement: from", "proper_management.found_deficient: from",
        "sharing_operator_change.approve: from", "sharing_operator_change.refuse: from",
        "sharing_operator_change.notify_change: from", "prior_confirmation.pm_answers: from",
        "prior_confirmation.answer_cleared: from", "prior_confirmation.answer_not_cleared: from",
        "later_applicant_licence.refusal_final: from",
    ),
    "Art. 71 names no stage of the review": ("security_review.decline: from",),
    "the three months can end in this state too, and must be heard there": (
        "first_review.lapse: from", "designation.expire: from", "designation.lift: from",
    ),
    "open until the end of the (moved) period, whatever the JPO has judged meanwhile (Art. 66(10))": (
        "first_review.request_nonsend_notice: from to",
    ),
    "an application can go in any state before sending; Art. 78(1) asks only whether it went before the period ended": (
        "first_review.gone_before_sending: from",
    ),
    "Art. 67(2)-(7) lends these powers to the whole review, not to one stage of it": (
        "security_review.hear_applicant: from to", "security_review.ask_state_bodies: from to",
        "security_review.ask_outside_expert: from to", "security_review.consult_agencies: from to",
    ),
    "also after the outcome, so that Art. 72(1) can refuse it while designated; a dismissal by the JPO ends the "
    "application likewise (Art. 68 proviso)": (
        "security_review.withdraw: who from",
    ),
    "the report of a withdrawal (Art. 66(8)) follows it, when the application is gone": (
        "first_review.report_withdrawal: from to",
    ),
    "one act, one owner: this is what the act does here": (
        "security_review.designate: who from", "working_permit.dismiss: who", "disclosure_ban_designated.dismiss: who",
        "foreign_filing_ban.dismiss: who",
    ),
    "it follows from the law itself, from an act of the procedure that owns it": (
        "disclosure_ban_review.release_gone: who", "foreign_filing_ban.redesignated_after_ten_months: who",
        "patent_act_special.priority_fails: who", "patent_act_special.term_extension_deduction: who",
        "patent_act_special.publication_after_end: who",
    ),
    "a deed can be done lawfully or not and keeps the state; the breach is noted by a consequence": (
        "disclosure_ban_review.breach: from to", "disclosure_ban_designated.disclose: from to",
        "foreign_filing_ban.breach: who from to",
        "working_permit.work_without: from to",
    ),
    "the hearing is a condition that `decide` asks; a ledger without it still folds": ("designation.extend: from",),
    "the law bites on receipt: moved by the consequence `close`": ("designation.notify_end: to",),
    "deceit is mostly found after the permit or approval was given": (
        "working_permit.deceit: from to", "sharing_operator_change.deceit: from",
    ),
    "whoever holds the information reports, the operator to the applicant; a leak does not wait for the measures": (
        "proper_management.leak_report: who from to",
    ),
    "a new operator's run begins with the application": ("sharing_operator_change.apply_new: from",),
    "also after a working that was lawful before the designation": ("working_permit.apply: from",),
    "a breach does not stop the ways out of the ban: later filings are free; a pending dismissal keeps its state": (
        "foreign_filing_ban.release_no_sending_notice: from to", "foreign_filing_ban.release_ten_months: from to",
        "foreign_filing_ban.release_nonsend_notice: from to", "foreign_filing_ban.release_no_designation: from to",
        "foreign_filing_ban.release_end_of_designation: from to", "foreign_filing_ban.partial_release: from to",
        "foreign_filing_ban.notify_dismissal_fit: from",
    ),
    "Art. 78(4) reports whatever the ledger said before; where the invention was made abroad or is public no breach is "
    "noted": (
        "foreign_filing_ban.pct_notice: from to",
    ),
    "can happen in any state, and does not undo a breach or a pending dismissal": (
        "foreign_filing_ban.becomes_public: from to",
    ),
    "the answer belongs to another case (patents.prior_confirmation); here it is entered by who holds it": (
        "foreign_filing_ban.release_cleared_answer: who from to",
    ),
    "a late suit stays possible for a justified reason (Administrative Case Litigation Act Art. 40(1))": (
        "compensation.sue: from",
    ),
}  # fmt: skip

# Acts the facts do not name, and why they are needed.
EXTRA_ACTS = {
    "first_review.file_translation": "base day of Art. 66(4) row 1",
    "first_review.file_reference_papers": "base day of Art. 66(4) row 2",
    "first_review.supplement_missing_part": "base day of Art. 66(4) row 3",
    "security_review.convert": "what Art. 72(2) forbids",
    "security_review.explain": "the written explanation of Art. 69(2)",
    "proper_management.notice_leak": "the event from which the report is due at once",
    "sharing_operator_change.change": "the event from which the notification is due without delay",
    "patent_act_special.become_priority_base": "Art. 82(2) reaches bases of a domestic priority only",
    "patent_act_special.publish_application": "held by Art. 66(7)",
    "patent_act_special.decide_application": "held by Art. 66(7)",
    "patent_act_special.register_utility_model": "held by Art. 82(5)",
    "later_applicant_licence.begin_working": "the fact from which the licence grows",
    "reports_inspection.obstruct": "the offence of Art. 96(v)",
    "prior_confirmation.file_abroad": "the deed that is asked about",
}


def listed() -> dict[tuple[str, str], str]:
    found = {}
    for reason, entries in REASONS.items():
        for entry in entries:
            name, _, aspects = entry.partition(": ")
            found.update({(name, aspect): reason for aspect in aspects.split()})
    return found


def differences() -> dict[tuple[str, str], str]:
    found = {}
    ours = declared()
    for p in load()["procedures"]:
        for act in p["acts"]:
            name = f"{p['id']}.{act['id']}"
            assert name in ours, f"{name} is not declared"
            element = ours[OWNED_ELSEWHERE.get(name, name)]
            found.update({(name, aspect): detail for aspect, detail in compare(p["id"], act, element)})
    return found


def compare(procedure, act, ours):
    if (who := WHO[act["who"]]) != ours.who:
        yield "who", f"facts {sorted(who)}, declared {sorted(ours.who)}"
    sources = {_state(procedure, s) for s in act["from"].split("|")}
    if sources != ours.sources and procedure not in STATELESS:
        yield "from", f"facts {sorted(sources)}, declared {sorted(ours.sources)}"
    if {act["to"]} != ours.targets and procedure not in STATELESS:
        yield "to", f"facts {act['to']}, declared {sorted(ours.targets)}"
    missing = set(facts_basis(act["legal_basis"])) - ours.basis
    if missing:
        yield "basis", f"not cited: {sorted(missing)}; cited {sorted(ours.basis)}"
    if "period" in act and not any(fits(act["period"], clock) for clock in ours.clocks):
        yield (
            "period",
            f"facts {act['period']['length']} {act['period']['unit']}, declared {[c.id for c in ours.clocks]}",
        )


def _state(procedure, state):
    return "" if state.startswith("(") or (procedure, state) in NOT_BEGUN else state


def test_every_difference_from_the_facts_is_listed():
    known = listed()
    assert {k: v for k, v in differences().items() if k not in known} == {}


def test_no_listed_difference_is_gone():
    assert set(listed()) - set(differences()) == set()


def test_all_procedures_and_acts_of_the_chapter_are_declared():
    facts = load()["procedures"]
    assert {p["id"] for p in facts} == {p.id for kind in KINDS for p in kind.procedures}
    assert (len(facts), sum(len(p["acts"]) for p in facts)) == (17, 113)


def test_every_further_act_has_a_reason():
    named = {f"{p['id']}.{a['id']}" for p in load()["procedures"] for a in p["acts"]}
    further = set()
    for kind in KINDS:
        for p in kind.procedures:
            for act in p.acts:
                names = {n if "." in n else f"{p.id}.{n}" for n in (act.id, *act.aliases)}
                if not names & named:
                    further.add(f"{p.id}.{act.id}")
    assert further == set(EXTRA_ACTS)


def test_states_of_the_facts_are_declared():
    begun = {(p["id"], s) for p in load()["procedures"] for s in p["states"] if (p["id"], s) not in NOT_BEGUN}
    ours = {(p.id, s) for kind in KINDS for p in kind.procedures for s in p.states}
    assert {(p, s) for p, s in begun - ours if p not in STATELESS} == set()


def test_management_measures_are_those_of_the_facts():
    facts = load()["proper_management_measures"]["checklist"]
    assert [m["id"] for m in facts] == [m.id for m in MEASURES]
    assert len(MEASURES) == 21
    assert [m.id for m in MEASURES if m.sharer_only] == ["1-ヘ"]


def test_forms_are_those_of_the_facts():
    facts = {f["id"]: f["confidence"] for f in load()["forms"]}
    assert facts == {f.id: f.confidence.value for f in FORMS}
    acts = {f"{p.id}.{a.id}" for kind in KINDS for p in kind.procedures for a in p.acts}
    assert {act for f in FORMS for act in f.acts} <= acts


def test_base_dates_and_exceptions_are_those_of_the_facts():
    facts = load()
    outside = {"several", "pct_national"}  # a rule over the rows; outside first review (Art. 66(5))
    assert [r["id"] for r in facts["base_date_rules"] if r["id"] not in outside] == [b.id for b in BASE_DATES]
    ban = next(p for p in facts["procedures"] if p["id"] == "foreign_filing_ban")
    assert [e["id"] for e in ban["exceptions"]] == [o.id for o in TREATIES]


def test_published_figures_are_those_of_the_facts():
    row = next(s for s in load()["statistics"] if s["id"] == "FY2024")
    ours = PUBLISHED[0]
    figures = ours.figures
    assert (row["sent_to_prime_minister"], row["designations"], row["lifted_or_expired"]) == (
        figures.sent, figures.designations, figures.lifted_or_expired)  # fmt: skip
    assert (row["prior_confirmation_requests"], row["non_sending_notices"], row["confidence"]) == (
        figures.prior_confirmation_requests, figures.non_sending_notices, ours.confidence.value)  # fmt: skip


def test_penalties_are_those_of_the_facts():
    """Every penalty that the facts name at an act stands behind a ban, duty or deed."""
    wanted = {ALIASES[a["penalty"]] for p in load()["procedures"] for a in p["acts"] if "penalty" in a}
    used = set()
    for kind in KINDS:
        for p in kind.procedures:
            used |= {x.penalty for x in (*p.bans, *p.duties, *p.acts) if isinstance(x.penalty, str)}
    assert used == wanted


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_every_open_question_has_its_note(number):
    notes = Path(__file__).parents[2] / "docs" / "law"
    if number in (1, 2, 12) and not list(notes.glob(f"{number:04}-*.md")):
        pytest.skip(f"note {number} of the screening is absent from {notes}")
    assert len(list(notes.glob(f"{number:04}-*.md"))) == 1
