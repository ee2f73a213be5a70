"""Charts as BPMN 2.0 with diagram interchange, for process modellers.

Each procedure is a pool with a lane for its stages, one for time and law, and one for each role. A stage is an
exclusive gateway (what happens next decides), an end state an end event, an act a task in the lane of who does it, the
end of a clock a timer event, an effect of another event a conditional event. What keeps the state loops back to it; in
an end event, which nothing may leave, it is an annotation below the pool. So are clocks whose end sets nothing off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from kaname.days import Length
from kaname.law import Lang, T, cited
from kaname.procedure.declare import Clock
from kaname.procedure.draw.graph import START, Arrow, Graph
from kaname.procedure.draw.layers import Box, Placed, place

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = {"": _MODEL, "bpmndi": _DI, "dc": _DC, "di": _DD, "xsi": _XSI}

COLUMN, ROW, LANE_LEFT, POOL_LEFT, NOTE = 190, 104, 60, 30, 56
_SIZES = {"userTask": (140, 66), "exclusiveGateway": (50, 50)}
_EVENT = (36, 36)
STAGES, LAW = T("手続の段階", "stages"), T("期間・法律効果", "time and law")


@dataclass(frozen=True)
class _Node:
    """A flow node: its BPMN tag, its lane, and where it stands."""

    id: str
    tag: str
    name: str
    lane: str
    arrow: Arrow | None = None

    @property
    def size(self) -> tuple[int, int]:
        return _SIZES.get(self.tag, _EVENT)


@dataclass(frozen=True)
class _Flow:
    id: str
    source: int
    target: int


class _Pool:
    """One procedure as nodes, flows, lanes and annotations, with their places (y from the pool's top)."""

    def __init__(self, g: Graph, lang: Lang, as_of: date | None):
        self.g, self.lang, self.as_of = g, lang, as_of
        self.nodes: list[_Node] = []
        self.flows: list[_Flow] = []
        self.notes: list[str] = []
        self.lanes = {"stages": STAGES[lang]}
        if any(a.sort != "act" for a in g.arrows):
            self.lanes["law"] = LAW[lang]
        self.lanes |= {f"role_{r.id}": r.label[lang] for r in g.roles}
        self._build()
        self._set_out()

    def _add(self, node: _Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _flow(self, source: int, target: int) -> None:
        self.flows.append(_Flow(f"{self.g.id}.flow.{len(self.flows) + 1}", source, target))

    def _build(self) -> None:
        g, at = self.g, {}
        if g.begins or any(START in a.sources for a in g.moving):
            at[START] = self._add(_Node(f"{g.id}.start", "startEvent", g.label[self.lang], "stages"))
        here = {"ja": "▶ 現在：", "en": "▶ here: "}[self.lang]
        for n in g.nodes:
            name = (here if n.here else "") + n.label[self.lang]
            tag = "endEvent" if n.end else "exclusiveGateway"
            at[n.id] = self._add(_Node(f"{g.id}.state.{n.id}", tag, name, "stages"))
        for state in g.begins:
            self._flow(at[START], at[state])
        ends = {n.id for n in g.nodes if n.end}
        for a in g.moving:
            node = self._add(self._node(a, f"{g.id}.{a.sort}.{a.id}.{a.target}"))
            for source in a.sources:
                self._flow(at[source], node)
            self._flow(node, at[a.target])
        for a in g.keeping:
            for source in a.sources:
                if source in ends:
                    self.notes.append(f"{self.nodes[at[source]].name}: {self.told(a)}")
                    continue
                node = self._add(self._node(a, f"{g.id}.{a.sort}.{a.id}.in.{source}"))
                self._flow(at[source], node)
                self._flow(node, at[source])
        heard = {c.id for a in g.arrows for c in a.clocks}
        self.notes += [self._clock(c) for c in g.clocks if c.id not in heard]

    def _node(self, a: Arrow, id: str) -> _Node:
        tag = "userTask" if a.sort == "act" else "intermediateCatchEvent"
        return _Node(id, tag, a.label[self.lang], f"role_{a.roles[0].id}" if a.roles else "law", a)

    def told(self, a: Arrow) -> str:
        basis = cited(a.basis, self.lang, self.as_of)
        return f"{a.label[self.lang]} [{basis}]" if basis else a.label[self.lang]

    def _clock(self, c: Clock) -> str:
        lengths = [count.length.text for count in c.counts if count.length]
        ja = f"期間：{c.label.ja}" + (f"（{'、'.join(t.ja for t in lengths)}）" if lengths else "")
        en = f"period: {c.label.en}" + (f" ({', '.join(t.en for t in lengths)})" if lengths else "")
        return f"{T(ja, en)[self.lang]} [{cited(c.basis, self.lang, self.as_of)}]"

    # -- places -------------------------------------------------------------------------------------------------

    def _set_out(self) -> None:
        """Columns are the layers of the flow; rows are kept apart within each lane."""
        edges = [(f.source, f.target) for f in self.flows]
        self.placed: Placed = place([Box(1, 1)] * len(self.nodes), edges, 1)
        self.column = {v: i for i, layer in enumerate(self.placed.layers) for v in layer if v < len(self.nodes)}
        rows: dict[str, int] = dict.fromkeys(self.lanes, 1)
        row: dict[int, int] = {}
        for layer in self.placed.layers:
            filled: dict[str, int] = {}
            for v in layer:
                if v < len(self.nodes):
                    lane = self.nodes[v].lane
                    row[v] = filled.get(lane, 0)
                    filled[lane] = row[v] + 1
            for lane, n in filled.items():
                rows[lane] = max(rows[lane], n)
        self.lane_top: dict[str, int] = {}
        top = 0
        for lane in self.lanes:
            self.lane_top[lane] = top
            top += rows[lane] * ROW
        self.lane_height = {lane: n * ROW for lane, n in rows.items()}
        self.lanes_height = top
        self.height = top + (NOTE + 8) * self._note_rows()
        self.width = LANE_LEFT + len(self.placed.layers) * COLUMN + POOL_LEFT
        self.middle = {v: self._middle(v, row[v]) for v in self.column}

    def _middle(self, v: int, row: int) -> tuple[int, int]:
        x = POOL_LEFT + LANE_LEFT + self.column[v] * COLUMN + (COLUMN - LANE_LEFT) // 2
        return x, self.lane_top[self.nodes[v].lane] + row * ROW + ROW // 2

    def _note_rows(self) -> int:
        return (len(self.notes) + 3) // 4


def bpmn(graphs: tuple[Graph, ...], lang: Lang, as_of: date | None) -> str:
    """One BPMN 2.0 document: a collaboration with a pool for each procedure."""
    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element(_m("definitions"), {"id": "definitions", "targetNamespace": "urn:kaname:procedures"})
    pools = [_Pool(g, lang, as_of) for g in graphs]
    collaboration = ET.SubElement(root, _m("collaboration"), {"id": "collaboration"})
    for pool in pools:
        names = {"id": f"{pool.g.id}.pool", "name": pool.g.label[lang], "processRef": pool.g.id}
        ET.SubElement(collaboration, _m("participant"), names)
    for pool in pools:
        _process(root, pool)
    diagram = ET.SubElement(root, f"{{{_DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, f"{{{_DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    top = 0
    for pool in pools:
        _shapes(plane, pool, top)
        top += pool.height + 40
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


# -- the process --------------------------------------------------------------------------------------------------


def _process(root: ET.Element, pool: _Pool) -> None:
    process = ET.SubElement(root, _m("process"), {"id": pool.g.id, "name": pool.g.label[pool.lang]})
    process.set("isExecutable", "false")
    lanes = ET.SubElement(process, _m("laneSet"), {"id": f"{pool.g.id}.lanes"})
    for lane, name in pool.lanes.items():
        element = ET.SubElement(lanes, _m("lane"), {"id": f"{pool.g.id}.lane.{lane}", "name": name})
        for node in pool.nodes:
            if node.lane == lane:
                ET.SubElement(element, _m("flowNodeRef")).text = node.id
    for v, node in enumerate(pool.nodes):
        element = ET.SubElement(process, _m(node.tag), {"id": node.id, "name": node.name})
        if node.arrow:
            ET.SubElement(element, _m("documentation")).text = _documentation(node.arrow, pool)
        for flow in pool.flows:
            if flow.target == v:
                ET.SubElement(element, _m("incoming")).text = flow.id
        for flow in pool.flows:
            if flow.source == v:
                ET.SubElement(element, _m("outgoing")).text = flow.id
        if node.arrow and node.arrow.sort != "act":
            _event(element, node, pool.lang)
    for flow in pool.flows:
        ends = {"sourceRef": pool.nodes[flow.source].id, "targetRef": pool.nodes[flow.target].id}
        ET.SubElement(process, _m("sequenceFlow"), {"id": flow.id, **ends})
    for i, text in enumerate(pool.notes, 1):
        note = ET.SubElement(process, _m("textAnnotation"), {"id": f"{pool.g.id}.note.{i}"})
        ET.SubElement(note, _m("text")).text = text


def _documentation(a: Arrow, pool: _Pool) -> str:
    lang = pool.lang
    who = ("・" if lang == "ja" else " / ").join(r.label[lang] for r in a.roles) or a.upon[lang]
    told = [who, cited(a.basis, lang, pool.as_of)]
    if a.only_if:
        told.append({"ja": "条件：", "en": "if: "}[lang] + a.only_if[lang])
    return "\n".join(t for t in told if t)


def _event(element: ET.Element, node: _Node, lang: Lang) -> None:
    """The definition of a catching event: a timer with the length of its clock, or a condition in words."""
    assert node.arrow is not None
    lengths = [count.length for c in node.arrow.clocks for count in c.counts if count.length]
    if node.arrow.sort == "time":
        definition = ET.SubElement(element, _m("timerEventDefinition"), {"id": f"{node.id}.timer"})
        tag, text = "timeDuration", duration(lengths[0]) if lengths else "P0D"
    else:
        definition = ET.SubElement(element, _m("conditionalEventDefinition"), {"id": f"{node.id}.condition"})
        tag, text = "condition", node.arrow.upon[lang]
    ET.SubElement(definition, _m(tag), {f"{{{_XSI}}}type": "tFormalExpression"}).text = text


def duration(length: Length) -> str:
    """A length as ISO 8601 writes it: P1Y6M, P10D."""
    days = length.whole_days
    parts = ((length.years, "Y"), (length.months, "M"), (days, "D"))
    return "P" + "".join(f"{n}{unit}" for n, unit in parts if n)


# -- the diagram --------------------------------------------------------------------------------------------------


def _shapes(plane: ET.Element, pool: _Pool, top: int) -> None:
    g = pool.g
    _shape(plane, f"{g.id}.pool", 0, top, pool.width, pool.lanes_height, horizontal=True)
    for lane in pool.lanes:
        left, y = POOL_LEFT, top + pool.lane_top[lane]
        width, height = pool.width - POOL_LEFT, pool.lane_height[lane]
        _shape(plane, f"{g.id}.lane.{lane}", left, y, width, height, horizontal=True)
    for v, node in enumerate(pool.nodes):
        (x, y), (width, height) = pool.middle[v], node.size
        shape = _shape(plane, node.id, x - width // 2, top + y - height // 2, width, height)
        if node.tag == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        if node.tag != "userTask":
            label = ET.SubElement(shape, f"{{{_DI}}}BPMNLabel")
            _bounds(label, x - 60, top + y + height // 2 + 2, 120, 28)
    for i, flow in enumerate(pool.flows):
        _edge(plane, flow.id, [(x, top + y) for x, y in _route(pool, flow, i)])
    for i in range(len(pool.notes)):
        x = POOL_LEFT + LANE_LEFT + (i % 4) * 240
        y = top + pool.lanes_height + 8 + (i // 4) * (NOTE + 8)
        _shape(plane, f"{g.id}.note.{i + 1}", x, y, 220, NOTE)


def _route(pool: _Pool, flow: _Flow, i: int) -> list[tuple[int, int]]:
    """Right-angled, through the gaps between columns and, where it passes columns, between rows."""
    (x1, y1), (x2, y2) = pool.middle[flow.source], pool.middle[flow.target]
    start, stop = x1 + pool.nodes[flow.source].size[0] // 2, x2 - pool.nodes[flow.target].size[0] // 2
    shift = (i % 6) * 4
    out, into = x1 + 74 + shift, x2 - 74 - shift
    if pool.column[flow.target] - pool.column[flow.source] == 1:
        return [(start, y1), (stop, y2)] if y1 == y2 else [(start, y1), (out, y1), (out, y2), (stop, y2)]
    between = y2 - ROW // 2 + 3 + shift // 2
    return [(start, y1), (out, y1), (out, between), (into, between), (into, y2), (stop, y2)]


def _shape(
    plane: ET.Element, id: str, x: int, y: int, width: int, height: int, horizontal: bool = False
) -> ET.Element:  # fmt: skip
    shape = ET.SubElement(plane, f"{{{_DI}}}BPMNShape", {"id": f"{id}.shape", "bpmnElement": id})
    if horizontal:
        shape.set("isHorizontal", "true")
    _bounds(shape, x, y, width, height)
    return shape


def _bounds(parent: ET.Element, x: int, y: int, width: int, height: int) -> None:
    place = {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
    ET.SubElement(parent, f"{{{_DC}}}Bounds", place)


def _edge(plane: ET.Element, id: str, points: Iterable[tuple[int, int]]) -> None:
    edge = ET.SubElement(plane, f"{{{_DI}}}BPMNEdge", {"id": f"{id}.edge", "bpmnElement": id})
    for x, y in points:
        ET.SubElement(edge, f"{{{_DD}}}waypoint", {"x": str(x), "y": str(y)})


def _m(tag: str) -> str:
    return f"{{{_MODEL}}}{tag}"
