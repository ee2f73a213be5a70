"""Pages that no link leads to: answers to forms, refusals, what an error says. Each is declared as the way there.

A way is walked without a screen (`walked`), which costs little; what stands at its end is then shown to the browser and
looked at like every page (look.py).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory

from kaname.access.models import Person
from kaname.ledger import errors
from kaname.site import trouble
from kaname.web.models import Draft
from web.sweep.walk import client

_EXAMPLES = Path(__file__).parents[3] / "docs/examples"
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input\b(?=[^>]*\btype="hidden")[^>]*>')
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Stands:
    """What a way ends at."""

    at: str
    status: int
    text: str
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Go:
    """Open an address."""

    at: str


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow the first link of the page whose address is like this expression."""

    to: str


@dataclass(frozen=True, slots=True)
class Send:
    """Fill in the form whose address has these words (that of the page itself where empty) and send it; its hidden
    fields go along. `files`: name of a field to name and content, of docs/examples where there is none."""

    typed: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    files: Mapping[str, tuple[str, bytes | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fails:
    """The office cannot answer, for this reason."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Forged:
    """Send a form that no page of the office made."""

    at: str


Step = Go | Follow | Send | Fails | Forged


@dataclass(frozen=True, slots=True)
class Flow:
    """`who`: a login of the demonstration, nobody where empty. `status`: with which it is answered."""

    key: str
    who: str
    steps: tuple[Step, ...]
    status: int = 200


def _to(key: str, who: str, *steps: Step, status: int = 200) -> Flow:
    return Flow(key, who, steps, status)


_FILED = "/cases/?kind=patents.application&state=filed&sort=-number"
_BATCH = (
    Go(_FILED),
    Send({"all": "1"}, "/task/bulk/"),
    Follow("/act/first_review.decline_clearly_unneeded/"),
)
_CASE = Follow("^/cases/[a-z0-9]{26}/$")
_ASK = (Go("/cases/?kind=supply.plan"), _CASE, Follow("/consultation/$"), Follow("/consultation/ask/"))

_INQUIRY = "/cases/?kind=general.inquiry"
_NO_TABLE, _NO_PACKAGE = ("表.csv", b"\xff\xfe\x00nothing,that\nis,a table"), ("包み.zip", b"PK no package")
FLOWS = (
    # The way in.
    _to("login wrong", "", Go("/accounts/login/"), Send({"login": "nobody@example.jp", "password": "x"})),
    # An act: refused, shown before it is recorded, brought as a workbook or in a package.
    _to(
        "new refused",
        "company",
        Go("/new/patents.application/"),
        Send({"act.on": "いつか", "step": "check"}),
        status=422,
    ),
    _to(
        "new check",
        "company",
        Go("/new/patents.prior_confirmation/"),
        Send(
            {
                "act.on": "20260901",
                "act.party": "空想重工業株式会社",
                "name": "空想重工業株式会社",
                "title": "凧",
                "japanese_application_filed": "no",
                "step": "check",
            }
        ),
    ),
    _to(
        "act refused",
        "jpo",
        Go(_FILED),
        _CASE,
        Follow("/act/first_review."),
        Send({"act.on": "いつか", "step": "check"}),
        status=422,
    ),
    _to(
        "new workbook refused",
        "company",
        Go("/new/patents.application/"),
        Send(to="sheet.xlsx", files={"sheet": ("様式.xlsx", b"PK no workbook")}),
        status=422,
    ),
    _to("new package", "jpo", Go("/new/package/")),
    _to("new package refused", "jpo", Go("/new/package/"), Send(files={"package": _NO_PACKAGE}), status=422),
    # Many cases at once.
    _to("batch chosen", "jpo", *_BATCH[:2]),
    _to("batch form", "jpo", *_BATCH),
    _to("batch refused", "jpo", *_BATCH, Send({"act.on": "いつか"}), status=422),
    _to("batch preview", "jpo", *_BATCH, Send({"act.on": ""})),
    _to("batches", "jpo", *_BATCH[:2], Go("/task/jobs/")),
    # A question to another authority, and its answer.
    _to("consultation ask", "meti", *_ASK),
    _to("consultation refused", "meti", *_ASK, Send({"step": "check"}), status=422),
    _to(
        "consultation check",
        "meti",
        *_ASK,
        Send(
            {
                "act.on": "20261101",
                "sort": "consultation",
                "asked": "架空財政省",
                "subject": "認定の案",
                "question": "意見があるか。",
                "reply_by": "20301227",
                "step": "check",
            }
        ),
    ),
    _to("consultation begin", "mof", Go(_INQUIRY), _CASE, Follow("/consultation/$"), Follow("/consultation/begin/")),
    # The day's work.
    _to("absence refused", "jpo", Go("/task/absence/"), Send({"from": "いつか"}), status=422),
    _to("checklist refused", "admin", Go("/checklists/"), Send({"kind": "nothing", "text": ""}), status=400),
    _to("webhook refused", "attorney", Go("/settings/webhooks/"), Send({"url": "ftp://x"}), status=422),
    _to("token given", "attorney", Go("/settings/tokens/"), Send({"name": "見本", "scope": "read", "days": "30"})),
    _to("token refused", "attorney", Go("/settings/tokens/"), Send({"name": ""}), status=422),
    # People.
    _to("person refused", "admin", Go("/people/new/"), Send({"email": "x"}), status=422),
    _to("office refused", "admin", Go("/people/offices/"), Send(), status=422),
    _to("keeping", "admin", Go("/people/keys/")),
    # Tables given.
    _to(
        "screening refused",
        "jpo",
        Go("/patents/screening/"),
        Send({"ipc": "何か", "filing_date": "いつか"}),
        status=400,
    ),
    _to("screening columns", "jpo", Go("/patents/screening/"), Send(files={"file": ("vendors.csv", None)})),
    _to("names refused", "cao", Go("/names/"), Send(files={"file": _NO_TABLE}), status=400),
    _to("list refused", "cao", Go("/names/lists/"), Send({"day": "いつか"}), status=400),
    _to("ownership refused", "cao", Go("/ownership/"), Send(files={"file": _NO_TABLE}), status=400),
    _to("trade refused", "meti", Go("/supply/evidence/"), Send(files={"file": _NO_TABLE}), status=400),
    _to("shocks refused", "meti", Go("/supply/shocks/"), Send(files={"file": _NO_TABLE}), status=400),
    _to(
        "figures refused", "meti", Go("/supply/data/"), Send({"kind": "figures"}, files={"file": _NO_TABLE}), status=400
    ),
    # What cannot be answered.
    _to("not found", "attorney", Go("/nothing/"), status=404),
    _to("not found by nobody", "", Go("/nothing/"), status=404),
    _to("not safe", "attorney", Forged("/settings/notices/"), status=403),
    _to("too large", "attorney", Go("/settings/notices/"), Send({f"x{n}": "" for n in range(9000)}), status=413),
    _to("fault", "jpo", Fails(RuntimeError()), status=500),
    _to("busy", "jpo", Fails(errors.Busy()), status=503),
    _to("full", "jpo", Fails(errors.Full()), status=507),
    _to("unknown", "jpo", Fails(errors.CommitUnknown()), status=503),
)


def walked(flow: Flow, language: str) -> Stands:
    """Walk the way in a language."""
    person = Person.objects.get(email=f"{flow.who}@demo.example") if flow.who else None
    visitor = client(person)
    visitor.cookies["kaname_language"] = language
    if person:
        _proved(visitor, person)
    stands = Stands("/", 200, "")
    drafts = set(Draft.objects.values_list("pk", flat=True))
    for step in flow.steps:
        stands = _taken(visitor, step, stands, language)
    Draft.objects.exclude(pk__in=drafts).delete()  # nobody else finds a form filled in
    return stands


def _proved(visitor, person: Person) -> None:
    """The person has just proved who they are: the page before such a step is in no way."""
    request = RequestFactory().post("/")
    request.session, request.user = visitor.session, person
    record_authentication(request, person, "password", reauthenticated=True)
    request.session.save()


def _taken(visitor, step: Step, on: Stands, language: str) -> Stands:
    if isinstance(step, Fails):
        request = RequestFactory().post(on.at, {"words": "架空"}, HTTP_COOKIE=f"kaname_language={language}")
        answer = trouble.answer(request, step.error)
        return Stands(on.at, answer.status_code, answer.content.decode())
    if isinstance(step, Forged):
        at, visitor.handler.enforce_csrf_checks = step.at, True
        answer = visitor.post(at, follow=True)
    elif isinstance(step, Send):
        at, hidden = _form(on, step.to)
        answer = visitor.post(at, {**hidden, **step.typed, **dict(_files(step))}, follow=True)
    else:
        at = step.at if isinstance(step, Go) else _first(on, step.to)
        answer = visitor.get(at, follow=True)
    here = answer.redirect_chain[-1][0] if answer.redirect_chain else at
    return Stands(
        urljoin(at, here), answer.status_code, answer.content.decode(), answer.get("Content-Security-Policy", "")
    )


def _first(on: Stands, words: str) -> str:
    found = next((to for to in map(unescape, _LINK.findall(on.text)) if re.search(words, to)), None)
    assert found is not None, f"{on.at} ({on.status}): no link with {words!r}"
    return urljoin(on.at, found)


def _form(on: Stands, words: str) -> tuple[str, dict[str, str]]:
    for head, inner in _FORM.findall(on.text):
        to = unescape(_attribute(head, "action"))
        if _attribute(head, "method").lower() == "post" and (words in to if words else to in ("", on.at)):
            named = {_attribute(one, "name"): unescape(_attribute(one, "value")) for one in _HIDDEN.findall(inner)}
            return urljoin(on.at, to), named
    raise AssertionError(f"{on.at} ({on.status}): no form to {words!r}")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _files(step: Send) -> Iterator[tuple[str, BytesIO]]:
    for name, (called, content) in step.files.items():
        file = BytesIO((_EXAMPLES / called).read_bytes() if content is None else content)
        file.name = called
        yield name, file
