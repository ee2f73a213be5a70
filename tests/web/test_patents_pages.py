"""The patent pages answer in both languages with what the ledger holds, and with nothing of what is hidden."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kaname.access.models import Compartment, Mandate, Placement
from kaname.desk.models import Measure
from kaname.ledger import clock
from kaname.ledger.models import Case
from kaname.regimes.patents.statistics import PUBLISHED
from web.world import case, clerk

pytestmark = pytest.mark.django_db
PAGES = ("designations", "renewals", "sharing", "statistics", "docket", "planner", "screening")


@pytest.fixture
def office(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A clerk who may act in every role, on a day on which the designated case of C5-05 stands."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    client.force_login(clerk())
    return client


def text(response: object) -> str:
    assert getattr(response, "status_code", None) == 200, response
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def rows(response: object) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:])))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_empty_and_full_in_both_languages(page: str, language: str, office: Client) -> None:
    office.cookies["kaname_language"] = language
    text(office.get(f"/patents/{page}/"))
    case("c5_05_full_life", 9)
    case("c5_02_end_of_february")
    full = text(office.get(f"/patents/{page}/"))
    japanese = re.findall(r"[ぁ-ん]{3,}", full.replace("日本語", ""))
    assert bool(japanese) is (language == "ja"), japanese[:5]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_a_login(page: str, client: Client) -> None:
    assert client.get(f"/patents/{page}/").status_code == 302


# -- registers -------------------------------------------------------------------------------------------------------


def test_the_register_lists_what_stands(office: Client) -> None:
    case("c5_05_full_life", 9)
    case("c5_02_end_of_february")
    (_, line) = rows(office.get("/patents/designations/?csv"))
    assert line[1:6] == ["2026-06-15", "2026-06-16", "2027-06-14", "0", "A"]
    assert "2027-06-14" in text(office.get("/patents/designations/"))


def test_what_is_hidden_is_neither_listed_nor_counted(office: Client) -> None:
    """Twin worlds: with a hidden designated case and without, every page is the same."""
    case("c5_02_end_of_february")
    before = [office.get(f"/patents/{p}/").content for p in PAGES[:5]]
    hidden = case("c5_05_full_life", 9)
    assert office.get("/patents/designations/").content != before[0]
    secret = Compartment.objects.create(name="secret")
    Placement.objects.create(case=Case.objects.get(public_id=hidden), compartment=secret)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    after = [office.get(f"/patents/{p}/").content for p in PAGES[:5]]
    assert [token.sub(b"", a) for a in after] == [token.sub(b"", b) for b in before]
    assert office.get(f"/cases/{hidden}/measures/").status_code == 404
    assert office.get(f"/patents/planner/?case={hidden}").status_code == 404


def test_operators_and_what_they_owe(office: Client) -> None:
    case("c5_05_full_life", 9)
    shown = text(office.get("/patents/sharing/"))
    assert "A" in shown and "指定時の共有事業者" in shown and "措置を講じる" in shown


# -- renewal ---------------------------------------------------------------------------------------------------------


def test_extensions_are_previewed_done_once_each_and_refused_apart(office: Client) -> None:
    ready, early = case("c5_05_full_life", 9), case("c5_05_full_life", 8)
    first = office.post("/patents/renewals/", {"step": "preview", "act": "hear", "case": [ready]})
    done = {"step": "do", "act": "hear", "case": [ready], "key": _key(first)}
    assert "1件を記録" in text(office.post("/patents/renewals/", done))
    asked = {"step": "preview", "act": "extend", "case": [ready, early], "need": "1"}
    preview = office.post("/patents/renewals/", asked)
    shown = text(preview)
    assert "1件はできます。1件はできません。" in shown
    assert "2028年6月14日" in shown and "意見聴取がない" in shown
    done = {"step": "do", "act": "extend", "case": [ready], "need": "1", "key": _key(preview)}
    one, two = (text(office.post("/patents/renewals/", done)) for _ in range(2))
    assert one == two and "1件を記録" in one  # sent twice, recorded once
    assert Case.objects.get(public_id=ready).head_seq == 11
    assert Case.objects.get(public_id=early).head_seq == 8


def test_without_a_mandate_nothing_is_done(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    client.force_login(clerk("reader", "applicant"))
    id = case("c5_05_full_life", 9)
    assert "権限がありません" in text(
        client.post("/patents/renewals/", {"step": "preview", "act": "hear", "case": [id]})
    )
    client.post("/patents/renewals/", {"step": "do", "act": "hear", "case": [id], "key": "a" * 32})
    assert Case.objects.get(public_id=id).head_seq == 9


def _key(response: object) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{32})"', response.content.decode())  # type: ignore[attr-defined]
    assert found
    return found[1]


# -- checklist -------------------------------------------------------------------------------------------------------


def test_the_checklist_keeps_every_line_and_asks_operators_one_more(office: Client) -> None:
    id = case("c5_05_full_life", 9)
    page = f"/cases/{id}/measures/"
    assert "20の措置" in text(office.get(page)) or "20のうち" in text(office.get(page))
    assert "1-ヘ" not in text(office.get(page)) and "1-ヘ" in text(office.get(page + "?party=A"))
    for evidence in ("規程第3条", "規程第3条", "規程第4条"):
        office.post(page, {"party": "", "1-イ.status": "taken", "1-イ.evidence": evidence})
    lines = Measure.objects.filter(measure="1-イ").order_by("pk")
    assert [x.evidence for x in lines] == ["規程第3条", "規程第4条"]  # the same again is no new line
    shown = text(office.get(page))
    assert "規程第3条" in shown and "clerk" in shown and "20のうち1" in shown
    assert office.get(page + "?party=Z").status_code == 404
    assert office.post(page, {"party": "Z"}).status_code == 404


def test_who_only_reads_writes_nothing(client: Client) -> None:
    reader = clerk("reader", "applicant")
    Mandate.objects.filter(person=reader).update(may_act=False)
    client.force_login(reader)
    id = case("c5_05_full_life", 9)
    assert "1-イ" in text(client.get(f"/cases/{id}/measures/"))
    assert client.post(f"/cases/{id}/measures/", {"1-イ.status": "taken"}).status_code == 404
    assert not Measure.objects.exists()


# -- statistics, docket ----------------------------------------------------------------------------------------------


def test_the_figures_of_a_year(office: Client) -> None:
    case("c5_05_full_life", 9)
    case("not_sent")
    lines = {line[1]: line[2:] for line in rows(office.get("/patents/statistics/?year=2024&csv"))[1:]}
    assert [line[0] for line in lines.values()] == [str(n) for n in (90, 0, 0, 0, 1305, 630)]
    assert PUBLISHED[0].figures.sent == 90
    own = {line[1]: line[3] for line in rows(office.get("/patents/statistics/?year=2025&csv"))[1:]}
    assert own["送付"] == "1" and own["保全指定"] == "0"
    this = {line[1]: line[3] for line in rows(office.get("/patents/statistics/?csv"))[1:]}
    assert this["保全指定"] == "1" and this["年度末の指定"] == "1"


def test_the_docket_holds_every_clock_of_the_range(office: Client) -> None:
    case("c5_05_full_life", 9)
    lines = rows(office.get("/patents/docket/?from=20270601&to=20270630&csv"))[1:]
    assert [line[0] for line in lines] == ["2027-06-14"]
    assert "2027年6月14日" in text(office.get("/patents/docket/?from=20270601&to=R9.6.30"))
    assert office.get("/patents/docket/?from=x").status_code == 400
    assert office.get("/patents/docket/?from=20270601&to=20260101").status_code == 400


def test_cells_that_a_spreadsheet_would_run_are_made_safe() -> None:
    from kaname.web.sheet import safe

    assert safe("=1+1") == "'=1+1" and safe("@x") == "'@x" and safe("-2") == "-2" and safe("+81 3") == "'+81 3"
    assert safe(date(2026, 1, 2)) == "2026-01-02" and safe(None) == ""


def test_the_planner_reads_a_case_and_refuses_another_kind(office: Client) -> None:
    id = case("c5_02_end_of_february")
    assert "2025年6月1日" in text(office.get(f"/patents/planner/?case={id}"))
    other = case("guideline", kind="patents.guideline")
    assert office.get(f"/patents/planner/?case={other}").status_code == 404


# -- a case out of a row ---------------------------------------------------------------------------------------------


def test_a_row_fills_the_form_of_a_new_case_and_records_nothing(office: Client) -> None:
    given = {
        "ipc": "F02K 7/14",
        "filing_date": "20250228",
        "title": "架空の噴流機関",
        "application_id": "特願2025-000001",
    }
    address = office.post("/patents/screening/", given)["Location"]
    office.post(f"{address}answer/", {"row": "0", "answer": "requirement_1:yes"})
    answered = office.post(f"{address}open/", {"row": "0"})
    assert answered["Location"] == "/new/patents.application/"
    form = office.get(answered["Location"]).content.decode()
    for value in ("F02K 7/14", "2025/02/28", "架空の噴流機関", "特願2025-000001"):
        assert value in form
    assert re.search(r'name="requirement_1" value="yes" checked', form)
    assert not Case.objects.exists()
    assert office.post(f"{address}open/", {"row": "7"}).status_code == 404


def test_each_page_about_all_applications_leads_to_the_others(office: Client) -> None:
    for name in PAGES:
        page = office.get(reverse(name)).content.decode()
        doors = page[page.index('<nav class="tabs"') :].partition("</nav>")[0]
        assert all(f'href="{reverse(other)}"' in doors for other in PAGES)
        assert f'href="{reverse(name)}" aria-current="page"' in doors


@pytest.mark.parametrize(("upto", "there"), [(1, False), (9, True)])
def test_the_measures_are_a_tab_once_there_is_a_designation(office: Client, upto: int, there: bool) -> None:
    id = case("c5_05_full_life", upto)
    assert (f'href="/cases/{id}/measures/"' in office.get(f"/cases/{id}/").content.decode()) is there
