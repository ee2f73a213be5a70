"""Who may see who is bound to secrecy: keepers everybody of theirs, others themselves, nobody a council not theirs.

Random offices of councils in circles, against an oracle in plain Python; what must stay hidden is looked for at every
door without a case in its address, as page, CSV and JSON.
"""

from datetime import date
from random import Random

import pytest
from browser import assert_clean
from council_cases import OFFICER, RESEARCHER, SECRETARY, Council, formed, mandated, shared
from django.urls import reverse

from access.folk import key, recorded
from kaname.access import exits, tokens
from kaname.access.gate.doors import addresses
from kaname.desk import secrecy
from kaname.ledger import api as ledger
from kaname.procedure import Entry

WORLDS = 3


@pytest.fixture
def folk(site):
    """Three officers, secretaries and researchers; each has the roles of their sort for every council."""

    def made(name: str, *roles: str):
        return mandated(site.person(name), *roles)

    return [
        Council(made(f"省 {n}", *OFFICER), made(f"局 {n}", *SECRETARY), made(f"研 {n}", *RESEARCHER)) for n in range(3)
    ]


def settle(folk, seed: int) -> list[Council]:
    """Councils of random people, each in a circle of its own; of some the researcher has left."""
    random, found = Random(seed), []
    for n in range(3):
        one = Council(*(random.choice(folk).inside[sort] for sort in range(3)))
        found.append(shared(formed(one, f"隠{seed}協{n}議会"), title=f"隠{seed}題{n}目"))
        if random.random() < 0.5:
            away(one)
    return found


def away(one: Council) -> None:
    entry = Entry("membership.leave", date(2026, 6, 1), {}, "lead", "member")
    recorded(exits.leave(one.researcher, one.case, entry, [one.researcher.public_id], idempotency_key=key()))
    one.left = True


def may_see(person, councils) -> set[tuple[str, str]]:
    """The oracle: (council, person bound) that a person may see."""
    seen = set()
    for one in councils:
        bound = {one.researcher.name, one.officer.name}
        if person in (one.officer, one.secretary):
            seen |= {(one.case, name) for name in bound}
        elif person == one.researcher:
            seen.add(("" if one.left else one.case, person.name))
    return seen


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_register_shows_what_the_oracle_says(folk, seed):
    councils = settle(folk, seed)
    for person in {p for one in folk for p in one.inside}:
        shown = {(line.case, line.bound.person) for line in secrecy.lines(person)}
        assert shown == may_see(person, councils), person


@pytest.mark.parametrize("seed", range(WORLDS))
def test_no_door_tells_of_a_council_to_who_is_not_inside(site, folk, seed):
    councils = settle(folk, seed)
    random = Random(seed)
    person = random.choice([p for one in folk for p in one.inside])
    secret = []
    for n, one in enumerate(councils):
        gone = person == one.researcher and one.left
        if gone:  # may remember its name and what was handed over, on the page of the own duty
            secret += [one.case, one.paper]
        elif person not in one.inside:
            secret += [one.case, one.paper, f"隠{seed}協{n}議会", f"隠{seed}題{n}目"]
    for where, body in asked(site, person, f"隠{seed}協"):
        assert [mark for mark in secret if mark in body and mark not in where] == [], where


def asked(site, person, word: str):
    """Every door of Chapter 4 without a case in its address, and the lists of all cases: page, CSV, program."""
    person.refresh_from_db()
    browser = site.client(person)
    names = [a.name for a in addresses() if a.name.startswith("technology") and not a.parameters]
    assert {"technology_board", "technology_rooms", "technology_secrecy"} <= set(names)
    pages = [reverse(name) for name in (*names, "cases", "inbox", "compartments")]
    pages += ["/technology/board/SPA-02/", *(f"{page}?csv=1" for page in pages if page.startswith("/technology/"))]
    for page in (*pages, "/cases/?format=csv", f"/search/?q={word}", "/search/?q=隠"):
        yield page, b"".join(browser.get(page)).decode()
    _, secret = tokens.make(person, "test", ("read", "sealed"), 30)
    for name in ("technology/board", "technology/secrecy", "cases", f"search?q={word}"):
        answer = browser.get(f"/api/v1/{name}", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200, name
        yield name, answer.content.decode()


def test_a_register_that_forgets_who_asks_is_found(folk, monkeypatch):
    """Planted: whoever sees a case sees everyone bound by it. The oracle must tell."""
    councils = settle(folk, 0)
    monkeypatch.setattr(secrecy, "KEEPERS", {kind: frozenset({"recipient"}) for kind in secrecy.KEEPERS})
    people = {p for one in folk for p in one.inside}
    assert any({(x.case, x.bound.person) for x in secrecy.lines(p)} != may_see(p, councils) for p in people)


def test_what_became_of_a_council_later_is_not_told_to_who_left(folk):
    one = shared(formed(folk[0], "隠協議会"))
    away(one)
    entry = Entry("sharing.give_back", date(2026, 6, 5), {"person": one.researcher.name, "how": "returned"}, "s1",
                  "recipient")  # fmt: skip
    recorded(ledger.perform(one.case, entry, idempotency_key=key()))
    (line,) = secrecy.lines(one.researcher)
    assert (line.case, line.bound.left_on, len(line.bound.in_hand)) == ("", date(2026, 6, 1), 1)
    kept = [line for line in secrecy.lines(one.secretary) if line.bound.person == one.researcher.name]
    assert [x.bound.in_hand for x in kept] == [()] and kept[0].bound.left_on == date(2026, 6, 1)


def test_the_page_is_clean_and_says_that_the_duty_goes_on(site, browse, folk):
    one = formed(folk[0], "隠協議会")
    away(one)
    page = browse(one.secretary)
    assert_clean(page, "/technology/secrecy/")
    one.researcher.refresh_from_db()
    body = site.client(one.researcher).get("/technology/secrecy/").content.decode()
    assert "続く（退任後も）" in body and "あなた自身は1件の義務" in body and one.case not in body
