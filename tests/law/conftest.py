"""The facts beside the project (../shared/facts or KANAME_SHARED), for tests that compare the package with them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.fixture(scope="session")
def facts() -> Callable[[str], dict[str, Any]]:
    """Reads one facts file; skips the test by name where it is absent."""

    def read(name: str) -> dict[str, Any]:
        path = SHARED / "facts" / f"{name}.yaml"
        if not path.exists():
            pytest.skip(f"NOT COMPARED: {path} is absent; set KANAME_SHARED to the folder that holds facts/")
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return content

    return read
