"""What a reader sees while a page still arrives stays where it is (CLS, docs/performance.md): pages whose rail stands
at their end, cut off before it, look as they do when they are whole.
"""

import pytest

PAGES = (("attorney", "/"), ("jpo", "/"), ("attorney", "/search/?q=架空"), ("meti", "/glance/"))
PLACES = """() => [...document.querySelectorAll('.page-head, h1, .text, .text table.list, .text .chips')]
  .map(e => [e.tagName, e.getBoundingClientRect()])
  .map(([name, b]) => [name, Math.round(b.x), Math.round(b.y), Math.round(b.width)])"""
RAIL = '<aside class="rail"'


@pytest.mark.parametrize(("who", "at"), PAGES)
def test_what_came_first_stays_when_the_rest_arrives(tour, who, at):
    tab = tour.tab(who)
    tab.set_viewport_size({"width": 1280, "height": 800})

    def cut(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().partition(RAIL)[0])

    tab.goto(at)
    assert RAIL in tab.content(), "a page with a rail"
    whole = tab.evaluate(PLACES)
    tab.route("**" + at.partition("?")[0] + "*", cut)
    tab.goto(at)
    assert RAIL not in tab.content()
    early = tab.evaluate(PLACES)
    assert early and early == whole[: len(early)]


def test_a_rail_that_makes_room_for_itself_would_be_found(tour):
    """Planted: the page learns of its rail when it is there."""
    tab = tour.tab("attorney")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto("/")
    before = tab.evaluate(PLACES)
    tab.evaluate("() => document.querySelector('.page').classList.remove('railed')")
    assert tab.evaluate(PLACES) != before
