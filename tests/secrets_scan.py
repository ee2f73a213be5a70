"""Secrets that somebody has left in a file: kinds with a form of their own anywhere, named ones outside of tests."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

FORMS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}"),
    "access key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "token of a code host": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20,}|pypi-AgE[A-Za-z0-9_-]{50,})"
    ),
    "token of a chat": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{20,}"),
    "signed web token": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
}  # fmt: skip
IN_ADDRESS = re.compile(r"[a-z][a-z0-9+]*://[^\s/:@{<\"']+:(?P<value>[^\s/@{<\"']+)@")
NAMED = re.compile(
    r"(?i)\b[a-z_]*(?:password|passwd|secret|api_?key|private_?key|token)[a-z_]*[\"']?\s*[:=]\s*[\"'](?P<value>[!#-&(-~]{12,})[\"']"
)
A_CLASS = re.compile(r"kaname(?:\.[A-Za-z_]+)+")  # a setting that names one of ours
EXAMPLES = {"...", "password", "PASSWORD"}
INVENTED = ("tests", "bench")  # what they hold opens nothing


def found(path: str, text: str) -> Iterator[tuple[int, str]]:
    """(line, kind) of what looks like a secret."""
    for kind, form in FORMS.items():
        yield from ((_line(text, at), kind) for at in form.finditer(text))
    if PurePath(path).parts[0] not in INVENTED:
        yield from (
            (_line(text, at), "password in an address")
            for at in IN_ADDRESS.finditer(text)
            if at["value"] not in EXAMPLES
        )
        yield from ((_line(text, at), "named secret") for at in NAMED.finditer(text) if _was_drawn(at["value"]))


def _was_drawn(value: str) -> bool:
    return disorder(value) > 3.3 and not A_CLASS.fullmatch(value)


def disorder(value: str) -> float:
    """Bits a character; words lie below, what was drawn lies above."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def _line(text: str, at: re.Match[str]) -> int:
    return text.count("\n", 0, at.start()) + 1
