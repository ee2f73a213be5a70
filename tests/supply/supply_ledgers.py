"""Ledgers of Chapter 2, of supply plans where no other kind is named: worked ones, and short ones of an examiner.

All are run through the command line. A short line is `day act [run] [json]`.
"""

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kaname.cli import root

KIND = "supply.plan"
CASES = Path(__file__).parent / "cases"
LINE = re.compile(r"(\S+) (\S+)(?: ([^{\s]\S*))?(?: (\{.*\}))?$")


def worked(name: str, sort: str = "plan") -> str:
    """A worked case as the text of its ledger file."""
    return (CASES / f"{sort}_{name}.jsonl").read_text(encoding="utf-8")


def ledger(short: str) -> str:
    """A short ledger as the text of a ledger file."""
    lines = []
    for line in filter(None, (raw.strip() for raw in short.splitlines())):
        on, act, run, data = LINE.fullmatch(line).groups()
        entry = {"act": act, "on": on, "run": run, **({"data": json.loads(data)} if data else {})}
        lines.append(json.dumps({k: v for k, v in entry.items() if v is not None}, ensure_ascii=False))
    return "\n".join(lines)


def kaname(text: str, command: str, *args: str, lang: str = "en", kind: str = KIND) -> Any:
    return kaname_of(kind, text, command, *args, lang=lang)


def kaname_of(kind: str, text: str, command: str, *args: str, lang: str = "en") -> Any:
    """The answer of a command on a kind as data, or its words where it prints none."""
    call = [command, kind, "-", *args, *(["--json"] if command in ("standing", "try") else [])]
    found = CliRunner().invoke(root, call, input=text, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return json.loads(found.stdout) if found.stdout.startswith("{") else found.stdout


def standing(text: str, day: str, kind: str = KIND) -> Any:
    return kaname(text, "standing", "--as-of", day, kind=kind)


def clock(text: str, day: str, name: str, run: str = "", kind: str = KIND) -> Any:
    """A clock as it stands: its first counted day, its last day, its status."""
    found = [
        c for c in standing(text, day, kind)["clocks"] if f"{c['procedure']}.{c['id']}" == name and c["run"] == run
    ]
    return (found[0]["first_counted_day"], found[0]["last_day"], found[0]["status"]) if found else None


def state(text: str, day: str, track: str = "plan", kind: str = KIND) -> str | None:
    return standing(text, day, kind)["tracks"].get(track, {}).get("state")


def bans(text: str, day: str, kind: str = KIND) -> dict[str, str | None]:
    """The bans in force on a day: `procedure[/run].id` and the last day known."""
    return {
        f"{b['procedure']}{'/' if b['run'] else ''}{b['run']}.{b['id']}": b["until"]
        for b in standing(text, day, kind)["bans"]
    }


def tried(text: str, act: str, on: str, *args: str, kind: str = KIND, **data: Any) -> tuple[bool, str]:
    """Whether an act may be done, and everything said about it: the reasons, or the warnings."""
    found = kaname(text, "try", act, "--on", on, *args, *(["--data", json.dumps(data)] if data else []), kind=kind)
    said = [r["text"] for r in (*found.get("reasons", ()), *found.get("warnings", ()))]
    return bool(found["accepted"]), "\n".join(said)
