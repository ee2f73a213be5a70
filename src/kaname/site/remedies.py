"""What an office writes in its letters in its own words: KANAME_REMEDIES on remedies (教示), KANAME_CONTACT whom
to ask.
None are supplied: which remedy lies against which act, and within which days, is not among
the facts that this program has.
"""

import json
from pathlib import Path

from kaname.site.given import Unusable


def texts(file: str, name: str = "KANAME_REMEDIES") -> dict[str, str]:
    """The words by language, empty where there is none. Raises Unusable, naming the file."""
    if not file:
        return {}
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = type(error).__name__
        raise Unusable(f"{name}：{file} を読めない（{why}）", f"{name}: {file} cannot be read ({why})") from None
    if not isinstance(found, dict) or set(found) - {"ja", "en"} or not all(isinstance(v, str) for v in found.values()):
        form = '{"ja": "...", "en": "..."}'
        raise Unusable(f"{name}：{file}：{form} の形で", f"{name}: {file}: expected {form}")
    return found
