"""Concentration by peers: DuckDB and Polars, each in the SQL or expressions that one would write.

`bench/trade.py` starts it in a process of its own with the rows in a Parquet file, and takes seconds from the line of
JSON and answers from OUT. Both are in requirements-dev.in, for other benchmarks too.

    trade.py duckdb|polars IN.parquet OUT.npy    importer, product, exporter, value -> importer, product, three shares
"""

import json
import sys
import time

import numpy as np

SQL = """
with partner as (select importer, product, exporter, sum(value) as v from flows group by all),
     cell as (select importer, product, sum(v) as total, sum(v * v) as squares, max(v, 3) as largest
              from (select importer, product, cast(v as double) as v from partner) group by all)
select importer, product, squares / (total * total) as hhi, largest[1] / total as top1,
       list_sum(largest) / total as top3
from cell order by importer, product
"""


def main() -> None:
    job, given, out = sys.argv[1:]
    run = {"duckdb": duckdb_run, "polars": polars_run}[job](given)
    before, began = time.process_time(), time.perf_counter()
    answer = run()
    seconds = time.perf_counter() - began
    np.save(out, answer)
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": time.process_time() - before}) + "\n")


def duckdb_run(given):
    import duckdb

    held = duckdb.connect()
    held.execute("set threads = 1")
    held.execute(f"create table flows as select * from read_parquet('{given}')")

    def run():
        found = held.execute(SQL).fetchnumpy()
        return np.stack([np.asarray(found[name], float) for name in ("importer", "product", "hhi", "top1", "top3")])

    return run


def polars_run(given):
    import polars as pl

    flows = pl.read_parquet(given)

    def run():
        part = pl.col("v") / pl.col("v").sum()
        found = (
            flows.lazy()
            .group_by("importer", "product", "exporter").agg(pl.col("value").sum().cast(pl.Float64).alias("v"))
            .group_by("importer", "product")
            .agg((part * part).sum().alias("hhi"), part.max().alias("top1"), part.top_k(3).sum().alias("top3"))
            .sort("importer", "product").collect()
        )  # fmt: skip
        return found.cast(pl.Float64).to_numpy().T

    return run


if __name__ == "__main__":
    main()
