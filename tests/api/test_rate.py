"""How often a token may call: for all processes together, exports apart, and never in the way of who files."""

import subprocess
import sys

import pytest

from api.calls import ACKNOWLEDGE, Caller, is_problem
from kaname.access.models import Token
from kaname.api import rate
from kaname.api.rate import Sort


@pytest.fixture(autouse=True)
def _anew(monkeypatch):
    rate.forget()
    yield
    rate.forget()


def test_six_hundred_a_minute_and_then_a_wait():
    assert [rate.spend(7, now=60.0) for _ in range(rate.MOST)] == [0] * 600
    assert rate.spend(7, now=119.0) in (1, 2) and rate.spend(8, now=119.0) == 0
    assert rate.spend(7, now=120.0) == 0


def test_acts_have_calls_of_their_own_that_reading_cannot_spend():
    for _ in range(rate.MOST):
        rate.spend(7, now=60.0)
    assert [rate.spend(7, Sort.ACT, now=61.0) for _ in range(rate.OF_ACTS)] == [0] * 60
    assert rate.spend(7, Sort.ACT, now=61.0) == rate.spend(7, now=61.0) == 60


def test_twenty_exports_an_hour_and_acts_and_reading_go_on():
    assert [rate.spend(7, Sort.EXPORT, now=7200.0 + n) for n in range(rate.EXPORTS)] == [0] * 20
    assert rate.spend(7, Sort.EXPORT, now=7260.0) == 3541
    assert rate.spend(7, Sort.ACT, now=7260.0) == rate.spend(7, now=7260.0) == 0
    assert rate.spend(7, Sort.EXPORT, now=10800.0) == 0


_OTHER = "from kaname.api import rate\nfor n in range(300): assert rate.spend(7, now=60.0) == 0"


def test_all_processes_count_together():
    first = subprocess.Popen([sys.executable, "-c", _OTHER])
    assert [rate.spend(7, now=60.0) for _ in range(300)] == [0] * 300
    assert first.wait() == 0
    assert rate.spend(7, now=60.0) > 0


def test_where_nothing_can_be_written_each_process_counts_by_itself(monkeypatch):
    def full(*_):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(rate.os, "pwrite", full)
    assert [rate.spend(7, now=60.0) for _ in range(rate.MOST)] == [0] * 600
    assert rate.spend(7, now=60.0) > 0


def test_a_program_that_has_run_away_still_files(world):
    """The calls of the minute are gone, the exports of the hour are gone: the act is recorded all the same."""
    caller = Caller(world.token("kumo", "read", "act", "export"))
    case = caller.open()["case"]
    token = Token.objects.get().pk
    for _ in range(rate.EXPORTS):
        rate.spend(token, Sort.EXPORT)
    answer = caller.get(f"/cases/{case}/bundle", {"to": "nobody"})
    assert "20 exports" in is_problem(caller.get(f"/cases/{case}/bundle?lang=en&to=nobody"), 429, "rate")["detail"]
    assert 0 < int(answer["Retry-After"]) <= 3601
    while not rate.spend(token):
        pass
    answer = caller.get("/me")
    is_problem(answer, 429, "rate")
    assert 0 < int(answer["Retry-After"]) <= 61
    minister = Caller(world.token("minister"))
    assert minister.post(f"/cases/{case}/acts", ACKNOWLEDGE, "key-of-another").status_code == 201
    assert caller.open("key-of-the-last-day")["case"]
