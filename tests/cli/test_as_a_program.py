"""kaname as the shell sees it: status, no traceback, pipes, a quick start."""

import os
import signal
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import FIONREAD

import pytest

ROOT = Path(__file__).parents[2]


def start(*args: str, **environ: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KANAME_LANG": "en", **environ}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "kaname", *args]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, preexec_fn=_heeds_interrupts)


def _heeds_interrupts() -> None:
    """As at a terminal: a run of the tests in the background would hand on that interrupts are passed over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(*args: str, stdin: bytes = b"", **environ: str) -> tuple[int, str, str]:
    process = start(*args, **environ)
    out, err = process.communicate(stdin, timeout=300)
    return process.returncode, out.decode(), err.decode()


def test_an_output_that_is_full_is_told_in_a_line():
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KANAME_LANG": "en"}
    command = [sys.executable, "-m", "kaname", "glossary"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert done.returncode == 2
    assert done.stderr == b"stdout: cut short (No space left on device); look at the room there, then again\n"


def test_a_home_that_is_no_folder_is_told_in_both_languages():
    told = [run("list", KANAME_HOME="/dev/null/x", KANAME_LANG=lang)[2] for lang in ("en", "ja")]
    assert "/dev/null/x: cannot be read or written (Not a directory); look at the folder" in told[0]
    assert "/dev/null/x: 読み書きできない" in told[1]


def test_a_good_call_ends_with_0():
    status, out, err = run("period", "2025-02-28", "--months", "3")
    assert (status, err) == (0, "")
    assert out.startswith("last day 2025-05-31, the day after is 2025-06-01\n")


def test_alone_it_shows_its_help():
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.startswith("Usage: kaname")


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (["period", "x", "--days", "3"], b""),
        (["nothing"], b""),
        (["standing", "patents.application", "-"], b"{"),
        (["standing", "patents.application", "-"], b"\xff\xfe\x00"),
        (["standing", "patents.application", "/"], b""),
        (["try", "patents.application", "-", "first_review.file", "--on", "2026-13-01"], b""),
    ],
)
def test_bad_input_ends_with_2_and_no_traceback(args, stdin):
    status, out, err = run(*args, stdin=stdin)
    assert (status, out) == (2, "")
    assert err and "Traceback" not in err


def test_a_terminal_without_japanese_letters_gets_no_traceback():
    status, out, err = run("period", "2025-02-28", "--days", "3", KANAME_LANG="ja", PYTHONIOENCODING="ascii")
    assert (status, err) == (0, "")
    assert "2025-03-03" in out


def test_a_reader_that_leaves_early_is_no_mistake():
    process = start("period", "2025-02-28", "--months", "3")
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait(300) == 141


def test_an_interrupt_ends_with_130():
    process = start("standing", "patents.application", "-")
    process.stdin.write(b"\n")
    process.stdin.flush()
    while int.from_bytes(ioctl(process.stdin, FIONREAD, bytes(4)), sys.byteorder):
        time.sleep(0.01)  # until it has read that and waits for more
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"Traceback" not in err


@pytest.mark.parametrize("args", [["--help"], ["period", "2025-02-28", "--days", "3"], ["period", "--help"]])
def test_light_calls_load_no_heavy_library(args):
    code = (
        "import sys; from kaname.cli import root; root.main(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'numpy', 'numba', 'pyarrow', 'kaname.procedure', 'kaname.regimes'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    out = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, env=env, timeout=300
    ).stdout
    assert out.splitlines()[-1] == "[]"
