"""The tree of sub-entrustments: any depth, every entrustment once, circles found wherever they are."""

from filing_world import entrusted
from hypothesis import given
from hypothesis import strategies as st

from kaname.regimes.infrastructure.filing.tree import tree_of


def test_a_chain_of_fifty_thousand_is_walked():
    chain = [entrusted("0"), *(entrusted(str(i), str(i - 1)) for i in range(1, 50_000))]
    tiers = [tier for tier, _ in tree_of(chain).walk()]
    assert tiers == list(range(50_000))


def test_children_follow_their_parent_in_order():
    given = [entrusted("a"), entrusted("b"), entrusted("a1", "a"), entrusted("b1", "b"), entrusted("a2", "a")]
    assert [one.id for _, one in tree_of(given).walk()] == ["a", "a1", "a2", "b", "b1"]


@given(st.lists(st.integers(-1, 12), max_size=12))
def test_each_hangs_on_a_root_or_leads_into_a_circle_or_a_loose_end(parents):
    """By a slow oracle: go up from every entrustment, at most as many steps as there are entrustments."""
    forest = [entrusted(str(i), "" if p < 0 else str(p)) for i, p in enumerate(parents)]
    tree = tree_of(forest)
    ends = {}
    for i in range(len(parents)):
        here = i
        for _ in range(len(parents) + 1):
            if here >= len(parents) or parents[here] < 0:
                break
            here = parents[here]
        ends[i] = "loose" if here >= len(parents) else "root" if parents[here] < 0 else "circle"
    walked = [int(one.id) for _, one in tree.walk()]
    assert sorted(walked) == [i for i, end in ends.items() if end == "root"]
    in_rings = {int(id) for ring in tree.rings for id in ring}
    assert all(ends[i] == "circle" for i in in_rings) and (not in_rings) == ("circle" not in ends.values())
    assert sum(len(ring) for ring in tree.rings) == len(in_rings)
    assert {int(e.id) for e in tree.loose} == {i for i, p in enumerate(parents) if p >= len(parents)}
