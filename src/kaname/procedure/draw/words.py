"""Fitting words into boxes without a font at hand: Japanese characters are one em wide, others a little over half."""

import re
import unicodedata

# A citation stays whole (法66条1項ただし書、), and an opening mark stays with what it opens.
_TOKEN = re.compile(
    r"\s+|[「（\[]?[ァ-ヶ一-鿿]{0,8}\d+条[^、，。\s\])）]*[\])）]*、?|[（「『〔【\[(]+(?:[!-~]+|.)|[!-Z\\^-~]+|."
)
_NEVER_FIRST = "、。，．）」』〕】・ー々：！？])"


def ems(text: str) -> float:
    """The width of a line in ems."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def wrapped(text: str, width: float) -> list[str]:
    """Lines of at most `width` ems, about equally long, so that no single character stands alone."""
    lines = _broken(text, width)
    while width > 4 and len(narrower := _broken(text, width - 0.5)) == len(lines) and _widest(narrower) < width:
        lines, width = narrower, width - 0.5
    return lines


def _broken(text: str, width: float) -> list[str]:
    """Japanese breaks anywhere but before closing marks, other words at spaces."""
    lines, line = [], ""
    for token in _TOKEN.findall(text):
        if line and ems(line + token.rstrip()) > width and token not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += token if line or token.strip() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def _widest(lines: list[str]) -> float:
    return max(map(ems, lines), default=0)
