"""How many keys the jobs of a day take, input method aside: at most a fifth more than was promised."""

from datetime import timedelta

import pytest
from browser import expect

from desk import Desk
from kaname.access import api as access
from kaname.ledger.models import Entry
from kaname.regimes.patents.docket import Docket
from web import world

PROMISED = {"next item of the inbox": 1, "screening": 1, "open, decide, next": 4}


def within(job: str, keys: int) -> bool:
    return keys <= PROMISED[job] * 1.2


@pytest.fixture
def jiro(site, browse):
    person = site.person("審査 次郎", roles=("jpo", "applicant"), sealed=True)
    return Desk(site, browse(person), person)


@pytest.fixture
def cases(jiro):
    """Three applications of which the days for sending run out, one after the other."""
    return [
        world.filed(jiro.person, access.today() - timedelta(n), application_number=f"特願2026-{n}")
        for n in (88, 87, 86)
    ]


def here(desk: Desk) -> str:
    return str(desk.tab.evaluate("() => document.activeElement.closest('[data-row]')?.innerText ?? ''"))


def test_the_next_item_of_the_inbox(jiro, cases):
    jiro.opens("/")
    jiro.presses("j")
    first, jiro.keys = here(jiro), 0
    jiro.presses("j")
    assert within("next item of the inbox", jiro.keys)
    assert here(jiro) and here(jiro) != first


def test_symbols_pasted_are_screened_in_one_step(jiro):
    """The field has the focus; what is pasted is sent by one key."""
    Docket()  # the engine is compiled once in a process
    jiro.tab.set_default_timeout(120_000)
    jiro.opens("/patents/screening/")
    expect(jiro.tab.locator("#f-ipc")).to_be_focused()
    jiro.tab.keyboard.insert_text("F02K 7/14;B64C 39/02")
    jiro.presses("Control+Enter")
    jiro.tab.wait_for_selector(".screened")
    assert within("screening", jiro.keys)


def test_open_decide_and_on_to_the_next(jiro, cases):
    """From a row: its usual act, on to the check page, recorded, the next piece of work."""
    jiro.opens("/")
    jiro.presses("j")
    jiro.keys = 0
    jiro.presses("a")
    jiro.tab.wait_for_url(f"**/cases/{cases[0]}/act/first_review.send/")
    jiro.presses("Control+Enter")
    jiro.tab.wait_for_url("**/check/")
    jiro.presses("Control+Enter")
    jiro.tab.wait_for_url("**/receipt/2/")
    jiro.presses("n")
    jiro.tab.wait_for_url(f"**/cases/{cases[1]}/")
    assert within("open, decide, next", jiro.keys)
    assert Entry.objects.filter(case__public_id=cases[0]).count() == 2


def test_a_key_held_down_stops_at_the_check_page(jiro, cases):
    jiro.opens(f"/cases/{cases[0]}/act/first_review.send/")
    jiro.tab.keyboard.down("Control")
    jiro.tab.keyboard.down("Enter")
    jiro.tab.wait_for_url("**/check/")
    jiro.tab.keyboard.down("Enter")  # a repeat: the key has not been let go
    jiro.tab.keyboard.down("Enter")
    jiro.tab.wait_for_timeout(300)
    jiro.tab.keyboard.up("Enter")
    jiro.tab.keyboard.up("Control")
    assert jiro.tab.url.endswith("/check/")
    assert Entry.objects.filter(case__public_id=cases[0]).count() == 1


def test_keys_that_are_off_send_nothing(jiro, cases):
    jiro.opens(f"/cases/{cases[0]}/act/first_review.send/")
    jiro.tab.evaluate("() => { document.body.dataset.keys = 'off'; }")
    jiro.presses("Control+Enter")
    jiro.tab.wait_for_timeout(300)
    assert "/check/" not in jiro.tab.url


def test_a_case_in_which_nothing_presses_is_opened_itself(jiro, cases):
    client = jiro.site.client(jiro.person)
    assert client.get(f"/cases/{cases[0]}/usual/")["Location"].endswith("/act/first_review.send/")
    world.act(jiro.person, cases[0], "first_review.judge_not_sent", access.today())
    assert client.get(f"/cases/{cases[0]}/usual/")["Location"] in (
        f"/cases/{cases[0]}/", f"/cases/{cases[0]}/act/first_review.request_nonsend_notice/",
    )  # fmt: skip
