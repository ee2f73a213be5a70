"""`verify`: hash everything again, fold everything again, and name each case and entry that is not as it was written.

A chain that its own administrator has computed anew is found only by what others hold: a receipt names (case, seq,
digest), and `held` compares such names with what is there. Anchors (`proof`) do it for all cases at once: `protected`
says up to which instant another office holds one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import DatabaseError, connection

from kaname.law import T, Text
from kaname.ledger import cores, course, digest, guards, key_book, projection, rows, sealing, store
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.projection import Projected
from kaname.ledger.proof import anchors, restores, stamps, witness
from kaname.ledger.rows import Row, Secret
from kaname.ledger.store import Head
from kaname.ledger.strict_json import loads

Secrets = Mapping[int, Sequence[Secret]]

_PAGE = 200


class Fault(NamedTuple):
    """One thing that is not as it was written. `seq` 0: the case itself; `case` "": the whole database."""

    case: str
    seq: int
    text: Text


@dataclass(slots=True)
class Report:
    """What was looked at, every fault, and the receipts whose entries were there. `protected`: see above, "" never."""

    cases: int = 0
    entries: int = 0
    protected: str = ""
    faults: list[Fault] = field(default_factory=list)
    met: set[tuple[str, int]] = field(default_factory=set)

    def add(self, other: "Report") -> None:
        self.cases += other.cases
        self.entries += other.entries
        self.faults += other.faults
        self.met |= other.met


def verify(
    cases: Sequence[str] = (), held: Mapping[tuple[str, int], str] | None = None,
    progress: Callable[[int], None] | None = None, jobs: int = 0, *, told: bool = True,
) -> Report:  # fmt: skip
    """Verify some cases (public ids), or all. `held`: digests that someone holds a receipt of, by (case, seq).

    `progress` is called with the number of cases done. `jobs`: processes, 0: one a core; the report is the same.
    `told`: whether it is a fault that another office, or our own mark beside the database, contradicts it. That is none
    of a backup: it is meant to be older, and whoever could contradict us would keep us from having one.
    """
    report, held = Report(), held or {}
    wrong = guards.guards()
    report.faults += [Fault("", 0, text) for text in wrong]
    if wrong == [guards.NO_TABLES]:
        return report
    if cases:
        if page := _named(cases, report):
            _page(page, report, held)
    else:
        _all(report, held, progress, jobs)
        report.faults += [*_strays(), *_miscounted(), *_anchor_faults()]
        report.faults += [Fault("", 0, text) for text in key_book.faults()]
        report.faults += _told() if told else []
        report.protected = anchors.protected_until()
    for case, seq in held:
        if (case, seq) not in report.met and (not cases or case in cases):
            report.faults.append(Fault(case, seq, _LOST))
    return report


def _all(
    report: Report, held: Mapping[tuple[str, int], str], progress: Callable[[int], None] | None, jobs: int
) -> None:
    def of_range(part: cores.Range) -> Report:
        found = Report()
        for page in store.pages(_PAGE, *part):
            _page(page, found, held)
        return found

    parts, unseen = cores.ranges(), []
    for part, found in zip(parts, cores.over(parts, of_range, jobs, read_only=True), strict=True):
        if found is None:
            unseen.append(part)
        else:
            report.add(found)
        if progress:
            progress(report.cases)
    report.faults += [Fault("", 0, _not_looked_at(part)) for part in cores.joined(unseen)]


def _not_looked_at(part: cores.Range) -> Text:
    return T(f"確かめるプロセスが途中で止まり、内部番号 {part} の事件を見ていない；もう一度（kaname verify --jobs 1）",
             f"a process that verified ended early: the cases with keys {part} were not looked at; "
             "repeat it (kaname verify --jobs 1)")  # fmt: skip


_LOST = T("受領証のある記録がない", "there is a receipt for this entry, but no such entry")
_REPLACED = T("受領証の記録と違う", "is not the entry of which a receipt was given")


def _named(cases: Sequence[str], report: Report) -> list[Head]:
    found = {case: store.head(case) for case in cases}
    gone = T("その番号の事件はない", "there is no such case")
    report.faults += [Fault(case, 0, gone) for case, head in found.items() if head is None]
    return [head for head in found.values() if head]


def _page(page: list[Head], report: Report, held: Mapping[tuple[str, int], str]) -> None:
    keys = [head.pk for head in page]
    shown = projection.held(keys)
    try:
        entries, secrets = store.rows_of(keys), _opened(keys)
    except (DatabaseError, UnicodeDecodeError):
        if len(page) > 1:  # one by one, to name the case that cannot be read
            for head in page:
                _page([head], report, held)
            return
        report.cases += 1
        report.faults.append(Fault(page[0].public_id, _unreadable(page[0].pk), T("読めない", "cannot be read")))
        return
    for head in page:
        ledger = entries[head.pk]
        report.cases += 1
        report.entries += len(ledger)
        opened = None if secrets is None else secrets.get(head.pk, {})
        report.faults += case_faults(head, ledger, opened, shown.get(head.pk))
        for row in ledger if held else ():
            expected = held.get((head.public_id, row.seq))
            if expected is not None:
                report.met.add((head.public_id, row.seq))
            if expected not in (None, row.digest):
                report.faults.append(Fault(head.public_id, row.seq, _REPLACED))


def _opened(cases: Sequence[int]) -> dict[int, dict[int, list[Secret]]] | None:
    """Sealed values of several cases. One that does not open has a salt but no value, as no sound one has.

    None: the master key is not here; the guards have said so, and nothing more can be said of sealed values.
    """
    found: dict[int, dict[int, list[Secret]]] = defaultdict(lambda: defaultdict(list))
    for case, public_id, seq, name, blob in store.blobs_of(cases):
        try:
            secret = sealing.open_secret(public_id, seq, name, blob)
        except KeysMissing:
            return None
        except CannotOpen:
            secret = Secret(name, b"", None)
        found[case][seq].append(secret)
    return found


def _unreadable(case: int) -> int:
    """The first entry of a case that the database cannot hand out, 0 where it is not an entry."""
    for seq in range(1, 1 << 20):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM ledger_entry WHERE case_id = %s AND seq = %s", (case, seq))
                if cursor.fetchone() is None:
                    return 0
        except (DatabaseError, UnicodeDecodeError):
            return seq
    return 0


# -- one case -------------------------------------------------------------------------------------------------------


def case_faults(head: Head, ledger: Sequence[Row], secrets: Secrets | None, shown: Projected | None) -> list[Fault]:
    """Every fault of one case: its chain, its head, its sealed values, its fold, its projection (None: missing).

    `secrets` None: they cannot be opened here. Then neither they nor what is folded from them is looked at.
    """
    faults = [*chain_faults(head, ledger), *_head_faults(head, ledger)]
    if secrets is None:
        return faults
    for row in ledger:
        faults += [Fault(head.public_id, row.seq, text) for text in sealed_faults(row, secrets.get(row.seq, ()))]
    if faults:
        return faults  # what does not hash need not fold
    return _fold_faults(head, ledger, secrets, shown)


def chain_faults(head: Head, ledger: Sequence[Row]) -> list[Fault]:
    """Numbers, digests, links and times of the entries."""
    faults = []
    before, at = digest.genesis(head.public_id, head.kind, head.opened_on), ""
    for place, row in enumerate(ledger, 1):
        texts = []
        if row.seq != place:
            texts.append(T(f"番号が {row.seq}；{place} のはず", f"has number {row.seq}; expected {place}"))
        if row.prev_digest != before:
            texts.append(T("前の記録につながらない", "does not continue the entry before it"))
        if not _is_its_digest(row, head.public_id):
            texts.append(T("書かれた後に変えられた", "was changed after it was written"))
        if row.recorded_at <= at:
            texts.append(T("記録の時刻が逆行する", "was recorded no later than the entry before it"))
        faults += [Fault(head.public_id, place, text) for text in texts]
        before, at = row.digest, row.recorded_at
    return faults


def _is_its_digest(row: Row, case: str) -> bool:
    try:
        return row.digest == row.digest_of(case)
    except (ValueError, TypeError, OverflowError):
        return False  # a column that can no longer be hashed


def _head_faults(head: Head, ledger: Sequence[Row]) -> list[Fault]:
    last = (ledger[-1].seq, ledger[-1].digest, ledger[-1].recorded_at) if ledger else (0, "", "")
    if (head.head_seq, head.head_digest, head.head_at) == last:
        return []
    text = T(f"事件の先頭（{head.head_seq}）が最後の記録（{last[0]}）と違う",
             f"the head of the case ({head.head_seq}) is not its last entry ({last[0]})")  # fmt: skip
    return [Fault(head.public_id, 0, text)]


def sealed_faults(row: Row, secrets: Sequence[Secret]) -> list[Text]:
    """Whether sealed values are those the entry commits to. Destroyed ones are no fault: the row says so."""
    try:
        promised = loads(row.sealed) if row.sealed != rows.EMPTY else {}
    except ValueError:
        return [T("封緘の約束が読めない", "its commitments cannot be read")]
    held = {s.field: s for s in secrets}
    faults = []
    for name in sorted({*promised, *held}):
        secret = held.get(name)
        if secret is None:
            faults.append(T(f"封緘された「{name}」がない", f"the sealed value {name!r} is missing"))
        elif name not in promised:
            faults.append(T(f"封緘された「{name}」が余分にある", f"the sealed value {name!r} is one too many"))
        elif (secret.value is None) != (secret.salt is None) or (
            secret.value is not None
            and digest.commitment(bytes(secret.salt or b""), name, bytes(secret.value)) != promised[name]
        ):
            faults.append(T(f"封緘された「{name}」が変えられた", f"the sealed value {name!r} was changed"))
    return faults


def _fold_faults(
    head: Head, ledger: Sequence[Row], secrets: Mapping[int, Sequence[Secret]], shown: Projected | None
) -> list[Fault]:
    try:
        standing = store.at_last(head.kind, rows.to_entries(ledger, secrets))
    except (ValueError, LookupError, OverflowError) as error:
        text = T(f"導けない（{error}）", f"cannot be folded by this version: {error}")
        return [Fault(head.public_id, 0, text)]
    if shown is None:
        return [
            Fault(head.public_id, 0, T("一覧にない；kaname rebuild で直る", "is not listed; kaname rebuild mends it"))
        ]
    expected = projection.projected(standing, head.head_seq, head.head_digest, shown.as_of)
    expected = expected._replace(declared=shown.declared)  # right though made under another declaration is right
    differing = [name for name, value in expected._asdict().items() if getattr(shown, name) != value]
    if not differing:
        return []
    text = T(f"一覧の {', '.join(differing)} が記録と違う；kaname rebuild で直る",
             f"its row in the list differs in {', '.join(differing)}; kaname rebuild mends it")  # fmt: skip
    return [Fault(head.public_id, 0, text)]


def _miscounted() -> list[Fault]:
    """The daily numbers that are not those of the courses."""
    if not course.differences():
        return []
    return [Fault("", 0, T("日ごとの数が事件の経過と違う；kaname rebuild で直る",
                           "the daily numbers are not those of the cases; kaname rebuild mends it"))]  # fmt: skip


def _told() -> list[Fault]:
    """What contradicts the present state from without: other offices, and the marks of anchors in KANAME_HOME."""
    back, theirs = restores.unsaid(), witness.open_contradictions()
    return [Fault("", 0, text) for text in (*([back] if back else []), *map(witness.words, theirs))]


def _anchor_faults() -> list[Fault]:
    """What the anchors say that is no longer so."""
    return [*(Fault(*one) for one in anchors.faults()), *(Fault("", 0, text) for text in stamps.faults())]


def _strays() -> list[Fault]:
    """Entries of no case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, seq FROM ledger_entry e "
            "WHERE NOT EXISTS (SELECT 1 FROM ledger_case c WHERE c.id = e.case_id)"
        )
        found = cursor.fetchall()
    return [Fault(f"#{case}", seq, T("事件のない記録", "an entry of no case")) for case, seq in found]
