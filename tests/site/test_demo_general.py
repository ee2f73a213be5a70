"""The general part of the demonstration: every act is lawful, the Cabinet's days are real, nothing lies ahead."""

from datetime import date

import pytest

from kaname.demo import general
from kaname.procedure import Accepted, decide, fold
from kaname.regimes import kind


@pytest.mark.parametrize("today", [date(2022, 8, 15), date(2024, 6, 4), date(2026, 11, 26)], ids=str)
def test_every_case_is_lawful_and_of_days_that_have_come(today):
    for of, acts in general.known(today):
        ledger = []
        for entry in acts:
            answer = decide(fold(kind(of), ledger, entry.on), entry)
            assert isinstance(answer, Accepted), answer
            ledger.append(answer.entry)
        assert max(e.on for e in ledger) <= today
        assert not fold(kind(of), ledger, today).notes


def test_the_editions_in_force_are_those_of_the_day():
    for today, state in ((date(2024, 6, 4), "published"), (date(2026, 11, 26), "superseded")):
        first = [fold(kind(of), acts, today) for of, acts in general.known(today) if of == general.GUIDELINE]
        assert [s.tracks[p].state for s in first for p in s.tracks if "/" not in p] == [state] * 3
