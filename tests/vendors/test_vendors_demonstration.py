"""The vendors of the demonstration: one in each state, written through the front door, seen by the authority."""

from access.folk import person
from kaname.demo import vendors as demo
from kaname.demo.casts import POWER
from kaname.vendors import api
from kaname.vendors.api import Stage

KIND = "infrastructure.plan"


def test_a_vendor_in_each_state_and_one_the_authority_sees(land):
    operator = person("Den", "operator", kind=KIND, party=POWER)
    vendor, minister = person("Yume"), person("Goro", "sector_minister", kind=KIND)
    demo.furnish(operator, vendor, minister)
    plan = api.preparations(operator).get(title__startswith="中央給電").public_id
    stages = {c.party: c.stage for c in api.of_plan(operator, plan)}
    assert set(stages.values()) == {Stage.TAKEN, Stage.READY, Stage.FILLING, Stage.WAITING, Stage.TO_INVITE}
    across = {v.name: v for v in api.vendors(minister)}
    assert across[demo.VENDOR].plans == 1 and len(api.notes(minister, across[demo.VENDOR].id)) == 1
    assert [v.name for v in api.own_vendors(vendor)] == [demo.VENDOR]
    mine = across[demo.VENDOR].id
    ask = api.asks(vendor, mine)[0]
    lacking = api.lacks(vendor, mine, ask.at.date(), frozenset({ask.role}))
    assert [f.id for f in lacking if f.blocks] == []
