"""The long run finds its files, keeps the seed that failed, ends by the clock and says so (tools/soak.py)."""

import json
import math
import sys
from pathlib import Path

import pytest

import figures

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import scan
import soak

FAILS_AT_7 = """
from figures import seeds, tries
WORLDS = tries(2, ci=4, soak=1_000)

def test_a_world():
    for seed in seeds(WORLDS):
        assert seed != 7
"""
NEVER_ENDS = """
import time
from figures import tries
def test_waits():
    time.sleep(tries(0, ci=0, soak=100))
"""


def _tried(test, so_many):
    return {"test": test, "asked": 9, "tried": so_many}


@pytest.fixture
def regressions(request, tmp_path, monkeypatch):
    """Kept elsewhere while a test looks; the name of that test."""
    monkeypatch.setattr(figures, "KEPT", tmp_path / "regressions")
    return request.node.nodeid


def test_the_files_that_name_a_long_run_are_found():
    found = {file.stem: named for file, named in soak.soaking()}
    assert found["test_twin_worlds"] == [2_500]
    assert found["test_killed_at_any_moment"] == [1_980]
    assert "test_words" not in found


def test_a_seed_that_failed_comes_first_ever_after(regressions):
    test, another = regressions, regressions + "[b]"
    assert list(figures.seeds(3)) == [0, 1, 2]
    for seed in figures.seeds(5):
        if seed == 3:
            break  # as a failing assertion does
    figures.keep(test)
    figures.keep(test)
    assert list(figures.seeds(2)) == [3, 0, 1]
    figures.keep(test)  # that one went well to its end
    assert figures.kept(test) == [3]
    assert figures.kept(another) == []


def test_parts_share_the_seeds_and_what_failed_is_tried_in_the_first(regressions, monkeypatch):
    file = regressions.partition("::")[0]
    for part in range(3):
        monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{file}::test_worlds[part{part}] (call)")
        assert list(figures.seeds(2, part=part)) == [2 * part, 2 * part + 1]
    assert next(figures.seeds(2, part=2)) == 4
    figures.keep(f"{file}::test_worlds[part2]")
    assert figures.kept(f"{file}::test_worlds[part0]") == figures.kept(f"{file}::test_worlds") == [4]
    assert list(figures.seeds(2, part=1)) == [2, 3] and list(figures.seeds(2)) == [4, 0, 1]


def test_what_the_soak_keeps_is_a_seed_a_line():
    for file in figures.KEPT.glob("*.txt"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert line.rpartition(" ")[2].isdecimal(), f"{file.name}: {line}"


def test_the_time_ends_it_and_how_far_it_came_is_told(regressions, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_SOAK_LOG", str(tmp_path / "log"))
    assert len(list(figures.seeds(4))) == 4
    monkeypatch.setenv("KANAME_SOAK_UNTIL", "1")
    assert len(list(figures.seeds(4000))) == figures.FEWEST  # so that a planted fault is found all the same
    said = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [(one["asked"], one["tried"]) for one in said] == [(4, 4), (4000, figures.FEWEST)]


def test_the_walks_of_a_file_share_its_time(monkeypatch):
    """Else the first would leave the others what is tried at least, and a long run would be one of first tests."""
    monkeypatch.setattr(figures, "walks", {"a.py::test_one", "a.py::test_two", "a.py::test_three"})
    monkeypatch.setattr(figures, "_ends", {})
    monkeypatch.setattr(figures.time, "time", lambda: 1_000.0)
    monkeypatch.setenv("KANAME_SOAK_UNTIL", "1090")
    ends = []
    for now, test in ((1_000.0, "one"), (1_010.0, "two"), (1_080.0, "three"), (1_020.0, "one")):
        monkeypatch.setattr(figures.time, "time", lambda now=now: now)
        ends.append(figures._end_of(f"a.py::test_{test}"))
    assert ends == [1_030, 1_050, 1_090, 1_030]
    assert figures.as_many(40, 2.0) == 35  # of a test that nobody foresaw: all that is left of the file's
    monkeypatch.delenv("KANAME_SOAK_UNTIL")
    assert figures.as_many(40, 2.0) == 40


def test_time_goes_to_what_was_not_tried_as_often_as_asked(monkeypatch):
    def was(*tried, outcome="passed", last=2):
        whole = [_tried(f"t[{part}]", one) for part, one in enumerate(tried)]
        some = [_tried("t[0]", last)] if tried else []
        return {"outcome": outcome, "cpu_s": 10.0, "tried": some, "all": {"runs": 2, "tried": whole}}

    told = {"reached": was(9, 10), "parts": was(8, 4), "all": was(), "ended": was(outcome="ended by the clock")}
    found = soak.missing({name: [9] for name in (*told, "new")}, told)
    assert found == {"reached": 0, "parts": (1 + 5) / 2 * 10, "all": 0, "ended": math.inf, "new": math.inf}
    planted = was(8, 4)
    planted["all"]["tried"].append(_tried("planted", 9))
    assert soak.reached([9], planted) == [(18, 2, 12, 6, ["t[0]", "t[1]"])]
    assert soak.reached([9], was(20, 4)) == [(18, 2, 24, 5, ["t[1]"])]  # one part does not make up for another
    assert soak.behind([9], told["parts"]) == ["t[0]", "t[1]"] == soak.behind([9, 5], told["parts"])
    assert soak.behind([9, 5], was(8, 4, outcome="ended by the clock")) == []  # nobody knows who names 5: all of them
    monkeypatch.setattr(soak.time, "time", lambda: 0.0)
    lanes = soak.Lanes(90, 2, {"a": soak._REACHED, "b": 1.0, "c": 1.0})
    with lanes.share("a") as a, lanes.share("b") as b:
        assert (a, b) == (20, 80)  # of 180 seconds of two lanes; then of 160
    with lanes.share("c") as c:
        assert c == 90  # all there is


def test_what_is_missing_least_begins_and_what_was_tried_is_left_out(tmp_path, monkeypatch, capsys):
    report = tmp_path / "soak.json"
    for name, tried in (("far", 1), ("reached", 9), ("near", 8)):
        soak._write(report, name, {"outcome": "passed", "cpu_s": 10.0, "tried": [_tried("t", tried)], "figures": [9]})
    monkeypatch.setattr(soak, "soaking", lambda: iter([(soak.ROOT / name, [9]) for name in ("far", "reached", "near")]))
    monkeypatch.setattr(soak, "targets", dict)
    monkeypatch.setattr(soak, "scanner", dict)
    for more, told in ((), ["reached", "near", "far"]), (("--missing",), ["near", "far"]):
        monkeypatch.setattr(sys, "argv", ["soak.py", "--list", "--report", str(report), *more])
        assert soak.main() == 0
        assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == told


def test_runs_are_summed_up_by_test_and_figure(tmp_path):
    report, tried = tmp_path / "soak.json", [{"test": "t", "asked": 9, "tried": 4}]
    for outcome in ("passed", "failed"):
        soak._write(
            report,
            "a",
            {"outcome": outcome, "on": "2026-11-27", "seed": 1, "cpu_s": 2.0, "tried": tried, "figures": [9]},
        )
    told = soak._read(report)["a"]
    assert (told["outcome"], told["tried"]) == ("failed", tried)
    assert told["all"] == {"runs": 2, "tried": [{"test": "t", "asked": 9, "tried": 8}]}
    assert [one[:4] for one in soak.reached([9, 5], told)] == [(9, 4, 8, 1), (5, 0, 0, math.inf)]
    soak._write(report, "a", {**told, "tried": [{"test": "t", "asked": 7, "tried": 3}]})
    assert soak._read(report)["a"]["all"]["tried"] == [{"test": "t", "asked": 7, "tried": 3}]  # another figure: anew

    told["figures"] = [9, 5]  # 5: of a test that walks through no seeds
    report.write_text(json.dumps({"a": told, "b": {**told, "outcome": "passed"}}))
    *_, failed, passed, _, _ = soak.table(report).split("\n")
    assert failed.startswith("| a | 9, 5 | 4, - | 8, - | 1, unknown | 2 | failed |")
    assert passed.startswith("| b | 9, 5 | 4, all | 8, all | 1, 0 | 2 | passed |")


def test_a_failure_and_an_endless_test_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(soak, "GRACE", 5)
    for name, text in (("test_fails", FAILS_AT_7), ("test_waits", NEVER_ENDS)):
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    failed = soak.one(str(tmp_path / "test_fails.py"), 0, 60)
    assert (failed["outcome"], failed["tried"][0]["tried"], failed["tried"][0]["asked"]) == ("failed", 7, 1_000)
    assert soak.one(str(tmp_path / "test_waits.py"), 0, 0)["outcome"] == "ended by the clock"


def test_the_page_shows_what_was_found():
    found = soak.WITHIN.search(soak.PAGE.read_text("utf-8"))
    assert found and found[0] == soak.table(), "run python tools/soak.py --table"


def _report(category, info, kind="vulnerabilities"):
    one = {"method": "GET", "path": "/search/", "parameter": "q", "info": info, "http_request": "GET /search/?q=x"}
    return {"vulnerabilities": {}, "anomalies": {}, "infos": {"crawled_pages_nbr": 7}, kind: {category: [one]}}


@pytest.mark.parametrize(("report", "failed"), [
    (_report("SQL Injection", "SQL Injection via injection in the parameter q"), True),
    (_report("Internal Server Error", "The server responded with a 500 HTTP error code", "anomalies"), True),
    (_report("HTTP Secure Headers", "X-Frame-Options is not set"), True),
    (_report("HTTP Secure Headers", "Strict-Transport-Security is not set"), False),
    (_report("Resource consumption", "The request timed out", "anomalies"), False),
])  # fmt: skip
def test_what_the_scanner_finds_fails_unless_it_was_foreseen(report, failed, capsys):
    assert scan.judged(report) == failed
    told = capsys.readouterr().out
    assert "7 pages walked" in told and ("/search/ q" in told) == failed
