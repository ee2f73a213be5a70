"""What mandates make of an entry: role and party filled in, or the reason why not. Asked of the functions alone."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from folk import LONG_AGO
from ledger_kinds import KINDS

from kaname.access import may
from kaname.access.predicate import Held
from kaname.procedure import Entry, Refused

DAY = date(2026, 5, 1)
ACCEPT = Entry("permit.accept", DAY)
UNKNOWN = Entry("permit.dance", DAY)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(may, "kinds", lambda: KINDS)
    monkeypatch.setattr(may, "kind", KINDS.__getitem__)


def held(role="applicant", party="", may_act=True, **more) -> Held:
    whole = {"kind": "", "case_id": None, "valid_from": LONG_AGO, "valid_until": None, "sealed": False}
    return Held(role=role, party=party, may_act=may_act, **(whole | more))


def ask(*mandates: Held, entry: Entry = ACCEPT, case: str = "c1"):
    return may.as_mandated(mandates, "small.permit", case, entry)


def why(answer) -> tuple[str, str, str]:
    """Code, field and text of the one reason of a refusal."""
    assert isinstance(answer, Refused), answer
    (reason,) = answer.reasons
    return reason.code, reason.field, reason.text.ja


def test_the_role_of_the_one_mandate_is_written_and_no_party_where_it_names_none():
    assert ask(held()) == replace(ACCEPT, by="applicant")
    assert ask(held(), entry=replace(ACCEPT, by="applicant", party="Kumo")) == replace(
        ACCEPT, by="applicant", party="Kumo"
    )


def test_the_party_of_the_mandate_is_written_and_no_other_acted_for():
    assert ask(held(party="Kumo")) == replace(ACCEPT, by="applicant", party="Kumo")
    assert ask(held(party="Kumo"), held()).party == "", "who may act for all says for whom"
    assert ask(held(party="Kumo"), held(), entry=replace(ACCEPT, run="Kumo:1")).party == "", "in whatever run"
    assert why(ask(held(party="Kumo"), entry=replace(ACCEPT, party="Hana"))) == (
        "mandate",
        "party",
        may._OTHER_PARTY.ja,
    )
    assert ask(held(party="Kumo"), entry=replace(ACCEPT, run="Hana")).party == "Kumo", (
        "the kernel refuses it in that run"
    )


def test_who_acts_for_several_says_for_which_or_is_in_the_run_of_one():
    both = held(party="Kumo"), held(party="Hana")
    for run in ("", "Niwa:1"):
        assert why(ask(*both, entry=replace(ACCEPT, run=run))) == ("mandate", "party", may._WHICH.ja)
    assert ask(*both, entry=replace(ACCEPT, run="Hana:1")).party == "Hana"
    assert ask(*both, entry=replace(ACCEPT, party="Kumo")).party == "Kumo"


def test_of_several_roles_none_is_chosen_for_anybody(monkeypatch):
    monkeypatch.setattr(may, "_roles_of", lambda *_: {"applicant", "minister", "zzz"})
    assert ask(held(), held("minister")).by == ""
    assert ask(held("minister"), held("sharer")).by == "minister"
    assert ask(held(), held("minister"), entry=replace(ACCEPT, by="minister")).by == "minister"
    assert "（申請者、主務大臣、zzz）" in why(ask(held("sharer")))[2], "roles by their names, in order"


@pytest.mark.parametrize("mandates", [(), (held("minister"),), (held(may_act=False),)])
def test_without_a_mandate_that_acts_in_the_role_the_role_is_named(mandates):
    code, field, text = why(ask(*mandates))
    assert (code, field) == ("mandate", "") and "（申請者）" in text
    assert why(ask(held(), entry=replace(ACCEPT, by="minister")))[2].count("（主務大臣）") == 1


def test_of_an_act_that_does_not_exist_the_kernel_tells():
    assert ask(held(), entry=UNKNOWN) == UNKNOWN
    assert "（—）" in why(ask(entry=UNKNOWN))[2]


# -- acts about another entry ------------------------------------------------------------------------------------------

LEDGER = (
    replace(ACCEPT, seq=1, by="applicant", party="Kumo"),
    Entry("correct", DAY, {"entry": 1, "data": {}}, seq=2),
    Entry("correct", DAY, {"entry": 4}, seq=3), Entry("correct", DAY, {"entry": 3}, seq=4),
    replace(ACCEPT, seq=5, by="applicant"),
)  # fmt: skip


@pytest.fixture
def ledger(monkeypatch):
    monkeypatch.setattr(may.reading, "entries", lambda case: LEDGER)


def annul(number) -> Entry:
    return Entry("annul", DAY, {"entry": number})


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_about_an_entry_needs_what_the_entry_needed(ledger, number):
    """Also where it is about what is about it."""
    for one in (held(), held(party="Kumo")):
        assert ask(one, entry=annul(number)) == annul(number)
    assert why(ask(held(party="Hana"), entry=annul(number))) == ("mandate", "party", may._OTHER_PARTY.ja)
    assert "（申請者）" in why(ask(held("minister"), entry=annul(number)))[2]
    assert ask(held(party="Kumo"), entry=annul(5)) == annul(5), "an entry without a party is anybody's of the role"


def test_a_correction_needs_what_the_entry_will_be_too(ledger):
    to_hana = Entry("correct", DAY, {"entry": 1, "party": "Hana"})
    to_minister = Entry("correct", DAY, {"entry": 1, "by": "minister"})
    assert ask(held(), entry=to_hana) == to_hana
    assert isinstance(ask(held(party="Kumo"), entry=to_hana), Refused)
    assert isinstance(ask(held(party="Hana"), entry=to_hana), Refused)
    assert ask(held(party="Kumo"), held(party="Hana"), entry=to_hana) == to_hana
    assert "（主務大臣）" in why(ask(held(), entry=to_minister))[2]
    assert "（申請者）" in why(ask(held("minister"), entry=to_minister))[2]
    assert ask(held(), held("minister", party="Kumo"), entry=to_minister) == to_minister
    assert isinstance(ask(held(), held("minister", party="Hana"), entry=to_minister), Refused), "the party stays Kumo"


@pytest.mark.parametrize("number", [99, "1", [1], None, 3])
def test_of_an_entry_that_is_not_there_or_a_ring_the_kernel_tells(ledger, number):
    assert ask(held("minister"), entry=annul(number)) == annul(number)
    assert "（—）" in why(ask(entry=annul(number)))[2]
    assert isinstance(ask(held(), entry=annul(1), case=""), Refused), "no case, nothing to be about"


# -- whose mandates ----------------------------------------------------------------------------------------------------

DAI = SimpleNamespace(public_id="dai")


def by_whom(*mandates: Held, entry: Entry = ACCEPT):
    return may.by_whom(DAI, mandates, "small.permit", "c1", entry)


def test_ones_own_mandates_come_first_and_are_not_joined_with_what_is_lent():
    lent = held(party="Kumo", lent_by="q1")
    assert by_whom(held(), lent) == (replace(ACCEPT, by="applicant"), "dai")
    assert by_whom(held("minister"), lent) == (replace(ACCEPT, by="applicant", party="Kumo"), "dai/q1")
    other = held("minister", lent_by="q1"), held(party="Hana", lent_by="q2")
    assert by_whom(*other) == (replace(ACCEPT, by="applicant", party="Hana"), "dai/q2"), "one principal after the other"


def test_a_refusal_is_that_of_ones_own_mandates_where_there_are_any():
    hana = replace(ACCEPT, party="Hana")
    answer, recorder = by_whom(held("minister"), held(party="Kumo", lent_by="q1"), entry=hana)
    assert recorder == "dai" and why(answer)[1] == "", "no mandate for the role"
    answer, recorder = by_whom(held(party="Kumo", lent_by="q1"), entry=hana)
    assert recorder == "dai" and why(answer)[1] == "party"


# -- which mandates ----------------------------------------------------------------------------------------------------


def a_case(*parties):
    return SimpleNamespace(pk=7, kind="small.permit", parties=SimpleNamespace(
        all=lambda: [SimpleNamespace(role=role, party=party) for role, party in parties]))  # fmt: skip


COVER = [held(), held(kind="small.permit"), held(case_id=7), held(party="Kumo")]
NOT = [held(kind="lab.case"), held(case_id=8), held(party="Hana"), held("minister", party="Kumo")]


def test_a_mandate_covers_the_cases_of_its_kind_its_number_and_its_party(monkeypatch):
    case = a_case(("applicant", "Kumo"), ("sharer", "Hana"))
    assert may.of_case([*NOT, *COVER], case) == COVER
    monkeypatch.setattr(may, "mandates", lambda person, day: [*NOT, *COVER])
    assert may.covering(DAI, case) == COVER
    monkeypatch.setattr(may, "mandates", lambda person, day: COVER[:3])
    case.parties.all = None  # nobody asks for parties where no mandate names one
    assert may.covering(DAI, case) == COVER[:3]


def test_a_case_is_opened_by_mandates_that_are_of_no_case(monkeypatch):
    monkeypatch.setattr(may, "mandates", lambda person, day: [*NOT, *COVER])
    assert may.opening(DAI, "small.permit") == [held(party="Hana"), held("minister", party="Kumo"), held(),
                                                held(kind="small.permit"), held(party="Kumo")]  # fmt: skip


def test_what_a_correction_gave_to_another_party_is_not_changed_for_the_first_alone(monkeypatch):
    given = Entry("correct", DAY, {"entry": 1, "party": "Hana"}, seq=2)
    lies = [replace(ACCEPT, by="applicant", party="Kumo", seq=1), given]
    monkeypatch.setattr(may.reading, "entries", lambda _: lies)
    kumo, hana = held(party="Kumo"), held(party="Hana")
    for again in (
        Entry("correct", DAY, {"entry": 1, "data": {"size": "large"}}),
        Entry("annul", DAY, {"entry": 1}),
        Entry("annul", DAY, {"entry": 2}),
    ):
        for alone in (kumo, hana):
            assert why(ask(alone, entry=again))[:2] == ("mandate", "party")
        assert ask(kumo, hana, entry=again) == again
    back = Entry("correct", DAY, {"entry": 1, "party": "Kumo"})
    assert why(ask(kumo, entry=back))[:2] == ("mandate", "party") and ask(kumo, hana, entry=back) == back
