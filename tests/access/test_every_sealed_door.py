"""At every door of the office: what is sealed comes out only after its reading was logged, and leaves only approved.

Doors are found from the URL table, so a new one is knocked at without a word here. The canaries are looked for in the
bytes, in the members of ZIP files and in the text of PDF files.
"""

import io
from collections.abc import Collection
from zipfile import BadZipFile, ZipFile

import pypdfium2
import pytest
from designated import TITLE, WORDS, designated, document
from folk import circle, person
from knock import BODIES, PARAMETERS, QUERIES, Visitor, doors_of_a_case, doors_of_lists

from kaname.access.custody import bulk, decisions, gate
from kaname.access.custody.models import Copy
from kaname.access.models import SealedRead
from kaname.ledger import keys
from kaname.papers import texts

CANARIES = (TITLE, WORDS, "canary-words")


@pytest.fixture
def inside(act_office, tmp_path, monkeypatch):
    """A member who may read all of it, at a case whose every number leads somewhere."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    hana = person("Hana", "applicant", sealed=True)
    case = designated(circle("輪", hana, person("Ken", "applicant", sealed=True)))
    paper = document(case, hana)
    texts.read_waiting()
    keys.pin("nobody", "00" * 31 + "01")
    for name, value in {"document": paper, "paper": paper, "seq": 1, "number": 1, "page": 1}.items():
        monkeypatch.setitem(PARAMETERS, name, value)
    for name in ("api:search_everything", "search", "go"):
        monkeypatch.setitem(QUERIES, name, {"q": "カナリア"})
    monkeypatch.setitem(QUERIES, "api:find_documents", {"text": "canary"})
    monkeypatch.setitem(BODIES, "letter_whole", {"lang": "ja"})
    made = Visitor(hana)
    made.case = case.public_id
    return made


def told(answer) -> str:
    """All that an answer says, unpacked."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = raw.decode(errors="replace")
    return said + _inside(raw)


def _inside(raw: bytes) -> str:
    if raw[:5] == b"%PDF-":
        pages = pypdfium2.PdfDocument(raw)
        return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")
    if raw[:2] == b"PK":
        try:
            with ZipFile(io.BytesIO(raw)) as packed:
                return "".join(_inside(packed.read(name)) for name in packed.namelist())
        except BadZipFile:
            return ""
    return raw.decode(errors="replace")


def holes(visitor, names: Collection[str] = ()) -> tuple[list[str], int]:
    """Doors that hand out what they must not, and how many have shown a canary rightly. `names`: of these alone."""
    found, shown = [], 0
    for address in (*doors_of_a_case(), *doors_of_lists()):
        if names and address.name not in names:
            continue
        for method in ("get", "post"):
            before = SealedRead.objects.count()
            answer = visitor.knock(address, visitor.case if "case" in address.parameters else "", method)
            said = told(answer)
            if answer.status_code >= 400 or not any(one in said for one in CANARIES):
                continue
            logged = SealedRead.objects.count() > before
            on_page = answer["Content-Type"].startswith("text/html")
            shown += logged and on_page
            if not logged or not on_page:
                found.append(f"{method} {address.name}: {'logged' if logged else 'not logged'}")
    return found, shown


def test_nothing_sealed_leaves_unapproved_and_nothing_is_shown_unlogged(inside):
    found, shown = holes(inside)
    assert found == [] and shown >= 2 and not Copy.objects.exists()
    assert decisions.faults() == []


def test_a_door_without_gate_is_found(inside, monkeypatch):
    """Planted: every way out is open."""
    for where in ("kaname.access.custody.gate", "kaname.access.bundles", "kaname.papers.shelf",
                  "kaname.papers.previews", "kaname.papers.letters.compose",
                  "kaname.papers.packages.make"):  # fmt: skip
        monkeypatch.setattr(f"{where}.leaving", lambda *_: gate.Pass())
    out = {"document", "letter_whole", "package", "api:get_document", "api:reveal_value"}
    assert {line.split()[1].rstrip(":") for line in holes(inside, out)[0]} == out


def test_a_door_that_does_not_log_is_found(inside, monkeypatch):
    """Planted: readings are handed out and not written down."""
    monkeypatch.setattr(bulk, "within", lambda *_: None)
    monkeypatch.setattr(decisions, "read", lambda *_, **__: None)
    assert any("not logged" in line for line in holes(inside, ("case_sealed", "paper"))[0])
