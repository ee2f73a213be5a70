"""Scenarios, measures and imports as users write them: in a few letters, or a row each in a table."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kaname.assess.network.columns import number
from kaname.assess.network.imported import Ends, Importers, codes_of, imports_fail
from kaname.assess.network.measures import Kind, Measure
from kaname.assess.network.net import Network, NetworkError, by_name
from kaname.assess.network.scenario import Import, Scenario, firms, imports_cut, industry, region
from kaname.files.batches import Fault, sentence
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T, Text

_PART = T("0から1までの数", "a number from 0 to 1")
_AMOUNT = T("0以上の数", "a number not below 0")
_MEASURE = T("、".join(Kind), ", ".join(Kind))
_YES = T("yes 又は no", "yes or no")
_FIRM = T("網にある企業", "a firm of the network")


def ends_of(network: Network, of: Importers, parts: Mapping[str, Mapping[str, float]], text: str) -> Ends | None:
    """`imports:06@0.3`, `imports:06+11` (sectors), `imports:SAU@0.5` (a country of `parts`: by sector, what of its
    imports comes from there); None for any other scenario. Raises BadInput."""
    kind, _, rest = text.partition(":")
    if kind != "imports" or text in network.names:
        return None
    names, at, much = rest.partition("@")
    loss = _part(much) if at else 1.0
    if loss is None:
        wrong = T(f"@の後に{_PART.ja}が要る", f"expected {_PART.en} after @")
        raise BadInput([Problem("--scenario", 0, text[:40], wrong)])
    cuts = parts.get(names) or dict.fromkeys(codes_of(of.table, names.split("+"), "--scenario"), 1.0)
    return imports_fail(network, of, {code: part * loss for code, part in cuts.items()}, text)


def scenario_of(network: Network, text: str, imports: Sequence[Import] = ()) -> Scenario:
    """`A`, `A+B@0.5` (both lose half), `industry:C26`, `region:Kyushu@0.3`, `imports:CHN@0.5`. Raises NetworkError."""
    what, at, much = text.rpartition("@")
    part = _part(much) if at else None
    loss = 1.0 if part is None else part
    if at and part is None and what in network.names and text not in network.names:
        raise NetworkError(T(f"{text}：@の後に{_PART.ja}が要る", f"{text}: expected {_PART.en} after @"))
    if part is None or text in network.names:
        what, loss = text, 1.0
    kind, colon, name = what.partition(":")
    if what in network.names or not colon:
        return firms(network, [what] if what in network.names else what.split("+"), loss, text)
    if kind == "industry":
        return _called(industry(network, name, loss), text)
    if kind == "region":
        return _called(region(network, name, loss), text)
    if kind == "imports":
        if not any(one.country == name for one in imports):
            raise NetworkError(T(f"{text}：--imports の表に「{name}」からの輸入がない",
                                 f"{text}: no imports from {name} in the table of --imports"))  # fmt: skip
        return imports_cut(network, imports, name, loss, text)
    raise NetworkError(T(f"{text}：企業、industry:、region:、imports: のいずれか",
                         f"{text}: expected a firm, industry:NAME, region:NAME or imports:COUNTRY"))  # fmt: skip


def _called(found: Scenario, name: str) -> Scenario:
    return Scenario(name, found.firms, found.loss, found.about)


def read_scenarios(name: str, network: Network) -> list[Scenario]:
    """A table of scenario, firm, loss (1 where empty): a row a firm struck. Raises BadInput."""
    place = {firm: k for k, firm in enumerate(network.names)}
    found: dict[str, dict[int, float]] = defaultdict(dict)

    def row(cells: dict[str, str]) -> tuple[str, str, Text] | None:
        loss = _part(cells.get("loss", "") or "1")
        if cells["firm"] not in place:
            return "firm", cells["firm"], _FIRM
        if loss is None:
            return "loss", cells["loss"], _PART
        if place[cells["firm"]] in found[cells["scenario"]]:
            return "firm", cells["firm"], T("シナリオごとに一度", "each firm once in a scenario")
        found[cells["scenario"]][place[cells["firm"]]] = loss
        return None

    _rows(name, ("scenario", "firm"), ("loss",), row)
    return [Scenario.of(one, hit, hit.values()) for one, hit in found.items()]


def read_measures(name: str, network: Network, names: Mapping[str, str] | None = None) -> list[Measure]:
    """A table of kind, firm, amount, of, source; firms by identifier, or as they are called in `names` (identifier to
    name). Raises BadInput."""
    known = set(network.names)
    ids = by_name(names or {})
    found: list[Measure] = []

    def row(cells: dict[str, str]) -> tuple[str, str, Text] | None:
        of, source = (ids.get(cells.get(n, ""), cells.get(n, "")) for n in ("of", "source"))
        cells["firm"] = ids.get(cells["firm"], cells["firm"])
        amount = _amount(cells["amount"])
        if cells["kind"] not in list(Kind):
            return "kind", cells["kind"], _MEASURE
        kind = Kind(cells["kind"])
        if cells["firm"] not in known:
            return "firm", cells["firm"], _FIRM
        if amount is None or (kind is Kind.SECOND_SOURCE and amount > 1):
            return "amount", cells["amount"], _PART if kind is Kind.SECOND_SOURCE else _AMOUNT
        if of and of not in known and of not in network.industries:
            return "of", of, T("網にある企業又は産業", "a firm or an industry of the network")
        if source and source not in known:
            return "source", source, _FIRM
        found.append(Measure(kind, cells["firm"], amount, of, source))
        return None

    _rows(name, ("kind", "firm", "amount"), ("of", "source"), row)
    return found


def read_imports(name: str, network: Network) -> list[Import]:
    """A table of country, product, share and firm or industry, essential (yes), weight (0). Raises BadInput."""
    known = set(network.names)
    found: list[Import] = []

    def row(cells: dict[str, str]) -> tuple[str, str, Text] | None:
        share, weight = _part(cells["share"]), _part(cells.get("weight", "") or "0")
        firm, users = cells.get("firm", ""), cells.get("industry", "")
        essential = cells.get("essential", "") or "yes"
        if share is None:
            return "share", cells["share"], _PART
        if weight is None:
            return "weight", cells["weight"], _PART
        if firm and firm not in known:
            return "firm", firm, _FIRM
        if not firm and users not in network.industries:
            return "industry", users, T("網にある産業", "an industry of the network")
        if essential not in ("yes", "no"):
            return "essential", essential, _YES
        found.append(Import(cells["country"], cells["product"], share, firm, users, essential == "yes", weight))
        return None

    _rows(name, ("country", "product", "share"), ("firm", "industry", "essential", "weight"), row)
    return found


def _rows(
    name: str,
    needed: Sequence[str],
    others: Sequence[str],
    take: Callable[[dict[str, str]], tuple[str, str, Text] | None],
) -> None:
    """Every row of a table given to `take`, which answers with the field that is wrong. Raises BadInput."""
    faults: list[Fault] = []
    with open_reader(name, None, "utf-8") as reader:
        have = ", ".join(reader.names)
        no_column = T(f"列がない；ある列は {have}", f"no such column; the file has {have}")
        if lacking := [Problem(name, 1, n, no_column) for n in needed if n not in reader.names]:
            raise BadInput(lacking)
        wanted = [n for n in (*needed, *others) if n in reader.names]
        for batch in read(reader, {n: n for n in wanted}):
            faults += batch.faults
            columns: list[list[Any]] = [batch.columns[n].fill_null("").to_pylist() for n in wanted]
            for at, cells in enumerate(zip(*columns, strict=True), batch.first):
                wrong = take({n: str(cell).strip() for n, cell in zip(wanted, cells, strict=True)})
                if wrong:
                    faults.append(Fault(at, wrong[0], wrong[1][:40], wrong[2]))
        told = [Problem(name, line, fault.field, sentence(fault)) for line, fault in reader.place(faults)]
    if told:
        raise BadInput(told)


def _amount(text: str) -> float | None:
    """A number not below 0; None for something else, and for nothing."""
    return number(text) if text else None


def _part(text: str) -> float | None:
    found = _amount(text)
    return found if found is not None and found <= 1 else None
