"""The few cases that fit, for who types and asks with every letter: to be known while the next key goes down.

A letter or two stand in thousands of cases. So the NEWEST of the office are looked through first, and where enough of
them fit and may be known, that is all: nobody goes through thousands line by line. What is rarer is looked for
everywhere, and the right to know is asked only of what fits; of who may know of few cases, only these are looked
through. The case of the number that was typed comes first, however old it is.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import Max, Q

from kaname.access.models import Person
from kaname.access.predicate import Held, covers, mandates, rows_visible_to
from kaname.access.search.asked import Piece
from kaname.access.search.conditions import HOLDS, SCALE, Among, Fit, has
from kaname.access.search.fitting import best_first, keys_of
from kaname.ledger import titles
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.ledger.openings import Numbers

NEWEST = 2000  # cases looked through before all are
FEW = 4000  # cases that are asked about one by one; more are met by the sets of the search


class _Fitting(NamedTuple):
    """The cases in which a word stands: in what lies open, with how well it fits; in titles, whoever may read them."""

    open: Numbers
    fit: Numbers
    titled: Numbers

    @property
    def cases(self) -> Numbers:
        return np.union1d(self.open, self.titled)


def nearest_first(person: Person, pieces: Sequence[Piece], whole: str, day: date, size: int) -> Numbers:
    """The keys of at least so many cases that fit, or of all there are: best first, then the newest."""
    held = mandates(person, day)
    if all(m.party or m.case_id for m in held):
        mine = keys_of(rows_visible_to(person, day, held))
        if mine.size <= FEW:
            few = Q(Among(mine.tolist()))
            return _ranked(held, mine, [_fitting(piece, whole, few) for piece in pieces])
    if not any(piece.day for piece in pieces):
        last = Row.objects.aggregate(last=Max("case_id"))["last"] or 0
        newest = Q(case_id__gt=last - NEWEST)
        found = _known(person, held, day, [_fitting(piece, whole, newest, last - NEWEST) for piece in pieces])
        if found.size >= size:
            return _numbered(person, held, day, pieces, found)
    fitting = [_fitting(piece, whole) for piece in pieces]
    if _all_words(fitting).size > FEW:
        return best_first(person, pieces, Q(), whole, day)
    return _known(person, held, day, fitting)


def _fitting(piece: Piece, whole: str, within: Q | None = None, after: int = 0) -> _Fitting:
    """`within`: a condition that few cases fulfil, all of them with keys after that one."""
    there = has(piece) if within is None else has(piece, index=False) & within
    coded = keys_of(there, Fit(whole, piece.number))
    titled = np.unique(np.concatenate([titles.having(key, after) for key in piece.keys]))
    return _Fitting(coded // SCALE, coded % SCALE, titled)


def _all_words(fitting: Sequence[_Fitting]) -> Numbers:
    found = fitting[0].cases
    for one in fitting[1:]:
        found = np.intersect1d(found, one.cases)
    return found


def _known(person: Person, held: Sequence[Held], day: date, fitting: Sequence[_Fitting]) -> Numbers:
    """Of what fits, what the person may know of, in order."""
    known = keys_of(rows_visible_to(person, day, list(held)) & Q(Among(_all_words(fitting).tolist())))
    return _ranked(held, known, fitting)


def _ranked(held: Sequence[Held], found: Numbers, fitting: Sequence[_Fitting]) -> Numbers:
    """Of these, which may be known, those that fit: by the title only what may be read. Best first, then the newest."""
    readers = [m for m in held if m.sealed]
    titled = found if len(readers) == len(held) else keys_of(covers(readers, "case") & Q(Among(found.tolist())))
    fit = np.full(found.size, HOLDS, np.int64)
    for one in fitting:
        read = np.isin(found, np.intersect1d(one.titled, titled))
        there = np.isin(found, one.open)
        at = dict(zip(one.open.tolist(), one.fit.tolist(), strict=True))
        fit = np.minimum(fit, np.array([at.get(case, HOLDS) for case in found.tolist()], np.int64))
        found, fit = found[there | read], fit[there | read]
    return found[np.argsort((fit << 48) - found)]


def _numbered(
    person: Person, held: Sequence[Held], day: date, pieces: Sequence[Piece], found: Numbers
) -> Numbers:  # fmt: skip
    """What was found, before it the case that has the number typed, as far as it may be known."""
    if len(pieces) != 1 or pieces[0].number is None:
        return found
    that = Case.objects.filter(number=pieces[0].number).values("pk")
    first = keys_of(rows_visible_to(person, day, list(held)) & Q(case__in=that))
    return np.concatenate((np.sort(first)[::-1], found[~np.isin(found, first)]))
