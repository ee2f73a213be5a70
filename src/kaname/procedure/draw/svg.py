"""Charts as SVG, laid out here: no program, script, style or font is fetched, so a strict page may hold it as it is.

Looks are presentation attributes, which a page's style sheet overrides through these classes:
    chart, procedure, heading     the whole, one procedure, its name
    state, state-end, state-here  boxes; state-label, inside (what keeps the state), here-mark their texts
    edge, edge-act | edge-time | edge-law, arrowhead   lines: solid for acts, dashed for time, dotted for law
    label-box, label-text, detail what stands on arrows; role-bar role-0 ... role-5   who acts
    footer, legend                what keeps the state in many states; the key to lines
"""

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from kaname.law import Lang, T, cited
from kaname.procedure.draw.graph import START, Arrow, Graph
from kaname.procedure.draw.layers import Box, Placed, place
from kaname.procedure.draw.words import ems, wrapped

FONT = "'Noto Sans JP', 'Noto Sans CJK JP', 'BIZ UDPGothic', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, sans-serif"
INK, SOFT, LINE, PAPER, LABEL, HERE = "#1a1a1c", "#4d4d51", "#626264", "#ffffff", "#f1f1f4", "#fff3c4"
ROLES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#5b5b5b")
DASHES = {"act": "", "time": "7 4", "law": "2 3"}
SORTS = {
    "act": T("行為", "act"),
    "time": T("期間の満了", "end of a period"),
    "law": T("法律効果", "effect of law"),
}
TITLE, TEXT, SMALL, LEADING = 18, 13, 11, 1.35
STATE_EMS, LABEL_EMS = 11.0, 9.5
GAP_X, GAP_Y, PAD, MARGIN = 18, 30, 9, 16
_MANY = 3  # what keeps the state in more states than this is told once, below the chart


class _Sheet:
    """Elements of one chart, in one language, with the texts measured."""

    def __init__(self, graph: Graph, lang: Lang, as_of: date | None):
        self.g, self.lang, self.as_of = graph, lang, as_of
        self.role_number = {r.id: i % len(ROLES) for i, r in enumerate(graph.roles)}

    def state_lines(self, i: int) -> tuple[list[str], list[str]]:
        """The name of a state, and what keeps it."""
        node = self.g.nodes[i]
        kept = [a for a in self.g.keeping if node.id in a.sources and len(a.sources) <= _MANY]
        width = STATE_EMS * TEXT / SMALL
        inside = [line for a in kept for line in wrapped(f"・{self.told(a)}", width)]
        return wrapped(node.label[self.lang], STATE_EMS), inside

    def label_lines(self, a: Arrow) -> tuple[list[str], list[str]]:
        """What an arrow says: the act or effect, then who or what, and the provision."""
        ja = self.lang == "ja"
        conditional = ("（条件付き）" if ja else " (conditional)") if a.only_if else ""
        who = ("・" if ja else " / ").join(r.label[self.lang] for r in a.roles) or a.upon[self.lang]
        width = LABEL_EMS * TEXT / SMALL
        details = [line for text in (who, self.cited(a)) for line in wrapped(text, width)]
        return wrapped(a.label[self.lang] + conditional, LABEL_EMS), details

    def told(self, a: Arrow) -> str:
        return f"{a.label[self.lang]} [{self.cited(a)}]" if a.basis else a.label[self.lang]

    def cited(self, a: Arrow) -> str:
        return cited(a.basis, self.lang, self.as_of)


def svg(graphs: tuple[Graph, ...], lang: Lang, as_of: date | None) -> str:
    """One SVG document, procedures one below the other."""
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img"})
    name = "-".join(g.id for g in graphs[:1]) if len(graphs) == 1 else "procedures"
    root.set("aria-labelledby", f"chart-{name}-title chart-{name}-desc")
    ET.SubElement(root, "title", {"id": f"chart-{name}-title"}).text = _title(graphs, lang)
    ET.SubElement(root, "desc", {"id": f"chart-{name}-desc"}).text = _description(graphs, lang)
    sheet = ET.SubElement(root, "g", {"font-family": FONT, "font-size": str(TEXT), "fill": INK})
    width, y = 0.0, 0.0
    for g in graphs:
        part = ET.SubElement(sheet, "g", {"class": "procedure", "transform": f"translate(0 {_n(y)})"})
        w, h = _draw(part, _Sheet(g, lang, as_of))
        width, y = max(width, w), y + h
    root.set("viewBox", f"0 0 {_n(width)} {_n(y)}")
    root.set("width", _n(width))
    root.set("height", _n(y))
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _title(graphs: tuple[Graph, ...], lang: Lang) -> str:
    names = ("、" if lang == "ja" else ", ").join(g.label[lang] for g in graphs)
    return f"{names}の流れ図" if lang == "ja" else f"Flow chart: {names}"


def _description(graphs: tuple[Graph, ...], lang: Lang) -> str:
    here = [n.label[lang] for g in graphs for n in g.nodes if n.here]
    states, arrows = sum(len(g.nodes) for g in graphs), sum(len(g.arrows) for g in graphs)
    if lang == "ja":
        return f"状態{states}、行為と法律効果{arrows}。" + (f"現在：{'、'.join(here)}。" if here else "")
    return f"{states} states, {arrows} acts and effects of law." + (f" Here: {', '.join(here)}." if here else "")


# -- one procedure ------------------------------------------------------------------------------------------------


def _draw(parent: ET.Element, sheet: _Sheet) -> tuple[float, float]:
    """Draw one procedure; its width and height."""
    g = sheet.g
    numbers = {n.id: i for i, n in enumerate(g.nodes)}
    boxes = [_state_box(sheet, i) for i in range(len(g.nodes))]
    edges: list[tuple[int, int]] = []
    sorts: list[str] = []
    begin = len(boxes)
    if g.begins or any(START in a.sources for a in g.moving):
        numbers[START] = begin
        boxes.append(Box(16, 16))
        for state in g.begins:
            edges.append((begin, numbers[state]))
            sorts.append("law")
    labels = len(boxes)
    for i, a in enumerate(g.moving):
        boxes.append(_label_box(sheet, a))
        edges += [(numbers[source], labels + i) for source in a.sources] + [(labels + i, numbers[a.target])]
        sorts += [a.sort] * (len(a.sources) + 1)
    # The start point first: circles are cut where they lead back to the earliest state.
    order = [begin, *range(begin)] if START in numbers else list(range(begin))
    placed = _placed(boxes, edges, order, GAP_X)
    x = [MARGIN + value for value in placed.x]
    y, height = _rows(placed, boxes, top=MARGIN + 34)
    ET.SubElement(
        parent, "text", {"class": "heading", "x": _n(MARGIN), "y": _n(MARGIN + TITLE), "font-size": str(TITLE),
                         "font-weight": "bold"},
    ).text = g.label[sheet.lang]  # fmt: skip
    _lines(parent, placed, boxes, edges, sorts, x, y, labels)
    for i in range(len(g.nodes)):
        _state(parent, sheet, i, x[i], y[i], boxes[i])
    if START in numbers:
        circle = {"cx": _n(x[begin]), "cy": _n(y[begin]), "r": "8", "class": "start", "fill": INK}
        ET.SubElement(parent, "circle", circle)
    for i, a in enumerate(g.moving):
        _label(parent, sheet, a, x[labels + i], y[labels + i], boxes[labels + i])
    right = max(x[v] + (boxes[v].width / 2 if v < len(boxes) else 0) for v in range(len(x)))
    heading = MARGIN + ems(g.label[sheet.lang]) * TITLE
    foot_width, bottom = _footer(parent, sheet, height, max(right - MARGIN, 420))
    return max(right, foot_width, heading) + MARGIN, bottom + MARGIN


def _placed(boxes: list[Box], edges: list[tuple[int, int]], first: list[int], gap: float) -> Placed:
    """Layout with some nodes looked at first; numbers as given."""
    order = [*first, *range(len(first), len(boxes))]
    new = {v: i for i, v in enumerate(order)}
    found = place([boxes[v] for v in order], [(new[a], new[b]) for a, b in edges], gap)
    old = [*order, *range(len(boxes), len(found.x))]
    x = [0.0] * len(old)
    for i, v in enumerate(old):
        x[v] = found.x[i]
    named = tuple(tuple(old[i] for i in layer) for layer in found.layers)
    return Placed(named, tuple(x), tuple(tuple(old[i] for i in path) for path in found.paths), found.upward)


def _state_box(sheet: _Sheet, i: int) -> Box:
    label, inside = sheet.state_lines(i)
    lines = label + ([_HERE[sheet.lang]] if sheet.g.nodes[i].here else [])
    width = max([ems(line) * TEXT for line in lines] + [ems(line) * SMALL for line in inside])
    height = len(lines) * TEXT * LEADING + (len(inside) * SMALL * LEADING + PAD if inside else 0)
    return Box(width + 2 * PAD + 8, height + 2 * PAD)


_HERE = {"ja": "▶ 現在", "en": "▶ here"}


def _label_box(sheet: _Sheet, a: Arrow) -> Box:
    label, details = sheet.label_lines(a)
    width = max([ems(line) * TEXT for line in label] + [ems(line) * SMALL for line in details])
    return Box(width + 14, len(label) * TEXT * LEADING + len(details) * SMALL * LEADING + 8)


def _rows(placed: Placed, boxes: list[Box], top: float) -> tuple[list[float], float]:
    """The middle of each node and point, and where the drawing ends."""
    y = [0.0] * len(placed.x)
    for layer in placed.layers:
        tall = max((boxes[v].height for v in layer if v < len(boxes)), default=0)
        for v in layer:
            y[v] = top + tall / 2
        top += tall + GAP_Y
    return y, top - GAP_Y


# -- lines --------------------------------------------------------------------------------------------------------


def _lines(
    parent: ET.Element, placed: Placed, boxes: list[Box], edges: list[tuple[int, int]], sorts: list[str],
    x: list[float], y: list[float], labels: int,
) -> None:  # fmt: skip
    group = ET.SubElement(parent, "g", {"class": "edges", "fill": "none", "stroke": LINE, "stroke-width": "1.4"})
    rank = placed.rank
    tall = [max((boxes[v].height for v in layer if v < len(boxes)), default=0.0) for layer in placed.layers]
    ports = _ports(placed, boxes, x, labels)
    for i, path in enumerate(placed.paths):
        up = i in placed.upward
        start, stop = ports[(i, 0)], ports[(i, len(path) - 1)]
        top, bottom = path[0], path[-1]
        to_state = edges[i][1] < labels
        # An arrowhead stands where the line arrives: at a state, and at the upper end of what runs against the layers.
        head_down, head_up = to_state and not up, up
        points = [f"M{_n(start)} {_n(y[top] + boxes[top].height / 2 + (8 if head_up else 0))}"]
        points.append(f"V{_n(y[top] + tall[rank[top]] / 2)}")
        last = start
        for v in path[1:]:
            here = stop if v == bottom else x[v]
            low = y[v] - tall[rank[v]] / 2
            high = low - GAP_Y
            middle = (low + high) / 2
            points.append(f"C{_n(last)} {_n(middle)} {_n(here)} {_n(middle)} {_n(here)} {_n(low)}")
            if v != bottom:
                points.append(f"V{_n(y[v] + tall[rank[v]] / 2)}")
            last = here
        end = y[bottom] - boxes[bottom].height / 2
        points.append(f"V{_n(end - (8 if head_down else 0))}")
        attributes = {"d": " ".join(points), "class": f"edge edge-{sorts[i]}"}
        if DASHES[sorts[i]]:
            attributes["stroke-dasharray"] = DASHES[sorts[i]]
        ET.SubElement(group, "path", attributes)
        if head_down:
            _head(group, stop, end, -8)
        if head_up:
            _head(group, start, y[top] + boxes[top].height / 2, 8)


def _ports(placed: Placed, boxes: list[Box], x: list[float], labels: int) -> dict[tuple[int, int], float]:
    """Where each edge meets its boxes: side by side along a state, in the order of where they lead."""
    meeting: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}
    for i, path in enumerate(placed.paths):
        meeting.setdefault((path[0], True), []).append((x[path[1]], i, 0))
        meeting.setdefault((path[-1], False), []).append((x[path[-2]], i, len(path) - 1))
    ports: dict[tuple[int, int], float] = {}
    for (node, _), ends in meeting.items():
        step = min(16.0, (boxes[node].width - 20) / len(ends)) if node < labels and boxes[node].width > 20 else 0.0
        for k, (_, i, place_in_path) in enumerate(sorted(ends)):
            ports[(i, place_in_path)] = x[node] + (k - (len(ends) - 1) / 2) * step
    return ports


def _head(group: ET.Element, x: float, tip: float, back: int) -> None:
    d = f"M{_n(x)} {_n(tip)} L{_n(x - 4)} {_n(tip + back)} H{_n(x + 4)} Z"
    ET.SubElement(group, "path", {"d": d, "class": "arrowhead", "fill": LINE, "stroke": "none"})


# -- boxes and texts ----------------------------------------------------------------------------------------------


def _state(parent: ET.Element, sheet: _Sheet, i: int, x: float, y: float, box: Box) -> None:
    node = sheet.g.nodes[i]
    group = ET.SubElement(parent, "g", {"class": " ".join(_state_classes(node.end, node.here)), "data-state": node.id})
    left, top = x - box.width / 2, y - box.height / 2
    _rect(group, left, top, box, 10, HERE if node.here else PAPER, 3.0 if node.here else 1.5)
    if node.end:
        inner = Box(box.width - 7, box.height - 7)
        _rect(group, left + 3.5, top + 3.5, inner, 7, "none", 1.0)
    label, inside = sheet.state_lines(i)
    if node.here:
        _text(group, x, top + PAD, [_HERE[sheet.lang]], TEXT, "here-mark", bold=True)
    first = top + PAD + (TEXT * LEADING if node.here else 0)
    _text(group, x, first, label, TEXT, "state-label", bold=True)
    if inside:
        line = first + len(label) * TEXT * LEADING + PAD / 2
        ends = {"x1": _n(left + PAD), "x2": _n(left + box.width - PAD), "y1": _n(line), "y2": _n(line)}
        ET.SubElement(group, "line", {**ends, "class": "inside-rule", "stroke": LINE, "stroke-width": "0.7"})
        _text(group, left + PAD + 4, line + PAD / 2, inside, SMALL, "inside", anchor="start")


def _state_classes(end: bool, here: bool) -> list[str]:
    return ["state", *(["state-end"] if end else []), *(["state-here"] if here else [])]


def _rect(group: ET.Element, left: float, top: float, box: Box, radius: int, fill: str, stroke: float) -> None:
    size = {"x": _n(left), "y": _n(top), "width": _n(box.width), "height": _n(box.height), "rx": str(radius)}
    ET.SubElement(group, "rect", {**size, "fill": fill, "stroke": INK, "stroke-width": _n(stroke)})


def _label(parent: ET.Element, sheet: _Sheet, a: Arrow, x: float, y: float, box: Box) -> None:
    group = ET.SubElement(parent, "g", {"class": f"label label-{a.sort}", "data-act": a.id})
    top, left = y - box.height / 2 + 4, x - box.width / 2
    label, details = sheet.label_lines(a)
    back = {"x": _n(left), "y": _n(top - 4), "width": _n(box.width), "height": _n(box.height), "rx": "2"}
    ET.SubElement(group, "rect", {**back, "class": "label-box", "fill": LABEL})
    if a.roles:
        role = sheet.role_number[a.roles[0].id]
        bar = {"x": _n(left), "y": _n(top - 4), "width": "3", "height": _n(box.height)}
        ET.SubElement(group, "rect", {**bar, "class": f"role-bar role-{role}", "fill": ROLES[role]})
    _text(group, left + 8, top, label, TEXT, "label-text", anchor="start")
    _text(group, left + 8, top + len(label) * TEXT * LEADING, details, SMALL, "detail", anchor="start", fill=SOFT)


def _text(
    group: ET.Element, x: float, top: float, lines: Iterable[str], size: int, name: str, anchor: str = "middle",
    bold: bool = False, fill: str = "",
) -> None:  # fmt: skip
    for i, line in enumerate(lines):
        attributes = {"class": name, "x": _n(x), "y": _n(top + size * (1.05 + i * LEADING)), "font-size": str(size)}
        attributes |= {"text-anchor": anchor} if anchor != "start" else {}
        attributes |= {"font-weight": "bold"} if bold else {}
        attributes |= {"fill": fill} if fill else {}
        ET.SubElement(group, "text", attributes).text = line


def _footer(parent: ET.Element, sheet: _Sheet, top: float, width: float) -> tuple[float, float]:
    """What keeps the state in many states, then the key to lines. Its right edge and bottom."""
    g, lang = sheet.g, sheet.lang
    states = {n.id: n.label[lang] for n in g.nodes}
    top += GAP_Y
    for a in (a for a in g.keeping if len(a.sources) > _MANY):
        head, between = ("状態を変えない：", "、") if lang == "ja" else ("keeps the state: ", ", ")
        where = between.join(states.get(s, s) for s in a.sources)
        lines = wrapped(f"{head}{sheet.told(a)} — {where}", width / SMALL)
        _text(parent, MARGIN, top, lines, SMALL, "footer", anchor="start")
        top += len(lines) * SMALL * LEADING + 2
    x = float(MARGIN)
    used = {a.sort for a in g.moving} | ({"law"} if g.begins else set())
    for sort in (s for s in DASHES if s in used):
        line = {
            "x1": _n(x),
            "x2": _n(x + 34),
            "y1": _n(top + 9),
            "y2": _n(top + 9),
            "stroke": LINE,
            "stroke-width": "1.4",
        }
        dash = {"stroke-dasharray": DASHES[sort]} if DASHES[sort] else {}
        ET.SubElement(parent, "line", {**line, **dash, "class": f"edge edge-{sort}"})
        _text(parent, x + 40, top, [SORTS[sort][lang]], SMALL, "legend", anchor="start")
        x += 56 + ems(SORTS[sort][lang]) * SMALL
    return x, top + SMALL * LEADING + 6


def _n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1):g}" if abs(value) < 100000 else str(round(value))
