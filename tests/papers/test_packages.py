"""The filing package: form -> workbook -> form again, for every filing of the worked cases; and packages that lie."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.access.custody import requests
from kaname.access.models import SealedRead
from kaname.files.problems import BadInput
from kaname.ledger import api as ledger
from kaname.papers import api as papers
from kaname.papers import inventory, packages
from kaname.papers.letters import NotIssued
from kaname.papers.packages.make import FILINGS
from kaname.procedure import Refused
from kaname.procedure.index import index
from kaname.regimes import KINDS
from papers.test_letters import words
from walks import read_ledger
from web import world
from web.test_case_pages import login, text

TESTS = Path(__file__).parents[1]
REGIMES = ("patents", "infrastructure", "supply")


def worked(regime: str, most: int = 12):
    """Some worked cases of a regime, with their kinds."""
    found = []
    for file in sorted((TESTS / regime / "cases").glob("*.jsonl")):
        entries = read_ledger(file)
        kinds = [k for k in KINDS.values() if k.id.startswith(f"{regime}.")
                 and all(e.act in index(k).acts or "." not in e.act for e in entries)]  # fmt: skip
        if kinds:
            found.append((kinds[0], entries))
    return found[:: max(1, len(found) // most)][:most]


def record(kind, entries) -> str | None:
    """A worked case as far as the ledger takes it."""
    first, *rest = entries
    made = ledger.open_case(kind.id, first, idempotency_key=key())
    if isinstance(made, Refused):
        return None
    for entry in rest:
        if isinstance(ledger.perform(made.case, entry, idempotency_key=key(), happened=True), Refused):
            break
    return made.case


@pytest.mark.django_db
@pytest.mark.parametrize("regime", REGIMES)
def test_every_filing_of_the_worked_cases_comes_back_as_it_was(regime, monkeypatch):
    monkeypatch.setattr(requests, "applies", lambda case: False)  # approvals: tests/access/test_approvals.py
    done = 0
    for kind, entries in worked(regime):
        roles = sorted({r.id for of in index(kind).acts.values() for r in of.act.roles})
        who = person(key(), *roles, kind=kind.id, sealed=True)
        case = record(kind, entries)
        for row in access.recorded(who, case) if case else ():
            of = index(kind).acts.get(row.entry.act)
            if of is None or inventory.sort_of(kind.id, of.name).id not in FILINGS:
                continue
            package = packages.opened("filing.zip", packages.pack(who, case, row.entry.seq))
            wanted = {n: v for n, v in next(e for e in ledger.entries(case) if e.seq == row.entry.seq).data.items()
                      if n != "context"}  # fmt: skip
            left = {of.fields[n].label for n, v in wanted.items() if n in of.fields and str(v).startswith("passport:")}
            assert package.entry.data == {n: v for n, v in wanted.items() if n not in of.fields
                                          or of.fields[n].label not in left}, row.entry.act  # fmt: skip
            entry = row.entry
            assert (package.kind, package.entry.on, package.entry.by) == (kind.id, entry.on, entry.by)
            done += 1
    assert done >= 5, (regime, done)


@pytest.fixture
def folk(db):
    return world.people() | {"clerk": person("clerk", "applicant", kind=world.KIND, sealed=True)}


def pdf() -> bytes:
    from kaname.papers import letters
    from kaname.procedure import Entry

    entry = Entry("first_review.file", world.FILED, {"application_number": "添付"}, by="applicant", party="架空")
    case = world.filed(person(key(), "applicant", kind=world.KIND))
    reader = person(key(), "jpo", kind=world.KIND)
    return letters.pdf(letters.draft(reader, case, entry, "ja"))


@pytest.fixture
def packed(folk):
    """A request for review with its paper, packed; and what was recorded."""
    case = world.filed(folk["clerk"])
    return case, packages.pack(folk["clerk"], case, 1)


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as made:
        return {name: made.read(name) for name in made.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, raw in files.items():
            made.writestr(name, raw)
    return out.getvalue()


def resealed(files: dict[str, bytes]) -> bytes:
    """With a manifest that fits."""
    listed = [{"file": n, "bytes": len(r), "sha256": sha256(r).hexdigest()} for n, r in files.items()
              if n != "manifest.json"]  # fmt: skip
    return zipped(files | {"manifest.json": json.dumps({"format": "kaname-filing/1", "files": listed}).encode()})


def test_a_package_holds_form_data_and_digests_and_is_whole(folk, packed):
    case, raw = packed
    files = parts(raw)
    assert list(files)[:4] == ["manifest.json", "filing.json", "form.pdf", "form.xlsx"]
    filing = json.loads(files["filing.json"])
    assert filing["data"]["title"] == "秘密の発明" and filing["layout"] == "unverified"
    assert "秘密の発明" in words(files["form.pdf"])
    assert SealedRead.objects.filter(door="package", field="title").exists()
    for one in json.loads(files["manifest.json"])["files"]:
        assert sha256(files[one["file"]]).hexdigest() == one["sha256"]
    assert packages.pack(folk["clerk"], case, 1) == raw


def test_who_may_not_read_what_is_sealed_makes_no_package_without_it(folk, packed):
    case, _ = packed
    with pytest.raises(NotIssued, match="sealed"):
        packages.pack(folk["attorney"], case, 1)
    world.act(folk["jpo"], case, "first_review.start_review", world.FILED)
    with pytest.raises(NotIssued):
        packages.pack(folk["jpo"], case, 2)


def test_taken_in_it_is_tried_first_and_recorded_once(folk, packed):
    _, raw = packed
    package = packages.opened("filing.zip", raw)
    assert not isinstance(packages.tried(folk["clerk"], package), Refused)
    one, two = packages.taken(folk["clerk"], package), packages.taken(folk["clerk"], package)
    assert one == two
    assert access.reveal(folk["clerk"], one.case, 1, "title") == "秘密の発明"
    stranger = world.person("stranger", "jpo", kind="supply.plan")
    assert isinstance(packages.taken(stranger, package), Refused)


def test_attachments_go_along_and_are_documents_again(folk):
    clerk = person("both", "foreign_filer", kind="patents.prior_confirmation", sealed=True)
    held = papers.take(clerk, io.BytesIO(pdf()), "図面.pdf")
    kind = KINDS["patents.prior_confirmation"]
    fields = index(kind).acts["prior_confirmation.request"].fields
    document = next(f.id for f in fields.values() if f.type == "document")
    from kaname.procedure import Entry

    data = {
        "japanese_application_filed": False,
        "name": "架空電機",
        "address": "架空市",
        "title": "発明",
        "language": "ja",
        document: held.reference,
    }
    opened = access.open_case(clerk, kind.id, Entry("prior_confirmation.request", world.FILED,
                              {k: v for k, v in data.items() if k in fields}, by="foreign_filer", party="架空電機"),
                              idempotency_key=key())  # fmt: skip
    case = recorded(opened).case
    package = packages.opened("filing.zip", packages.pack(clerk, case, 1))
    (one,) = package.attachments
    assert one.content[:5] == b"%PDF-" and one.name == "図面.pdf" and package.entry.data[document] == one.path
    done = packages.taken(clerk, package)
    (paper,) = papers.papers(clerk, done.case)
    assert paper.name == "図面.pdf" and paper.reference != held.reference


@pytest.mark.parametrize("what", ["changed", "missing", "extra", "no manifest", "not a zip", "outside", "unknown act",
                                  "unknown field", "other workbook", "no workbook", "twice", "bomb"])  # fmt: skip
def test_a_package_that_lies_is_refused_with_its_place_and_nothing_is_written(folk, packed, what):
    _, raw = packed
    files = parts(raw)
    filing = json.loads(files["filing.json"])
    match what:
        case "changed":
            bad = zipped(files | {"form.pdf": b"%PDF-other"})
        case "missing":
            bad = zipped({n: r for n, r in files.items() if n != "form.pdf"})
        case "extra":
            bad = zipped(files | {"attachments/99-x.pdf": b"%PDF-"})
        case "no manifest":
            bad = zipped({n: r for n, r in files.items() if n != "manifest.json"})
        case "not a zip":
            bad = raw[: len(raw) // 2]
        case "outside":
            bad = resealed(files | {"../evil": b"x"})
        case "unknown act":
            bad = resealed(files | {"filing.json": json.dumps(filing | {"act": "no.such"}).encode()})
        case "unknown field":
            bad = resealed(files | {"filing.json": json.dumps(filing | {"data": {"nothing": 1}}).encode()})
        case "other workbook":
            data = filing["data"] | {"application_number": "別の番号"}
            bad = resealed(files | {"filing.json": json.dumps(filing | {"data": data}).encode()})
        case "no workbook":
            bad = resealed({n: r for n, r in files.items() if n != "form.xlsx"})
        case "twice":
            bad = resealed(files).replace(b"form.xlsx", b"form.pdf\x00")[:-1]
        case _:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
                made.writestr("manifest.json", b"{}")
                made.writestr("attachments/01-x", b"\0" * (300 << 20))
            bad = out.getvalue()
    from kaname.ledger.models import Case

    before = Case.objects.count()
    with pytest.raises(BadInput) as told:
        packages.opened("filing.zip", bad)
    assert told.value.problems and Case.objects.count() == before


def test_a_page_takes_a_package_into_a_draft_that_is_checked(folk, packed):
    _, raw = packed
    clerk = login(folk["clerk"])
    assert "一式を取り込む" in text(clerk.get("/new/package/"))
    sent = io.BytesIO(raw)
    sent.name = "filing.zip"
    checked = clerk.post("/new/package/", {"package": sent}, follow=True)
    assert checked.status_code == 200, text(checked)
    assert "確認して記録する" in text(checked) and "秘密の発明" in text(checked)
    bad = io.BytesIO(raw[:500])
    bad.name = "filing.zip"
    refused = clerk.post("/new/package/", {"package": bad})
    assert refused.status_code == 422 and "一式（ZIP）として読めない" in text(refused)
    other = world.person("other", "jpo", kind=world.KIND, password="x")
    sent = io.BytesIO(raw)
    sent.name = "filing.zip"
    assert login(other).post("/new/package/", {"package": sent}).status_code == 422


def test_the_receipt_of_a_filing_leads_to_its_package(folk, packed):
    case, raw = packed
    clerk = login(folk["clerk"])
    assert f"/cases/{case}/letters/1/package.zip" in clerk.get(f"/cases/{case}/receipt/1/").content.decode()
    assert clerk.post(f"/cases/{case}/letters/1/package.zip").content == raw
    assert login(folk["attorney"]).post(f"/cases/{case}/letters/1/package.zip").status_code == 422
