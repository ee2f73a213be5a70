"""`kaname letter`, `letters`, `pack`, `take`: papers and packages from the command line, each mistake one line."""

import io
import json
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner

from access.conftest import act_office, sqlite_office, sqlite_template  # noqa: F401
from kaname.cli import root
from kaname.papers import letters
from web import world


@pytest.fixture
def kaname(act_office, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*args, status=0, lang="en"):
        found = CliRunner().invoke(root, args, env={"KANAME_LANG": lang})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        assert found.exit_code == status, found.output
        return found.output

    return call


@pytest.fixture
def who(kaname):
    return world.person("clerk", "applicant", "jpo", kind=world.KIND, sealed=True)


def test_a_paper_is_issued_and_many_come_as_an_archive(kaname, who, tmp_path):
    case = world.filed(who, date(2026, 11, 2))
    by = ("--by", who.email)
    kaname("letter", case, "1", *by, "--issue", "--out", "one.pdf")
    (one,) = letters.issued(who, case)
    raw = (tmp_path / "one.pdf").read_bytes()
    assert raw == b"".join(letters.again(who, case, one.seq).pieces)
    assert "1 letters" in kaname("letters", world.KIND, "first_review.file", *by, "--out", "all.zip")
    made = zipfile.ZipFile(io.BytesIO((tmp_path / "all.zip").read_bytes()))
    (line,) = json.loads(made.read("manifest.json"))["letters"]
    assert made.read(line["file"]) == raw and line["paper"] == one.number
    kaname("letters", world.KIND, "first_review.file", *by, "--join", "--from", "R8.11.2", "--out", "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes()[:5] == b"%PDF-"
    told = kaname("letters", world.KIND, "no.such", *by, "--out", "x.zip", status=2)
    assert "no.such" in told and "Traceback" not in told
    assert "no entry" in kaname("letter", case, "99", *by, "--issue", status=2)
    assert "exclude" in kaname(
        "letters", world.KIND, "first_review.file", *by, "--join", "--issue", "--out", "x", status=2
    )


def test_a_package_is_made_tried_and_recorded_once(kaname, who, tmp_path):
    case = world.filed(who, date(2026, 11, 2))
    by = ("--by", who.email)
    kaname("pack", case, "1", *by, "--out", "filing.zip")
    assert "can be recorded" in kaname("take", "filing.zip", *by)
    one = json.loads(kaname("take", "filing.zip", *by, "--record", "--json"))
    two = json.loads(kaname("take", "filing.zip", *by, "--record", "--json"))
    assert one["accepted"] and one == two and one["case"] != case
    raw = (tmp_path / "filing.zip").read_bytes()
    (tmp_path / "bad.zip").write_bytes(raw[: len(raw) // 2])
    assert "cannot be read as a package" in kaname("take", "bad.zip", *by, status=2)
    assert "読めない" in kaname("take", "none.zip", *by, status=2, lang="ja")
    assert "SEQ" in kaname("pack", case, "77", *by, "--out", "x.zip", status=2)
