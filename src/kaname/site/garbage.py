"""Python's search for rings of dead objects: seldom, and never through what lives as long as the process."""

import gc

SELDOM = 50_000  # objects made before Python looks; importing makes many, and none is garbage
# While pages are served: often through few objects (2 ms; 20 ms were seen with more), seldom through all that lives.
_SERVING = (4000, 25, 100)


def settle() -> None:
    """What is loaded now stays: a request need never wait (150 ms were seen) while Python walks through all of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SERVING)
