"""Charts as data: nodes and edges of each procedure, for other programs to draw."""

import json
from datetime import date
from typing import Any

from kaname.law import Lang, cited
from kaname.procedure.draw.graph import Arrow, Graph


def as_json(graphs: tuple[Graph, ...], lang: Lang, as_of: date | None) -> str:
    """{"procedures": [{id, label, basis, nodes[], edges[]}]}, texts in one language. From "": it opens the track."""
    return json.dumps({"procedures": [_graph(g, lang, as_of) for g in graphs]}, ensure_ascii=False, indent=2) + "\n"


def _graph(g: Graph, lang: Lang, as_of: date | None) -> dict[str, Any]:
    nodes = [
        {"id": n.id, "label": n.label[lang], "start": n.start, "end": n.end, "here": n.here} for n in g.nodes
    ]  # fmt: skip
    edges = [_edge(g, a, source, lang, as_of) for a in g.arrows for source in a.sources]
    return {"id": g.id, "label": g.label[lang], "basis": cited(g.basis, lang, as_of), "nodes": nodes, "edges": edges}


def _edge(g: Graph, a: Arrow, source: str, lang: Lang, as_of: date | None) -> dict[str, Any]:
    return {
        "id": a.id,
        "name": f"{g.id}.{a.id}",
        "sort": a.sort,
        "label": a.label[lang],
        "from": source,
        "to": a.target or source,
        "by": [{"id": r.id, "label": r.label[lang]} for r in a.roles],
        "upon": a.upon[lang],
        "only_if": a.only_if[lang] if a.only_if else None,
        "basis": cited(a.basis, lang, as_of),
        "unverified": a.question,
    }
