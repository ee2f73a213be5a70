"""What the pages of critical infrastructure share."""

from collections.abc import Mapping
from urllib.parse import urlencode

from kaname.law import T, Text

GROUPS: dict[str, Text] = {
    "open": T("導入前のすべて", "all not yet introduced"),
    "before": T("作成中・届出（未受理）", "drafted or filed"),
    "review": T("禁止期間中", "in the standstill"),
    "decided": T("応諾・命令の後", "accepted or ordered"),
    "free": T("導入等ができる", "free to proceed"),
    "done": T("導入済み", "introduced"),
    "stopped": T("中止", "stopped"),
}


def with_query(query: Mapping[str, str], **more: str) -> str:
    """The address of the same page, with something else asked; an empty value drops out."""
    return "?" + urlencode({name: value for name, value in {**query, **more}.items() if value})
