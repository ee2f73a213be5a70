"""Files that come in with a form: each is kept as a document, and its reference takes the place of the field's value.

A field of the type DOCUMENT holds the name or number of a paper, or the reference of a file (`document:ID:...`). Files
are only taken on a step that a person asked for, never while a form shows its effect.
"""

import re
from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from kaname.access.errors import AccessError
from kaname.law import T, Text
from kaname.papers import api as papers
from kaname.papers.api import NotTaken, Paper

REFERENCE = re.compile(r"document:([a-z0-9]{1,64}):[0-9a-f]{64}")
_ENDING = ".file"


def taken(request: HttpRequest, case: str) -> tuple[dict[str, list[str]], dict[str, Text]]:
    """References by field of the files that came with a form, and why a file was not taken, by field."""
    kept: dict[str, list[str]] = {}
    wrong: dict[str, list[Text]] = {}
    if request.POST.get("step") in ("effect", "discard"):
        return kept, {}
    for name, arrived in request.FILES.lists():
        field = name.removesuffix(_ENDING)
        for one in arrived:
            try:
                reference = papers.keep(request.user, one, case).reference
            except NotTaken as error:
                wrong.setdefault(field, []).append(T(f"{one.name}：{error.text.ja}。", f"{one.name}: {error.text.en}."))
            else:
                kept.setdefault(field, []).append(reference)  # a field whose file was refused keeps what it had
    told = {name: T("".join(t.ja for t in texts), " ".join(t.en for t in texts)) for name, texts in wrong.items()}
    return kept, told


def document_id(value: object) -> str:
    """The id of the document that a value refers to, or ""."""
    found = REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return found.group(1) if found else ""


def called(request: HttpRequest, typed: Mapping[str, Sequence[str]]) -> Mapping[str, Text]:
    """What the files of a form are called that no act has named yet, with their sizes, by their ids."""
    lines = (line.strip() for values in typed.values() for value in values for line in value.splitlines())
    ids = {id for line in lines if (id := document_id(line))}
    found = papers.handed_in(request.user, ids) if ids else []
    return {p.id: T(f"{p.name}（{filesizeformat(p.size)}）", f"{p.name} ({filesizeformat(p.size)})") for p in found}


def names(request: HttpRequest, case: str) -> Mapping[str, Paper]:
    """The documents of a case by the reference that fields hold."""
    try:
        return {p.reference: p for p in papers.papers(request.user, case)}
    except AccessError:
        return {}


def listed(label: Text, value: object, held: Mapping[str, Paper]) -> list[dict[str, str | Text | int]]:
    """What a field of documents says, a line each: its label, the name of the paper or file, the file's id, its size
    and digest, and why nobody opens it."""
    found = []
    for one in value if isinstance(value, list | tuple) else [value]:
        paper = held.get(str(one))
        unnamed = T("添えたファイル", "attached file")
        text = (paper.name or unnamed) if paper else unnamed if document_id(one) else str(one)
        found.append({
            "label": label, "text": text, "id": document_id(one), "shut": paper.shut if paper and paper.shut else "",
            "size": paper.size if paper and paper.name else 0, "sha256": paper.sha256 if paper else "",
        })  # fmt: skip
    return found
