"""`kaname supply pdca`: one product looked back upon: goals, capacity, dependence before and after, money per point."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import click

from kaname.cli import params, show, supply_tables
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.files.problems import BadInput
from kaname.law import Lang, T
from kaname.regimes.supply import effect, funds
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.effect import from_trade
from kaname.regimes.supply.effect.as_data import as_data, short

_ABOUT = T(
    """物資について、取組方針の目標、認定計画による能力と備蓄、依存度の前後、交付決定・執行の額と1ポイント当たりの額を示す。
足りない数は作らず、何が分かっていないかを示す。

\b
FILE の列
  product   物資
  kind      goal 目標、capacity 能力、stock 備蓄、demand 需要、output 実績、dependence 依存度
  measure   何の数か。同じ名称と単位のもの同士を比べる
  value, unit   数と単位。依存度は %（assess trade の割合も）
  on        日又は年。目標はいつまでに
  source    出所""",
    """One product: the goals of its policy, certified capacity and stock, dependence before and after, money decided
and spent and that for each point. A figure that is missing is not made up: the question that stays open is shown.

\b
Columns of FILE
  product   the product
  kind      goal, capacity, stock, demand, output, dependence
  measure   what is measured; figures of one measure and unit are compared
  value, unit   the figure and its unit; a dependence in % (shares of assess trade, too)
  on        a day or a year; of a goal the one by which it is to be reached
  source    where it comes from""",
)
_GOALS, _AGAINST = T("目標", "Goals"), T("需要に対して", "Against demand")
_CHANGES, _PRICES = T("依存度", "Dependence"), T("1ポイント当たりの額（円）", "Money for a point (yen)")
_OPEN = T("分かっていないこと", "Open questions")
_WHAT = {"decided": T("交付決定", "decided"), "spent": T("執行", "spent")}


# fmt: off
@bilingual("pdca", _ABOUT, "kaname supply pdca fertilizer",
    "kaname supply pdca batteries figures.csv --money later.csv --json")
@argument("product", T("物資、例 batteries", "product, such as batteries"), type=click.Choice(tuple(PRODUCTS)))
@argument("files", supply_tables.FILES, nargs=-1)
@option("--money", "money", multiple=True, metavar="FILE", about=T("額の表（supply funds の FILE）",
    "tables of money, as for supply funds"))
@option("--trade", "trade", multiple=True, metavar="FILE", about=T("assess trade の出力（CSV）。割合を依存度とする",
    "answers of assess trade in CSV: their shares are dependences"))
@option("--as-of", type=params.Day(), metavar="DAY", about=T("この日に知られていること（既定は今日）",
    "as known on this day (default: today)"))
@option("--since", type=params.Day(), metavar="DAY", about=T("前後を分ける日（既定は指定の日）",
    "the day that parts before from after (default: the designation)"))
@option("--strict", is_flag=True, about=supply_tables.STRICT)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, product: str, files: tuple[str, ...], money: tuple[str, ...], trade: tuple[str, ...],
    as_of: date | None, since: date | None, strict: bool, as_json: bool,
) -> None:
    # fmt: on
    """The command. Exit status 2 if a row of a table was bad."""
    read, problems = supply_tables.read(files, effect.read)
    lines, wrong = supply_tables.read(money, funds.read)
    shares, unread = supply_tables.read(trade, from_trade.reader(PRODUCTS[product]))
    problems += [*wrong, *unread]
    if strict and problems:
        raise BadInput(problems)
    day = as_of or params.today()
    figures = (*effect.GOALS, *effect.KNOWN, *(f for one in (*read, *shares) for f in one.figures))
    table = funds.table((*funds.DECK_LINES, *(x for one in lines for x in one.lines)), day)
    found = as_data(effect.review(PRODUCTS[product], figures, table.row(product), day, since), language())
    if as_json:
        show.as_json({"as_of": day.isoformat(), **found})
    else:
        show.lines(told(found, language()))
    supply_tables.finish(ctx, problems)


def told(found: Mapping[str, Any], lang: Lang) -> list[str]:
    goals = [[g["goal"]["measure"], f"{g['goal']['value']} {g['goal']['unit']}", g["goal"]["on"],
              f"{g['now']['value']} ({g['now']['on']})" if g["now"] else "-", _percent(g["reached"])]
             for g in found["goals"]]  # fmt: skip
    words = [f"  {w['text']}" for w in found["goals_in_words"]]
    against = [[a["have"]["measure"], f"{a['have']['value']} / {a['demand']['value']} {a['have']['unit']}",
                _percent(a["share"])] for a in found["against_demand"]]  # fmt: skip
    changes = [[c["before"]["measure"], f"{short(c['before']['value'])}% ({c['before']['on']})",
                f"{short(c['after']['value'])}% ({c['after']['on']})",
                    short(c["points"])] for c in found["dependence"]]  # fmt: skip
    prices = [[_WHAT[p["what"]][lang], p["measure"], f"{p['yen']:,}", p["working"]] for p in found["per_point"]]
    asked = [f"  {text}" for text in found["open"]]
    return [
        found["label"], *show.section(_GOALS, [*show.columns(goals), *words], lang),
        *show.section(_AGAINST, show.columns(against), lang), *show.section(_CHANGES, show.columns(changes), lang),
        *show.section(_PRICES, [*show.columns(prices), f"  {found['caution']}"] if prices else [], lang),
        *show.section(_OPEN, asked, lang),
    ]  # fmt: skip


def _percent(share: str | None) -> str:
    return "-" if share is None else f"{Decimal(share):.1%}"
