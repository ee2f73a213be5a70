"""The pages of critical infrastructure in Chromium: clean everywhere, without script, in the keys promised."""

from datetime import date

import pytest
from browser import assert_clean, expect, follow

from infrastructure.plans import accept, act, extend, file, recommend
from kaname.ledger import clock
from web.test_infrastructure_pages import designated, plan

PROMISED = {"date answer": 4, "classifier": 6}  # keys, and answers
CHANGE = "/infrastructure/change/?plan=introduction&stage=before&subject=supplier&aspect=address"
POWER = "?sector=electricity&business=general_transmission&facility=balancing&event=introduction&supplier=third"


@pytest.fixture
def minister(site, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2024, 9, 5))
    return site.person("架空 五郎", roles=("sector_minister", "operator"))


@pytest.fixture
def plans(minister):
    """An operator, and plans in every look a line of the board can have."""
    designated()
    plan(file("2024-09-01"))
    plan(file("2024-07-01"), accept("2024-07-10"))
    plan(file("2024-08-10"), accept("2024-08-18"), extend("2024-09-02"), *recommend("2024-09-03", "2024-09-04"),
         act("recommendation_order.refuse", "2024-09-05", by="operator", reasons="理由", reply="通知"))  # fmt: skip
    plan(file("2024-08-10"), accept("2024-08-18"), extend("2024-09-02"))
    return plan(file("2024-08-10", "2024-09-10"), accept("2024-08-18"))


@pytest.mark.parametrize(
    "page",
    ["board/", "board/?state=done", "operators/", "sectors/", "sectors/finance/", "scope/?sector=electricity",
     f"scope/{POWER}&designated=yes&designated_on=20240201&on=20250301"],
)  # fmt: skip
def test_pages_are_clean(page, browse, minister, plans):
    assert_clean(browse(minister), f"/infrastructure/{page}")


def test_the_classifier_is_clean_at_each_of_its_steps(browse, minister, plans):
    tab = browse(minister)
    for path in (
        "/infrastructure/change/",
        CHANGE,
        f"{CHANGE}&before=日本&after=SG",
        f"{CHANGE}&before=日本&case={plans}",
    ):
        assert_clean(tab, path, languages=("ja",))


def test_the_date_takes_no_more_keys_than_promised(browse, minister, plans):
    """From the inbox: `g p`, and the answer stands there."""
    tab = browse(minister)
    tab.goto("/")
    keys = ["g", "p"]
    for key in keys:
        tab.keyboard.press(key)
    expect(tab.locator(".answer")).to_contain_text("2024年9月17日（火）から")
    assert len(keys) <= PROMISED["date answer"]


def test_a_usual_change_takes_six_answers_and_works_without_script(browse, minister, plans):
    tab = browse(minister, script=False)
    tab.goto("/infrastructure/change/")
    answers = ["特定重要設備の導入", "導入の前", "設備の供給者", "住所"]
    for answer in answers:
        follow(tab, f"ul.tasks a:text-is('{answer}')")
    for name, value in (("before", "日本"), ("after", "シンガポール")):
        tab.fill(f"#f-{name}", value)
        answers.append(value)
    follow(tab, "main form .buttons button")
    assert tab.inner_text(".answer p").startswith("重要な変更です。")
    assert len(answers) <= PROMISED["classifier"]
    tab.select_option("#f-case", plans)
    follow(tab, "text=この計画で手続に進む")
    follow(tab, "section.next a.button")
    assert f"/cases/{plans}/act/plan_change.propose/?run=c1" in tab.url


def test_the_wizard_goes_from_question_to_answer_without_script(browse, minister):
    tab = browse(minister, script=False)
    tab.goto("/infrastructure/scope/")
    for told in (
        {"sector": "electricity"}, {"business": "general_transmission", "event": "introduction", "designated": "yes"},
        {"facility": "balancing", "supplier": "third"},
    ):  # fmt: skip
        for name, value in told.items():
            tab.select_option(f'[name="{name}"]', value)
        follow(tab, "main form .buttons button")
    tab.fill('[name="designated_on"]', "R6.2.1")
    follow(tab, "main form .buttons button")
    assert "あらかじめ導入等計画書の届出が要ります" in tab.inner_text(".answer")
