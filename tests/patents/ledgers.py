"""Short ledgers as an examiner would write them, run through the command line; every day counted by hand.

A ledger line is `day act [run] [json]`; an expectation is a list of words: `track:state`, `procedure.clock=last day`,
`+ban` in force, `-ban` not in force, `!kind` a note of that kind. Where no note is named there must be none.
"""

import json
import re
from typing import Any

from click.testing import CliRunner

from kaname.cli import root

KIND = {"prior_confirmation": "patents.prior_confirmation", "compensation": "patents.compensation"}
BANS = {
    "abroad": "foreign_filing_ban.file_abroad", "publication": "disclosure_ban_review.publication",
    "disclosure": "disclosure_ban_designated.disclosure", "working": "disclosure_ban_designated.working",
    "withdrawal": "designation.no_withdrawal", "conversion": "designation.no_conversion", "hold": "first_review.hold",
    "model": "designation.no_registration", "confirm": "prior_confirmation.file_abroad",
}  # fmt: skip
LINE = re.compile(r"(\S+) (\S+)(?: ([^{\s]\S*))?(?: (\{.*\}))?$")


def entries(ledger: str) -> list[dict[str, Any]]:
    """The lines of a ledger as the command line reads them."""
    found = []
    for line in filter(None, (raw.strip() for raw in re.sub(r"\n +\{", " {", ledger).splitlines())):
        on, act, run, data = LINE.fullmatch(line).groups()
        entry = {"act": act, "on": on, "run": run, **({"data": json.loads(data)} if data else {})}
        found.append({k: v for k, v in entry.items() if v is not None})
    return found


def kaname(ledger: str, command: str, *args: str) -> Any:
    lines = entries(ledger)
    head = (lines[0]["act"] if lines else args[0]).partition(".")[0]
    text = "\n".join(json.dumps(e, ensure_ascii=False) for e in lines)
    call = [command, KIND.get(head, "patents.application"), "-", *args, "--json"]
    found = CliRunner().invoke(root, call, input=text, env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})
    assert found.stdout.startswith("{"), found.output  # status 2 with an act out of order: the standing is shown too
    return json.loads(found.stdout)


def standing(ledger: str, day: str, *args: str) -> Any:
    return kaname(ledger, "standing", "--as-of", day, *args)


def told(case: Any, word: str) -> str:
    """What the standing says where an expectation asks, written as the expectation is."""
    if word[0] in "+-":
        name = BANS[word[1:]]
        runs = [b for b in case["bans"] if f"{b['procedure']}.{b['id']}" == name]
        on = any(b["since"] <= case["as_of"] and (b["until"] or "9999") >= case["as_of"] for b in runs)
        return ("+" if on else "-") + word[1:]
    if "=" in word:
        name = word.partition("=")[0]
        days = [c["last_day"] for c in case["clocks"] if f"{c['procedure']}.{c['id']}" == name]
        return f"{name}={','.join(str(d) for d in days) or 'none'}"
    track = word.partition(":")[0]
    return f"{track}:{case['tracks'].get(track, {}).get('state')}"


def check(ledger: str, expected: dict[str, str]) -> None:
    for day, words in expected.items():
        case = standing(ledger, day)
        asked = words.split()
        found = [told(case, w) for w in asked if w[0] != "!"] + sorted("!" + n["kind"] for n in case["notes"])
        wanted = [w for w in asked if w[0] != "!"] + sorted(w for w in asked if w[0] == "!")
        assert found == wanted, (day, case["notes"])


# fmt: off
REVIEW = """2025-09-16 first_review.file {"listed": true}
    2025-12-10 first_review.send
    2025-12-10 first_review.notify_sent {"received_on": "2025-12-12"}
    2026-04-17 security_review.notify_intention {"received_on": "2026-04-20"}
    2026-05-07 security_review.answer_keep
"""
DESIGNATED = REVIEW + '2026-06-15 designation.designate {"received_on": "2026-06-16"}\n'
ENDED = DESIGNATED + """2027-05-10 designation.extend
    2027-10-01 designation.lift
    2027-10-01 designation.notify_end {"received_on": "2027-10-08"}
"""
BOUND = "+abroad +disclosure +working +withdrawal +conversion +hold"
FREE = "-abroad -disclosure -working -withdrawal -conversion -hold -model"
FILED = '2025-02-28 first_review.file {"listed": true}\n'
FOUND = {"risk_high": True, "impact_weighed": True, "suitable": True}
# fmt: on
