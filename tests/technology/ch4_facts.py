"""The researched facts of Chapter 4, for the conformance tests of this folder."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
FILE = SHARED / "facts" / "ch4_technology.yaml"


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return facts


def load() -> dict[str, Any]:
    if not FILE.is_file():
        pytest.skip(f"researched facts are absent: {FILE}")
    return _read()
