"""Papers behind certificates: sealed like the passport, opened by whom it concerns, each opening on record."""

import io
from datetime import timedelta

import pytest

from access.folk import person
from infrastructure.filing_world import told
from kaname.access.errors import Unproved
from kaname.access.models import SealedRead
from kaname.ledger import clock
from kaname.papers import shelf, upkeep, vault
from kaname.papers.api import NotTaken
from kaname.papers.models import Document
from kaname.vendors import api
from kaname.vendors.models import File
from vendors.vendor_world import KIND, OPERATOR

PDF = b"%PDF-1.7\n" + "カナリア旅券".encode() * 50


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch, land):
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setattr(vault, "folder", lambda: folder)
    return folder


def given(seat, name: str = "登記.pdf", content: bytes = PDF):
    return api.take(seat.who, seat.vendor, io.BytesIO(content), name)


def with_files(seat) -> tuple[str, str]:
    """A version with a registry certificate and an officer's passport; the ids of their files."""
    registry, officer = given(seat), given(seat, "旅券.pdf")
    held = [{"sort": "registry", "issued_on": "2025-04-01", "file": registry.reference},
            {"sort": "officer", "about": 1, "expires_on": "2040-01-01", "file": officer.reference}]  # fmt: skip
    seat.publish(certificates=held)
    return registry.id, officer.id


def read(opened) -> bytes:
    return b"".join(opened.pieces)


def logged() -> list[tuple[str, str]]:
    return [(r.person.name, r.field) for r in SealedRead.objects.select_related("person").order_by("pk")]


def test_a_file_lies_encrypted_and_the_draft_holds_its_reference(land, own_home):
    seat = land.vendor()
    paper = given(seat)
    assert (
        PDF not in (own_home / paper.id).read_bytes() and "カナリア".encode() not in (own_home / paper.id).read_bytes()
    )
    number = api.draft(seat.who, seat.vendor).number
    api.save(seat.who, seat.vendor, told(certificates=[{"sort": "registry", "file": paper.reference}]), number)
    assert api.draft(seat.who, seat.vendor).problems == []
    assert read(api.open_own(seat.who, seat.vendor, paper.id)) == PDF
    assert [p.name for p in api.handed_in(seat.who, seat.vendor)] == ["登記.pdf"]
    assert logged() == [(seat.who.name, f"file {paper.id}")]


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"", b"PK\x03\x04xl/workbook.xml vbaProject.bin"])
def test_what_is_no_paper_is_not_taken(land, content):
    seat = land.vendor()
    with pytest.raises(NotTaken):
        given(seat, content=content)
    assert File.objects.count() == Document.objects.count() == 0


def test_another_vendors_file_is_no_file_of_mine(land):
    seat, other = land.vendor(), land.vendor()
    theirs = given(other)
    with pytest.raises(api.NotReadable) as wrong:
        seat.publish(certificates=[{"sort": "registry", "issued_on": "2025-04-01", "file": theirs.reference}])
    assert "certificates[1].file" in wrong.value.text.en
    with pytest.raises(api.Unknown):
        api.open_own(seat.who, seat.vendor, theirs.id)
    with pytest.raises(api.Unknown):
        api.take(seat.who, other.vendor, io.BytesIO(PDF), "a.pdf")
    with pytest.raises(api.Unknown):  # and not by the door of documents either
        other.publish(certificates=[{"sort": "registry", "issued_on": "2025-04-01", "file": theirs.reference}])
        shelf.fetch(other.who, theirs.id)


def test_what_the_draft_let_go_is_collected_and_what_a_version_names_stays(land, monkeypatch):
    seat = land.vendor()
    kept, _ = with_files(seat)
    loose = given(seat, "違う.pdf")
    number = api.draft(seat.who, seat.vendor).number
    api.save(seat.who, seat.vendor, told(certificates=[{"sort": "registry", "file": loose.reference}]), number)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(40))
    upkeep.collect()
    assert Document.objects.filter(public_id__in=[kept, loose.id]).count() == 2
    api.save(seat.who, seat.vendor, told(), number + 1)
    assert upkeep.collect().documents == 1
    assert not Document.objects.filter(public_id=loose.id).exists()
    assert not File.objects.filter(document__public_id=loose.id).exists()
    assert read(api.open_own(seat.who, seat.vendor, kept)) == PDF and not upkeep.faults()


def test_the_operator_opens_them_only_as_far_as_the_vendor_consents(land):
    seat = land.vendor()
    registry, officer = with_files(seat)
    land.attached(seat)  # officers and certificates veiled
    reader = person("Oda", "operator", kind=KIND, party=OPERATOR, sealed=True)
    for who in (land.ono, reader):
        with pytest.raises(api.NotAllowed):
            api.open_in_preparation(who, land.plan, seat.vendor, registry)
    land.attached(seat, veil=())
    assert read(api.open_in_preparation(land.ono, land.plan, seat.vendor, registry)) == PDF
    with pytest.raises(api.NotAllowed):  # about a person: only for who may read what is sealed
        api.open_in_preparation(land.ono, land.plan, seat.vendor, officer)
    with pytest.raises(Unproved):  # at a page, whoever may is asked again who they are; for an open one nobody is
        api.open_in_preparation(reader, land.plan, seat.vendor, officer, proved=False)
    assert read(api.open_in_preparation(reader, land.plan, seat.vendor, officer)) == PDF
    land.attached(seat, veil=("officers",))
    with pytest.raises(api.NotAllowed):
        api.open_in_preparation(reader, land.plan, seat.vendor, officer)
    for stranger in (land.oka, land.mina):
        with pytest.raises(api.Unknown):
            api.open_in_preparation(stranger, land.plan, seat.vendor, registry)
    api.revoke(seat.who, seat.vendor, api.of_vendor(seat.who, seat.vendor).first().public_id)
    with pytest.raises(api.Unknown):
        api.open_in_preparation(land.ono, land.plan, seat.vendor, registry)
    assert [who for who, _ in logged()] == ["Ono", "Oda"]
    told_of = [(r.who, r.what) for r in api.readings(seat.who, seat.vendor)]
    assert told_of == [("Oda", f"file {officer} in plan {land.plan}"), ("Ono", f"file {registry} in plan {land.plan}")]


def test_the_authority_opens_them_in_the_plan_that_was_filed(land):
    seat = land.vendor()
    registry, officer = with_files(seat)
    number = api.versions(seat.who, seat.vendor)[0].number
    case = land.filed(land.attached(seat, veil=("officers",)))
    assert read(api.open_in_case(land.mori, case, seat.vendor, number, registry, proved=False)) == PDF
    with pytest.raises(api.NotAllowed):
        api.open_in_case(land.mori, case, seat.vendor, number, officer)
    with pytest.raises(Unproved):
        api.open_in_case(land.mina, case, seat.vendor, number, officer, proved=False)
    assert read(api.open_in_case(land.mina, case, seat.vendor, number, officer)) == PDF
    api.revoke(seat.who, seat.vendor, api.of_vendor(seat.who, seat.vendor).first().public_id)
    assert read(api.open_in_case(land.mina, case, seat.vendor, number, registry)) == PDF  # what was filed stays
    for who, at in ((land.ono, number), (seat.who, number), (land.mina, number + 1)):
        with pytest.raises(api.Unknown):
            api.open_in_case(who, case, seat.vendor, at, registry)
    assert [who for who, _ in logged()] == ["Mori", "Mina", "Mina"]
    assert SealedRead.objects.exclude(case=None).count() == 3


def test_a_file_that_is_veiled_is_the_authoritys_alone(land):
    seat = land.vendor()
    registry, _ = with_files(seat)
    number = api.versions(seat.who, seat.vendor)[0].number
    case = land.filed(land.attached(seat))
    with pytest.raises(api.NotAllowed):
        api.open_in_case(land.mori, case, seat.vendor, number, registry)
    assert read(api.open_in_case(land.mina, case, seat.vendor, number, registry)) == PDF


def test_an_operator_opening_officers_data_is_written_down_and_told_to_the_vendor(land):
    seat = land.vendor()
    land.attached(seat, veil=("certificates",))
    reader = person("Oda", "operator", kind=KIND, party=OPERATOR, sealed=True)
    with pytest.raises(api.NotAllowed):
        api.reveal_to_operator(land.ono, land.plan, seat.vendor)
    assert logged() == []
    assert api.reveal_to_operator(reader, land.plan, seat.vendor).officers
    (line,) = api.readings(seat.who, seat.vendor)
    assert (line.who, line.what) == ("Oda", f"passport 1 in plan {land.plan}")
    with pytest.raises(api.Unknown):
        api.readings(land.ono, seat.vendor)


def test_nothing_is_handed_out_where_the_log_cannot_be_written(land, monkeypatch):
    seat = land.vendor()
    land.attached(seat, veil=())
    reader = person("Oda", "operator", kind=KIND, party=OPERATOR, sealed=True)

    def full(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr("kaname.access.sealed.SealedRead.objects.bulk_create", full)
    with pytest.raises(OSError):
        api.reveal_to_operator(reader, land.plan, seat.vendor)
