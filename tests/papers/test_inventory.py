"""The inventory of papers against the declarations and the researched facts: nothing is missing, nothing is made up."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kaname.papers import inventory
from kaname.papers.inventory.official import order_of
from kaname.procedure import Entry
from kaname.procedure.fold import fold
from kaname.procedure.index import index
from kaname.regimes import KINDS, kind

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
# The facts of Chapter 2 write only numbers: which orders' forms a procedure means, and its name here.
SERIES = {
    "ch2.plan": ("CERT", "plan"), "ch2.plan_change": ("CERT", "plan_change"),
    "ch2.plan_minor_change": ("CERT", "plan_minor_change"), "ch2.plan_cancellation": ("CERT", "plan_cancellation"),
    "ch2.annual_report": ("CERT", "annual_report"), "ch2.support_corporation": ("BODY", "support_corporation"),
    "ch2.two_step_loan": ("LOAN", "two_step_loan"),
}  # fmt: skip
# Acts of the facts that have another name here, and forms that are filled by the application, not the decision upon it.
RENAMED = {"plan": "plan_apply", "designate": "apply"}
# What the facts list as a form and is none: contents without a numbered form; names of documents in a machine's format.
NO_FORM = {"NO-FORM-PERMIT", "JPO-XML"}


def facts(name: str) -> dict[str, Any]:
    file = SHARED / "facts" / name
    if not file.is_file():
        pytest.skip(f"researched facts are absent: {file}")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def test_every_act_stands_once_and_no_other():
    for regime in inventory.acts.BY_REGIME:
        declared = {n for k in KINDS.values() if k.id.startswith(f"{regime}.") for n, of in index(k).acts.items()
                    if of.name == n}  # fmt: skip
        told = inventory.listed(regime)
        assert declared - set(told) == set(), "acts without a paper"
        assert set(told) - declared == set(), "papers of no act"
        assert set(told.values()) <= set(inventory.SORTS)


def test_every_form_of_the_facts_is_there_and_no_other():
    named = {form["id"] for form in facts("ch3_infrastructure.yaml")["forms"]["list"]}
    named |= {form["id"] for form in facts("ch5_patents.yaml")["forms"]} - NO_FORM
    numbers = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11,
               "十二": 12, "十三": 13}  # fmt: skip
    listed = facts("ch2_supply.yaml")["forms"]["form_numbers"]
    named |= {f"CERT-{numbers[form['form'].removeprefix('様式第')]}" for form in listed}
    named |= {form for form, _ in asked_by_chapter_2()} | {"BODY-2", "LOAN-2"}
    assert named == set(inventory.OFFICIAL)


def asked_by_chapter_2() -> Iterator[tuple[str, str]]:
    """Each form that an act of Chapter 2 asks for, and the act."""
    for procedure in facts("ch2_supply.yaml")["procedures"]:
        if procedure["id"] not in SERIES:
            continue
        series, ours = SERIES[procedure["id"]]
        for act in procedure["acts"]:
            for asked in map(str, act.get("required") or ()):
                if found := re.match(r"Form (\d+)", asked):
                    name = act["id"].partition(".")[2]
                    renamed = RENAMED.get(name, name) if series != "CERT" else name
                    yield f"{series}-{found[1]}", f"{ours}.{renamed}"


def test_the_acts_of_chapter_2_fill_the_forms_that_the_facts_say():
    for form, act in asked_by_chapter_2():
        assert f"supply/{act}" in inventory.OFFICIAL[form].acts, (form, act)


def test_the_numbers_of_chapter_3_are_those_of_the_facts():
    for form in facts("ch3_infrastructure.yaml")["forms"]["list"]:
        ours = inventory.OFFICIAL[form["id"]]
        if form["id"] == "F_INSPECT_ID":
            assert [ours.titled(o).ja.split(" ")[0] for o in ("fsa", "meti", "mic", "mlit")] == [
                "様式第十一", "様式第十二", "様式第十三", "—"]  # fmt: skip
            continue
        if form["mic_form"]:
            assert ours.titled("mic").ja == f"{form['mic_form']} {form['ja']}"
        if form["default_form"]:
            said = f"{form['default_form'].removeprefix('METI ')} {form['ja']}"
            assert ours.titled("meti").ja == said


def test_every_form_is_filled_by_acts_that_exist_and_each_is_a_paper():
    for form in inventory.OFFICIAL.values():
        assert form.acts and form.title.ja and form.title.en
        for act in form.acts:
            regime, _, name = act.partition("/")
            assert inventory.listed(regime)[name] in inventory.PAPERS, act


def test_notices_of_an_authority_that_the_facts_know_are_notices_here():
    """Where a fact file lists a notice among the documents of an act, its paper is a notice; none is a bare record."""
    for name, file, key in (("infrastructure", "ch3_infrastructure.yaml", "documents"),
                            ("patents", "ch5_patents.yaml", "documents")):  # fmt: skip
        told = inventory.listed(name)
        acts = [(p["id"], a) for p in facts(file)["procedures"] for a in p.get("acts", ())]
        found = 0
        for procedure, act in acts:
            written = " ".join(map(str, act.get(key) or ()))
            if re.search(r"written notice|^notice\b|recommendation -", written):
                ours = by_fact(name, procedure, act["id"])
                assert ours is None or inventory.SORTS[told[ours]].notice, (procedure, act["id"])
                found += ours is not None
        assert found, name


def by_fact(regime: str, procedure: str, act: str) -> str | None:
    """Our name of an act of the facts, by its own name or an alias."""
    short = act.partition("_")[2].lower() if regime == "infrastructure" else act
    ours = procedure.partition("_")[2].lower() if regime == "infrastructure" else procedure
    for k in KINDS.values():
        if k.id.startswith(f"{regime}.") and (of := index(k).acts.get(f"{ours}.{short}")):
            return of.name
    return None


def test_all_the_notices_an_authority_sends_are_of_some_act():
    wanted = {"acceptance", "extension", "recommendation", "order", "sending", "non_sending", "intention", "lifting",
              "designation", "certification", "refusal", "cancellation", "survey", "inspection"}  # fmt: skip
    used = {sort for regime in inventory.acts.BY_REGIME for sort in inventory.listed(regime).values()}
    assert wanted <= used and used == set(inventory.SORTS)


def test_a_form_is_numbered_by_the_order_of_its_case():
    on, plans = date(2026, 11, 2), kind("infrastructure.plan")
    standing = fold(plans, (), on)

    def form(business: str) -> str:
        taken = {"context": {"operator": {"business": business}}} if business else {}
        entry = Entry("introduction_plan.file", on, taken, by="operator")
        (found,) = inventory.forms_of(entry, standing)
        return found.ja

    telecom = next(f"{s.id}.{b.id}" for s, b in businesses() if s.order(b, on) == "mic")
    power = next(f"{s.id}.{b.id}" for s, b in businesses() if s.order(b, on) == "meti")
    assert form(telecom).startswith("様式第六（一） ") and form(power).startswith("様式第四（一） ")
    assert "総務省令：様式第六（一）" in form("")
    assert order_of(Entry("introduction_plan.file", on, {"business": "no.such"}), standing) is None


def businesses():
    from kaname.regimes.infrastructure.catalogue.sectors import businesses as all_of_them

    return all_of_them()


def test_one_of_two_forms_is_chosen_by_what_the_entry_says():
    on, plans = date(2026, 11, 2), kind("infrastructure.plan")
    standing = fold(plans, (), on)

    def names(act: str, **data: Any) -> list[str]:
        return [t.ja.partition(" ")[2] for t in inventory.forms_of(Entry(act, on, data, by="operator"), standing)]

    assert names("plan_change.report", component=True) == ["導入後の構成設備の変更の報告"]
    assert names("plan_change.report") == ["変更の報告"]
    assert names("introduction_plan.file") == ["導入等計画書（導入）"]
    assert len(inventory.forms_of(Entry("prior_confirmation.request", on), fold(kind("patents.prior_confirmation"), (),
               on))) == 3  # fmt: skip
