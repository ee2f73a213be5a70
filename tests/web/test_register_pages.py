"""Report, slides, what changed and dry run at the office's doors: for the person who asks, the same by page and API."""

import json
import re
from datetime import date
from io import BytesIO

import pytest
from browser import assert_clean
from django.conf import settings
from django.test import Client
from pptx import Presentation
from pypdf import PdfReader

from access.folk import circle, key, person, recorded
from infrastructure.plans import accept, file
from kaname.access import api as access
from kaname.access.tokens import make
from kaname.ledger import api as ledger
from kaname.ledger import clock
from kaname.registers import words
from kaname.registers.picture import picture

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
PAGES = ("changes/?from=2024-06-04&to=2026-11-26", "dryrun/?version=health_care&from=2027-04-01", "dryrun/")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def minister():
    return person("Shunin", "sector_minister")


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def program(who) -> Client:
    return Client(headers={"Authorization": f"Bearer {make(who, 'test', ('read',), 30)[1]}"})


def plan() -> str:
    first = recorded(ledger.open_case("infrastructure.plan", file("2026-11-02", "2026-12-20"), idempotency_key=key()))
    recorded(ledger.perform(first.case, accept("2026-11-05"), idempotency_key=key()))
    return first.case


def said(answer) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_page_report_slides_and_api_say_the_same_figures(minister, lang):
    plan()
    shown = picture(TODAY, minister)
    pdf = login(minister).get(f"/glance/report.pdf?as_of=2026-11-26&lang={lang}")
    pptx = login(minister).get(f"/glance/slides.pptx?as_of=2026-11-26&lang={lang}")
    assert pdf["Content-Type"] == "application/pdf" and pdf["Cache-Control"] == "no-store"
    told = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split())
    slides = "".join(
        "".join(s.text_frame.text.split())
        for slide in Presentation(BytesIO(pptx.content)).slides for s in slide.shapes if s.has_text_frame
    )  # fmt: skip
    for figure in shown.figures():
        assert "".join(words.figure(figure, lang).split()) in told
        assert "".join(words.figure(figure, lang).split()) in slides
    for name, answer in (("report.pdf", pdf), ("slides.pptx", pptx)):
        by_api = program(minister).get(f"/api/v1/glance/{name}?as_of=2026-11-26&lang={lang}")
        assert (by_api.content == answer.content) is True  # compared so, lest two files are told byte by byte


def test_each_reader_gets_their_own(minister):
    """A case in a circle that the reader is not of changes no byte of what is drawn for them."""
    stranger, insider = person("Stranger"), person("Insider", "sector_minister")
    hidden = plan()
    access.place(insider, hidden, circle("Dark", insider).public_id)
    for door in ("/glance/report.pdf", "/glance/slides.pptx", *(f"/glance/{page}" for page in PAGES)):
        ours, theirs, inside = (body(login(who).get(door)) for who in (minister, stranger, insider))
        # Told as words: two files that differ would else be compared byte by byte.
        found = {"alike": ours == theirs, "named": hidden.encode() in ours, "inside": inside == ours}
        assert found == {"alike": True, "named": False, "inside": False}, door


def body(answer) -> bytes:
    """A file whole; of a page what it says, without the frame that greets its reader."""
    main = re.search(rb'<div class="text.*?(?=<aside|</main)', answer.content, flags=re.S)
    return main[0] if main else answer.content


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_changed_tells_the_law_and_the_cases(minister, language):
    plan()
    text = said(login(minister, language).get("/glance/changes/?from=2026-11-01&to=2026-11-26"))
    assert ("特定社会基盤" in text or "導入等計画書" in text) is (language == "ja")
    assert ("introduction plan" in text) is (language == "en")
    found = program(minister).get("/api/v1/glance/changes?from=2026-11-01&to=2026-11-26").json()
    cases = [c for c in found["changes"] if c["subject"] == "cases"]
    assert cases and all(c["before"] == 0 and c["after"] == 1 for c in cases)
    assert all(c["subject"] != "cases" for c in program(person("X")).get(
        "/api/v1/glance/changes?from=2026-11-01&to=2026-11-26").json()["changes"])  # fmt: skip


def test_what_changed_can_be_taken_away(minister):
    answer = login(minister).get("/glance/changes/?from=2024-06-04&to=2026-11-26&csv=1")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("区分,") and any("supply.products,特定重要物資,12,16" in line for line in lines)


def test_the_dry_run_counts_what_it_reaches(minister):
    plan()
    text = said(login(minister).get("/glance/dryrun/?version=health_care&from=2027-04-01"))
    assert "新しい版は1件の案件に及び" in text and "まだ定められていない" in text
    found = program(minister).get("/api/v1/glance/dryrun/health_care?from=2027-04-01").json()
    assert found["affected"][0]["cases"] == 1 and found["begins"][0]["last"] == "2027-10-01"


@pytest.mark.parametrize("door", [
    "/glance/report.pdf?as_of=2020-01-01", "/glance/report.pdf?as_of=tomorrow", "/glance/slides.pptx?lang=fr",
    "/glance/changes/?from=2020-01-01", "/glance/changes/?to=nonsense", "/glance/dryrun/?version=moon",
    "/glance/dryrun/?version=health_care&from=2028-01-01",
])  # fmt: skip
def test_bad_input_is_told_and_nothing_falls_over(minister, door):
    for language in ("ja", "en"):
        answer = login(minister, language).get(door)
        assert answer.status_code == 400 and "<h1>" in answer.content.decode()


def test_bad_input_of_programs_names_the_field(minister):
    ask = program(minister)
    for path, field in (("report.pdf?as_of=2020-01-01", "as_of"), ("changes?from=2020-01-01", "from"),
                        ("dryrun/health_care?from=2028-01-01", "from")):  # fmt: skip
        answer = ask.get(f"/api/v1/glance/{path}")
        assert answer.status_code == 422 and json.loads(answer.content)["errors"][0]["field"] == field
    assert ask.get("/api/v1/glance/dryrun/moon?from=2027-04-01").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_clean_in_a_browser(site, browse, path):
    assert_clean(browse(site.person("主任", roles=("sector_minister",))), f"/glance/{path}")
