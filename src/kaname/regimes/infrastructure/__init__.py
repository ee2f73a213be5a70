"""Stable provision of essential infrastructure services (特定社会基盤役務), Chapter 3 of the Act.

`kinds.KINDS` are its case kinds, one line each. A procedure is a file of its own name; `roles`, `words`, `orders`,
`subjects`, `questions` and `versions` are what the declarations share.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaname.regimes.infrastructure.kinds import KINDS

__all__ = ["KINDS"]


def __getattr__(name: str) -> Any:
    """KINDS, declared when first asked for: whoever only reads a catalogue does without."""
    if name == "KINDS":
        from kaname.regimes.infrastructure import kinds

        return kinds.KINDS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
