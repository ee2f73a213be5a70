"""Peer of bench/names.py: what nomenklatura's logic-v2 takes for a candidate, and which pairs it finds.

Run by an interpreter that has nomenklatura. Pairs of names come in as JSON, figures go out as JSON.
"""

import json
import random
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig

FOUND = 0.7  # its own threshold
SCORED = 3000


def main() -> None:
    rows = json.load(sys.stdin)
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    listed, variants = (
        [model.get_proxy({"id": f"{side}{i}", "schema": "Person", "properties": {"name": [name]}}) for i, name in rows]
        for side, rows in ((side, [(i, row[side]) for i, row in enumerate(rows)]) for side in (0, 1))
    )
    found = sum(algorithm.compare(v, li, config).score >= FOUND for v, li in zip(variants, listed, strict=True))
    rng = random.Random(4)
    some = [(rng.choice(variants), rng.choice(listed)) for _ in range(SCORED)]
    began = time.perf_counter()
    for one, other in some:
        algorithm.compare(one, other, config)
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"us": seconds / SCORED * 1e6, "recall": found / len(rows)}))


main()
