"""`kaname assess patents` on files as they really come: each fault is a line that says what was expected, status 2."""

import csv
import gzip
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from kaname.cli import root
from kaname.files.streams import UpToTheBreak
from kaname.files.tables import open_reader

HEADER = "application_id,filing_date,ipc"
GOOD = "A,2025-02-28,F41G 7/22"


@pytest.fixture
def assess(tmp_path, monkeypatch):
    """Calls the command on a file of that name and content; answers status, lines told, summary and numbers out."""
    monkeypatch.chdir(tmp_path)

    def call(name: str, content: bytes | None, *args: str):
        if content is not None:
            Path(name).write_bytes(content)
        found = CliRunner().invoke(root, ["assess", "patents", name, "-o", "out.csv", "--lang", "en", *args])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        lines = found.stderr.splitlines()
        summary = json.loads(lines.pop()) if lines and lines[-1].startswith("{") else None
        out = Path("out.csv").read_bytes().decode() if Path("out.csv").exists() else ""
        numbers = [row["application_id"] for row in csv.DictReader(out.splitlines(keepends=True))]
        return found.exit_code, lines, summary, numbers

    return call


def docket(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


@pytest.mark.parametrize(
    ("rows", "numbers", "said"),
    [
        (["A,2025-02-28,F41", "short", "B,2025-02-28,F41"], ["A"], "d.csv:3: -: 1 columns; expected 3 columns"),
        (["short", "B,2025-02-28,F41"], [], "d.csv:2: -: 1 columns; expected 3 columns"),
        (["A,2025-02-28,F41", "", "a,b,c,d"], ["A"], "d.csv:4: -: 4 columns; expected 3 columns"),
        (["A,soon,F41", "short"], [], "d.csv:2: filing_date: 'soon'; expected a day such as 2025-02-28"),
        (['"A\nA",2025-02-28,F41', "x", "B,soon,F41"], ["A\nA"], "d.csv:4: -: 1 columns; expected 3 columns"),
    ],
)
def test_strict_writes_the_rows_before_the_first_fault_of_a_csv(assess, rows, numbers, said):
    status, lines, summary, out = assess("d.csv", docket(*rows), "--strict")
    assert (status, lines, out) == (2, [said], numbers)
    assert summary["rows"] == len(numbers)


def test_strict_stops_in_a_later_batch_too(assess):
    rows = [f"{n},2025-02-28,F41G 7/22" for n in range(300_000)]
    rows[250_000] = "ragged"
    status, lines, _, out = assess("d.csv", docket(*rows), "--strict")
    assert (status, lines, len(out)) == (2, ["d.csv:250002: -: 1 columns; expected 3 columns"], 250_000)


def test_strict_writes_the_rows_before_a_broken_line_of_json(assess):
    good = [json.dumps({"application_id": n, "filing_date": "2025-02-28", "ipc": "F41G 7/22"}) for n in "AB"]
    text = "\n".join([good[0], "{broken", good[1]]).encode()
    _, lines, _, out = assess("d.jsonl", text, "--strict")
    assert (lines, out) == (["d.jsonl:2: -: '{broken'; expected one JSON object a line"], ["A"])
    assert assess("d.jsonl", text)[3] == ["A", "B"]


def test_lost_records_are_counted_beyond_those_shown(assess):
    status, lines, summary, out = assess("d.csv", docket(*["x"] * 250, GOOD, *["y"] * 50))
    assert (status, len(lines), lines[-1], out) == (2, 101, "and 200 more", ["A"])
    assert (lines[99], summary["bad"]) == ("d.csv:101: -: 1 columns; expected 3 columns", {"-": 300})
    assert assess("d.jsonl", b'{"application_id": 1, "filing_date": "", "ipc": ""}\n' + b"{x\n" * 300)[2]["bad"] == {
        "-": 300, "filing_date": 1,
    }  # fmt: skip


def test_only_lost_records_are_told_as_such(assess):
    assert assess("d.csv", docket("x", "y"))[1] == [f"d.csv:{n}: -: 1 columns; expected 3 columns" for n in (2, 3)]


def test_two_kinds_of_fault_in_one_field_are_both_counted(assess):
    assert assess("d.csv", docket("A,soon,F41", "B,1901-01-01,F41", "C,,F41"))[2]["bad"] == {"filing_date": 3}


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2025-02-30", ""), ("0000-00-00", ""), ("99999999999999999999", ""), ("1899-12-31", ""), ("2025-02-28T09:00", ""),
     ("平成99年1月1日", ""), ("2025/2/28", "2025-05-31"), ("20250228", "2025-05-31"), ("令和7年2月28日", "2025-05-31")],
)  # fmt: skip
def test_a_day_is_a_day_of_the_calendar(assess, cell, day):
    status, lines, _, _ = assess("d.csv", docket(f"A,{cell},F41G 7/22"))
    with Path("out.csv").open(encoding="utf-8") as out:
        assert next(csv.DictReader(out))["send_by"] == day
    wrong = [f"d.csv:2: filing_date: '{cell}'; expected a day such as 2025-02-28"]
    assert (status, lines) == ((0, []) if day else (2, wrong))


def test_a_number_given_twice_gives_two_rows(assess):
    assert assess("d.csv", docket(GOOD, GOOD))[0:4:3] == (0, ["A", "A"])


def test_null_bytes_are_no_symbol_and_no_end(assess):
    status, lines, _, out = assess("d.csv", docket("A\0B,2025-02-28,F41G\0 7/22", GOOD))
    assert (status, out) == (2, ["A\0B", "A"])
    assert lines == ["d.csv:2: ipc: 'F41G\\x00 7/22'; expected a symbol of the IPC in force, such as B64C 39/02"]


@pytest.mark.parametrize("name", ["d.csv", "d.jsonl"])
@pytest.mark.parametrize("encoding", ["utf-16", "cp932", "utf-8-sig", "euc_jp"])
def test_other_encodings_are_read_when_named(assess, name, encoding):
    record = {"application_id": "特願", "filing_date": "2025-02-28", "ipc": "Ｆ四一Ｇ七／二二"}
    text = json.dumps(record, ensure_ascii=False) if name == "d.jsonl" else f"{HEADER}\n{','.join(record.values())}\n"
    status, lines, summary, out = assess(name, text.encode(encoding), "--encoding", encoding)
    assert (status, lines, out, summary["outcome"]["in"]) == (0, [], ["特願"], 1)


def test_half_a_character_in_json_costs_its_line(assess):
    good = '{"application_id": "A", "filing_date": "2025-02-28", "ipc": "F41G 7/22"}'
    status, lines, _, out = assess("d.jsonl", f"{good}\n{good.replace('A', chr(92) + 'ud800')}\n".encode())
    assert (status, len(lines), out) == (2, 1, ["A"])
    assert lines[0].endswith("expected one JSON object a line")


def test_a_field_that_only_later_records_have_is_read(assess):
    first = {"application_id": "A", "filing_date": "2025-02-28", "ipc": "B63B 3/13"}
    lines = [json.dumps(first), json.dumps(first | {"requirement_1": True})]
    assert assess("d.jsonl", "\n".join(lines).encode())[2]["outcome"] == {
        "in": 1, "in_if_requirement": 1, "ask": 0, "near": 0, "invalid": 0, "out": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"application_id": [{"a": 1}], "filing_date": ["2025-02-28"], "ipc": ["F41"]},
         "application_id: a column of struct<a: int64>; expected text, dates, numbers or lists of text"),
        ({"application_id": ["A"], "filing_date": [1.5], "ipc": ["F41"]},
         "d.parquet:1: filing_date: '1.5'; expected a day such as 2025-02-28"),
        ({"application_id": [b"\xff"], "filing_date": ["2025-02-28"], "ipc": ["F41"]},
         "d.parquet:1: application_id: '\ufffd'; expected UTF-8 text (or name the encoding with --encoding)"),
        ({"application_id": ["A"], "filing_date": [20250228], "ipc": [True]},
         "d.parquet:1: ipc: 'true'; expected a symbol of the IPC in force, such as B64C 39/02"),
        ({"application_id": pa.array([], pa.string()), "filing_date": pa.array([], pa.string()),
          "ipc": pa.array([], pa.string())}, "d.parquet: no rows; expected one or more"),
    ],
)  # fmt: skip
def test_wrong_types_of_parquet(assess, columns, said):
    pq.write_table(pa.table(columns), "d.parquet")
    status, lines, _, _ = assess("d.parquet", None)
    assert (status, len(lines)) == (2, 1)
    assert lines[0].endswith(said)


def test_a_file_cut_short_keeps_the_rows_before_the_cut(assess):
    rows = docket(*(f"{n * 7919 % 99991},2025-02-28,F41G 7/{n % 3}2" for n in range(800_000)))
    whole = gzip.compress(rows, 1)
    status, lines, summary, out = assess("d.csv.gz", whole[: len(whole) // 2])
    assert (status, summary is not None) == (2, True), lines[-3:]
    assert len(out) == summary["rows"] > 0
    assert lines[-1].startswith(f"d.csv.gz: cannot be read as csv after {summary['rows']:,} rows: ")
    assert lines[-1].endswith("; expected a sound csv file")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("d.csv.gz", gzip.compress(docket(GOOD), mtime=0)[:-20], "d.csv.gz: cannot be read as csv: "),
        ("d.csv.gz", docket(GOOD), "d.csv.gz: cannot be read as csv: Not a gzipped file"),
        ("d.parquet", b"PAR1 garbage", "d.parquet: cannot be read as parquet: "),
        (
            "d.csv",
            f"{HEADER},ipc\n{GOOD},F\n".encode(),
            "d.csv:1: ipc: more than one column of this name; ",
        ),
        (
            "d.csv",
            b"id,day\n1,2\n",
            "d.csv:1: ipc: no such column; the file has id, day; map one with",
        ),
    ],
)
def test_an_unsound_file_is_told(assess, name, content, said):
    status, lines, _, out = assess(name, content)
    assert (status, out) == (2, [])
    assert lines[-1].startswith(said)
    assert "expected" in lines[-1] or "map one with --column ipc=..." in lines[-1]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--column", "ipc"], "--column: ipc: no =; expected NAME=SOURCE"),
        (["--encoding", "nonsense"], "--encoding: nonsense: an unknown encoding; expected one such as utf-8"),
        (["-o", "no/out.csv"], "no/out.csv: cannot be written: "),
        (["-o", "."], ".: cannot be written: "),
    ],
)
def test_a_wrong_call_is_told(assess, args, said):
    status, lines, _, _ = assess("d.csv", docket(GOOD), *args)
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith(said)
    assert "expected" in lines[0]


@pytest.mark.parametrize(
    ("name", "found"), [("/nope", "no such file"), (".", "a folder"), (os.devnull, "not a plain file")]
)
def test_what_is_no_file_is_told(assess, name, found):
    wanted = "expected a file in CSV, JSON Lines or Parquet, or - for standard input"
    assert assess(name, None)[:2] == (2, [f"{name}: {found}; {wanted}"])


def test_a_file_that_may_not_be_read_is_told(assess, monkeypatch):
    def refuse(self, *args, **more):
        raise PermissionError(13, "Permission denied", str(self))

    Path("d.csv").write_bytes(docket(GOOD))
    monkeypatch.setattr(Path, "open", refuse)
    found = CliRunner().invoke(root, ["assess", "patents", "d.csv", "--lang", "en"])
    assert (found.exit_code, found.stderr) == (
        2, "d.csv: cannot be read as csv: Permission denied; expected a sound csv file\n",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["o.csv", "o.jsonl", "o.parquet", "o.csv.gz"])
def test_a_full_disk_is_told(assess, name):
    Path(name).symlink_to("/dev/full")
    status, lines, _, _ = assess("d.csv", docket(GOOD), "-o", name)
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith(f"{name}: cannot be written: ") and "No space left on device" in lines[0]


@pytest.mark.parametrize("rows", [1, 200_000])
def test_a_closed_pipe_needs_no_message(tmp_path, rows):
    (tmp_path / "d.csv").write_bytes(docket(*[GOOD] * rows))
    run = [sys.executable, "-c", "from kaname.cli import main; main()", "assess", "patents", str(tmp_path / "d.csv")]
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(run, stdout=writing, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2] / "src")
    os.close(writing)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (141, False)


def test_a_reader_left_in_the_middle_leaves_no_work_behind(tmp_path):
    """Else a thread that lets go of it after the end of Python aborts the program."""
    (tmp_path / "d.csv").write_bytes(docket(*[GOOD] * 600_000))  # three blocks
    held = []
    with open_reader(str(tmp_path / "d.csv"), "csv", "utf-8") as reader:
        batches = reader.batches({"application_id": "application_id"})
        held.append(next(batches))
        handler = weakref.ref(batches.gi_frame.f_locals["skip"])
        assert handler() is not None
    assert handler() is None and next(batches, None) is None


def test_claims_longer_than_python_allows_a_cell_are_read(assess):
    row = f"A,2025-02-28,B63G 8/00,{'a hull ' * 40_000}"
    status, lines, summary, out = assess("d.csv", f"{HEADER},claims\n{row}\n{GOOD},\n".encode())
    assert (status, lines, out, summary["rows"]) == (0, [], ["A", "A"], 2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("d.csv", bytes(2 << 20), "d.csv: the header alone is over 1 MiB, no table"),
        (
            "d.csv",
            f'{HEADER}\nA,2025-02-28,"F41G 7/22\n'.encode() + b"x" * (20 << 20),
            "d.csv: cannot be read as csv: ",
        ),
    ],
)
def test_what_is_no_table_is_told_whatever_its_size(assess, name, content, said):
    status, lines, _, out = assess(name, content)
    assert (status, out, len(lines)) == (2, [], 1)
    assert lines[0].startswith(said)


def test_a_line_of_json_without_end_is_not_read_into_memory(assess, monkeypatch):
    monkeypatch.setattr("kaname.files.json_lines._LINE", 1000)
    good = b'{"application_id": "A", "filing_date": "2025-02-28", "ipc": "F41G 7/22"}\n'
    status, lines, _, _ = assess("d.jsonl", good + b"x" * 5000)
    assert status == 2
    assert lines[0].startswith("d.jsonl: cannot be read as jsonl: a line longer than")


@pytest.mark.parametrize(("column", "field"), [("titel", "title"), ("abstrct", "abstract"), ("Claims", "claims")])
def test_a_misspelt_column_is_named(assess, column, field):
    _, lines, _, _ = assess("d.csv", f"{HEADER},{column}\n{GOOD},x\n".encode())
    assert lines == [f"d.csv:1: {column}: unknown field; if {field} is meant: --column {field}={column}"]


@pytest.mark.parametrize("cut", [0, 1, 9, 1000, None])
@pytest.mark.parametrize("size", [64, 1000, 1 << 16])  # each longer than a line
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_broken_stream_ends_with_its_last_whole_line(tmp_path, cut, size, end):
    plain = end.join(b"%d,%d" % (n, n * n) for n in range(3000)) + end
    packed = gzip.compress(plain)
    path = tmp_path / "d.gz"
    path.write_bytes(packed[: len(packed) // 2 + cut] if cut is not None else packed)
    stream = UpToTheBreak(pa.input_stream(str(path)))
    got = b"".join(iter(lambda: stream.read(size), b""))
    if cut is None:
        assert (got, stream.fault) == (plain, "")
    else:
        assert stream.fault and plain.startswith(got)
        assert got.endswith(b"\n") or end == b"\r" or not got
    assert stream.read(size) == b""  # and stays at its end


@pytest.mark.parametrize(("command", "table", "column"), [
    ("network", "supplier,buyer,amount,buyer\nA,B,1,C\n", "buyer"),
    ("ownership", "subject,owner,share,share\nA,B,51,3\n", "share"),
    ("names", "id,name,name\n1,A,B\n", "name"),
])  # fmt: skip
def test_a_column_that_stands_twice_is_told_and_neither_is_taken(tmp_path, monkeypatch, command, table, column):
    """A table joined from two has such headers, and which of the two is meant nobody can know."""
    monkeypatch.chdir(tmp_path)
    Path("d.csv").write_text(table, encoding="utf-8")
    known = ["--list", "d.csv"] if command == "names" else []
    found = CliRunner().invoke(root, ["assess", command, "d.csv", *known, "--lang", "en"])
    assert found.exit_code == 2
    assert f"d.csv:1: {column}: more than one column of this name; expected one" in found.stderr.splitlines()


def test_a_late_row_of_another_width_that_is_no_text_is_told_without_a_traceback(tmp_path):
    """Behind what the encoding is guessed from. In a process of its own: the traceback came past every handler."""
    table = tmp_path / "d.csv"
    rows = b"".join(b"firm %d,firm %d,3.5\n" % (n, n + 1) for n in range(60_000))
    table.write_bytes(b"supplier,buyer,amount\n" + rows + b"\xe6\xa9\na,b,4\n")
    command = [sys.executable, "-m", "kaname", "assess", "network", str(table), "--lang", "en"]
    found = subprocess.run(command, capture_output=True, text=True)
    (line,) = found.stderr.splitlines()
    assert found.returncode == 2 and "Row #60002: Expected 3 columns, got 1" in line


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_table_without_columns_is_told(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    Path(f"d.{form}").write_text("\n\n\n" if form == "csv" else "nothing\n", encoding="utf-8")
    Path("links.csv").write_text("supplier,buyer,amount\nA,B,1\n", encoding="utf-8")
    Path("firms.csv").write_text("firm,industry\nA,x\nB,y\n", encoding="utf-8")
    command = ["assess", "network", "links.csv", "--firms", "firms.csv", "--essential", f"d.{form}", "--lang", "en"]
    found = CliRunner().invoke(root, command)
    assert found.exit_code == 2 and f"d.{form}: " in found.stderr and isinstance(found.exception, SystemExit)


def test_empty_lines_before_the_header_are_none(assess):
    status, lines, _, numbers = assess("d.csv", b"\n\n" + docket(GOOD, "B,soon,F41"), "--strict")
    assert (status, lines, numbers) == (2, ["d.csv:5: filing_date: 'soon'; expected a day such as 2025-02-28"], ["A"])
