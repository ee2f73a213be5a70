"""How columns of firms and links may be called: as the pages say, and as the command line does."""

ALSO = {"value": "amount", "firm": "id", "sales": "revenue"}
