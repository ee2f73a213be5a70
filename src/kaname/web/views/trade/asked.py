"""What a page of trade is asked for: the table, the question in the address, the thresholds a person set."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.assess.trade.evidence import SETTABLE, Evidence, Source, evidence
from kaname.assess.trade.numbers import number
from kaname.assess.trade.tables import Sort
from kaname.desk import trade
from kaname.desk.models import TradeTable
from kaname.desk.trade import Question, Shown
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given

_A_NUMBER = T("0以上の数で入力してください。例：0.4", "Enter a number from 0, such as 0.4.")
_USUAL = Question()


@dataclass(frozen=True)
class Asked:
    """`shown`: the page, None where the question has errors (by field) or was not asked yet."""

    one: TradeTable
    question: Question
    thresholds: Mapping[str, float]
    shown: Shown | None
    errors: dict[str, Text] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The part of the address that keeps question and thresholds from page to page."""
        said = {one.name: getattr(self.question, one.name) for one in fields(Question)}
        kept = {name: text for name, text in said.items() if text and text != getattr(_USUAL, name)}
        return urlencode(kept | {f"t_{name}": f"{line:g}" for name, line in self.thresholds.items()})

    def address(self, name: str, *more: Any) -> str:
        return f"{reverse(name, args=[self.one.public_id, *more])}?{self.query}".rstrip("?")

    def record(self, left_out: tuple[str, ...] = ()) -> Evidence:
        """The evidence of the page as it is asked for."""
        assert self.shown is not None
        sources = [Source(t.name, t.sort, t.digest, t.rows) for t in self.shown.tables]
        return evidence(self.shown.page, self.shown.bundle, sources, access.today(), self.thresholds,
                        self.address("evidence_product"), left_out)  # fmt: skip


def mine(request: HttpRequest, id: str) -> TradeTable:
    one = trade.of(request.user, id)
    if one is None:
        raise Http404
    return one


def asked(request: HttpRequest, id: str) -> Asked:
    """What the address says. Errors are told by field."""
    one, given = mine(request, id), request.GET
    question = Question.of(lambda name: given.get(name, ""))
    errors: dict[str, Text] = {}
    thresholds = thresholds_of(given, errors)
    shown = None
    if not (question.product or question.bundle):
        errors["product"] = T(
            "品目を入力してください。例：2504、@batteries", "Enter a product, such as 2504 or @batteries."
        )
    else:
        try:
            shown = trade.shown(request.user, one, question)
        except BadInput as wrong:
            errors |= by_field(wrong, one)
    return Asked(one, question, thresholds, shown, errors, given)


def full(request: HttpRequest, id: str) -> Asked:
    """The same where a page makes no sense without an answer."""
    found = asked(request, id)
    if found.shown is None:
        raise Http404
    return found


def thresholds_of(given: Mapping[str, str], errors: dict[str, Text]) -> dict[str, float]:
    found = {}
    for name in SETTABLE:
        text = given.get(f"t_{name}", "").strip()[:20]
        if not text:
            continue
        line = number(text)
        if isinstance(line, Decimal):
            found[name] = float(line)
        else:
            errors[f"t_{name}"] = _A_NUMBER
    return found


def by_field(wrong: BadInput, one: TradeTable) -> dict[str, Text]:
    """Problems at the fields they belong to; what is wrong with the file stands at the product."""
    found: dict[str, Text] = {}
    for problem in wrong.problems:
        name = problem.file.removeprefix("--").replace("-", "_")
        name = {"year": "years", "supplier": "suppliers", "trade_parameter": "trade_parameters"}.get(name, name)
        known = name in {f.name for f in fields(Question)}
        quoted = f"「{problem.field}」：" if known and problem.field else ""
        said = tables_given.told(BadInput([problem]))
        if known:
            plain = problem.text
            said = T(f"{quoted}{plain.ja}。", f"{quoted.replace('「', '“').replace('」：', '”: ')}{plain.en}.")
        found.setdefault(name if known else "product", said)
    return found


def choices(request: HttpRequest) -> dict[str, list[TradeTable]]:
    """The tables that may stand beside one of trade, by sort."""
    listed = trade.listed(request.user)
    return {sort.value: [one for one in listed if one.sort == sort] for sort in Sort}
