"""The long run (docs/soak.md): every test file whose figures name a `soak`, within the hours it is given.

    python tools/soak.py --hours 4            # all of them
    python tools/soak.py --hours 0.5 ledger   # those with "ledger" in their path
    python tools/soak.py --list

Each file is a process of its own and gets a share of the time that is left; what one does not use goes to those after
it. So does each target of fuzzing that coverage leads (`fuzz:json`, tools/fuzz.py), where Atheris is installed. A test
that walks through `figures.seeds` ends when its share is over and tells how far it came; any other is ended, and says
so. The report (bench/results/soak.json) sums up what all runs tried, for each has other seeds; what has been tried as
often as asked gets a quarter of a share.
"""

import argparse
import ast
import importlib.util
import json
import math
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

sys.path.extend((str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests")))
from scan import WAPITI

from hostile.targets import ASKED, REGRESSIONS, TARGETS

ROOT = Path(__file__).parents[1]
TESTS, REPORT, PAGE = ROOT / "tests", ROOT / "bench/results/soak.json", ROOT / "docs/security.md"
WITHIN = re.compile(r"(?<=<!-- soak -->\n).*?(?=<!-- end of soak -->)", re.DOTALL)
FUZZ, _UNITS = "fuzz:", r"(?:number_of_executed_units: |Done )([0-9]+)|([0-9]+) pages walked"
SCAN, PAGES = "scan:office", 200  # by Wapiti (tools/scan.py), and how many pages it is to find
SHORTEST = 5.0  # seconds of a target
GRACE = 180  # seconds that a test which was told to end has for it
_REACHED = 0.25  # of a share, for what was tried as often as asked
Found = dict[str, Any]  # of a file
Told = dict[str, Found]  # the report: by file


def main() -> int:
    wanted = argparse.ArgumentParser(description="The long run of the tests (docs/soak.md).")
    wanted.add_argument("--hours", type=float, default=4.0)
    wanted.add_argument("--jobs", type=int, default=1, help="so many files at once")
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="of an earlier run, to repeat it")
    wanted.add_argument("--missing", action="store_true", help="only what was not yet tried as often as asked")
    wanted.add_argument("--list", action="store_true", help="only tell what would run")
    wanted.add_argument("--table", action="store_true", help="only write the table of docs/security.md anew")
    wanted.add_argument("--report", type=Path, default=REPORT)
    wanted.add_argument("words", nargs="*", help="parts of paths; none: every file")
    asked = wanted.parse_args()
    if asked.table:
        write_table()
        return 0
    every = {**{str(file.relative_to(ROOT)): named for file, named in soaking()}, **targets(), **scanner()}
    files = {f: n for f, n in every.items() if not asked.words or any(word in f for word in asked.words)}
    if not files:
        wanted.error(f"no file has {' or '.join(asked.words)} in its path; --list shows them all")
    left = missing(files, _read(asked.report))
    files = {f: files[f] for f in sorted(left, key=left.__getitem__) if left[f] or not asked.missing}
    told = _read(asked.report) if asked.missing else {}
    if asked.list:
        print("\n".join(f"{f}: {', '.join(f'{n:,}' for n in named)}" for f, named in files.items()))
        return 0
    print(f"{len(files)} files, {asked.hours:g} hours, {asked.jobs} at once, seed {asked.seed}", flush=True)
    lanes = Lanes(asked.hours * 3600, asked.jobs, {f: 1.0 if left[f] else _REACHED for f in files})

    def run(name: str) -> str:
        with lanes.share(name) as seconds:
            print(f"{name}: up to {seconds / 60:.0f} minutes", flush=True)
            only = behind(files[name], told[name]) if name in told else []
            found = one(name, asked.seed, seconds, only) if name.endswith(".py") else led(name, asked.seed, seconds)
        with lanes.lock:  # after each: a run that is cut short has told what it found
            _write(asked.report, name, {**found, "figures": files[name]})
        print(f"  {name}: {found['outcome']}, {found['cpu_s']:.0f} CPU seconds", flush=True)
        return str(found["outcome"])

    with ThreadPoolExecutor(asked.jobs) as pool:
        outcomes = dict(zip(files, pool.map(run, files), strict=True))
    if asked.report == REPORT:
        write_table()
    failed = [name for name, outcome in outcomes.items() if outcome == "failed"]
    print(f"{len(files) - len(failed)} of {len(files)} files without a failure", *failed, sep="\n  ")
    return bool(failed)


class Lanes:
    """The time of the run, shared by what is still to come, by weight, over all that run at once."""

    def __init__(self, seconds: float, jobs: int, weights: dict[str, float]) -> None:
        self.end, self.free, self.jobs = time.time() + seconds, [], jobs
        self.to_come, self.lock = weights, threading.Lock()

    @contextmanager
    def share(self, name: str) -> Iterator[float]:
        with self.lock:
            now = time.time()
            busy = [until for until in self.free if until > now]
            left = (self.end - now) * (self.jobs - len(busy)) + sum(max(0, self.end - until) for until in busy)
            weight = self.to_come.pop(name)
            until = now + max(0.0, min(self.end - now, left * weight / (weight + sum(self.to_come.values()))))
            self.free.append(until)
        try:
            yield until - now
        finally:
            with self.lock:
                self.free.remove(until)


class Reached(NamedTuple):
    """How far a figure of a file came, over all parts of the test that has it."""

    asked: int
    last: int  # tried by the last run
    tried: int  # by all runs
    missing: float  # infinity: unknown
    tests: list[str]  # the parts that are not yet where they should be, by their names


def reached(named: list[int], was: Found) -> list[Reached]:
    """The largest figure first. A figure of a test that walks through no seeds is told by nobody: it tries all of them
    where it passed, and nobody knows how many where it was ended."""
    return [_reached(figure, was) for figure in sorted({*named, *_named(was["all"]["tried"])}, reverse=True)]


def _reached(figure: int, was: Found) -> Reached:
    parts = _of_most([one for one in was["all"]["tried"] if one["asked"] == figure])
    if not parts:
        all_of_them = was["outcome"] == "passed"
        return Reached(figure, 0, 0, 0 if all_of_them else math.inf, [])
    last = sum(one["tried"] for one in was["tried"] if one["asked"] == figure and _test(one) == _test(parts[0]))
    short = [one for one in parts if one["tried"] < figure]
    lacking = sum(figure - one["tried"] for one in short)
    tried = sum(one["tried"] for one in parts)
    return Reached(figure * len(parts), last, tried, lacking, [one["test"] for one in short])


def _of_most(tried: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of several tests with one figure the parts of that which tried most: the others plant a fault."""
    done = Counter[str]()
    for one in tried:
        done[_test(one)] += one["tried"]
    return [one for one in tried if _test(one) == max(done, key=done.__getitem__)]


def _named(tried: list[dict[str, Any]]) -> set[int]:
    return {one["asked"] for one in tried}


def _test(one: dict[str, Any]) -> str:
    return str(one["test"].partition("[")[0])


def missing(files: dict[str, list[int]], told: Told) -> dict[str, float]:
    """CPU seconds that each needs until it was tried as often as asked, as fast as it was last; infinity: unknown."""
    return {name: _seconds(named, told[name]) if name in told else math.inf for name, named in files.items()}


def _seconds(named: list[int], was: Found) -> float:
    return max(
        one.missing and (one.missing / one.last * was["cpu_s"] if one.last else math.inf) for one in reached(named, was)
    )


def behind(named: list[int], was: Found) -> list[str]:
    """The tests of a file that are not yet where they should be, so that the others take no time from them. None: all
    of them are to run, for nobody knows how far some figure came."""
    figures = reached(named, was)
    return [] if any(one.missing == math.inf for one in figures) else [test for one in figures for test in one.tests]


def table(report: Path = REPORT) -> str:
    """For docs/security.md: what was tried, how it ended. `tools/soak.py --table` writes it there."""
    lines = [
        "",
        "| file | asked of the long run | tried | in all runs | missing | runs | outcome | day | seed | CPU s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, was in _read(report).items():
        figures = reached(was["figures"], was)
        said = [", ".join(f"{one.asked:,}" for one in figures)]
        said += [", ".join(_tried(one, one[column]) for one in figures) for column in (1, 2)]
        said.append(", ".join("unknown" if one.missing == math.inf else f"{one.missing:,}" for one in figures))
        said += [str(was["all"]["runs"]), was["outcome"], was["on"], str(was["seed"]), f"{was['cpu_s']:.0f}"]
        lines.append(f"| {' | '.join((Path(name).stem, *said))} |")
    return "\n".join(lines) + "\n\n"


def _tried(of: Reached, number: int) -> str:
    if of.tried:
        return f"{number:,}"
    return "-" if of.missing else "all"


def write_table() -> None:
    text = PAGE.read_text("utf-8")
    PAGE.write_text(WITHIN.sub(lambda _: table(), text), "utf-8")


def soaking() -> Iterator[tuple[Path, list[int]]]:
    """Test files and the figures they name for the soak; `soak_*.py` are run by nothing else."""
    for file in sorted((*TESTS.rglob("test_*.py"), *TESTS.rglob("soak_*.py"))):
        named = [k.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                 if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tries"
                 for k in node.keywords if k.arg == "soak"]  # fmt: skip
        if named:
            yield file, [int(ast.literal_eval(value)) for value in named]


def targets() -> dict[str, list[int]]:
    """Targets of fuzzing that coverage leads, and inputs asked; none where Atheris is not installed."""
    return {FUZZ + name: [ASKED[name]] for name in TARGETS} if importlib.util.find_spec("atheris") else {}


def scanner() -> dict[str, list[int]]:
    """The scanner at the doors, where `make scan` has installed it."""
    return {SCAN: [PAGES]} if WAPITI.exists() else {}


def _run(command: list[str], env: dict[str, str], said: IO[str], seconds: float) -> Found:
    """How a process of its own ended: by itself, or by the clock, and its children with it."""
    started = time.time()
    limit, harder = started + seconds + GRACE, [signal.SIGTERM, signal.SIGKILL]
    run = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said, start_new_session=True)
    told = 0
    try:
        while not told:
            if time.time() > limit and harder:
                os.killpg(run.pid, harder.pop(0))
                limit = time.time() + GRACE
            time.sleep(0.2)
            told, status, used = os.wait4(run.pid, os.WNOHANG)  # its own time: others run beside it
    except BaseException:
        os.killpg(run.pid, signal.SIGTERM)
        raise
    run.returncode = os.waitstatus_to_exitcode(status)
    outcome = "ended by the clock" if len(harder) < 2 else "failed" if run.returncode else "passed"
    return {"outcome": outcome, "on": datetime.now(UTC).date().isoformat(),
            "cpu_s": round(used.ru_utime + used.ru_stime, 1), "clock_s": round(time.time() - started, 1)}  # fmt: skip


def led(name: str, seed: int, seconds: float) -> Found:
    """What became of a target or of the scan within its share of the time. Inputs that failed lie among the
    regressions."""
    target, seconds = name.removeprefix(FUZZ), max(seconds, SHORTEST)  # no seconds would be no end
    tool = ["scan.py"] if name == SCAN else ["fuzz.py", target, f"--seed={seed}"]
    command = [sys.executable, str(ROOT / "tools" / tool[0]), *tool[1:], f"--seconds={seconds:.0f}"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        tempfile.TemporaryDirectory(prefix="kaname-fuzz-") as place,  # a target that Atheris ends clears nothing away
    ):
        found = _run(command, {**os.environ, "TMPDIR": place}, said, seconds)
        said.seek(0)
        told = said.read()
    if found["outcome"] != "passed":
        print(told[-6000:], flush=True)
    kept = REGRESSIONS / target
    if kept.is_dir() and not any(kept.iterdir()):
        kept.rmdir()
    inputs = max((int(n) for pair in re.findall(_UNITS, told) for n in pair if n), default=0)
    asked = PAGES if name == SCAN else ASKED[target]
    return {**found, "seed": seed, "tried": [{"test": name, "asked": asked, "tried": inputs}]}


def one(name: str, seed: int, seconds: float, only: Sequence[str] = ()) -> Found:
    """What became of one file within its share of the time; of some of its tests only, by their names."""
    with tempfile.TemporaryDirectory(prefix="kaname-soak-") as place:
        log, said = Path(place) / "tried.jsonl", Path(place) / "said.txt"
        env = {**os.environ, "KANAME_SOAK": "1", "KANAME_SOAK_SEED": str(seed), "KANAME_SOAK_LOG": str(log),
               "KANAME_SOAK_UNTIL": str(time.time() + seconds)}  # fmt: skip
        command = [sys.executable, "-m", "pytest", *(only or [str(ROOT / name)]), "-q", "-n", "0",
                   "-p", "no:cacheprovider", f"--hypothesis-seed={seed}"]  # fmt: skip
        with said.open("w", encoding="utf-8") as output:
            found = _run(command, env, output, seconds)
        tried = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
        told = said.read_text("utf-8")
        if found["outcome"] != "passed":
            print(told[-6000:], flush=True)
    return {**found, "seed": seed, "tried": tried}


def _read(report: Path) -> Told:
    return dict(json.loads(report.read_text("utf-8"))) if report.exists() else {}


def _write(report: Path, name: str, found: Found) -> None:
    """The last run of each, and what all runs together tried: each has other seeds. A test that has another figure now
    begins anew."""
    told = _read(report)
    before = told.get(name, {}).get("all", {"runs": 0, "tried": []})
    sums = Counter({(one["test"], one["asked"]): one["tried"] for one in found["tried"]})
    now = {test for test, _ in sums}
    sums.update({(one["test"], one["asked"]): one["tried"] for one in before["tried"]
                 if (one["test"], one["asked"]) in sums or one["test"] not in now})  # fmt: skip
    tried = [{"test": test, "asked": asked, "tried": n} for (test, asked), n in sums.items()]
    told[name] = {**found, "all": {"runs": before["runs"] + 1, "tried": tried}}
    report.write_text(json.dumps(dict(sorted(told.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
