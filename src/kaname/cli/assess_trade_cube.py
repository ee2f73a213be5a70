"""`kaname assess trade --cube`: the concentration of every importer and product of a file."""

import time
from typing import TYPE_CHECKING

import pyarrow as pa

from kaname.cli import assess_trade_answer as answer
from kaname.files.writers import open_writer

if TYPE_CHECKING:
    from kaname.assess.trade.run import Given

_SCHEMA = pa.schema(
    [("year", pa.int32()), ("importer", pa.string()), ("product", pa.string()), ("total", pa.float64()),
     ("hhi", pa.float64()), ("top_1", pa.float64()), ("top_3", pa.float64())]
)  # fmt: skip


def write_cube(
    given: "Given", years: tuple[int, ...], importers: tuple[str, ...], products: tuple[str, ...], by: str,
    reported: str, out: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Write a row for every importer, product and year with trade, and say how many; the exit status."""
    from kaname.assess.trade.parties import SIDES
    from kaname.assess.trade.run import problems
    from kaname.assess.trade.whole import open_whole

    began, count = time.perf_counter(), 0
    with open_whole(given.trade, by) as (whole, reader):
        bad = problems(given.trade.name, reader.place(whole.faults))
        with open_writer(out, _SCHEMA, "jsonl" if as_json and not out else None) as put:
            for year in years:
                batch = pa.record_batch(whole.rows(year, SIDES[reported], importers, products), schema=_SCHEMA)
                count += len(batch)
                put(batch)
    answer.tell(bad, whole.notes, given.trade.name)
    answer.summary(
        file=given.trade.name, source=whole.source, by=by, unit=whole.unit, read=whole.size, cells=count, problems=bad,
        began=began, years=list(years),
    )  # fmt: skip
    return 2 if bad else 0 if count else 1
