"""The long run (docs/soak.md): every test file whose figures name a `soak`, within the hours it is given.

    python tools/soak.py --hours 4            # all of them
    python tools/soak.py --hours 0.5 ledger   # those with "ledger" in their path
    python tools/soak.py --list

Each file is a process of its own and gets an equal share of the time that is left; what one does not use goes to those
after it. So does each target of fuzzing that coverage leads (`fuzz:json`, tools/fuzz.py), where Atheris is installed.
A test that walks through `figures.seeds` ends when its share is over and tells how far it came; any other is ended, and
says so. The report (bench/results/soak.json) keeps what earlier runs found of files left out of this one.
"""

import argparse
import ast
import importlib.util
import json
import os
import re
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from hostile.targets import REGRESSIONS, TARGETS  # noqa: E402  # the path first

TESTS, REPORT, PAGE = ROOT / "tests", ROOT / "bench/results/soak.json", ROOT / "docs/security.md"
WITHIN = re.compile(r"(?<=<!-- soak -->\n).*?(?=<!-- end of soak -->)", re.DOTALL)
FUZZ, _UNITS = "fuzz:", r"(?:number_of_executed_units: |Done )([0-9]+)"
SHORTEST = 5.0  # seconds of a target
GRACE = 180  # seconds that a test which was told to end has for it


def main() -> int:
    wanted = argparse.ArgumentParser(description="The long run of the tests (docs/soak.md).")
    wanted.add_argument("--hours", type=float, default=4.0)
    wanted.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="of an earlier run, to repeat it")
    wanted.add_argument("--list", action="store_true", help="only tell what would run")
    wanted.add_argument("--table", action="store_true", help="only write the table of docs/security.md anew")
    wanted.add_argument("--report", type=Path, default=REPORT)
    wanted.add_argument("words", nargs="*", help="parts of paths; none: every file")
    asked = wanted.parse_args()
    if asked.table:
        write_table()
        return 0
    every = [*((str(file.relative_to(ROOT)), named) for file, named in soaking()), *((name, []) for name in targets())]
    files = [(f, n) for f, n in every if not asked.words or any(word in f for word in asked.words)]
    if asked.list or not files:
        print("\n".join(f"{f}: {', '.join(f'{n:,}' for n in named)}" for f, named in files))
        return 0 if files else 1
    print(f"{len(files)} files, {asked.hours:g} hours, seed {asked.seed}", flush=True)
    end, found = time.time() + asked.hours * 3600, {}
    for at, (name, named) in enumerate(files):
        share = (end - time.time()) / (len(files) - at)
        print(f"{name}: up to {share / 60:.0f} minutes", flush=True)
        run = led(name, asked.seed, share) if name.startswith(FUZZ) else one(ROOT / name, asked.seed, share)
        found[name] = {**run, "figures": named}
        print(f"  {found[name]['outcome']}, {found[name]['cpu_s']:.0f} CPU seconds", flush=True)
        _write(asked.report, found)  # after each: a run that is cut short has told what it found
    if asked.report == REPORT:
        write_table()
    failed = [name for name, was in found.items() if was["outcome"] == "failed"]
    print(f"{len(found) - len(failed)} of {len(found)} files without a failure", *failed, sep="\n  ")
    return bool(failed)


def table() -> str:
    """For docs/security.md: what was tried, how it ended. `tools/soak.py --table` writes it there."""
    lines = [
        "",
        "| file | figure of the long run | tried | outcome | day | seed | CPU s |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, was in json.loads(REPORT.read_text("utf-8")).items() if REPORT.exists() else ():
        walks = [one for one in was.get("tried", ()) if one["asked"] in was["figures"]]
        tried = ", ".join(f"{one['tried']:,} of {one['asked']:,}" for one in walks) or "all" * (
            was["outcome"] == "passed"
        )
        if name.startswith(FUZZ):
            tried = f"{was['inputs']:,} inputs"
        named = ", ".join(f"{figure:,}" for figure in was["figures"])
        lines.append(f"| {Path(name).stem} | {named or '-'} | {tried or '-'} | {was['outcome']} | {was['on']} "
                     f"| {was['seed']} | {was['cpu_s']:.0f} |")  # fmt: skip
    return "\n".join(lines) + "\n\n"


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


def targets() -> list[str]:
    """Targets of fuzzing that coverage leads; none where Atheris is not installed."""
    return [FUZZ + name for name in TARGETS] if importlib.util.find_spec("atheris") else []


def _run(command: list[str], env: dict[str, str], said: IO[str], seconds: float) -> int | None:
    """How a process of its own ended; None: by the clock, and its children with it."""
    run = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said, start_new_session=True)
    try:
        return run.wait(seconds + GRACE)
    except BaseException as ended:
        os.killpg(run.pid, signal.SIGTERM)
        run.wait(GRACE)
        if not isinstance(ended, subprocess.TimeoutExpired):
            raise
        return None


def led(name: str, seed: int, seconds: float) -> dict[str, Any]:
    """What became of a target within its share of the time. What failed lies among the regressions."""
    target, seconds = name.removeprefix(FUZZ), max(seconds, SHORTEST)  # no seconds would be no end
    command = [sys.executable, str(ROOT / "tools/fuzz.py"), target, f"--seconds={seconds:.0f}", f"--seed={seed}"]
    before, started = _cpu(), time.time()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        tempfile.TemporaryDirectory(prefix="kaname-fuzz-") as place,  # a target that Atheris ends clears nothing away
    ):
        code = _run(command, {**os.environ, "TMPDIR": place}, said, seconds)
        said.seek(0)
        told = said.read()
    if code:
        print(told[-6000:], flush=True)
    kept = REGRESSIONS / target
    if kept.is_dir() and not any(kept.iterdir()):
        kept.rmdir()
    return {**_result(code, seed, before, started), "inputs": max(map(int, re.findall(_UNITS, told)), default=0)}


def one(file: Path, seed: int, seconds: float) -> dict[str, Any]:
    """What became of one file within its share of the time."""
    with tempfile.TemporaryDirectory(prefix="kaname-soak-") as place:
        log, said = Path(place) / "tried.jsonl", Path(place) / "said.txt"
        env = {**os.environ, "KANAME_SOAK": "1", "KANAME_SOAK_SEED": str(seed), "KANAME_SOAK_LOG": str(log),
               "KANAME_SOAK_UNTIL": str(time.time() + seconds)}  # fmt: skip
        command = [sys.executable, "-m", "pytest", str(file), "-q", "-n", "0", "-p", "no:cacheprovider",
                   f"--hypothesis-seed={seed}"]  # fmt: skip
        before, started = _cpu(), time.time()
        with said.open("w", encoding="utf-8") as output:
            code = _run(command, env, output, seconds)
        tried = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
        told = said.read_text("utf-8")
        if code:
            print(told[-6000:], flush=True)
    return {
        **_result(code, seed, before, started), "tried": tried, "said": (told.strip().splitlines() or [""])[-1]
    }  # fmt: skip


def _result(code: int | None, seed: int, before: float, started: float) -> dict[str, Any]:
    outcome = "ended by the clock" if code is None else "failed" if code else "passed"
    return {"outcome": outcome, "on": datetime.now(UTC).date().isoformat(), "seed": seed,
            "cpu_s": round(_cpu() - before, 1), "clock_s": round(time.time() - started, 1)}  # fmt: skip


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write(report: Path, found: dict[str, Any]) -> None:
    earlier = json.loads(report.read_text("utf-8")) if report.exists() else {}
    whole = dict(sorted({**earlier, **found}.items()))
    report.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
