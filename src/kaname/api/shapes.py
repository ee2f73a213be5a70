"""What operations answer. Texts come in the language of the request; days are ISO 8601, provisions are written out."""

from typing import Any, Literal

from ninja import Schema

_Day = str | None


class FieldFault(Schema):
    field: str
    detail: str


class ReasonOut(Schema):
    """Why not, under which provision; `field` and `code` where there are any, `unverified` the open question."""

    text: str
    basis: list[str]
    field: str | None = None
    code: str | None = None
    unverified: int | None = None


class ProblemOut(Schema):
    """RFC 9457. `code` is stable; `errors` name fields of the request, `reasons` what the law or the form says."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldFault] | None = None
    reasons: list[ReasonOut] | None = None


# -- standing --------------------------------------------------------------------------------------------------------


class TrackOut(Schema):
    state: str
    since: _Day
    label: str


class ReadingOut(Schema):
    """A second reading of unclear law: the later day."""

    label: str
    last_day: _Day
    question: int | None
    first_free_day: _Day


class ClockOut(Schema):
    id: str
    procedure: str
    run: str
    label: str
    status: Literal["pending", "running", "met", "ended", "stopped"]
    met_on: _Day
    late: bool
    force: str
    kind: str
    start: _Day
    first_counted_day: _Day
    last_day: _Day
    unmoved_last_day: _Day
    first_free_day: _Day
    safe_day: _Day
    readings: list[ReadingOut]
    basis: list[str]
    unverified: int | None
    working: list[str]


class DutyOut(Schema):
    id: str
    procedure: str
    run: str
    label: str
    by: str
    to: str | None
    party: str
    since: _Day
    due: _Day
    status: Literal["open", "done", "overdue", "void"]
    late: bool
    lasts: bool
    effort: bool
    basis: list[str]
    penalty: str
    unverified: int | None


class BanOut(Schema):
    id: str
    procedure: str
    run: str
    label: str
    binds: str
    covers: list[str]
    since: _Day
    until: _Day
    basis: list[str]
    penalty: str
    unverified: int | None


class MayOut(Schema):
    act: str
    run: str
    label: str
    by: list[str]
    ready: bool
    why: list[ReasonOut]
    needs: list[ReasonOut]


class NoteOut(Schema):
    entry: int
    kind: str
    act: str
    on: str
    reasons: list[ReasonOut]


class UnreadLawOut(Schema):
    """A change of the law whose words were not read: what is said of a later day is unverified so far."""

    since: str
    question: int
    text: str


class StandingOut(Schema):
    """Where a case stands at the end of a day."""

    kind: str
    as_of: str
    version: str
    unverified: list[UnreadLawOut]
    tracks: dict[str, TrackOut]
    clocks: list[ClockOut]
    duties: list[DutyOut]
    bans: list[BanOut]
    may: list[MayOut]
    notes: list[NoteOut]
    warnings: list[ReasonOut]
    next_change_on: _Day


# -- cases -----------------------------------------------------------------------------------------------------------


class HeadOut(Schema):
    """The last entry: its number, its digest, when it was recorded."""

    seq: int
    digest: str
    recorded_at: str


class CaseRow(Schema):
    id: str
    number: int
    kind: str
    opened_on: str
    state: str
    states: dict[str, str]
    next_due_on: _Day
    next_change_on: _Day
    overdue: bool
    breach: bool
    version: str
    as_of: str
    head: HeadOut


class CasePage(Schema):
    """One page of a list; `next` is the cursor of the page after it, null on the last."""

    items: list[CaseRow]
    next: str | None


class CaseOut(Schema):
    """A case. `here`: this office keeps it; `roles`: in which the caller may act; `sealed`: may read sealed values."""

    id: str
    number: int
    kind: str
    opened_on: str
    here: bool
    head: HeadOut
    roles: list[str]
    sealed: bool
    standing: StandingOut


class EntryOut(Schema):
    """An entry as recorded. `data` holds open values only, `sealed` the names of the others."""

    seq: int
    act: str
    on: str
    run: str
    by: str
    party: str
    at: str | None
    data: dict[str, Any]
    sealed: list[str]
    person: str
    recorded_at: str | None
    law_version: str
    digest: str


class EntryPage(Schema):
    """Entries in the order in which they were recorded; `next` is the `after` of the page after it."""

    items: list[EntryOut]
    next: int | None


class MayOfMine(MayOut):
    """`mine`: a mandate of the caller covers a role of the act."""

    mine: bool


class MayPage(Schema):
    as_of: str
    acts: list[MayOfMine]


class ReceiptOut(Schema):
    """Proof that an act was recorded: keep it. `warnings`: what the law remarks though it was accepted."""

    case: str
    number: int
    seq: int
    act: str
    effective_on: str
    recorded_at: str
    digest: str
    warnings: list[ReasonOut]


class EntryTried(Schema):
    act: str
    on: str
    run: str
    by: str
    party: str
    data: dict[str, Any]


class TriedOut(Schema):
    """The answer to a what-if: accepted with the standing after it, or every reason against."""

    accepted: bool
    reasons: list[ReasonOut]
    warnings: list[ReasonOut]
    entry: EntryTried | None
    standing: StandingOut | None


class ExplainedOut(Schema):
    """The working of a clock, or why a track stands where it does."""

    key: str
    label: str
    status: str
    answer: _Day
    basis: list[str]
    lines: list[str]


class ExplainedPage(Schema):
    as_of: str
    found: list[ExplainedOut]


class TraceOut(Schema):
    as_of: str
    lines: list[str]


class HitOut(Schema):
    """A case found. `title` is empty where there is none or the caller may not read it."""

    id: str
    number: int
    reference: str
    kind: str
    state: str
    opened_on: str
    title: str
    parties: list[str]
    next_due_on: _Day


class FoundStateOut(Schema):
    kind: str
    state: str
    cases: int


class FoundFacetsOut(Schema):
    """How many cases have each value. Of what is hidden none."""

    regime: dict[str, int]
    kind: dict[str, int]
    year: dict[str, int]
    role: dict[str, int]
    state: list[FoundStateOut]
    overdue: int
    authority: dict[str, int]


class FoundPartyOut(Schema):
    """A party whose name has all words, in how many of the cases looked at."""

    name: str
    roles: list[str]
    cases: int


class FoundLawOut(Schema):
    """Something of the law: its sort, how it is cited, what it is called, its official text."""

    sort: str
    id: str
    place: dict[str, str]
    label: dict[str, str]
    url: str


class FoundPaperOut(Schema):
    """A paper that the caller may open, found by its name, or by what stands on a page: then some words around it."""

    document: str
    name: str
    case: str
    page: int | None
    words: str


class FoundTermOut(Schema):
    id: str
    ja: str
    en: str
    kana: str


class FoundPage(Schema):
    """Hits from `start` on, of `total`, best first. States, roles, authorities and parties are of the
    `looked` best. `tried`: how each word was looked for."""

    items: list[HitOut]
    total: int
    looked: int
    tried: list[str]
    facets: FoundFacetsOut
    parties: list[FoundPartyOut]
    papers: list[FoundPaperOut]
    law: list[FoundLawOut]
    terms: list[FoundTermOut]


class RevealedOut(Schema):
    value: Any


# -- kinds and the rest ----------------------------------------------------------------------------------------------


class Bilingual(Schema):
    ja: str
    en: str


class KindOut(Schema):
    id: str
    regime: str
    label: Bilingual
    in_force: str
    version: str
    procedures: list[str]
    may_open: bool


class KindsOut(Schema):
    kinds: list[KindOut]


class KindDescribed(Schema):
    """The declaration as it stands in law on a day; every text in both languages."""

    id: str
    regime: str
    label: Bilingual
    as_of: str
    version: str
    versions: list[str]
    notes: dict[str, Bilingual]
    procedures: list[dict[str, Any]]


class MandateOut(Schema):
    role: str
    kind: str
    party: str
    may_act: bool
    sealed: bool
    valid_from: str
    valid_until: _Day


class MeOut(Schema):
    person: str
    name: str
    office: Bilingual
    scopes: list[str]
    administers: bool
    mandates: list[MandateOut]


class VersionOut(Schema):
    """The program, and the first day of each kind's rules in force today."""

    kaname: str
    api: str
    kinds: dict[str, str]


class PeriodOut(Schema):
    start: str
    first_counted_day: str
    unmoved_last_day: str
    last_day: str
    first_free_day: str
    provisional: bool
    working: list[str]
