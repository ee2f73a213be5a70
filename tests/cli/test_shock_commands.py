"""`kaname assess sectors`, `draws` and `chips`: figures out, wrong input told by its place, the same for a seed."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import assess_chips, assess_draws, assess_sectors
from kaname.files.problems import BadInput
from shock_data import SMALL

FIRMS = "firm,industry,size\nA,01,50\nB,02,30\nC,01,10\nD,02,20\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "io.csv").write_text(SMALL)
    (tmp_path / "firms.csv").write_text(FIRMS)
    trade = "year,product,exporter,importer,value,currency\n2015,2709,SAU,JPN,4000000000,JPY\n2015,2709,ARE,JPN,1,JPY\n"
    (tmp_path / "trade.csv").write_text(trade)
    (tmp_path / "leads.csv").write_text("prefix,sector\n27,01\n")
    return tmp_path


def run(command, *args):
    found = CliRunner().invoke(command, [str(one) for one in args], catch_exceptions=False)
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    return found.exit_code, rows, found.stderr


def test_sectors(folder):
    status, rows, told = run(assess_sectors.command, folder / "io.csv", "--cut", "01=50%", "--replaceable", "02")
    assert status == 0 and {row["sector"] for row in rows} == {"01", "02"}
    assert all(0 < float(row["low"]) <= float(row["high"]) <= 1 for row in rows)
    assert json.loads(told.splitlines()[-1])["cuts"] == {"01": 0.5}


def test_a_table_that_does_not_add_up_ends_with_2_and_names_the_sector(folder):
    (folder / "io.csv").write_text(SMALL.replace("01,01,10\n", "01,01,99\n"))
    status, rows, told = run(assess_sectors.command, folder / "io.csv", "--cut", "01=0.5")
    assert status == 2 and rows and "01" in told.splitlines()[0]


def test_a_country_and_a_product(folder):
    unit = SMALL.replace("value_bn", "value_bn_jpy")
    (folder / "io.csv").write_text(unit)
    status, rows, told = run(
        assess_sectors.command, folder / "io.csv", "--trade", folder / "trade.csv", "--product", "2709", "--supplier",
        "SAU", "--years", "2015", "--leads", folder / "leads.csv",
    )  # fmt: skip
    assert status == 0 and rows
    assert json.loads(told.splitlines()[-1])["cuts"]["01"] == pytest.approx(4 / 60)


def test_nothing_to_cut_is_refused(folder):
    with pytest.raises(BadInput, match="expected --cut"):
        run(assess_sectors.command, folder / "io.csv")


def test_draws_are_the_same_for_a_seed_and_lie_in_order(folder):
    asked = (folder / "firms.csv", "--table", folder / "io.csv", "--draws", "15")
    first, again, other = (run(assess_draws.command, *asked, "--seed", seed)[1] for seed in (1, 1, 2))
    assert first == again and len(other) == 4
    assert all(float(row["low"]) <= float(row["middle"]) <= float(row["high"]) for row in first)


def test_chips():
    lamp = Path(__file__).parents[2] / "docs/examples/lamp"
    status, rows, _ = run(assess_chips.command, lamp, "--lose", "AAA")
    assert status == 0 and (rows[0]["input"], rows[0]["alone"]) == ("Glass", "true")
    assert rows[1]["path"] == "Glass > Lamp"


def test_chips_with_measures():
    lamp = Path(__file__).parents[2] / "docs/examples/lamp"
    status, rows, summary = run(assess_chips.command, lamp, "--lose", "AAA", "--measure", "source Glass 0.3")
    told = {row["input"]: row for row in rows}
    assert (status, told["Glass"]["high_with"], told["Lamp"]["stopped_with"]) == (0, "0.7", "false")
    assert json.loads(summary.splitlines()[-1])["stopped_with"] == 0
