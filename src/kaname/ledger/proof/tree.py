"""A tree of digests over the heads of all cases: its root commits to each head and tells nothing of any.

    leaf  = SHA-256( frame("kaname/leaf/1") frame(blind) frame(case) frame(seq in digits) frame(digest) )
    node  = SHA-256( frame("kaname/node/1") frame(left) frame(right) )

A blind is 32 bytes that only this office can work out; it is drawn for a case and an anchor, so that who was given the
proof of one case learns nothing of another, nor of the same case another day. The tree is filled with leaves of nothing
up to a size that steps by sixteen, and leaves stand in the order of their own digests: neither the length of a proof
nor a place tells how many cases there are (1 to 4,096 have proofs of 12 steps).
"""

from collections.abc import Iterable, Sequence

from kaname.ledger.digest import frames

LEAST, STEP = 12, 4  # levels


def leaf(blind: bytes, case: str, seq: int, digest: str) -> str:
    return frames(b"kaname/leaf/1", blind, case.encode(), str(seq).encode(), bytes.fromhex(digest))


def nothing(blind: bytes) -> str:
    """A leaf that stands for no case."""
    return frames(b"kaname/nothing/1", blind)


def node(left: str, right: str) -> str:
    return frames(b"kaname/node/1", bytes.fromhex(left), bytes.fromhex(right))


def depth(count: int) -> int:
    """How many levels a tree of so many cases has."""
    levels = LEAST
    while count > 1 << levels:
        levels += STEP
    return levels


def levels(leaves: Iterable[str]) -> list[list[str]]:
    """Every level of the tree, from the sorted leaves (a power of two of them) to the root."""
    found = [sorted(leaves)]
    while len(found[-1]) > 1:
        below = found[-1]
        found.append([node(below[i], below[i + 1]) for i in range(0, len(below), 2)])
    return found


def path(tree: Sequence[Sequence[str]], place: int) -> list[str]:
    """The neighbours that lead from a leaf to the root."""
    return [level[place >> i ^ 1] for i, level in enumerate(tree[:-1])]


def root_of(found: str, place: int, neighbours: Sequence[str]) -> str:
    """The root to which a leaf and its neighbours lead."""
    for i, other in enumerate(neighbours):
        found = node(other, found) if place >> i & 1 else node(found, other)
    return found
