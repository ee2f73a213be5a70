"""A chain of stages, inputs and providers: losing a country or firms, which inputs have no second source?

Read from a folder of five tables in the layout of the ETO Advanced Semiconductor Supply Chain Dataset (Emerging
Technology Observatory, CC BY-NC 4.0: not part of Kaname, bring your own): `inputs, providers, provision, sequence,
stages`. Shares are of countries; of firms mostly only that they supply at all, and whether that is negligible. So the
share a lost firm takes away lies between nothing and its country's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read_whole
from kaname.law import T, Text

COLUMNS = {
    "inputs": ("input_id", "input_name", "type", "stage_id"),
    "providers": ("provider_id", "provider_name", "provider_type", "country"),
    "provision": ("provider_id", "provided_id", "share_provided", "negligible_market_share"),
    "sequence": ("input_id", "goes_into_id", "is_type_of_id"),
    "stages": ("stage_id", "stage_name"),
}
_SHARE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*")
_A_SHARE = T("43% のような割合、又は空欄が要る", "expected a share such as 43%, or nothing")
_KNOWN_ID = T("他の表にある番号が要る", "expected an id of the other tables")
_Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Provider:
    """A firm, or all of a country. `country`: of a country, itself."""

    id: str
    name: str
    is_country: bool
    country: str


@dataclass(frozen=True, slots=True)
class Provision:
    """`share`: 0 to 1, None where none is stated."""

    provider: Provider
    share: float | None
    negligible: bool


@dataclass(frozen=True)
class Chain:
    """`into`: what an input goes into; `types`: the variants of an input, any of which will do; `stage`: the stage that
    an input belongs to."""

    name: str
    names: Mapping[str, str]
    stages: Mapping[str, str]
    providers: Mapping[str, Provider]
    provided: Mapping[str, tuple[Provision, ...]]
    into: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, ...]]
    stage: Mapping[str, str]

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What an input itself needs, all of it."""
        found: dict[str, list[str]] = defaultdict(list)
        for one, goals in self.into.items():
            for goal in goals:
                found[goal].append(one)
        return {goal: tuple(of) for goal, of in found.items()}

    @cached_property
    def end(self) -> str:
        """What the chain is for: the input that needs most, by way of all that goes into it."""

        def behind(one: str) -> int:
            found = [one]
            for step in found:
                found += [n for n in (*self.needs.get(step, ()), *self.types.get(step, ())) if n not in found]
            return len(found)

        return max(self.names, key=behind, default="")

    def called(self, one: str) -> str:
        return self.names.get(one) or self.stages.get(one, one)

    def find(self, wanted: Iterable[str]) -> tuple[Provider, ...]:
        """Providers by name or id. Raises BadInput for those that are not there."""
        by_name = {p.name.lower(): p for p in self.providers.values()}
        found, wrong = [], []
        for text in wanted:
            if provider := self.providers.get(text) or by_name.get(text.strip().lower()):
                found.append(provider)
                continue
            countries = ", ".join(sorted(p.name for p in self.providers.values() if p.is_country)[:12])
            wrong.append(Problem(self.name, 0, text[:40], T(f"この供給網にいない；企業名か、国（{countries}）が要る",
                                 f"not in this chain; expected a firm, or a country ({countries})")))  # fmt: skip
        if wrong:
            raise BadInput(wrong)
        return tuple(found)


# -- what is lost ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """Of one input: the share lost, between two bounds (equal where shares say it), and who is left.

    `left`: countries with a share or firms that are not negligible; `small`: those that are. `alone`: no second source.
    `stopped_by`: what it needs and cannot have, "" where its own providers are gone or it goes on. `bridged`: a stock
    lasts as long as the loss.
    """

    input: str
    low: float | None
    high: float | None
    left: tuple[str, ...]
    small: tuple[str, ...]
    alone: bool
    stopped_by: str = ""
    bridged: bool = False

    @property
    def stopped(self) -> bool:
        return (self.alone or bool(self.stopped_by)) and not self.bridged


Eased = Callable[[str, Loss | None, set[str]], Loss | None]  # of an input, its loss, and who is gone


@dataclass(frozen=True, slots=True)
class Outcome:
    """`losses`: of every input and stage that loses something, worst first."""

    chain: Chain
    lost: tuple[Provider, ...]
    losses: tuple[Loss, ...]

    @property
    def without_source(self) -> list[Loss]:
        return [one for one in self.losses if one.alone]

    @property
    def stopped(self) -> list[Loss]:
        return [one for one in self.losses if one.stopped]

    def path(self, one: str) -> list[str]:
        """From the input whose providers are gone to `one`, through what needs what."""
        by = {loss.input: loss for loss in self.losses}
        steps = [one]
        while (loss := by.get(steps[-1])) and not loss.alone and loss.stopped_by and loss.stopped_by not in steps:
            steps.append(loss.stopped_by)
        return steps[::-1]


def lose(chain: Chain, wanted: Iterable[str], least: float = 0.0, eased: Eased | None = None) -> Outcome:
    """What the chain looks like without some countries and firms. A country with a share of `least` or less is no
    second source. `eased`: what measures make of the loss of an input. Raises BadInput for names it does not know."""
    lost = chain.find(wanted)
    ids = {p.id for p in lost}
    countries = {p.country for p in lost if p.is_country}
    gone = {p.id for p in chain.providers.values() if p.id in ids or p.country in countries}
    own = {one: _loss(chain, one, gone, least) for one in chain.provided}
    if eased:
        own = {one: eased(one, own.get(one), gone) for one in (*chain.names, *chain.stages)}
    kept = {one for one, loss in own.items() if loss is not None and loss.bridged}
    stopped = {one: "" for one, loss in own.items() if loss is not None and loss.alone and one not in kept}
    moved = True
    while moved:
        moved = False
        for one in (*chain.names, *chain.stages):
            by = "" if one in stopped or one in kept else _stopped_by(chain, one, stopped)
            if by:
                stopped[one] = by
                moved = True
    found = []
    for one in dict.fromkeys((*own, *stopped)):
        loss = own.get(one)
        if loss is not None and loss.bridged and loss.low is None:
            loss = None  # a stock of what loses nothing
        if loss is None:
            loss = Loss(one, None, None, (), (), alone=False) if one in stopped else None
        if loss is not None:
            found.append(loss if loss.alone else _with(loss, stopped.get(one, "")))
    found.sort(key=lambda one: (not one.alone, not one.stopped, -(one.high or 0.0), chain.called(one.input)))
    return Outcome(chain, lost, tuple(found))


def _with(loss: Loss, by: str) -> Loss:
    return replace(loss, stopped_by=by)


def _stopped_by(chain: Chain, one: str, stopped: Mapping[str, str]) -> str:
    """A need that cannot be had, or the last variant where all are gone."""
    variants = chain.types.get(one, ())
    if variants and all(v in stopped for v in variants):
        return variants[-1]
    return next((need for need in chain.needs.get(one, ()) if need in stopped), "")


def _loss(chain: Chain, one: str, gone: set[str], least: float) -> Loss | None:
    """None where nobody who supplies it is gone."""
    given = chain.provided[one]
    out = [p for p in given if p.provider.id in gone]
    if not out:
        return None
    shares = [p for p in given if p.provider.is_country and p.share is not None]
    firms = [p for p in given if not p.provider.is_country]
    whole = sum(p.share or 0.0 for p in shares)
    low = high = None
    if whole:
        certain = {p.provider.country for p in shares if p.provider.id in gone}
        certain |= {c for c in {p.provider.country for p in firms} if _all_gone(firms, c, gone)}
        possible = certain | {p.provider.country for p in out}
        low = sum(p.share or 0.0 for p in shares if p.provider.country in certain) / whole
        high = sum(p.share or 0.0 for p in shares if p.provider.country in possible) / whole
        left = [p for p in shares if p.provider.country not in certain and (p.share or 0.0) > least]
    else:
        left = [p for p in given if p.provider.id not in gone and not p.negligible]
    small = [p.provider.name for p in given if p.provider.id not in gone and p.negligible]
    return Loss(one, low, high, tuple(p.provider.name for p in left), tuple(small), alone=not left)


def _all_gone(firms: list[Provision], country: str, gone: set[str]) -> bool:
    """Whether every firm of a country that counts is gone: then so is its share."""
    of = [p for p in firms if p.provider.country == country and not p.negligible]
    return bool(of) and all(p.provider.id in gone for p in of)


# -- read ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    rows: dict[str, list[_Row]] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)

    def refuse(self, table: str, line: int, column: str, found: str, wanted: Text) -> None:
        text = T(f"「{found[:40]}」；{wanted.ja}", f"{found[:40]!r}; {wanted.en}")
        self.wrong.append(Problem(f"{table}.csv", line, column, text))


def read_folder(folder: str) -> Chain:
    """The chain of a folder. Raises BadInput."""
    paths = {table: str(Path(folder) / f"{table}.csv") for table in COLUMNS}
    return read_tables(paths, Path(folder).name)


def read_tables(paths: Mapping[str, str], name: str) -> Chain:
    """The chain of five files. Raises BadInput, with everything that is wrong."""
    found = _Reading()
    for table, columns in COLUMNS.items():
        found.rows[table] = list(_rows(table, paths[table], columns))
    names = {row["input_id"]: row["input_name"] for _, row in found.rows["inputs"]}
    stage = {row["input_id"]: row["stage_id"] for _, row in found.rows["inputs"]}
    stages = {row["stage_id"]: row["stage_name"] for _, row in found.rows["stages"]}
    providers = {p.id: p for p in map(_provider, (row for _, row in found.rows["providers"]))}
    provided = _provided(found, providers, {**names, **stages})
    into, types = _sequence(found, names)
    if found.wrong:
        raise BadInput(found.wrong)
    return Chain(name, names, stages, providers, provided, into, types, stage)


def _rows(table: str, path: str, columns: tuple[str, ...]) -> Iterator[_Row]:
    called = f"{table}.csv"
    with open_reader(path, "csv", "utf-8") as reader:
        if lacking := [one for one in columns if one not in reader.names]:
            wrong = T(f"列がない；{', '.join(columns)} が要る", f"no such column; expected {', '.join(columns)}")
            raise BadInput([Problem(called, 1, one, wrong) for one in lacking])
        for batch in read_whole(reader, {one: one for one in columns}, called):
            cells = (batch.columns[one].fill_null("").to_pylist() for one in columns)
            for n, row in enumerate(zip(*cells, strict=True), batch.first + 2):  # behind the header
                yield n, dict(zip(columns, (cell.strip() for cell in row), strict=True))


def _provider(row: Mapping[str, str]) -> Provider:
    is_country = row["provider_type"] == "country"
    return Provider(row["provider_id"], row["provider_name"], is_country,
                    row["provider_name"] if is_country else row["country"])  # fmt: skip


def _provided(
    found: _Reading, providers: Mapping[str, Provider], known: Mapping[str, str]
) -> dict[str, tuple[Provision, ...]]:
    provided: dict[str, list[Provision]] = defaultdict(list)
    for line, row in found.rows["provision"]:
        text = row["share_provided"]
        share = _SHARE.fullmatch(text)
        if row["provider_id"] not in providers:
            found.refuse("provision", line, "provider_id", row["provider_id"], _KNOWN_ID)
        elif row["provided_id"] not in known:
            found.refuse("provision", line, "provided_id", row["provided_id"], _KNOWN_ID)
        elif text and (share is None or float(share[1]) > 100):
            found.refuse("provision", line, "share_provided", text, _A_SHARE)
        else:
            part = float(share[1]) / 100 if share else None
            provider = providers[row["provider_id"]]
            provided[row["provided_id"]].append(Provision(provider, part, bool(row["negligible_market_share"])))
    return {one: tuple(of) for one, of in provided.items()}


def _sequence(
    found: _Reading, names: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    into, types = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for line, row in found.rows["sequence"]:
        for column in ("input_id", "goes_into_id", "is_type_of_id"):
            if row[column] and row[column] not in names:
                found.refuse("sequence", line, column, row[column], _KNOWN_ID)
        if row["goes_into_id"]:
            into[row["input_id"]].append(row["goes_into_id"])
        if row["is_type_of_id"]:
            types[row["is_type_of_id"]].append(row["input_id"])
    return {one: tuple(of) for one, of in into.items()}, {one: tuple(of) for one, of in types.items()}
