"""What an office sets by the environment, looked at when it starts: a wrong value ends the start with its name, what
was given and what was expected. What takes more than a line has a module of its own (`databases`, `mail`, `oidc`,
`outward.proxy`, `remedies`, `papers.scanner`).

Every function raises Unusable. An empty value is none.
"""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

from kaname.law import T, Text

SUITES = ("p256", "x25519", "mlkem768-x25519")  # `ledger.suites.SHORT`, which is too slow for the settings
_HOSTS = T("https:// とポートのないホスト名（コンマで区切る）",
           "names of hosts without https:// and without a port, separated by commas")  # fmt: skip
_SENDER = T("kaname@office.example のようなアドレス", "an address such as kaname@office.example")
_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]+")


class Unusable(ValueError):
    """A setting, or a file that one names, that cannot be used. `text` says which, and what was expected."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = T(ja, en)
        super().__init__(en)


def count(name: str, usual: int, most: int = 1_000_000) -> int:
    """A whole number."""
    given = _of(name)
    if given and not (given.isascii() and given.isdecimal() and 1 <= int(given) <= most):
        raise _wrong(name, given, T(f"1 から {most} までの整数", f"a whole number from 1 to {most}"))
    return int(given or usual)


def yes(name: str) -> bool:
    """1 or 0: whoever writes `true` must not think that it counts."""
    given = _of(name)
    if given not in ("", "0", "1"):
        raise _wrong(name, given, T("1 又は 0", "1 or 0"))
    return given == "1"


def some(name: str, known: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """Some of the known words, in the order given, each once."""
    found = tuple(dict.fromkeys(_parts(name)))
    if set(found) - set(known):
        named = ", ".join(known)
        expected = T(f"{named} のいくつか（コンマで区切る）", f"some of {named}, separated by commas")
        raise _wrong(name, _of(name), expected)
    return found or usual


def hosts(name: str) -> frozenset[str]:
    """Names or addresses of hosts."""
    found = frozenset(_parts(name))
    if not all(_HOST.fullmatch(one) for one in found):
        raise _wrong(name, _of(name), _HOSTS)
    return found


def origin(name: str) -> str:
    """Scheme and host, nothing behind them."""
    given = _of(name).rstrip("/")
    parts = urlsplit(given)
    if given and (
        parts.scheme not in ("http", "https") or not parts.hostname or given != f"{parts.scheme}://{parts.netloc}"
    ):
        raise _wrong(name, given, T("https://host（パスなし）", "https://host, without a path"))
    return given


def address(name: str, *schemes: str) -> str:
    """An address of the web."""
    given = _of(name)
    parts = urlsplit(given)
    if given and (parts.scheme not in schemes or not parts.hostname or any(map(str.isspace, given))):
        forms = [f"{one}://host/path" for one in schemes]
        raise _wrong(name, given, T(" 又は ".join(forms), " or ".join(forms)))
    return given


def sender(name: str) -> str:
    """The address of a mail, or `Name <address>`."""
    given = _of(name)
    if given and not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(given)[1]):
        raise _wrong(name, given, _SENDER)
    return given


def words(name: str) -> frozenset[str]:
    """The lines of a file, each a word or a name; empty lines and those that begin with # are none."""
    file = _of(name)
    if not file:
        return frozenset()
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        why = type(error).__name__
        raise _wrong(name, file, T(f"UTF-8 のテキスト（{why}）", f"a text file in UTF-8 ({why})")) from None
    found = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if short := sorted(one for one in found if len(folded(one)) < 2):
        raise _wrong(name, short[0], T("二文字以上の言葉", "words of two letters or more"))
    return found


def folded(words: str) -> str:
    """As words are compared: letters and digits alone, small, of one width."""
    return "".join(filter(str.isalnum, normalize("NFKC", words).lower()))


def _of(name: str) -> str:
    return os.environ.get(name, "").strip()


def _parts(name: str) -> list[str]:
    return [one for part in _of(name).split(",") if (one := part.strip())]


def _wrong(name: str, given: str, expected: Text) -> Unusable:
    return Unusable(f"{name}：{given!r} は使えない；{expected.ja} を",
                    f"{name}: {given!r} cannot be used; expected {expected.en}")  # fmt: skip
