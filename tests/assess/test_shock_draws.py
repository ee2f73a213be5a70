"""Networks drawn from totals: totals kept, the same again for a seed, links as many as asked, intervals that cover."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import tries
from kaname.assess.network import reconstruct
from kaname.assess.network.io_table import read_io
from kaname.assess.network.margins import from_sizes, of_totals, read_firms
from kaname.assess.network.reconstruct import density, draw, draws, interval
from kaname.files.problems import BadInput
from shock_data import SMALL, japan, real


@st.composite
def margins(draw_):
    """Firms of a few industries with totals of any size, also none."""
    n, kinds = draw_(st.integers(2, 9)), draw_(st.integers(1, 3))
    amount = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))
    sector = draw_(st.lists(st.integers(0, kinds - 1), min_size=n, max_size=n))
    sells = np.array(draw_(st.lists(amount, min_size=n, max_size=n)))
    buys = np.array(draw_(st.lists(amount, min_size=n * kinds, max_size=n * kinds))).reshape(n, kinds)
    return of_totals([str(k) for k in range(n)], sector, [str(k) for k in range(kinds)], sells, buys)


def kept(of, drawn):
    """How far a draw is from its totals, as a part of all sales."""
    sold = np.bincount(drawn.supplier, drawn.amount, len(of))
    bought = np.zeros_like(of.buys)
    np.add.at(bought, (drawn.buyer, of.sector[drawn.supplier]), drawn.amount)
    whole = of.sells.sum() or 1.0
    return max(float(np.abs(sold - of.sells).max()), float(np.abs(bought - of.buys).max())) / whole


@given(margins(), st.integers(0, 1000), st.floats(-3, 3))
@settings(max_examples=tries(150, ci=600))
def test_every_draw_keeps_every_total_and_nobody_supplies_itself(of, seed, z):
    drawn = draw(of, 10.0**z, seed)
    assert kept(of, drawn) < 1e-9
    assert (drawn.amount > 0).all() and (drawn.supplier != drawn.buyer).all()
    assert len(set(zip(drawn.supplier.tolist(), drawn.buyer.tolist(), strict=True))) == len(drawn)


def test_a_draw_that_is_not_brought_to_its_totals_is_found_out(monkeypatch):
    monkeypatch.setattr(reconstruct._Left, "placed", lambda self, random: 0)
    of = from_sizes(*_firms(30), read_small())
    assert kept(of, draw(of, 1e-3, 1)) > 1e-6


@given(margins())
@settings(max_examples=tries(100, ci=400))
def test_what_is_not_between_firms_is_nowhere_lost(of):
    stripe = np.array([of.sells[of.sector == a].sum() for a in range(len(of.codes))])
    assert np.allclose(stripe, of.buys.sum(axis=0), rtol=1e-9, atol=1e-9)
    assert (of.sells >= 0).all() and (of.buys >= 0).all() and (of.final >= -1e-9).all() and (of.outside >= -1e-9).all()
    both = of.sells + of.buys[np.arange(len(of)), of.sector]
    assert (both <= stripe[of.sector] * (1 + 1e-9) + 1e-9).all()  # no firm must supply itself


def test_the_same_seed_draws_the_same_and_another_does_not():
    of = from_sizes(*_firms(40), read_small())
    first, again = (list(draws(of, 120, 3, 7)) for _ in range(2))
    assert all(
        (a.supplier == b.supplier).all() and (a.amount == b.amount).all() for a, b in zip(first, again, strict=True)
    )
    other = next(iter(draws(of, 120, 1, 8)))
    assert len(other) != len(first[0]) or (other.supplier != first[0].supplier).any()
    assert (next(iter(draws(of, 120, 1, 8))).amount == first[1].amount).all()  # a draw has a seed of its own


def test_links_are_as_many_as_asked_on_average():
    of = from_sizes(*_firms(60), read_small())
    drawn = [len(one) - one.added for one in draws(of, 300, tries(20, ci=100))]
    assert np.mean(drawn) == pytest.approx(300, rel=0.08)


def test_an_interval_covers_what_the_true_network_says():
    """A network is drawn, its totals taken, networks drawn from these: they say of it what it says of itself."""
    of = from_sizes(*_firms(50), read_small())
    truth = draw(of, density(of, 250), 99_999)

    def largest_buyer(drawn):
        """For each supplier the part of its sales that its largest buyer takes."""
        most = np.zeros(len(of))
        np.maximum.at(most, drawn.supplier, drawn.amount)
        return most / np.maximum(np.bincount(drawn.supplier, drawn.amount, len(of)), 1e-300)

    found = interval(draws(of, 250, tries(60, ci=200), 5), largest_buyer)
    inside = (found.low - 1e-9 <= largest_buyer(truth)) & (largest_buyer(truth) <= found.high + 1e-9)
    assert inside.mean() >= 0.8 and (found.low <= found.middle).all() and (found.middle <= found.high).all()


@real
def test_firms_of_japans_industries_are_drawn_from_the_published_table():
    table = read_io(*japan("2015_37x37"))
    random = np.random.default_rng(3)
    codes = [table.codes[k] for k in random.integers(0, 37, 200)]
    of = from_sizes([f"f{k}" for k in range(200)], codes, random.pareto(1.2, 200) + 1, table)
    drawn = next(iter(draws(of, of.needs, 1)))
    assert kept(of, drawn) < 1e-12 and len(drawn) > of.needs / 2
    assert (of.size <= np.asarray([of.size.sum()])).all() and of.own.sum() < 0.1 * of.size.sum()


@pytest.mark.parametrize(("text", "said"), [
    ("firm,industry,size\nA,01,1\nA,01,2\n", "a name of its own"), ("firm,industry,size\nA,77,1\n", "no industry '77'"),
    ("firm,industry,size\nA,01,-1\n", "a number over 0"), ("firm,industry,size\nA,01,1\n", "two firms or more"),
    ("firm,size\nA,1\n", "expected firm, industry, size"),
])  # fmt: skip
def test_what_is_no_table_of_firms_is_refused(tmp_path, text, said):
    path = tmp_path / "firms.csv"
    path.write_text(text)
    with pytest.raises(BadInput, match=said):
        read_firms(str(path), read_small())


@pytest.mark.parametrize("links", [0, 10**6])
def test_links_that_cannot_be_are_refused(links):
    with pytest.raises(BadInput, match="links cannot be drawn"):
        next(draws(from_sizes(*_firms(10), read_small()), links, 1))


def _firms(n):
    random = np.random.default_rng(11)
    return [f"f{k}" for k in range(n)], [("01", "02")[k % 2] for k in range(n)], random.pareto(1.1, n) + 1


def read_small():
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "io.csv"
        path.write_text(SMALL)
        return read_io(str(path))
