"""`kaname assess draws`: what the loss of each firm takes where only sizes and industries are known."""

import time

import click

from kaname.cli import assess_trade_answer as answer
from kaname.cli.assess_sectors import write_rows
from kaname.cli.group import argument, bilingual, option
from kaname.law import T

_ABOUT = T(
    """取引の分からない企業について、規模と産業連関表に合う取引の網を何度も抽選し、一社が失われたときの損失を幅で示す。

FIRMS は firm, industry, size の表。同じ種と回数なら同じ結果になる。

\b
出力（1行が1社）
  low, middle, high  失われる生産（全体に占める割合）。抽選の9割が low と high の間
  among_first        失われると最も響く10社に入る抽選の割合""",
    """What the loss of each firm takes where nobody knows who supplies whom: networks that agree with sizes and an
input-output table, drawn again and again.

FIRMS is a table of firm, industry, size. The same seed and number of draws give the same again.

\b
Output, a row a firm:
  low, middle, high  production lost, of all; nine draws in ten lie between low and high
  among_first        part of the draws in which it is among the ten whose loss takes most""",
)
_COLUMNS = ("firm", "industry", "size", "low", "middle", "high", "among_first")


# fmt: off
@bilingual("draws", _ABOUT, "kaname assess draws firms.csv --table io37.csv --links 5000 --draws 200")
@argument("firms", T("企業の表", "the table of firms"))
@option("--table", required=True, metavar="FILE", about=T("産業連関表", "the input-output table"))
@option(
    "--table-year",
    default="",
    metavar="YEAR",
    about=T("年のある表の年（既定は最後）", "year of the table (default: last)"),
)
@option(
    "--links",
    default=0,
    type=click.IntRange(0),
    about=T("取引の数の目安（既定は投入の数）", "links aimed at (default: inputs)"),
)
@option(
    "--draws", default=100, type=click.IntRange(1), about=T("抽選の回数（既定100）", "how many networks (default 100)")
)
@option("--seed", default=1, type=int, about=T("種（既定1）", "the seed (default 1)"))
@option(
    "--replaceable",
    default="",
    metavar="CODES",
    about=T(
        "代えがきく産業（既定はサービス。* は全て）", "industries that can be replaced (default: services; * for all)"
    ),
)
@option(
    "--least",
    default=0.02,
    type=click.FloatRange(0, 1),
    about=T(
        "これより小さい費用の投入は網の外から（既定0.02）",
        "inputs below this part of costs come from outside (default 0.02)",
    ),
)
@option(
    "-o", "--out", metavar="OUT", about=T("出力先（.csv、.jsonl、.parquet）", "write to OUT (.csv, .jsonl, .parquet)")
)
def command(
    firms: str,
    table: str,
    table_year: str,
    links: int,
    draws: int,
    seed: int,
    replaceable: str,
    least: float,
    out: str | None,
) -> None:
    # fmt: on
    """The command."""
    from kaname.assess.network.drawn_risk import drawn_risk
    from kaname.assess.network.io_table import read_io
    from kaname.assess.network.margins import read_firms
    from kaname.assess.network.sectors import services

    began = time.perf_counter()
    read = read_io(table, year=table_year)
    margins = read_firms(firms, read, least=least)
    at_will = [one for one in replaceable.split(",") if one] or services(read)
    found = drawn_risk(margins, links or margins.needs, draws, seed, at_will)
    rows = []
    for n in found.ranked():
        numbers = (margins.size[n], found.low[n], found.middle[n], found.high[n], found.among_first[n])
        rows.append((margins.ids[n], margins.codes[margins.sector[n]], *(f"{one:.9g}" for one in numbers)))
    write_rows(out, _COLUMNS, rows)
    answer.summary([], began, firms=len(margins), draws=draws, seed=seed, links=found.links, added=found.added)
