"""`kaname assess chips`: a chain of stages and providers without some of them."""

import time
from typing import TYPE_CHECKING

import click

from kaname.cli import assess_trade_answer as answer
from kaname.cli.assess_sectors import write_rows
from kaname.cli.group import argument, bilingual, option
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.chips import Loss, Outcome

_ABOUT = T(
    """国や企業を失ったとき、どの投入に第二の供給源がないか、それで何が止まるか。

FOLDER は inputs, providers, provision, sequence, stages の五つのCSV（ETO の半導体供給網データの形。
データは CC BY-NC 4.0 で、各自が用意する）。

\b
出力（1行が1つの投入。止まるものから）
  low, high   失われる割合の下と上（企業の割合は国の割合までしか分からない）。空欄は割合のないもの
  alone       第二の供給源がない
  stopped_by  必要な投入が手に入らず止まる、その投入
  left        残る供給者
  low_with, high_with, stopped_with  --measure を講じたとき

\b
--measure（いくつでも。工程の名なら、その全ての投入）
  stock INPUT DAYS              使う側の在庫（--outage の日数のうち、その分をつなぐ）
  capacity INPUT PROVIDER PART  残る供給者の余力
  source INPUT PART             第二の供給源""",
    """Losing a country or firms: which inputs have no second source, and what that stops.

FOLDER has five CSV files, inputs, providers, provision, sequence, stages, in the layout of the ETO Advanced
Semiconductor Supply Chain Dataset (bring your own; CC BY-NC 4.0).

\b
Output, a row an input, what stops first:
  low, high   share lost, least and most (of a firm, up to its country's); empty where no shares are stated
  alone       no second source
  stopped_by  the input it needs and cannot have
  left        who is left
  low_with, high_with, stopped_with  with every --measure in place

\b
--measure, any number; of a stage, of all its inputs
  stock INPUT DAYS              stocks of those who use it (bridge so much of --outage)
  capacity INPUT PROVIDER PART  what a provider who is left can make on top
  source INPUT PART             a second source""",
)
_WITH = ("low_with", "high_with", "stopped_with")
_COLUMNS = ("input", "low", "high", "alone", "stopped_by", "left", "path")


# fmt: off
@bilingual("chips", _ABOUT, "kaname assess chips eto/ --lose NLD", "kaname assess chips eto/ --lose JPN --least 0.05",
           "kaname assess chips eto/ --lose NLD --measure 'stock \"EUV scanners\" 90' --outage 120")
@argument("folder", T("五つの表のフォルダ", "the folder of the five tables"))
@option(
    "--lose",
    "lost",
    multiple=True,
    required=True,
    metavar="NAME",
    about=T("失う国（JPN）又は企業", "country (JPN) or firm lost"),
)
@option(
    "--least",
    default=0.0,
    type=click.FloatRange(0, 1),
    about=T("割合がこれ以下の国は第二の供給源としない", "a country with this share or less is no second source"),
)
@option("--measure", "measures", multiple=True, metavar="TEXT", about=T("対策（1つずつ）", "a measure"))
@option("--outage", type=click.IntRange(1, 3650), default=30, metavar="DAYS", about=T(
    "失われている日数（既定30）", "days the loss lasts (default: 30)"))
@option(
    "-o", "--out", metavar="OUT", about=T("出力先（.csv、.jsonl、.parquet）", "write to OUT (.csv, .jsonl, .parquet)")
)
def command(
    folder: str, lost: tuple[str, ...], least: float, measures: tuple[str, ...], outage: int, out: str | None
) -> None:
    # fmt: on
    """The command."""
    from kaname.assess.network.chain_measures import lose_with, measures_of
    from kaname.assess.network.chips import lose, read_folder

    began = time.perf_counter()
    chain = read_folder(folder)
    found = lose(chain, lost, least)
    plan = measures_of(chain, measures)
    after = lose_with(chain, lost, plan, least, outage) if plan else None
    with_ = {one.input: one for one in after.losses} if after else {}
    rows = []
    for one in found.losses:
        low, high = ("" if part is None else f"{part:.6g}" for part in (one.low, one.high))
        path = " > ".join(chain.called(step) for step in found.path(one.input)) if one.stopped else ""
        by = chain.called(one.stopped_by) if one.stopped_by else ""
        row = (chain.called(one.input), low, high, str(one.alone).lower(), by, ", ".join(one.left), path)
        rows.append((*row, *(_with(with_.get(one.input)) if after else ())))
    write_rows(out, (*_COLUMNS, *(_WITH if after else ())), rows)
    answer.summary([], began, inputs=len(chain.names), lose=len(found.losses), alone=len(found.without_source),
                   stopped=len(found.stopped), **_saved(after))  # fmt: skip


def _with(one: "Loss | None") -> tuple[str, str, str]:
    if one is None:
        return "0", "0", "false"
    low, high = ("" if part is None else f"{part:.6g}" for part in (one.low, one.high))
    return low, high, str(one.stopped).lower()


def _saved(after: "Outcome | None") -> dict[str, int]:
    return {"alone_with": len(after.without_source), "stopped_with": len(after.stopped)} if after else {}
