"""The report of a leak says who read, what left and what is out; the map names every measure once."""

import json
import re
from datetime import timedelta
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest
from designated import TITLE, WORDS, designated, document
from folk import circle, person
from visitor import client

from kaname.access import api as access
from kaname.access.custody import api as custody
from kaname.ledger import clock
from kaname.papers import api as papers
from kaname.papers.leak import report
from kaname.regimes.patents.measures import MEASURES
from kaname.regimes.patents.measures_map import MAP


@pytest.fixture
def leaked(act_office, tmp_path, monkeypatch):
    """Hana took a copy and Ken approved; Ren was refused; Mio could have read and did not."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    hana, ken, mio = (person(n, "applicant", sealed=True) for n in ("Hana", "Ken", "Mio"))
    ren = person("Ren", "jpo")
    case = designated(circle("輪", hana, ken, mio, ren))
    paper = document(case, hana)
    id = custody.ask(hana, case.public_id, f"document {paper}", "download", 2, "照合のため")
    custody.answer(ken, id, "approved", "可")
    papers.fetch(hana, paper)
    papers.fetch(hana, paper)
    custody.note(hana, case.public_id, 1, "destroyed", "溶解")
    with pytest.raises(access.NotAllowed):
        access.reveal(ren, case.public_id, 1, "title")
    return hana, ren, case, paper


def rows(made, id):
    return next(s.rows for s in made.sections if s.id == id)


def test_it_tells_who_read_what_left_and_what_is_out(leaked):
    hana, _, case, paper = leaked
    today, before = clock.today(), process_time()
    made = report(hana, case.public_id, today, today, "en")
    assert process_time() - before < 5
    assert {row[0]: (row[2], row[3]) for row in rows(made, "people")} == {
        "Hana": ("yes", "1"), "Ken": ("yes", "0"), "Mio": ("yes", "0")
    }  # fmt: skip
    assert [row[6] for row in rows(made, "copies")] == ["back or destroyed", "out"]
    assert [(row[1], row[3]) for row in rows(made, "reads")] == [("Hana", f"document {paper}")] * 2
    assert [row[1] for row in rows(made, "refused")] == ["Ren"]
    assert rows(made, "requests")[0][6] == "照合のため" and len(rows(made, "open")) == 6
    assert TITLE not in json.dumps(made.data, ensure_ascii=False) and WORDS not in json.dumps(made.data)


def test_another_period_tells_of_other_readings_and_still_of_every_copy(leaked):
    hana, _, case, _ = leaked
    day = clock.today() - timedelta(40)
    made = report(hana, case.public_id, day, day)
    assert rows(made, "reads") == () and len(rows(made, "copies")) == 2
    with pytest.raises(custody.NotAsked):
        report(hana, case.public_id, clock.today(), day)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_comes_as_pdf_and_workbook(leaked, lang):
    hana, _, case, _ = leaked
    made = report(hana, case.public_id, clock.today(), clock.today(), lang)
    assert made.pdf().startswith(b"%PDF-")
    book = ZipFile(BytesIO(made.xlsx())).read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"', book) == ["report", *(s.id for s in made.sections)]


def test_pages_show_it_to_who_reads_what_is_sealed(leaked):
    hana, ren, case, _ = leaked
    for name in ("leak/", "measures/", "", "decisions/"):
        assert client(hana).get(f"/cases/{case.public_id}/custody/{name}").status_code == 200
        assert client(ren).get(f"/cases/{case.public_id}/custody/{name}").status_code == 403
    page = client(hana).get(f"/cases/{case.public_id}/custody/measures/").content.decode()
    assert all(m.id in page for m in MEASURES)
    assert client(hana).get(f"/cases/{case.public_id}/custody/leak/?as=pdf").content.startswith(b"%PDF-")
    turned = client(hana).get(f"/cases/{case.public_id}/custody/leak/?since=2027-01-01&until=2026-01-01")
    assert turned.status_code == 400


def test_the_map_names_every_measure_once():
    assert list(MAP) == [m.id for m in MEASURES] and len(MAP) == 21


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "0001-01-01"}])
def test_a_day_at_the_end_of_the_calendar_is_refused(leaked, asked):
    hana, _, case, _ = leaked
    answer = client(hana).get(f"/cases/{case.public_id}/custody/leak/", asked)
    assert answer.status_code == 400 and "暦の端の年は使えない" in answer.content.decode()
