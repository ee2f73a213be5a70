"""Lists and forms as workbooks: nothing in them runs, codes stay codes; a form goes out and comes back the same."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kaname.access import api as access
from kaname.files.sheets import sheets_of
from kaname.papers.packages import sheet
from kaname.papers.packages.typed import as_typed
from kaname.procedure.index import index
from kaname.regimes import KINDS
from kaname.web.read import read_form
from kaname.web.workbook import MOST, table
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db):
    return world.people()


def rows(raw: bytes, name: str | int = 0) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return (book.get_sheet_by_index(name) if isinstance(name, int) else book.get_sheet_by_name(name)).to_python()


def test_a_table_keeps_codes_days_and_numbers_and_runs_nothing():
    line = ["0012", "=1+1", "http://x.example", 12, Decimal("1.5"), date(2026, 11, 26), 10**20, None, "髙﨑"]
    raw = table("案件", [str(n) for n in range(9)], [line])
    _, got = rows(raw)
    assert got == ["0012", "=1+1", "http://x.example", 12, 1.5, date(2026, 11, 26), str(10**20), "", "髙﨑"]
    assert not sheets_of("t.xlsx", raw)[0].formulas
    assert raw == table("案件", [str(n) for n in range(9)], [line])
    assert MOST + 1 == 1 << 20


@pytest.mark.parametrize("address", ["/cases/?format=csv", "/patents/statistics/?csv", "/patents/docket/?csv"])
def test_every_list_is_to_be_had_as_a_workbook_with_the_same_cells(folk, address):
    world.filed(folk["attorney"], access.today() - timedelta(80), application_number="=2+2")
    jpo = login(folk["jpo"])
    csv = b"".join(jpo.get(address).streaming_content).decode("utf-8-sig").splitlines()
    answer = jpo.get(f"{address}&as=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet") and answer["Content-Disposition"].endswith('.xlsx"')
    assert len(rows(answer.content)) == len(csv)
    assert "as=xlsx" in jpo.get(address.replace("format=csv", "").replace("?csv", "")).content.decode()


SAID = {
    "application_number": "特願2026-000777", "title": "=cmd|' /C calc'!A0", "listed": True, "made_in_japan": False,
}  # fmt: skip


def test_a_form_goes_out_and_comes_back_the_same(folk):
    fields = index(KINDS[world.KIND]).acts["first_review.file"].fields
    typed = as_typed(fields, SAID)
    raw = sheet.workbook(fields, typed, "ja")
    back = sheet.read("f.xlsx", raw, fields)
    assert back.problems == ()
    assert read_form(fields.values(), back.typed).data == SAID
    assert sheet.workbook(fields, typed, "ja")[:4] == b"PK\x03\x04"


def test_every_form_of_every_kind_goes_out_and_comes_back():
    """All declared acts, each field filled in by its type: tables, choices, days, instants."""
    for kind in KINDS.values():
        for name, of in index(kind).acts.items():
            fields = {id: f for id, f in of.fields.items() if f.type != "document"}
            typed = {k: v for id, f in fields.items() for k, v in filled(f, id).items()}
            for lang in ("ja", "en"):
                back = sheet.read("f.xlsx", sheet.workbook(of.fields, typed, lang), of.fields)
                assert back.problems == () and dict(back.typed) == typed, (kind.id, name, lang)


def filled(field, name: str) -> dict[str, list[str]]:
    match field.type:
        case "choice":
            ids = [o.id for o in field.options]
            return {name: ids[:2] if field.several else ids[:1]} if ids else {}
        case "flag":
            return {name: ["yes"]}
        case "day":
            return {name: ["2026/11/23"]}
        case "instant":
            return {f"{name}.day": ["2026/11/23"], f"{name}.time": ["09:30"]}
        case "rows":
            columns = [c for c in field.columns if c.type != "document"]
            return {k: v for n in (0, 1) for c in columns for k, v in filled(c, f"{name}.{n}.{c.id}").items()}
        case "integer" | "yen" | "percent":
            return {name: ["12"]}
    return {name: ["架空 Ltd. = 1"]}


def upload(client, address: str, raw: bytes, name: str = "f.xlsx"):
    return client.post(address, {"sheet": SimpleUploadedFile(name, raw)}, follow=True)


def test_a_filled_in_workbook_becomes_the_draft(folk):
    attorney = login(folk["attorney"])
    out = attorney.get("/new/patents.application/sheet.xlsx?act=first_review.file")
    assert out.status_code == 200, "the workbook of the form that opens a case"
    fields = index(KINDS[world.KIND]).acts["first_review.file"].fields
    raw = sheet.workbook(fields, as_typed(fields, SAID), "en")
    page = upload(attorney, "/new/patents.application/sheet.xlsx?act=first_review.file", raw)
    assert page.status_code == 200 and "特願2026-000777" in page.content.decode()
    assert not access.cases(folk["attorney"], world.KIND)  # nothing is recorded by it
    case = world.filed(folk["attorney"])
    jpo = login(folk["jpo"])
    assert rows(jpo.get(f"/cases/{case}/act/first_review.send/sheet.xlsx").content, "form")[0][0]
    assert login(world.person("stranger", "jpo", kind="supply.plan")).get(
        f"/cases/{case}/act/first_review.send/sheet.xlsx"
    ).status_code == 404  # fmt: skip


def bad(kind: str) -> bytes:
    """A workbook of the form with one thing wrong."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        form = book.add_worksheet("form" if kind != "sheet" else "other")
        form.write_row(0, 0, ["name"] * 6)
        form.write_row(1, 0, ["application_number", "", "", "", "", "特願2026-000778"])
        form.write_row(2, 0, ["no_such_field" if kind == "field" else "title", "", "", "", "", "発明"])
        if kind == "formula":
            form.write_formula(2, 5, "=1+1", value="2")
        if kind == "merged":
            form.merge_range(2, 4, 2, 5, "発明")
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("formula", "数式"), ("merged", "結合"), ("field", "no_such_field"), ("sheet", "シート「form」がない")],
)
def test_what_cannot_be_taken_is_told_by_line_and_the_rest_is_kept(folk, kind, said):
    attorney = login(folk["attorney"])
    address = "/new/patents.application/sheet.xlsx?act=first_review.file"
    page = upload(attorney, address, bad(kind))
    assert page.status_code == 422 and said in text(page)
    if kind != "sheet":
        assert "3行" in text(page)
        kept = attorney.get("/new/patents.application/?act=first_review.file").content.decode()
        assert "特願2026-000778" in kept


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"\0" * 100])
def test_what_is_no_workbook_is_refused_in_words(folk, raw):
    page = upload(login(folk["attorney"]), "/new/patents.application/sheet.xlsx?act=first_review.file", raw)
    assert page.status_code == 422 and "表の一部を取り込めませんでした" in text(page)
    nothing = login(folk["attorney"]).post("/new/patents.application/sheet.xlsx?act=first_review.file")
    assert nothing.status_code == 422 and "選んでください" in text(nothing)
