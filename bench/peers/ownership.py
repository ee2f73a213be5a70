"""Ownership by peers: scipy's Neumann series for ultimate shares, networkx and work lists for control.

Run by the Python of an environment of its own (bench/peers/requirements.txt), never by ours: `bench/ownership.py`
starts it with the arrays in a file, and takes seconds from the line of JSON and answers from OUT.

    ownership.py neumann IN.npz OUT.npy     entities, holder, company, share, given -> the share of each entity
    ownership.py networkx IN.npz OUT.npy    holder, company, units, unit -> pairs (controller, controlled)
"""

import json
import sys
import time

import networkx as nx
import numpy as np
import scipy.sparse as sp

STILL = 1e-12  # terms are added until none is larger


def main() -> None:
    job, given, out = sys.argv[1:]
    found = np.load(given)
    run = {"neumann": neumann, "networkx": control}[job](found)
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        answer, told = run()
        seconds.append(time.perf_counter() - began)
    np.save(out, np.array(answer))
    sys.stdout.write(json.dumps({"seconds": min(seconds), **told}) + "\n")


def neumann(found):
    """y = f + A'f + A'A'f + ... until a term adds nothing; the matrix is there before the clock runs."""
    n = int(found["entities"])
    matrix = sp.csr_matrix((found["share"], (found["company"], found["holder"])), shape=(n, n))
    given = found["given"]

    def run():
        total, term, terms = given.copy(), given, 0
        while term.max() > STILL:
            term = matrix @ term
            total += term
            terms += 1
        return total, {"terms": terms}

    return run


def control(found):
    """What one would write with networkx: a graph, and for every holder a work list."""
    edges = list(zip(*(found[name].tolist() for name in ("holder", "company", "units")), strict=True))
    unit = int(found["unit"])

    def run():
        graph = nx.DiGraph()
        graph.add_weighted_edges_from(edges, weight="units")
        pairs = set()
        for seed in graph:
            inside, votes, waiting = {seed}, {}, [seed]
            while waiting:
                for other, data in graph.adj[waiting.pop()].items():
                    if other not in inside:
                        votes[other] = votes.get(other, 0) + data["units"]
                        if 2 * votes[other] > unit:
                            inside.add(other)
                            waiting.append(other)
                            pairs.add((seed, other))
        return sorted(pairs), {}

    return run


if __name__ == "__main__":
    main()
