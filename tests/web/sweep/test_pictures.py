"""The main pages look as they did: each as a coarse picture kept in pictures.json, wide and narrow.

Kept is the shape of a page: a square of forty pixels is one of sixteen shades of grey. So another font rasteriser or a
day that changes its name passes, and a column that moved, a lost style or a missing part does not. The pages shown here
depend neither on the day nor on a drawn case. After a change that is meant, look at the pages and renew the pictures:

    KANAME_PICTURES=renew python -m pytest tests/web/sweep/test_pictures.py -n 0
"""

import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

KEPT = Path(__file__).parent / "pictures.json"
RENEW = os.environ.get("KANAME_PICTURES") == "renew"
SQUARE, SHADES = 40, 16
# How far a picture may be from the kept one: of the squares that are not blank, those that differ by so many shades,
# and the height of the page.
NEAR, MOST_SQUARES, MOST_HEIGHT = 3, 0.05, 0.01

PAGES = {
    "login": ("", "/accounts/login/"),
    "help": ("attorney", "/help/"),
    "settings": ("attorney", "/settings/"),
    "parts": ("attorney", "/parts/"),
    "new": ("attorney", "/new/"),
    "form": ("attorney", "/new/patents.application/"),
    "screening": ("attorney", "/patents/screening/"),
    "planner": ("attorney", "/patents/planner/?on=20250228&filed=yes&listed=yes"),
    "scope": ("ministry", "/infrastructure/scope/"),
    "ownership": ("ministry", "/ownership/?example=1"),
    "glance": ("meti", "/glance/?as_of=2024-06-04"),
    "money": ("meti", "/glance/money/?as_of=2024-06-04"),
    "penalties": ("attorney", "/penalties/?on=20260601"),
}
_STILL = (
    "() => document.querySelectorAll('.as-of, .paper-head, .demonstration').forEach(e => e.style.visibility = 'hidden')"
)


def drawn(tab) -> dict[str, object]:
    """The page as it stands: its height, and rows of shades, the first line at the top."""
    tab.evaluate(_STILL)
    picture = Image.open(io.BytesIO(tab.screenshot(full_page=True, animations="disabled"))).convert("L")
    size = max(1, picture.width // SQUARE), max(1, picture.height // SQUARE)
    small = picture.resize(size, Image.Resampling.BOX)
    shades = [f"{value * SHADES // 256:x}" for value in small.tobytes()]
    rows = ["".join(shades[n : n + size[0]]) for n in range(0, len(shades), size[0])]
    return {"height": picture.height, "rows": rows}


def differs(now: dict, then: dict) -> str:
    """What is not as it was; nothing where the pictures are near each other."""
    if abs(now["height"] - then["height"]) > max(SQUARE, then["height"] * MOST_HEIGHT):
        return f"{now['height']} pixels high, was {then['height']}"
    pairs = [
        (int(a, 16), int(b, 16))
        for row, other in zip(now["rows"], then["rows"], strict=False)
        for a, b in zip(row, other, strict=False)
    ]
    blank = Counter(b for _, b in pairs).most_common(1)[0][0]
    inked = [(a, b) for a, b in pairs if (a, b) != (blank, blank)]
    far = sum(abs(a - b) >= NEAR for a, b in inked)
    return f"{far} of {len(inked)} squares changed" if far > len(inked) * MOST_SQUARES else ""


def at(tour, name: str, width: int):
    who, path = PAGES[name]
    tab = tour.tab(who)
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.goto(path).status == 200, path
    return tab


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(tour, name, width):
    now, key = drawn(at(tour, name, width)), f"{name}-{width}"
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if RENEW:
        KEPT.write_text(json.dumps(dict(sorted({**kept, key: now}.items())), indent=0) + "\n")
        return
    assert key in kept, f"no picture of {key}: renew them, as this file says"
    assert not (told := differs(now, kept[key])), f"{key}: {told}; if it is meant, look at it and renew the pictures"


@pytest.mark.parametrize("fault", [
    "document.querySelector('link[href*=\"frame\"]').remove()",
    "document.querySelector('.bar').remove()",
    "document.querySelectorAll('main .field').forEach(e => e.style.paddingInlineStart = '45%')",
    "document.querySelectorAll('main label').forEach(e => e.remove())",
])  # fmt: skip
def test_a_page_that_broke_is_found(tour, fault):
    tab = at(tour, "form", 1280)
    tab.evaluate(f"() => {{ {fault} }}")
    assert differs(drawn(tab), json.loads(KEPT.read_text())["form-1280"])


def test_a_shade_more_or_less_is_no_change():
    then = {"height": 400, "rows": ["00000000", "ffffffff"]}
    assert not differs({"height": 410, "rows": ["11111111", "eeeeeeee"]}, then)
    assert differs({"height": 400, "rows": ["00000000", "0fffffff"]}, then)
    assert differs({"height": 800, "rows": then["rows"]}, then)
