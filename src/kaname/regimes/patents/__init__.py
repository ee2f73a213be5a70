"""Non-disclosure of patent applications (特許出願の非公開), Chapter 5 of the Act.

`kinds.KINDS` are its case kinds; `screening` asks whether Art. 66(1) reaches an application, `bulk` asks it for a
docket. `measures`, `forms`, `exceptions`, `base_dates`, `items`, `statistics` are its catalogues.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaname.regimes.patents.kinds import KINDS

__all__ = ["KINDS"]


def __getattr__(name: str) -> Any:
    """KINDS, declared when first asked for: screening does without."""
    if name == "KINDS":
        from kaname.regimes.patents import kinds

        return kinds.KINDS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
