"""The page docs/asvs.md, written out of the sheet docs/asvs.csv: counts by chapter, and what is not met.

Run: python tools/asvs.py (after the sheet was changed; tests/test_asvs.py compares)
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHEET, PAGE = ROOT / "docs/asvs.csv", ROOT / "docs/asvs.md"
STATES = ("met", "partly", "not met", "operator", "not applicable")
CHAPTERS = ("Encoding and sanitization", "Validation and business logic", "Web frontend", "API and web service",
            "File handling", "Authentication", "Session management", "Authorization", "Self-contained tokens",
            "OAuth and OIDC", "Cryptography", "Secure communication", "Configuration", "Data protection",
            "Secure coding and architecture", "Logging and error handling", "WebRTC")  # fmt: skip

HEAD = """# ASVS 5.0.0, requirement by requirement

The sheet: [asvs.csv](asvs.csv), a row for each of the 345 requirements of the OWASP Application Security Verification
Standard 5.0.0: number and level, what it asks in a few words of ours, how it stands, and the tests that show it or the
reason. What the standard says in full is said there (OWASP Foundation, CC BY-SA 4.0); numbers and levels are its own.

**met** names tests that are there (`tests/test_asvs.py`); **partly** says what is missing; **not met** says why;
**operator** is for who runs the office ([install](install.md), [security](security.md)); **not applicable** speaks of
what Kaname has not. Nobody but ourselves has looked at it so far.
"""


def rows() -> list[dict[str, str]]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page() -> str:
    return "\n".join((HEAD, *_levels(), "", *_chapters(), "", "## Not met, or in part", "", *_open(), ""))


def _levels() -> Iterator[str]:
    yield f"| level | {' | '.join(STATES)} | together |"
    yield "|---" * (len(STATES) + 2) + "|"
    for level in ("1", "2", "3"):
        yield _line(f"L{level}", [row for row in rows() if row["level"] == level])
    yield _line("**all**", rows())


def _chapters() -> Iterator[str]:
    yield f"| chapter | {' | '.join(STATES)} | together |"
    yield "|---" * (len(STATES) + 2) + "|"
    for number, name in enumerate(CHAPTERS, 1):
        yield _line(f"V{number} {name}", [row for row in rows() if row["id"].startswith(f"V{number}.")])


def _line(name: str, of: list[dict[str, str]]) -> str:
    count = Counter(row["state"] for row in of)
    return f"| {name} | {' | '.join(str(count[state]) for state in STATES)} | {len(of)} |"


def _open() -> Iterator[str]:
    yield "| no. | level | asked | state | why |"
    yield "|---|---|---|---|---|"
    for row in rows():
        if row["state"] in ("partly", "not met"):
            yield f"| {row['id']} | {row['level']} | {row['asked']} | {row['state']} | {row['shown by or why']} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
