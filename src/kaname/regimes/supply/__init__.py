"""Stable supply of critical products (特定重要物資の安定的な供給の確保), Chapter 2 of the Act.

`kinds.KINDS` are its case kinds. A procedure is a file of its own name; `catalogue` holds the products, the orders of
the ministries and the technology protection measures as dated data; `roles`, `words`, `questions` and `versions` are
what the declarations share.
"""
