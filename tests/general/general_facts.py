"""The researched facts of all chapters, for the conformance tests of this folder."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))


@cache
def _read(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load((SHARED / "facts" / f"{name}.yaml").read_text(encoding="utf-8"))
    return facts


def load(name: str = "ch1_6_7_general") -> dict[str, Any]:
    if not (SHARED / "facts" / f"{name}.yaml").is_file():
        pytest.skip(f"researched facts are absent: {SHARED / 'facts'}")
    return _read(name)
