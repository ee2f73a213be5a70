"""The file of real records, where it is."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))


@pytest.fixture
def real_records() -> Path:
    found = SHARED / "data" / "patents" / "lens_jet_engine_biblio.csv.gz"
    if not found.exists():
        pytest.skip(f"needs the real file {found.name} (see KANAME_SHARED)")
    return found
