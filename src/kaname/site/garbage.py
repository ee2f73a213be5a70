"""Python's search for rings of dead objects: seldom, and never through what lives as long as the process."""

import gc

SELDOM = 50_000  # objects made before Python looks; importing makes many, and none is garbage


def settle() -> None:
    """What is loaded now stays: a request need never wait (150 ms were seen) while Python walks through all of it."""
    gc.set_threshold(SELDOM)
    gc.collect()
    gc.freeze()
