"""Which cases a demonstration office has: each story told up to each of its acts, begun on a day that makes today
interesting: a last day that has passed, that is today, this week or later, or a ban that has just ended.

The same seed and the same day give the same cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from kaname.demo import general, products
from kaname.demo.casts import CASTS, SUPPLY, Cast
from kaname.demo.stories import Step, Story, stories
from kaname.procedure import Entry, Standing, fold
from kaname.procedure.index import index
from kaname.procedure.pending import pending
from kaname.regimes import kind

_GENERAL = "総則・相談窓口 / general part and desk"
_OF_THE_ORDER = "政令で指定された物資 / product of the Cabinet Order"
_AIMS = (-9, -3, -1, 0, 0, 0, 1, 2, 3, 4, 6, 6, 11, 20)  # the last day of a clock, in days from today


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a case to be."""

    entry: Entry
    happened: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A case to be: its acts in order, whom it is about, and the compartment it lies in ("" for none)."""

    story: str
    kind: str
    acts: tuple[Act, ...]
    party: str
    cast: Cast
    compartment: str = ""


def plan(today: date, seed: int = 1) -> Iterator[Planned]:
    """Every case, in the order in which they began."""
    cases: list[Planned] = []
    for cast in CASTS:
        rng = Random(seed)
        numbered = enumerate(_prefixes(cast), 1)
        cases += (_told(cast, *told, today, rng, f"{n:03d}") for n, told in numbered)
    cases += (Planned(_OF_THE_ORDER, products.KIND, tuple(Act(e, False) for e in acts), "", SUPPLY)
              for acts in products.known(today))  # fmt: skip
    cases += (Planned(_GENERAL, of, tuple(Act(e, False) for e in acts), "", general.GENERAL)
              for of, acts in general.known(today))  # fmt: skip
    yield from sorted(cases, key=lambda case: case.acts[0].entry.on)


def _prefixes(cast: Cast) -> Iterator[tuple[Story, int, str]]:
    """Each story, up to which of its steps, and of whom ("": whom chance chooses)."""
    for story in stories(cast.stories):
        if story.each:
            yield from ((story, len(story.steps), party) for party in dict.fromkeys(cast.parties))
            continue
        for upto in range(story.told_from, len(story.steps) + 1):
            yield story, upto, story.party


def _told(cast: Cast, story: Story, upto: int, party: str, today: date, rng: Random, number: str) -> Planned:
    party = party or rng.choice(cast.parties)
    compartment = rng.choice(cast.cuts[story.kind]) if story.kind in cast.cuts else ""
    sort = next((step.sort for step in story.steps if step.sort), "")
    own = cast.own(story.kind, sort, party, number, rng)
    told = _Told(cast, story, upto, own, party)
    acts = _later_receipt(told.acts(today - timedelta(_age(told, today, rng))), today, rng)
    if "abstract" in own and rng.random() < 0.08:
        acts = [*acts, _correction(acts, own)]
    return Planned(story.title, story.kind, tuple(acts), party, cast, compartment)


@dataclass(frozen=True, slots=True)
class _Told:
    """A story up to one of its steps, with what this case has of its own."""

    cast: Cast
    story: Story
    upto: int
    own: dict[str, object]
    party: str

    @property
    def last(self) -> int:
        """The day of the story on which the telling stops, at the earliest."""
        return self.story.steps[self.upto - 1].day

    def acts(self, first: date) -> list[Act]:
        steps = self.story.steps
        return [Act(self._entry(step, first), step.happened) for step in steps[: self.upto] if step.is_act]

    def _entry(self, step: Step, first: date) -> Entry:
        """By its role; whoever applies is named, so that mandates of a party reach the case."""
        by = step.by or index(kind(self.story.kind)).acts[step.act].act.roles[0].id
        own = self.own if step.sort else {}
        return step.entry(first, own, self.party if by in self.cast.party_roles else "", by)

    def standing(self, first: date, on: date) -> Standing:
        """Where the case of this story stands on a day."""
        entries = [replace(act.entry, seq=i) for i, act in enumerate(self.acts(first), 1)]
        return fold(kind(self.story.kind), entries, on)


# -- days ----------------------------------------------------------------------------------------------------------


def _age(told: _Told, today: date, rng: Random) -> int:
    """How many days ago the story began: never before its last step, nor before the regime."""
    most = told.cast.age.get(told.story.kind, (today - told.cast.since).days)
    later = [step.day for step in told.story.steps[told.upto :] if step.day > told.last]
    plain = rng.randint(told.last, max(told.last, later[0] - 1) if later else told.last + 60)
    plain = min(plain, most)
    aimed = _aimed(told, today - timedelta(plain), rng)
    return aimed if aimed is not None and told.last <= aimed <= most and _tells_the_same(told, today, aimed) else plain


def _aimed(told: _Told, first: date, rng: Random) -> int | None:
    """The age at which something that runs after the last step ends about today: first of all what somebody must do."""
    stop = first + timedelta(told.last)
    rows = pending(told.standing(first, stop))
    ahead = [row for row in rows if row.day and stop < row.day <= stop + timedelta(400)]
    owed = [row.day for row in ahead if row.day and row.sort in ("duty", "clock") and row.role]
    ends = owed or [row.day for row in ahead if row.day and row.sort in ("clock", "ban")]
    if not ends or rng.random() < 0.2:
        return None
    return (rng.choice(ends) - first).days - rng.choice(_AIMS)


def _tells_the_same(told: _Told, today: date, age: int) -> bool:
    """Whether time has not led the case into another state since the step that it is there to show."""
    first = today - timedelta(age)
    return _states(told.standing(first, first + timedelta(told.last))) == _states(told.standing(first, today))


def _states(standing: Standing) -> dict[str, str]:
    return {key: track.state for key, track in standing.tracks.items()}


def _later_receipt(acts: list[Act], today: date, rng: Random) -> list[Act]:
    """In some cases the day of receipt became known after the notice: it is recorded as an act of its own."""
    last = acts[-1]
    received = last.entry.data.get("received_on")
    if not received or rng.random() > 0.3:
        return acts
    bare = replace(last.entry, data={k: v for k, v in last.entry.data.items() if k != "received_on"})
    if str(received) > today.isoformat():
        return [*acts[:-1], Act(bare, last.happened)]
    data = {"entry": len(acts), "received_on": received}
    deliver = Entry("deliver", date.fromisoformat(str(received)), data)
    return [*acts[:-1], Act(bare, last.happened), Act(deliver, False)]


def _correction(acts: list[Act], own: dict[str, object]) -> Act:
    """A slip of the pen in the filing is set right, on the day of the last act."""
    data = {"entry": 1, "data": {"abstract": f"{own['abstract']}（誤記を訂正）"}, "reason": "要約の誤記"}
    return Act(Entry("correct", max(act.entry.on for act in acts), data), False)
