"""What a page of shocks is asked for, out of its address: texts as people type them, what they mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from kaname.access import api as access
from kaname.assess.network import chain_measures
from kaname.assess.network.chain_measures import MOST_DAYS
from kaname.assess.network.chain_reach import reaches
from kaname.assess.network.chips import Outcome, lose
from kaname.assess.network.drawn_risk import DrawnRisk
from kaname.assess.network.imported import codes_of
from kaname.assess.network.imports import Cut, Lost
from kaname.assess.network.measures import Measure
from kaname.assess.network.net import Network, by_name
from kaname.assess.network.sectors import LEAST, Sectors, cuts_of
from kaname.assess.network.shock_evidence import Evidence, Source, digest_of, of_chain, of_sectors, of_study
from kaname.assess.network.study import KINDS, Asked, Study, measures_of
from kaname.desk import chains, plan_worth, shocks
from kaname.desk.models import ShockTable
from kaname.desk.plan_worth import Choice
from kaname.desk.shocks import EXAMPLE, Abroad, Sort
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text
from kaname.regimes.supply.plan_numbers import Number
from kaname.web import tables_given
from kaname.web.shocks import chain_told, imports
from kaname.web.shocks.chain_page import names_of
from kaname.web.shocks.told import about_cuts, about_loss, called
from kaname.web.templatetags.kaname import lang

_FIELDS = {
    Sort.LINKS: ("kind", "lost", "part", "outage", "days", "stock", "measures", "plans", "firms",
                 "replaceable", "table", "names", "year", "least", *imports.OF_COUNTRY),
    Sort.TABLE: ("cuts", "least", "year", "names", *imports.FIELDS),
    Sort.FIRMS: ("table", "year", "links", "draws", "seed", "replaceable"),
    Sort.CHAIN: ("lost", "least", "at", "outage", "measures"), Sort.LEADS: (), Sort.NAMES: (),
}  # fmt: skip
_USUAL = {"kind": "firm", "part": "100%", "outage": "30", "days": "90", "stock": "15", "least": "1%", "links": "",
          "draws": "50", "seed": "1", "importer": "JPN"}  # fmt: skip
# Of the invented network: what else can make up for. Of one that somebody gave, nobody here can say.
REPLACEABLE = "物流、輸入、情報、装置、電力、素材"
_INVENTED = {EXAMPLE: Sort.LINKS, chains.EXAMPLE: Sort.CHAIN}
_WIDTH = str.maketrans("０１２３４５６７８９．％，、；＝　", "0123456789.%,,,= ")
A_PART = T("30% 又は 0.3 のように入力してください", "expected a part such as 30% or 0.3")
NO_PLAN = T("選べる認定計画でない；一覧から選ぶ", "no certified plan to choose; choose one of the list")
A_COUNT = T("数が要る", "expected a whole number")
A_TABLE = T("産業連関表が要る", "expected an input-output table")
A_SECTOR = T("表の部門の名称か符号、又は貿易の表と品目が要る",
             "expected a sector of the table by name or code, or a table of trade and a product")  # fmt: skip


@dataclass
class Question:
    """`one`: the table, None of an invented one. `study` to `chain`: the answer, none where there are errors."""

    request: HttpRequest
    id: str
    one: ShockTable | None
    sort: Sort
    typed: dict[str, str]
    errors: dict[str, Text] = field(default_factory=dict)
    study: Study | None = None
    sectors: Sectors | None = None
    drawn: DrawnRisk | None = None
    chain: Outcome | None = None
    chain_with: Outcome | None = None
    least: float = 0.0
    names: Mapping[str, str] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)
    parts: list[Cut] = field(default_factory=list)
    plans: list[Choice] = field(default_factory=list)
    left_out: list[tuple[Number, Text]] = field(default_factory=list)
    tables: list[ShockTable] = field(default_factory=list)
    trade: Any = None
    study_of: Callable[[Asked], Study] | None = None  # the same network, asked something else

    @property
    def name(self) -> Text:
        if self.one is not None:
            return T(self.one.name, self.one.name)
        return (
            T("架空の半導体", "invented chips") if self.sort is Sort.CHAIN else T("架空の供給網", "an invented network")
        )

    @property
    def can_be_carried(self) -> bool:
        """Whether there are figures that speak to a requirement."""
        return self.study is not None or self.sectors is not None or self.chain is not None

    @property
    def is_asked(self) -> bool:
        return any(name in self.request.GET for name in _FIELDS[self.sort])

    @property
    def query(self) -> str:
        """The part of the address that keeps the question."""
        usual = _usual(self.sort, self.one)
        return urlencode({name: text for name, text in self.typed.items() if text != usual.get(name, "")})

    def address(self, name: str = "shock_table") -> str:
        return f"{reverse(name, args=[self.id])}?{self.query}".rstrip("?")

    @cached_property
    def record(self) -> Evidence:
        """The evidence of the page as it is asked for."""
        if self.study is not None:
            about, figures = about_loss(self.study, self.names), of_study(self.study)
        elif self.chain is not None:
            about, figures = chain_told.about(self.chain), of_chain(self.chain, self.typed["at"], self.chain_with)
        else:
            assert self.sectors is not None
            about, figures = about_cuts(self.sectors), of_sectors(self.sectors)
        return Evidence(access.today(), about, self.typed, tuple(self._sources()), tuple(figures), self.address())

    def _sources(self) -> list[Source]:
        found = [Source(t.name, t.sort, t.digest) for t in ([self.one] if self.one else []) + self.tables]
        if self.trade is not None:
            found.append(Source(self.trade.name, "trade", self.trade.digest))
        if self.one is None and self.sort is Sort.CHAIN:
            found.append(Source("example", "chain", chains.digest_of(chains.shipped())))
        elif self.one is None:
            with_table = self.typed["kind"] == "imports" and not self.typed["table"]
            used = ("links", "firms", "table") if with_table else ("links", "firms")
            shipped = [files("kaname.assess.network").joinpath(f"example_{n}.csv").read_bytes() for n in used]
            found.append(Source("example", "links", digest_of(shipped)))
        return found


def asked(request: HttpRequest, id: str) -> Question:
    """What the address says, answered. Errors are told by field."""
    one = None if id in _INVENTED else shocks.of(request.user, id)
    if one is None and id not in _INVENTED:
        raise Http404
    sort = _INVENTED[id] if one is None else Sort(one.sort)
    usual = _usual(sort, one)
    given = {name: request.GET[name].strip()[:2000] for name in usual if name in request.GET}
    if "plans" in given:  # a box for each plan: several of one name
        given["plans"] = ",".join(request.GET.getlist("plans"))[:2000]
    found = Question(request, id, one, sort, {**usual, **given})
    try:
        _ANSWERS[sort](found)
    except BadInput as wrong:
        for problem in wrong.problems:
            _tell(found, problem)
    return found


def full(request: HttpRequest, id: str) -> Question:
    """The same where a page makes no sense without an answer that can be carried into a case."""
    found = asked(request, id)
    if not found.can_be_carried:
        raise Http404
    return found


def _usual(sort: Sort, one: ShockTable | None) -> dict[str, str]:
    """What the fields of a page hold before anybody typed."""
    usual = {name: _USUAL.get(name, "") for name in _FIELDS[sort]}
    if sort is Sort.CHAIN:
        usual["least"] = "0%"
    elif one is None:
        usual["replaceable"] = REPLACEABLE
    return usual


def _tell(found: Question, problem: Problem) -> None:
    name = problem.file.removeprefix("--").replace("-", "_")
    name = {"measure": "measures", "cut": "cuts"}.get(name, name)
    if name not in found.typed:
        found.errors.setdefault("file", tables_given.told(BadInput([problem])))
        return
    place = T(f"{problem.line}行目：", f"line {problem.line}: ") if problem.line else T("", "")
    quoted = T(f"「{problem.field}」：", f"“{problem.field}”: ") if problem.field else T("", "")
    plain = tables_given.told(BadInput([Problem(problem.file, 0, "", problem.text)]))
    found.errors.setdefault(name, T(place.ja + quoted.ja + plain.ja, place.en + quoted.en + plain.en))


# -- a network of firms ------------------------------------------------------------------------------------------------


def _network(found: Question) -> None:
    typed = found.typed
    firms = shocks.beside(found.request.user, typed["firms"], Sort.FIRMS, "firms")
    found.tables = [firms] if firms else []
    replaceable = words(typed["replaceable"])
    made, found.names = shocks.network(found.one, firms, replaceable)
    lost = firms_asked(typed["lost"], found.names) if typed["kind"] == "firm" else words(typed["lost"])
    if not lost and typed["kind"] not in KINDS:
        typed["kind"] = "firm"
    if not lost and typed["kind"] == "firm":
        lost = [shocks.worst(found.one, firms, replaceable)]
    part, cuts, abroad = part_of("--part", typed["part"]), dict[str, float](), None
    if typed["kind"] == "imports":
        abroad = _abroad(found)
        lost, cuts = _cuts(found, abroad, lost, part)
    wanted = Asked(
        typed["kind"], tuple(lost), part, count_of("--outage", typed["outage"]),
        count_of("--days", typed["days"]), float(count_of("--stock", typed["stock"])),
        measures_of(typed["measures"].splitlines(), found.names) + _of_plans(found, made), cuts=tuple(cuts.items()),
    )  # fmt: skip
    found.study_of = lambda asked: shocks.study(found.one, asked, firms, replaceable, abroad)
    found.study = found.study_of(wanted)
    if not typed["lost"] and typed["kind"] == "firm":
        typed["lost"] = called(made.names[int(found.study.hit.firms[0])], found.names, by_name(found.names))


def _abroad(found: Question) -> Abroad:
    """The table that says who imports what; of the invented network, unless another is chosen, the invented one."""
    typed, person = found.typed, found.request.user
    table = shocks.beside(person, typed["table"], Sort.TABLE, "table")
    if table is None and found.one is not None:
        raise BadInput([Problem("--table", 0, "", A_TABLE)])
    names = shocks.beside(person, typed["names"], Sort.NAMES, "names")
    found.tables += [one for one in (table, names) if one]
    return Abroad(table, names, typed["year"], part_of("--least", typed["least"]) if typed["least"] else LEAST)


def _cuts(found: Question, abroad: Abroad, lost: list[str], part: float) -> tuple[list[str], dict[str, float]]:
    """Sectors whose imports fail, by name or code, and those of a product that a country no longer sells."""
    typed = found.typed
    table = abroad.read()
    cuts = dict.fromkeys(codes_of(table, lost), part)
    if typed["trade"] or typed["product"]:
        leads = shocks.beside(found.request.user, typed["leads"], Sort.LEADS, "leads")
        found.tables += [leads] if leads else []
        found.trade, found.lost, found.parts = imports.of_product(found.request.user, typed, table, leads)
        for one in found.parts:
            cuts[one.sector] = min(1.0, cuts.get(one.sector, 0.0) + one.part * part)
    if not cuts:
        raise BadInput([Problem("--lost", 0, "", A_SECTOR)])
    return [table.names[table.codes.index(code)] or code for code in cuts], cuts


def _of_plans(found: Question, network: Network) -> tuple[Measure, ...]:
    """The measures of the certified plans that were chosen, as far as they fit the network."""
    wanted = words(found.typed["plans"])
    if not wanted:
        return ()
    found.plans = [one for one in plan_worth.choices(found.request.user) if one.key in wanted]
    if len(found.plans) < len(set(wanted)):
        raise BadInput([Problem("--plans", 0, "", NO_PLAN)])
    put = plan_worth.put(network, found.names, [number for one in found.plans for number in one.plan.numbers])
    found.left_out = list(put.left_out)
    return put.measures


# -- sectors -----------------------------------------------------------------------------------------------------------


def _sectors(found: Question) -> None:
    assert found.one is not None
    typed, person = found.typed, found.request.user
    names = shocks.beside(person, typed["names"], Sort.NAMES, "names")
    table = shocks.table(found.one, typed["year"], names)
    cuts = cuts_of(table, [one for one in words(typed["cuts"]) if one])
    if typed["trade"] or typed["product"]:
        leads = shocks.beside(person, typed["leads"], Sort.LEADS, "leads")
        found.tables = [leads] if leads else []
        found.trade, found.lost, found.parts = imports.of_product(person, typed, table, leads)
        for one in found.parts:
            cuts[one.sector] = min(1.0, cuts.get(one.sector, 0.0) + one.part)
    if cuts:
        least = part_of("--least", typed["least"]) if typed["least"] else LEAST
        found.sectors = shocks.sectors(found.one, cuts, least, typed["year"], names)
    elif found.is_asked:
        raise BadInput([Problem("--cut", 0, "", T("部門と割合（06=0.3）、又は貿易の表と品目が要る",
                        "expected sectors with parts (06=0.3), or a table of trade and a product"))])  # fmt: skip


# -- drawn networks ----------------------------------------------------------------------------------------------------


def _drawn(found: Question) -> None:
    assert found.one is not None
    typed = found.typed
    table = shocks.beside(found.request.user, typed["table"], Sort.TABLE, "table")
    if table is None:
        if found.is_asked:
            raise BadInput([Problem("--table", 0, "", A_TABLE)])
        return
    found.tables = [table]
    found.drawn = shocks.drawn(
        found.one, table, count_of("--links", typed["links"] or "0"), count_of("--draws", typed["draws"]),
        count_of("--seed", typed["seed"]), typed["year"], words(typed["replaceable"]) or None,
    )  # fmt: skip


# -- a chain of stages and providers -----------------------------------------------------------------------------------


def _chain(found: Question) -> None:
    made, typed = chains.chain(found.one), found.typed
    called = names_of(made)
    found.least = part_of("--least", typed["least"] or "0")
    lost = [called.get(one, one) for one in words(typed["lost"])]
    if not lost:
        lost = [reaches(made, found.least)[0].country]
        typed["lost"] = chain_told.country(lost[0])[lang()]
    outage = count_of("--outage", typed["outage"] or "30")
    if not 1 <= outage <= MOST_DAYS:
        raise BadInput(
            [Problem("--outage", 0, typed["outage"][:9], T(f"1から{MOST_DAYS}日", f"1 to {MOST_DAYS} days"))]
        )
    measures = chain_measures.measures_of(made, typed["measures"].splitlines())
    try:
        found.chain = lose(made, lost, found.least)
        if measures:
            found.chain_with = chain_measures.lose_with(made, lost, measures, found.least, outage)
    except BadInput as wrong:
        raise BadInput([Problem("--lost", 0, one.field, one.text) for one in wrong.problems]) from wrong


def _nothing(found: Question) -> None:
    """A table that only stands beside others."""


_ANSWERS = {Sort.LINKS: _network, Sort.TABLE: _sectors, Sort.FIRMS: _drawn, Sort.CHAIN: _chain, Sort.LEADS: _nothing,
            Sort.NAMES: _nothing}  # fmt: skip


# -- texts -------------------------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """What stands between commas, also Japanese ones, and lines."""
    return [one.strip() for one in re.split(r"[,，、;；\n]", text) if one.strip()]


def firms_asked(text: str, names: Mapping[str, str]) -> list[str]:
    """Identifiers of the firms that a person names: of one, whatever commas its name has, or of several."""
    ids, whole = by_name(names), text.strip()
    return [ids.get(one, one) for one in ([whole] if whole in ids or whole in names else words(text))]


def part_of(place: str, text: str) -> float:
    """30% or 0.3. Raises BadInput."""
    plain = text.translate(_WIDTH).replace(" ", "")
    try:
        found = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise BadInput([Problem(place, 0, text[:40], A_PART)])
    return found


def count_of(place: str, text: str) -> int:
    plain = text.translate(_WIDTH).replace(",", "").strip()
    if not re.fullmatch("[0-9]{1,9}", plain):
        raise BadInput([Problem(place, 0, text[:40], A_COUNT)])
    return int(plain)
