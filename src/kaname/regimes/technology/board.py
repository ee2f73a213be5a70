"""The programme on one board: for each technology its vision, concepts, calls,
    projects and councils. Read off standings.

Only what it is given stands on it: who may not know that a council exists gives it none. What rests on no vision,
    or on a
concept nobody has a case of, is not hidden among the others: it stands apart as what it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kaname.days import is_agency_closed, jst_date
from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.regimes.technology.budget import Years, of_year
from kaname.regimes.technology.call import ADOPTED
from kaname.regimes.technology.catalogue.technologies import Technology, technologies
from kaname.regimes.technology.catalogue.visions import Vision
from kaname.regimes.technology.concept import named

Cases = Iterable[tuple[str, Standing]]

# What one may look for: how far a technology has come.
STEPS: dict[str, Text] = {
    "all": T("すべて", "all"), "vision": T("構想なし", "no concept yet"), "concept": T("構想まで", "concept, no call"),
    "call": T("公募まで", "called for, no project"), "project": T("課題あり", "with a project"),
    "council": T("協議会あり", "with a council"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A case on the board: where it leads, what it is called, where it stands."""

    case: str
    title: str
    state: str
    label: Text


@dataclass(frozen=True, slots=True)
class Concept(Cell):
    """`without_vision`: the technologies it takes up that no vision named by its day,
        or all of it where it names none."""

    agency: str
    published_on: date | None
    max_budget_yen: int | None
    technologies: tuple[str, ...]
    without_vision: bool


@dataclass(frozen=True, slots=True)
class Call(Cell):
    """`title` is its number. `on_closed_day`: it closes on a closed day all the same."""

    concept: str
    closes: datetime | None
    on_closed_day: bool
    slots: int
    proposals: int
    adopted: int
    technologies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year of a project: planned and spent, in yen."""

    year: int
    budget: int
    spent: int

    @property
    def over(self) -> int:
        return max(0, self.spent - self.budget)


@dataclass(frozen=True, slots=True)
class Project(Cell):
    """`trl` is the history of its maturity, (day,
        number). `next_gate`: of the plan; `gate_late`: that day has passed."""

    agency: str
    concept: str
    amount: int
    years: tuple[Year, ...]
    trl: tuple[tuple[date, int], ...]
    trl_goal: int | None
    next_gate: date | None
    gate_late: bool
    period: tuple[date | None, date | None]
    needs: tuple[str, ...]
    papers: int
    patents: int
    technologies: tuple[str, ...]

    @property
    def spent(self) -> int:
        return sum(y.spent for y in self.years)

    @property
    def over_budget(self) -> int:
        """How much more was spent than contracted, in yen; 0 where not more."""
        return max(0, self.spent - self.amount)


@dataclass(frozen=True, slots=True)
class Council(Cell):
    """What it covers as its case says, in words."""

    concept: str
    projects: str


@dataclass(frozen=True, slots=True)
class Line:
    """One technology and all that stands under it."""

    technology: Technology
    concepts: tuple[Concept, ...]
    calls: tuple[Call, ...]
    projects: tuple[Project, ...]
    councils: tuple[Council, ...]

    @property
    def vision(self) -> Vision:
        return self.technology.named_in

    @property
    def step(self) -> str:
        """How far it has come, one of STEPS."""
        for name, found in (
            ("council", self.councils), ("project", self.projects), ("call", self.calls), ("concept", self.concepts),
        ):
            if found:
                return name
        return "vision"


@dataclass(frozen=True, slots=True)
class Board:
    """`lines` in the order of the deck; then what stands under no technology."""

    as_of: date
    lines: tuple[Line, ...]
    concepts: tuple[Concept, ...]
    calls: tuple[Call, ...]
    projects: tuple[Project, ...]
    councils: tuple[Council, ...]

    def counts(self) -> dict[str, int]:
        """How many technologies stand at each step; `all` is all of them."""
        found = dict.fromkeys(STEPS, 0)
        for line in self.lines:
            found[line.step] += 1
            found["all"] += 1
        return found


def board(cases: Cases, as_of: date) -> Board:
    """The board of a day out of the cases of the chapter; those of other kinds are passed over."""
    concepts: list[Concept] = []
    calls: list[Call] = []
    projects: list[Project] = []
    councils: list[Council] = []
    for case, standing in cases:
        match standing.kind.id:
            case "technology.concept":
                concepts.append(concept_of(case, standing))
            case "technology.call":
                calls.append(call_of(case, standing))
            case "technology.project":
                projects.append(project_of(case, standing))
            case "technology.council":
                councils += council_of(case, standing)
    under = {c.title: c.technologies for c in concepts}
    lines = tuple(_line(t, concepts, calls, projects, councils, under) for t in technologies(as_of))
    placed = {cell.case for line in lines for cell in (*line.concepts, *line.calls, *line.projects, *line.councils)}

    return Board(
        as_of, lines, tuple(c for c in concepts if c.case not in placed or c.without_vision),
        tuple(c for c in calls if c.case not in placed), tuple(p for p in projects if p.case not in placed),
        tuple(c for c in councils if c.case not in placed))


def _line(
    of: Technology, concepts: list[Concept], calls: list[Call], projects: list[Project], councils: list[Council],
    under: dict[str, tuple[str, ...]],
) -> Line:
    """What names the technology itself, or a concept that does; a council by what it covers."""

    def about(names: tuple[str, ...], concept: str) -> bool:
        return of.id in (names or under.get(concept, ()))

    mine = tuple(p for p in projects if about(p.technologies, p.concept))
    titles = {p.title for p in mine if p.title} | {c.title for c in concepts if of.id in c.technologies}
    return Line(
        of, tuple(c for c in concepts if of.id in c.technologies),
        tuple(c for c in calls if about(c.technologies, c.concept)), mine,
        tuple(c for c in councils if c.concept in titles or any(t in c.projects for t in titles)))


# -- one case --------------------------------------------------------------------------------------------------------


def concept_of(case: str, standing: Standing) -> Concept:
    """A concept of a case, or the technology put forward for one."""
    drafted = standing.done.get(("concept.draft_concept", ""))
    cited: tuple[str, ...] = tuple(standing.fact("concept.vision_technologies") or ())
    bare = drafted is not None and not named(cited, standing.fact("concept.named"), drafted[0])
    return Concept(
        *_cell(case, standing, "concept", standing.fact("concept.title")),
        standing.fact("concept.funding_agency") or "", _day(standing.fact("concept.published_on")),
        standing.fact("concept.max_budget_yen"), cited, bare)


def call_of(case: str, standing: Standing) -> Call:
    """A call of a case, with how many proposals came and how many were adopted."""
    closes = standing.fact("call.close_at")
    closes = datetime.fromisoformat(closes) if isinstance(closes, str) else closes
    states = [t.state for t in standing.tracks.values() if t.procedure == "proposal"]
    return Call(
        *_cell(case, standing, "call", standing.fact("call.call_id")), standing.fact("call.concept") or "", closes,
        bool(closes and is_agency_closed(jst_date(closes))), standing.fact("call.theme_slots") or 0, len(states),
        sum(s in ADOPTED for s in states), tuple(standing.fact("call.technologies") or ()))


def project_of(case: str, standing: Standing) -> Project:
    """A project of a case, its money by year and its maturity."""
    def fact(name: str) -> object:
        return standing.fact(f"project.{name}")

    gate = standing.clocks.get("project.next_gate")
    waiting = gate is not None and gate.status in ("running", "ended")
    return Project(
        *_cell(case, standing, "project", standing.fact("project.title")), str(fact("funding_agency") or ""),
        str(fact("concept") or ""), standing.fact("project.amount") or 0, tuple(_years(standing)),
        tuple((_day(day) or standing.as_of, level) for day, level in standing.fact("project.trl_history") or ()),
        standing.fact("project.trl_goal"), gate.last_day if gate and waiting else None,
        bool(gate and waiting and gate.last_day and gate.last_day < standing.as_of),
        (_day(standing.fact("project.period_start")), _day(standing.fact("project.period_end"))),
        tuple(standing.fact("project.needs") or ()), standing.fact("project.papers") or 0,
        standing.fact("project.patents") or 0, tuple(standing.fact("project.technologies") or ()))


def council_of(case: str, standing: Standing) -> Iterator[Council]:
    """The council of a case, of either kind; none where it has not begun."""
    for kind in ("fund_council", "council"):
        if kind in standing.tracks:
            name = standing.fact(f"{kind}.council_name") or standing.fact(f"{kind}.research")
            covered = standing.fact(f"{kind}.covered_projects") or standing.fact(f"{kind}.research") or ""
            yield Council(*_cell(case, standing, kind, name), standing.fact(f"{kind}.covered_concept") or "", covered)


def _cell(case: str, standing: Standing, procedure: str, title: str | None) -> tuple[str, str, str, Text]:
    state = standing.state(procedure)
    label = standing.kind.procedure(procedure).label_of(state) if state else T("未着手", "not begun")
    return case, title or "", state, label


def _years(standing: Standing) -> Iterator[Year]:
    budget: Years = standing.fact("project.budget_by_year") or ()
    spent: Years = standing.fact("project.spent_by_year") or ()
    for year in sorted({y for y, _ in (*budget, *spent)}):
        yield Year(year, of_year(budget, year), of_year(spent, year))


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


# -- sums ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of the projects: contracted, planned, spent, and spent too much (each project by itself)."""

    projects: int
    contracted: int
    planned: int
    spent: int
    over: int


def sums(projects: Iterable[Project]) -> Sums:
    """The money of some projects."""
    found = tuple(projects)
    return Sums(len(found), sum(p.amount for p in found), sum(y.budget for p in found for y in p.years),
        sum(p.spent for p in found), sum(p.over_budget for p in found))
