"""What operations between offices answer: bundles, receipts, anchors."""

from ninja import Schema


class TakenIn(Schema):
    """What an import did. `new`: entries that were not held before."""

    case: str
    number: int
    sender: str
    entries: int
    new: int


class HeldOut(Schema):
    """Whether the entry that the receipt names stands in the case, unchanged."""

    held: bool


class StampOut(Schema):
    """That an authority of time signed an anchor at an instant (RFC 3161)."""

    authority: str
    at: str


class AnchorOut(Schema):
    """A root over the heads of all cases; `countersigned`: the offices that hold it."""

    number: int
    made_at: str
    digest: str
    countersigned: list[str]
    stamps: list[StampOut]


class StampWhole(StampOut):
    """A time stamp with the authority's answer as it came: DER in base64."""

    answer: str


class AnchorWhole(Schema):
    """An anchor as signed (two lines), and its time stamps: all that `openssl ts -verify` needs but the root."""

    number: int
    statement: str
    stamps: list[StampWhole]


class TrustOut(Schema):
    """How far other offices hold what is recorded here. `protected`: until when, null not at all."""

    key: str
    protected: str | None
    anchors: list[AnchorOut]
    contradictions: list[str]
