"""Documents lie as ciphertext that opens whole and in its own place, or not at all; only listed kinds are taken."""

import random
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from figures import tries
from kaname.access.models import new_id
from kaname.ledger.errors import CannotOpen
from kaname.papers import vault
from kaname.papers.media import Sniffer

SEGMENT = 1 << 20


def stored(content, id=None):
    writer = vault.Writer(id or new_id())
    for start in range(0, len(content), 70_000):
        writer.write(content[start : start + 70_000])
    return writer.close()


def read(of, key=None, size=None):
    return b"".join(vault.pieces(of.id, key or of.key, size or of.stored_size))


@pytest.mark.parametrize("size", [1, 65_536, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT])
def test_what_goes_in_comes_out(size):
    content = random.Random(size).randbytes(size)
    of = stored(content)
    assert read(of) == content
    raw = vault.path_of(of.id).read_bytes()
    assert (of.size, of.stored_size, of.stored_sha256) == (size, len(raw), vault.stored_digest(of.id))
    assert size < 64 or content[:64] not in raw
    assert [p.name for p in vault.folder().iterdir()] == [of.id]
    assert vault.path_of(of.id).stat().st_mode & 0o777 == 0o600


def test_every_cut_fails_at_borders_and_at_sampled_places(own_home):
    """Also where the row's size was changed to fit: the cipher itself must notice."""
    of = stored(random.Random(1).randbytes(3 * SEGMENT))
    path, lot = vault.path_of(of.id), random.Random(2)
    whole = path.read_bytes()
    borders = {k * SEGMENT + d for k in range(4) for d in range(-2, 3)}
    cuts = sorted(
        {c for c in borders if 0 <= c < len(whole)} | set(lot.sample(range(len(whole)), tries(150, ci=400, soak=4096)))
    )
    for cut in cuts:
        path.write_bytes(whole[:cut])
        with pytest.raises(CannotOpen):
            read(of, size=cut or -1)
        with pytest.raises(CannotOpen):
            next(vault.pieces(of.id, of.key, of.stored_size))  # before the first byte
    path.write_bytes(whole + b"\0")
    with pytest.raises(CannotOpen):
        read(of, size=len(whole) + 1)


def test_a_reader_that_takes_the_end_of_the_file_for_the_end_is_found(own_home, monkeypatch):
    """Planted: what a cut at a border leaves is handed out as if it were whole, as a real reader once did."""

    def lenient(stream, piece):
        with stream:
            while piece:
                yield piece
                try:
                    piece = stream.read(vault.PIECE)
                except vault.tink.TinkError:
                    return

    of = stored(random.Random(1).randbytes(3 * SEGMENT))
    path = vault.path_of(of.id)
    path.write_bytes(path.read_bytes()[: 2 * SEGMENT])
    with pytest.raises(CannotOpen):
        read(of, size=2 * SEGMENT)
    monkeypatch.setattr(vault, "_pieces", lenient)
    assert 0 < len(read(of, size=2 * SEGMENT)) < 3 * SEGMENT


def test_segments_swapped_and_bits_turned_fail():
    of = stored(random.Random(3).randbytes(3 * SEGMENT))
    path, lot = vault.path_of(of.id), random.Random(4)
    whole = path.read_bytes()
    swapped = whole[:SEGMENT] + whole[2 * SEGMENT : 3 * SEGMENT] + whole[SEGMENT : 2 * SEGMENT] + whole[3 * SEGMENT :]
    path.write_bytes(swapped)
    with pytest.raises(CannotOpen):
        read(of)
    for _ in range(60):
        spot = lot.randrange(len(whole))
        path.write_bytes(whole[:spot] + bytes([whole[spot] ^ 1 << lot.randrange(8)]) + whole[spot + 1 :])
        with pytest.raises(CannotOpen):
            read(of)


def test_a_document_in_the_place_of_another_does_not_open():
    one, other = stored(b"one"), stored(b"two")
    raw = vault.path_of(one.id).read_bytes()
    vault.path_of(other.id).write_bytes(raw)
    for key in (one.key, other.key):
        with pytest.raises(CannotOpen):
            read(other, key)


def test_a_large_document_needs_little_memory():
    tracemalloc.start()
    writer = vault.Writer(new_id())
    for _ in range(300):
        writer.write(bytes(100_000))
    of = writer.close()
    assert sum(len(piece) for piece in vault.pieces(of.id, of.key, of.stored_size)) == 30_000_000
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_what_is_dropped_leaves_nothing():
    writer = vault.Writer(new_id())
    writer.write(b"secret")
    writer.drop()
    assert list(vault.folder().iterdir()) == []


# -- kinds ------------------------------------------------------------------------------------------------------------


def office_file(*names):
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for name in ("[Content_Types].xml", *names):
            file.writestr(name, "<x/>" * 3000)
    return raw.getvalue()


KINDS = [
    (b"%PDF-1.7\n...", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
    (b"\xff\xd8\xff\xe0\0", "image/jpeg"),
    (office_file("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (office_file("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (office_file("xl/workbook.xml", "xl/vbaProject.bin"), None),
    (office_file("word/document.xml", "xl/workbook.xml"), None),
    (office_file("ppt/presentation.xml"), None),
    ("件名,日付\r\n凧,2026-05-01\r\n".encode(), "text/plain"),
    ("件名,日付\r\n".encode("cp932"), "text/plain"),
    ('\ufeff{"a": 1}'.encode(), "application/json"),
    (b'  <?xml version="1.0"?><a/>', "application/xml"),
    (b"MZ\x90\0\x03", None),
    (b"\x7fELF\x02\x01\x01\0", None),
    (b"PK\x05\x06" + bytes(18), None),
    (b"plain with a \0 in it", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
    (b"", None),
]


@pytest.mark.parametrize("step", [1, 7, 1000])
@pytest.mark.parametrize("number", range(len(KINDS)))
def test_a_kind_is_told_by_the_bytes_however_they_come(number, step):
    content, expected = KINDS[number]
    sniffer = Sniffer()
    for start in range(0, len(content), step):
        sniffer.feed(content[start : start + step])
    assert sniffer.media_type() == expected
