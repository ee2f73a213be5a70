"""Ledgers of a kind: worked ones of a folder, and short ones as an examiner writes them, run through the command line.

A line of a short ledger is `day act [run] [json]`. Each chapter's tests have a `Ledgers` of the kind they speak of
most (infrastructure/plan_ledgers.py, supply/supply_ledgers.py); another kind is named where it is meant.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kaname.cli import root

LINE = re.compile(r"(\S+) (\S+)(?: ([^{\s]\S*))?(?: (\{.*\}))?$")


def ledger(short: str) -> str:
    """A short ledger as the text of a ledger file."""
    lines = []
    for line in filter(None, (raw.strip() for raw in short.splitlines())):
        on, act, run, data = LINE.fullmatch(line).groups()
        entry = {"act": act, "on": on, "run": run, **({"data": json.loads(data)} if data else {})}
        lines.append(json.dumps({k: v for k, v in entry.items() if v is not None}, ensure_ascii=False))
    return "\n".join(lines)


def kaname_of(kind: str, text: str, command: str, *args: str, lang: str = "en") -> Any:
    """The answer of a command on a kind as data, or its words where it prints none."""
    call = [command, kind, "-", *args, *(["--json"] if command in ("standing", "try") else [])]
    found = CliRunner().invoke(root, call, input=text, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return json.loads(found.stdout) if found.stdout.startswith("{") else found.stdout


@dataclass(frozen=True)
class Ledgers:
    """`kind` and `track` are those meant where none is named; worked cases lie in `cases` as `sort_name.jsonl`."""

    kind: str
    track: str
    cases: Path

    def worked(self, name: str, sort: str = "plan") -> str:
        """A worked case as the text of its ledger file."""
        return (self.cases / f"{sort}_{name}.jsonl").read_text(encoding="utf-8")

    def kaname(self, text: str, command: str, *args: str, lang: str = "en", kind: str = "") -> Any:
        return kaname_of(kind or self.kind, text, command, *args, lang=lang)

    def standing(self, text: str, day: str, kind: str = "") -> Any:
        return self.kaname(text, "standing", "--as-of", day, kind=kind)

    def clock(self, text: str, day: str, name: str, run: str = "", kind: str = "") -> Any:
        """A clock as it stands: its first counted day, its last day, its status."""
        clocks = self.standing(text, day, kind)["clocks"]
        found = [c for c in clocks if f"{c['procedure']}.{c['id']}" == name and c["run"] == run]
        return (found[0]["first_counted_day"], found[0]["last_day"], found[0]["status"]) if found else None

    def state(self, text: str, day: str, track: str = "", kind: str = "") -> str | None:
        return self.standing(text, day, kind)["tracks"].get(track or self.track, {}).get("state")

    def bans(self, text: str, day: str, kind: str = "") -> dict[str, str | None]:
        """The bans in force on a day: `procedure[/run].id` and the last day known."""
        return {
            f"{b['procedure']}{'/' if b['run'] else ''}{b['run']}.{b['id']}": b["until"]
            for b in self.standing(text, day, kind)["bans"]
        }

    def tried(self, text: str, act: str, on: str, *args: str, kind: str = "", **data: Any) -> tuple[bool, str]:
        """Whether an act may be done, and everything said about it: the reasons, or the warnings."""
        given = ["--data", json.dumps(data)] if data else []
        found = self.kaname(text, "try", act, "--on", on, *args, *given, kind=kind)
        said = [r["text"] for r in (*found.get("reasons", ()), *found.get("warnings", ()))]
        return bool(found["accepted"]), "\n".join(said)
