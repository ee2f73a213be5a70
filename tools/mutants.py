"""Mutants of what guards: each must make a test fail (docs/mutants.md; which modules, which tests: tools/mutants.toml).

    python tools/mutants.py run                   # every module, one after another
    python tools/mutants.py run predicate doors   # those with one of the words in their name
    python tools/mutants.py run --again           # only what survived last time, and modules that were changed since
    python tools/mutants.py list predicate        # the mutants themselves
    python tools/mutants.py table                 # the table of docs/mutants.md, written anew

A module is a process of its own: the tests of its list run once as they are; then, for each mutant, a child of that
process (a fork: offices are there already) runs those that reach the changed function, the likeliest first, until one
fails. Results: bench/results/mutants.json.
"""

import argparse
import ast
import fcntl
import gc
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from mutating import Mutant, Source

ROOT = Path(__file__).parents[1]
PLAN, RESULTS, PAGE = ROOT / "tools/mutants.toml", ROOT / "bench/results/mutants.json", ROOT / "docs/mutants.md"
WITHIN = re.compile(r"(?<=<!-- mutants -->\n).*?(?=<!-- end of mutants -->)", re.DOTALL)
MEMORY = Path("/dev/shm")  # noqa: S108  # copies of our own, faster in memory


def plan() -> dict[str, dict[str, Any]]:
    """Module -> its tests, and the mutants that change nothing with the reason why."""
    return tomllib.loads(PLAN.read_text("utf-8"))


def results() -> dict[str, dict[str, Any]]:
    return json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}


def digest(module: str) -> str:
    """Of what the interpreter reads: comments and layout do not count."""
    file = ROOT / "src" / (module.replace(".", "/") + ".py")
    return sha256(ast.unparse(ast.parse(file.read_text("utf-8"))).encode()).hexdigest()[:16]


def main() -> int:
    wanted = argparse.ArgumentParser(description="Mutants of what guards (docs/mutants.md).")
    wanted.add_argument("what", choices=("run", "list", "table", "one"))
    wanted.add_argument("words", nargs="*", help="parts of names of modules; none: every module")
    wanted.add_argument("--again", action="store_true", help="only what survived, and modules changed since")
    asked = wanted.parse_intermixed_args()
    modules = [name for name in plan() if not asked.words or any(word in name for word in asked.words)]
    if asked.what == "one":
        return one(asked.words[0], asked.again)
    for name in modules if asked.what != "table" else ():
        command = [sys.executable, str(Path(__file__)), "one", name, *["--again"] * asked.again]
        if asked.what == "list":
            command = [sys.executable, "-c", _LIST, name]
        subprocess.run(command, cwd=ROOT, check=False)
    write_table()
    return 0


_LIST = """
import sys; sys.path.insert(0, "tools")
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings_test"
import django; django.setup()
from mutating import Source
print(*(f"{m.line:4} {m.name}" for m in Source(sys.argv[1]).mutants()), sep="\\n")
"""


def one(module: str, again: bool) -> int:
    """The mutants of one module."""
    asked, before = plan()[module], results().get(module, {})
    only = None
    if again and before.get("digest") == digest(module):
        only = set(before["survived"])
        if not only:
            return 0
    os.nice(max(0, 5 - os.nice(0)))  # asked to be nicer it is no nicer still
    scratch = (MEMORY if MEMORY.is_dir() else Path(tempfile.gettempdir())) / f"mutants-{os.getpid()}"
    killing = Killing(module, only, scratch)
    try:
        tests = [str(ROOT / "tests" / name) for name in asked["tests"]]
        without = ["-k", asked.get("only", "not postgresql")]
        pytest.main([*tests, "-x", "-q", "-p", "no:cacheprovider", "--basetemp", str(scratch), *without], [killing])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if not killing.done:
        print(f"{module}: its tests do not pass as they are")
        return 1
    survived = sorted(name for name, by in killing.done.items() if by is None)
    count = before["mutants"] if only is not None else len(killing.done)
    with PLAN.open() as lock:  # two runs at once keep each other's results
        fcntl.flock(lock, fcntl.LOCK_EX)
        keep(module, {
            "digest": digest(module), "mutants": count, "survived": survived, "tests": len(killing.items),
            "cpu_s": round(killing.cpu + (before.get("cpu_s", 0) if only is not None else 0)),
            "on": f"{datetime.now(UTC):%Y-%m-%d}",
        })  # fmt: skip
    open_ = [name for name in survived if name not in asked.get("equal", {})]
    print(f"{module}: {count} mutants, {len(survived)} survived, {len(open_)} of them unexplained, {killing.cpu:.0f} s")
    print(*open_, sep="\n")
    return bool(open_)


def keep(module: str, was: dict[str, Any]) -> None:
    kept = {**results(), module: was}
    RESULTS.write_text(
        json.dumps({m: kept[m] for m in plan() if m in kept}, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )


class Killing:
    """Instead of pytest's own loop: the tests as they are, then for each mutant until one fails."""

    def __init__(self, module: str, only: set[str] | None, scratch: Path) -> None:
        self.module, self.only, self.scratch = module, only, scratch
        self.done: dict[str, str | None] = {}  # mutant -> the test that killed it
        self.items: list[Any] = []
        self.took: dict[Any, float] = {}
        self.reached: dict[str, list[Any]] = defaultdict(list)  # function -> the tests that reach it
        self.killed: Counter[tuple[str, Any]] = Counter()
        self.cpu = 0.0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        self.items = list(session.items)
        if session.testsfailed or not self.items:
            return True
        self.source = Source(self.module)
        if not self._as_they_are(session):
            return True
        mutants = [m for m in self.source.mutants() if self.only is None or m.name in self.only]
        gc.collect()
        gc.freeze()  # what children never touch is not copied for them
        took = sum(self.took.values())
        print(f"{self.module}: {len(mutants)} mutants, {len(self.items)} tests of {took:.1f} s", file=sys.__stderr__)
        if failed := self._try(session, None):
            print(f"{self.module}: {failed} fails in a child without any change", file=sys.__stderr__)
            return True
        for mutant in mutants:
            self.done[mutant.name] = by = self._try(session, mutant)
            if os.environ.get("MUTANTS_TELL"):
                print(f"  {mutant.name}: {by}", file=sys.__stderr__, flush=True)
            elif by is None:
                print(f"  {mutant.line}: {mutant.name}", file=sys.__stderr__, flush=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime + time.process_time()
        return True

    def _as_they_are(self, session: Any) -> bool:
        file, reached = str(self.source.file), set[str]()

        def see(frame: Any, event: str, _: Any) -> None:
            if event == "call" and frame.f_code.co_filename == file:
                reached.add(frame.f_code.co_qualname)

        for at, item in enumerate(self.items):
            reached.clear()
            begun = time.process_time()
            sys.setprofile(see)
            reports = _run(item, self.items[(at + 1) % len(self.items)])
            sys.setprofile(None)
            self.took[item] = time.process_time() - begun
            for name in {_outer(name) for name in reached}:
                self.reached[name].append(item)
            if failed := [r for r in reports if r.failed]:
                print(f"{item.nodeid}: {failed[0].longrepr}")
                return False
        return True

    def _order(self, mutant: Mutant | None) -> list[Any]:
        """Those that reach the function, the likeliest first; of what is computed once, and of constants, all."""
        if mutant is None:
            return self.items[::-1]
        of_function = not isinstance(self.source.statement(mutant), ast.Assign | ast.AnnAssign)
        reach = self.reached.get(mutant.where, []) if of_function and not mutant.cached else self.items
        return sorted(reach, key=lambda i: (-self.killed[mutant.where, i], -self.killed["", i], self.took[i]))

    def _try(self, session: Any, mutant: Mutant | None) -> str | None:
        """The test that kills a mutant (None: no change, which nothing may kill)."""
        order = self._order(mutant)
        if not order:
            return None
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            self._child(session, mutant, order, write)
        os.close(write)
        with os.fdopen(read) as said:
            name = said.read()
        _, status = os.waitpid(child, 0)
        _end_group(child)
        shutil.rmtree(self.scratch / "child", ignore_errors=True)
        if os.waitstatus_to_exitcode(status) == 0:
            return None
        for item in order if mutant else ():
            if item.nodeid == name:
                self.killed[mutant.where, item] += 1
                self.killed["", item] += 1
        return name or "ended by the clock"

    def _child(self, session: Any, mutant: Mutant | None, order: list[Any], write: int) -> NoReturn:
        failed = "its loading"
        try:
            os.setsid()
            enough = int(5 * sum(self.took.values())) + 20
            resource.setrlimit(resource.RLIMIT_CPU, (enough, enough))
            signal.alarm(20 * enough)
            (self.scratch / "child").mkdir()
            session.config._tmp_path_factory._basetemp = self.scratch / "child"
            session._setupstate.teardown_exact(order[0])
            with self.source.planted(mutant) if mutant else nullcontext():
                failed = ""
                for at, item in enumerate(order):
                    if any(r.failed for r in _run(item, order[min(at + 1, len(order) - 1)])):
                        failed = item.nodeid
                        break
            os.write(write, failed.encode())
        finally:  # never back into the loop of the parent
            os._exit(bool(failed))


def _run(item: Any, following: Any) -> list[Any]:
    from _pytest.runner import runtestprotocol

    return runtestprotocol(item, log=False, nextitem=following)


def _outer(name: str) -> str:
    """The function or method in which something lies."""
    return name.partition(".<locals>")[0]


def _end_group(child: int) -> None:
    """What a child of ours has started and left behind."""
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def table() -> str:
    """For docs/mutants.md."""
    lines = [
        "",
        "| module | mutants | killed | change nothing | survive | day | CPU s |",
        "|---|---|---|---|---|---|---|",
    ]
    asked, found = plan(), results()
    total = Counter[str]()
    for name in asked:
        if name not in found:
            continue
        was, equal = found[name], asked[name].get("equal", {})
        same = sum(m in equal for m in was["survived"])
        row = {"mutants": was["mutants"], "killed": was["mutants"] - len(was["survived"]), "same": same,
               "left": len(was["survived"]) - same, "cpu": was["cpu_s"]}  # fmt: skip
        total.update(row)
        since = "" if was["digest"] == digest(name) else ", changed since"
        lines.append(f"| {name.removeprefix('kaname.')} | {row['mutants']:,} | {row['killed']:,} | {same or '-'} | "
                     f"{row['left'] or '-'} | {was['on']}{since} | {row['cpu']:,} |")  # fmt: skip
    lines.append(f"| all | {total['mutants']:,} | {total['killed']:,} | {total['same']} | {total['left']} | | "
                 f"{total['cpu']:,} |")  # fmt: skip
    return "\n".join([*lines, "", ""])


def write_table() -> None:
    if PAGE.exists():
        PAGE.write_text(WITHIN.sub(lambda _: table(), PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
