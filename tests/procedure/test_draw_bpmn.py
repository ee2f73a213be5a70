"""BPMN charts: well-formed models by the rules of BPMN 2.0, each element placed where a modeller can open it."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from every_kind import IDS, KINDS
from small_kinds import PERMIT

from kaname.days import Length, days_n, months, weeks
from kaname.procedure.draw import draw
from kaname.procedure.draw.bpmn import duration

M = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
NODES = ("startEvent", "endEvent", "exclusiveGateway", "userTask", "intermediateCatchEvent")
each_kind = pytest.mark.parametrize("kind", KINDS, ids=IDS)


def model(kind):
    root = ET.fromstring(draw(kind, "bpmn", "ja"))
    return root, root.findall(f"{M}process")


def nodes_of(process):
    return {e.get("id"): e for tag in NODES for e in process.findall(f"{M}{tag}")}


@each_kind
def test_ids_are_unique_and_references_lead_somewhere(kind):
    root, processes = model(kind)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert not [id for id, n in Counter(ids).items() if n > 1]
    named = {e.get(k) for e in root.iter() for k in ("processRef", "sourceRef", "targetRef", "bpmnElement") if e.get(k)}
    named |= {e.text for p in processes for tag in ("incoming", "outgoing", "flowNodeRef") for e in p.iter(f"{M}{tag}")}
    assert named <= set(ids)


@each_kind
def test_flows_and_their_ends_agree_and_events_begin_and_end(kind):
    for process in model(kind)[1]:
        nodes = nodes_of(process)
        flows = process.findall(f"{M}sequenceFlow")
        for id, node in nodes.items():
            into = [e.text for e in node.findall(f"{M}incoming")]
            out = [e.text for e in node.findall(f"{M}outgoing")]
            assert into == [f.get("id") for f in flows if f.get("targetRef") == id]
            assert out == [f.get("id") for f in flows if f.get("sourceRef") == id]
            tag = node.tag.removeprefix(M)
            assert not (tag == "endEvent" and out) and not (tag == "startEvent" and into)
            assert tag in ("startEvent", "endEvent", "exclusiveGateway") or (into and len(out) == 1)


@each_kind
def test_every_node_is_in_one_lane_and_is_drawn_inside_it(kind):
    root, processes = model(kind)
    bounds = {}
    for shape in root.iter(f"{DI}BPMNShape"):
        b = shape.find(f"{DC}Bounds")
        bounds[shape.get("bpmnElement")] = [float(b.get(k)) for k in ("x", "y", "width", "height")]
    for process in processes:
        lane_of = Counter(e.text for e in process.iter(f"{M}flowNodeRef"))
        assert lane_of == Counter(dict.fromkeys(nodes_of(process), 1))
        for lane in process.iter(f"{M}lane"):
            left, top, width, height = bounds[lane.get("id")]
            for ref in lane.findall(f"{M}flowNodeRef"):
                x, y, w, h = bounds[ref.text]
                assert left <= x and x + w <= left + width and top <= y and y + h <= top + height, ref.text


@each_kind
def test_no_two_nodes_are_drawn_on_each_other(kind):
    root, processes = model(kind)
    nodes = {id for p in processes for id in nodes_of(p)}
    places = [
        tuple(s.find(f"{DC}Bounds").get(k) for k in ("x", "y"))
        for s in root.iter(f"{DI}BPMNShape") if s.get("bpmnElement") in nodes
    ]  # fmt: skip
    assert len(places) == len(set(places)) == len(nodes)
    assert {e.get("bpmnElement") for e in root.iter(f"{DI}BPMNEdge")} == {
        f.get("id") for p in processes for f in p.findall(f"{M}sequenceFlow")
    }


def test_acts_are_tasks_of_their_role_and_ends_of_clocks_are_timers():
    process = next(p for p in model(PERMIT)[1] if p.get("id") == "permit")
    lanes = {e.text: lane.get("id") for lane in process.iter(f"{M}lane") for e in lane}
    assert lanes["permit.act.order.ordered"] == "permit.lane.role_minister"
    assert lanes["permit.act.refuse.refused"] == "permit.lane.role_applicant"
    timer = nodes_of(process)["permit.time.no_answer.silent"]
    assert timer.find(f"{M}timerEventDefinition/{M}timeDuration").text == "P10D"
    assert nodes_of(process)["permit.state.withdrawn"].tag == f"{M}endEvent"


@pytest.mark.parametrize(
    ("length", "written"),
    [(days_n(30), "P30D"), (months(3), "P3M"), (weeks(2), "P14D"), (Length(years=1, months=6, days=2), "P1Y6M2D")],
)
def test_lengths_are_written_as_iso_8601_has_them(length, written):
    assert duration(length) == written
