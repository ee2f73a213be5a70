"""Councils as their ledgers tell them: forming, members, shared items; each condition refuses with its reason."""

import json

import pytest
from council_ledgers import COUNCILS, until

from case_ledgers import ledger

LIFE = COUNCILS.worked("life", "council")
FUND = COUNCILS.worked("of_fund", "council")
INCIDENT = COUNCILS.worked("incident", "council")
ASKED = {
    "research": "r",
    "lead_researcher": "見本 博",
    "state_money": True,
    "vital": True,
    "harms": ["misuse_of_technology"],
}
LEAD = {"research": "r", "lead_researcher": "例題 三郎", "paid_from_fund": True}
INVITED = {"member": "架空大学", "party_type": "researcher", "necessary": True}
TERMS = {"recipients": ["見本 博"], "secret": True, "understood": True}


def tried(text, act, on, run="", *, by="", party="", **data):
    where = [*(["--run", run] if run else []), *(["--by", by] if by else []), *(["--party", party] if party else [])]
    return COUNCILS.tried(text, act, on, *where, **data)


# -- forming ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "said"), [
    ({"state_money": False}, "not found to be R&D paid with money of the State"),
    ({"vital": False}, "not found to be such a cutting-edge technology"),
    ({"harms": []}, "none of the three harms of Art. 61"),
])  # fmt: skip
def test_consent_is_asked_for_a_critical_technology_paid_by_the_state(change, said):
    assert tried("", "council.ask_consent", "2023-05-10", **ASKED) == (True, "")
    accepted, why = tried("", "council.ask_consent", "2023-05-10", **{**ASKED, **change})
    assert not accepted
    assert said in why


def test_no_council_without_consent_and_consultation():
    accepted, why = tried(until(LIFE, "council.consent"), "council.organise", "2023-06-20", council_name="n")
    assert not accepted
    assert "the lead researcher has not consented" in why
    assert "the Prime Minister was not consulted" in why
    accepted, why = tried(until(LIFE, "council.consult_pm"), "council.organise", "2023-06-20", council_name="n")
    assert not accepted
    assert "the Prime Minister was not consulted" in why
    assert "has not consented" not in why
    assert tried(until(LIFE, "council.organise"), "council.organise", "2023-06-20", council_name="n") == (True, "")


def test_a_refusal_forms_no_council_and_leads_nowhere():
    refused = COUNCILS.worked("refused", "council")
    assert COUNCILS.state(refused, "2023-06-01") == "not_formed"
    assert not tried(refused, "council.consult_pm", "2023-06-01")[0]


def test_a_fund_council_is_a_duty_formed_with_the_prime_minister_and_needs_no_consultation():
    identified = ledger('2024-01-15 fund_council.identify_lead {"research": "r", "lead_researcher": "例題 三郎", '
                        '"paid_from_fund": true}')  # fmt: skip
    duties = {d["id"]: d["status"] for d in COUNCILS.standing(identified, "2024-02-01")["duties"]}
    assert duties["form"] == "open"
    accepted, why = tried(identified, "fund_council.organise_jointly", "2024-02-05", council_name="n",
                          with_prime_minister=False)  # fmt: skip
    assert not accepted
    assert "not done together with the Prime Minister" in why
    accepted, warned = tried(identified, "fund_council.organise_jointly", "2024-02-05", council_name="n",
                             with_prime_minister=True)  # fmt: skip
    assert accepted
    assert "no consent of the lead researcher is on record" in warned  # practice: a warning, no more
    duties = {d["id"]: d["status"] for d in COUNCILS.standing(FUND, "2024-02-06")["duties"]}
    assert duties["form"] == "done"
    accepted, why = tried("", "fund_council.identify_lead", "2024-01-15", **{**LEAD, "paid_from_fund": False})
    assert not accepted
    assert "not found to be R&D paid from the designated fund" in why


def test_a_case_is_one_council_of_one_kind():
    assert not tried(LIFE, "fund_council.identify_lead", "2026-06-01", **LEAD)[0]
    assert not tried(FUND, "council.ask_consent", "2027-06-01", **ASKED)[0]


def test_the_law_itself_makes_the_first_members():
    of = COUNCILS.standing(LIFE, "2023-06-20")["tracks"]
    assert {k for k, t in of.items() if t["state"] == "member"} == {"membership/lead", "membership/minister"}
    of = COUNCILS.standing(FUND, "2024-02-05")["tracks"]
    founders = {f"membership/{who}" for who in ("lead", "minister", "prime_minister")}
    assert {k for k, t in of.items() if t["state"] == "member"} == founders


# -- members ------------------------------------------------------------------------------------------------------


def test_members_are_added_to_a_council_that_stands_where_necessary():
    early = until(LIFE, "council.organise")
    assert "has not been formed" in tried(early, "membership.invite", "2023-06-10", "x", **INVITED)[1]
    dissolved = until(LIFE, "council.leak")
    assert "was dissolved" in tried(dissolved, "membership.invite", "2026-05-01", "x", **INVITED)[1]
    formed = until(LIFE, "membership.invite")
    assert tried(formed, "membership.invite", "2023-07-03", "x", **INVITED)[0]
    accepted, why = tried(formed, "membership.invite", "2023-07-03", "x", **{**INVITED, "necessary": False})
    assert not accepted
    assert "not found necessary" in why


def test_in_a_fund_council_members_are_added_together_with_the_prime_minister():
    formed = until(FUND, "membership.invite")
    accepted, why = tried(formed, "membership.invite", "2024-02-13", "x", **INVITED, with_prime_minister=False)
    assert not accepted
    assert "together with the Prime Minister" in why
    assert tried(formed, "membership.invite", "2024-02-13", "x", **INVITED, with_prime_minister=True)[0]


def test_nobody_joins_without_consent_of_their_own():
    invited = until(LIFE, "membership.consent")
    assert not tried(invited, "membership.join", "2023-07-12", "univ_a")[0]
    accepted, why = tried(invited, "membership.consent", "2023-07-10", "univ_a", by="candidate", party="other")
    assert not accepted
    assert "is for univ_a itself" in why
    assert tried(invited, "membership.consent", "2023-07-10", "univ_a", by="candidate", party="univ_a")[0]
    assert not tried(LIFE, "membership.join", "2023-08-01", "agency_x")[0]  # declined


def test_a_person_is_registered_once_and_told_of_the_duty_beforehand():
    text, act = until(LIFE, "council.set_rules"), "membership.register_engaged_person"
    assert "already registered" in tried(text, act, "2023-06-20", "lead", name="見本 博")[1]
    accepted, warned = tried(text, act, "2023-06-20", "lead", name="試料 花子")
    assert accepted
    assert "it binds all the same" in warned
    ahead = tried(text, act, "2023-06-20", "lead", name="試料 花子", duty_explained_on="2023-06-21")
    assert "lies ahead" in ahead[1]
    assert not ahead[0]
    assert "not on the register" in tried(text, "membership.end_engagement", "2023-06-20", "lead", name="試料 花子")[1]


def test_who_leaves_with_papers_in_hand_is_told_and_the_case_goes_on_saying_so():
    text = until(LIFE, "membership.leave")
    accepted, warned = tried(text, "membership.leave", "2024-09-30", "univ_a")
    assert accepted
    assert "papers neither returned nor destroyed (試料 花子: i1)" in warned
    said = [w["text"] for w in COUNCILS.standing(LIFE, "2024-10-01")["warnings"]]
    assert "with who left: papers neither returned nor destroyed (試料 花子: i1)" in said
    assert COUNCILS.standing(LIFE, "2024-10-07")["warnings"] == []


# -- shared items -------------------------------------------------------------------------------------------------


def test_information_is_shared_in_a_running_council_only():
    early = until(LIFE, "council.start")
    for act, data in (("request_information", {"to": "t"}), ("offer", {"title": "t"})):
        accepted, why = tried(early, f"sharing.{act}", "2023-06-20", "i9", **data)
        assert not accepted
        assert "the council is not running" in why


def test_handling_is_agreed_before_anything_is_handed_over():
    offered = until(LIFE, "sharing.agree_handling")
    assert not tried(offered, "sharing.share", "2023-09-15", "i1")[0]
    accepted, why = tried(offered, "sharing.agree_handling", "2023-09-20", "i1", **{**TERMS, "understood": False})
    assert not accepted
    assert "no mutual understanding" in why
    open_question = {k: v for k, v in TERMS.items() if k != "secret"}
    assert "'it is a secret' is not filled in" in tried(offered, "sharing.agree_handling", "2023-09-20", "i1",
                                                        **open_question)[1]  # fmt: skip
    requested = until(LIFE, "sharing.offer")
    assert "it has to be offered first" in tried(requested, "sharing.agree_handling", "2023-09-05", "i1", **TERMS)[1]


@pytest.mark.parametrize(("person", "said"), [
    ("名無し", "名無し is not on the register of persons"),
    ("例示 次郎", "例示 次郎 ceased to work on council business on 2024-06-28: no papers"),
    ("試料 花子", "is of univ_a, which left on 2024-09-30: no papers; the duty of secrecy goes on"),
])  # fmt: skip
def test_nothing_is_handed_to_whom_no_register_names_or_who_left(person, said):
    terms = json.dumps({**TERMS, "recipients": ["見本 博", person]}, ensure_ascii=False)
    offered = f'2024-11-01 sharing.offer i2 {{"title": "t"}}\n2024-11-05 sharing.agree_handling i2 {terms}'
    text = until(LIFE, "sharing.return") + "\n" + ledger(offered)
    accepted, why = tried(text, "sharing.share", "2024-11-06", "i2")
    assert not accepted
    assert said in why
    assert "見本 博" not in why


def test_who_left_and_asks_for_papers_is_refused_with_the_reason():
    text = until(LIFE, "sharing.give_back")
    accepted, why = tried(text, "sharing.use", "2024-10-01", "i1", person="試料 花子", measures_taken=True)
    assert not accepted
    assert "which left on 2024-09-30: no papers; the duty of secrecy goes on (Art. 62(7))" in why
    assert tried(text, "sharing.use", "2024-10-01", "i1", person="見本 博", measures_taken=True)[0]


def test_papers_are_used_by_whom_they_were_handed_under_security_measures_and_not_after_their_return():
    text = until(LIFE, "sharing.ask_publication")
    said = tried(text, "sharing.use", "2024-01-10", "i1", person="例示 次郎", measures_taken=True)[1]
    assert "was not handed to this person" in said
    said = tried(text, "sharing.use", "2024-01-10", "i1", person="見本 博", measures_taken=False)[1]
    assert "security measures are not carried out" in said
    back = text + "\n" + ledger('2024-01-15 sharing.give_back i1 {"person": "見本 博", "how": "returned"}')
    said = tried(back, "sharing.use", "2024-01-20", "i1", person="見本 博", measures_taken=True)[1]
    assert "returned or destroyed it already" in said
    assert "already" in tried(back, "sharing.give_back", "2024-01-20", "i1", person="見本 博", how="returned")[1]


def test_a_suspended_member_gets_no_papers_until_restored():
    text = until(LIFE, "membership.restore")
    said = tried(text, "sharing.use", "2024-03-02", "i1", person="試料 花子", measures_taken=True)[1]
    assert "access of univ_a, to which 試料 花子 belongs, has been suspended since 2024-03-01" in said
    restored = until(LIFE, "membership.end_engagement")
    assert tried(restored, "sharing.use", "2024-03-20", "i1", person="試料 花子", measures_taken=True)[0]


def test_publishing_unchecked_is_refused_and_stands_as_a_breach_where_it_happened():
    accepted, why = tried(until(INCIDENT, "sharing.publish"), "sharing.publish", "2023-08-15", "i1", paper="p")
    assert not accepted
    assert "forbidden: publishing without the check" in why
    notes = COUNCILS.standing(INCIDENT, "2023-10-02")["notes"]
    assert [(n["kind"], n["on"]) for n in notes] == [("breach", "2023-08-15")]  # not the one after the release
    assert COUNCILS.bans(INCIDENT, "2023-10-02") == {}


def test_what_was_agreed_to_be_no_secret_is_published_without_the_check():
    assert tried(until(FUND, "sharing.publish"), "sharing.publish", "2024-03-20", "i1", paper="p") == (True, "")
    assert COUNCILS.standing(FUND, "2024-04-01")["notes"] == []


def test_the_day_set_for_the_return_runs_from_the_sharing_and_is_overdue_after_it():
    late = until(LIFE, "sharing.return")
    assert COUNCILS.clock(late, "2024-01-01", "sharing.expires", "i1")[1:] == ("2025-03-31", "running")
    duties = {d["id"]: d["status"] for d in COUNCILS.standing(late, "2025-04-01")["duties"]}
    assert duties["return_by"] == "overdue"
    assert COUNCILS.clock(INCIDENT, "2023-08-04", "sharing.expires", "i1") is None  # no day was set


def test_an_offer_made_anew_without_a_day_inherits_none():
    day, anew = ' "expiry": "2025-03-31"', '2023-09-12 sharing.offer i1 {"title": "t"'
    handed = "\n".join(until(LIFE, "sharing.use").splitlines()[-2:])
    for offer, expires in ((f"{anew}}}", None), (f"{anew},{day}}}", "2025-03-31")):
        text = "\n".join((until(LIFE, "sharing.agree_handling"), ledger(offer), handed))
        clock = COUNCILS.clock(text, "2024-01-01", "sharing.expires", "i1")
        assert (clock and clock[1]) == expires


def test_a_leak_is_told_with_the_penalty_of_the_kind_of_council():
    for text, council, day in ((LIFE, "council", "2026-06-01"), (FUND, "fund_council", "2027-05-01")):
        accepted, why = tried(text, f"{council}.leak", day, person="p")
        assert not accepted
        assert "of up to 1 year or a fine of up to 500,000 yen, Art. 95(1)(i)" in why


def test_what_everybody_gave_back_is_returned_whoever_it_was_and_whatever_was_used():
    text = until(LIFE, "sharing.ask_publication")
    back = ['2024-01-15 sharing.give_back i1 {"person": "見本 博", "how": "returned"}',
        '2024-01-16 sharing.give_back i1 {"person": "試料 花子", "how": "destroyed"}']  # fmt: skip

    def after(n):
        return COUNCILS.standing(text + "\n" + ledger("\n".join(back[:n])), "2025-06-02")

    def owed(found):
        return next(d["status"] for d in found["duties"] if d["id"] == "return_by")

    assert (after(1)["tracks"]["sharing/i1"]["state"], owed(after(1))) == ("in_use", "overdue")
    assert (after(2)["tracks"]["sharing/i1"]["state"], owed(after(2))) == ("returned_or_destroyed", "done")
    assert not after(2)["warnings"]
    assert tried(until(LIFE, "sharing.use"), "sharing.return", "2023-10-02", "i1", how="returned")[0], "never used"


def test_a_paper_released_leaves_the_item_in_hand_until_its_day():
    text = until(LIFE, "sharing.hold_back") + "\n" + ledger("2024-02-20 sharing.release i1")

    def owed(day, more=""):
        found = COUNCILS.standing(text + "\n" + ledger(more), day)["duties"]
        return next(d["status"] for d in found if d["id"] == "return_by")

    assert (owed("2025-03-31"), owed("2025-04-01")) == ("open", "overdue")
    back = """2024-03-01 sharing.give_back i1 {"person": "見本 博", "how": "returned"}
        2024-03-01 sharing.give_back i1 {"person": "試料 花子", "how": "returned"}"""
    assert owed("2025-04-01", back) == "done"
