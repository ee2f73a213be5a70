"""The compiled engines (screening, ownership, names), compiled before anybody waits for them.

The first call of an engine on a machine compiles it, which takes up to half a minute; what was compiled is kept beside
the source. So an office that starts runs each command once on two rows, in a process of its own and behind all others.

Run: python -m kaname.site.engines
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TABLES = {
    "patents.csv": "application_id,filing_date,ipc\nA,2025-02-28,F41G 7/22\nB,2025-03-03,B63G 8/00;G06F 1/00\n",
    "holdings.csv": "holder,company,votes,capital\nA,B,60,60\nB,C,51,40..50\nC,B,10,10\n",
    "names.csv": "id,name\n1,架空電力株式会社\n2,Kaku Power Ltd\n",
}
_COMMANDS = (
    ("patents", "patents.csv"), ("ownership", "holdings.csv"), ("ownership", "holdings.csv", "--target", "C"),
    ("names", "names.csv", "--list", "names.csv"),
)  # fmt: skip


@contextmanager
def compiled_beside() -> Iterator[None]:
    """Run `main` beside; it ends with the block. Nothing hangs on it: what is not compiled yet compiles when asked. So
    KANAME_COMPILE=no leaves it out, where all is compiled already (an image, a run of tests)."""
    if os.environ.get("KANAME_COMPILE") == "no":
        yield
        return
    beside = subprocess.Popen(
        [sys.executable, "-m", "kaname.site.engines"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(beside.pid, signal.SIGKILL)
        beside.wait()


def main() -> int:
    """Run each command once; 1 if one of them cannot."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in _TABLES.items():
            (Path(folder) / name).write_text(text, "utf-8")
        run = [sys.executable, "-m", "kaname", "assess"]
        done = [subprocess.run([*run, *args, "-o", "out.csv"], cwd=folder, capture_output=True) for args in _COMMANDS]
    return int(any(one.returncode for one in done))


if __name__ == "__main__":
    os.nice(15)  # behind whoever works
    sys.exit(main())
