"""`kaname assess sectors`: imports that fail, through an input-output table."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyarrow as pa

from kaname.cli import assess_trade_answer as answer
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.of_trade import of_trade, parts_of
from kaname.files.problems import BadInput, Problem
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.sectors import Sectors

_ABOUT = T(
    """輸入が途絶えたとき、部門ごとに失われる生産と付加価値を、二つの端で示す。

TABLE は産業連関表（row, col, value_… の列、又は OECD の year, row_code, col_code, value_…）。輸入は負の最終需要とする。

\b
出力（1行が1部門、付加価値の損失の大きい順）
  low, high               失う生産の割合。low は他の投入が費用に応じて代わる場合（ゴーシュ）、
                          high は財とエネルギーが何にも代えられない場合（レオンチェフ）
  value_added_low, _high  失う付加価値（表の単位）
  import_share            国内で使う分に占める輸入
  path                    high になる道筋。* は輸入
表の合計が合わなければ標準エラーに示し、終了ステータスは2。""",
    """What failing imports take of the output and value added of sectors, between two ends.

TABLE is an input-output table (row, col, value_..., or the OECD's year, row_code, col_code, value_...), with imports
as negative final demand.

\b
Output, a row a sector, the largest loss of value added first:
  low, high               part of output lost; low: other inputs take the place of what fails, by cost (Ghosh);
                          high: nothing takes the place of goods and energy (Leontief)
  value_added_low, _high  value added lost, in the unit of the table
  import_share            imports in what is used at home
  path                    how high comes about; * marks imports
Totals that do not add up are told on standard error, with exit status 2.""",
)
_COLUMNS = ("sector", "name", "low", "high", "value_added_low", "value_added_high", "import_share", "path")
_NOTHING = T("--cut、又は --trade と --product、--supplier、--years が要る",
             "expected --cut, or --trade with --product, --supplier and --years")  # fmt: skip


# fmt: off
@bilingual(
    "sectors",
    _ABOUT,
    "kaname assess sectors io37.csv --names sectors37.csv --cut 06=0.3",
    "kaname assess sectors io37.csv --trade comtrade.csv --product 2709 --supplier SAU --years 2015 --rate 121",
)
@argument("table", T("産業連関表", "the input-output table"))
@option(
    "--names", metavar="FILE", default="", about=T("部門の名称（code, name_ja）", "names of sectors (code, name_ja)")
)
@option(
    "--table-year",
    default="",
    metavar="YEAR",
    about=T("年のある表の年（既定は最後）", "year of the table (default: last)"),
)
@option(
    "--cut",
    "cuts",
    multiple=True,
    metavar="CODE=PART",
    about=T("部門の輸入のうち失われる割合", "part of a sector's imports"),
)
@option(
    "--least",
    default=0.01,
    type=click.FloatRange(0, 1),
    about=T(
        "これより小さい費用の投入は代えがきく（既定0.01）",
        "inputs below this part of costs can be replaced (default 0.01)",
    ),
)
@option(
    "--replaceable",
    default="",
    metavar="CODES",
    about=T(
        "代えがきく部門（既定はサービス。- はなし）", "sectors that can be replaced (default: services; - for none)"
    ),
)
@of_trade
@option("--supplier", default="", metavar="COUNTRY", about=T("失われる相手国", "the supplier that is lost"))
@option(
    "--part",
    default=1.0,
    type=click.FloatRange(0, 1),
    about=T("その国からの輸入のうち失われる割合", "part of it that fails"),
)
@option(
    "-o", "--out", metavar="OUT", about=T("出力先（.csv、.jsonl、.parquet）", "write to OUT (.csv, .jsonl, .parquet)")
)
@click.pass_context
def command(
    ctx: click.Context,
    table: str,
    names: str,
    table_year: str,
    cuts: tuple[str, ...],
    least: float,
    replaceable: str,
    trade: str,
    product: str,
    importer: str,
    supplier: str,
    years: str,
    part: float,
    rate: float | None,
    leads: str,
    out: str | None,
) -> None:
    # fmt: on
    """The command."""
    from kaname.assess.network.imports import Product
    from kaname.assess.network.io_table import read_io
    from kaname.assess.network.sectors import cut, cuts_of

    began = time.perf_counter()
    read = read_io(table, names, table_year)
    wanted = cuts_of(read, cuts)
    if trade:
        gone = Product(product, supplier, years, importer, part, rate)
        for code, more in parts_of(read, trade, gone, leads).items():
            wanted[code] = min(1.0, wanted.get(code, 0.0) + more)
    if not wanted:
        raise BadInput([Problem("--cut", 0, "", _NOTHING)])
    spared = None if not replaceable else frozenset(one for one in replaceable.split(",") if one and one != "-")
    found = cut(read, wanted, least, spared)
    _write(found, out)
    answer.tell(list(read.problems), (), table)
    for note in read.notes:
        click.echo(f"{T('注：', 'note: ')[language()]}{note[language()]}", err=True)
    low, high = found.of_value_added
    answer.summary(list(read.problems), began, file=Path(table).name, sectors=len(read), unit=read.unit, cuts=wanted,
                   value_added=list(found.value_added_lost), of_value_added=[low, high])  # fmt: skip
    if read.problems:
        ctx.exit(2)


def _write(found: "Sectors", out: str | None) -> None:
    table = found.table
    rows = []
    for n in found.ranked():
        path = " > ".join(f"{table.codes[s.source]}{'*' if s.abroad else ''}" for s in found.path(n))
        low, high, added = float(found.low[n]), float(found.high[n]), float(table.value_added[n])
        numbers = (low, high, low * added, high * added, float(table.import_share[n]))
        rows.append((table.codes[n], table.names[n], *(f"{one:.9g}" for one in numbers), path))
    write_rows(out, _COLUMNS, rows)


def write_rows(out: str | None, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Rows of text into a file, or to standard output."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    with open_writer(out, schema) as put:
        cells = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(columns))]
        put(pa.record_batch(cells, schema=schema))
