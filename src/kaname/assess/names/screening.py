"""Screening subjects against lists: every pair of names at or above the threshold, the best for each pair of entities.

A finding says that two names are similar, or that a corporate number is the same. It never says who somebody is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaname.assess.names.reading import Kind, Name, Reading
from kaname.assess.names.shelf import Shelf
from kaname.assess.names.subjects import Subject

NUMBER = "number"  # the rule of a finding by corporate number


@dataclass(frozen=True, slots=True)
class Finding:
    """A subject and an entity of a list, by their numbers, and the two readings that are most alike (with their names).

    By corporate number the readings are those of the first names, whatever they are.
    """

    subject: int
    listed: int
    rule: str
    score: float
    ours: tuple[Name, Reading]
    theirs: tuple[Name, Reading]


@dataclass(frozen=True, slots=True)
class _Shelved:
    """A shelf with what stands on it: number of the subject, its name, the reading."""

    shelf: Shelf
    items: list[tuple[int, Name, Reading]]


class Screen:
    """Lists made ready to be searched. Shelves are built when the first name of their kind is asked for."""

    def __init__(self, listed: Sequence[Subject], threshold: float) -> None:
        self.listed, self.threshold = listed, threshold
        self._shelves: dict[Kind, _Shelved] = {}
        self._numbers: dict[str, list[int]] = {}
        for i, entity in enumerate(listed):
            if entity.number:
                self._numbers.setdefault(entity.number, []).append(i)

    def findings(self, subjects: Sequence[Subject]) -> list[Finding]:
        """At most one finding for each subject and entity, by subject, the highest score first."""
        best: dict[tuple[int, int], Finding] = {}
        for kind in Kind:
            for finding in self._similar(subjects, kind):
                pair = finding.subject, finding.listed
                if pair not in best or finding.score > best[pair].score:
                    best[pair] = finding
        for i, subject in enumerate(subjects):
            for j in self._numbers.get(subject.number, ()) if subject.number else ():
                best[i, j] = Finding(i, j, NUMBER, 1.0, _first(subject), _first(self.listed[j]))
        return sorted(best.values(), key=lambda found: (found.subject, -found.score, found.listed))

    def _similar(self, subjects: Sequence[Subject], kind: Kind) -> list[Finding]:
        if kind is Kind.TO_ARABIC and not self._shelf(kind.counterpart).items:
            return []  # saves working out the consonants of every name where no list is in Arabic
        asked = _readings(subjects, kind)
        if not asked:
            return []
        shelved = self._shelf(kind.counterpart)
        pairs = shelved.shelf.search([reading.words for _, _, reading in asked], self.threshold)
        if not pairs.score.size:
            return []
        who = np.array([i for i, _, _ in asked])[pairs.query]
        whom = np.array([j for j, _, _ in shelved.items])[pairs.reading]
        # The best pair of names for each pair of entities; of equals, the names told first.
        order = np.lexsort((pairs.reading, pairs.query, -pairs.score, whom, who))
        first = np.ones(order.size, bool)
        first[1:] = (np.diff(who[order]) != 0) | (np.diff(whom[order]) != 0)
        found, rules = [], pairs.rules
        for at in order[first].tolist():
            i, our_name, ours = asked[pairs.query[at]]
            j, their_name, theirs = shelved.items[pairs.reading[at]]
            found.append(Finding(i, j, rules[at], float(pairs.score[at]), (our_name, ours), (their_name, theirs)))
        return found

    def _shelf(self, kind: Kind) -> _Shelved:
        if kind not in self._shelves:
            items = _readings(self.listed, kind)
            self._shelves[kind] = _Shelved(
                Shelf([r.words for _, _, r in items], kind.initialled, kind.by_letters), items
            )
        return self._shelves[kind]


def _readings(subjects: Sequence[Subject], kind: Kind) -> list[tuple[int, Name, Reading]]:
    return [(i, name, r) for i, subject in enumerate(subjects) for name in subject.names for r in name.of(kind)]


def _first(subject: Subject) -> tuple[Name, Reading]:
    name = subject.names[0]
    return name, name.readings[0]
