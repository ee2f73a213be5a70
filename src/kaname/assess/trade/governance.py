"""The World Bank's governance estimates: for a country and year the mean of the six, as 0 (best) to 10 (worst)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaname.assess.trade import measures
from kaname.assess.trade.countries import country
from kaname.assess.trade.notes import Notes, Rule
from kaname.files.batches import Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T

SOURCE = "World Bank, Worldwide Governance Indicators"
SIX = ("va", "pv", "ge", "rq", "rl", "cc")
MIDDLE = 5.0
_COLUMNS = {"code": ("code", "countrycode", "iso3"), "year": ("year",), "indicator": ("indicator",),
            "estimate": ("estimate",)}  # fmt: skip
AN_ESTIMATE = T("-2.5 前後の推計値（-3.5から3.5）、又は ..", "an estimate from -3.5 to 3.5, or ..")
ONE_ESTIMATE = T("一つの国、年、指標に一つの推計値（先のものを採る）",
                 "one estimate of a country, year and indicator (the first is kept)")  # fmt: skip
_NONE = frozenset(("", "..", "#n/a", "na", "nan"))


@dataclass(slots=True)
class Governance:
    """Estimates by country, year and indicator."""

    name: str
    estimates: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)  # of each country
    own: set[tuple[str, int, str]] = field(default_factory=set)  # stated under the code of today
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    def year(self, code: str, wanted: int) -> int | None:
        """The year itself, or the nearest before that has any estimate of the country."""
        return max((year for year in self.years.get(code, ()) if year <= wanted), default=None)

    def worst(self, code: str, year: int) -> float | None:
        """0 to 10; None where there is no estimate of the country in the year."""
        found = self.estimates.get((code, year))
        return float(measures.governance(list(found.values()))) if found else None

    def stability(self, code: str, wanted: int) -> float:
        """Political stability as last estimated, nan where it is not."""
        year = self.year(code, wanted)
        return float("nan") if year is None else self.estimates[code, year].get("pv", float("nan"))

    def weights(self, codes: Iterable[str], wanted: int, notes: Notes) -> list[float]:
        """One a country; what was missing is noted and taken as the middle of the scale."""
        found = []
        for code in codes:
            year = self.year(code, wanted)
            weight = None if year is None else self.worst(code, year)
            if weight is None or year is None:
                notes.add(Rule.NO_GOVERNANCE, found=code)
            else:
                if year != wanted:
                    notes.add(Rule.OTHER_YEAR, found=f"{wanted} -> {year}")
                if (many := len(self.estimates[code, year])) < len(SIX):
                    notes.add(Rule.FEWER_ESTIMATES, found=f"{code} {year}: {many}")
            found.append(MIDDLE if weight is None else weight)
        return found


def read_governance(name: str, form: str | None = None, encoding: str = "utf-8") -> Governance:
    """Estimates out of a file in the long form of the World Bank. Raises BadInput."""
    made = Governance(name)
    with open_reader(name, form, encoding) as reader:
        wanted = {field: next((c for c in called if c in reader.names), "") for field, called in _COLUMNS.items()}
        missing = [field for field, column in wanted.items() if not column]
        if missing:
            have = ", ".join(reader.names[:30])
            wrong = T(f"列がない；code, year, indicator, estimate が要る；ある列は {have}",
                      f"no such column; expected code, year, indicator, estimate; the file has {have}")  # fmt: skip
            raise BadInput([Problem(name, 1, missing[0], wrong)])
        faults: list[Fault] = []
        for batch in read(reader, wanted):
            faults += batch.faults
            cells = [batch.columns[field].fill_null("").to_pylist() for field in _COLUMNS]
            for at, (code, year, indicator, estimate) in enumerate(zip(*cells, strict=True), batch.first):
                _take(made, at, (code, year, indicator, estimate), faults)
        made.faults = reader.place(faults)
    return made


def _take(made: Governance, at: int, cells: tuple[str, str, str, str], faults: list[Fault]) -> None:
    code, year, indicator, estimate = (cell.strip() for cell in cells)
    indicator = indicator.lower().removesuffix(".est")
    if estimate.lower() in _NONE:
        return
    where = country(code)
    try:
        value = float(estimate)
        when = int(year)
    except ValueError:
        faults.append(Fault(at, "estimate", f"{year} {estimate}"[:40], AN_ESTIMATE))
        return
    if where is None or indicator not in SIX or not -3.5 <= value <= 3.5:
        faults.append(Fault(at, "estimate", f"{code} {indicator} {estimate}"[:40], AN_ESTIMATE))
        return
    if where.rule is not None:
        made.notes.add(where.rule, [at + 1], code)
    before = made.estimates.get((where.code, when), {}).get(indicator)
    if code == where.code and (code, when, indicator) in made.own:
        if value != before:
            faults.append(Fault(at, "estimate", f"{code} {year} {indicator} {estimate}"[:40], ONE_ESTIMATE))
        return
    if code == where.code:
        made.own.add((code, when, indicator))
    if code == where.code or before is None:
        made.estimates.setdefault((where.code, when), {})[indicator] = value
        made.years.setdefault(where.code, set()).add(when)
