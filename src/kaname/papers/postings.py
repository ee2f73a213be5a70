"""The index over the text of documents: which documents have a pair of letters. Nothing of it lies in clear.

A text is made alike (`law.alike`), its blanks left out; every letter and every pair of neighbours is a token, known
by a keyed hash. Some thousand documents make a block, its tokens are spread over buckets, and a bucket is sealed: who
copies the database sees how large buckets are, not which token is in which, nor in how many documents. A search opens
one bucket a token and block. Documents that are in no block yet have their tokens by themselves.
"""

import secrets
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from kaname.law.alike import alike
from kaname.ledger import destroyed, sealing
from kaname.papers.models import Block, Bucket, Content, IndexKey

SIZE = 4096  # documents in a block
TAIL = 256  # documents that may wait for one
_SPREAD = 12  # bits of a token that say in which bucket it is
_DENSE = SIZE // 16  # from so many documents on, a row of bits is shorter than a list
Rows = NDArray[np.uint32]


def folded(text: str) -> str:
    """As it is looked for: made alike, without blanks, which in Japanese stand for the end of a line."""
    return "".join(alike(text).split())


def pairs(text: str) -> set[str]:
    """The letters and pairs of a folded text."""
    return {*text, *(text[at : at + 2] for at in range(len(text) - 1))}


def wanted(piece: str) -> set[str]:
    """The tokens that a text with this piece must have."""
    return {piece} if len(piece) < 2 else {piece[at : at + 2] for at in range(len(piece) - 1)}


def hashed(key: bytes, tokens: Iterable[str]) -> Rows:
    """Sorted, each once."""
    raw = b"".join(blake2b(t.encode(), digest_size=4, key=key).digest() for t in tokens)
    return np.unique(np.frombuffer(raw, dtype="<u4"))


def key_of(circle: str) -> bytes:
    """The key of a circle's tokens, drawn when it is first asked for."""
    row = IndexKey.objects.filter(circle=circle).first()
    if row is None:
        blob = sealing.seal_text(_purpose(circle), secrets.token_bytes(32), circle)
        row, _ = IndexKey.objects.get_or_create(circle=circle, defaults={"sealed": blob})
    return sealing.open_text(_purpose(circle), bytes(row.sealed))


def _purpose(circle: str) -> str:
    return f"index/{circle}"


def sealed_tokens(circle: str, document: str, text: str) -> bytes:
    """What `Content.tokens` holds of a text."""
    return sealing.seal_text(_tokens_of(document), hashed(key_of(circle), pairs(folded(text))).tobytes(), circle)


def _tokens_of(document: str) -> str:
    return f"tokens/{document}"


def _opened(document: str, blob: bytes) -> Rows:
    return np.frombuffer(sealing.open_text(_tokens_of(document), bytes(blob)), dtype="<u4")


# -- asking ----------------------------------------------------------------------------------------------------------


def candidates(circles: Sequence[str], pieces: Iterable[str]) -> list[int]:
    """The rows of documents in which every piece may stand, the newest first. Which of them a person may know of, and
    whether the letters stand side by side, the caller asks."""
    tokens = {token for piece in pieces for token in wanted(piece)}
    found: list[int] = []
    for row in IndexKey.objects.filter(circle__in=[c for c in circles if not destroyed.of(c)]):
        asked = hashed(sealing.open_text(_purpose(row.circle), bytes(row.sealed)), tokens)
        found += _in_blocks(row.circle, asked)
        found += _in_tail(row.circle, asked)
    return sorted(set(found), reverse=True)


def _in_blocks(circle: str, asked: Rows) -> list[int]:
    numbers = sorted({int(token) >> (32 - _SPREAD) for token in asked})
    held: dict[int, dict[int, bytes]] = {}
    rows = Bucket.objects.filter(block__circle=circle, number__in=numbers)
    for block, number, blob in rows.values_list("block_id", "number", "sealed"):
        held.setdefault(block, {})[number] = blob
    found: list[int] = []
    for block, documents in Block.objects.filter(circle=circle, pk__in=held).values_list("pk", "documents"):
        buckets = {n: _Bucket(sealing.open_text(_bucket_of(block, n), bytes(b))) for n, b in held[block].items()}
        having = np.ones(SIZE, dtype=bool)
        for token in asked:
            bucket = buckets.get(int(token) >> (32 - _SPREAD))
            having &= bucket.having(int(token)) if bucket else False
        places = np.flatnonzero(having)
        found += np.frombuffer(bytes(documents), dtype="<u8")[places].tolist()
    return found


def _in_tail(circle: str, asked: Rows) -> list[int]:
    rows = Content.objects.filter(circle=circle, block=None, tokens__isnull=False)
    found = []
    for pk, document, blob in rows.values_list("pk", "document__public_id", "tokens"):
        tokens = _opened(document, blob)
        at = np.searchsorted(tokens, asked)
        if at[-1] < len(tokens) and (tokens[at] == asked).all():
            found.append(int(pk))
    return found


class _Bucket:
    """Tokens, how many documents have each, and those documents: a list, or a row of bits where they are many."""

    def __init__(self, raw: bytes) -> None:
        count = int.from_bytes(raw[:4], "little")
        self._tokens = np.frombuffer(raw, "<u4", count, 4)
        sizes = np.frombuffer(raw, "<u2", count, 4 + 4 * count).astype(np.int64)
        self._sizes, self._raw = sizes, raw
        lengths = np.where(sizes < _DENSE, 2 * sizes, SIZE // 8)
        self._ends = 4 + 6 * count + np.cumsum(lengths)
        self._lengths = lengths

    def having(self, token: int) -> NDArray[np.bool_]:
        """The places in the block whose documents have a token."""
        at = int(np.searchsorted(self._tokens, token))
        if at == len(self._tokens) or self._tokens[at] != token:
            return np.zeros(SIZE, dtype=bool)
        start, size = int(self._ends[at] - self._lengths[at]), int(self._sizes[at])
        if size >= _DENSE:
            return np.unpackbits(np.frombuffer(self._raw, np.uint8, SIZE // 8, start)).astype(bool)
        having = np.zeros(SIZE, dtype=bool)
        having[np.frombuffer(self._raw, "<u2", size, start)] = True
        return having


def _bucket_of(block: int, number: int) -> str:
    return f"bucket/{block}/{number}"


# -- making ----------------------------------------------------------------------------------------------------------


def renew() -> int:
    """Blocks that documents have left are taken apart, and those that wait are put into blocks; how many were made."""
    made = 0
    circles = set(Content.objects.filter(block=None).values_list("circle", flat=True))
    for circle in circles | set(Block.objects.filter(stale=True).values_list("circle", flat=True)):
        made += 0 if destroyed.of(circle) else _renew(circle)
    return made


@transaction.atomic
def _renew(circle: str) -> int:
    list(IndexKey.objects.select_for_update().filter(circle=circle))  # one at a time
    Block.objects.filter(circle=circle, stale=True).delete()
    waiting = Content.objects.filter(circle=circle, block=None, tokens__isnull=False)
    if waiting.count() < TAIL:
        return 0
    short = [b.pk for b in Block.objects.filter(circle=circle).defer("documents") if b.contents.count() < SIZE]
    Block.objects.filter(pk__in=short).delete()
    rows = list(waiting.order_by("pk").values_list("pk", "document__public_id", "tokens"))
    for start in range(0, len(rows), SIZE):
        _make(circle, rows[start : start + SIZE])
    return -(-len(rows) // SIZE)


def _make(circle: str, rows: Sequence[tuple[int, str, bytes]]) -> None:
    documents = np.array([pk for pk, _, _ in rows], dtype="<u8")
    block = Block.objects.create(circle=circle, documents=documents.tobytes())
    each = [_opened(document, blob) for _, document, blob in rows]
    tokens = np.concatenate(each)
    places = np.repeat(np.arange(len(each), dtype="<u2"), [len(one) for one in each])
    order = np.lexsort((places, tokens))
    tokens, places = tokens[order], places[order]
    names, starts = np.unique(tokens, return_index=True)
    ends = np.append(starts[1:], len(tokens))
    borders = np.searchsorted(names >> (32 - _SPREAD), np.arange((1 << _SPREAD) + 1))
    made = []
    for number in range(1 << _SPREAD):
        here = slice(int(borders[number]), int(borders[number + 1]))
        if names[here].size:
            raw = _packed(names[here], [places[a:b] for a, b in zip(starts[here], ends[here], strict=True)])
            blob = sealing.seal_text(_bucket_of(block.pk, number), raw, circle)
            made.append(Bucket(block=block, number=number, sealed=blob))
    Bucket.objects.bulk_create(made, batch_size=300)
    for start in range(0, len(rows), 500):
        Content.objects.filter(pk__in=[pk for pk, _, _ in rows[start : start + 500]]).update(block=block)


def _packed(names: Rows, lists: Sequence[NDArray[np.uint16]]) -> bytes:
    sizes = np.array([len(one) for one in lists], dtype="<u2")
    return b"".join((len(names).to_bytes(4, "little"), names.tobytes(), sizes.tobytes(), *map(_places, lists)))


def _places(places: NDArray[np.uint16]) -> bytes:
    if len(places) < _DENSE:
        return places.tobytes()
    bits = np.zeros(SIZE, dtype=bool)
    bits[places] = True
    return np.packbits(bits).tobytes()
