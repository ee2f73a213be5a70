"""KANAME_REMEDIES: what an office writes in its letters on remedies (教示). The words are its own, none are
supplied: which remedy lies against which act, and within which days, is not among
the facts that this program has.
"""

import json
from pathlib import Path


def texts(file: str) -> dict[str, str]:
    """The instruction by language, empty where there is none. Raises ValueError, naming the file."""
    if not file:
        return {}
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"KANAME_REMEDIES: {file} cannot be read ({type(error).__name__})") from None
    if not isinstance(found, dict) or set(found) - {"ja", "en"} or not all(isinstance(v, str) for v in found.values()):
        raise ValueError(f'KANAME_REMEDIES: {file}: expected {{"ja": "...", "en": "..."}}')
    return found
