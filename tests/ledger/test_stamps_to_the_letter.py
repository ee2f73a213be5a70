"""Time stamps piece by piece, over one answer kept from a day gone by: what is read of it, what is refused, in which
words.

The answers (BARE without the certificate of who signed) and the root were made once (`time_authority`, on a curve):
certificates and signatures, no secret key. The certificates ran for a minute, and the stamp holds all the same, given
within. Authorities that answer live are in `test_time_stamps`.
"""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from made_by_hand import OFFICE, anchor, text

from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Anchor, TimeStamp
from kaname.ledger.proof import stamps
from kaname.ledger.signed import Untrusted
from kaname.site.home import home

AT = datetime(2026, 11, 27, 11, 22, 22, tzinfo=UTC)
ANSWER = b64decode("""
MIIDbTADAgEAMIIDZAYJKoZIhvcNAQcCoIIDVTCCA1ECAQMxDzANBglghkgBZQMEAgEFADB1BgsqhkiG9w0BCRABBKBmBGQwYgIBAQYEKgMEATAxMA0GCW
CGSAFlAwQCAQUABCBFX2NaY5KL1WFHMP5SZc1DKibIvRlEGkUCWT5eB7zDJAIBAhgPMjAyNjExMjcxMTIyMjJaMAMCAQEBAf8CCHaIXKb1prDJoIIBiTCC
AYUwggEsoAMCAQICFFdWBg2yhz0savBxHQ1U6n7VsLMoMAoGCCqGSM49BAMCMBUxEzARBgNVBAMMCk1paG9uIFJvb3QwHhcNMjYxMTI2MTEyMjIyWhcNMj
YxMTI3MTEyMzIyWjAVMRMwEQYDVQQDDApNaWhvbiBUaW1lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMWRNu7nWq9MfIgdbrwt9HgSUg4ZMtXftMTc6
b59rjGdPZtwxcmThrG3NBO+Zim2Rf0/88LpqBJQTbgXWRarSIKNaMFgwHQYDVR0OBBYEFJ7AduRYDysQ4+hEHgeg2ib8j3zfMB8GA1UdIwQYMBaAFJFSgO
eZt4dSn3emlkHzA85PIS9CMBYGA1UdJQEB/wQMMAoGCCsGAQUFBwMIMAoGCCqGSM49BAMCA0cAMEQCIDllToh6L5vJ1JdVaYOS0Q5nEZGyAbt9ZnypDgl9
zr2iAiBQgFqmG7nSgE1oxdiAALprmNosVinEnaG2K09ZAl/73TGCATUwggExAgEBMC0wFTETMBEGA1UEAwwKTWlob24gUm9vdAIUV1YGDbKHPSxq8HEdDV
TqftWwsygwDQYJYIZIAWUDBAIBBQCggZgwGgYJKoZIhvcNAQkDMQ0GCyqGSIb3DQEJEAEEMBwGCSqGSIb3DQEJBTEPFw0yNjExMjcxMTIyMjJaMCsGCyqG
SIb3DQEJEAIMMRwwGjAYMBYEFE5N0yaK8pXrMoR+Mn9lXXXLr2aTMC8GCSqGSIb3DQEJBDEiBCDX2wZf/5/1PZnCrve5oMhuTNeT6h798j65nn9IeTcEuD
AKBggqhkjOPQQDAgRHMEUCIQCYf5QwKzziOF5ziVr27nEfruq3AoL1sycW2YGwI5mM+wIgBcNw0Fa8/XDKpV/JICRVzcNvJCDsjnTo6YhwWivzrr4=
""")
BARE = b64decode("""
MIIB4DADAgEAMIIB1wYJKoZIhvcNAQcCoIIByDCCAcQCAQMxDzANBglghkgBZQMEAgEFADB1BgsqhkiG9w0BCRABBKBmBGQwYgIBAQYEKgMEATAxMA0GCW
CGSAFlAwQCAQUABCBFX2NaY5KL1WFHMP5SZc1DKibIvRlEGkUCWT5eB7zDJAIBAxgPMjAyNjExMjcxMTIyMjJaMAMCAQEBAf8CCBtGFMmd+ivMMYIBNTCC
ATECAQEwLTAVMRMwEQYDVQQDDApNaWhvbiBSb290AhRXVgYNsoc9LGrwcR0NVOp+1bCzKDANBglghkgBZQMEAgEFAKCBmDAaBgkqhkiG9w0BCQMxDQYLKo
ZIhvcNAQkQAQQwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyNzExMjIyMlowKwYLKoZIhvcNAQkQAgwxHDAaMBgwFgQUTk3TJorylesyhH4yf2VddcuvZpMwLwYJ
KoZIhvcNAQkEMSIEIK7KNIK4dyRv0OvfddVJE278mF5wAx6NY2aovHw6wk4lMAoGCCqGSM49BAMCBEcwRQIgYC2EOjnv+OwwudaaZbBUQ+/uc1z0HovFE5
ahtKk68E4CIQDWpfYPSX+WgrzLkurrpgS7UtYQJah/8FHb9IP0KNstMQ==
""")
ROOT = b"""\
-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUTPMuvbLUUFQ5n+h5uVxGUelmLq0wCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKTWlob24gUm9vdDAeFw0yNjExMjYxMTIyMjJaFw0yNjExMjcx
MTIzMjJaMBUxEzARBgNVBAMMCk1paG9uIFJvb3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT9NKwsD0wQqoOUufUqiERvgzu/DEBuk9jIP0qq2tbbaN4YLtBl3bk2
WjSf4iKVAixWn7U6t0bKZ65JSYL9CGGto1MwUTAdBgNVHQ4EFgQUkVKA55m3h1Kf
d6aWQfMDzk8hL0IwHwYDVR0jBBgwFoAUkVKA55m3h1Kfd6aWQfMDzk8hL0IwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAnCvSsBtm5qb26wB5QrAv
oVCLGZ7XDkREn7JJhT4hwaQCIGXtyX/WHndHlQH+dele3o0Tb42q9n17nTwz5NZo
Sgb/
-----END CERTIFICATE-----
"""
GRANTED = bytes.fromhex("3003020100")  # the first field of an answer; no signature covers it
REFUSED = bytes.fromhex("30053003020102")
NO_STAMP = "is no time stamp of anchor 1 by an authority of time_stamp_roots.pem: "
UNREADABLE = (
    "cannot be read as an answer of RFC 3161 (DER); give the authority's answer to the request (--request) as it came"
)


@pytest.fixture
def kept(sqlite_office, monkeypatch, tmp_path):
    """The anchor that the answer is about, in an office that believes the root."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    (home() / "time_stamp_roots.pem").write_bytes(ROOT)
    return Anchor.objects.create(number=1, made_at="x", digest="x", statement=text(anchor()))


def refused(anchor, answer):
    with pytest.raises(Untrusted) as wrong:
        stamps.take_in(anchor, answer)
    assert wrong.value.text.ja
    return wrong.value.text.en


def keep(number, authority, at="x", answer=b""):
    return TimeStamp.objects.create(number=number, authority=authority, at=at, answer=answer)


def test_the_first_answer_of_each_authority_about_each_anchor_stays(kept):
    others = keep(1, "Another"), keep(2, "Mihon Time")
    one = stamps.take_in(kept, ANSWER)
    assert (one.number, one.authority, one.at, bytes(one.answer)) == (
        1, "Mihon Time", "2026-11-27T11:22:22.000000Z", ANSWER,
    )  # fmt: skip
    assert stamps.take_in(kept, ANSWER).pk == one.pk not in {other.pk for other in others}
    assert stamps.read(kept, ANSWER, stamps.roots()) == (AT, "Mihon Time")
    assert TimeStamp.objects.count() == 3


def test_what_is_no_answer_about_the_anchor_is_refused_in_so_many_words(kept):
    with_changes = ANSWER.replace(GRANTED, GRANTED[:-1] + b"\x01", 1)
    words = bytes.fromhex("300d300b0201023006") + b"\x0c\x01a\x0c\x01b"
    assert refused(kept, words) == "the authority refuses: a; b"
    assert refused(kept, REFUSED) == "the authority refuses: status 2"
    assert refused(kept, with_changes) == NO_STAMP + "PKIStatus is not GRANTED", "which the library does not take"
    assert refused(kept, b"x" * stamps.LARGEST) == UNREADABLE
    assert refused(kept, b"x" * (stamps.LARGEST + 1)) == "the answer has more than 65536 bytes"
    other = Anchor(number=1, statement=kept.statement + " ")
    assert refused(other, ANSWER) == NO_STAMP + "Mismatch between messages"
    assert refused(kept, bytes.fromhex("30053003020100")) == NO_STAMP + "Missing SignedData"
    assert refused(kept, BARE).startswith(NO_STAMP), "nobody can be named"
    assert not TimeStamp.objects.exists()


@pytest.mark.parametrize("roots", [None, b"", b"x"])
def test_without_a_root_nobody_is_believed(kept, roots):
    path = home() / "time_stamp_roots.pem"
    path.unlink() if roots is None else path.write_bytes(roots)
    assert list(stamps.faults()) == [], "where nothing is stamped nobody has to be named"
    keep(1, "x", answer=ANSWER)
    keep(2, "x")
    with pytest.raises(LedgerError) as wrong:
        stamps.take_in(kept, ANSWER)
    assert f"put the certificates of its root (PEM) into {path}" in wrong.value.text.en
    assert list(stamps.faults()) == [wrong.value.text]


def test_the_request_is_one_of_the_statement_as_signed(kept):
    assert stamps.request(kept)[:1] == b"\x30" and stamps.REQUEST_TYPE == "application/timestamp-query"


def test_stamps_are_told_by_anchor_in_the_order_of_their_time(kept):
    for number, authority, at in ((1, "c", "2"), (1, "b", "2"), (1, "a", "3"), (2, "z", "1"), (3, "x", "1")):
        keep(number, authority, at)
    told = {number: [one.authority for one in found] for number, found in stamps.of([1, 2, 4]).items()}
    assert told == {1: ["b", "c", "a"], 2: ["z"]}


def test_each_stamp_that_is_not_of_the_anchor_here_is_a_fault(kept):
    stamps.take_in(kept, ANSWER)
    assert list(stamps.faults()) == []
    for number, authority, answer in ((3, "x", b""), (2, "x", b""), (1, "Z", b""), (1, "A", REFUSED)):
        keep(number, authority, answer=answer)
    Anchor.objects.filter(number=1).update(statement=text(anchor(root="1" * 64)))
    assert [one.en for one in stamps.faults()] == [
        "the authority refuses: status 2", NO_STAMP + "Mismatch between messages", UNREADABLE,
        "anchor 2 has a time stamp, but is not there", "anchor 3 has a time stamp, but is not there",
    ]  # fmt: skip


# -- whose certificate signed ------------------------------------------------------------------------------------------


def name(**parts):
    return x509.Name([x509.NameAttribute(getattr(NameOID, of), value) for of, value in parts.items()])


def certificate(subject, issuer, serial):
    made = x509.CertificateBuilder(issuer, subject, OFFICE.public_key(), serial)
    made = made.not_valid_before(AT).not_valid_after(AT + timedelta(1))
    return made.sign(OFFICE, None).public_bytes(Encoding.DER)


def test_the_authority_is_who_signed_of_all_whose_certificates_came_along():
    """A set in the library, so in any order: here each of the others comes first once."""
    ours, theirs = name(COMMON_NAME="Ours"), name(COMMON_NAME="Theirs")
    many = [certificate(name(COMMON_NAME=f"{n}"), *by) for n, by in enumerate(((ours, 7), (ours, 8), (theirs, 7)))]
    for order in (many, many[::-1]):
        for serial, issuer, who in ((7, ours, "0"), (8, ours, "1"), (7, theirs, "2")):
            assert stamps._authority(answer(order, issuer, serial)) == who


def test_who_has_no_common_name_is_called_by_the_whole():
    subject = name(COUNTRY_NAME="JP", ORGANIZATION_NAME="見本時刻認証局")
    assert stamps._authority(answer([certificate(subject, subject, 1)], subject, 1)) == "O=見本時刻認証局,C=JP"
    parts = ("ORGANIZATION_NAME", "ORGANIZATIONAL_UNIT_NAME", "LOCALITY_NAME", "STATE_OR_PROVINCE_NAME")
    long = name(**dict.fromkeys(parts, "x" * 64))
    assert stamps._authority(answer([certificate(long, long, 1)], long, 1)) == long.rfc4514_string()[:200]


def answer(certificates, issuer, serial):
    """As far as it is asked who signed."""
    signer = SimpleNamespace(issuer=issuer, serial_number=serial)
    return SimpleNamespace(signed_data=SimpleNamespace(signer_infos=[signer], certificates=certificates))
