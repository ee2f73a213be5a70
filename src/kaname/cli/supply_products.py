"""`kaname supply products`: the designated products on a day, under whom they fall, since when plans can be filed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from kaname.cli import params, show
from kaname.cli.group import bilingual, option
from kaname.cli.language import language
from kaname.law import Lang, T
from kaname.law.dated import Confidence
from kaname.regimes.supply.catalogue import ORDERS, PRODUCTS, in_force
from kaname.regimes.supply.catalogue.products import Product

_ABOUT = T(
    """その日に指定されている特定重要物資、指定の日、所管省、計画を申請できる日、支援法人等。確かめられない支援機関は
「未確認」とする（論点210）。--product の物資がその日に指定されていないか、--ministry のものでなければ、終了コードは
1。""",
    """The specified critical products on a day: day of designation, competent ministry, first day on which a plan can
be filed, support body. A support body that could not be made sure of is marked unverified (question 210). Exit status 1
where the --product asked for is not designated on that day, or not under the --ministry.""",
)
_HEADS = T("物資|指定|所管|計画の申請|支援法人等", "product|designated|ministry|plans from|support body")
_NOT_YET = T("この日には指定されていない", "not designated on this day")
_UNVERIFIED = T("未確認", "unverified")


# fmt: off
@bilingual("products", _ABOUT, "kaname supply products --as-of 2024-06-04",
           "kaname supply products --product ventilators --as-of 2025-03-10 --json")
@option("--as-of", type=params.Day(), metavar="DAY", about=T("この日（既定は今日）", "this day (default: today)"))
@option("--product", type=click.Choice(tuple(PRODUCTS)), about=T("物資", "product"))
@option("--ministry", type=click.Choice(tuple(ORDERS)), about=T("認定省令の省", "ministry of its certification order"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, as_of: date | None, product: str | None, ministry: str | None, as_json: bool,
) -> None:
    # fmt: on
    """The command. Exit status 1 where a product that is asked for by name is not among those designated."""
    day, lang = as_of or params.today(), language()
    asked = (PRODUCTS[product],) if product else in_force(day)
    found = [p for p in asked if ministry in (None, p.order)]
    if as_json:
        show.as_json({"as_of": day, "products": [data(p, day, lang) for p in found]})
    else:
        show.lines(told(found, day, lang))
    ctx.exit(1 if product and not any(p.designated_on <= day for p in found) else 0)


def data(p: Product, day: date, lang: Lang) -> Mapping[str, Any]:
    body, order = p.body_on(day), p.under
    return {
        "product": p.id, "item": p.item, "name": p.label[lang], "in_force": p.designated_on <= day,
        "decided_on": p.decided_on, "designated_on": p.designated_on, "order": p.order,
        "ministry": order.label[lang], "certification_order": T(order.law.name_ja, order.law.name_en)[lang],
        "plans_from": p.plans_from,
        "technology_from": p.technology_from, "wider": [what[lang] for what in p.scope_on(day)],
        "support_body": body and {"name": body.name[lang], "agency": body.agency, "since": body.since,
                                  "confidence": body.confidence.value},
        "confidence": p.confidence.value,
    }  # fmt: skip


def told(found: list[Product], day: date, lang: Lang) -> list[str]:
    rows = [_HEADS[lang].split("|")] + [
        [p.label[lang], p.designated_on.isoformat(), p.under.label[lang], p.plans_from.isoformat(),
         _body(p, day, lang), _NOT_YET[lang] if p.designated_on > day else ""] for p in found
    ]  # fmt: skip
    many = sum(p.designated_on <= day for p in found)
    title = T(f"{day} に指定されている特定重要物資：{many}", f"specified critical products on {day}: {many}")
    return [title[lang], *show.columns(rows)]


def _body(p: Product, day: date, lang: Lang) -> str:
    body = p.body_on(day)
    if body is None:
        return "-"
    return body.name[lang] + ("" if body.confidence is Confidence.HIGH else f" ({_UNVERIFIED[lang]})")
