"""`kaname assess trade`: dependence and criticality of a product out of trade and production data."""

import time
from pathlib import Path

import click

from kaname.cli import assess_trade_answer as answer
from kaname.cli import assess_trade_draws as drawing
from kaname.cli.group import argument, bilingual, option
from kaname.files.formats import FORMATS
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.law import T

_ABOUT = T(
    """品目の対外依存と重要度：相手国の割合、集中度（HHI）、輸入依存度、供給リスクなどを、計算の跡と共に示す。

FILE は UN Comtrade、CEPII BACI、Atlas、普通貿易統計（財務省）のCSV、又は year, product, exporter, importer, value の
列を持つ表（CSV、JSON Lines、Parquet、.gz も）。- は標準入力。

\b
出力（1行が1つの数値。割合とHHIは0から1）
  year, measure, partner  年、測るもの、相手国（of：差や傾きを取ったもの、又は材料）
  value                   値。データがない年は空欄（零でない）
  low, high               特定できない相手国次第で取り得る下限と上限
  drawn_low, drawn_high   報告の誤差（--error）を引いた（--resample）5%点と95%点
  rows, formula, source   使った行の数、式、出典
  working_ja, working_en  値を入れた式（--json は使った行の番号と入力も）
--cube は全ての輸入国と品目の集中度を一度に示す（year, importer, product, total, hhi, top_1, top_3）。
--compare は --product の一つ一つを候補として、四つの要件の指標（--indicator）を年ごとに並べる（1行が候補、指標、年）。
どの閾値も法令に定めがない。集計（JSON）と、行に当てた規則（注）は標準エラーへ。""",
    """Dependence and criticality of a product: shares of suppliers, concentration (HHI), import reliance, supply risk
and more, each with its working.

FILE is of UN Comtrade, CEPII BACI, the Atlas or the trade statistics of Japan, or a table with year, product, exporter,
importer, value (CSV, JSON Lines, Parquet, also .gz); - is standard input.

\b
Output, a row a figure (shares and HHI from 0 to 1):
  year, measure, partner  the year, what is measured, the supplier (of: what a change is of, or a material)
  value                   empty for a year without data, which is not zero
  low, high               what it can be, depending on suppliers not specified
  drawn_low, drawn_high   5th and 95th percentile of draws (--resample) of the error of reports (--error)
  rows, formula, source   how many rows were used, the formula, the source
  working_ja, working_en  the formula with its values (--json: also the numbers of the rows, and the inputs)
--cube gives the concentration of every importer and product at once (year, importer, product, total, hhi, top_1,
top_3). --compare sets each --product beside the others: the indicators of the four requirements (--indicator), a row
for each candidate, indicator and year. No threshold stands in the law. A JSON summary, and notes on rules applied to
rows, go to standard error.""",
)


_NO_MATERIAL = T("--compare では候補ごとに違う；@ の物資か、material の列のある表で",
                 "differs from candidate to candidate in --compare; expected @ products, or tables with a column"
                 " material")  # fmt: skip
_ONLY_COMPARED = T("--indicator と --threshold は --compare と一緒に", "expected with --indicator and --threshold")


# fmt: off
@bilingual("trade", _ABOUT,
           "kaname assess trade comtrade.csv --product 2504 --importer JPN --year 2019..2024 -o graphite.csv",
           "kaname assess trade baci.csv --product @batteries --concordance hs.csv --importer JPN --year 2023",
           "kaname assess trade baci.csv --compare --product @batteries --product @magnets --importer JPN --year 2023"
           " --threshold hhi=0.4",
           "kaname assess trade baci.csv --cube --year 2023 -o concentration.parquet")
@argument("file", T("貿易の表", "the table of trade"))
@option("--product", "products", multiple=True, metavar="CODE", about=T(
    "HSコード又は品名。2504,2822=0.5（重み）、H5:2504（版）、@batteries（特定重要物資）、表（code、material、weight、revision）も",
    "HS code or name; also 2504,2822=0.5 (weights), H5:2504 (revision), @batteries (a designated product) or a table of"
    " code, material, weight, revision"))
@option("--importer", metavar="COUNTRY", about=T("輸入国（JPN）", "the importing country (JPN)"))
@option("--year", "years", required=True, metavar="YEAR", about=T("年、又は 2019..2024", "a year, or 2019..2024"))
@option("--by", type=click.Choice(("value", "weight")), default="value", about=T(
    "金額（既定）か重さで測る", "measure by value (default) or by weight"))
@option("--reported", type=click.Choice(("importer", "exporter")), default="importer", about=T(
    "どちらの報告によるか（既定は輸入国。なければ他方）", "whose reports count first (default: importer)"))
@option("--supplier", "suppliers", multiple=True, metavar="COUNTRY", about=T(
    "必ず割合を示す相手国。二つ以上なら合計も", "a supplier whose share is shown in any case; several also together"))
@option("--area", metavar="COUNTRIES", default="", about=T(
    "域内とする国（DEU,FRA）。域外の集中度と割合を足す", "countries that are no outsiders (DEU,FRA)"))
@option("--concordance", metavar="TABLE", default="", about=T(
    "HSの版の対応表（from_revision, from_code, to_revision, to_code, weight）。全ての行を品目の組の版にする",
    "concordance of the HS (from_revision, from_code, to_revision, to_code, weight): rows into the product's revision"))
@option("--revision", metavar="REVISION", default="", about=T(
    "版の列のない FILE のHSの版（H4、HS2012）", "revision of the HS where FILE states none (H4, HS2012)"))
@option("--production", metavar="TABLE", default="", about=T(
    "生産・埋蔵量の表（BGS、USGS、又は commodity, country, year, quantity, unit）",
    "production and reserves by country (BGS, USGS, or commodity, country, year, quantity, unit)"))
@option("--material", "materials", multiple=True, metavar="NAME", about=T(
    "生産の表での品名。二つ以上も（名前=0.5 は重み）",
    "a material as that table calls it; several too (NAME=0.5 weighs it)"))
@option("--governance", metavar="TABLE", default="", about=T(
    "世界銀行のガバナンス指標の表", "the World Bank's governance estimates"))
@option("--recycled", default="0", metavar="PART", about=T(
    "再生材の投入割合（0–1）", "end-of-life recycling input rate (0-1)"))
@option("--substitution", default="1", metavar="INDEX", about=T(
    "代替の指数（0–1、1は代替なし）", "substitution index (0-1; 1: no substitute)"))
@option("--uses", metavar="TABLE", default="", about=T(
    "用途の表（share、value_added）。経済的重要性を足す", "uses (share, value_added); adds economic importance"))
@option("--uses-substitution", default="1", metavar="INDEX", about=T(
    "経済的重要性の代替の指数（0–1）", "substitution index of economic importance (0-1)"))
@option("--largest", metavar="AMOUNT", default="", about=T(
    "最大の部門の付加価値（既定は表の最大）", "value added of the largest sector (default: of those in the table)"))
@option("--trade-parameter", "parameters", multiple=True, metavar="COUNTRY=T", about=T(
    "貿易制限の係数 t（既定は1）", "trade parameter t of a country (default: 1)"))
@option("--error", default="0.1", metavar="PART", about=T(
    "報告の相対誤差（既定は0.1）", "relative error of reports (default: 0.1)"))
@option("--cube", is_flag=True, about=T(
    "全ての輸入国と品目の集中度", "concentration of every importer and product"))
@option("--compare", is_flag=True, about=T(
    "--product の一つ一つを候補として並べる", "each --product as a candidate beside the others"))
@option("--indicator", "indicators", multiple=True, metavar="MEASURE", about=T(
    "--compare で並べるもの（既定は top_1、top_3、hhi）",
    "what --compare sets side by side (default: top_1, top_3, hhi)"))
@option("--threshold", "thresholds", multiple=True, metavar="MEASURE=LINE", about=T(
    "--compare で最後の年の値と比べる線（hhi=0.4）。法令に定めはない",
    "a line beside the latest value in --compare (hhi=0.4); none stands in the law"))
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
    "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output"))
@option("--format", "form", type=click.Choice(FORMATS), about=T(
    "FILE の形式（名前で分からないとき）", "format of FILE, if its name does not tell"))
@option("--encoding", default="utf-8", about=T("FILE の文字コード（既定はutf-8）", "encoding of FILE (default: utf-8)"))
@option("--json", "as_json", is_flag=True, about=T("標準出力にJSONで", "JSON to standard output"))
@option("--strict", is_flag=True, about=T("誤りがあれば何も書かない", "write nothing if anything is bad"))
@drawing.with_draws
@click.pass_context
def command(
    ctx: click.Context, file: str, products: tuple[str, ...], importer: str | None, years: str, by: str, reported: str,
    suppliers: tuple[str, ...], area: str, concordance: str, revision: str, production: str,
    materials: tuple[str, ...], governance: str, recycled: str, substitution: str, uses: str, uses_substitution: str,
    largest: str, parameters: tuple[str, ...], error: str, cube: bool,
    compare: bool, indicators: tuple[str, ...], thresholds: tuple[str, ...], out: str | None, form: str | None,
    encoding: str, as_json: bool, strict: bool, draws: int | None, cluster: str | None, workers: int | None,
    checkpoint: str | None,
) -> None:
    # fmt: on
    """The command. Exit status 2 if anything in the files was bad, 1 if no year had any data."""
    began = time.perf_counter()
    if out and out != "-" and Path(out).resolve() == Path(file).resolve():
        raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    elsewhere = cluster is not None or workers is not None or checkpoint is not None
    drawing.check(draws, elsewhere, cube, compare)
    from kaname.assess.trade import question
    from kaname.assess.trade.products import bundle, named
    from kaname.assess.trade.run import Given, read_all
    from kaname.files.named import Table

    mined, governed, led, used = (
        Table(name) if name else None for name in (production, governance, concordance, uses)
    )  # fmt: skip
    given = Given(Table(file, form, encoding), mined, governed, led, used, _revision(revision))
    if cube:
        from kaname.cli.assess_trade_cube import write_cube

        wanted = tuple(question.country_of("--importer", one) for one in (importer or "").split(",") if one.strip())
        ctx.exit(write_cube(given, question.years_of("--year", years), wanted, products, by, reported, out, as_json))
    _missing({"--product": bool(products), "--importer": bool(importer)})
    texts, listed = named(products)
    if compare:
        from kaname.cli.assess_trade_compare import write_comparison

        if materials:
            raise BadInput([Problem("--material", 0, "", _NO_MATERIAL)])
        asked = question.asked(importer or "", years, by, reported, suppliers, area, recycled, substitution, parameters,
                               error)  # fmt: skip
        asked = drawing.asked_of_page(asked, draws, elsewhere)
        ctx.exit(write_comparison(given, texts, listed, asked, indicators, thresholds, out, as_json, strict))
    if indicators or thresholds:
        raise BadInput([Problem("--compare", 0, "", _ONLY_COMPARED)])
    chosen = bundle(texts, materials, listed)
    if bool(production) != bool(chosen.materials) and not (chosen.unverified and chosen.materials):
        wrong = T("--production と --material は一緒に", "expected --production and --material together")
        raise BadInput([Problem("--production", 0, "", wrong)])
    asked = question.asked(importer or "", years, by, reported, suppliers, area, recycled, substitution, parameters,
                           error)  # fmt: skip
    each = question.part_of("--uses-substitution", uses_substitution)
    most = question.amount_of("--largest", largest)
    read = read_all(given, chosen)
    page = read.page(chosen, drawing.asked_of_page(asked, draws, elsewhere), each, most)
    if elsewhere:
        drawing.draw_in_parts(page, draws or asked.draws, asked.error, cluster, workers, checkpoint)
    if not (strict and read.problems):
        answer.write(page, file, chosen.name, asked, out, as_json)
    answer.tell(read.problems, page.notes, file)
    known = [figure for figure in page.figures if figure.value is not None]
    answer.summary(
        file=file, source=read.flows.source, product=chosen.name, importer=asked.importer, by=by,
        unit=read.flows.currency if by == "value" else "kg", read=read.flows.rows, used=int(read.flows.year.size),
        years=sorted({figure.year for figure in known}), figures=len(page.figures), problems=read.problems,
        notes=len(list(page.notes)), began=began,
    )  # fmt: skip
    if read.problems:
        ctx.exit(2)
    if not known:
        ctx.exit(1)


def _missing(given: dict[str, bool]) -> None:
    wrong = T("これが要る（--cube のときは要らない）", "expected one (not with --cube)")
    if lacking := [Problem(name, 0, "", wrong) for name, there in given.items() if not there]:
        raise BadInput(lacking)


def _revision(text: str) -> str:
    from kaname.assess.trade.products import revision_of

    if text and not revision_of(text):
        wrong = T("HSの版（H0からH6、HS2012）が要る", "expected a revision of the HS (H0 to H6, HS2012)")
        raise BadInput([Problem("--revision", 0, text[:40], wrong)])
    return revision_of(text)
