"""Fuzzing that coverage leads: each target reads what is sound, holds on what once failed; a fault is found."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from hostile import targets

FUZZ = Path(__file__).parents[2] / "tools/fuzz.py"


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_once_failed_holds_and_what_is_sound_is_read(name):
    holds, sound = targets.TARGETS[name]()
    for file in sorted((targets.REGRESSIONS / name).glob("*")):
        holds(file.read_bytes())
    assert sum(holds(one) for one in sound) > len(sound) // 4


def test_each_folder_of_inputs_that_failed_has_its_target():
    assert {folder.name for folder in targets.REGRESSIONS.glob("*/")} <= targets.TARGETS.keys()


if (sys.platform, platform.machine()) == ("linux", "x86_64"):  # where requirements-dev.lock has it

    def test_a_fault_behind_four_letters_is_found_by_coverage(tmp_path):
        """Planted: chance would take four thousand million tries."""
        asked = [sys.executable, FUZZ, "planted", "--seconds", "60", "--seed", "1", "--corpus", tmp_path / "corpus",
                 "--failed", tmp_path / "failed"]  # fmt: skip
        done = subprocess.run([*map(str, asked)], capture_output=True, text=True, timeout=240)
        (found,) = (tmp_path / "failed/planted").iterdir()
        assert done.returncode == 77 and "IndexError: planted" in done.stdout + done.stderr
        assert found.read_bytes().startswith(b"Kana")
