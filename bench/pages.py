"""What a reader of the pages waits for: first content, movement, answer to a key, and the server, on a demonstration.

A demonstration office of about 430 cases is served by `kaname up`; Chromium opens its pages through the devtools
protocol with the processor four times slowed. For each page: when the largest part stands (LCP), how much moves (CLS),
how long the answer to a key takes, and what the server itself takes (p95 of 40, unslowed). Lighthouse, where it is
there (`npm install lighthouse` and its folder `node_modules/.bin` on PATH; nothing of it is needed at run time), gives
its scores for the login page and the pages.

Run: python bench/pages.py [--home DIR] [--quick]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / part) for part in ("", "site", "web")]
from browser import CHROMIUM, LAUNCH
from office_process import Running, kaname, running

SLOWED, TIMES, PORT = 4, 40, 9345
MOST = {"lcp_ms": 1200, "cls": 0.05, "key_ms": 150}
# Who opens it, where, and the most its server may take at the 95th percentile.
PAGES = {
    "inbox": ("attorney", "/", 50), "inbox of the office": ("jpo", "/", 50), "cases": ("attorney", "/cases/", 50),
    "case": ("attorney", "CASE", 50), "why": ("attorney", "WHY", 30), "search": ("attorney", "/search/?q=架空", 100),
    "glance": ("meti", "/glance/", 300), "funds": ("meti", "/supply/funds/", 300),
    "plan board": ("ministry", "/infrastructure/board/", 50), "screening": ("jpo", "/patents/screening/", 50),
    "help": ("attorney", "/help/", 50),
}  # fmt: skip
_STOOD = """() => new Promise(done => {
  let lcp = 0, cls = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) lcp = e.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) cls += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done([lcp, cls]), 500);
})"""
_KEYS = """() => { window.waited = [];
  new PerformanceObserver(l => { for (const e of l.getEntries()) waited.push(e.duration); })
  .observe({ type: 'event', durationThreshold: 16, buffered: false }); }"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--home", type=Path, help="a demonstration that is there already")
    asked.add_argument("--quick", action="store_true", help="no Lighthouse")
    given = asked.parse_args()
    home = given.home or Path(tempfile.mkdtemp(prefix="kaname-pages-")) / "home"
    if not home.exists():
        home.mkdir(mode=0o700)
        done = kaname(home, "demo-office")
        assert done.returncode == 0, done.stderr
    with running(home) as office:
        found = measured(office, json.loads((home / "demonstration").read_text())["password"])
        if not given.quick and (program := shutil.which("lighthouse")):
            found["lighthouse"] = scores(program, f"http://127.0.0.1:{office.port}/accounts/login/")
    told(found)
    (ROOT / "bench/results/pages.json").write_text(json.dumps(found, indent=1) + "\n")


def measured(office: Running, password: str) -> dict[str, Any]:
    pages: dict[str, Any] = {}
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=LAUNCH)
        tabs: dict[str, Page] = {}
        for name, (who, at, most) in PAGES.items():
            tab = tabs.get(who) or tabs.setdefault(who, _tab(chromium, office.port, who, password))
            pages[name] = one(tab, _place(tab, at)) | {"server_most_ms": most}
        chromium.close()
    return {"slowed": SLOWED, "pages": pages}


def _tab(chromium: Any, port: int, who: str, password: str) -> Page:
    tab: Page = chromium.new_context(base_url=f"http://127.0.0.1:{port}", locale="ja-JP").new_page()
    tab.set_default_timeout(120_000)
    tab.goto("/accounts/login/")
    tab.fill("input[name=login]", f"{who}@demo.example")
    tab.fill("input[name=password]", password)
    with tab.expect_navigation():
        tab.click("main form button.button")
    return tab


def _place(tab: Page, at: str) -> str:
    """The first case of the inbox, and the first date of it that can be asked why."""
    if at in ("CASE", "WHY"):
        tab.goto("/")
        at_case = str(tab.locator("main a[href^='/cases/']").first.get_attribute("href")).partition("#")[0]
        if at == "CASE":
            return at_case
        tab.goto(at_case)
        return str(tab.locator("main a[href*='/why/']").first.get_attribute("href"))
    return at


def one(tab: Page, at: str) -> dict[str, float]:
    tab.goto(at)  # once, so that static files lie in the browser as on any other page of a day
    server = []
    for _ in range(TIMES):
        began = time.perf_counter()
        status = tab.evaluate("at => fetch(at).then(r => r.text().then(() => r.status))", at)
        assert status == 200, f"{at}: {status}"
        server.append((time.perf_counter() - began) * 1000)
    slow = tab.context.new_cdp_session(tab)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    tab.goto(at, wait_until="load")
    lcp, cls = tab.evaluate(_STOOD)
    tab.evaluate(_KEYS)
    for key in ("j", "j", "k", "Tab"):
        tab.keyboard.press(key)
        tab.wait_for_timeout(150)
    waited = tab.evaluate("() => waited")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    slow.detach()
    return {"lcp_ms": round(lcp), "cls": round(cls, 3), "key_ms": round(max(waited, default=0)),
            "server_p95_ms": round(quantiles(server, n=20)[18], 1)}  # fmt: skip


def scores(program: str, at: str) -> dict[str, int]:
    """Lighthouse of one page, with the Chromium that is here."""
    done = subprocess.run(
        [program, at, "--quiet", "--output=json", "--only-categories=performance,accessibility,best-practices",
         f"--chrome-flags=--headless --no-sandbox --disable-gpu --remote-debugging-port={PORT}", f"--port={PORT}"],
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        Console().print(f"Lighthouse gave up: {done.stderr[-300:]}")
        return {}
    return {name: round(found["score"] * 100) for name, found in json.loads(done.stdout)["categories"].items()}


def told(found: dict[str, Any]) -> None:
    table = Table("Page", "LCP", "moved", "key", "server p95", "of", title=f"Processor {SLOWED} times slowed, ms")
    for name, one in found["pages"].items():
        cells = [f"{one[m]:g}{'' if one[m] <= most else ' !'}" for m, most in MOST.items()]
        kept = one["server_p95_ms"] <= one["server_most_ms"]
        table.add_row(name, *cells, f"{one['server_p95_ms']:g}{'' if kept else ' !'}", f"{one['server_most_ms']:g}")
    Console().print(table)
    if scores := found.get("lighthouse"):
        Console().print(f"Lighthouse, login page: {scores}")


if __name__ == "__main__":
    main()
