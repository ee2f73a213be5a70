"""Time stamps (タイムスタンプ, RFC 3161): an authority of time signs that an anchor existed by then.

What is stamped is the statement of the anchor as signed, so that anybody checks it with a program of their own:

    openssl ts -verify -data anchor-3.txt -in anchor-3.tsr -CAfile time_stamp_roots.pem

Whom an office believes about time is what `time_stamp_roots.pem` in KANAME_HOME names: certificates that the operator
has put there. An answer is read by a library in Rust and looked at whole before it is kept; whether a certificate has
been revoked since is not asked.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from kaname.law import T, Text
from kaname.ledger import rows
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Anchor, TimeStamp
from kaname.ledger.signed import Untrusted
from kaname.site.home import home

LARGEST = 1 << 16  # bytes of an answer: a token with its certificates has a few thousand
ROOTS = "time_stamp_roots.pem"
REQUEST_TYPE = "application/timestamp-query"


class Stamped(NamedTuple):
    """What an answer says, looked at: when, by whom (the name in the certificate)."""

    at: datetime
    authority: str


def request(anchor: Anchor) -> bytes:
    """What an authority is asked about an anchor (DER). It learns a digest: nothing of the office or its cases."""
    made = TimestampRequestBuilder().data(anchor.statement.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    return made.as_bytes()


def take_in(anchor: Anchor, answer: bytes) -> TimeStamp:
    """Keep the answer of an authority about an anchor; the first of each authority stays.

    Raises Untrusted where it does not hold, LedgerError where no root is named.
    """
    said = read(anchor, answer, roots())
    kept, _ = TimeStamp.objects.get_or_create(
        number=anchor.number, authority=said.authority, defaults={"at": rows.instant(said.at), "answer": answer}
    )
    return kept


def read(anchor: Anchor, answer: bytes, trusted: list[x509.Certificate]) -> Stamped:
    """What an answer says of an anchor. Raises Untrusted."""
    if len(answer) > LARGEST:
        raise Untrusted(T(f"時刻認証の応答が {LARGEST} バイトを超える", f"the answer has more than {LARGEST} bytes"))
    try:
        found = decode_timestamp_response(answer)
    except ValueError:
        raise Untrusted(T("時刻認証の応答（RFC 3161、DER）として読めない；求め（--request）への応答をそのまま渡すこと",
                          "cannot be read as an answer of RFC 3161 (DER); give the authority's answer to the request "
                          "(--request) as it came")) from None  # fmt: skip
    if found.status > 1:
        raise Untrusted(T(f"時刻認証局が断った（{_why(found)}）", f"the authority refuses: {_why(found)}"))
    try:
        VerifierBuilder(roots=list(trusted)).build().verify_message(found, anchor.statement.encode())
        return Stamped(found.tst_info.gen_time.astimezone(UTC), _authority(found))
    except (VerificationError, ValueError) as wrong:
        raise Untrusted(T(f"定点 {anchor.number} の時刻認証として成り立たない（{wrong}）",
                          f"is no time stamp of anchor {anchor.number} by an authority of {ROOTS}: {wrong}")
                        ) from None  # fmt: skip


def _why(found: TimeStampResponse) -> str:
    return "; ".join(found.status_string) or f"status {found.status}"


def _authority(found: TimeStampResponse) -> str:
    """Whose certificate signed: its common name, else its whole name. It came along: the verifier has looked for it."""
    signer = next(iter(found.signed_data.signer_infos))
    came = map(x509.load_der_x509_certificate, found.signed_data.certificates)
    one = next(c for c in came if (c.issuer, c.serial_number) == (signer.issuer, signer.serial_number))
    names = one.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value if names else one.subject.rfc4514_string())[:200]


def roots() -> list[x509.Certificate]:
    """The certificates that the office believes about time. Raises LedgerError where there are none."""
    path = home() / ROOTS
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise LedgerError(T(f"信じる時刻認証局が分からない；その根の証明書（PEM）を {path} に置くこと",
                            f"no authority of time is believed yet: put the certificates of its root (PEM) into {path}")
                          ) from None  # fmt: skip


def of(numbers: list[int]) -> dict[int, list[TimeStamp]]:
    """The time stamps of some anchors, by number."""
    found: dict[int, list[TimeStamp]] = {}
    for one in TimeStamp.objects.filter(number__in=numbers).order_by("at", "authority"):
        found.setdefault(one.number, []).append(one)
    return found


def faults() -> Iterator[Text]:
    """Each time stamp that is not of the anchor that stands here: either was made anew since."""
    kept = list(TimeStamp.objects.order_by("number", "authority"))
    if not kept:
        return
    try:
        trusted = roots()
    except LedgerError as missing:
        yield missing.text
        return
    anchors = Anchor.objects.in_bulk([one.number for one in kept])
    for one in kept:
        anchor = anchors.get(one.number)
        if anchor is None:
            yield T(
                f"時刻認証のある定点 {one.number} がない", f"anchor {one.number} has a time stamp, but is not there"
            )
            continue
        try:
            read(anchor, bytes(one.answer), trusted)
        except Untrusted as wrong:
            yield wrong.text
