"""`kaname assess patents`: every format in and out, every mistake one line, the good rows still screened."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kaname.cli import root

HEADER = "application_id,filing_date,ipc"
GOOD = ["A-1,2025-02-28,B64C 39/02;F41H 11/00", "A-2,2026-01-15,B23Q 1/00"]


class Ran:
    def __init__(self, capsys: pytest.CaptureFixture[str], *args: object) -> None:
        self.status = root.main(["assess", "patents", *map(str, args), "--lang", "en"], standalone_mode=False)
        self.out, err = capsys.readouterr()
        *self.lines, last = err.splitlines() or [""]
        self.summary = json.loads(last) if last.startswith("{") else None
        if self.summary is None:
            self.lines.append(last)


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_csv_in_and_csv_out_with_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, write(tmp_path / "docket.csv", *GOOD), "-o", tmp_path / "out.csv")
    first, second = read(tmp_path / "out.csv")
    assert (ran.status, ran.lines) == (0, [])
    assert {k: v for k, v in first.items() if not k.startswith("reasons")} == {
        "application_id": "A-1", "items": "15", "fields": "2", "requirement_needed": "no", "outcome": "in",
        "send_by": "2025-05-31", "ban_ends_if_silent": "2025-06-01", "ban_ends_latest": "2026-01-01",
    }  # fmt: skip
    assert "B64C 39/02" in first["reasons_ja"] and "version 2025-01-01" in first["reasons_en"]
    assert second == dict.fromkeys(first, "") | {"application_id": "A-2", "outcome": "out"}
    assert ran.summary["rows"] == 2
    assert ran.summary["outcome"] == {"in": 1, "in_if_requirement": 0, "ask": 0, "near": 0, "invalid": 0, "out": 1}
    assert ran.summary["field"] == {"2": {"in": 1}}


def records() -> list[dict[str, Any]]:
    return [
        {
            "application_id": "A-1",
            "filing_date": "2025-02-28",
            "ipc": ["B64C 39/02", "F41H 11/00"],
            "requirement_1": None,
        },
        {"application_id": "A-2", "filing_date": "2026-04-08", "ipc": ["B63B 3/13"], "requirement_1": True},
    ]


@pytest.mark.parametrize(
    "name", ["docket.jsonl", "docket.jsonl.gz", "docket.parquet", "docket.parquet.gz", "docket.csv.gz"]
)
def test_every_format_gives_the_same_answer(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    if "jsonl" in name:
        data = "".join(json.dumps(r) + "\n" for r in records()).encode()
    elif "parquet" in name:
        pq.write_table(pa.Table.from_pylist(records()), tmp_path / "plain")
        data = (tmp_path / "plain").read_bytes()
    else:
        rows = [f"{r['application_id']},{r['filing_date']},{';'.join(r['ipc'])},{r['requirement_1'] or ''}"
                for r in records()]  # fmt: skip
        data = "\n".join([f"{HEADER},requirement_1", *rows]).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    ran = Ran(capsys, path, "-o", tmp_path / "out.csv")
    assert ran.status == 0
    assert [(r["items"], r["outcome"], r["send_by"]) for r in read(tmp_path / "out.csv")] == [
        ("15", "in", "2025-05-31"), ("2", "in", "2026-07-08"),
    ]  # fmt: skip


def test_every_format_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = write(tmp_path / "docket.csv", *GOOD)
    for name in ("o.jsonl", "o.parquet", "o.csv.gz", "o.jsonl.gz"):
        assert Ran(capsys, docket, "-o", tmp_path / name).status == 0
    assert pq.read_table(tmp_path / "o.parquet").column("outcome").to_pylist() == ["in", "out"]
    assert [r["outcome"] for r in read(tmp_path / "o.csv.gz")] == ["in", "out"]
    for lines in ((tmp_path / "o.jsonl").read_bytes(), gzip.decompress((tmp_path / "o.jsonl.gz").read_bytes())):
        assert [json.loads(line)["send_by"] for line in lines.splitlines()] == ["2025-05-31", None]


def test_standard_input_and_output(tmp_path: Path) -> None:
    docket = "\n".join([HEADER, *GOOD, "A-3,2025-13-01,A01B 1/02"]) + "\n"
    run = [sys.executable, "-c", "from kaname.cli import main; main()", "assess", "patents", "-"]
    ran = subprocess.run(run, input=docket, capture_output=True, text=True, cwd=Path(__file__).parents[2] / "src")
    assert ran.returncode == 2
    assert [row["outcome"] for row in csv.DictReader(ran.stdout.splitlines())] == ["in", "out", "invalid"]
    assert "-:3: filing_date: '2025-13-01'; expected a day such as 2025-02-28" in ran.stderr


def test_columns_can_be_mapped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = write(tmp_path / "d.csv", *GOOD, header="出願番号,出願日,FI")
    mapping = ["--column", "application_id=出願番号", "--column", "filing_date=出願日", "--column", "ipc=FI"]
    assert Ran(capsys, docket, "-o", tmp_path / "o.csv", *mapping).status == 0
    assert [r["outcome"] for r in read(tmp_path / "o.csv")] == ["in", "out"]


def test_each_bad_row_is_one_line_and_the_good_ones_are_screened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = HEADER + ",abstract,requirement_1,base_date"
    docket = write(
        tmp_path / "d.csv", 'A-1,2025-02-28,F41G 7/22,"two\nlines",,', "", "A-2,soon,F41G 7/22,,,",
        "A-3,2024-04-30,F41G 7/22,,,", "A-4,2025-02-28,Z99Z 1/00,,,", "short,row", "A-5,2025-02-28,B63B 3/13,,perhaps,",
        "A-6,2025-02-28,F41G 7/22,,,2025-02-27", "A-7,2025-02-28,F41G 7/22,,,", header=header,
    )  # fmt: skip
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv")
    assert ran.status == 2
    assert ran.lines == [
        f"{docket}:5: filing_date: 'soon'; expected a day such as 2025-02-28",
        f"{docket}:6: filing_date: '2024-04-30'; "
        "expected 2024-05-01 or later (earlier filings are outside: suppl. Art. 2)",
        f"{docket}:7: ipc: 'Z99Z 1/00'; expected a symbol of the IPC in force, such as B64C 39/02",
        f"{docket}:8: -: 2 columns; expected 6 columns",
        f"{docket}:9: requirement_1: 'perhaps'; expected true, false, 1, 0, yes, no, はい, いいえ or empty",
        f"{docket}:10: base_date: '2025-02-27'; expected a day not before the filing date",
    ]
    outcomes = [(r["application_id"], r["outcome"], r["send_by"]) for r in read(tmp_path / "o.csv")]
    assert outcomes == [
        ("A-1", "in", "2025-05-31"), ("A-2", "invalid", ""), ("A-3", "out", ""), ("A-4", "invalid", "2025-05-31"),
        ("A-5", "in_if_requirement", "2025-05-31"), ("A-6", "in", ""), ("A-7", "in", "2025-05-31"),
    ]  # fmt: skip
    assert ran.summary["bad"] == {"filing_date": 2, "ipc": 1, "requirement_1": 1, "base_date": 1, "-": 1}


def test_strict_stops_at_the_first_bad_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = write(tmp_path / "d.csv", GOOD[0], "A-2,soon,F41G 7/22", GOOD[1])
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv", "--strict")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert ran.lines[0].startswith(f"{docket}:3: filing_date:")
    assert [r["application_id"] for r in read(tmp_path / "o.csv")] == ["A-1"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty; expected a header and rows"), (b"\xef\xbb\xbf\n", "empty; expected a header and rows"),
     (HEADER.encode(), "a header but no rows"), (HEADER.encode() + b"\n", "a header but no rows"),
     ("出願番号,filing_date,ipc\n".encode("cp932"), ":1: not UTF-8 but Shift_JIS; add --encoding cp932"),
     (b"application_id,ipc\nA,B\n", ":1: filing_date: no such column; the file has application_id, ipc"),
     (HEADER.encode("utf-16"), ":1: not UTF-8 but UTF-16; add --encoding utf-16"),
     (b"a,b\x81 \n", ":1: not UTF-8; name its encoding with --encoding")],
)  # fmt: skip
def test_an_unusable_file_is_one_line(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docket = tmp_path / "d.csv"
    docket.write_bytes(content)
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert said in ran.lines[0]


@pytest.mark.parametrize(
    ("args", "said"),
    [(["--column", "colour=ipc"], "colour=ipc: no field colour; expected one of application_id"),
     (["--column", "ipc=FI"], "ipc=FI: no column FI; expected one of application_id"),
     (["--symbols", "absent"], "absent: cannot be read as a list of symbols"),
     (["--format", "parquet"], "cannot be read as parquet"),
     (["-o", "no/such/folder/o.csv"], "no/such/folder/o.csv: cannot be written")],
)  # fmt: skip
def test_mistakes_in_the_call(args: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, write(tmp_path / "d.csv", *GOOD), *args)
    assert ran.status == 2
    assert said in ran.lines[0]


def test_shift_jis_is_read_when_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = tmp_path / "d.csv"
    docket.write_bytes(
        "application_id,filing_date,ipc,title\n特願一,2025-02-28,Ｂ〇一Ｄ五九／二〇,ウランの分離\n".encode("cp932")
    )
    assert Ran(capsys, docket, "-o", tmp_path / "o.csv", "--encoding", "cp932").status == 0
    assert [(r["application_id"], r["items"]) for r in read(tmp_path / "o.csv")] == [("特願一", "1")]


def test_one_bad_character_costs_no_other_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = tmp_path / "d.csv"
    filler = "".join(f"F-{n},2025-02-28,A01B 1/02\n" for n in range(50_000))  # beyond what is looked at beforehand
    docket.write_bytes(f"{HEADER}\n{filler}".encode() + b"\xff,2025-02-28,F41G 7/22\nA-9,2025-02-28,F41G 7/22\n")
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv")
    assert (ran.status, ran.summary["outcome"]["in"], ran.summary["rows"]) == (2, 2, 50_002)
    assert ran.lines == [
        f"{docket}:50002: application_id: '�'; expected UTF-8 text (or name the encoding with --encoding)"
    ]


def test_a_misspelt_column_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, write(tmp_path / "d.csv", "A,2025-02-28,A01B 1/02,yes", header=HEADER + ",requirment_1"))
    assert ran.status == 2
    assert "requirment_1: unknown field; if requirement_1 is meant" in ran.lines[0]


def test_bad_lines_of_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = json.dumps(records()[0])
    docket = tmp_path / "d.jsonl"
    docket.write_text(f"{good}\n\n{{broken\n[1]\n{good.replace('2025-02-28', 'soon')}\n", "utf-8")
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv")
    assert [line.split(": ")[0] for line in ran.lines] == [f"{docket}:3", f"{docket}:4", f"{docket}:5"]
    assert len(read(tmp_path / "o.csv")) == 2


AS_OF = ["--as-of", "2026-11-24"]


def test_as_of_judges_every_row_by_the_version_of_that_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The receivers moved from H01L 31 to H10F 30 on 2025-01-01."""
    docket = write(
        tmp_path / "d.csv", "OLD,2012-03-01,H10F 30/20", "EARLY,2024-06-04,H10F 30/20", "NOW,2025-02-28,H10F 30/20",
        "AHEAD,2030-02-28,H10F 30/20", "BEFORE,1901-01-01,A01B 1/02",
    )  # fmt: skip
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv", *AS_OF)
    rows = {row["application_id"]: row for row in read(tmp_path / "o.csv")}
    assert (ran.status, ran.lines, ran.summary["as_of"]) == (0, [], "2026-11-24")
    assert [row["outcome"] for row in rows.values()] == ["ask", "ask", "ask", "ask", "out"]
    assert [row["items"] for row in rows.values()] == ["46", "46", "46", "46", ""]
    assert [row["send_by"] for row in rows.values()] == ["", "2024-09-04", "2025-05-31", "2030-05-31", ""]
    assert [row["ban_ends_latest"] for row in rows.values()] == ["", "2025-04-05", "2026-01-01", "2031-01-01", ""]
    outside = (
        "Judged as of 2026-11-24 on request; in law the filing lies before the regime "
        "(filed before 2024-05-01, suppl. Art. 2)."
    )
    assert rows["OLD"]["reasons_en"].startswith("Order Art. 12(1) item 46 (field 17, version 2025-01-01)")
    assert rows["OLD"]["reasons_en"].endswith(" " + outside) and rows["BEFORE"]["reasons_en"] == outside
    assert "求めにより2026-11-24現在で判定した" in rows["BEFORE"]["reasons_ja"]
    assert "in law version 2024-05-01 applies to this filing" in rows["EARLY"]["reasons_en"]
    assert "Judged" not in rows["NOW"]["reasons_en"] + rows["AHEAD"]["reasons_en"]


def test_as_of_the_first_version_takes_its_numbers_to_later_filings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docket = write(tmp_path / "d.csv", "A,2025-02-28,H04K 3/00", "B,soon,H04K 3/00", "C,2025-02-28,A01B 1/02")
    ran = Ran(capsys, docket, "-o", tmp_path / "o.jsonl", "--as-of", "2024-12-31")
    first, undated, out = map(json.loads, (tmp_path / "o.jsonl").read_text("utf-8").splitlines())
    assert ran.lines == [f"{docket}:3: filing_date: 'soon'; expected a day such as 2025-02-28"]
    assert (first["items"], undated["items"], out["items"]) == ("47", "47", None)
    assert "version 2025-01-01 applies to this filing" in first["reasons_en"]
    assert (undated["send_by"], undated["outcome"]) == (None, "in_if_requirement")
    assert undated["reasons_en"].endswith("The filing date cannot be read; judged as of 2024-12-31 on request.")
    assert "version 2025-01-01 applies" in out["reasons_en"]


def test_as_of_gives_no_reason_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Ran(capsys, write(tmp_path / "d.csv", GOOD[1]), "-o", tmp_path / "o.jsonl", *AS_OF).status == 0
    (row,) = map(json.loads, (tmp_path / "o.jsonl").read_text("utf-8").splitlines())
    assert (row["outcome"], row["reasons_ja"], row["reasons_en"]) == ("out", None, None)


def test_as_of_a_day_without_items_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, write(tmp_path / "d.csv", *GOOD), "--as-of", "2024-04-30")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "no items are in force on 2024-04-30; expected 2024-05-01 or later" in ran.lines[0]


def test_the_ban_of_a_silent_office_never_outlives_the_ten_months(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A division on 2025-03-31 of a parent of 2024-06-04: ten months from the parent end first."""
    docket = write(
        tmp_path / "d.csv", "D,2024-06-04,F41G 7/22,2025-03-31,2024-06-04", "P,2024-06-04,F41G 7/22,,",
        header=HEADER + ",base_date,base_date_78",
    )  # fmt: skip
    Ran(capsys, docket, "-o", tmp_path / "o.csv")
    days = [(r["send_by"], r["ban_ends_if_silent"], r["ban_ends_latest"]) for r in read(tmp_path / "o.csv")]
    assert days == [("2025-06-30", "2025-04-05", "2025-04-05"), ("2024-09-04", "2024-09-05", "2025-04-05")]


def test_base_dates_move_the_clocks_and_not_the_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = write(
        tmp_path / "d.csv", "T,2024-12-31,H10F 30/20,2025-03-31,", "D,2024-06-04,F41G 7/22,2025-03-31,2024-06-04",
        header=HEADER + ",base_date,base_date_78",
    )  # fmt: skip
    Ran(capsys, docket, "-o", tmp_path / "o.csv")
    translated, divided = read(tmp_path / "o.csv")
    assert "version 2024-05-01" in translated["reasons_en"]
    assert (translated["send_by"], translated["ban_ends_latest"]) == ("2025-06-30", "2026-02-01")
    assert (divided["send_by"], divided["ban_ends_latest"]) == ("2025-06-30", "2025-04-05")


def test_input_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = write(tmp_path / "d.csv", *GOOD)
    before = docket.read_bytes()
    assert Ran(capsys, docket, "-o", docket).status == 2
    assert docket.read_bytes() == before


def test_the_demonstration_docket_shows_every_outcome_in_both_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docket = Path(__file__).parents[2] / "src" / "kaname" / "demo" / "docket.csv"
    ran = Ran(capsys, docket, "-o", tmp_path / "o.csv")
    assert (ran.status, len(ran.lines)) == (2, 6)
    assert all(ran.summary["outcome"].values())
    reasons = " ".join(row["reasons_en"] for row in read(tmp_path / "o.csv"))
    assert "version 2024-05-01" in reasons and "version 2025-01-01" in reasons
