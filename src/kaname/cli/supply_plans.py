"""`kaname supply plans`: a published list of certified plans, filtered, and counted against the published numbers."""

from datetime import date

import click

from kaname.cli import params, show, supply_tables
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.supply_funds import oku
from kaname.files.problems import BadInput
from kaname.law import T
from kaname.regimes.supply import register
from kaname.regimes.supply.catalogue import ORDERS, PRODUCTS
from kaname.regimes.supply.given import Unusable, yen
from kaname.regimes.supply.register.as_data import count, plan
from kaname.regimes.supply.register.counts import PUBLISHED

_ABOUT = T(
    """認定計画の一覧を読み、条件で絞り、公表の件数（2024年6月4日に85件）と比べる。FILE がなければ件数だけを示す。

\b
FILE の列
  product         物資（specified_critical_product、特定重要物資 も）
  applicants      申請者。共同なら ; で区切る
  certified_on    認定日
  item, number    品目、認定番号（任意）
  funds, grant    資金、助成金の額。unit に単位。max_subsidy_oku_yen は億円
  cancelled_on    取消しの日（任意）
  source          出所（任意）""",
    """Read a list of certified plans, filter it and compare it with the published numbers (85 on 2024-06-04). Without
FILE only the numbers are shown.

\b
Columns of FILE
  product         the product (also specified_critical_product)
  applicants      applicants, joint ones divided by ;
  certified_on    day of the certification
  item, number    item, number of the certificate (optional)
  funds, grant    amounts, with their unit; max_subsidy_oku_yen is in 億円
  cancelled_on    day of a cancellation (optional)
  source          where it comes from (optional)""",
)
_COUNTS = T(
    "物資ごとの件数：公表、ここにある計画、うち資料の日まで",
    "by product: published, listed here, of these by the deck's day",
)


class Yen(click.ParamType[int]):
    """An amount with its unit, such as 100億円."""

    name = "yen"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return value if isinstance(value, int) else yen(value)
        except Unusable as wrong:
            self.fail(wrong.text[language()], param, ctx)


# fmt: off
@bilingual("plans", _ABOUT, "kaname supply plans",
           "kaname supply plans plans.csv --product batteries --least 100億円 --since 2024-09-01 --json")
@argument("files", supply_tables.FILES, nargs=-1)
@option("--product", type=click.Choice(tuple(PRODUCTS)), about=T("物資", "product"))
@option("--ministry", type=click.Choice(tuple(ORDERS)), about=T("所管省", "ministry"))
@option("--item", default="", metavar="TEXT", about=T("品目に含まれる語", "words in the item"))
@option("--applicant", default="", metavar="TEXT", about=T("申請者に含まれる語", "words in an applicant's name"))
@option("--since", type=params.Day(), metavar="DAY", about=T("認定日がこの日以後", "certified on or after this day"))
@option("--until", type=params.Day(), metavar="DAY", about=T("認定日がこの日以前", "certified on or before this day"))
@option("--least", type=Yen(), metavar="AMOUNT", about=T("助成金がこの額以上（100億円）",
    "grant of at least (100億円)"))
@option("--most", type=Yen(), metavar="AMOUNT", about=T("助成金がこの額以下", "grant of at most"))
@option("--strict", is_flag=True, about=supply_tables.STRICT)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], product: str | None, ministry: str | None, item: str, applicant: str,
    since: date | None, until: date | None, least: int | None, most: int | None, strict: bool, as_json: bool,
) -> None:
    # fmt: on
    """The command. Exit status 2 if a row of a table was bad."""
    read, problems = supply_tables.read(files, register.read)
    if strict and problems:
        raise BadInput(problems)
    lang = language()
    plans = [p for one in read for p in one.plans]
    asked = register.Asked(product or "", ministry or "", item, applicant, since, until, least, most)
    found = register.sifted(plans, asked)
    counts = register.counted(plans, params.today())
    if as_json:
        show.as_json({"plans": [plan(p, lang) for p in found], "counts": [count(c, lang) for c in counts],
                      "published": [{"on": p.on, "plans": p.plans, "source": p.source[lang]}
                                    for p in PUBLISHED]})  # fmt: skip
    else:
        rows = [[p.certified_on.isoformat() if p.certified_on else "-", p.product.label[lang], oku(p.grant),
                 "; ".join(p.applicants)] for p in found]  # fmt: skip
        numbers = [[c.product.label[lang], "-" if c.published is None else str(c.published), str(c.listed),
                    str(c.up_to_deck)] for c in counts]  # fmt: skip
        show.lines([*show.columns(rows), *show.section(_COUNTS, show.columns(numbers), lang),
                    *(f"  {p.on}: {p.plans}  {p.source[lang]}" for p in PUBLISHED)])  # fmt: skip
    supply_tables.finish(ctx, problems)
