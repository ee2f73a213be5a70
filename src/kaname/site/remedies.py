"""What an office writes in its letters in its own words: KANAME_REMEDIES on remedies (教示), KANAME_CONTACT whom
to ask.
None are supplied: which remedy lies against which act, and within which days, is not among
the facts that this program has.
"""

import json
from pathlib import Path


def texts(file: str, name: str = "KANAME_REMEDIES") -> dict[str, str]:
    """The words by language, empty where there is none. Raises ValueError, naming the file."""
    if not file:
        return {}
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{name}: {file} cannot be read ({type(error).__name__})") from None
    if not isinstance(found, dict) or set(found) - {"ja", "en"} or not all(isinstance(v, str) for v in found.values()):
        raise ValueError(f'{name}: {file}: expected {{"ja": "...", "en": "..."}}')
    return found
