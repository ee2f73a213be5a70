"""The rest of a working day, where more than one case or person is concerned, in each language: to a case by palette,
many cases at once as far as the preview, a view kept beside the inbox, a colleague's work while they are away, a
question put to another authority. What goes to and fro between two authorities: test_consultation_story.py.
"""

import re
from datetime import timedelta

import pytest
from browser import expect, follow

from kaname.access import api as access
from kaname.access.models import Deputy, Person
from kaname.ledger import clock
from kaname.ledger.models import Entry
from web.sweep.test_working_day import day

__all__ = ["day"]  # a fixture

FILED = "/cases/?kind=patents.application&state=filed&sort=-number"


def _person(who: str) -> Person:
    return Person.objects.get(email=f"{who}@demo.example")


def test_a_reviewer_goes_by_the_palette_and_keeps_a_view(day):
    jpo = day("jpo").at("/")
    case = access.listed(_person("jpo"), access.Wanted(kind="patents.application", state="filed")).rows[0]
    jpo.presses("Control+k")
    jpo.tab.keyboard.insert_text(str(case.number))
    first = jpo.tab.locator("#palette-list [role=option]").first
    expect(first).to_contain_text(case.reference)
    jpo.presses("Enter").comes_to(f"**/cases/{case.case}/")
    assert jpo.keys == 2
    # What one looks at each morning, one click away from then on.
    named = f"朝の一覧 {jpo.language}"
    jpo.at(FILED)
    jpo.tab.locator(".saved summary").click()
    jpo.tab.fill("#v-name", named)
    jpo.tab.check('.saved [name="pinned"]')
    follow(jpo.tab, ".saved form button")
    jpo.at("/")
    follow(jpo.tab, jpo.tab.locator(".rail a", has_text=named))
    assert "state=filed" in jpo.tab.url and jpo.tab.locator("[data-row]").count()


def test_a_reviewer_looks_before_acting_in_many_cases(day):
    recorded = Entry.objects.count()
    jpo = day("jpo").at(FILED).presses("j", "x", "j", "x", "b").comes_to("**/task/jobs/**")
    follow(jpo.tab, "main ul.tasks a[href$='first_review.decline_clearly_unneeded/']")
    with jpo.tab.expect_navigation():
        jpo.presses("Control+Enter")
    said = jpo.says("main .answer")
    told = [int(n) for n in re.findall(r"\d+", said)]
    assert sum(told) == 2, f"how many may go and how many are refused: {said}"
    refused = jpo.tab.locator("main section.reasons").count()
    draft = jpo.tab.locator("main a[type='application/pdf']").count()
    assert refused or draft, "why some are refused stands there, or the letter of the first as a draft"
    assert Entry.objects.count() == recorded, "a preview records nothing"
    jpo.tab.go_back()
    assert jpo.keys <= 7  # three screens


def test_a_colleague_is_away(day):
    away, here = _person("mext"), _person("secretary")
    made = access.deputies.name(away, here, clock.today(), clock.today() + timedelta(1), may_act=False)
    try:
        secretary = day("secretary").at("/")
        assert away.name in secretary.says("main p:has(a[href='/task/absence/'])")
        case = next(at.case.public_id for at in access.standings(away, "technology.call"))
        secretary.at(f"/cases/{case}/people/")
        told = secretary.says("main")
        assert f"{away.name}の代理" in told if secretary.language == "ja" else f"for {away.name}" in told
        assert secretary.tab.goto(f"/cases/{case}/").status == 200
    finally:
        Deputy.objects.filter(pk=made.pk).delete()


@pytest.mark.parametrize("who", ["meti", "mof"])
def test_an_officer_finds_what_lies_with_another_authority(day, who):
    """The one that asks and the one that is asked find the same question, each from its own list."""
    officer = day(who).at("/consultations/")
    follow(officer.tab, "main [data-row] a, main ul.tasks a")
    assert officer.says("main h1")
    asked = officer.says("main")
    assert "架空財政省" in asked and "架空経済省" in asked
