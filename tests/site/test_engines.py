"""The engines are compiled by the commands that people run, each of which must go through."""

from kaname.site import engines


def test_every_engine_runs_once():
    assert engines.main() == 0


def test_one_that_cannot_run_is_told(monkeypatch):
    monkeypatch.setattr(engines, "_COMMANDS", (("patents", "missing.csv"),))
    assert engines.main() == 1
