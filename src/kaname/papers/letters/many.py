"""Many letters at once: one archive with a list of digests, or one PDF for the printer.

    wanted = select(person, kind, act, first, last)      archive(person, wanted, out, issue=False) -> list of Printed
    joined(person, wanted, out) -> list of Printed

What was issued goes out as it was issued; anything else is printed anew. A letter that cannot be printed or issued is
told in the list and holds up no other.
"""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kaname.access.api import Unknown
from kaname.access.custody.gate import NeedsApproval
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.access.predicate import seen
from kaname.law import Lang, T, Text
from kaname.ledger import clock
from kaname.ledger.errors import CannotOpen, UnknownCase
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case, Entry
from kaname.papers.letters import compose, issuing, sheet
from kaname.papers.letters.issuing import NotIssued
from kaname.procedure.index import index
from kaname.typeset import Unprintable

MOST = 5000
_IN_MEMORY = 64 << 20  # bytes of an archive on its way out: few reach the disk at all
_MADE = (1980, 1, 1, 0, 0, 0)  # the same letters make the same archive
TOO_MANY = T(f"一度に {MOST} 通まで。期間を狭めること", f"at most {MOST} letters at once; narrow the days")


class Wanted(NamedTuple):
    """An entry whose letter is wanted: public id and number of its case, its own number, its day, whose act it is."""

    case: str
    number: int
    seq: int
    on: date
    party: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter of the list. `file`: its name in the archive, "" where there is none, and `problem` says why.
    `paper`: the number of what was issued, "" for a print."""

    case: str
    number: int
    entry: int
    paper: str
    file: str
    bytes: int
    sha256: str
    problem: Text | None = None


def select(person: Person, kind_id: str, act: str, first: date | None = None, last: date | None = None) -> list[Wanted]:
    """The entries of one act in the cases of a kind that a person may know of, by day; from `first` to `last`, both
    included. Raises LookupError for a kind or act that is not there, NotIssued for more than `MOST`."""
    of = index(kind(kind_id)).acts.get(act)
    if of is None:
        raise LookupError(f"{kind_id} has no act {act!r}")
    found = Entry.objects.filter(act=of.name, case__in=seen(person, clock.today()), case__kind=kind_id)
    if first:
        found = found.filter(effective_on__gte=first.isoformat())
    if last:
        found = found.filter(effective_on__lte=last.isoformat())
    rows = found.order_by("effective_on", "case__number", "seq").values_list(
        "case__public_id", "case__number", "seq", "effective_on", "party")[: MOST + 1]  # fmt: skip
    if len(rows) > MOST:
        raise NotIssued(TOO_MANY)
    return [Wanted(case, number, seq, date.fromisoformat(on), party) for case, number, seq, on, party in rows]


def letters(
    person: Person, wanted: Sequence[Wanted], lang: Lang = "ja", issue: bool = False
) -> Iterator[tuple[Printed, bytes]]:
    """Each letter with its line of the list, one in memory at a time. `lang`: of what is printed anew."""
    for n, one in enumerate(wanted, 1):
        line = Printed(one.case, one.number, one.seq, "", "", 0, "")
        try:
            paper, raw = _one(person, one, lang, issue)
        except NeedsApproval as wrong:
            yield replace(line, problem=wrong.text), b""
        except (UnknownCase, Unknown, NotAllowed):
            yield replace(line, problem=_UNKNOWN), b""
        except (NotIssued, Unprintable, CannotOpen) as wrong:
            yield replace(line, problem=wrong.text), b""
        else:
            name = f"{n:05d}-{one.number}-{one.seq}.pdf"
            yield replace(line, paper=paper, file=name, bytes=len(raw), sha256=sha256(raw).hexdigest()), raw


_FOREIGN = T("他の機関の書面なので、まとめて印刷しない。ZIP で受け取るか、一つずつ開いて",
             "a paper of another office is not printed with others; take the archive or open it by itself")  # fmt: skip
_UNKNOWN = T("この書面は無いか、開く権限がない", "there is no such letter, or you may not open it")


def _one(person: Person, one: Wanted, lang: Lang, issue: bool) -> tuple[str, bytes]:
    if issue:
        done = issuing.issue(person, one.case, one.seq)
    else:
        out = [i for i in issuing.issued(person, one.case) if i.of == one.seq and i.state is None and i.document]
        if not out:
            return "", sheet.pdf(compose.letter(person, one.case, one.seq, lang))
        done = out[-1]
    return done.number, b"".join(issuing.again(person, one.case, done.seq, "letters").pieces)


def archive(
    person: Person, wanted: Sequence[Wanted], out: IO[bytes], lang: Lang = "ja", issue: bool = False
) -> list[Printed]:
    """A ZIP of the letters, with `manifest.json`: each file, its size and digest, and what is missing and why."""
    told = []
    with ZipFile(out, "w", ZIP_STORED) as made:  # a PDF is packed already
        for line, raw in letters(person, wanted, lang, issue):
            told.append(line)
            if line.file:
                made.writestr(ZipInfo(line.file, _MADE), raw)
        made.writestr(ZipInfo("manifest.json", _MADE), manifest(told, lang))
    return told


def together(write: Callable[[BinaryIO], object]) -> BinaryIO:
    """What `archive` or `joined` writes, as a nameless file at its beginning; gone once who is handed it closes it."""
    made: Any = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the response closes it, long after this returns
    try:
        write(made)
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made


def manifest(told: Sequence[Printed], lang: Lang) -> bytes:
    """The list as JSON."""
    rows = [{**asdict(line), "problem": line.problem[lang] if line.problem else ""} for line in told]
    return json.dumps({"letters": rows}, ensure_ascii=False, indent=1).encode()


def joined(person: Person, wanted: Sequence[Wanted], out: BinaryIO, lang: Lang = "ja") -> list[Printed]:
    """One PDF after another in one file, for the printer. It is a print: what counts are the papers themselves.

    A paper that another office has sent along is told and left out: only what this office has made is opened here.
    """
    import pikepdf

    told, opened = [], []
    foreign = set(Case.objects.filter(public_id__in={w.case for w in wanted}).exclude(origin="")
                  .values_list("public_id", flat=True))  # fmt: skip
    with pikepdf.new() as made:
        for line, raw in letters(person, wanted, lang):
            if line.file and line.paper and line.case in foreign:
                told.append(replace(line, file="", problem=_FOREIGN))
                continue
            told.append(line)
            if line.file:
                one = pikepdf.open(io.BytesIO(raw))
                opened.append(one)  # its pages are read when the whole is written
                made.pages.extend(one.pages)
        made.save(out, deterministic_id=True)
    for one in opened:
        one.close()
    return told
