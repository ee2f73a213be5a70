"""Inventories kept by hand: CSV and XLSX, merged cells, formulas, wrong sheets, hostile workbooks."""

import gzip
import io
import os
import zipfile
from datetime import date

import pytest
import xlsxwriter
from filing_world import introduction, shared
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.files.problems import BadInput
from kaname.files.sheets import sheets_of
from kaname.regimes.infrastructure.filing.content import Omission, Plan, Sort
from kaname.regimes.infrastructure.filing.inventory import read_inventory

EMPTY = Plan(Sort.INTRODUCTION)


def book(**sheets) -> bytes:
    """A workbook: each sheet a list of rows, or a function that fills it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            if callable(rows):
                rows(sheet, made)
            else:
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
    return out.getvalue()


def rezipped(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


COMPONENTS = [["構成設備の名称", "機能", "区分", "供給者"], ["サーバー", "指令", "server", "星野計器"]]


def test_a_workbook_fills_a_plan():
    content = book(
        特定重要設備=[["名称", "概要", "供給者"], ["給電指令", "監視", "星野計器"]],
        構成設備=COMPONENTS,
        供給者等=[
            ["名称", "代表者", "住所", "国", "準拠法国", "決算日"],
            ["星野計器", "星野", "東京", "jp", "JP", "03-31"],
        ],
        議決権保有者=[["供給者等の名称", "保有者", "国", "割合（％）"], ["星野計器", "青空", "JP", 12.5]],
        役員=[["供給者等の名称", "役員の氏名", "生年月日", "国籍等"], ["星野計器", "星野", "1970/1/2", "JP"]],
        覚え書き=[["何でも"], ["自由"]],
    )
    read = read_inventory("資産.xlsx", content)
    assert not read.problems and [p.file for p in read.unread] == ["資産.xlsx [覚え書き]"]
    plan = read.into(EMPTY)
    said = plan.parties["星野計器"].disclosure
    assert (plan.facility.name, plan.components[0].source) == ("給電指令", "資産.xlsx [構成設備]:2")
    assert (said.country, said.year_end, str(said.holders[0].ratio)) == ("JP", "03-31", "12.5")
    assert said.officers[0].birth_date == date(1970, 1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_csv_in_the_encodings_of_japanese_offices(encoding):
    head = "番号,元の委託,相手方,内容,開始日,終了日,内容と期間を把握する体制"
    text = f"{head}\r\n1,,甲,保守,2025年9月1日,R9.3.31,\r\n2,1,乙,監視,,,はい\r\n"
    plan = read_inventory("委託.csv", text.encode(encoding)).into(Plan(Sort.MAINTENANCE))
    first, second = plan.entrustments
    assert (first.starts, first.ends, second.parent) == (date(2025, 9, 1), date(2027, 3, 31), "1")
    assert second.omission == Omission(knows_content=True) and first.omission is None


def test_the_vendors_of_a_real_list_become_components():
    content = gzip.decompress(shared("sbom/kev_until_2023.csv.gz").read_bytes())
    read = read_inventory("kev.csv", content)
    plan = read.into(EMPTY)
    assert len(plan.components) == 1053 and "cveID" in [p.field for p in read.unread]
    assert plan.components[0].supplier == "FXC" and len(plan.roles()) == 167


def test_formulas_and_merged_cells_are_told_by_their_cells():
    def fill(sheet, made):
        sheet.write_row(0, 0, COMPONENTS[0])
        sheet.write_row(1, 0, COMPONENTS[1])
        sheet.write_formula(1, 1, '="指"&"令"', value="指令")
        sheet.merge_range(2, 3, 3, 3, "星野計器")
        sheet.write_row(2, 0, ["甲", "x", "y"])
        sheet.write_row(3, 0, ["乙", "x", "y"])

    read = read_inventory("a.xlsx", book(構成設備=fill))
    told = [p.said("ja") for p in read.problems]
    assert len(told) == 3
    assert "a.xlsx [構成設備]:2: B2 機能: セル B2 は数式" in told[0]
    assert "D3 供給者: セル D3 は結合" in told[1] and "D4 供給者: セル D4 は結合" in told[2]
    with pytest.raises(BadInput):
        read.into(introduction())


def test_cells_that_cannot_be_read_are_all_told():
    rows = [
        ["供給者等の名称", "役員の氏名", "生年月日", "国籍等"],
        ["甲", "A", "1970-02-30", "JP"],
        ["", "B", "昨日", "JP"],
    ]
    read = read_inventory("a.xlsx", book(役員=rows))
    assert [(p.line, p.field) for p in read.problems] == [
        (2, "C2 生年月日"),
        (3, "C3 生年月日"),
        (3, "A3 供給者等の名称"),
    ]
    assert "1970-02-30" not in repr(read.problems)  # a birth date is never repeated in a message


def test_a_wrong_sheet_is_told_with_those_there_are():
    with pytest.raises(BadInput) as bad:
        read_inventory("a.xlsx", book(メモ=[["x"], ["y"]]))
    assert "メモ" in bad.value.lines("ja")[0] and "構成設備" in bad.value.lines("ja")[0]
    read = read_inventory("a.xlsx", book(構成設備=[["機能"], ["x"]]))
    assert "構成設備の名称" in read.problems[0].text.ja and "機能" in read.problems[0].text.ja


def test_days_numbers_and_flags_of_a_workbook():
    def fill(sheet, made):
        sheet.write_row(0, 0, ["供給者等の名称", "機関", "事業年度", "割合", "国"])
        sheet.write_row(1, 0, ["甲", "X 省", None, 26, "X"])
        sheet.write_datetime(1, 2, date(2025, 3, 31), made.add_format({"num_format": "yyyy-mm-dd"}))

    (sale,) = read_inventory("a.xlsx", book(外国政府等との取引=fill)).into(EMPTY).parties["甲"].disclosure.sales
    assert (sale.year_end, str(sale.ratio), sale.country) == (date(2025, 3, 31), "26", "X")


# -- hostile ----------------------------------------------------------------------------------------------------------


def _doctype(name: str, part: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    return part.replace(b"<worksheet", bomb) if "sheet1" in name else part


HOSTILE = {
    "far cell": lambda: book(構成設備=lambda sheet, made: sheet.write(1_048_575, 16_383, "x")),
    "dtd": lambda: rezipped(book(構成設備=COMPONENTS), _doctype),
    "bomb": lambda: rezipped(
        book(構成設備=COMPONENTS), lambda name, part: part + b" " * (250 << 20) if "sheet1" in name else part
    ),
    "macros": lambda: rezipped(book(構成設備=COMPONENTS), lambda name, part: part).replace(
        b"docProps/app.xml", b"x/vbaProject.bin"
    ),
    "cut off": lambda: book(構成設備=COMPONENTS)[:-200],
    "only its beginning": lambda: b"PK\x03\x04" + b"\0" * 1000,
    "old xls": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 1000,
    "nul": lambda: "名称,機能\0".encode(),
    "no encoding": lambda: b"\x81\xff\xfe\x80,\xff",
    "columns": lambda: b",".join([b"x"] * 100_000),
}


def worked() -> float:
    """Seconds of work of this process and of what it had read the file: a busy machine adds nothing to them."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_seconds_and_memory(name):
    content, begun = HOSTILE[name](), worked()
    with pytest.raises(BadInput) as bad:
        read_inventory("a.xlsx", content)
    assert bad.value.lines("ja") and bad.value.lines("en") and worked() - begun < 20


def test_a_merged_range_of_the_whole_sheet_costs_nothing():
    whole = rezipped(
        book(構成設備=lambda sheet, made: sheet.merge_range(0, 0, 1, 1, "名称")),
        lambda name, part: part.replace(b"A1:B2", b"A1:XFD1048576"),
    )
    begun = worked()
    (sheet,) = sheets_of("a.xlsx", whole)
    assert sheet.merged == ((1, 1, 1_048_576, 16_384),) and worked() - begun < 5


def test_what_reads_a_workbook_has_no_environment_and_writes_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", "/secret")
    seen = {}
    import subprocess

    start = subprocess.Popen

    def watched(command, **more):
        seen.update(more, command=command)
        return start(command, **more)

    monkeypatch.setattr("kaname.files.child.subprocess.Popen", watched)
    read_inventory("a.xlsx", book(構成設備=COMPONENTS))
    assert seen["env"] == {} and "-I" in seen["command"]


# -- anything at all --------------------------------------------------------------------------------------------------

_CELL = st.text(max_size=8) | st.sampled_from(
    ["名称", "機能", "番号", "2025-02-30", "12.5", "はい", '"', "供給者等の名称"]
)
_TABLE = st.lists(st.lists(_CELL, max_size=6).map(",".join), max_size=6).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | _TABLE.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_is_given_is_read_or_refused_in_both_languages(content):
    if content.startswith(b"PK"):
        return  # a workbook has a process of its own: the hostile ones stand above
    try:
        read = read_inventory("x.csv", content)
    except BadInput as bad:
        assert bad.lines("ja") and bad.lines("en")
    else:
        assert read.rows or read.problems
