"""A letter on A4: PDF/A-2a, the same bytes for the same letter."""

from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from kaname import typeset
from kaname.papers.letters import words
from kaname.papers.letters.compose import Letter

_TEMPLATE = Path(__file__).parent / "letter.typ"
VERSION = sha256(_TEMPLATE.read_bytes()).hexdigest()[:12]  # of the template: recorded with each paper that is issued
_SAID = {
    "below": words.BELOW, "end": words.END, "reasons": words.REASONS, "periods": words.PERIODS,
    "received": words.RECEIVED, "digest": words.DIGEST, "layout": words.LAYOUT, "reading": words.READING,
    "draft": words.DRAFT, "remedies": words.REMEDIES, "contact": words.CONTACT,
}  # fmt: skip


def pdf(letter: Letter) -> bytes:
    return typeset.pdf(_TEMPLATE, _data(letter))


def pngs(letter: Letter, ppi: float = 96) -> list[bytes]:
    """Its pages as images, to look at."""
    return typeset.compiled(_TEMPLATE, _data(letter), "png", ppi)


def _data(letter: Letter) -> dict[str, Any]:
    said = {name: text[letter.lang] for name, text in _SAID.items()}
    return {**asdict(letter), "on": letter.on.isoformat(), "words": said}
