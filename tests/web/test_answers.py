"""The sentences at the head of a designated case, for those whom the Act binds (Arts. 73, 74, 78(2))."""

from datetime import date

from kaname.procedure import Entry, at, fold
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.show import bans
from kaname.regimes import kind
from kaname.web.case.answer import answer
from kaname.web.case.banned import concerns
from patents.case_files import CASES
from walks import read_ledger

OF = kind("patents.application")
ENTRIES = read_ledger(CASES / "c5_05_full_life.jsonl")
RECEIVED = next(e.received_on for e in ENTRIES if e.act == "designation.designate")
APPLICANT = ("applicant", "designated_applicant")


def told(day: date, *roles: str) -> tuple[str, str]:
    known = [e for e in ENTRIES if e.on <= day]
    standing = at(OF, fold(OF, known, max(e.on for e in known)), day)
    lines = answer(standing, roles, ends_by_time(standing))
    return "\n".join(line.text.ja for line in lines), "\n".join(line.text.en for line in lines)


def test_after_designation_only_the_designated_invention_may_not_be_filed_abroad():
    ja, en = told(RECEIVED, *APPLICANT)
    assert "外国出願（指定特許出願人は保全対象発明のみ）" in ja
    assert "filing abroad (by the designated applicant: the designated invention only)" in en
    ja, en = told(date(2025, 12, 1), *APPLICANT)
    assert "外国出願はできません" in ja and "保全対象発明のみ" not in ja


def test_the_designated_applicant_is_told_of_the_ban_on_working():
    ja, en = told(RECEIVED, *APPLICANT)
    assert "許可のない実施" in ja and "working without a permit" in en
    for word in ("保全対象発明の開示", "特許出願の放棄・取下げ"):
        assert word in ja


def test_what_binds_the_circle_of_those_who_know_is_not_told_to_others():
    known = [e for e in ENTRIES if e.on <= RECEIVED]
    standing = fold(OF, known, RECEIVED)
    working = next(b for b in bans(standing) if b.of.ban.id == "working")
    assert concerns(standing, working.of, ["designated_applicant"]) and concerns(standing, working.of, ["bound_person"])
    assert not concerns(standing, working.of, ["jpo"]) and not concerns(standing, working.of, ["prime_minister"])


def test_only_what_the_law_asks_without_delay_is_told_so():
    """Art. 58(2) names no day and no "without delay": a report asked for without a day is told without either."""
    of = kind("infrastructure.inspection")

    def asked(data):
        lines = [Entry("report_inspection.request", date(2026, 6, 1), data, "m1", "minister")]
        return "\n".join(f"{li.text.ja} {li.text.en}" for li in answer(fold(of, lines), ["operator"], {}))

    given = {"purpose": "order", "received_on": "2026-06-01"}
    assert "すること：" in asked(given) and "遅滞なく" not in asked(given) and "delay" not in asked(given)
    assert "6月10日" in asked({**given, "report_by": "2026-06-10"})
