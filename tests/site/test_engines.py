"""The engines are compiled by the commands that people run, each of which must go through."""

from kaname.site import engines


def test_every_engine_runs_once():
    assert engines.main() == 0


def test_one_that_cannot_run_is_told(monkeypatch):
    monkeypatch.setattr(engines, "_COMMANDS", (("patents", "missing.csv"),))
    assert engines.main() == 1


def test_a_start_compiles_beside_unless_told_not_to(monkeypatch):
    begun = []

    class Beside:
        pid = 2**22  # nobody's

        def wait(self):
            pass

    monkeypatch.setattr(engines.subprocess, "Popen", lambda command, **_: begun.append(command) or Beside())
    monkeypatch.setattr(engines.os, "killpg", lambda *_: None)
    for told, count in (("", 1), ("no", 1), ("yes", 2)):
        monkeypatch.setenv("KANAME_COMPILE", told)
        with engines.compiled_beside():
            assert len(begun) == count
