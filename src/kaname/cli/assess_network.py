"""`kaname assess network`: what the loss of firms does to a network of supply, and what counter-measures are worth."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import pyarrow as pa

from kaname.cli.group import argument, bilingual, option
from kaname.cli.in_parts import finished, folder_of, in_parts
from kaname.cli.language import language
from kaname.cli.of_trade import of_trade, parts_of
from kaname.cli.progress import progress
from kaname.files.formats import FORMATS
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.imported import Ends
    from kaname.assess.network.inventory import Series
    from kaname.assess.network.net import Network
    from kaname.assess.network.paths import Explained
    from kaname.assess.network.reading import Read
    from kaname.assess.network.risk import Scores, Settings
    from kaname.assess.network.scenario import Scenario, Scenarios

    Scored = Callable[[Network, Scenarios, Settings, str], Scores]

_SHOWN = 100
_NO_TABLE = T("--imports に産業連関表が要る", "expected an input-output table with --imports")
_ABOUT = T(
    """供給網の一部が失われると全体の何割の生産が失われるか（経済システミックリスク指標 ESRI、Diem ほか 2022）。

FILE は取引の表（supplier、buyer、amount）、--firms は企業の表（id、industry、
任意で market、region、revenue、costs、stock）。CSV、JSON Lines、Parquet（.gzも）。- は標準入力。
シナリオを書かなければ、企業を一つずつ失う。

\b
--scenario
  A            その企業を失う（A+B は両方、A@0.5 は半分）
  industry:X   産業の全企業（industry:X@0.3 は3割）
  region:X     地域の全企業
  imports:CHN@0.5  その国からの輸入が半分に（--imports の表：country, product, share, firm 又は industry）
  imports:06@0.3   部門06の輸入が3割減る（--imports に産業連関表。企業の表に列 sector、任意で
                   imported＝投入のうち輸入）。low と high の二つの端。
                   --trade と --product があれば、imports:SAU は国からの輸入

\b
出力（シナリオごと、損失の大きい順）
  scenario, total, down, up   失われる割合。down は買い手へ、up は供給者へ伝わる分だけ
  iterations                  止まるまでの回数
  after, saved                --measures を講じたとき、その差
--explain は損失の主な経路、--days は在庫で暮らす日々の模型（1行が1日）を出す。集計（JSON）は標準エラーへ。""",
    """How much of all production is lost once a part of a supply network is (economic systemic risk index, ESRI; Diem
et al. 2022).

FILE is a table of links (supplier, buyer, amount), --firms one of firms (id, industry; optional market, region,
revenue, costs, stock): CSV, JSON Lines or Parquet, also .gz; - is standard input. Without a scenario each firm is lost
in turn.

\b
--scenario
  A            that firm is lost (A+B: both; A@0.5: half of it)
  industry:X   all firms of an industry (industry:X@0.3: three tenths)
  region:X     all firms of a region
  imports:CHN@0.5  imports from a country fall by half (--imports: country, product, share, firm or industry)
  imports:06@0.3   imports of sector 06 fall by 0.3 (--imports: an input-output table; of firms, a column sector, also
                   imported, their imported part of inputs): two ends, low and high. With --trade and --product,
                   imports:SAU is what that country sells

\b
Output, a row a scenario, the largest loss first:
  scenario, total, down, up   part lost; down: only what is passed to buyers, up: only to suppliers
  iterations                  steps until it stops
  after, saved                with --measures in place, and the difference
--explain gives the main chains of loss, --days the days after with inventories (a row a day). A JSON summary goes to
standard error.""",
)


# fmt: off
@bilingual("network", _ABOUT,
           "kaname assess network links.csv --firms firms.csv --essential classes.csv --top 20",
           "kaname assess network links.csv --firms firms.csv --scenario region:Kyushu@0.5 --measures plan.csv"
           " --outage 60",
           "kaname assess network links.csv --firms firms.csv --scenario A --days 60 -o days.csv")
@argument("file", T("取引の表", "the table of links"))
@option("--firms", metavar="TABLE", about=T(
    "企業の表（既定は、どの企業も一つの産業とする）",
    "the table of firms (default: each firm is an industry of its own)"))
@option("--essential", default="essential", metavar="TABLE", about=T(
    "産業間の不可欠性の表（supplier_industry, buyer_industry, class 又は行列）、又は essential、linear（全て同じ。"
    "既定は essential）",
    "classes of inputs (supplier_industry, buyer_industry, class; or a matrix), or essential or linear for all"
    " (default: essential)"))
@option("--scenario", "scenarios", multiple=True, metavar="TEXT", about=T(
    "失うもの（いくつでも）", "what is lost (any number)"))
@option("--scenarios", "table", metavar="TABLE", about=T(
    "シナリオの表（scenario, firm, loss）", "a table of scenarios: scenario, firm, loss"))
@option("--imports", metavar="TABLE", about=T(
    "輸入の表（country, product, share, firm 又は industry, essential, weight）、又は産業連関表",
    "imports: country, product, share, firm or industry, essential, weight; or an input-output table"))
@of_trade
@option("--measures", metavar="TABLE", about=T(
    "対策の表（kind, firm, amount, of, source）", "counter-measures: kind, firm, amount, of, source"))
@option("--outage", type=click.IntRange(1), metavar="DAYS", about=T(
    "失われている日数（在庫はその間をつなぐ）", "days the loss lasts (stocks bridge them)"))
@option("--market", type=click.Choice(("yes", "no")), default="yes", about=T(
    "同じ市場の企業が代わりになるか（既定は yes）", "firms of one market stand in for each other (default: yes)"))
@option("--weights", metavar="COLUMN", about=T(
    "企業の重み（企業の表の列。既定は売上の割合）",
    "what firms count: a column of --firms (default: their part of sales)"))
@option("--stop", type=click.Choice(("change", "loss")), default="change", about=T(
    "止め方：企業の変化か、全体の損失の伸びが epsilon 以下",
    "stop when no firm changes, or the loss grows, by no more than epsilon"))
@option("--epsilon", type=click.FloatRange(0, 1, max_open=True), default=0.01, metavar="NUMBER", about=T(
    "既定は0.01", "default: 0.01"))
@option("--top", type=click.IntRange(1), metavar="N", about=T("上位N件だけ", "only the N largest losses"))
@option("--explain", is_flag=True, about=T("主な経路（シナリオは一つ）", "the main chains of loss (one scenario)"))
@option("--days", type=click.IntRange(1, 10_000), metavar="N", about=T(
    "在庫の模型でN日（シナリオは一つ）", "N days of the inventory model (one scenario)"))
@option("--stock", type=click.FloatRange(0), default=15.0, metavar="DAYS", about=T(
    "在庫の目標日数（既定は15）", "target days of stock (default: 15)"))
@option("--seed", type=int, metavar="N", about=T(
    "在庫日数を企業ごとにポアソン分布から引く種", "draw the days of stock of each firm (Poisson) with this seed"))
@option("--tau", type=click.FloatRange(0, min_open=True), default=6.0, metavar="DAYS", about=T(
    "在庫の不足を埋める日数（既定は6）", "days over which a gap in stock is closed (default: 6)"))
@option("--rationing", type=click.Choice(("proportional", "smoothing")), default="proportional", about=T(
    "足りないときの分け方", "how what is short is shared out"))
@option("--recovery", type=click.FloatRange(0, 1), default=1.0, metavar="PART", about=T(
    "--outage の後、一日に戻る割合（既定は1）", "part of the loss that recovers a day after --outage (default: 1)"))
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
    "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output"))
@option("--format", "form", type=click.Choice(FORMATS), about=T(
    "FILE の形式（名前で分からないとき）", "format of FILE, if its name does not tell"))
@option("--encoding", default="utf-8", about=T("FILE の文字コード（既定はutf-8）", "encoding of FILE (default: utf-8)"))
@option("--json", "as_json", is_flag=True, about=T("標準出力にJSONで", "JSON to standard output"))
@option("--skip", is_flag=True, about=T("読めない行を除いて計算する", "leave out rows that cannot be read"))
@option("--threads", type=click.IntRange(1), metavar="N", about=T("既定はCPUの数", "default: number of processors"))
@in_parts
@click.pass_context
def command(
    ctx: click.Context, file: str, firms: str | None, essential: str, scenarios: tuple[str, ...], table: str | None,
    imports: str | None, trade: str, product: str, importer: str, years: str, rate: float | None, leads: str,
    measures: str | None, outage: int | None, market: str, weights: str | None, stop: str,
    epsilon: float, top: int | None, explain: bool, days: int | None, stock: float, seed: int | None, tau: float,
    rationing: str, recovery: float, out: str | None, form: str | None, encoding: str, as_json: bool, skip: bool,
    threads: int | None, cluster: str | None, workers: int | None, checkpoint: str | None,
) -> None:
    # fmt: on
    """The command. Exit status 2 if anything in the tables was bad, 1 if a scenario did not come to rest."""
    began = time.perf_counter()
    for given in (file, firms, table, imports, measures):
        if out and out != "-" and given and Path(out).resolve() == Path(given).resolve():
            raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    from kaname.assess.network import asked  # brings a compiler along: not for --help
    from kaname.assess.network.inventory import InventorySettings, Rationing, inventory_run
    from kaname.assess.network.measures import with_measures
    from kaname.assess.network.net import NetworkError
    from kaname.assess.network.paths import path_of_loss
    from kaname.assess.network.reading import read_network
    from kaname.assess.network.risk import Settings, Stop
    from kaname.files.named import Table

    elsewhere = _elsewhere(cluster, workers, checkpoint, bool(explain or days or threads))
    if weights and not firms:
        wrong = T("--firms の表の列；--firms も要る", "a column of the table of firms; expected --firms as well")
        raise BadInput([Problem("--weights", 0, weights, wrong)])
    links = Table(file, form, encoding)
    read = read_network(links, firms, essential, more=(weights,) if weights else (), skip=skip)
    network = read.network
    try:
        of_imports = _Imports(imports, trade, product, importer, years, rate, leads)
        chosen, ends = _chosen(read, scenarios, of_imports, bool(explain or days))
        chosen += asked.read_scenarios(table, network) if table else []
        plan = asked.read_measures(measures, network, read.names) if measures else []
        settings = Settings(market == "yes", epsilon, Stop(stop), weights=read.more[weights] if weights else None)
        if (explain or days) and len(chosen) != 1:
            one = T("--explain と --days にはシナリオが一つ要る", "expected one scenario with --explain or --days")
            raise NetworkError(one)
        better = with_measures(network, plan, outage) if plan else network
        still = 0
        if days:
            stocks = InventorySettings(
                stock, seed=seed, tau=tau, rationing=Rationing(rationing), outage=outage, recovery=recovery
            )
            with progress() as advance:
                series = inventory_run(better, chosen[0], stocks, days, advance)
            rows = _days(series)
        elif explain:
            rows = _chains(path_of_loss(better, chosen[0], settings, top or 10), ends)
        else:
            scored = elsewhere or _here(threads)
            rows, still = _scores(network, better if plan else None, chosen or None, settings, scored, top)
    except NetworkError as error:
        raise BadInput([Problem(file, 0, "", error.text)]) from None
    _write(rows, out, as_json, file)
    for end in ends:
        click.echo(f"{T('注：', 'note: ')[language()]}{end.bound[language()]}", err=True)
    for problem in read.problems[:_SHOWN]:
        click.echo(problem.said(language()), err=True)
    click.echo(json.dumps({
        "file": file, "firms": network.count, "links": network.links, "industries": len(network.industries),
        "scenarios": len(chosen) or network.count, "rows": len(rows), "not_at_rest": still, "bad": len(read.problems),
        "seconds": round(time.perf_counter() - began, 3),
    }, ensure_ascii=False), err=True)  # fmt: skip
    if read.problems:
        ctx.exit(2)
    if still:
        ctx.exit(1)


class _Imports(NamedTuple):
    """What the options say of imports that fail; `table`: theirs, or an input-output table."""

    table: str | None
    trade: str
    product: str
    importer: str
    years: str
    rate: float | None
    leads: str


def _chosen(
    read: "Read", texts: Sequence[str], given: _Imports, alone: bool
) -> "tuple[list[Scenario], list[Ends]]":  # fmt: skip
    """The scenarios; where an input-output table says who imports, both ends of each that is about imports, of one
    that stands `alone` the upper one. Raises BadInput, NetworkError."""
    from kaname.assess.network import asked
    from kaname.assess.network.imported import importers, names_of
    from kaname.assess.network.imports import Product
    from kaname.assess.network.io_table import is_table, read_io

    network = read.network
    if not given.table or not is_table(given.table):
        if given.trade:
            raise BadInput([Problem("--trade", 0, "", _NO_TABLE)])
        known = asked.read_imports(given.table, network) if given.table else []
        return [asked.scenario_of(network, text, known) for text in texts], []
    table = read_io(given.table)
    if table.problems:
        raise BadInput(table.problems)
    of = importers(read, table)
    chosen: list[Scenario] = []
    ends: list[Ends] = []
    for text in texts:
        name = text.partition(":")[2].partition("@")[0]
        parts = {}
        if given.trade and text.startswith("imports:") and not set(name.split("+")) <= names_of(table):
            gone = Product(given.product, name, given.years, given.importer, rate=given.rate)
            parts = {name: parts_of(table, given.trade, gone, given.leads)}
        if found := asked.ends_of(network, of, parts, text):
            ends.append(found)
            chosen += [found.high] if alone else [found.high, found.low]
        else:
            chosen.append(asked.scenario_of(network, text))
    return chosen, ends


def _here(threads: int | None) -> "Scored":
    """Scores by the threads of this process."""
    from kaname.assess.network.risk import systemic_risk

    def scored(network: "Network", many: "Scenarios", settings: "Settings", _: str) -> "Scores":
        with progress() as advance:
            return systemic_risk(network, many, settings, threads=threads, told=advance)

    return scored


def _elsewhere(cluster: str | None, workers: int | None, checkpoint: str | None, alone: bool) -> "Scored | None":
    """Scores in parts, where that was asked for: a folder below that of the run for each network."""
    if cluster is None and workers is None and checkpoint is None:
        return None
    if alone:
        wrong = T("--explain、--days、--threads とは使えない", "expected no --explain, --days or --threads with it")
        raise BadInput([Problem("--cluster, --workers, --checkpoint", 0, "", wrong)])
    from kaname.cluster.works.risk import SystemicRisk, scores

    def scored(network: "Network", many: "Scenarios", settings: "Settings", name: str) -> "Scores":
        with folder_of(checkpoint) as folder:
            place = folder / name
            place.mkdir(exist_ok=True)
            work = SystemicRisk.of(network, many, settings, place)
            return scores(finished(work, place, cluster, workers), many, network.count)

    return scored


def _scores(
    network: "Network", better: "Network | None", chosen: "Sequence[Scenario] | None",
    settings: "Settings", scored: "Scored", top: int | None,
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    from dataclasses import replace

    from kaname.assess.network.scenario import Scenarios

    many = Scenarios.of(chosen) if chosen else Scenarios.each_firm(network)
    same = replace(settings, weights=settings.weights_of(network))
    found = scored(network, many, same, "without")
    after = scored(better, many, same, "with") if better else None
    order = (-found.total).argsort(kind="stable")[:top]
    return [_score(found, after, k) for k in order.tolist()], int((~found.converged).sum())


def _score(found: "Scores", after: "Scores | None", k: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "scenario": found.names[k], "total": float(found.total[k]), "down": float(found.down[k]),
        "up": float(found.up[k]), "iterations": int(found.iterations[k]),
    }  # fmt: skip
    if after is not None:
        row |= {"after": float(after.total[k]), "saved": float(found.total[k] - after.total[k])}
    return row


def _days(series: "Series") -> list[dict[str, Any]]:
    columns = (series.day, series.production, series.consumption, series.value_added, series.loss)
    names = ("day", "production", "consumption", "value_added", "value_added_lost")
    return [dict(zip(names, row, strict=True)) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _chains(found: "Explained", ends: "list[Ends]") -> list[dict[str, Any]]:
    """Where imports failed, a chain begins with the sector of theirs (*) that its first firm misses most."""

    def first(firm: int) -> str:
        return next((f"{code}* > " for one in ends if (code := one.code(firm))), "")

    return [
        {
            "firm": chain.steps[-1].name, "counts": chain.counts, "part": chain.counts / (found.scores.total[0] or 1.0),
            "way": "down" if chain.down else "up",
            "chain": first(chain.steps[0].firm) + " > ".join(f"{step.name} {step.loss:.1%}" for step in chain.steps),
        }
        for chain in found.chains
    ]  # fmt: skip


def _write(rows: list[dict[str, Any]], out: str | None, as_json: bool, file: str) -> None:
    if as_json:
        click.echo(json.dumps({"file": file, "rows": rows}, ensure_ascii=False, indent=2))
        if not out:
            return
    shown = [{name: f"{v:.12g}" if isinstance(v, float) else str(v) for name, v in row.items()} for row in rows]
    schema = pa.schema([(name, pa.string()) for name in (rows[0] if rows else {"scenario": ""})])
    with open_writer(out, schema) as write:
        write(pa.RecordBatch.from_pylist(shown, schema=schema))
