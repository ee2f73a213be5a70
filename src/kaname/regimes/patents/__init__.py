"""Non-disclosure of patent applications (特許出願の非公開), Chapter 5 of the Act.

KINDS are its case kinds; `screening` asks whether Art. 66(1) reaches an application, `bulk` asks it for a docket.
`measures`, `forms`, `exceptions`, `base_dates`, `items`, `statistics` are its catalogues.
"""

from kaname.regimes.patents.kinds import KINDS

__all__ = ["KINDS"]
