"""The register of persons bound to secrecy: what it says of a worked case, and that nothing ever takes a person out."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from council_ledgers import CASES

from kaname.law import penalty
from kaname.procedure import Accepted, Entry, Standing, decide, duties, fold
from kaname.regimes import kind
from kaname.regimes.technology.secrecy import no_papers, register, unregistered
from walks import read_ledger, walk

COUNCIL, STUDY = kind("technology.council"), kind("technology.research_commission")
WORKED = {name: read_ledger(CASES / f"{name}.jsonl") for name in (
    "council_life", "council_incident", "council_of_fund", "research_commission_life")}  # fmt: skip
LIFE, FUND = WORKED["council_life"], WORKED["council_of_fund"]
START = date(2026, 1, 6)
SEEDS = range(24)


def on(entries: Sequence[Entry], day: str, of=COUNCIL) -> Standing:
    return fold(of, entries, date.fromisoformat(day))


def row(person: str, day: str, entries: Sequence[Entry] = LIFE, of=COUNCIL):
    return next((r for r in register({"c": on(entries, day, of)}) if r.person == person), None)


# -- a worked case ------------------------------------------------------------------------------------------------


def test_a_person_is_bound_from_the_day_of_the_register_and_not_before():
    assert row("試料 花子", "2023-07-11") is None
    found = row("試料 花子", "2023-07-12")
    assert (found.since, found.consented_on, found.explained_on) == (
        date(2023, 7, 12), date(2023, 7, 10), date(2023, 7, 12))  # fmt: skip
    assert (found.member, found.organisation, found.role, found.scope) == (
        "univ_a", "架空大学", "研究分担者", "通信方式")  # fmt: skip
    assert not found.bound_on(date(2023, 7, 11))
    assert found.bound_on(date(2099, 1, 1))


def test_the_lead_researcher_is_bound_as_a_member_before_any_register():
    entries = [e for e in LIFE if e.act != "membership.register_engaged_person"]
    found = row("見本 博", "2023-06-20", entries)
    assert (found.since, found.registered_on, found.consented_on) == (date(2023, 6, 20), None, date(2023, 5, 24))
    assert row("見本 博", "2023-06-20").registered_on == date(2023, 6, 20)


def test_items_opened_and_given_back_stand_beside_the_person():
    (held,) = row("試料 花子", "2024-09-30").items
    assert (held.item, held.title, held.secret, held.member) == ("i1", "要求性能の概要", True, "univ_a")
    assert (held.handed_on, held.opened_on, held.back_on) == (date(2023, 9, 25), (date(2023, 10, 5),), None)
    gone = row("試料 花子", "2024-10-07")
    assert gone.in_hand == ()
    assert (gone.items[0].back_on, gone.items[0].how) == (date(2024, 10, 7), "returned")
    last = row("見本 博", "2025-03-28").items[0]  # the return of all
    assert (last.back_on, last.how) == (date(2025, 3, 28), "destroyed")


def test_who_left_stays_in_the_register_with_the_last_day():
    assert row("例示 次郎", "2024-06-28").left_on == date(2024, 6, 28)  # before the member did
    assert row("例示 次郎", "2027-01-01").left_on == date(2024, 6, 28)
    assert row("試料 花子", "2027-01-01").left_on == date(2024, 9, 30)
    assert row("見本 博", "2027-01-01").left_on == date(2026, 3, 31)  # by the dissolution
    assert row("見本 博", "2026-03-30").left_on is None


def test_a_suspension_is_told_while_it_lasts():
    assert row("試料 花子", "2024-03-14").suspended_since == date(2024, 3, 1)
    assert row("試料 花子", "2024-03-15").suspended_since is None


def test_one_person_in_several_cases_has_a_row_in_each_with_its_own_penalty():
    same = [replace(e, data={**e.data, "name": "見本 博"}) if e.data.get("name") == "調査 五郎" else e
            for e in WORKED["research_commission_life"]]  # fmt: skip
    cases = {"光": on(LIFE, "2027-01-01"), "無人機": on(FUND, "2027-01-01"), "調査": on(same, "2027-01-01", STUDY)}
    rows = register(cases)
    assert [(r.case, r.by, r.penalty) for r in rows if r.person == "見本 博"] == [
        ("光", "council", "PEN-95-1-1b"), ("調査", "research_commission", "PEN-95-1-1d")]  # fmt: skip
    assert {r.penalty for r in rows if r.case == "無人機"} == {"PEN-95-1-1c"}
    for r in rows:
        assert set(r.basis) == set(penalty(r.penalty).violated)
    assert [r.person for r in rows] == sorted(r.person for r in rows)


def test_the_staff_of_a_commissioned_body_are_bound_beyond_their_post_and_the_commission():
    found = row("文書 六子", "2027-01-01", WORKED["research_commission_life"], STUDY)
    assert (found.since, found.left_on, found.member) == (
        date(2025, 12, 8), date(2026, 4, 30), "一般財団法人見本調査会")  # fmt: skip
    assert row("調査 五郎", "2027-01-01", WORKED["research_commission_life"], STUDY).left_on == date(2026, 6, 30)


def test_a_person_who_comes_back_was_bound_all_the_time():
    again = (("invite", {"member": "架空大学", "party_type": "other"}), ("consent", {}), ("join", {}),
             ("register_engaged_person", {"name": "試料 花子"}))  # fmt: skip
    back = [*LIFE[:-2], *(Entry(f"membership.{act}", date(2025, 5, 7), data, "univ_a2") for act, data in again)]
    back = [replace(e, seq=i) for i, e in enumerate(back, 1)]
    found = row("試料 花子", "2025-05-07", back)
    assert (found.since, found.left_on, found.member) == (date(2023, 7, 12), None, "univ_a2")
    assert no_papers(on(back, "2025-05-07"), "試料 花子") is None


def test_what_was_handed_to_a_stranger_is_named():
    to = {"recipients": ["見本 博", "名無し"]}
    strange = [replace(e, data={**e.data, **to}) if e.act == "sharing.agree_handling" else e for e in LIFE]
    assert unregistered(on(strange, "2024-01-01")) == (("i1", "名無し", date(2023, 9, 25)),)
    assert unregistered(on(LIFE, "2024-01-01")) == ()
    assert [n.kind for n in fold(COUNCIL, strange, date(2024, 1, 1), judge=True).notes] == ["doubtful", "doubtful"]


# -- nothing ends the duty ----------------------------------------------------------------------------------------


def walked(seed: int, name: str = "") -> tuple[list[Entry], Standing]:
    """A ledger of a council that a walk came to, from one of the worked cases."""
    seeds = [v for k, v in WORKED.items() if k != "research_commission_life" and (not name or k == name)]
    here = walk(COUNCIL, seeds, random.Random(seed), 25, START)
    return here.entries, here.standing


def since(standing: Standing) -> dict[str, date]:
    return {r.person: r.since for r in register({"c": standing})}


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_ever_taken_out_and_no_day_moves(seed):
    entries, _ = walked(seed)
    before: dict[str, date] = {}
    for i in range(1, len(entries) + 1):
        now = since(fold(COUNCIL, entries[:i], entries[i - 1].on))
        assert before.items() <= now.items()
        before = now
    assert since(fold(COUNCIL, entries, date(2089, 1, 1))) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_the_duty_stays_open_through_leaving_suspension_and_dissolution(seed):
    entries, standing = walked(seed)
    bound = {(b.duty, b.run, b.person) for b in standing.bound if b.duty.startswith("secrecy")}
    runs = [t.run for t in standing.tracks.values() if t.procedure == "membership"]
    ends = [Entry("membership.suspend_access", standing.as_of, {"reason": "r"}, run) for run in runs]
    ends += [Entry("membership.leave", standing.as_of, {}, run) for run in runs[::2]]  # the others by the dissolution
    ends += [Entry(f"{council}.dissolve", standing.as_of) for council in ("council", "fund_council")]
    longer = [*entries, *(replace(e, seq=len(entries) + i) for i, e in enumerate(ends, 1))]
    after = fold(COUNCIL, longer, standing.as_of)
    assert not [t for t in after.tracks.values() if t.procedure == "membership" and t.state in ("member", "suspended")]
    for dissolved in (after, fold(COUNCIL, [*longer, annul(longer, "dissolve")], standing.as_of)):
        secrecy = [d for d in duties(dissolved) if d.of.duty.id.startswith("secrecy")]
        assert {d.status for d in secrecy} <= {"open"}
        assert bound <= {(b.duty, b.run, b.person) for b in dissolved.bound if not b.done_on and not b.void_on}
        assert since(standing).items() <= since(dissolved).items()


def annul(entries: Sequence[Entry], what: str) -> Entry:
    last = [e for e in entries if e.act.endswith(what)][-1]
    return Entry("annul", max(e.on for e in entries), {"entry": last.seq}, seq=len(entries) + 1)


def test_annulling_the_dissolution_gives_back_the_members_and_takes_away_no_duty():
    whole = LIFE[:-1]
    assert whole[-1].act == "council.dissolve"
    dissolved, restored = on(whole, "2026-04-01"), on([*whole, annul(whole, "dissolve")], "2026-04-01")
    assert dissolved.state("membership", "lead") == "left"
    assert restored.state("membership", "lead") == "member"
    assert since(restored) == since(dissolved) == since(on(whole, "2026-03-30"))
    assert row("見本 博", "2026-04-01", [*whole, annul(whole, "dissolve")]).left_on is None


# -- who has what, derived a second time --------------------------------------------------------------------------


def by_hand(entries: Sequence[Entry]) -> tuple[set[tuple[str, str]], set[str]]:
    """(person, item) in hand, and who may have papers: by walking the ledger with sets and nothing of the kernel."""
    members: dict[str, str] = {}
    persons: set[tuple[str, str]] = set()
    agreed: dict[str, list[str]] = {}
    in_hand: set[tuple[str, str]] = set()
    for e in entries:
        act, run, data = e.act.partition(".")[2], e.run, e.data
        if act in ("organise", "organise_jointly"):
            members |= dict.fromkeys(("lead", "minister", "prime_minister"), "member")
        elif act in ("join", "restore"):
            members[run] = "member"
        elif act in ("suspend_access", "leave"):
            members[run] = act
        elif act == "dissolve":
            members.clear()
        elif act == "register_engaged_person":
            persons.add((run, data["name"]))
        elif act == "end_engagement":
            persons.discard((run, data["name"]))
        elif act == "agree_handling":
            agreed[run] = list(data["recipients"])
        elif act == "share":
            working = {p for m, p in persons if members.get(m) == "member"}
            assert set(agreed[run]) <= working, "an item was shared with somebody who was no member's person then"
            in_hand |= {(p, run) for p in agreed[run]}
        elif act == "give_back":
            in_hand.discard((data["person"], run))
        elif act == "return":
            in_hand = {(p, item) for p, item in in_hand if item != run}
    return in_hand, {p for m, p in persons if members.get(m) == "member"}


@pytest.mark.parametrize("seed", range(60))
def test_who_was_a_members_person_at_the_sharing_has_an_item_and_no_other(seed):
    entries, standing = walked(seed)
    in_hand, working = by_hand(entries)
    rows = register({"c": standing})
    assert {(r.person, h.item) for r in rows for h in r.in_hand} == in_hand
    assert unregistered(standing) == ()
    for r in rows:
        assert (no_papers(standing, r.person) is None) == (r.person in working)
        assert all(h.member for h in r.items)


@pytest.mark.parametrize("seed", range(30))
def test_papers_are_refused_by_the_register_as_by_the_act(seed):
    entries, standing = walked(seed, "council_life")
    items = [t.run for t in standing.tracks.values() if t.procedure == "sharing" and t.state in ("shared", "in_use")]
    for person in {r.person for r in register({"c": standing})} | {"名無し"}:
        for item in items:
            use = Entry("sharing.use", standing.as_of, {"person": person, "measures_taken": True}, item)
            answer = decide(standing, use, ledger=entries)
            assert (no_papers(standing, person, item) is None) == isinstance(answer, Accepted)
