"""Tables given to `assess network`, `sectors`, `chips`, `trade`, and to their pages: changed in cells, rows and bytes.

Each is read or refused in words, with lines that the table has. What is taken is held against the same table read by
the standard library: nobody's row falls out without a word, and no number is one that cannot be.
"""

import csv
import io
import math
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from figures import seeds, tries
from hostile import grammar
from hostile.batches import told
from kaname.assess.network import asked, chips, columns, margins, reading
from kaname.assess.network.io_table import read_io
from kaname.assess.network.margins import read_firms
from kaname.assess.network.reading import read_network
from kaname.assess.network.sectors import cut
from kaname.assess.trade.asked import Asked
from kaname.assess.trade.concordance import read_concordance
from kaname.assess.trade.governance import read_governance
from kaname.assess.trade.production import read_production
from kaname.assess.trade.products import Listed, bundle
from kaname.assess.trade.run import Given, read_all
from kaname.assess.trade.uses import read_uses
from kaname.desk.sheets import path_of
from kaname.files import child, tables
from kaname.files.named import Table
from kaname.files.problems import BadInput
from shock_data import SMALL

ROOT = Path(__file__).parents[2]
EXAMPLES, CHAIN = ROOT / "docs/examples", ROOT / "src/kaname/assess/network/example_chain"
EACH = 46  # tables of a seed, of each kind
TABLES = tries(1, ci=10, soak=1_000)  # seeds: 460 tables a kind, 10,000 of all kinds; 1 million in the soak
PARQUET = tries(100, ci=1_000, soak=100_000)


class Kind(NamedTuple):
    """A table that people give: a sound one, and what a reader makes of it under a path."""

    sound: bytes
    look: Callable[[str, bytes], object]


def rows_of(raw: bytes) -> list[dict[str, str]] | None:
    """The rows of a plain table by the standard library; None where quotes or NULs leave more than one reading."""
    if set(raw) & set(b'"\0\r') or raw[:1] in (b"[", b"{"):
        return None
    head, *lines = filter(None, csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))  # empty lines are none
    assert {len(cells) for cells in lines} <= {len(head)}, "a row of another width fell out without a word"
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def within(*numbers: float, least: float = 0.0, most: float = 1.0) -> None:
    for one in numbers:
        assert math.isfinite(one) and least - 1e-9 <= one <= most + 1e-9, one


# -- networks ----------------------------------------------------------------------------------------------------------


@cache
def firms_and_links():
    return read_network(str(EXAMPLES / "network_links.csv"), str(EXAMPLES / "network_firms.csv")).network


def links(path, raw):
    found = read_network(Table(path, None, "utf-8", "取引.csv")).network
    assert (found.weight > 0).all() and np.isfinite(found.weight).all()
    if rows := rows_of(raw):
        names = {row[side].strip() for row in rows for side in ("supplier", "buyer")}
        amounts = [float((row.get("amount") or row.get("value", "")).replace(",", "").strip()) for row in rows]
        assert set(found.names) == names and math.isclose(found.weight.sum(), math.fsum(amounts), rel_tol=1e-6)


def firms(path, raw):
    found = read_network(str(EXAMPLES / "network_links.csv"), Table(path, None, "utf-8", "企業.csv"))
    assert not found.problems
    if rows := rows_of(raw):
        assert found.network.count == len(rows)


def classes(path, raw):
    read_network(str(EXAMPLES / "network_links.csv"), str(EXAMPLES / "network_firms.csv"), path)


def scenarios(path, raw):
    found = asked.read_scenarios(path, firms_and_links())
    if rows := rows_of(raw):
        assert sum(len(one.firms) for one in found) == len(rows)
    for one in found:
        within(*one.loss)


def measures(path, raw):
    found = asked.read_measures(path, firms_and_links())
    within(*(one.amount for one in found), most=math.inf if not found else 1e308)
    if rows := rows_of(raw):
        assert len(found) == len(rows)


def imports(path, raw):
    found = asked.read_imports(path, firms_and_links())
    within(*(one.share for one in found), *(one.weight for one in found))
    if rows := rows_of(raw):
        assert len(found) == len(rows)


# -- sectors, and networks drawn from sizes ----------------------------------------------------------------------------


def sectors(path, raw):
    table = read_io(path, called="表.csv")
    for problem in table.problems:
        assert problem.text.ja and problem.text.en
    lost = cut(table, {table.codes[0]: 0.5})
    within(*lost.low, *lost.high)
    assert (lost.low <= lost.high + 1e-9).all()


@cache
def small_table():
    with path_of(SMALL.encode()) as path:
        return read_io(path)


def sizes(path, raw):
    found = read_firms(path, small_table(), called="規模.csv")
    within(*found.size, *found.sells, *found.buys.ravel(), most=1e308)
    if rows := rows_of(raw):
        assert len(found) == len(rows)


# -- chains ------------------------------------------------------------------------------------------------------------


def chain(table):
    def look(path, raw):
        found = chips.read_tables({name: str(CHAIN / f"{name}.csv") for name in chips.COLUMNS} | {table: path}, "鎖")
        if table == "provision" and (rows := rows_of(raw)):
            assert sum(map(len, found.provided.values())) == len(rows)
        for one in chips.lose(found, [next(iter(found.providers.values())).name] if found.providers else []).losses:
            if one.low is not None:
                within(one.low, one.high)
                assert one.low <= one.high + 1e-9

    return look


# -- trade -------------------------------------------------------------------------------------------------------------

BACI = b"t,i,j,k,v,q\n2023,156,392,250410,800,420\n2023,36,392,250410,100,50\n2022,156,392,250410,700,\n"
ATLAS = (b"year,location_code,partner_code,hs_product_code,import_value,export_value\n"
         b"2023,JPN,CHN,2504,800,3\n2023,JPN,AUS,2504,100,0\n2022,CHN,JPN,2504,1,700\n")  # fmt: skip
CUSTOMS = (b"Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Quantity2-Year,Value-Year\n"
           b"2,2023,'250410000',105,,KG,0,420000,110000\n2,2023,'250410000',601,,KG,0,1000,900\n")  # fmt: skip
MINED = b"""commodity,country,year,quantity,unit
tin,China,2023,"69,000",metric tons
tin,Peru,2023,<500,metric tons
tin,Burma,2023,34000,metric tons
tin,World total,2023,290000,metric tons
"""
USGS = (
    b"COMMODITY,TYPE,COUNTRY,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,RESERVES_2024\n"
    b"Tin,Mine production,China,metric tons,70000,69000,1000000\nTin,Mine production,Peru,metric tons,26200,W,\n"
)
GOVERNED = b"code,year,indicator,estimate\nCHN,2023,rl,-0.1\nCHN,2023,va,-1.6\nAUS,2023,rl,1.5\nAUS,2023,va,..\n"
LED = (b"from_revision,from_code,to_revision,to_code,weight\nH5,850760,H6,850760,0.5\nH5,850760,H6,850761,0.5\n"
       b"H5,250410,H6,250410,\n")  # fmt: skip
USED = b"share,value_added\n0.6,1000\n0.3,500\n0.1,\n"
BUNDLED = b"code,material,weight,revision\n2504,,1,H6\n850760,,0.5,\n,tin,0.2,\n"


def traded(code):
    def look(path, raw):
        of = bundle([code])
        read = read_all(Given(Table(path, None, "utf-8", "貿易.csv")), of)
        lines = raw.count(b"\n") + raw.count(b"\r") + 2
        for problem in read.problems:
            assert problem.text.ja and problem.text.en and 0 <= problem.line <= lines
        page = read.page(of, Asked("JPN", (2022, 2023), draws=0))
        for figure in page.figures:
            if figure.measure in ("share", "hhi", "top_1", "top_3") and figure.value is not None:
                within(figure.value)

    return look


def mined(path, raw):
    found = read_production(path, "tin")
    assert all(row.micro >= 0 for row in found.rows)


def governed(path, raw):
    found = read_governance(path)
    within(*(value for of in found.estimates.values() for value in of.values()), least=-3.5, most=3.5)


def led(path, raw):
    found = read_concordance(path)
    for step in found.steps.values():
        for parts in step.values():
            within(float(sum(share for _, share in parts)))


def used(path, raw):
    found = read_uses(path)
    within(*found.share)


def bundled(path, raw):
    found = bundle([], tables=[Listed(path, None, "utf-8", "組.csv")])
    within(*(float(part.weight) for part in found.parts))


KINDS = {
    "links": Kind((EXAMPLES / "network_links.csv").read_bytes(), links),
    "firms": Kind((EXAMPLES / "network_firms.csv").read_bytes(), firms),
    "classes": Kind((EXAMPLES / "network_classes.csv").read_bytes(), classes),
    "scenarios": Kind(b"scenario,firm,loss\nA,mine,1\nA,smelter,0.5\nB,import,\n", scenarios),
    "measures": Kind((EXAMPLES / "network_plan.csv").read_bytes(), measures),
    "imports": Kind((EXAMPLES / "network_imports.csv").read_bytes(), imports),
    "sectors": Kind(SMALL.encode(), sectors),
    "sizes": Kind(b"firm,industry,size\na,01,8\nb,01,15\nc,02,4\n", sizes),
    **{f"chain {name}": Kind((CHAIN / f"{name}.csv").read_bytes(), chain(name)) for name in
       ("inputs", "providers", "provision", "sequence")},
    "Comtrade": Kind((EXAMPLES / "graphite.csv").read_bytes(), traded("2504")),
    "BACI": Kind(BACI, traded("2504")), "Atlas": Kind(ATLAS, traded("2504")), "customs": Kind(CUSTOMS, traded("2504")),
    "production": Kind(MINED, mined), "USGS": Kind(USGS, mined), "governance": Kind(GOVERNED, governed),
    "concordance": Kind(LED, led), "uses": Kind(USED, used), "bundle": Kind(BUNDLED, bundled),
}  # fmt: skip


# Sound tables that are read beside the one given: where that lacks something, a line of theirs is told.
BESIDE = {"network_links.csv", "network_firms.csv", *(f"{name}.csv" for name in chips.COLUMNS)}


def changed(lot: random.Random, sound: bytes) -> bytes:
    """A table with cells or rows changed, as CSV or lines of JSON; or its bytes; or no table of text at all."""
    if lot.random() < 0.25:
        return grammar.mutated(lot, sound)
    rows = grammar.altered_rows(lot, list(csv.reader(io.StringIO(sound.decode()))))
    if lot.random() < 0.02:
        return lot.choice((b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")) + grammar.csv_of(lot, rows)
    return grammar.csv_of(lot, rows)


def held(kind: str, raw: bytes) -> bool:
    """True where a table was taken, False where it was refused in words; anything else is a fault of the reader."""
    lines = raw.count(b"\n") + raw.count(b"\r") + 2
    try:
        with path_of(raw) as path:
            KINDS[kind].look(path, raw)
    except BadInput as bad:
        assert bad.lines("ja") and bad.lines("en")
        for one in bad.problems:
            assert one.text.ja and one.text.en and (0 <= one.line <= lines or Path(one.file).name in BESIDE), one
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_table_of_supply_or_trade_holds_it_is_read_or_told(kind):
    taken = tried = 0
    for seed in seeds(TABLES, fewest=4):
        lot = random.Random(seed)
        taken += sum(held(kind, changed(lot, KINDS[kind].sound)) for _ in range(EACH))
        tried += EACH
    assert 0 < taken < tried


@pytest.mark.parametrize("kind", KINDS)
def test_the_unchanged_table_is_taken(kind):
    assert held(kind, KINDS[kind].sound)


def test_rows_that_fall_out_without_a_word_are_found(monkeypatch):
    """Planted: readers that go on where a row has too few cells or too many."""
    for module in (chips, margins):
        monkeypatch.setattr(module, "read_whole", lambda reader, columns, called: tables.read(reader, columns))
    for kind in ("chain provision", "sizes"):
        lot = random.Random(0)
        with pytest.raises(AssertionError, match="fell out without a word"):
            for _ in range(400):
                held(kind, changed(lot, KINDS[kind].sound))


def test_a_number_that_is_none_is_found(monkeypatch):
    """Planted: what cannot be read counts as nothing."""
    whole = columns.number
    monkeypatch.setattr(reading, "amount", lambda text: whole(text) or 0.0)
    lot = random.Random(0)
    with pytest.raises((AssertionError, ValueError)):
        for _ in range(400):
            held("links", changed(lot, KINDS["links"].sound))


def test_parquet_with_changed_bytes_is_read_or_told():
    """Of such a table the office gets lines of JSON from a child; what it gets is as the tables above."""
    sounds = []
    for kind in ("links", "Comtrade", "sectors"):
        head, *rows = csv.reader(io.StringIO(KINDS[kind].sound.decode()))
        out = io.BytesIO()
        pq.write_table(pa.table({name: [row[n] for row in rows] for n, name in enumerate(head)}), out)
        sounds.append(out.getvalue())
    lot = random.Random(1)
    said = told([("parquet", {}, grammar.mutated(lot, lot.choice(sounds))) for _ in range(PARQUET)])
    assert {one.get("refused", "") for one in said} <= {"", "told", "columns", *child.TOLD}
    assert not [one for one in said if "fault" in one] and any("refused" not in one for one in said)
