"""What every page must hold, asked in Chromium.

assert_clean(page, path)     both languages; axe without a finding at 1280 and 390, light and dark (once in
                             each, while one works one of them; the sweep asks for each with each); no sideways scroll
                             at 320 (1280 zoomed to 400 %), 390, 800 and 1280; nothing on the console (the browser tells
                             there what the content security policy stopped); paper without navigation; under 110 KB
assert_stands(page, name)    the same of the page that is open, whatever led to it (the answer to a form)
axe(page)                    the findings of axe, one line each
no_sideways_scroll(page, *widths)      what sticks out, by width
shot(page, name)             a picture under out/ when KANAME_SHOTS is set, for looking

Whatever a page does by itself, by script, by a timer or by asking the office, comes later than the click or the key
that asked for it, on a busy machine much later. A test waits for it by name:

follow(page, to)             click on what leads to another page, and wait until that one stands
expect(locator)              to_have_text, to_be_focused, to_be_visible: asked again until it holds, at most PATIENCE
"""

import gzip
import os
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import expect

from figures import SOAK, turn

# The shell without windows, where it is there: the same browser at half the work.
CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")) if p.exists()), None)
PATIENCE = 60_000  # milliseconds: how long a page may take at most before a test gives up
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
# axe looks at a page once in each theme and at each width. The sweep (tests/web/sweep) looks at every page there is in
# each theme at each width: half of these in Japanese, the others in English; all in both in the long run.
SHOTS = bool(os.environ.get("KANAME_SHOTS"))
THOROUGH = SOAK or SHOTS
LOOKS = [(t, w) for t in ("light", "dark") for w in (1280, 390) if SHOTS or (t, w) in (("light", 1280), ("dark", 390))]
LIGHT_PAGE = 110 * 1024  # bytes compressed, with style and script
expect.set_options(timeout=PATIENCE)
AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
_STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width && r.right > innerWidth + 1 && !e.closest('.scroll, .visually-hidden, [role=listbox]');
  }).slice(0, 5).map(e => `${e.outerHTML.slice(0, 80)} ${Math.round(e.getBoundingClientRect().right)}`)"""


def turns(name: str, of: Iterable) -> list:
    """As figures.turn, but all where pictures are asked for."""
    return list(of) if THOROUGH else turn(name, of)


def watch(page, site: str):
    """Collect what the page complains of, and how much it loads."""
    page.complaints, page.loaded, page.site = [], {}, site
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("response", lambda response: page.loaded.__setitem__(response.url, response))
    return page


def follow(page, to) -> None:
    """Click on what leads to another page (a selector or a locator), and wait until that page stands."""
    with page.expect_navigation():
        (page.locator(to).first if isinstance(to, str) else to).click()


def axe(page, only: Iterable[str] = (), targets: bool = False) -> list[str]:
    """Findings of axe, with the first place of each. `only`: of these rules; `targets`: also of small ones (24 px)."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)  # a script tag would be stopped by the policy
    # Neither the addresses of all that passed, nor the styles of elsewhere: no rule asked here needs them.
    asked = {"resultTypes": ["violations"], "selectors": False, "preload": False}
    asked |= {"runOnly": list(only)} if only else {"rules": {"target-size": {"enabled": targets}}}
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{v['id']}: {v['help']} {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]}"
        for v in found["violations"]
    ]


def no_sideways_scroll(page, *widths: int) -> list[str]:
    """What makes the page wider than the window."""
    found = []
    for width in widths or (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: {page.evaluate(_STICKS_OUT)}")
    return found


def weight(page) -> int:
    """Bytes of the page and of all it loads, each compressed as a server would send it."""
    return sum(len(gzip.compress(r.body(), 6)) for r in list(page.loaded.values()) if r.status == 200)


def shot(page, name: str) -> None:
    if folder := os.environ.get("KANAME_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def assert_clean(
    page, path: str, languages: Iterable[str] = ("ja", "en"), most: int = LIGHT_PAGE, status: int = 200
) -> None:
    """All that a page must hold. The page stays open, at 1280 in the last language."""
    for language in languages:
        page.complaints.clear()
        page.loaded.clear()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.context.add_cookies([{"name": "kaname_language", "value": language, "url": page.site}])
        answer = page.goto(path, wait_until="load")
        assert answer.status == status, f"{path}: {answer.status}"
        assert page.evaluate("() => document.documentElement.lang") == language
        assert_stands(page, f"{path.strip('/').replace('/', '_') or 'home'}-{language}", status)
        assert weight(page) < most, f"{path}: {weight(page)} bytes compressed"


def assert_stands(page, name: str, status: int = 200) -> None:
    """All that the page which is open must hold, as it stands: for answers to a form, which have no address."""
    assert page.locator("h1").count() == 1, f"{name}: one h1 a page"
    for theme, width in turns(name, LOOKS):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, f"{name}-{theme}-{width}")
        assert (found := axe(page)) == [], (name, theme, width, found)
    page.emulate_media(color_scheme="light")
    assert (out := no_sideways_scroll(page)) == [], (name, out)
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible(), "navigation on paper"
    page.emulate_media(media="screen")
    expected = [c for c in page.complaints if not (status != 200 and f"status of {status}" in c)]
    assert expected == [], (name, expected)
    page.set_viewport_size({"width": 1280, "height": 900})
