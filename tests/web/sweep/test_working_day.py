"""A working day of three people of the demonstration, by keyboard, in each language: a reviewer of the Patent Office, a
bank's officer in charge, an officer of the ministry. What a job takes is counted: at most a fifth more than promised.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from browser import expect

# Keys from the page named, what is typed aside.
PROMISED = {
    "next item": 1, "open it": 2, "screening": 1, "find by number": 2, "date answer": 4, "classifier": 6,
    "figure with source": 2, "help": 1,
}  # fmt: skip
SYMBOLS = "F02K 7/14;B64C 39/02"


@dataclass
class Day:
    """A person before a tab who uses keys alone."""

    tab: Any
    language: str
    keys: int = 0

    def at(self, path: str) -> "Day":
        self.tab.context.add_cookies([{"name": "kaname_language", "value": self.language, "url": self.tab.site}])
        self.tab.goto(path)
        assert self.tab.evaluate("() => document.documentElement.lang") == self.language
        self.keys = 0
        return self

    def presses(self, *keys: str) -> "Day":
        for key in keys:
            self.tab.keyboard.press(key)
            self.keys += 1
        return self

    def comes_to(self, address: str) -> "Day":
        self.tab.wait_for_url(address)
        return self

    def within(self, job: str) -> None:
        assert self.keys <= PROMISED[job] * 1.2, f"{job}: {self.keys} keys, promised {PROMISED[job]}"

    def says(self, where: str) -> str:
        expect(self.tab.locator(where).first).to_be_visible()
        return str(self.tab.locator(where).first.inner_text())

    def row(self) -> str:
        return str(self.tab.evaluate("() => document.activeElement.closest('[data-row]')?.innerText ?? ''"))


@pytest.fixture(params=["ja", "en"])
def day(tour, request):
    def begun(who: str) -> Day:
        tab = tour.tab(who)
        tab.set_viewport_size({"width": 1280, "height": 900})
        return Day(tab, request.param)

    return begun


def test_a_reviewer_of_the_patent_office(day):
    jpo = day("jpo").at("/")
    assert jpo.says("main .answer")
    first = jpo.presses("j").row()
    jpo.keys = 0
    assert jpo.presses("j").row() not in ("", first)
    jpo.within("next item")
    jpo.at("/").presses("j", "Enter").comes_to("**/cases/**").within("open it")
    number = jpo.says("main .identity")
    assert jpo.says("main .answer")
    # The act that presses: on to the check page, or told what is missing, with the focus there.
    jpo.at("/").presses("j", "a").comes_to("**/act/**").presses("Control+Enter")
    jpo.tab.wait_for_function(
        "() => location.pathname.endsWith('/check/') || document.querySelector('.error-summary a')"
    )
    # By its number from anywhere.
    wanted = "".join(c for c in number.split()[0 if jpo.language == "ja" else 1] if c.isdigit())
    jpo.at("/help/").presses("/")
    jpo.tab.keyboard.insert_text(wanted)
    jpo.presses("Enter").comes_to("**/search/**").within("find by number")
    assert wanted in jpo.says("main ol.hits")
    # Symbols pasted, one key.
    jpo.at("/patents/screening/")
    jpo.tab.keyboard.insert_text(SYMBOLS)
    jpo.presses("Control+Enter").within("screening")
    jpo.says(".screened")


def test_an_officer_in_charge_of_a_bank(day):
    bank = day("bank").at("/").presses("g", "p").comes_to("**/infrastructure/board/**")
    bank.within("date answer")
    assert any(c.isdigit() for c in bank.says("main .answer")), "a day"
    bank.at("/infrastructure/board/").presses("j", "Enter").comes_to("**/cases/**").within("date answer")
    assert bank.says("main .answer")
    bank.at("/").presses("g", "h").comes_to("**/infrastructure/change/**")
    bank.keys = 0
    while bank.tab.locator("#next").count():
        before = bank.tab.url
        bank.presses("Enter")  # the first answer has the focus
        bank.tab.wait_for_function(
            "before => location.href !== before && document.readyState === 'complete'", arg=before
        )
    bank.within("classifier")
    assert bank.says("main .answer")
    bank.keys = 0
    bank.presses("?").comes_to("**/help/**").within("help")


def test_an_officer_of_the_ministry(day):
    meti = day("meti").at("/").presses("g", "a").comes_to("**/glance/**")
    meti.within("figure with source")
    figure = meti.says("main .big-numbers div:has(.big)")
    assert any(c.isdigit() for c in figure) and ("出典" if meti.language == "ja" else "Source") in figure
    meti.at("/").presses("g", "u").comes_to("**/supply/**")
    assert meti.tab.locator("main ul.tasks a").count() > 5
    meti.at("/supply/funds/")
    assert any(c.isdigit() for c in meti.says("main"))
    assert meti.tab.locator("main table").count() or meti.tab.locator("main .empty").count(), "a chart has its table"
    meti.at("/supply/board/").presses("j", "Enter").comes_to("**/cases/**").within("open it")
    assert meti.says("main .answer")
