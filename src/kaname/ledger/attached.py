"""What other rooms keep beside a case and send with it: documents (`kaname.papers`) register here.

The ledger stands below them and does not know them. A bundle names what goes along inside its signed bytes.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from kaname.ledger.bundle import Paper


class Sent(Protocol):
    """Called when a case goes to another office, and when one comes from there."""

    def packed(self, case: str, references: frozenset[str]) -> Iterable[Paper]:
        """The documents that these references name, whole and verified, as far as they lie here."""

    def unpacked(self, case: str, papers: Sequence[Paper]) -> None:
        """Keep what came, checked by the bundle. Within the transaction; raises BadBundle, then nothing is kept. What
        is held already stays as it is."""


REGISTERED: list[Sent] = []


def packed(case: str, references: frozenset[str]) -> tuple[Paper, ...]:
    return tuple(paper for one in REGISTERED for paper in one.packed(case, references)) if references else ()


def unpacked(case: str, papers: Sequence[Paper]) -> None:
    if papers:
        for one in REGISTERED:
            one.unpacked(case, papers)
