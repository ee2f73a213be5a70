"""`kaname glance`, `changes`, `dryrun`: files written, the same as the library's, mistakes told in one line."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from access.folk import key, person, recorded
from infrastructure.plans import file
from kaname.cli import root
from kaname.ledger.perform import open_case
from kaname.registers.picture import picture
from kaname.registers.report import pdf
from kaname.registers.slides import pptx

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def here(act_office, monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: TODAY)
    monkeypatch.setattr("kaname.cli.params.today", lambda: TODAY)
    return act_office


def run(*args: str):
    return CliRunner().invoke(root, list(args), obj="en")


def test_report_and_slides_are_those_of_the_library(tmp_path) -> None:
    files = tmp_path / "a.pdf", tmp_path / "a.pptx"
    answer = run("--lang", "ja", "glance", "--as-of", "2024-06-04", "--pdf", str(files[0]), "--pptx", str(files[1]))
    assert answer.exit_code == 0, answer.output
    shown = picture(date(2024, 6, 4), today=TODAY)
    assert (files[0].read_bytes() == pdf(shown, "ja")) is True  # so, lest two files are told byte by byte
    assert (files[1].read_bytes() == pptx(shown, "ja")) is True


def test_changes_and_dry_run_speak_json() -> None:
    found = json.loads(run("changes", "2024-06-04", "2026-11-26", "--json").output)
    assert {"id": "supply.products", "before": 12, "after": 16}.items() <= next(
        c for c in found["changes"] if c["id"] == "supply.products"
    ).items()
    told = json.loads(run("dryrun", "health_care", "--from", "2027-04-01", "--json").output)
    assert told["begins"][0]["last"] == "2027-10-01" and told["latest"] == "2027-12-16"
    assert "six months without filing" in run("dryrun", "health_care", "--from", "2027-04-01").output


def test_for_a_person_their_cases_are_counted() -> None:
    minister = person("Shunin", "sector_minister")
    first = file("2026-11-02", "2026-12-20")
    recorded(open_case("infrastructure.plan", first, idempotency_key=key()))
    told = run("dryrun", "health_care", "--from", "2027-04-01", "--for", minister.email, "--json")
    assert [a["cases"] for a in json.loads(told.output)["affected"]] == [1]


@pytest.mark.parametrize(("args", "says"), [
    (("glance", "--as-of", "2020-01-01", "--pdf", "x.pdf"), "2022-05-18"),
    (("glance", "--pdf", "/nowhere/x.pdf"), "cannot be written"),
    (("glance", "--csv", "/dev/null/x"), "cannot be written"), (("changes", "2020-01-01", "2024-01-01"), "FROM"),
    (("dryrun", "moon", "--from", "2027-04-01"), "health_care"),
    (("dryrun", "health_care", "--from", "2028-01-01"), "2027-12-16"),
    (("changes", "2024-06-04", "2026-11-26", "--for", "nobody@example.jp"), "--for"),
])  # fmt: skip
def test_mistakes_are_told(args, says) -> None:
    answer = run(*args)
    assert answer.exit_code == 2 and says in answer.output + answer.stderr
