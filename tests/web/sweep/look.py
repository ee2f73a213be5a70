"""One look at one page in one language: everything that ux.md, section 9, asks of every page.

`look(tab, at, language)` answers with the findings, each with what it was found by; nothing where the page is clean.
While one works a page is looked at in one width and one theme, by turns.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from browser import LIGHT_PAGE, THOROUGH, axe, shot, turns

from figures import EVERYTHING
from kaname.regimes.supply.plan import plan
from kaname.web.runs import RUN
from web.sweep import flows, furnish
from web.sweep.flows import Stands

_ROOT = Path(__file__).parents[3]
CHART_PAGE = 400 * 1024
MOST_SHIFT = 0.05
_LOOK = (Path(__file__).parent / "look.js").read_text()
# What depends on the colours alone: asked in the dark, where all else was asked in the light.
_COLOURS = ("color-contrast", "link-in-text-block")
_LOOKS = {
    language: [(width, theme) for theme in ("light", "dark") for width in (1280, 390)
               if THOROUGH or ((width == 1280) == (language == "ja")) == (theme == "light")]
    for language in ("ja", "en")
}  # fmt: skip
_static: dict[str, int] = {}  # what a file weighs does not change from page to page


def look(tab, at: str, language: str, most: int = LIGHT_PAGE, name: str = "") -> list[str]:
    """Load the page and ask for all of it. `name`: of the pictures, where pictures are asked for."""
    tab.complaints.clear()
    tab.loaded.clear()
    _as(tab, 1280 if language == "ja" else 390)
    tab.context.add_cookies([{"name": "kaname_language", "value": language, "url": tab.site}])
    answer = tab.goto(at, wait_until="load")
    if answer.status != 200:
        return [f"status {answer.status}"]
    return [f"{by}: {found}" for by, founds in _asked(tab, language, most, name) for found in founds]


def look_at(tab, stands: Stands, language: str, most: int = LIGHT_PAGE, name: str = "") -> list[str]:
    """The same of what a way without a screen ended at (`flows`): the browser is shown it under its address."""
    tab.complaints.clear()
    tab.loaded.clear()
    _as(tab, 1280 if language == "ja" else 390)
    where = f"{tab.site}{stands.at}"
    shown = {"content-type": "text/html", "content-security-policy": stands.policy}
    tab.route(where, lambda route: route.fulfill(status=200, body=stands.text, headers=shown), times=1)
    tab.goto(where, wait_until="load")
    return [f"{by}: {found}" for by, founds in _asked(tab, language, most, name) for found in founds]


def _asked(tab, language: str, most: int, name: str) -> Iterator[tuple[str, list[str]]]:
    tab.evaluate(_LOOK)
    shift = tab.evaluate("() => look.shift()")
    yield "shift", [f"{shift:.3f}"] if shift > MOST_SHIFT else []
    yield "lang", [said] if (said := tab.evaluate("() => document.documentElement.lang")) != language else []
    yield "weight", [f"{heavy} bytes"] if (heavy := weight(tab)) > most else []
    yield "structure", tab.evaluate("() => look.structure()")
    yield "untranslated", tab.evaluate("filed => look.untranslated(filed)", _filed())
    for width, theme in turns(f"{name}-{language}", _LOOKS[language]):
        _as(tab, width, color_scheme=theme)
        _whole(tab, width)
        shot(tab, f"{name}-{language}-{theme}-{width}")
        asked = _COLOURS if (EVERYTHING or THOROUGH) and theme == "dark" else ()
        yield f"axe at {width}, {theme}", axe(tab, only=asked, targets=True)
        _as(tab, width)
        tab.keyboard.press("Tab")  # from now on the browser shows where the focus is
        yield f"focus at {width}", tab.evaluate("() => look.focus()")
    _as(tab, 1280, forced_colors="active")
    yield "forced colours", tab.evaluate("() => look.forced()")
    _as(tab, 720, media="print")
    yield "paper", tab.evaluate("() => look.paper()")
    _as(tab, 320)
    yield "at 320", tab.evaluate("() => look.clipped()")
    tab.evaluate("() => look.grow()")
    yield "two fifths longer at 320", tab.evaluate("() => look.clipped()")
    _as(tab, 1280)
    yield "two fifths longer", tab.evaluate("() => look.clipped()")
    yield "console", list(tab.complaints)


@cache
def _filed() -> list[str]:
    """Every run of Japanese that the demonstration's people recorded, out of what it is made of."""
    sources = [*(_ROOT / "src/kaname/demo").iterdir(), *(_ROOT / "docs/examples").glob("*.csv"), Path(furnish.__file__),
               Path(flows.__file__),
               *(_ROOT / "src/kaname/assess").glob("*/example*.csv"),
               _ROOT / "src/kaname/web/views/parts.py"]  # fmt: skip
    # A question to another authority carries an entry of the plan along, in the words of who asked.
    asked = next(act for act in plan.acts if act.id == "pre_consult")
    carried = " ".join(label.ja for label in (asked.label, *(field.label for field in asked.fields)))
    found = set(RUN.findall(carried)) | {
        run for file in sources if file.is_file() for run in RUN.findall(file.read_text("utf-8"))
    }
    return sorted(found | {"日本語", "日"})  # a language says its own name, an era date its day


def _as(tab, width: int, media: str = "screen", color_scheme: str = "light", forced_colors: str = "none") -> None:
    tab.emulate_media(media=media, color_scheme=color_scheme, forced_colors=forced_colors)
    tab.set_viewport_size({"width": width, "height": 900})


def _whole(tab, width: int) -> None:
    """The window as high as the page: axe takes what a button at its lower edge lies over for too small to be hit."""
    height = tab.evaluate("() => document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": width, "height": max(900, min(height, 12_000))})


def weight(tab) -> int:
    """Bytes of the page and of all it loads, each compressed as a server would send it."""
    total = 0
    for url, response in list(tab.loaded.items()):
        if "/static/" in url:
            total += _static.get(url) or _static.setdefault(url, len(gzip.compress(response.body(), 6)))
        elif response.status == 200:
            total += len(gzip.compress(response.body(), 6))
    return total
