"""Documents through the doors: handed in, named by an act, handed out with a line in the log, kept and copied safe."""

import re
import tarfile
import tempfile
from datetime import timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ledger_kinds import KINDS

from access.folk import circle, key, person, recorded
from kaname.access import api as access
from kaname.access.models import SealedRead, new_id
from kaname.cli import root
from kaname.ledger import clock, sealing
from kaname.ledger.errors import CannotOpen, UnknownCase
from kaname.ledger.models import Case, Entry, SealingKey
from kaname.papers import shelf, upkeep, vault
from kaname.papers.api import NotTaken, fetch, papers
from kaname.papers.binding import Binding, bind_late
from kaname.papers.models import Document
from kaname.procedure import Entry as Act
from kaname.procedure import Refused

KIND, CHECK = "patents.application", "patents.prior_confirmation"
PDF = b"%PDF-1.7\n" + "カナリア図面".encode() * 40
DAY = clock.today() - timedelta(days=30)


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", sealed=True)


def put(who, content=PDF, name="図面.pdf", case=""):
    writer = vault.Writer(new_id())
    writer.write(content)
    return shelf.keep(who, writer.close(), name, case)


def content(opened):
    return b"".join(opened.pieces)


def filed(who, **data):
    entry = Act("first_review.file", DAY, {"title": "凧", **data}, by="applicant", party="架空社")
    return recorded(access.open_case(who, KIND, entry, idempotency_key=key())).case


# -- handed in ---------------------------------------------------------------------------------------------------------


def test_what_is_handed_in_is_had_back_by_who_handed_it_in(hana):
    paper = put(hana)
    assert (paper.name, paper.media_type, paper.size) == ("図面.pdf", "application/pdf", len(PDF))
    found = fetch(hana, paper.id)
    assert (content(found), found.name) == (PDF, "図面.pdf")
    with pytest.raises(access.Unknown):
        fetch(person("Other", "applicant", sealed=True), paper.id)


def test_name_content_and_digest_lie_nowhere_in_clear(hana, own_home):
    paper = put(hana, name="カナリア名.pdf", case=filed(hana))
    row = Document.objects.values().get(public_id=paper.id)
    for secret in ("カナリア", shelf.told(Document.objects.get())["sha256"]):
        assert secret not in repr(row)
        assert secret.encode() not in bytes(row["sealed"])
        assert not any(secret.encode() in p.read_bytes() for p in vault.folder().iterdir())


@pytest.mark.parametrize(("raw", "match"), [(b"MZ\x90\0", "not taken"), (b"", "not taken")])
def test_what_is_not_taken_leaves_nothing(hana, raw, match):
    with pytest.raises(NotTaken, match=match):
        put(hana, raw)
    assert not Document.objects.exists()
    assert list(vault.folder().iterdir()) == []


def test_a_day_has_limits_for_each_case(hana, monkeypatch):
    one, other = filed(hana), filed(hana)
    monkeypatch.setattr(shelf, "MOST_FILES", 2)
    put(hana, case=one), put(hana, case=one)
    with pytest.raises(NotTaken, match="a day"):
        put(hana, case=one)
    put(hana, case=other)
    monkeypatch.setattr(shelf, "MOST_BYTES", len(PDF))
    with pytest.raises(NotTaken, match="a day"):
        put(hana, case=other)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\図.pdf", "図.pdf"), ("a\u202efdp.exe", "afdp.exe"), ("..", "document"),
     ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("a\r\nSet-Cookie: b", "aSet-Cookie: b")],
)  # fmt: skip
def test_a_name_is_only_a_name(given, kept):
    assert shelf.clean(given) == kept


# -- named by an act -------------------------------------------------------------------------------------------------


def test_an_act_that_opens_a_case_binds_its_document(hana):
    paper = put(hana)
    case = filed(hana, claims=paper.reference)
    document = Document.objects.get()
    assert (document.case.public_id, document.opening, document.veiled) == (case, "", True)
    assert access.reveal(hana, case, 1, "claims") == paper.reference
    assert paper.reference not in Entry.objects.get(case__public_id=case).data
    assert [p.id for p in papers(hana, case)] == [paper.id]


def claimed(who, reference, case=None, field="drawings", kind_id=CHECK):
    return Binding().claim(who, kind_id, case, Act("x", DAY, {field: reference}), key())


def test_what_an_act_names_must_be_there_and_be_what_it_was(hana):
    paper = put(hana)
    other = person("Other", "applicant", sealed=True)
    for who, reference in (
        (hana, f"document:{'a' * 16}:{'0' * 64}"),
        (hana, paper.reference[:-1] + ("0" if paper.reference[-1] != "0" else "1")),
        (other, paper.reference),
    ):
        answer = claimed(who, reference)
        assert isinstance(answer, Refused) and answer.reasons[0].field == "drawings"
    assert Document.objects.get().claimed_at is None
    assert claimed(hana, "図面1") is None  # a name that is no reference is left as it is
    assert claimed(hana, paper.reference) is None
    assert Document.objects.get().claimed_at


def test_a_document_of_one_case_is_not_named_in_another(hana):
    one, other = (Case.objects.get(public_id=filed(hana)) for _ in range(2))
    paper = put(hana, case=one.public_id)
    assert claimed(hana, paper.reference, other).reasons[0].code == "document"
    assert claimed(hana, paper.reference, one) is None


def test_an_open_field_lifts_the_veil_and_a_sealed_one_lays_it_back(hana):
    ren = person("Ren", "jpo")
    case = filed(hana)
    row = Case.objects.get(public_id=case)
    paper = put(hana, case=case)
    assert papers(ren, case) == []  # no act has named it
    claimed(hana, paper.reference, row, "application_number", KIND)
    assert [p.name for p in papers(ren, case)] == ["図面.pdf"]
    assert content(fetch(ren, paper.id)) == PDF
    claimed(hana, paper.reference, row, "claims", KIND)
    assert content(fetch(ren, paper.id)) == PDF  # the act may be refused: the veil comes with its receipt
    Binding().bind(case, Act("x", DAY, {"claims": paper.reference}))
    assert [p.name for p in papers(ren, case)] == [""]
    with pytest.raises(access.NotAllowed):
        fetch(ren, paper.id)


def test_an_act_that_is_refused_hides_no_document_of_others(hana):
    """A party that may act names what lies open in a sealed field, in an act that the law does not have."""
    ren, kumo = person("Ren", "jpo"), person("Kumo", "applicant", party="架空社")
    case = filed(hana)
    paper = put(hana, case=case)
    claimed(hana, paper.reference, Case.objects.get(public_id=case), "application_number", KIND)
    for act in ("first_review.file", "no.such_act"):
        answer = access.act(kumo, case, Act(act, DAY, {"claims": paper.reference}), idempotency_key=key())
        assert isinstance(answer, Refused)
    assert content(fetch(ren, paper.id)) == PDF


def test_nobody_uses_up_the_day_of_another(hana, monkeypatch):
    """Who only reads a case could else keep its parties from filing on the last day."""
    monkeypatch.setattr(shelf, "MOST_FILES", 2)
    case, ren = filed(hana), person("Ren", "jpo", may_act=False)
    put(ren, case=case), put(ren, case=case)
    with pytest.raises(NotTaken, match="a day"):
        put(ren, case=case)
    put(hana, case=case)
    waiting = put(hana)
    assert claimed(hana, waiting.reference, Case.objects.get(public_id=case)) is None


def test_a_crash_between_act_and_binding_is_made_good(hana, monkeypatch):
    paper, opening = put(hana), key()
    monkeypatch.setattr(Binding, "bind", lambda *_: None)
    act = Act("first_review.file", DAY, {"title": paper.reference}, by="applicant", party="架空社")
    case = recorded(access.open_case(hana, KIND, act, idempotency_key=opening)).case
    Document.objects.update(at=clock.now() - timedelta(days=90))
    assert Document.objects.get().case is None
    assert upkeep.collect().bound == 1
    assert Document.objects.get().case.public_id == case
    assert bind_late() == 0


# -- handed out --------------------------------------------------------------------------------------------------------


def test_each_reading_is_written_down_before_the_first_byte(hana, monkeypatch):
    case = filed(hana)
    paper = put(hana, case=case)
    fetch(hana, paper.id)  # not one byte taken
    assert list(SealedRead.objects.values_list("field", "door")) == [(f"document {paper.id}", "document")]

    def full(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(shelf, "log_read", full)
    with pytest.raises(OSError, match="no room"):
        fetch(hana, paper.id)


def test_a_document_of_a_hidden_case_is_not_there(hana):
    case = filed(hana)
    paper = put(hana, case=case)
    access.place(hana, case, circle("輪", hana).public_id)
    outside = person("Outside", "applicant", sealed=True)
    with pytest.raises(access.Unknown):
        fetch(outside, paper.id)
    with pytest.raises(UnknownCase):
        papers(outside, case)
    assert content(fetch(hana, paper.id)) == PDF
    key_of = SealingKey.objects.get(pk=sealing.key_of(bytes(Document.objects.get().sealed)))
    assert key_of.circle == Document.objects.get().case.circle != ""


def test_a_file_that_was_changed_is_not_handed_out_and_verify_names_it(hana):
    case = filed(hana)
    one, other, sound = (put(hana, case=case) for _ in range(3))
    vault.path_of(one.id).unlink()
    raw = bytearray(vault.path_of(other.id).read_bytes())
    raw[-1] ^= 1
    vault.path_of(other.id).write_bytes(raw)
    for paper in (one, other):
        with pytest.raises(CannotOpen):
            fetch(hana, paper.id)
    assert content(fetch(hana, sound.id)) == PDF
    assert [(f.case, one.id in f.text.en, other.id in f.text.en) for f in upkeep.faults()] == [
        (case, True, False), (case, False, True),
    ]  # fmt: skip


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def client(hana):
    client = Client()
    client.force_login(hana, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def sent(client, content=PDF, url="/documents/", name="図面.pdf"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def test_a_file_goes_in_and_comes_out_as_a_download(client, hana):
    case = filed(hana)
    answer = sent(client, url=f"/cases/{case}/documents/")
    assert answer.status_code == 201
    told = answer.json()
    assert told["name"] == "図面.pdf"
    found = client.get(f"/documents/{told['reference'].split(':')[1]}/")
    assert b"".join(found.streaming_content) == PDF
    assert found["Content-Disposition"].startswith("attachment;")
    assert (found["X-Content-Type-Options"], found["Content-Type"]) == ("nosniff", "application/pdf")
    assert found["Cache-Control"] == "no-store"
    assert SealedRead.objects.count() == 1


def test_bad_files_are_told_and_leave_nothing(client, monkeypatch):
    assert sent(client, b"MZ\x90\0").status_code == 422
    assert sent(client, b"").status_code == 422
    assert client.post("/documents/").status_code == 400
    monkeypatch.setattr(shelf, "LARGEST", 100_000)
    assert sent(client, bytes(200_000)).status_code == 422
    assert not Document.objects.exists()
    assert list(vault.folder().iterdir()) == []


def test_a_form_without_its_token_or_login_takes_no_file(hana):
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict).status_code == 302
    strict.force_login(hana, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert sent(strict).status_code == 403
    assert not Document.objects.exists()
    assert not vault.folder().exists() or list(vault.folder().iterdir()) == []


def test_nothing_lies_in_clear_while_a_file_comes_in(client, monkeypatch):
    """Django's own handlers would write a temporary file."""

    def planted(*args, **more):
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", planted)
    assert sent(client, b"%PDF-" + bytes(5_000_000)).status_code == 201


# -- kept safe -------------------------------------------------------------------------------------------------------


def test_only_what_no_act_has_named_is_collected(hana):
    case = filed(hana)
    waiting, named, young = put(hana), put(hana, case=case), put(hana)
    claimed(hana, named.reference, Case.objects.get(public_id=case))
    Document.objects.exclude(public_id=young.id).update(at=clock.now() - timedelta(days=31))
    assert upkeep.collect().documents == 1
    assert {p.name for p in vault.folder().iterdir()} == {named.id, young.id}
    assert {d.public_id for d in Document.objects.all()} == {named.id, young.id}
    with pytest.raises(access.Unknown):
        fetch(hana, waiting.id)


def test_a_copy_holds_ciphertext_only_and_brings_back_what_is_missing(hana, tmp_path):
    assert upkeep.pack(tmp_path / "none.tar") == 0
    assert not (tmp_path / "none.tar").exists()
    one, other = put(hana), put(hana)
    assert upkeep.pack(tmp_path / "b.tar") == 2
    assert "カナリア".encode() not in (tmp_path / "b.tar").read_bytes()
    vault.path_of(one.id).unlink()
    assert upkeep.unpack(tmp_path / "b.tar") == 1
    assert upkeep.faults() == []
    assert content(fetch(hana, one.id)) == content(fetch(hana, other.id)) == PDF


def test_a_copy_with_other_names_in_it_writes_nothing_elsewhere(own_home, db):
    with tarfile.open(own_home / "b.tar", "w") as tar:
        for name in ("../sealing_key", "/tmp/x", "a" * 15, "sealing_key"):
            info = tarfile.TarInfo(name)
            info.size = 1
            tar.addfile(info, BytesIO(b"x"))
    before = set(own_home.rglob("*"))
    assert upkeep.unpack(own_home / "b.tar") == 0
    assert set(own_home.rglob("*")) - before <= {own_home / "documents"}


def test_on_both_databases(office):
    hana = person("Hana", "applicant", sealed=True)
    apply = Act("permit.apply", DAY, {"name": "K", "size": "small"}, by="applicant", party="K")
    case = recorded(access.open_case(hana, "small.permit", apply, idempotency_key=key())).case
    paper = put(hana, case=case)
    assert content(fetch(hana, paper.id)) == PDF
    access.place(hana, case, circle("輪", hana).public_id)
    assert content(fetch(hana, paper.id)) == PDF
    assert re.fullmatch(r"document:[a-z2-7]{16}:[0-9a-f]{64}", paper.reference)
    assert SealedRead.objects.count() == 2


def test_backup_verify_and_restore_from_the_command_line(sqlite_office, own_home, monkeypatch):
    monkeypatch.setattr("kaname.regimes.KINDS", KINDS)
    monkeypatch.chdir(own_home)

    def kaname(*args, status=0):
        found = CliRunner().invoke(root, args, env={"KANAME_LANG": "en"})
        assert found.exit_code == status, (found.output, found.exception)
        return found.output

    hana = person("Hana", "applicant", sealed=True)
    apply = Act("permit.apply", DAY, {"name": "K", "size": "small"}, by="applicant", party="K")
    case = recorded(access.open_case(hana, "small.permit", apply, idempotency_key=key())).case
    assert "documents" not in kaname("backup", "none.sqlite3")
    assert not (own_home / "none.sqlite3.documents.tar").exists()
    paper = put(hana, case=case)
    assert "1 documents, encrypted: b.sqlite3.documents.tar" in kaname("backup", "b.sqlite3")
    vault.path_of(paper.id).unlink()
    assert f"document {paper.id} has lost its file" in kaname("verify", status=1)
    assert "has lost" not in kaname("restore", "b.sqlite3")
    assert content(fetch(hana, paper.id)) == PDF
    assert "0 faults" in kaname("verify")
    assert "0 documents and 0 stray files removed" in kaname("papers")
    (own_home / "b.sqlite3.documents.tar").unlink()
    vault.path_of(paper.id).unlink()
    assert f"document {paper.id} has lost its file" in kaname("restore", "b.sqlite3", status=1)
