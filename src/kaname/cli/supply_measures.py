"""`kaname supply measures`: numbers that certified plans state, as the counter-measures of a supply network."""

import click

from kaname.cli import show, supply_tables
from kaname.cli.assess_sectors import write_rows
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.office import office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T
from kaname.regimes.supply import register
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.register.measures import COLUMNS, MeasureRow, as_texts, measure_rows

_ABOUT = T(
    """認定計画に書かれた対策の数値（在庫、余力、第二の調達先）を、kaname assess network --measures が読む表にする。

--for の人が見ることのできる案件と、その事務所が取り込んだ一覧から。FILE（計画の一覧、列 measures_in_numbers）からも。
取り消された計画と数値のない計画は出ない。--firms の表にない企業の行は除き、標準エラーに示す。

\b
列
  kind, firm, amount, of, source      対策。stock は日数、capacity と second_source は割合
  plan, product, applicants, where    どの計画の、どこに書かれたか""",
    """The numbers that certified plans state (stocks, spare capacity, second sources), as the table that kaname assess
network --measures reads.

From the cases that the person of --for may know of and the lists that the office loaded; also from FILES (lists of
plans with a column measures_in_numbers). Cancelled plans and plans without numbers are not in it. Rows about firms that
are not in the table of --firms are left out and told on standard error.

\b
Columns
  kind, firm, amount, of, source      the measure: days of a stock, parts of the others
  plan, product, applicants, where    which plan states it where""",
)
_NOBODY = T("FILE 又は --for が要る", "expected FILES or --for")
_NOT_THERE = T("企業の表にない；除いた", "not in the table of firms; left out")


# fmt: off
@bilingual("measures", _ABOUT, "kaname supply measures --for hana@example.jp -o plan.csv",
           "kaname supply measures plans.csv --product batteries --firms firms.csv -o plan.csv")
@argument("files", supply_tables.FILES, nargs=-1)
@option("--for", "whose", type=EMAIL, metavar="EMAIL", about=T(
    "この人が見ることのできる計画", "the plans that this person may know of"))
@option("--product", type=click.Choice(tuple(PRODUCTS)), about=T("物資", "product"))
@option("--plan", default="", metavar="ID", about=T("計画の案件又は認定番号", "a plan by its case or number"))
@option("--firms", default="", metavar="TABLE", about=T(
    "網の企業の表（id, industry、任意で name）", "the network's table of firms (id, industry; optional name)"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet）", "write to OUT (.csv, .jsonl, .parquet)"))
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], whose: str | None, product: str | None, plan: str, firms: str,
    as_json: bool, out: str | None,
) -> None:
    # fmt: on
    """The command. Exit status 2 if a row of a table was bad."""
    if not files and not whose:
        raise BadInput([Problem("--for", 0, "", _NOBODY)])
    read, problems = supply_tables.read(files, register.read)
    plans = [one for table in read for one in table.plans]
    if whose:
        with office():
            from kaname.desk import supply

            plans += supply.plans(person(whose, "--for"))
    rows, left_out = _fitting(measure_rows(plans, product or "", plan), firms)
    if as_json:
        show.as_json({"measures": [{name: getattr(row, name) for name in COLUMNS} for row in rows]})
    else:
        write_rows(out, COLUMNS, [as_texts(row) for row in rows])
    for row in left_out:
        click.echo(f"{row.firm}{T('：', ': ')[language()]}{_NOT_THERE[language()]}", err=True)
    supply_tables.finish(ctx, problems)


def _fitting(rows: list[MeasureRow], firms: str) -> tuple[list[MeasureRow], list[MeasureRow]]:
    """Those of firms that are in a table, and those of others. Raises BadInput."""
    if not firms:
        return rows, []
    from kaname.assess.network.reading import firms_of

    known, industries = firms_of(firms)
    fits = [row.firm in known and (not row.of or row.of in known | industries) for row in rows]
    return ([row for row, fit in zip(rows, fits, strict=True) if fit],
            [row for row, fit in zip(rows, fits, strict=True) if not fit])  # fmt: skip
