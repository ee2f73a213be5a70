"""Tables that somebody sends: CSV in every encoding, wide, long, quoted, packed; Parquet. Read or refused, in time."""

import gzip
import io
import random
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from figures import seeds, tries
from hostile import grammar
from kaname.desk import sheets as desk
from kaname.files import parquet, rows, tables
from kaname.files.problems import BadInput
from kaname.files.sheets import sheets_of
from kaname.files.streams import RATIO, SMALL, Unpacked

EACH = 50
TABLES = tries(4, ci=200, soak=20_000)  # seeds: 10,000 tables, 1 million in the soak
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc_jp")


def table(lot):
    """A table of nasty cells, in some encoding; then perhaps changed."""
    wide = lot.choice((1, 2, 3, 8))
    lines = [["列%d" % n if lot.random() < 0.8 else grammar.text(lot) for n in range(wide)]]  # noqa: UP031
    lines += [[grammar.text(lot)[:300] for _ in range(lot.choice((wide, wide, wide + 1, 1)))]
              for _ in range(lot.randrange(0, 6))]  # fmt: skip
    quote, end = lot.choice(('"', "", '"', "'")), lot.choice(("\n", "\r\n", "\r"))
    twice = '""' if lot.random() < 0.9 else '"'
    said = (
        lot.choice((",", ",", ";", "\t")).join(quote + c.replace('"', twice) + quote for c in cells) for cells in lines
    )
    text = end.join(said)
    raw = text.encode(lot.choice(ENCODINGS), "replace")
    return grammar.mutated(lot, raw) if lot.random() < 0.5 else raw


def by_arrow(path, raw, encoding="utf-8"):
    path.write_bytes(raw)
    with tables.open_reader(str(path), "csv", encoding) as reader:
        names = dict.fromkeys(reader.names)
        batches = [*tables.read(reader, {n: n for n in names})]
        reader.place([f for batch in batches for f in batch.faults])


def table_told(raw, path, encoding="utf-8"):
    """How many of the three readers took a table; the others refused it in words."""
    taken = 0
    for read in (rows.rows, sheets_of, lambda _, raw: by_arrow(path, raw, encoding)):
        try:
            read("t.csv", raw)
            taken += 1
        except BadInput as bad:
            assert bad.lines("ja") and bad.lines("en")
    return taken


def test_whatever_a_table_holds_it_is_read_or_told(tmp_path):
    path, taken, asked = tmp_path / "t.csv", 0, 0
    for seed in seeds(TABLES):
        lot = random.Random(seed)
        for _ in range(EACH):
            raw = table(lot)
            taken += table_told(raw, path, lot.choice(("utf-8", "cp932", "utf-16")))
            asked += 3
    assert 0 < taken < asked


WIDE = b"a," * 1_000_000
HOSTILE = {
    "a million columns": WIDE + b"\n1\n",
    "a million columns in each row": (b"x," * 200_000 + b"\n") * 5,
    "four million short rows under a wide head": b",".join(b"c%d" % n for n in range(500)) + b"\n" + b"x\n" * 4_000_000,
    "one cell of 15 MB": b"a\n" + b"x" * (15 << 20),
    "one quote that never ends": b'a,b\n"' + b"x,y\n" * 2_000_000,
    "quotes alone": b'"' * 8_000_000,
    "NUL": b"a,b\n\0,\0\n",
    "NULs alone": bytes(8 << 20),
    "no line end": b"x" * (8 << 20),
    "line ends alone": b"\n" * (8 << 20),
    "half a letter of Shift_JIS": "番号\n".encode("cp932") + b"\x83",
    "half a letter of UTF-16": b"\xff\xfea\0\n\0x",
    "both marks": b"\xff\xfe\xef\xbb\xbfa\n1",
    "UTF-16 without a mark": "番号,名\n1,凧".encode("utf-16-le"),
    "one column a thousand times": b",".join([b"same"] * 400) + b"\n1\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_table_is_read_or_told_within_its_time_and_room(name, tmp_path):
    raw = HOSTILE[name]
    for read in (rows.rows, sheets_of, lambda _, raw: by_arrow(tmp_path / "t.csv", raw)):
        begun = time.process_time()
        try:
            read("t.csv", raw)
        except BadInput as bad:
            assert bad.lines("ja") and bad.lines("en")
        assert time.process_time() - begun < 10


def test_a_wide_table_told_by_its_columns():
    with pytest.raises(BadInput, match="1,000,001 columns; expected a table of at most 500"):
        rows.rows("t.csv", WIDE + b"\n1\n")
    with pytest.raises(BadInput, match="too many rows; split it at 6,000"):
        rows.rows("t.csv", HOSTILE["four million short rows under a wide head"])


# -- packed ------------------------------------------------------------------------------------------------------------


def test_a_flood_out_of_a_small_file_is_stopped_as_it_comes():
    flood = gzip.compress(bytes(SMALL + (8 << 20)))
    counter = Unpacked()
    with pytest.raises(BadInput, match=f"over {RATIO} times"):
        counter.feed(flood)
    counter = Unpacked()
    with pytest.raises(BadInput):
        for at in range(0, len(flood), 1000):
            counter.feed(flood[at : at + 1000])
    for sound in (gzip.compress(bytes(SMALL - 1)), gzip.compress(b"a") * 3, b"\x1f\x8bbroken", b"plain"):
        Unpacked().feed(sound)


def test_many_members_count_together():
    counter = Unpacked()
    with pytest.raises(BadInput):
        counter.feed(gzip.compress(bytes(9 << 20)) * 8)


def test_a_sheet_takes_no_more_than_its_size_unpacked():
    with pytest.raises(BadInput, match="over 16 MB"):
        desk.taken("a.csv.gz", io.BytesIO(gzip.compress(bytes(desk.MOST + 1))))


# -- Parquet -----------------------------------------------------------------------------------------------------------


def written(columns, **how):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **how)
    return out.getvalue()


def test_parquet_comes_as_lines_of_text():
    raw = written({"a": ["x", "あ", None], "n": [1, 2, 3], "l": [["a", "b"], [], None]})
    name, lines = desk.taken("表.parquet", io.BytesIO(raw))
    assert name == "表.jsonl" and lines.decode().splitlines()[:2] == ['{"a": "x", "n": "1", "l": "a;b"}',
                                                                      '{"a": "あ", "n": "2", "l": ""}']  # fmt: skip
    assert desk.taken("表.csv", io.BytesIO(raw))[0] == "表.csv.jsonl"  # by its bytes, whatever it is called


def test_text_in_parquet_that_is_no_text_costs_its_row_and_not_the_table(tmp_path):
    """The format does not look at what it calls text."""
    lines = parquet.as_lines("a.parquet", NO_TEXT).decode()
    assert lines.splitlines() == ['{"a": "x"}', '{"a": "\ufffd"}']
    (tmp_path / "a.parquet").write_bytes(NO_TEXT)
    with tables.open_reader(str(tmp_path / "a.parquet"), None, "utf-8") as reader:
        (batch,) = tables.read(reader, {"a": "a"})
        assert batch.columns["a"].to_pylist() == ["x", "\ufffd"] and [f.row for f in batch.faults] == [1]


NO_TEXT = written({"a": pa.array([b"x", b"\xff"], pa.binary()).view(pa.string())})
BOMBS = {
    "cut": lambda: written({"a": ["x"]})[:-5], "magic alone": lambda: b"PAR1",
    "end alone": lambda: b"x" * 100 + b"PAR1", "columns": lambda: written({f"c{n}": ["x"] for n in range(2_500)}),
    "one value three million times": lambda: written({"a": pa.array(["x" * 100]).take(pa.array([0] * 3_000_000))}),
    "a nested type": lambda: written({"a": [{"b": 1}]}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_parquet_is_told(name):
    with pytest.raises(BadInput) as bad:
        parquet.as_lines("a.parquet", BOMBS[name]())
    assert bad.value.lines("ja") and bad.value.lines("en")
