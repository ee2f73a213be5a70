"""`kaname assess filing`: what does an introduction plan lack before it can be filed?"""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from kaname.cli import params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T, Text, cited
from kaname.regimes.infrastructure.catalogue.orders import ORDERS
from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.regimes.infrastructure.filing.cyclonedx import read_bom
from kaname.regimes.infrastructure.filing.finding import Finding, Weight
from kaname.regimes.infrastructure.filing.inventory import from_bom, read_inventory
from kaname.regimes.infrastructure.filing.validate import validate

_ABOUT = T(
    """導入等計画書（法52条）に足りないものを、根拠と場所とともに全て示す。

FILE は資産の一覧（CSV、XLSX）又は CycloneDX の部品表（JSON）。いくつでも、一つの計画になる。
終了コード：0 届け出られる、1 足りない、2 ファイルが読めない。""",
    """Tell all that an introduction plan (Art. 52) lacks before filing, with provision and place.

FILE: inventories (CSV, XLSX) and CycloneDX bills (JSON), any number: they make one plan. Exit status: 0 it can
be filed, 1 something is missing, 2 a file cannot be read.""",
)
_EXAMPLE = "kaname assess filing docs/examples/filing/plan.csv docs/examples/filing/bom.json --filing 2025-06-02"
_WEIGHTS = {
    Weight.MISSING: T("不足", "missing"),
    Weight.WRONG: T("誤り", "wrong"),
    Weight.CHECK: T("確認", "check"),
}


@bilingual("filing", _ABOUT, _EXAMPLE)
@argument("files", T("資産の一覧又は部品表", "inventories and bills of materials"), nargs=-1, required=True)
@option(
    "--sort",
    type=click.Choice([s.value for s in Sort]),
    default=Sort.INTRODUCTION.value,
    about=T("導入か委託か（既定は introduction）", "introduction or maintenance (default: introduction)"),
)
@option("--operator", default="", about=T("事業者の名称", "name of the operator"))
@option("--filing", type=params.Day(), about=T("届出の日（既定は今日）", "day of filing (default: today)"))
@option(
    "--order",
    type=click.Choice(sorted(ORDERS)),
    about=T("主務省令（既定は全ての番号を示す）", "the ministry's order (default: every number is shown)"),
)
@option(
    "--publishers",
    is_flag=True,
    about=T("部品表の publisher を供給者とみる", "take a bill's publishers for suppliers"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], sort: str, operator: str, filing: date | None, order: str | None,
    publishers: bool, as_json: bool,
) -> None:  # fmt: skip
    plan = Plan(Sort(sort), operator)
    for file in files:
        plan = take_in(plan, file, publishers)
    checked = validate(plan, filing or params.today(), order or "")
    print_findings(checked.findings, as_json)
    ctx.exit(0 if checked.can_be_filed else 1)


def take_in(plan: Plan, file: str, publishers: bool) -> Plan:
    """A plan with what one more file brings. Raises BadInput."""
    content = contents(file)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<"):
        return from_bom(plan, read_bom(Path(file).name, content), publishers)
    return read_inventory(Path(file).name, content).into(plan)


def contents(file: str) -> bytes:
    """The bytes of a file. Raises BadInput."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput([Problem(file, 0, "", T(f"開けない：{reason}", f"cannot be opened: {reason}"))]) from None


def print_findings(findings: tuple[Finding, ...], as_json: bool) -> None:
    lang = language()
    if as_json:
        show.as_json([plain(f, lang) for f in findings])
        return
    lines = [
        show.with_basis(f"{said(_WEIGHTS[f.weight])}: {f.where[lang]}: {f.text[lang]}", cited(f.basis, lang))
        for f in findings
    ]
    show.lines([*lines, said(_summary(findings))])


def plain(finding: Finding, lang: Lang) -> dict[str, object]:
    return {
        "id": finding.id, "weight": finding.weight.value, "place": finding.place, "where": finding.where[lang],
        "text": finding.text[lang], "item": finding.item, "basis": [b[lang] for b in finding.basis],
        "party": finding.party,
    }  # fmt: skip


def _summary(findings: tuple[Finding, ...]) -> Text:
    of = Counter(f.weight for f in findings)
    missing, wrong, check = (of[weight] for weight in _WEIGHTS)
    if not missing and not wrong:
        return T(f"届け出られる（確認 {check} 件）", f"can be filed ({check} to check)")
    return T(f"まだ届け出られない：不足 {missing} 件、誤り {wrong} 件、確認 {check} 件",
             f"cannot be filed yet: {missing} missing, {wrong} wrong, {check} to check")  # fmt: skip
