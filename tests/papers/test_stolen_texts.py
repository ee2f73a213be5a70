"""Who steals the database finds no word of a document, whether its text is indexed or waits for that."""

from pathlib import Path

import pytest

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.ledger.backup import backup
from kaname.papers import postings, previews, texts
from kaname.papers.api import find
from kaname.papers.models import Block
from kaname.procedure import Entry as Act
from kaname.site.home import home
from ledger.test_sealing import found_in
from papers.test_documents import DAY, put
from papers.test_texts import page_of, word

CANARY = "Kanarienvogel-8241-機密図面"


@pytest.fixture
def full(office, monkeypatch):
    """An office whose papers say the canary: in text, in a PDF and its small pages, in a name; some in a block."""
    monkeypatch.setattr(postings, "TAIL", 2)
    hana = person("Hana", "applicant", sealed=True)
    apply = Act("permit.apply", DAY, {"name": "offen-4711-公開", "size": "small"}, by="applicant", party="K")
    case = recorded(access.open_case(hana, "small.permit", apply, idempotency_key=key())).case
    for content in (CANARY.encode(), page_of(CANARY), word("x", CANARY)):
        put(hana, content, f"{CANARY}.x", case)
    texts.read_waiting()
    assert Block.objects.exists()
    last = put(hana, CANARY.encode() * 2, "a.txt", case)
    monkeypatch.setattr(postings, "TAIL", 99)
    texts.read_waiting()
    pdf = next(hit.document for hit in find(hana, CANARY).hits if hit.media_type == "application/pdf")
    previews.small(hana, case, pdf, 1)
    assert len(find(hana, CANARY[:5]).hits) == 4 and find(hana, "機密図面").hits[0].document == last.id
    return office


def test_no_word_of_a_document_lies_in_a_stolen_database(full):
    if full.vendor == "postgresql":
        full.superuser("CHECKPOINT")
        files = [p for p in Path(full.cluster, "d").rglob("*") if p.is_file()]
    else:
        files = [full.path, full.path.with_name("kaname.sqlite3-wal")]
        backup(home() / "stolen.sqlite3")
        files += [p for p in home().rglob("*") if p.is_file() and not p.name.endswith("_key")]
    assert found_in("offen-4711-公開", *files)  # the sweep does find what lies open
    for words in (CANARY, "Kanarienvogel-8241", "機密図面"):
        assert found_in(words, *(p for p in files if p.exists())) == set()
