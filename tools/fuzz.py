"""Fuzzing that coverage leads (Atheris, docs/soak.md): one target of tests/hostile/targets.py, for so many seconds.

    python tools/fuzz.py json --seconds 60
    python tools/fuzz.py json FILE...           # these inputs alone, as in a debugger
    python tools/fuzz.py --list

The corpus grows in .fuzz/ and is kept there; an input that failed goes to tests/regressions/fuzz/, with which every
later run of the tests begins.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

sys.path.extend(str(Path(__file__).parents[1] / place) for place in (
    "src", "tests", "tests/ledger", "tests/procedure", "tests/site",
))  # fmt: skip

from hostile.targets import PLANTED, REGRESSIONS, TARGETS

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / ".fuzz"
LONGEST, TRY, ROOM = 16_384, 30, 2048  # bytes of an input, seconds of a try, MiB of the process


def main() -> None:
    wanted = argparse.ArgumentParser(description="Fuzzing that coverage leads (docs/soak.md).")
    wanted.add_argument("--list", action="store_true")
    wanted.add_argument("--seconds", type=int, default=60)
    wanted.add_argument("--seed", type=int, default=0, help="0: another each time")
    wanted.add_argument("--corpus", type=Path, default=CORPUS)
    wanted.add_argument("--failed", type=Path, default=REGRESSIONS)
    wanted.add_argument("target", nargs="?")
    wanted.add_argument("files", nargs="*", type=Path)
    asked = wanted.parse_args()
    if asked.list or asked.target not in TARGETS | PLANTED:
        print(*TARGETS, sep="\n")
        sys.exit(not asked.list)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings_test")
    os.environ["KANAME_HOME"] = tempfile.mkdtemp(prefix="kaname-fuzz-")
    if asked.files:
        holds, _ = _target(asked.target)
        for file in asked.files:
            print(file, "taken" if holds(file.read_bytes()) else "refused")
        return
    import atheris

    with atheris.instrument_imports(include=["kaname", "kaname_verify", "hostile.planted_reader"], exclude=_compiled()):
        holds, sound = _target(asked.target)
    corpus, failed = asked.corpus / asked.target, asked.failed / asked.target
    corpus.mkdir(parents=True, exist_ok=True)
    failed.mkdir(parents=True, exist_ok=True)
    for one in sound:
        (corpus / sha1(one, usedforsecurity=False).hexdigest()).write_bytes(one)
    limits = [f"-max_total_time={asked.seconds}", f"-max_len={LONGEST}", f"-timeout={TRY}", f"-rss_limit_mb={ROOM}"]
    atheris.Setup([sys.argv[0], *limits, f"-seed={asked.seed}", f"-artifact_prefix={failed}/", "-print_final_stats=1",
                   "-verbosity=0", str(corpus)], lambda raw: bool(holds(raw)) and None)  # fmt: skip
    atheris.Fuzz()  # ends the process: 77 where an input failed


def _compiled() -> list[str]:
    """Modules that numba compiles: it does not know the calls that Atheris puts in."""
    files = [file for file in (ROOT / "src").rglob("*.py") if "numba" in file.read_text("utf-8")]
    return [".".join(file.relative_to(ROOT / "src").with_suffix("").parts) for file in files]


def _target(name: str) -> tuple[Callable[[bytes], object], list[bytes]]:
    if name in TARGETS:
        import django

        django.setup()
    return (TARGETS | PLANTED)[name]()


if __name__ == "__main__":
    main()
