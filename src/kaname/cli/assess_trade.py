"""`kaname assess trade`: dependence and criticality of a product out of trade and production data."""

import json
import re
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pyarrow as pa

from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import FORMATS, Fault
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.trade.figures import Figure
    from kaname.assess.trade.page import Asked, Page

_SHOWN = 100
_COLUMNS = (
    "year", "measure", "partner", "of", "value", "low", "high", "drawn_low", "drawn_high", "rows", "formula", "source",
    "working_ja", "working_en",
)  # fmt: skip
_ABOUT = T(
    """品目の対外依存と重要度：相手国の割合、集中度（HHI）、輸入依存度、供給リスクなどを、計算の跡と共に示す。

FILE は UN Comtrade、CEPII BACI、Atlas、普通貿易統計（財務省）のCSV、又は year, product, exporter, importer, value の
列を持つ表（CSV、JSON Lines、Parquet、.gz も）。- は標準入力。

\b
出力（1行が1つの数値。割合とHHIは0から1）
  year, measure, partner  年、測るもの、相手国（of：差を取ったもの）
  value                   値。データがない年は空欄（零でない）
  low, high               特定できない相手国次第で取り得る下限と上限
  drawn_low, drawn_high   報告の誤差（--error）を1万回引いた5%点と95%点
  rows, formula, source   使った行の数、式、出典
  working_ja, working_en  値を入れた式（--json は使った行の番号と入力も）
どの閾値も法令に定めがない。集計（JSON）と、行に当てた規則（注）は標準エラーへ。""",
    """Dependence and criticality of a product: shares of suppliers, concentration (HHI), import reliance, supply risk
and more, each with its working.

FILE is of UN Comtrade, CEPII BACI, the Atlas or the trade statistics of Japan, or a table with year, product, exporter,
importer, value (CSV, JSON Lines, Parquet, also .gz); - is standard input.

\b
Output, a row a figure (shares and HHI from 0 to 1):
  year, measure, partner  the year, what is measured, the supplier (of: what a change is of)
  value                   empty for a year without data, which is not zero
  low, high               what it can be, depending on suppliers not specified
  drawn_low, drawn_high   5th and 95th percentile of 10,000 draws of the error of reports (--error)
  rows, formula, source   how many rows were used, the formula, the source
  working_ja, working_en  the formula with its values (--json: also the numbers of the rows, and the inputs)
No threshold stands in the law. A JSON summary, and notes on rules applied to rows, go to standard error.""",
)
_A_YEAR = T("2023 又は 2019..2024 のような年が要る", "expected a year such as 2023, or 2019..2024")
_A_PAIR = T("国=数（CHN=1.3）が要る", "expected COUNTRY=NUMBER, such as CHN=1.3")
_A_PART = T("0から1までの数が要る", "expected a number from 0 to 1")
_A_CODE = T("国コード（JPN、JP）が要る", "expected a country code such as JPN or JP")


# fmt: off
@bilingual("trade", _ABOUT,
           "kaname assess trade comtrade.csv --product 2504 --importer JPN --year 2019..2024 -o graphite.csv")
@argument("file", T("貿易の表", "the table of trade"))
@option("--product", "products", multiple=True, required=True, metavar="CODE", about=T(
    "HSコード又は品名。2504,2822=0.5（重み）、H5:2504（版）、表（code、weight、revision）でもよい",
    "HS code or name; also 2504,2822=0.5 (weights), H5:2504 (revision) or a table of code, weight, revision"))
@option("--importer", required=True, metavar="COUNTRY", about=T("輸入国（JPN）", "the importing country (JPN)"))
@option("--year", "years", required=True, metavar="YEAR", about=T("年、又は 2019..2024", "a year, or 2019..2024"))
@option("--by", type=click.Choice(("value", "weight")), default="value", about=T(
    "金額（既定）か重さで測る", "measure by value (default) or by weight"))
@option("--reported", type=click.Choice(("importer", "exporter")), default="importer", about=T(
    "どちらの報告によるか（既定は輸入国。なければ他方）", "whose reports count first (default: importer)"))
@option("--supplier", "suppliers", multiple=True, metavar="COUNTRY", about=T(
    "必ず割合を示す相手国", "a supplier whose share is shown in any case"))
@option("--area", metavar="COUNTRIES", about=T(
    "域内とする国（DEU,FRA）。域外の集中度と割合を足す", "countries that are no outsiders (DEU,FRA)"))
@option("--production", metavar="TABLE", about=T(
    "生産の表（BGS、USGS、又は commodity, country, year, quantity, unit）",
    "production by country (BGS, USGS, or commodity, country, year, quantity, unit)"))
@option("--material", metavar="NAME", about=T("生産の表での品名", "the material as that table calls it"))
@option("--governance", metavar="TABLE", about=T(
    "世界銀行のガバナンス指標の表", "the World Bank's governance estimates"))
@option("--recycled", default="0", metavar="PART", about=T(
    "再生材の投入割合（0–1）", "end-of-life recycling input rate (0-1)"))
@option("--substitution", default="1", metavar="INDEX", about=T(
    "代替の指数（0–1、1は代替なし）", "substitution index (0-1; 1: no substitute)"))
@option("--uses", metavar="TABLE", about=T(
    "用途の表（share、value_added）。経済的重要性を足す", "uses (share, value_added); adds economic importance"))
@option("--uses-substitution", default="1", metavar="INDEX", about=T(
    "経済的重要性の代替の指数（0–1）", "substitution index of economic importance (0-1)"))
@option("--largest", metavar="AMOUNT", about=T(
    "最大の部門の付加価値（既定は表の最大）", "value added of the largest sector (default: of those in the table)"))
@option("--trade-parameter", "parameters", multiple=True, metavar="COUNTRY=T", about=T(
    "貿易制限の係数 t（既定は1）", "trade parameter t of a country (default: 1)"))
@option("--error", default="0.1", metavar="PART", about=T(
    "報告の相対誤差（既定は0.1）", "relative error of reports (default: 0.1)"))
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
    "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output"))
@option("--format", "form", type=click.Choice(FORMATS), about=T(
    "FILE の形式（名前で分からないとき）", "format of FILE, if its name does not tell"))
@option("--encoding", default="utf-8", about=T("FILE の文字コード（既定はutf-8）", "encoding of FILE (default: utf-8)"))
@option("--json", "as_json", is_flag=True, about=T("標準出力にJSONで", "JSON to standard output"))
@option("--strict", is_flag=True, about=T("誤りがあれば何も書かない", "write nothing if anything is bad"))
@click.pass_context
def command(
    ctx: click.Context, file: str, products: tuple[str, ...], importer: str, years: str, by: str, reported: str,
    suppliers: tuple[str, ...], area: str | None, production: str | None, material: str | None, governance: str | None,
    recycled: str, substitution: str, uses: str | None, uses_substitution: str, largest: str | None,
    parameters: tuple[str, ...], error: str, out: str | None, form: str | None,
    encoding: str, as_json: bool, strict: bool,
) -> None:
    # fmt: on
    """The command. Exit status 2 if anything in the files was bad, 1 if no year had any data."""
    began = time.perf_counter()
    if out and out != "-" and Path(out).resolve() == Path(file).resolve():
        raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    if bool(production) != bool(material):
        wrong = T("--production と --material は一緒に", "expected --production and --material together")
        raise BadInput([Problem("--production", 0, "", wrong)])
    from kaname.assess.trade.governance import read_governance
    from kaname.assess.trade.page import Asked, Page
    from kaname.assess.trade.production import read_production
    from kaname.assess.trade.products import bundle
    from kaname.assess.trade.reading import SIDES, open_flows
    from kaname.assess.trade.uses import read_uses

    wanted = bundle(products)
    asked = Asked(
        _country("--importer", importer), _years(years), by, SIDES[reported],
        frozenset(_country("--area", one) for one in (area or "").split(",") if one.strip()),
        _part("--recycled", recycled), _part("--substitution", substitution),
        dict(_pair(one) for one in parameters), float(_part("--error", error)),
        follow=frozenset(_country("--supplier", one) for one in suppliers),
    )  # fmt: skip
    problems: list[Problem] = []
    with open_flows(file, wanted, form, encoding) as (flows, reader):
        if not flows.year.size and not flows.faults:
            seen = ", ".join(flows.seen)
            wrong = T(f"{wanted.name} の行がない；ある品目：{seen}", f"no rows of {wanted.name}; the file has: {seen}")
            raise BadInput([Problem(file, 0, "", wrong)])
        made = read_production(production, material) if production and material else None
        governed = read_governance(governance) if governance else None
        page = Page(flows, wanted, asked, made, governed)
        problems += [_problem(file, line, fault) for line, fault in reader.place(flows.faults)]
    if uses:
        used = read_uses(uses)
        page.importance(used, _part("--uses-substitution", uses_substitution), _amount("--largest", largest))
        problems += [_problem(uses, line, fault) for line, fault in used.faults]
    for name, source in ((production, made), (governance, governed)):
        if name and source is not None:
            page.notes.take(source.notes)
            problems += [_problem(name, line, fault) for line, fault in source.faults]
    if not (strict and problems):
        _write(page, file, wanted.name, asked, out, as_json)
    _tell(problems, page, file)
    known = [figure for figure in page.figures if figure.value is not None]
    summary = {
        "file": file, "source": flows.source, "product": wanted.name, "importer": asked.importer, "by": by,
        "unit": flows.currency if by == "value" else "kg", "read": flows.rows, "used": int(flows.year.size),
        "years": sorted({figure.year for figure in known}), "figures": len(page.figures),
        "bad": Counter(problem.field for problem in problems), "notes": len(list(page.notes)),
        "seconds": round(time.perf_counter() - began, 3),
    }  # fmt: skip
    click.echo(json.dumps(summary, ensure_ascii=False), err=True)
    if problems:
        ctx.exit(2)
    if not known:
        ctx.exit(1)


def _problem(file: str, line: int, fault: Fault) -> Problem:
    found = fault.found
    if isinstance(found, str):
        found = T(f"「{found}」は読めない", f"cannot read {found!r}")
    wanted = fault.expected
    return Problem(file, line, fault.field, T(f"{found.ja}；{wanted.ja}が要る", f"{found.en}; expected {wanted.en}"))


def _country(place: str, text: str) -> str:
    from kaname.assess.trade.countries import country

    found = country(text)
    if found is None or not found.code.isalnum():
        raise BadInput([Problem(place, 0, text[:40], _A_CODE)])
    return found.code


def _years(text: str) -> tuple[int, ...]:
    found = re.fullmatch(r"\s*([12][0-9]{3})\s*(?:(?:\.\.|-|–)\s*([12][0-9]{3})\s*)?", text)
    if found is None:
        raise BadInput([Problem("--year", 0, text[:40], _A_YEAR)])
    first, last = int(found[1]), int(found[2] or found[1])
    if not first <= last < first + 200:
        raise BadInput([Problem("--year", 0, text[:40], _A_YEAR)])
    return tuple(range(first, last + 1))


def _part(place: str, text: str) -> Decimal:
    from kaname.assess.trade.numbers import number

    found = number(text)
    if not isinstance(found, Decimal) or found > 1:
        raise BadInput([Problem(place, 0, text[:40], _A_PART)])
    return found


def _amount(place: str, text: str | None) -> Decimal | None:
    from kaname.assess.trade.numbers import number

    found = None if text is None else number(text)
    if text is not None and (not isinstance(found, Decimal) or not found):
        raise BadInput([Problem(place, 0, text[:40], T("0より大きい数が要る", "expected a number over 0"))])
    return found if isinstance(found, Decimal) else None


def _pair(text: str) -> tuple[str, float]:
    from kaname.assess.trade.numbers import number

    code, _, value = text.partition("=")
    found = number(value)
    if not isinstance(found, Decimal) or found > 10:
        raise BadInput([Problem("--trade-parameter", 0, text[:40], _A_PAIR)])
    return _country("--trade-parameter", code), float(found)


def _write(page: "Page", file: str, product: str, asked: "Asked", out: str | None, as_json: bool) -> None:
    if as_json:
        told = {
            "file": file, "product": product, "importer": asked.importer, "by": asked.by, "years": asked.years,
            "figures": [figure.as_json() for figure in page.figures], "notes": [note.as_json() for note in page.notes],
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        if not out:
            return
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS])
    rows = [_row(figure) for figure in page.figures]
    with open_writer(out, schema) as write:
        columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(_COLUMNS))]
        write(pa.record_batch(columns, schema=schema))


def _row(figure: "Figure") -> tuple[str, ...]:
    low, high = figure.drawn or (None, None)
    working = figure.working()
    numbers = (_number(one) for one in (figure.value, figure.low, figure.high, low, high))
    return (
        str(figure.year), figure.measure, figure.partner, figure.of, *numbers, str(len(figure.records)),
        figure.stated.formula, figure.source, working.ja, working.en,
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _tell(problems: list[Problem], page: "Page", file: str) -> None:
    """The first problems, and how many more there are; then the rules that were applied."""
    for problem in problems[:_SHOWN]:
        click.echo(problem.said(language()), err=True)
    if (left := len(problems) - _SHOWN) > 0:
        click.echo(T(f"ほか {left} 件", f"and {left} more")[language()], err=True)
    lead: Any = T("注：", "note: ")
    for note in page.notes:
        click.echo(f"{lead[language()]}{file}: {note.said()[language()]}", err=True)
