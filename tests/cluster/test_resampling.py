"""The error of trade reports, drawn in parts: what is drawn in one piece, whoever draws which part."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from cluster_works import DeadlyDraws

from kaname.assess.trade import resample
from kaname.assess.trade.resample import Resampled, resampled
from kaname.cli import root
from kaname.cluster import Checkpoint, ClusterError, run
from kaname.cluster.here import Here
from kaname.cluster.works import resampling
from kaname.cluster.works.resampling import Resampling, resampled_each
from kaname.law import T

GRAPHITE = Path(__file__).parents[2] / "docs/examples/graphite.csv"
FLOWS = [([700.0, 200.0, 100.0], 0.0), ([3.0, 0.0, 5.0, 4.0], 2.5), ([9.0], 1.0)]


class InTurn:
    """In this process, the last part first; broken off after `most`."""

    workers = 1

    def __init__(self, most: int = 1_000) -> None:
        self.most, self.asked = most, []

    def results(self, work, parts):
        for part in sorted(parts, reverse=True):
            if len(self.asked) == self.most:
                raise ClusterError(T("止めた", "stopped"))
            self.asked.append(part)
            yield part, work.run(part, tuple(Path(one.path) for one in work.inputs))


def kaname(*args):
    return CliRunner().invoke(root, ["assess", "trade", *map(str, args), "--lang", "en"], standalone_mode=False)


@pytest.fixture
def small(monkeypatch):
    """Blocks of a few draws, so that few draws are many parts."""
    monkeypatch.setattr(resample, "BLOCK", 40)
    monkeypatch.setattr(resampling, "_PART", 3)


@pytest.mark.parametrize("draws", [39, 40, 41, 120, 121, 1000])
def test_in_parts_as_in_one_piece(tmp_path, small, draws):
    work = Resampling.of(FLOWS, 0.2, draws, tmp_path)
    kept = Checkpoint(tmp_path / "parts", work)
    run(work, InTurn(), kept)
    assert kept.parts == len(FLOWS) * -(-draws // 120)
    assert sum(kept.read(part)["hhi"].size for part in range(kept.parts)) == draws * len(FLOWS)
    assert resampled_each(work, kept) == [resampled(known, 0.2, draws, rest=rest) for known, rest in FLOWS]


@pytest.mark.parametrize("fault", [None, "one seed for all blocks", "the next flow", "an amount left out"])
def test_the_comparison_finds_what_is_drawn_wrongly(tmp_path, small, monkeypatch, fault):
    honest = resampling.drawn

    def drawn(known, error, block, draws, seed, rest):
        if fault == "one seed for all blocks" and draws - block * 40 >= 40:
            return honest(known, error, 0, draws, seed, rest)
        if fault == "the next flow":
            rest += 1
        if fault == "an amount left out":
            known = known[1:] if known.size > 1 else known
        return honest(known, error, block, draws, seed, rest)

    monkeypatch.setattr(resampling, "drawn", drawn)
    work = Resampling.of(FLOWS, 0.2, 400, tmp_path)
    kept = Checkpoint(tmp_path / "parts", work)
    run(work, InTurn(), kept)
    same = resampled_each(work, kept) == [resampled(known, 0.2, 400, rest=rest) for known, rest in FLOWS]
    assert same == (fault is None)


def test_draws_of_blocks_have_nothing_in_common(small):
    """A mean over blocks is as sure as one over as many draws from one seed."""
    blocks = [resample.drawn(np.array([5.0, 3.0, 2.0]), 0.3, k, 4000)["hhi"] for k in range(100)]
    assert len({block.tobytes() for block in blocks}) == 100
    means = np.array([block.mean() for block in blocks])
    assert means.std(ddof=1) == pytest.approx(np.concatenate(blocks).std() / np.sqrt(40), rel=0.25)


def test_a_killed_process_and_a_run_broken_off_change_no_bit(tmp_path):
    flows = FLOWS[:1]
    plain = Resampling.of(flows, 0.2, 400_000, tmp_path)
    work = DeadlyDraws(**{name: getattr(plain, name) for name in ("amounts", "flows", "error", "draws", "seed")},
                       marks=str(tmp_path))  # fmt: skip
    with pytest.raises(ClusterError, match="stopped"):
        run(plain, InTurn(most=1), Checkpoint(tmp_path / "parts", plain))
    kept = Checkpoint(tmp_path / "parts", work)
    assert kept.left == [0, 1, 2]
    run(work, Here(2), kept)
    assert (tmp_path / "killed").exists()
    assert resampled_each(work, kept) == [resampled(flows[0][0], 0.2, 400_000)]


def test_another_question_does_not_go_on_with_the_parts_of_this_one(tmp_path):
    work = Resampling.of(FLOWS, 0.2, 500, tmp_path)
    Checkpoint(tmp_path / "parts", work)
    for other in (replace(work, error=0.3), replace(work, draws=501), replace(work, seed=1)):
        with pytest.raises(ClusterError, match="belongs to another run"):
            Checkpoint(tmp_path / "parts", other)


def test_the_command_in_parts(tmp_path):
    asked = (GRAPHITE, "--product", "2504", "--importer", "JPN", "--year", "2023..2024", "--resample", "150000")
    alone = kaname(*asked)
    parts = kaname(*asked, "--workers", "2", "--checkpoint", tmp_path / "kept")
    again = kaname(*asked, "--workers", "1", "--checkpoint", tmp_path / "kept")
    assert alone.return_value in (None, 0), alone.stderr
    assert parts.stdout == alone.stdout == again.stdout
    assert len(list((tmp_path / "kept" / "parts").glob("part-*"))) == 4
    usual = json.loads(kaname(*asked[:-2], "--json").stdout)["figures"]
    more = json.loads(kaname(*asked, "--json").stdout)["figures"]
    for one, other in zip(usual, more, strict=True):
        if one["drawn"] and one["drawn"][1] - one["drawn"][0] > 1e-9:
            assert one["drawn"] != other["drawn"]
            assert one["drawn"] == pytest.approx(other["drawn"], rel=0.01)
        assert one | {"drawn": None} == other | {"drawn": None}


@pytest.mark.parametrize(("more", "said"), [
    (("--cube", "--resample", "1000"), "--resample: expected no --cube"),
    (("--cube", "--workers", "1"), "expected with the page of one product"),
    (("--compare", "--product", "2505", "--workers", "1"), "expected with the page of one product"),
    (("--resample", "1"), "--resample"),
])  # fmt: skip
def test_what_cannot_be_drawn_in_parts_says_so(more, said):
    found = CliRunner().invoke(root, [
        "assess", "trade", str(GRAPHITE), "--product", "2504", "--importer", "JPN", "--year", "2024", "--lang", "en",
        *more,
    ])  # fmt: skip
    assert found.exit_code == 2
    assert said in found.stderr


def test_the_ends_are_what_numpy_says_of_all_draws():
    amounts = np.array([6.0, 3.0, 1.0])
    each = [resample.drawn(amounts, 0.1, k, 25_000) for k in range(3)]
    assert [block["hhi"].size for block in each] == [10_000, 10_000, 5_000]
    whole = {name: np.concatenate([block[name] for block in each]) for name in resample.MEASURES}
    wanted = Resampled(*(tuple(np.percentile(whole[name], [5, 95]).tolist()) for name in resample.MEASURES))
    assert asdict(resampled(amounts, draws=25_000)) == asdict(wanted)
