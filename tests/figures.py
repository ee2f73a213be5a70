"""How much a test tries: fewer worlds, kills and flips while one works, all that is promised where everything is asked.

KILLS = tries(8, ci=60)

`.ci/run` asks for everything (KANAME_REQUIRE_ALL=1); so does anybody who sets that. Each test that tries fewer plants a
fault of its own which the fewer still find.
"""

import os

EVERYTHING = bool(os.environ.get("KANAME_REQUIRE_ALL"))


def tries(usual: int, *, ci: int) -> int:
    """The figure of this run."""
    return ci if EVERYTHING else usual
