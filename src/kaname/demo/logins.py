"""Who may log in to a demonstration office, kept in its KANAME_HOME: the mark that it is one, and the password."""

import json
import secrets
from pathlib import Path

from kaname.law import T, Text
from kaname.site.home import home, write_new

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another
_TITLE = T("見本の事務所（すべて架空）。ログイン：", "Demonstration office (everything is invented). Log in as:")
_PASSWORD = T("  パスワード（全員同じ）：{0}", "  password (the same for all): {0}")


def mark() -> Path:
    return home() / "demonstration"


def is_demonstration() -> bool:
    return mark().is_file()


def keep(people: list[tuple[str, str, str]]) -> str:
    """Mark the home as a demonstration and keep (address, who in Japanese, in English). Returns the password drawn."""
    word = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    write_new(mark(), json.dumps({"password": word, "people": people}, ensure_ascii=False).encode())
    return word


def logins() -> list[Text]:
    """What to print: the people and the password; nothing where the office is a real one."""
    if not is_demonstration():
        return []
    held = json.loads(mark().read_text(encoding="utf-8"))
    people = [T(f"  {address:<26} {ja}", f"  {address:<26} {en}") for address, ja, en in held["people"]]
    return [_TITLE, *people, Text(*(t.format(held["password"]) for t in (_PASSWORD.ja, _PASSWORD.en)))]
