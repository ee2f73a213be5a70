"""Options of commands that ask which imports a country's loss takes: a table of trade, a product, a year."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kaname.cli.group import option
from kaname.cli.language import language
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.imports import Product
    from kaname.assess.network.io_table import IoTable


def of_trade(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--trade`, `--product`, `--importer`, `--years`, `--rate` and `--leads`."""
    for one in (
        option("--leads", metavar="FILE", default="", about=T(
            "品目と部門の対応（prefix, sector）", "products to sectors (prefix, sector)")),
        option("--rate", type=float, about=T(
            "貿易の1通貨単位が表の通貨でいくらか", "the table's currency for one of the trade's")),
        option("--years", default="", metavar="YEAR", about=T("貿易の年", "year of the trade")),
        option("--importer", default="JPN", metavar="COUNTRY", about=T(
            "輸入国（既定JPN）", "importer (default JPN)")),
        option("--product", default="", metavar="CODE", about=T("失われる品目", "the product that fails")),
        option("--trade", metavar="FILE", default="", about=T("貿易の表", "a table of trade")),
    ):  # fmt: skip
        command = one(command)
    return command


def parts_of(table: "IoTable", trade: str, wanted: "Product", leads: str) -> dict[str, float]:
    """By sector, the part of its imports that fails; tells where the sectors are our own reading. Raises BadInput."""
    from kaname.assess.network.imports import of_product
    from kaname.files.named import Table

    _, cuts = of_product(table, Table(trade), wanted, leads)
    if any(one.unverified for one in cuts):
        note = T("品目と部門の対応は未確認の当方の読み", "which sector a product belongs to is our reading, unverified")
        click.echo(f"{T('注：', 'note: ')[language()]}{note[language()]}", err=True)
    return {one.sector: one.part for one in cuts}
