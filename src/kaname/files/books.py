"""Workbooks that are written here: the same content is the same file."""

from datetime import datetime
from typing import Any


def nobodys(book: Any) -> None:
    """Nobody's name and no instant."""
    book.set_properties({"created": datetime(2000, 1, 1), "author": "Kaname"})
