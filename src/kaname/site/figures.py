"""Figures that an office sets: whole numbers within bounds, or the start says what is wrong."""

import os


def count(name: str, usual: int, most: int = 1_000_000) -> int:
    """The number that an environment variable names, `usual` where there is none. Raises ValueError, naming it."""
    given = os.environ.get(name, "")
    if not given:
        return usual
    if not (given.isascii() and given.isdecimal() and 1 <= int(given) <= most):
        raise ValueError(f"{name}: {given!r} cannot be used; expected a whole number from 1 to {most}")
    return int(given)
