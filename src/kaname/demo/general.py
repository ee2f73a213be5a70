"""The general part in the demonstration: guidelines with the days on which the Cabinet decided them, and a desk.

The decisions are facts (their texts are not entered); questions, answers and briefings are invented and say so.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from kaname.demo.casts import Cast
from kaname.procedure import Entry
from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.versions import IN_FORCE

GUIDELINE, CONSULTATION, BRIEFING = "general.guideline", "general.consultation", "general.briefing"


def _nothing(kind_id: str, sort: str, party: str, number: str, rng: Random) -> dict[str, object]:
    return {}


GENERAL = Cast("", IN_FORCE, (), (), "prime_minister", _nothing)


def known(today: date) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Every case by its kind: each document that the kind runs, then what the desk was asked and told."""
    for guideline in GUIDELINES.values():
        if guideline.kind == GUIDELINE:
            editions = [e for e in guideline.editions if e.decided_on <= today]
            acts = tuple(
                Entry(f"{guideline.procedure}.record_decided", e.decided_on, {"source": e.source.ja, "seen": False},
                      "" if number == 1 else str(number), "prime_minister")
                for number, e in enumerate(editions, 1)
            )  # fmt: skip
            if acts:
                yield GUIDELINE, acts
    if today >= _FIRST:
        yield from _desk(today)


_FIRST = date(2024, 5, 1)  # as the other stories of the demonstration


def _desk(today: date) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Three questions at three stages, a briefing held with its slides, and one to come; days count back from today."""

    def act(name: str, ago: int, run: str = "", by: str = "desk", **data: object) -> Entry:
        return Entry(name, max(today - timedelta(ago), _FIRST), data, run, by)

    asked = {"subject": "（見本）子会社への保守の委託", "question": "（見本）子会社への委託に届出は要るか。",
             "regime": "infrastructure", "provisions": "52(1)", "asker": "operator"}  # fmt: skip
    told = "（見本）架空の回答です。実際の取扱いは所管省に確かめてください。"
    yield (
        CONSULTATION,
        (
            act("consultation.receive", 120, **asked),
            act("consultation.answer", 110, by="answering_section", answer=told),
            act("consultation.publish", 100, question=asked["question"], answer=told, provisions="52(1)",
                anonymous=True),
        ),
    )  # fmt: skip
    yield (
        CONSULTATION,
        (
            act("consultation.receive", 9, subject="（見本）外国出願の時期", question="（見本）いつから出願できるか。",
                regime="patents", provisions="78(1)", asker="applicant"),
            act("consultation.assign", 8, section="（見本）第5章担当"),
        ),
    )  # fmt: skip
    yield (
        CONSULTATION,
        (act("consultation.receive", 2, subject="（見本）計画の変更", question="（見本）届出か認定か。",
            regime="supply",
             provisions="10(1)", asker="producer"),),
    )  # fmt: skip
    about = {"title": "（見本）制度の説明会", "regime": "general", "place": "オンライン", "audience": "industry"}
    held = (today - timedelta(40)).isoformat()
    yield (
        BRIEFING,
        (
            act("briefing.plan", 70, **about, day=held),
            act("material.publish", 45, "slides", title="（見本）説明資料", regime="general"),
            act("briefing.hold", 40, people=120),
            act("material.count", 10, "slides", downloads=340),
        ),
    )
    yield BRIEFING, (act("briefing.plan", 5, **about, day=(today + timedelta(20)).isoformat()),)
