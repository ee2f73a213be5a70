"""Texts joined to one, so that a piece is looked for in all of them at once: tens of times as fast as in each."""

import re
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


class Lines:
    """Texts, a line each or several."""

    __slots__ = ("_starts", "_text")

    def __init__(self, texts: Collection[str] = ()) -> None:
        sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        self._text, self._starts = "\n".join(texts), np.cumsum(sizes) - sizes

    def having(self, piece: str) -> Places:
        """The places (from 0, rising) of the texts that have a piece, itself without a line break."""
        at = np.fromiter((m.start() for m in re.finditer(re.escape(piece), self._text)), np.int64)
        return np.unique(np.searchsorted(self._starts, at, "right") - 1)
