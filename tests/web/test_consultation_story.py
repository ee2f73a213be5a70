"""METI asks MOF about a plan, by the real pages: reminded, the drafter puts a text up, the section head returns it,
it is redone, section head and director general sign, the answer goes out and stands at the act that waited for it.

Everything is invented. What each side may not see is asked for on the way.
"""

from datetime import timedelta

import pytest
from browser import assert_clean, follow

from consult.authorities import ASKED, ASKS, INQUIRY, OPINION, file_plan, grant
from desk import Desk
from kaname.consult import api as consult
from kaname.ledger import clock

SUBJECT, QUESTION = "認定の案についての協議", "この計画を認定する案に意見があるか。"
PRESSED = "認定の予定に間に合わせるため、今週中に要る。"
FIRST, SECOND = "異議はありません。", "異議はありませんが、資金計画の時期を明らかにされたい。"
TOLD = {
    "ja": {"asked": "協議・照会を受けた機関", "level": "課長級の決裁待ち", "returned": "差し戻し",
           "late": "回答を求めた日", "answered": "回答済", "gate": "協議・照会の回答だけでは記録されません",
           "approved": "決裁済", "reminded": "督促済"},
    "en": {"asked": "authority that is asked", "level": "with the section head", "returned": "Returned",
           "late": "Answer asked for by", "answered": "Answered", "gate": "An answer alone records nothing",
           "approved": "Approved", "reminded": "reminded"},
}  # fmt: skip
SIDES = {"meti": "経済 桜", "drafter": "財政 起子", "head": "課長 決", "director": "局長 裁"}
ROLES = {
    "meti": (("product_minister", "supply.plan", ""), ("applicant", "supply.plan", ""),
             ("asking_authority", INQUIRY, ASKS)),
    "drafter": (("asked_authority", INQUIRY, ASKED), ("opinion_drafter", OPINION, ASKED)),
    "head": (("section_head", OPINION, ASKED),), "director": (("director_general", OPINION, ASKED),),
}  # fmt: skip


@pytest.fixture
def sides(site, browse):
    """The four people, each at a tab in a language."""
    house = site.office("架空省", "authority", "Kaku Ministry")
    people = {who: site.person(name, office=house) for who, name in SIDES.items()}
    for who, held in ROLES.items():
        for role, kind, party in held:
            grant(people[who], role, kind, party)

    def opened(language):
        desks = {}
        for who, one in people.items():
            tab = browse(None, language=language)
            tab.set_default_timeout(120_000)
            desks[who] = Desk(site, tab, one, f"consultation-{who}").comes()
        return desks

    return opened


@pytest.mark.parametrize("language", ["ja", "en"])
def test_asked_drafted_returned_redone_signed_answered(site, sides, language):
    told, desks = TOLD[language], sides(language)
    meti, drafter, head, director = (desks[who] for who in SIDES)
    plan = file_plan(meti.person)
    consult.set_route(ASKED, ["section_head", "director_general"])

    # METI asks, in one form, and sees with whom it lies.
    meti.opens(f"/cases/{plan}/consultation/")
    assert_clean(meti.tab, f"/cases/{plan}/consultation/", (language,))
    meti.opens(f"/cases/{plan}/consultation/ask/")
    assert_clean(meti.tab, f"/cases/{plan}/consultation/ask/", (language,))
    meti.fills(sort="consultation", asked=ASKED, subject=SUBJECT, question=QUESTION, waiting_act="plan.consult",
               tell_entries="1", reply_by=f"{clock.today() + timedelta(7):%Y/%m/%d}")  # fmt: skip
    meti.checks()
    assert QUESTION in meti.said()
    follow(meti.tab, "main form button.button")
    assert "/receipt/1/" in meti.tab.url
    inquiry = meti.tab.url.removeprefix(site.url).split("/")[2]
    assert told["asked"] in meti.opens(f"/cases/{plan}/consultation/")

    # MOF finds it in its inbox, and of the plan what was told, and nothing else.
    drafter.opens("/")
    assert inquiry in drafter.tab.content()
    said = drafter.opens(f"/cases/{inquiry}/consultation/")
    assert QUESTION in said and told["late"] in said
    assert plan not in drafter.tab.content()
    assert_clean(drafter.tab, f"/cases/{inquiry}/consultation/", (language,))
    drafter.opens(f"/cases/{plan}/consultation/", 404)

    # Nothing comes, so METI reminds, with a new day; MOF reads why it is pressed.
    meti.does(inquiry, "inquiry.remind", says=PRESSED, reply_by=f"{clock.today() + timedelta(5):%Y/%m/%d}")
    assert told["reminded"] in meti.opens(f"/cases/{inquiry}/")
    drafter.opens(f"/cases/{inquiry}/history/")
    drafter.tab.locator("main details summary").evaluate_all("all => all.forEach(one => one.parentElement.open = true)")
    assert PRESSED in drafter.said()

    # An opinion by the levels that the ministry has set; the first text goes to the section head.
    drafter.opens(f"/cases/{inquiry}/consultation/begin/")
    assert_clean(drafter.tab, f"/cases/{inquiry}/consultation/begin/", (language,))
    assert drafter.tab.locator('[name="route"]:checked').count() == 2
    follow(drafter.tab, "main form button.button")
    opinion = drafter.tab.url.removeprefix(site.url).split("/")[2]
    drafter.does(opinion, "opinion.draft", outcome="agreed", text=FIRST)
    assert told["level"] in meti.opens(f"/cases/{inquiry}/consultation/").replace("With", "with")
    assert FIRST not in meti.tab.content()
    meti.opens(f"/cases/{opinion}/consultation/", 404)

    # Returned with a reason, redone, signed twice.
    assert FIRST in head.opens(f"/cases/{opinion}/consultation/")
    head.does(opinion, "opinion.return_section_head", reason="資金計画の時期に触れること")
    assert told["returned"] in drafter.opens(f"/cases/{opinion}/consultation/")
    drafter.does(opinion, "opinion.draft", outcome="comments", text=SECOND)
    head.does(opinion, "opinion.sign_section_head", remark="これでよい")
    director.does(opinion, "opinion.sign_director_general")
    said = director.opens(f"/cases/{opinion}/consultation/")
    assert told["approved"] in said and SIDES["head"] in said and SIDES["director"] in said
    assert_clean(director.tab, f"/cases/{opinion}/consultation/", (language,))
    director.pictured("opinion")

    # The answer goes out, and stands at the act that waited for it; that act is still to be recorded.
    drafter.opens(f"/cases/{inquiry}/consultation/answer/")
    assert_clean(drafter.tab, f"/cases/{inquiry}/consultation/answer/", (language,))
    follow(drafter.tab, "main form button.button")
    assert "/receipt/" in drafter.tab.url
    said = meti.opens(f"/cases/{inquiry}/consultation/")
    assert SECOND in said and told["answered"] in said
    gate = meti.opens(f"/cases/{plan}/act/plan.consult/")
    assert SUBJECT in gate and told["gate"] in gate
    assert_clean(meti.tab, f"/cases/{plan}/act/plan.consult/", (language,))
    meti.opens("/consultations/")
    assert_clean(meti.tab, "/consultations/", (language,))
    assert consult.of_opinion(drafter.person, opinion).state == "issued"
