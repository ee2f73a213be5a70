"""Which kinds of cases have another version of the law, by which elements; which parts of the Act began or changed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from kaname.law import AMENDMENTS, GROUPS, Bases, Lang, T, Text
from kaname.ledger.kinds import kinds, version
from kaname.procedure.declare import CaseKind, dated
from kaname.registers.compare.model import Change, Subject

_ADDED, _GONE = T("適用あり", "applies"), T("適用なし", "does not apply")
_VERSION = T("{label}：法令の版", "{label}: version of the law")


def changes(before: date, after: date) -> Iterator[Change]:
    """The Act itself, then kind by kind."""
    yield from _of_the_act(before, after)
    for kind in kinds().values():
        yield from _of_kind(kind, before, after)


def _of_the_act(before: date, after: date) -> Iterator[Change]:
    dated_facts = [(f"act.{g.id}", g.subject, g.in_force, _cited(g.basis)) for g in GROUPS]
    dated_facts += [(f"act.amendment.{n}", T(f"{a.by.ja}：{a.effect.ja}", f"{a.by.en}: {a.effect.en}"), a.in_force,
                     a.source) for n, a in enumerate(AMENDMENTS) if a.in_force]  # fmt: skip
    for id, label, since, why in dated_facts:
        one, other = (since if since <= day else None for day in (before, after))
        if one != other:
            yield Change(Subject.LAW, id, label, one, other, why=why)


def _of_kind(kind: CaseKind, before: date, after: date) -> Iterator[Change]:
    one, other = (version(kind, day) if kind.in_force <= day else None for day in (before, after))
    if one == other:
        return
    yield Change(Subject.LAW, kind.id, _VERSION.fill(label=kind.label), one, other)
    seen = set()
    for procedure in kind.procedures:
        for element in dated(procedure):
            stood, stands = (_in_force(element, day) and kind.in_force <= day for day in (before, after))
            id = f"{kind.id}.{procedure.id}.{element.id if hasattr(element, 'id') else element.value}"
            if stood != stands and (element.since or element.until) and id not in seen:
                seen.add(id)
                label = T(f"{procedure.label.ja}：{_name(element).ja}", f"{procedure.label.en}: {_name(element).en}")
                basis = _cited(getattr(element, "basis", ()) or procedure.basis)
                yield Change(Subject.LAW, id, label, _word(stood), _word(stands), why=basis)


def _in_force(element: Any, day: date) -> bool:
    return (element.since is None or element.since <= day) and (element.until is None or day <= element.until)


def _name(element: Any) -> Text:
    found: Text = element.requires if hasattr(element, "requires") else element.label
    return found


def _word(applies: bool) -> Text:
    return _ADDED if applies else _GONE


def _cited(basis: Bases) -> Text:
    langs: tuple[Lang, Lang] = ("ja", "en")
    ja, en = (("、" if lang == "ja" else ", ").join(dict.fromkeys(b[lang] for b in basis)) for lang in langs)
    return T(ja, en)
