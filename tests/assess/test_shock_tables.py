"""Input-output tables: the published ones add up, wrong ones are named, cuts of imports lie between two bounds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.assess.network.imports import Lost, cuts, leads
from kaname.assess.network.io_table import read_io
from kaname.assess.network.leontief import domestic
from kaname.assess.network.sectors import cut, services
from kaname.files.problems import BadInput
from shock_data import DATA, SMALL, japan, real


@pytest.fixture
def written(tmp_path):
    def write(text, name="io.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@real
@pytest.mark.parametrize(("size", "sectors"), [("2011_13x13", 13), ("2015_13x13", 13), ("2015_37x37", 37),
                                               ("2015_185x185", 185), ("2015_basic", 388)])  # fmt: skip
def test_japans_tables_add_up_and_both_inverses_give_their_output_back(size, sectors):
    table = read_io(*japan(size))
    assert len(table) == sectors and not table.problems
    made = domestic(table)
    assert np.allclose(made.output_for(made.final), table.output, rtol=1e-10)
    primary = table.output - made.flows.sum(axis=0)
    assert np.allclose(made.output_from(primary), table.output, rtol=1e-10)
    assert made.backward.mean() == pytest.approx(1) and made.forward.mean() == pytest.approx(1)


@real
def test_tables_of_one_year_agree_on_the_whole_whatever_their_size():
    tables = [read_io(*japan(f"2015_{size}")) for size in ("13x13", "37x37", "185x185", "basic")]
    assert {round(float(t.output.sum()), 3) for t in tables} == {1_017_818.388}
    assert tables[0].value_added.sum() == pytest.approx(548_238.714)
    assert tables[3].value_added.sum() == pytest.approx(548_238.714 + 497.328)  # scrap is a cost of its buyers


@real
def test_the_oecds_table_is_read_by_year():
    file = str(DATA / "io/oecd2021_iot_japan_45.csv.gz")
    last, first = read_io(file), read_io(file, year="1995")
    assert (last.year, len(last), last.unit) == ("2018", 45, "musd") and not last.problems and not first.problems
    assert last.imports.sum() > first.imports.sum()
    with pytest.raises(BadInput, match="no year 1960"):
        read_io(file, year="1960")


@real
def test_negative_cells_are_told_and_are_no_flow():
    table = read_io(*japan("2015_185x185"))
    assert (table.between < 0).sum() == 92 and any("92 negative" in note.en for note in table.notes)
    assert (domestic(table).flows >= 0).all()


def test_by_hand(written):
    table = read_io(written(SMALL))
    assert table.import_share.tolist() == [60 / 160, 0.0]
    made = domestic(table)
    assert made.imported[0].tolist() == [3.75, 15.0] and made.flows[0].tolist() == [6.25, 25.0]
    found = cut(table, {"01": 1.0}, least=0.0, replaceable=frozenset({"02"}))
    # 02 lacks 37.5 % of input 01 at once; 01 uses a tenth of its own goods and a fifth of 02's.
    one = 0.1125 / (1 - 0.1875)
    assert found.high.tolist() == pytest.approx([one, 0.375 + 0.625 * one])
    assert (found.low < found.high).all() and [(s.source, s.to, s.abroad) for s in found.path(1)] == [(0, 1, True)]
    # Nothing replaces anything: each needs the other, and what fails goes round until nothing is made.
    assert cut(table, {"01": 1.0}, least=0.0).high.tolist() == pytest.approx([1.0, 1.0])
    at_will = cut(table, {"01": 1.0}, least=0.0, replaceable=frozenset({"01", "02"}))
    assert at_will.high.tolist() == pytest.approx(at_will.low.tolist())


@pytest.mark.parametrize(("change", "said"), [
    (("01,01,10\n", "01,01,99\n"), "sums to 189"),
    (("01,Total,100\n", "01,Total,\n"), "not to the output stated, 0"),
])  # fmt: skip
def test_what_does_not_add_up_is_named_by_its_sector(written, change, said):
    table = read_io(written(SMALL.replace(*change)))
    told = [p.said("en") for p in table.problems]
    assert told and all("01" in one for one in told[:1]) and any(said in one for one in told), told


@pytest.mark.parametrize(("text", "said"), [
    ("row,col,amount\n01,01,1\n", "expected row, col, value_"),
    (SMALL + "01,01,3\n", "one row for one cell"),
    (SMALL.replace(",110", ",many"), "'many'; expected a number"),
    (SMALL.replace(",110", ",1_10"), "'1_10'; expected a number"),
    (SMALL.replace(",110", ",nan"), "'nan'; expected a number"),
    ("row,col,value_bn\n01,01,1\nva,01,1\n", "fewer than two sectors"),
])  # fmt: skip
def test_what_is_no_table_is_refused(written, text, said):
    with pytest.raises(BadInput) as refused:
        read_io(written(text))
    assert said in refused.value.problems[0].said("en")


def test_a_sector_that_makes_nothing_and_buys_nothing_does_no_harm(written):
    text = SMALL + "03,01,0\n03,02,0\n03,03,0\n01,03,0\n02,03,0\nva,03,0\n03,Total,0\n"
    table = read_io(written(text))
    found = cut(table, {"01": 0.5, "03": 1.0})
    assert not table.problems and found.low[2] == found.high[2] == 0.0 and np.isfinite(found.high).all()
    assert found.high[:2].tolist() == cut(read_io(written(SMALL)), {"01": 0.5}).high.tolist()


def test_more_in_than_out_has_no_inverse(written):
    greedy = SMALL.replace("01,01,10\n", "01,01,400\n").replace("01,impo,-60\n", "01,impo,0\n")
    with pytest.raises(BadInput, match="more than they make"):
        cut(read_io(written(greedy)), {"01": 0.1})


@pytest.mark.parametrize(("asked", "said"), [({"99": 0.5}, "no such sector"), ({"01": 1.5}, "no share")])
def test_a_cut_that_makes_no_sense_is_refused(written, asked, said):
    with pytest.raises(BadInput, match=said):
        cut(read_io(written(SMALL)), asked)


@real
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["06", "20", "32"]))
@settings(max_examples=25)
def test_more_lost_never_does_less_and_low_stays_below_high(some, more, code):
    table = _japan_37()
    less, larger = (cut(table, {code: part}) for part in sorted((some, more)))
    assert (less.low <= less.high + 1e-12).all() and (less.high <= larger.high + 1e-12).all()
    assert (less.low <= larger.low + 1e-12).all()
    assert less.value_added_lost[0] <= less.value_added_lost[1]


@real
def test_units_of_money_change_no_share():
    table = _japan_37()
    made = cut(table, {"06": 0.3})
    thousand = cut(_times(table, 1000.0), {"06": 0.3})
    assert np.allclose(made.high, thousand.high, atol=1e-12) and np.allclose(made.low, thousand.low, atol=1e-12)


@real
def test_services_are_told_apart_in_every_table():
    names = {size: read_io(*japan(f"2015_{size}")) for size in ("13x13", "37x37", "185x185")}
    for table in names.values():
        apart = services(table)
        assert {"製造業", "鉄鋼", "銑鉄・粗鋼"}.isdisjoint(
            {table.names[table.number(code)] for code in apart}
        ) and apart
    assert "46" not in services(names["37x37"]) and "51" in services(names["37x37"])


@real
def test_a_product_becomes_part_of_the_imports_of_a_sector():
    table = _japan_37()
    of, unverified = leads(table)
    assert unverified and of["2709"] == "06" and of["8542"] == "32"
    found = cuts(table, [Lost("H5:270900", 100e9, 40e9, 20e9)], "USD", 121.0, of, unverified)
    assert found[0].sector == "06" and found[0].part == pytest.approx(
        20e9 * 121 / 1e9 / table.imports[table.number("06")]
    )
    for rate in (None, 0.0, math.nan, math.inf):
        with pytest.raises(BadInput, match="expected --rate"):
            cuts(table, [Lost("270900", 1e9, 1e9, 1e9)], "USD", rate, of, True)
    with pytest.raises(BadInput, match="more than the sector's imports"):
        cuts(table, [Lost("270900", 1e15, 1e15, 1e15)], "USD", 121.0, of, True)
    with pytest.raises(BadInput, match="belongs to no sector"):
        cuts(table, [Lost("9999", 1.0, 1.0, 1.0)], "JPY", None, of, True)
    with pytest.raises(BadInput, match="expected a table of prefix, sector"):
        leads(read_io(*japan("2015_185x185")))


@real
def test_every_sector_of_our_reading_is_in_the_table_it_is_for():
    tables = [read_io(*japan("2015_13x13")), _japan_37(), read_io(str(DATA / "io/oecd2021_iot_japan_45.csv.gz"))]
    for table in tables:
        of, _ = leads(table)
        assert set(of.values()) <= set(table.codes)
        assert {f"{chapter:02}" for chapter in range(1, 98) if chapter != 77} <= set(of)


def _japan_37():
    return read_io(*japan("2015_37x37"))


def _times(table, by):
    from dataclasses import replace

    return replace(table, between=table.between * by, final=table.final * by, imports=table.imports * by,
                   added=table.added * by, output=table.output * by)  # fmt: skip
