"""Chapter 4 by the real pages: a concept, a call, a proposal adopted and contracted, a project with a council whose
members alone know of its room; a paper handed over, opened with the reader's name on it, a result checked before it is
published, a member who leaves and is refused; a gate, and the result handed over to use.

The days are those of a calendar the test turns; the call closes on Thursday 2026-05-28. Everything is invented.
"""

from datetime import date

import pytest
from browser import follow
from council_cases import pdf

from access.folk import LONG_AGO, circle, key, recorded
from desk import PASSWORD, Desk
from kaname.access import api as access
from kaname.access.models import Mandate
from kaname.ledger import clock, reading
from kaname.procedure import Entry
from papers.test_marks import words

CONCEPT, TITLE, COUNCIL = "衛星群の自動運用の構想（見本）", "衛星群の自律運用（見本）", "衛星群協議会（見本）"
PAPER = "観測の要求性能（見本）"
KINDS = tuple(f"technology.{name}" for name in ("concept", "call", "project"))
ROLES = {
    "office": ("cabinet_office", "prime_minister"), "agency": ("funding_agency", "program_officer", "program_director",
    "reviewers"), "minister": ("fund_minister", "convening_minister", "members", "need_ministries"),
    "secretary": ("council_secretariat", "provider"), "lead": ("lead_researcher", "lead_institution", "member",
    "recipient"),
}  # fmt: skip
IN_COUNCIL = ("minister", "secretary", "lead")
TOLD = {
    "ja": {"board": "課題まで進んでいます", "room": "公表前の確認", "mark": "開くと、名と時刻が入ります",
           "gone": "この画面が最後です", "duty": "続く（退任後も）", "gate": "次のステージゲートは2027年3月31日（水）",
           "handed": "社会実装へ引継ぎ"},
    "en": {"board": "It has reached a project", "room": "To check before publication",
           "mark": "opens with your name and the time", "gone": "this is its last page", "duty": "goes on",
           "gate": "Next stage gate: 31 Mar 2027 (Wed)", "handed": "handed over"},
}  # fmt: skip


@pytest.fixture
def desk(site, browse):
    house = site.office("架空省", "authority", "Kaku Ministry")
    names = {"office": "内閣 文", "agency": "機構 明", "minister": "大臣 学", "secretary": "事務 律", "lead": "研究 光"}
    folk = {who: site.person(name, office=house) for who, name in names.items()}
    for who, person in folk.items():
        kinds = (*KINDS, "technology.council") if who in IN_COUNCIL else KINDS
        for kind in kinds:
            for role in ROLES[who]:
                Mandate.objects.create(person=person, role=role, kind=kind, sealed=True, valid_from=LONG_AGO)

    def opened(who: str, language: str) -> Desk:
        tab = browse(None, language=language)
        tab.set_default_timeout(120_000)
        return Desk(site, tab, folk[who], f"technology-{who}")

    return opened


def opens(who: Desk, kind: str, act: str, **typed) -> str:
    """A case by its first act, from its form; its id."""
    who.opens(f"/new/{kind}/?act={act}")
    return recorded_as(who, act, typed)


def does(who: Desk, case: str, act: str, run: str = "", **typed) -> None:
    who.opens(f"/cases/{case}/act/{act}/" + (f"?run={run}" if run else ""))
    recorded_as(who, act, typed)


def recorded_as(who: Desk, act: str, typed) -> str:
    who.fills(**typed)
    who.checks()
    assert "/check/" in who.tab.url, (act, who.said())
    who.records()
    return who.tab.url.removeprefix(who.site.url).split("/")[2]


def meanwhile(who: Desk, case: str, *acts: tuple) -> None:
    """Acts whose forms say nothing new, by the office's own door: name, run and data."""
    for name, run, data in acts:
        entry = Entry(name, clock.today(), data, run)
        recorded(access.act(who.person, case, entry, idempotency_key=key()))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_concept_to_its_use_with_a_council(site, desk, on, language):
    told = TOLD[language]
    office, agency, minister, secretary, lead = (desk(who, language) for who in ROLES)

    # A concept for technologies of the first vision, decided and published.
    on("2026-04-01", office, agency)
    concept = opens(office, "technology.concept", "concept.record_vision", vision_number="1")
    does(office, concept, "concept.draft_concept", concept_title=CONCEPT, type="project",
         vision_technologies=["SPA-02"], goals="十機の衛星を人手なしで運用する", max_budget_yen="8,000,000,000",
         max_period="60", funding_agency="jst")  # fmt: skip
    meanwhile(office, concept, ("concept.decide_concept", "", {}), ("concept.publish_concept", "", {}))

    # The call closes on Thursday 2026-05-28; a proposal comes in, is reviewed, adopted and contracted.
    call = opens(agency, "technology.call", "call.open_call", call_id="見本-1", concept=CONCEPT, published="yes",
                 theme_slots="1", close_at__day="2026/05/28", close_at__time="12:00",
                 max_budget_yen="8000000000")  # fmt: skip
    assert "2026-05-28" in agency.opens("/technology/calls/")
    on("2026-05-27", lead)
    does(lead, call, "proposal.submit_proposal", act__run="p1", title=TITLE, submitted_at__day="2026/05/27",
         submitted_at__time="9:00", lead_researcher=lead.person.name, erad_researcher="00000011",
         erad_institution="0000000011", budget_by_year__0__year="2026", budget_by_year__0__yen="3000000000",
         integrity="yes", council="yes")  # fmt: skip
    on("2026-05-28", agency)
    review = [{"reviewer": "評価 甲", "declared": True, "conflict": False, "score": 5}]
    meanwhile(agency, call, ("call.close_call", "", {}),
              ("proposal.check_form", "p1", {"no_duplication": True, "integrity_checked": True}),
              ("proposal.review_documents", "p1", {"scores": review}), ("proposal.interview", "p1", {}))  # fmt: skip
    does(agency, call, "proposal.adopt", "p1", amount_ceiling="3000000000", director_opinion="yes", informed="yes")
    term = {"contract_id": "見本-契約-1", "period_start": "2026-06-01", "period_end": "2029-03-31"}
    meanwhile(agency, call, ("proposal.adjust_plan", "p1", {"agreed_plan": "調整後の計画"}),
              ("proposal.contract", "p1", {**term, "amount": 2_900_000_000, "safety_in_place": True}))  # fmt: skip

    # The project: maturity, a gate in the plan, budget by year.
    on("2026-06-08", agency, minister, secretary, lead)
    project = opens(agency, "technology.project", "project.take_up", title=TITLE, concept=CONCEPT,
                    technologies=["SPA-02"], contract_id="見本-契約-1", period_start="2026/06/01",
                    period_end="2029/03/31", amount="2900000000", budget_by_year__0__year="2026",
                    budget_by_year__0__yen="2900000000", funding_agency="jst", lead_researcher=lead.person.name,
                    trl_now="3", trl_goal="6", gates__0__gate_no="1", gates__0__due="2027/03/31",
                    gates__0__criteria="三機の自律運用")  # fmt: skip
    assert told["board"] in agency.opens("/technology/board/SPA-02/")
    assert told["gate"] in agency.opens(f"/cases/{project}/project/")
    agency.pictured("project")

    # The council, born in a compartment: the agency sees the project, and no council.
    room = circle(COUNCIL, minister.person, secretary.person, lead.person)
    for who in (minister, secretary, lead):
        who.comes()  # to be let in ends the sessions of before
    council = opens(minister, "technology.council", "fund_council.identify_lead", research=TITLE,
                    lead_researcher=lead.person.name, paid_from_fund="yes",
                    act__compartment=room.public_id)  # fmt: skip
    does(lead, council, "fund_council.record_consent", form="書面")
    does(minister, council, "fund_council.organise_jointly", council_name=COUNCIL, covered_projects=TITLE,
         with_prime_minister="yes")  # fmt: skip
    meanwhile(minister, council, ("fund_council.set_rules", "", {"rules_text": "規約"}),
              ("fund_council.start", "", {}))  # fmt: skip
    does(secretary, council, "membership.register_engaged_person", "lead", name=lead.person.name,
         organisation="見本大学", duty_explained_on="2026/06/08")  # fmt: skip
    assert COUNCIL in minister.opens("/technology/rooms/") and COUNCIL in lead.opens("/technology/board/SPA-02/")
    for page in ("/technology/rooms/", "/technology/board/SPA-02/", "/technology/secrecy/", "/search/?q=見本協"):
        assert COUNCIL not in agency.opens(page)
    agency.opens(f"/cases/{council}/room/", status=404)

    # A paper is offered, its handling agreed, handed over as a file, and opened with the reader's name on it, once they
    # have proved who they are.
    does(secretary, council, "sharing.offer", act__run="s1", title=PAPER)
    does(lead, council, "sharing.agree_handling", "s1", recipients=lead.person.name, places="研究室2", copy_limit="0",
         secret="yes", understood="yes")  # fmt: skip
    secretary.opens(f"/cases/{council}/act/sharing.share/?run=s1")
    file = {"name": f"{PAPER}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    with secretary.tab.expect_response(lambda r: r.request.method == "POST"):  # the effect is drawn again first
        secretary.tab.set_input_files('[name="papers.file"]', files=[file])
    recorded_as(secretary, "sharing.share", {})
    shown = lead.opens(f"/cases/{council}/room/")
    assert PAPER in shown and told["mark"] in shown
    lead.pictured("room")
    link = lead.tab.locator("main .papers a").first
    paper = link.get_attribute("href")
    follow(lead.tab, link)
    lead.tab.fill("input[name=password]", "correct horse battery")
    with lead.tab.expect_download() as coming:
        lead.tab.click("main form .button")
    copy = coming.value.path().read_bytes()
    assert lead.person.name in words(copy)[0] and "2026-06-08" in words(copy)[0]
    log = secretary.opens(f"/cases/{council}/room/")
    assert lead.person.name in log and f"{PAPER}.pdf" in log

    # What rests on it is checked before it is published.
    on("2026-07-01", lead, secretary)
    meanwhile(lead, council, ("sharing.use", "s1", {"person": lead.person.name, "measures_taken": True}))
    does(lead, council, "sharing.ask_publication", "s1", paper="論文の原稿", deadline="2026/07/31")
    assert told["room"] in secretary.opens(f"/cases/{council}/room/")
    follow(secretary.tab, 'a[href*="act/sharing.hold_back"]')
    recorded_as(secretary, "sharing.hold_back", {"reason": "数値が推知される"})

    # The lead researcher leaves: recorded and shut out in one step; the duty goes on.
    on("2026-08-03", lead, secretary)
    assert PAPER in lead.opens(f"/cases/{council}/room/leave/")
    lead.pictured("leave")
    lead.fills(returned="八月中に返す")
    lead.tab.locator('[name="people"]').and_(lead.tab.locator(f'[value="{lead.person.public_id}"]')).check()
    follow(lead.tab, "main form button.danger")
    lead.tab.fill('input[name="password"]', PASSWORD)  # grave: asked again
    follow(lead.tab, "main form button")
    assert told["gone"] in lead.said()
    lead.comes()
    for gone in (f"/cases/{council}/room/", f"/cases/{council}/", str(paper)):
        lead.opens(gone, status=404)
    assert told["duty"] in lead.opens("/technology/secrecy/")
    lead.pictured("secrecy")
    kept = secretary.opens("/technology/secrecy/")
    assert lead.person.name in kept and PAPER in kept and told["duty"] in kept
    assert reading.standing(council).state("membership", "lead") == "left"

    # The gate, and the result handed over to use.
    on("2027-03-15", agency, minister)
    meanwhile(lead, project, ("project.prepare_gate", "", {"gate_no": 1}))
    does(agency, project, "project.review_gate", reviewers="評価 甲", score="4", opinion="継続が適当")
    meanwhile(agency, project, ("project.continue", "", {}))
    meanwhile(lead, project, ("project.resume", "", {"phase": "実証"}),
              ("project.complete", "", {"final_report": "最終報告書", "trl_final": 6}))  # fmt: skip
    meanwhile(agency, project, ("project.evaluate", "", {}))
    does(minister, project, "project.hand_over", procurement="災害の観測に使う")
    assert told["handed"] in minister.opens("/technology/projects/")
    standing = reading.standing(project)
    assert standing.state("project") == "handed_over" and standing.notes == ()
    assert standing.tracks["project"].since == date(2027, 3, 15)
