"""What a screening page holds: the answers of the command, whatever was given; one person's alone; gone in time."""

import csv
import gzip
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from kaname.access.models import Office, Person
from kaname.cli import root
from kaname.desk import screenings
from kaname.desk.models import Screening
from kaname.files.problems import BadInput
from kaname.regimes.patents.columns import OUTPUT
from kaname.site.home import home

pytestmark = pytest.mark.django_db
HEADER = "application_id,filing_date,ipc,title,requirement_1,requirement_2,requirement_3,requirement_4"
ROWS = (
    "A-1,2025-02-28,B64C 39/02;F41H 11/00,,,,,",
    "A-2,2026-04-08,B63B 3/13,hull,,,,",
    "A-3,2026-04-08,B01D 59/00,column,,,,",
    "A-4,2026-01-15,B23Q 1/00,machine tool,,,,",
)


@pytest.fixture
def person() -> Person:
    office = Office.objects.create(sort="attorney", name_ja="架空特許事務所", name_en="Imaginary Patent Office")
    return Person.objects.create_user("clerk@example.jp", "a long enough pass phrase", name="架空 花子", office=office)


@pytest.fixture(autouse=True)
def empty_desk() -> Iterator[None]:
    """Rows of a test are rolled back, files are not."""
    shutil.rmtree(home() / "desk", ignore_errors=True)
    yield
    shutil.rmtree(home() / "desk", ignore_errors=True)


def screened(person: Person, content: bytes, name: str = "docket.csv", **columns: str) -> Screening:
    one = screenings.begin(person, name, io.BytesIO(content))
    one.columns |= columns
    assert screenings.is_complete(one), one.columns
    screenings.start(one)
    one.refresh_from_db()
    return one


def small(*rows: str) -> bytes:
    return "\n".join((HEADER, *(rows or ROWS))).encode() + b"\n"


def outcomes(one: Screening) -> dict[str, str]:
    return {str(r["application_id"]): str(r["outcome"]) for r in screenings.every(one)}


# -- the same answers as the command ---------------------------------------------------------------------------------


def command(path: Path, tmp_path: Path, *args: str) -> list[dict[str, str]]:
    out = tmp_path / "out.csv"
    CliRunner().invoke(root, ["assess", "patents", str(path), "-o", str(out), *args])
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_written(one: Screening) -> list[dict[str, str]]:
    return [{name: str(r[name] or "") for name in OUTPUT.names} for r in screenings.every(one)]


def test_the_demonstration_docket_gives_what_the_command_gives(person: Person, tmp_path: Path) -> None:
    content = files("kaname").joinpath("demo/docket.csv").read_bytes()
    (tmp_path / "docket.csv").write_bytes(content)
    one = screened(person, content)
    assert as_written(one) == command(tmp_path / "docket.csv", tmp_path)
    assert one.state == "done" and one.bad and screenings.problem_texts(one)  # it has wrong rows on purpose


def test_the_real_records_give_what_the_command_gives(person: Person, tmp_path: Path, real_records: Path) -> None:
    one = screened(person, real_records.read_bytes(), real_records.name)
    assert one.rows == 2646
    mapping = [p for f, c in one.columns.items() for p in ("--column", f"{f}={c}")]
    assert as_written(one) == command(real_records, tmp_path, *mapping)


# -- pages, answers --------------------------------------------------------------------------------------------------


def test_pages_and_counts_go_over_the_slices(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenings.run, "SLICE", 7)
    symbols = ("B64C 39/02;F41H 11/00", "A01B 1/00")
    one = screened(person, small(*(f"N-{n},2025-02-28,{symbols[n % 2]},,,,," for n in range(120))))
    assert screenings.counts(one) == Counter({"in": 60, "out": 60})
    first, total = screenings.page(one, "in", 1)
    second, _ = screenings.page(one, "in", 2)
    assert (total, len(first), len(second)) == (60, 50, 10)
    assert [r.cells["application_id"] for r in (*first, *second)] == [f"N-{n}" for n in range(0, 120, 2)]
    everything, total = screenings.page(one, "", 3)
    assert (total, [r.number for r in everything]) == (120, list(range(100, 120)))


def test_an_answer_judges_its_row_again_and_can_be_taken_back(person: Person) -> None:
    one = screened(person, small())
    assert outcomes(one) == {"A-1": "in", "A-2": "in_if_requirement", "A-3": "ask", "A-4": "out"}
    screenings.answer(one, 1, dict.fromkeys((f"requirement_{n}" for n in "1234"), False))
    screenings.answer(one, 2, {"words_0": True})
    assert outcomes(one)["A-2"] == "out" and outcomes(one)["A-3"] == "in"
    assert screenings.counts(one) == Counter({"in": 2, "out": 2})
    rows, _ = screenings.page(one, "out", 1)
    assert rows[0].cells["send_by"] is None
    screenings.answer(one, 1, {"requirement_3": True})
    assert outcomes(one)["A-2"] == "in"
    screenings.answer(one, 1, dict.fromkeys((f"requirement_{n}" for n in "1234"), None))
    assert outcomes(one)["A-2"] == "in_if_requirement"
    assert rows[0].looked and rows[0].looked.questions  # what was answered can still be changed


def test_an_answered_row_is_what_the_engine_says_of_such_a_row(person: Person) -> None:
    """Every row of the demonstration docket that asks, answered, against the row written with the answer."""
    content = files("kaname").joinpath("demo/docket.csv").read_text("utf-8")
    one = screened(person, content.encode())
    given = list(csv.DictReader(io.StringIO(content)))
    asking = [r for r in screenings.every(one) if r["outcome"] == "in_if_requirement"]
    assert asking
    for row in asking:
        for answers in ({"requirement_2": True}, dict.fromkeys((f"requirement_{n}" for n in "1234"), False)):
            written = next(g for g in given if g["application_id"] == row["application_id"])
            cells = {**written, **{name: "yes" if value else "no" for name, value in answers.items()}}
            text = io.StringIO()
            csv.DictWriter(text, cells).writeheader()
            csv.DictWriter(text, cells).writerow(cells)
            (expected,) = as_written(screened(person, text.getvalue().encode()))
            after = screenings.answer(one, int(row["number"]), answers)
            assert after
            assert {n: str(after.cells[n] or "") for n in OUTPUT.names} == expected
        screenings.answer(one, int(row["number"]), dict.fromkeys((f"requirement_{n}" for n in "1234"), None))


def test_symbols_are_marked(person: Person) -> None:
    one = screened(person, small("A,2025-02-28,B64C 39/02;F41H 11/00;A01B 1/00;B64C39/99;rubbish,,,,,"))
    row = screenings.row(one, 0)
    assert row and row.looked
    assert [(s.text, s.mark) for s in row.looked.symbols] == [
        ("B64C 39/02", "hit"), ("F41H 11/00", "hit"), ("A01B 1/00", ""), ("B64C39/99", "bad"), ("rubbish", "bad"),
    ]  # fmt: skip


# -- what people bring -----------------------------------------------------------------------------------------------


def test_every_form_of_file_is_taken(person: Person, tmp_path: Path) -> None:
    table = pa.Table.from_pylist([dict(zip(HEADER.split(","), r.split(","), strict=True)) for r in ROWS])
    pq.write_table(table, tmp_path / "d.parquet")
    lines = "".join(json.dumps(r) + "\n" for r in table.to_pylist())
    expected = outcomes(screened(person, small()))
    for name, content in {
        "d.parquet": (tmp_path / "d.parquet").read_bytes(), "d.jsonl": lines.encode(),
        "d.csv.gz": gzip.compress(small()), "sjis.csv": small().decode().replace("hull", "船殻").encode("cp932"),
        "wrong.csv": (tmp_path / "d.parquet").read_bytes(), "packed.csv": gzip.compress(small()),
        "bom.csv": b"\xef\xbb\xbf" + small(),
    }.items():  # fmt: skip
        assert outcomes(screened(person, content, name)) == expected, name


def test_columns_of_another_name_are_proposed(person: Person) -> None:
    content = small().replace(b"application_id", "出願番号".encode()).replace(b"filing_date", "出願日".encode())
    one = screenings.begin(person, "d.csv", io.BytesIO(content))
    assert (one.columns["application_id"], one.columns["filing_date"], one.columns["ipc"]) == (
        "出願番号",
        "出願日",
        "ipc",
    )


def test_more_columns_than_a_table_has(person: Person) -> None:
    with pytest.raises(BadInput, match="too many columns"):
        screenings.begin(person, "d.csv", io.BytesIO(b",".join(b"c%d" % n for n in range(3000)) + b"\n1\n"))


HOSTILE = {
    "empty": (b"", "空"), "blank": (b" \n\n", "空"), "header only": (HEADER.encode(), "見出し"),
    "a book": (b"PK\x03\x04" + bytes(100), "Excel"), "a page": (b"%PDF-1.7 " + bytes(100), "PDF"),
    "bytes": (bytes(range(256)) * 50, "UTF-8"), "cut gzip": (gzip.compress(small() * 50)[:60], "読めない"),
    "a million columns": (b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1\n", "表に見えない"),
    "parquet cut short": (b"PAR1" + bytes(50), "読めない"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_table_is_told_and_not_kept(case: str, person: Person) -> None:
    content, said = HOSTILE[case]
    with pytest.raises(BadInput) as refused:
        one = screenings.begin(person, "docket.csv", io.BytesIO(content))
        one.columns = {"application_id": "a", "filing_date": "b", "ipc": "c"}
        screenings.start(one)
        one.refresh_from_db()
        assert one.state == "failed"
        raise BadInput([])
    assert said in "\n".join(refused.value.lines("ja"))
    assert not Screening.objects.exists()
    assert not [p for p in (home() / "desk").glob("*") if p.is_dir()]


def test_a_name_cannot_lead_out_of_the_folder(person: Person) -> None:
    one = screenings.begin(person, "../../../etc/passwd\0.csv", io.BytesIO(small()))
    assert "/" not in one.name and ".." not in one.name
    assert all(p.is_relative_to(home() / "desk" / one.public_id) for p in (home() / "desk").rglob("given*"))


# -- whose it is, and how long ---------------------------------------------------------------------------------------


def test_another_persons_screening_is_not_there(person: Person) -> None:
    other = Person.objects.create_user(
        "other@example.jp", "a long enough pass phrase", name="別人", office=person.office
    )
    one = screened(person, small())
    assert screenings.of(person, one.public_id) and screenings.listed(person)
    assert screenings.of(other, one.public_id) is None and not screenings.listed(other)


def test_what_was_given_goes_when_it_is_read_and_the_rest_after_a_day(person: Person) -> None:
    one = screened(person, small("A-1,2025-02-28,B64C 39/02;F41H 11/00,secret title of Ruritania,,,,"))
    folder = home() / "desk" / one.public_id
    assert [p.name for p in folder.iterdir()] == ["rows"]
    assert b"Ruritania" not in (folder / "rows").read_bytes()  # readable with the key of the record alone
    Screening.objects.filter(pk=one.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert screenings.of(person, one.public_id) is None and screenings.listed(person) == []
    assert folder.exists() and Screening.objects.exists(), "who looks changes nothing"
    assert screenings.sweep() == 1
    assert not folder.exists() and not Screening.objects.exists()


def waiting(person: Person) -> Screening:
    """A docket whose columns are still to be told: it lies on the disk until somebody tells them."""
    content = "番号,出願日,分類,名称\nA-1,2025-02-28,B64C 39/02,secret title of Ruritania\n".encode()
    one = screenings.begin(person, "Ruritania 対象一覧.csv", io.BytesIO(content))
    assert not screenings.is_complete(one)
    return one


def test_a_docket_that_waits_lies_nowhere_in_the_open(person: Person) -> None:
    one = waiting(person)
    folder = home() / "desk" / one.public_id
    (only,) = folder.iterdir()
    assert only.name == "given" and only.stat().st_mode & 0o077 == 0
    assert b"Ruritania" not in only.read_bytes() and "対象".encode() not in only.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_screening")
        lying = repr(cursor.fetchall())
    assert "Ruritania" not in lying and "対象" not in lying  # nor the name of the file
    assert one.name == "Ruritania 対象一覧.csv" and one.name in {o.name for o in screenings.listed(person)}
    one.columns |= {"application_id": "番号", "filing_date": "出願日", "ipc": "分類", "title": "名称"}
    screenings.start(one)
    one.refresh_from_db()
    assert one.state == "done" and [p.name for p in folder.iterdir()] == ["rows"]


def test_reading_it_leaves_nothing_among_passing_files(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one = waiting(person)
    screenings.columns_of(one)
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "of another"])
def test_a_docket_that_was_meddled_with_is_not_read(harm: str, person: Person) -> None:
    one, other = waiting(person), waiting(person)
    path = home() / "desk" / one.public_id / "given"
    whole = path.read_bytes()
    path.unlink()
    if harm == "of another":
        path.write_bytes((home() / "desk" / other.public_id / "given").read_bytes())
    elif harm != "gone":
        path.write_bytes(whole[:-1] if harm == "cut" else whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(OSError):
        screenings.columns_of(one)
    one.columns = {"application_id": "番号", "filing_date": "出願日", "ipc": "分類"}
    screenings.start(one)
    one.refresh_from_db()
    assert one.state == "failed" and screenings.problem_texts(one)


def test_a_screening_whose_key_is_gone_is_thrown_away(person: Person, settings: Any) -> None:
    """The database was put back on another host: its `secret_key` is in no backup."""
    one = waiting(person)
    settings.SECRET_KEY = "another"
    assert screenings.listed(person) == [] and screenings.of(person, one.public_id) is None
    assert screenings.sweep() == 1
    assert not Screening.objects.exists() and not (home() / "desk" / one.public_id).exists()


def test_files_whose_record_is_gone_go_after_a_day(person: Person) -> None:
    one, fresh = waiting(person), waiting(person)
    Screening.objects.all().delete()
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(home() / "desk" / one.public_id, (old, old))
    screenings.sweep()
    assert [p.name for p in (home() / "desk").iterdir()] == [fresh.public_id]


def test_a_run_in_a_thread_ends_like_one_at_once(
    person: Person, monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    monkeypatch.setattr(screenings.run, "AT_ONCE", 0)
    one = screenings.begin(person, "d.csv", io.BytesIO(small()))
    screenings.start(one)
    for thread in screenings.running():
        thread.join(60)
    one.refresh_from_db()
    assert one.state == "done" and outcomes(one)["A-1"] == "in"


def test_days_are_those_of_the_law(person: Person) -> None:
    row = screenings.row(screened(person, small()), 0)
    assert row and row.cells["send_by"] == date(2025, 5, 31)
