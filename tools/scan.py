"""A web scanner at an office's doors (docs/soak.md): Wapiti, logged in as an attorney of the demonstration.

    python tools/scan.py --seconds 600
    python tools/scan.py --report FILE      # judge a report that is there

It walks the pages it finds, fills in forms and tries injections, foreign addresses, files of the machine and scripts.
Fails on whatever it finds that is not in `FORESEEN`, and on any answer of the kind 5xx. Wapiti (GPL-2.0) lives in an
environment of its own, `.venv-scan`, and is called as a program.
"""

import argparse
import http.cookiejar
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from try_office import free_port, visit

ROOT = Path(__file__).parents[1]
WAPITI = ROOT / ".venv-scan/bin/wapiti"
FORESEEN = {  # by category, a word of what it says: why
    ("HTTP Secure Headers", "Strict-Transport-Security"): "sent behind the proxy, where there is TLS",
    ("Secure Flag cookie", ""): "set behind the proxy, where there is TLS",
}
_SLOW = {"Resource consumption"}  # no fault: the machine is busy


def main() -> int:
    wanted = argparse.ArgumentParser(description="A web scanner at an office's doors (docs/soak.md).")
    wanted.add_argument("--seconds", type=int, default=600)
    wanted.add_argument("--report", type=Path, help="of an earlier scan, to be judged alone")
    asked = wanted.parse_args()
    if asked.report and not asked.report.is_file():
        wanted.error(f"--report: {asked.report}: no such file; expected Wapiti's report in JSON")
    if not asked.report and not WAPITI.exists():
        wanted.error("Wapiti is not installed; run: make scan")
    if asked.report:
        return judged(json.loads(asked.report.read_text("utf-8")))
    with tempfile.TemporaryDirectory(prefix="kaname-scan-") as place, tempfile.TemporaryFile("w+") as said:
        address = f"http://127.0.0.1:{free_port()}"
        env = {**os.environ, "KANAME_HOME": f"{place}/home", "KANAME_LANG": "en"}
        command = [sys.executable, "-m", "kaname", "up", "--demo", "--port", address.rpartition(":")[2]]
        office = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said, start_new_session=True)
        try:
            jar = http.cookiejar.CookieJar()
            visit(address, office, said, jar)
            return judged(scanned(address, jar, asked.seconds, Path(place)))
        finally:
            os.killpg(office.pid, signal.SIGTERM)
            office.wait(60)


def scanned(address: str, jar: http.cookiejar.CookieJar, seconds: int, place: Path) -> dict[str, Any]:
    """Half of the time for the walk, half for the attacks."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in jar)
    command = [
        str(WAPITI), "--url", f"{address}/", "--header", f"Cookie: {cookies}", "--scope", "folder",
        "--exclude", f"{address}/accounts/logout/", "--max-scan-time", str(seconds // 2),
        "--max-attack-time", str(seconds // 20), "--max-files-per-dir", "30", "--depth", "4", "--no-bugreport",
        "--flush-session", "--store-session", str(place / "walk"), "--format", "json", "--output", str(place / "found"),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=2 * seconds + 300, stdout=subprocess.DEVNULL)
    return dict(json.loads((place / "found").read_text("utf-8")))


def judged(report: dict[str, Any]) -> int:
    """Prints what was found that nobody foresaw; the number of pages walked is told in any case."""
    found = [
        (category, one)
        for kind in ("vulnerabilities", "anomalies") for category, ones in report[kind].items()
        for one in ones if category not in _SLOW and not foreseen(category, one["info"])
    ]  # fmt: skip
    for category, one in found:
        print(
            f"{category}: {one['method']} {one['path']} {one['parameter']}: {one['info']}\n{one['http_request'][:400]}"
        )
    print(f"{report['infos'].get('crawled_pages_nbr', 0)} pages walked, {len(found)} findings")
    return bool(found)


def foreseen(category: str, info: str) -> bool:
    return any(category == known and word in info for known, word in FORESEEN)


if __name__ == "__main__":
    sys.exit(main())
