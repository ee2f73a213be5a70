"""The flow charts of Chapter 5 as text that a lawyer can review; the other forms draw the same graph.

KANAME_GOLDEN=write writes the golden files anew; read the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from kaname.procedure.draw import draw
from kaname.regimes.patents import KINDS

GOLDEN = Path(__file__).parent.parent / "golden" / "charts"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_golden_chart(kind, lang):
    path = GOLDEN / f"{kind.id}.{lang}.mmd"
    chart = draw(kind, "mermaid", lang)
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.write_text(chart, encoding="utf-8")
    assert chart == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"
