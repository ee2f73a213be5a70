"""Charts as Mermaid text: a state diagram; several procedures stand side by side as composite states."""

from datetime import date

from kaname.law import Lang, T, cited
from kaname.procedure.draw.graph import START, Arrow, Graph

_SORT = {"act": T("", ""), "time": T("〔期間満了〕", "[time] "), "law": T("〔法律効果〕", "[law] ")}
# Characters that end a description or start an entity in Mermaid's own grammar.
_CODES = {"#": "#35;", ";": "#59;", ":": "#58;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "\n": " "}
_ESCAPED = str.maketrans(_CODES)


def mermaid(graphs: tuple[Graph, ...], lang: Lang, as_of: date | None) -> str:
    """One document `stateDiagram-v2`, in which acts, ends of clocks and effects of law are told apart."""
    lines = ["stateDiagram-v2"]
    if len(graphs) == 1:
        lines += [f"  %% {graphs[0].label[lang]}", *(f"  {line}" for line in _body(graphs[0], lang, as_of))]
    else:
        for g in graphs:
            lines.append(f'  state "{_plain(g.label[lang])}" as {g.id} {{')
            lines += [f"    {line}" for line in _body(g, lang, as_of)]
            lines.append("  }")
    here = [_id(g, n.id) for g in graphs for n in g.nodes if n.here]
    if here:
        lines += ["  classDef here stroke-width:4px,font-weight:bold", f"  class {','.join(here)} here"]
    return "\n".join(lines) + "\n"


def _body(g: Graph, lang: Lang, as_of: date | None) -> list[str]:
    here = {"ja": "▶ 現在：", "en": "▶ here: "}[lang]
    lines = []
    for n in g.nodes:
        lines.append(f'state "{here if n.here else ""}{_plain(n.label[lang])}" as {_id(g, n.id)}')
        lines += [f"{_id(g, n.id)} : {_label(a, lang, as_of)}" for a in g.keeping if n.id in a.sources]
    lines += [f"[*] --> {_id(g, state)}" for state in g.begins]
    for a in g.moving:
        for source in a.sources:
            origin = "[*]" if source == START else _id(g, source)
            lines.append(f"{origin} --> {_id(g, a.target)} : {_label(a, lang, as_of)}")
    return lines + [f"{_id(g, n.id)} --> [*]" for n in g.nodes if n.end]


def _label(a: Arrow, lang: Lang, as_of: date | None) -> str:
    basis = cited(a.basis, lang, as_of)
    condition = {"ja": "（条件付き）", "en": " (conditional)"}[lang] if a.only_if else ""
    return _plain(f"{_SORT[a.sort][lang]}{a.label[lang]}{condition}" + (f" [{basis}]" if basis else ""))


def _id(g: Graph, state: str) -> str:
    return f"{g.id}__{state}"


def _plain(text: str) -> str:
    return text.translate(_ESCAPED)
