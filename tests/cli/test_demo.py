"""The demonstration: what the docket's screening says and what the cases say are the same days."""

import csv
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from kaname.cli import demo, root
from kaname.procedure import fold
from kaname.procedure.ahead import ends_by_time
from kaname.regimes import KINDS

DOCKET = files("kaname") / "demo" / "docket.csv"
GOLDEN = Path(__file__).parents[1] / "golden" / "cli"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_demonstration_reads_as_agreed(monkeypatch, lang):
    monkeypatch.setattr("kaname.cli.params.today", lambda: date(2026, 11, 24))
    found = CliRunner().invoke(root, ["demo", "--as-of", "2025-07-15"], env={"KANAME_LANG": lang})
    assert found.exit_code == 0, found.output
    assert found.stdout == (GOLDEN / f"demo.{lang}.txt").read_text(encoding="utf-8")


def test_the_docket_and_the_cases_agree_on_the_ban(tmp_path):
    CliRunner().invoke(root, ["assess", "patents", str(DOCKET), "-o", str(tmp_path / "out.csv")])
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        screened = {row["application_id"]: row for row in csv.DictReader(file)}
    with DOCKET.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    kind, compared = KINDS["patents.application"], 0
    for line in lines:
        found = screened[line["application_id"]]
        silent = min(found["ban_ends_if_silent"], found["ban_ends_latest"])
        ledger = list(demo._ledger(line))
        if found["outcome"] != "in" or not silent:
            continue
        standing = fold(kind, ledger, ledger[-1].on)
        assert ends_by_time(standing)[("foreign_filing_ban", "", "file_abroad")] == date.fromisoformat(silent), line
        compared += 1
    assert compared >= 15


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [80, 109, 110, 124, 125, 200])
def test_on_a_terminal_days_are_never_cut(monkeypatch, lang, width):
    monkeypatch.setattr("kaname.cli.params.today", lambda: date(2026, 11, 24))
    monkeypatch.setattr(demo, "Console", lambda: Console(force_terminal=True, width=width, no_color=True))
    found = CliRunner().invoke(root, ["demo"], env={"KANAME_LANG": lang})
    assert found.exit_code == 0, found.output
    table = [Styled.from_ansi(line).plain for line in found.stdout.splitlines()][:-2]
    assert max(cell_len(line) for line in table) <= width
    row = next(line for line in table if "DEMO-025" in line)
    assert "2025-10-03" in row
    assert ("2027-01-03" in row) == (width >= 110)
    assert not re.search(r"\d…", row)
