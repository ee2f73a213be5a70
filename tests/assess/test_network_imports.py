"""Imports that fail, in a network of firms: the first loss against a plain count over cells, its two ends, faults."""

import csv
import io
import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import tries
from kaname.assess.network.imported import importers, imports_fail
from kaname.assess.network.io_table import build
from kaname.assess.network.net import Network
from kaname.assess.network.reading import Read
from kaname.assess.network.risk import Settings, systemic_risk
from kaname.assess.network.study import Asked, study
from kaname.cli import root
from kaname.files.problems import BadInput
from shock_data import SMALL

CODES = ("01", "02", "03")


def cells_of(rng):
    """A table of three sectors that adds up: what each uses, exports, imports, and what is left for households."""
    cells = {(i, j): float(rng.integers(0, 9)) for i in CODES for j in CODES}
    output = {i: 60.0 + sum(cells[i, j] for j in CODES) for i in CODES}
    for i in CODES:
        cells["va", i] = output[i] - sum(cells[j, i] for j in CODES)
        cells[i, "expo"], cells[i, "impo"] = 5.0, -float(rng.integers(0, 50))
        cells[i, "hhco"] = output[i] - sum(cells[i, j] for j in CODES) - cells[i, "expo"] - cells[i, "impo"]
    return cells, output


def made_up(seed):
    rng = np.random.default_rng(seed)
    cells, output = cells_of(rng)
    n = 12
    w = np.where(rng.random((n, n)) < 0.2, rng.integers(1, 30, (n, n)), 0).astype(float)
    np.fill_diagonal(w, 0)
    i, j = np.nonzero(w)
    sector = rng.integers(0, 3, n)
    network = Network.of(i, j, w[i, j], sector, industries=CODES)
    own = np.where(rng.random(n) < 0.5, rng.random(n), np.nan)
    return cells, output, Read(network, {}, imported=own), {code: float(rng.random()) for code in CODES[:2]}


def first_losses(cells, output, sector, own, cuts, least):
    """(low, high) of one firm, counted cell by cell."""
    abroad = {i: -cells[i, "impo"] / (sum(cells[i, j] for j in CODES) + cells[i, "hhco"]) for i in CODES}
    costs = sum(cells[i, sector] for i in CODES)
    usual = sum(cells[i, sector] * abroad[i] for i in CODES) / costs if costs else 0.0
    more = 1.0 if np.isnan(own) else own / usual if usual else 0.0
    by_cost, small, worst = 0.0, 0.0, 0.0
    for i, part in cuts.items():
        if not cells[i, sector]:
            continue
        missing = part * min(1.0, abroad[i] * more)
        cost = missing * cells[i, sector] / output[sector]
        by_cost += cost
        if i != sector and cells[i, sector] / costs >= least:
            worst = max(worst, missing)
        else:
            small += cost
    return by_cost, max(by_cost, small, worst)


@settings(max_examples=tries(20, ci=100))
@given(st.integers(0, 2**32))
def test_first_losses_are_those_counted_cell_by_cell_and_the_ends_keep_their_order(seed):
    cells, output, read, cuts = made_up(seed)
    of = importers(read, build("t", "bn_jpy", "", cells, {}), 0.1, frozenset())
    found = imports_fail(read.network, of, cuts, "x")
    low, high = np.zeros(read.network.count), np.zeros(read.network.count)
    low[found.low.firms], high[found.high.firms] = found.low.loss, found.high.loss
    for n in range(read.network.count):
        wanted = first_losses(cells, output, CODES[read.network.industry[n]], read.imported[n], cuts, 0.1)
        np.testing.assert_allclose((low[n], high[n]), wanted, 0, 1e-12)
    scores = systemic_risk(read.network, [found.low, found.high], Settings(eps=1e-9))
    assert scores.total[0] <= scores.total[1] + 1e-9
    assert found.own == int((~np.isnan(read.imported[found.high.firms])).sum())


def test_what_all_firms_import_as_their_sector_does_is_its_first_loss():
    cells, _, read, _ = made_up(4)
    table = build("t", "bn_jpy", "", cells, {})
    costs = table.between.sum(axis=0)
    usual = (table.between * table.import_share[:, None]).sum(axis=0) / costs
    same = Read(read.network, {}, imported=usual[read.network.industry])
    plain = Read(read.network, {})
    one, other = (imports_fail(r.network, importers(r, table), {"01": 0.4}, "x") for r in (same, plain))
    np.testing.assert_allclose(one.high.loss, other.high.loss, 0, 1e-12)
    assert (one.own, other.own) == (one.high.firms.size, 0)


def test_a_study_of_imports_holds_both_ends_and_its_chains_begin_where_imports_failed():
    cells, _, read, cuts = made_up(7)
    of = importers(read, build("t", "bn_jpy", "", cells, {}))
    found = study(read.network, Asked("imports", ("01",), days=20, cuts=tuple(cuts.items())), of)
    assert found.least.score <= found.score and found.least.value_added_lost <= found.value_added_lost
    struck = set(found.hit.firms.tolist())
    assert all(chain.steps[0].firm in struck for chain in found.explained.chains)
    with pytest.raises(BadInput, match="input-output table"):
        study(read.network, Asked("imports", ("01",), cuts=(("01", 0.1),)))


LINKS = "supplier,buyer,amount\nmine,smelter,10\nsmelter,works,20\n"
FIRMS = "id,industry,imported\nmine,01,\nsmelter,02,0.4\nworks,02,\n"
TRADE = """year,product,exporter,importer,value,currency
2015,2709,SAU,JPN,15000000000,JPY
2015,2709,ARE,JPN,5000000000,JPY
"""


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*args, status=0, **files):
        for name, text in {"links": LINKS, "firms": FIRMS, "io": SMALL, **files}.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        usual = ["assess", "network", "links.csv", "--firms", "firms.csv", "--imports", "io.csv"]
        found = CliRunner().invoke(root, [*usual, *args, "--lang", "en"])
        assert found.exit_code == status, found.output
        return found

    return run


def rows(found):
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_the_command_gives_both_ends_says_how_and_explains_the_upper(call):
    found = call("--scenario", "imports:01@0.5", "--scenario", "mine")
    told = {row["scenario"]: float(row["total"]) for row in rows(found)}
    assert 0 < told["imports:01@0.5:low"] < told["imports:01@0.5:high"] and "mine" in told
    assert "the imported part of 1 is known" in found.stderr
    (first, *_) = rows(call("--scenario", "imports:01@0.5", "--explain"))
    assert first["chain"].startswith("01* > ")
    assert len(rows(call("--scenario", "imports:01@0.5", "--days", "3"))) == 4
    assert json.loads(found.stderr.splitlines()[-1])["scenarios"] == 3


@pytest.mark.parametrize(("files", "args", "said"), [
    ({}, ("--scenario", "imports:09@0.5"), "no such sector"),
    ({}, ("--scenario", "imports:01@1.5"), "expected a number from 0 to 1"),
    ({"firms": FIRMS.replace("0.4", "1.4")}, ("--scenario", "imports:01"), "firms.csv:3: imported: '1.4'"),
    ({"firms": FIRMS.replace("works,02", "works,retail")}, ("--scenario", "imports:01"),
     "no sectors of this table (retail)"),
    ({"io": SMALL + "01,hhco,1\n"}, ("--scenario", "imports:01"), "one row for one cell"),
])  # fmt: skip
def test_what_does_not_fit_is_told(call, files, args, said):
    found = call(*args, status=2, **files)
    assert said in found.stderr and not found.stdout


def test_a_product_that_a_country_no_longer_sells_is_that_part_of_its_sectors_imports(call):
    by_country = ("--trade", "trade.csv", "--product", "2709", "--years", "2015", "--rate", "1e-9")
    by_country += ("--leads", "leads.csv")
    files = {"trade": TRADE, "leads": "prefix,sector\n27,01\n"}
    found = rows(call("--scenario", "imports:SAU@0.8", "--scenario", "imports:01@0.2", *by_country, **files))
    told = {row["scenario"]: row["total"] for row in found}
    for end in ("low", "high"):  # 15 of 60 billion of imports, of which 0.8: a fifth
        assert told[f"imports:SAU@0.8:{end}"] == told[f"imports:01@0.2:{end}"]
