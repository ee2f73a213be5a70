"""`kaname supply funds`: the fund table on a day, from the deck and from tables of one's own."""

from datetime import date

import click

from kaname.cli import params, show, supply_tables
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.files.problems import BadInput
from kaname.law import Lang, T, Text
from kaname.regimes.supply import funds
from kaname.regimes.supply.funds.as_data import as_data
from kaname.regimes.supply.funds.model import What
from kaname.regimes.supply.funds.table import Table
from kaname.regimes.supply.given import in_oku

_ABOUT = T(
    """物資ごとの基金の造成（国費）、交付決定、執行を、ある日に知られている額で示す。政府資料（2024年6月4日）の表に、
FILE の行を足す。同じ額を新しい時点で示す行は、前の行に代わる。

\b
FILE の列
  product       物資（batteries、蓄電池）。予算は all（全体）も
  fiscal_year   年度（2024、R6、令和6年度）
  what          budget 予算、contributed 造成、decided 交付決定、spent 執行、returned 国庫納付
  amount, unit  額と単位（円、千円、百万円、億円、兆円）
  as_of         その額がいつのものか
  source        出所
  extent        その年度の額（year、既定）か、年度末までの累計（total）か
  estimate      見込みなら yes""",
    """What was contributed to the funds, decided and spent, by product, as known on a day. The rows of FILE are added
to the table of the government deck of 2024-06-04; a row that tells the same amount as of a later day takes its place.

\b
Columns of FILE
  product       the product (batteries, 蓄電池); for a budget also all
  fiscal_year   2024, R6, 令和6年度
  what          budget, contributed, decided, spent, returned (to the Treasury)
  amount, unit  the amount and its unit (円, 千円, 百万円, 億円, 兆円)
  as_of         the day as of which it is told
  source        where it comes from
  extent        year: that of the year (default); total: all up to the year's end
  estimate      yes for an estimate""",
)
_HEAD = (T("億円", "100 million yen"), T("造成", "contributed"), T("交付決定", "decided"), T("執行", "spent"),
         T("未決定", "undecided"))  # fmt: skip
_SHOWN = (What.CONTRIBUTED, What.DECIDED, What.SPENT)
_TOTAL = T("基金の合計", "total of the funds")
_PRINTED = T("資料の合計と行の合計（億円）", "totals printed on the deck, and the sums of its rows (100 million yen)")
_NOTES = T("気をつけること", "Mind")


# fmt: off
@bilingual("funds", _ABOUT, "kaname supply funds", "kaname supply funds later.csv --as-of 2025-03-31 --json")
@argument("files", supply_tables.FILES, nargs=-1)
@option("--as-of", type=params.Day(), metavar="DAY", about=T("この日に知られている額（既定は今日）",
    "as known on this day (default: today)"))
@option("--strict", is_flag=True, about=supply_tables.STRICT)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], as_of: date | None, strict: bool, as_json: bool) -> None:
    # fmt: on
    """The command. Exit status 2 if a row of a table was bad."""
    read, problems = supply_tables.read(files, funds.read)
    if strict and problems:
        raise BadInput(problems)
    lines = [line for one in read for line in one.lines]
    found = funds.table((*funds.DECK_LINES, *lines), as_of or params.today())
    if as_json:
        show.as_json(as_data(found, language()))
    else:
        show.lines(told(found, language()))
    supply_tables.finish(ctx, problems)


def oku(amount: int | None) -> str:
    """An amount in 億円, exactly; "-" where nothing is known."""
    return "-" if amount is None else in_oku(amount)


def told(found: Table, lang: Lang) -> list[str]:
    years = [str(year) for year in found.years]
    rows = [[_HEAD[0][lang], *years, *(h[lang] for h in _HEAD[1:])]]
    for r in found.rows:
        by_year = r.years[What.CONTRIBUTED]
        paid_in = [oku(by_year[year].amount if year in by_year else None) for year in found.years]
        rows.append([r.product.label[lang], *paid_in, *(oku(r.amount(w)) for w in _SHOWN), oku(r.undecided)])
    paid_in = [oku(found.totals_of_year[year]) for year in found.years]
    rows.append([_TOTAL[lang], *paid_in, *(oku(found.totals[w]) for w in _SHOWN), oku(found.undecided)])
    as_of: Text = T(f"{found.as_of} に知られている額", f"as known on {found.as_of}")
    printed = [[c.label[lang], oku(c.printed), oku(c.added), c.rows[lang]] for c in funds.compare()]
    notes = [f"  {n[lang]}" for n in found.notes]
    return [as_of[lang], *show.columns(rows), *show.section(_PRINTED, show.columns(printed), lang),
            *show.section(_NOTES, notes, lang)]  # fmt: skip
