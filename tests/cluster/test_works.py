"""The calculations that run in parts say what they say in one piece."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from kaname.assess.network.net import Network
from kaname.assess.network.risk import Settings, systemic_risk
from kaname.assess.network.scenario import Scenarios
from kaname.assess.ownership.network import network as holdings
from kaname.assess.ownership.power import power_index
from kaname.assess.ownership.source import open_book
from kaname.cli import root
from kaname.cluster import Checkpoint, run
from kaname.cluster.here import Here
from kaname.cluster.works import risk
from kaname.cluster.works.power import Power, summed
from kaname.cluster.works.risk import SystemicRisk, scores

ROOT = Path(__file__).parents[2]
DOCKET, HOLDINGS = ROOT / "src/kaname/demo/docket.csv", ROOT / "docs/examples/holdings.csv"


def kaname(*args):
    return CliRunner().invoke(root, ["assess", *map(str, args), "--lang", "en"], standalone_mode=False)


class InThisProcess:
    workers = 1

    def results(self, work, parts):
        for part in sorted(parts, reverse=True):
            yield part, work.run(part, tuple(Path(one.path) for one in work.inputs))


def economy(firms: int, links: int, seed: int) -> Network:
    draw = np.random.default_rng(seed)
    classes = draw.integers(0, 3, (5, 5))
    return Network.of(
        draw.integers(0, firms, links), draw.integers(0, firms, links), draw.lognormal(size=links),
        np.append(np.arange(5), draw.integers(0, 5, firms - 5)), essential=classes,
    )  # fmt: skip


def test_another_network_under_the_same_name_is_another_one(tmp_path):
    """A worker lives through many runs."""
    for seed in (1, 2):
        network = economy(60, 200, seed)
        many = Scenarios.each_firm(network)
        work = SystemicRisk.of(network, many, Settings(), tmp_path)
        found = work.run(0, (tmp_path / "network.arrays",))
        np.testing.assert_array_equal(found["total"], systemic_risk(network, many).total)


@pytest.mark.parametrize("part", [7, 64, 1000])
@pytest.mark.parametrize("settings", [Settings(), Settings(market=False, eps=1e-4)])
def test_systemic_risk_in_parts_is_that_of_one_piece(tmp_path, monkeypatch, part, settings):
    """Bit for bit, however the scenarios are cut."""
    monkeypatch.setattr(risk, "_PART", part)
    network = economy(150, 900, seed=part)
    many = Scenarios.each_firm(network, 0.8)
    whole = systemic_risk(network, many, settings)
    work = SystemicRisk.of(network, many, settings, tmp_path)
    kept = Checkpoint(tmp_path / "parts", work)
    assert kept.parts == -(-150 // part)
    run(work, InThisProcess(), kept)
    found = scores(kept, many, network.count)
    for name in ("total", "down", "up", "iterations", "converged"):
        np.testing.assert_array_equal(getattr(found, name), getattr(whole, name), name)
    assert found.total.max() > 0.05


def test_replicas_of_the_power_index(tmp_path):
    with open_book(str(HOLDINGS), date(2026, 4, 1), None, "utf-8", ()) as book:
        votes = holdings(book, date(2026, 4, 1))
    work = Power.of(votes, tmp_path, replicas=5, steps=400, seed=3)
    kept = Checkpoint(tmp_path / "parts", work)
    run(work, Here(2), kept)
    alone = Checkpoint(tmp_path / "alone", work)
    run(work, InThisProcess(), alone)
    each = np.array([kept.read(p)["index"] for p in range(5)])
    np.testing.assert_array_equal(each, np.array([alone.read(p)["index"] for p in range(5)]))
    mean, error = summed(kept)
    np.testing.assert_allclose(mean, each.mean(axis=0))
    np.testing.assert_allclose(error, each.std(axis=0, ddof=1) / np.sqrt(5), atol=1e-12)
    assert mean.sum() == pytest.approx(np.unique(votes.company).size)  # each company has one who decides it
    direct = power_index(
        votes.count, votes.holder, votes.company, votes.low, np.isin(np.arange(votes.count), votes.company) * 1.0,
        steps=400, seed=int(np.random.SeedSequence(3, spawn_key=(2,)).generate_state(1)[0]),
    )  # fmt: skip
    np.testing.assert_array_equal(each[2], direct)
    one = Checkpoint(tmp_path / "one", Power.of(votes, tmp_path, replicas=1, steps=400, seed=3))
    run(Power.of(votes, tmp_path, replicas=1, steps=400, seed=3), InThisProcess(), one)
    assert np.isnan(summed(one)[1]).all()


# -- the commands ------------------------------------------------------------------------------------------------------


def big_docket(place: Path, rows: int) -> Path:
    """The demonstration's docket over and over, under numbers of its own, over several batches."""
    with DOCKET.open(encoding="utf-8") as file:
        head, *lines = csv.reader(file)
    with place.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(head)
        for n in range(rows):
            line = list(lines[n % len(lines)])
            line[head.index("application_id")] += f"-{n}"
            write.writerow(line)
    return place


def test_a_docket_in_parts_is_screened_as_in_one_piece(tmp_path):
    docket = big_docket(tmp_path / "docket.csv", 150_000)
    alone = kaname("patents", docket, "-o", tmp_path / "alone.csv")
    parts = kaname("patents", docket, "-o", tmp_path / "parts.csv", "--workers", "2",
                "--checkpoint", tmp_path / "kept")  # fmt: skip
    assert (alone.return_value, parts.return_value) == (2, 2)  # it holds rows that are wrong
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()
    *told, summary = parts.stderr.splitlines()
    *told_alone, summary_alone = alone.stderr.splitlines()
    assert told == told_alone
    assert json.loads(summary) | {"seconds": 0} == json.loads(summary_alone) | {"seconds": 0}
    assert len(list((tmp_path / "kept" / "parts").glob("part-*"))) > 1
    wrong = kaname("patents", docket, "--strict", "--workers", "2")
    assert (wrong.return_value, wrong.stderr) == (2, "--strict: expected no --cluster, --workers or --checkpoint\n")


def test_who_decides_companies(tmp_path):
    """A holds B wholly and C by a hair; D and E can never decide anything. F is nobody's majority: it is drawn."""
    table = tmp_path / "holdings.csv"
    table.write_text("holder,company,votes\nA,B,100\nB,C,50.1\nD,C,49.9\nE,F,40\nG,F,40\nH,F,20\n", "utf-8")
    found = kaname("power", table, "--as-of", "2026-04-01", "--replicas", "4", "--workers", "1")
    assert found.return_value == 0
    rows = {
        row["holder"]: (float(row["index"]), float(row["error"])) for row in csv.DictReader(io.StringIO(found.stdout))
    }
    assert rows["A"] == (2, 0)
    assert "D" not in rows
    assert sum(index for index, _ in rows.values()) == pytest.approx(3)
    for name in "EGH":  # whoever stands in the middle: each of three as often
        assert rows[name][0] == pytest.approx(1 / 3, abs=0.03)
        assert 0 < rows[name][1] < 0.02
    again = kaname("power", table, "--as-of", "2026-04-01", "--replicas", "4", "--workers", "2")
    assert again.stdout == found.stdout
    missing = kaname("power", tmp_path / "none.csv")
    assert missing.return_value == 2 and "no such file" in missing.stderr


def test_a_cluster_that_is_not_there_is_told_in_a_line():
    found = kaname("power", HOLDINGS, "--as-of", "2026-04-01", "--cluster", "nowhere://x")
    assert (found.return_value, found.stderr) == (
        2,
        "nowhere://x: nowhere://x is no address; expected tcp://HOST:8786\n",
    )


def test_shocks_in_parts_are_those_of_one_piece(tmp_path):
    examples = ROOT / "docs/examples"
    asked = ("network", examples / "network_links.csv", "--firms", examples / "network_firms.csv",
             "--essential", examples / "network_classes.csv", "--measures", examples / "network_plan.csv")  # fmt: skip
    alone = kaname(*asked)
    parts = kaname(*asked, "--workers", "1", "--checkpoint", tmp_path / "kept")
    assert alone.return_value in (None, 0)
    assert (parts.return_value, parts.stdout) == (alone.return_value, alone.stdout)
    assert sorted(p.name for p in (tmp_path / "kept").iterdir()) == ["with", "without"]
    wrong = kaname(*asked, "--explain", "--workers", "1")
    assert wrong.return_value == 2 and "expected no --explain" in wrong.stderr
