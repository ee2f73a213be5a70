"""How often a token may call: 600 requests in each minute, counted in this process.

An office runs a few processes; each counts for itself, so that no call waits for a shared counter. The limit is there
to stop a program that runs away, not to bill by.
"""

import time
from threading import Lock

MOST = 600
WINDOW = 60.0
_KEPT = 10_000

_counts: dict[int, tuple[int, int]] = {}
_lock = Lock()


def spend(token: int, now: float | None = None) -> int:
    """Count a call. Returns 0, or the seconds to wait where the minute's calls are spent."""
    moment = time.monotonic() if now is None else now
    window = int(moment // WINDOW)
    with _lock:
        if len(_counts) > _KEPT:
            _counts.clear()
        began, count = _counts.get(token, (window, 0))
        count = count + 1 if began == window else 1
        _counts[token] = (window, count)
    return 0 if count <= MOST else int((window + 1) * WINDOW - moment) + 1


def forget() -> None:
    """Begin to count anew."""
    with _lock:
        _counts.clear()
