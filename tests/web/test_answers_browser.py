"""Answers to forms about cases, in Chromium: check page, receipt, papers, renewals done, a screening under way."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from browser import assert_clean, assert_stands, follow
from django.utils import timezone

from access.folk import person
from kaname.desk.models import Screening
from kaname.ledger import clock
from web import world
from web.world import ROLES, case

LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))


@LANGUAGES
def test_from_the_form_to_the_receipt_with_a_paper(site, browse, language, tmp_path):
    """Form with a file, check page, refused form, receipt, papers."""
    paper = tmp_path / "図面（とても長い名前の書類、清書したもの）.pdf"
    paper.write_bytes(PDF)
    page = browse(person("Hana", "foreign_filer", sealed=True), language=language)
    page.goto("/new/patents.prior_confirmation/")
    page.fill("[name='act.on']", f"{date.today():%Y%m%d}")
    page.fill("[name='act.party']", world.PARTY)
    page.fill("[name='name']", world.PARTY)
    page.fill("[name='title']", "凧")
    page.set_input_files("[name='drawings.file']", str(paper))
    page.check("[name='japanese_application_filed'][value=yes]")
    follow(page, "button[value=check]")
    page.complaints = [c for c in page.complaints if "422" not in c]
    assert_stands(page, f"new_refused-{language}")
    page.check("[name='japanese_application_filed'][value=no]")
    follow(page, "button[value=check]")
    assert "/check/" in page.url
    assert_stands(page, f"new_check-{language}")
    follow(page, "main form button.button")
    assert page.url.endswith("/receipt/1/")
    assert_stands(page, f"receipt-{language}")
    page.goto(page.url.partition("receipt/")[0] + "papers/")
    assert_stands(page, f"papers-{language}")


@LANGUAGES
def test_renewals_are_clean_from_the_preview_to_the_result(browse, site, today, language):
    clerk = site.person("架空 花子", roles=ROLES)
    case("c5_05_full_life", 9)
    early = case("c5_02_end_of_february")
    page = browse(clerk, language=language)
    page.goto("/patents/renewals/")
    page.locator("main tbody input[type=checkbox]").first.check()
    page.evaluate("""id => { const box = document.querySelector('main tbody input[type=checkbox]').cloneNode();
        box.value = id; box.checked = true; box.hidden = true; document.querySelector('main form').append(box); }""",
                  early)  # fmt: skip
    follow(page, "main form button.button")
    assert page.locator(".tasks, .reasons").count()
    assert_stands(page, f"renewals_preview-{language}")
    follow(page, "main form button.button")
    assert_stands(page, f"renewals_done-{language}")


def test_a_screening_under_way_and_one_that_failed_are_clean(browse, site):
    clerk = site.person("架空 花子", roles=ROLES)
    page = browse(clerk)
    page.goto("/patents/screening/")
    page.set_input_files("#f-file", str(Path(__file__).parents[2] / "src/kaname/demo/docket.csv"))
    page.click("text=該当するか確かめる")
    page.wait_for_selector(".screened")
    one = Screening.objects.get()
    for state in (Screening.State.RUNNING, Screening.State.FAILED):
        Screening.objects.filter(pk=one.pk).update(state=state, beat_at=timezone.now() + timedelta(hours=1))
        assert_clean(page, f"/patents/screening/{one.public_id}/?{state}")
