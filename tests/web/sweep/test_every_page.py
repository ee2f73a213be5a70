"""Every page of the office, looked at in both languages, wide and narrow, light and dark, by keyboard and on paper.

Pages are found from the URL table: an address that is neither reached by links, nor opened here, nor named as no page,
fails the suite. What is asked of each is in look.py. While one works a page is opened in one language, for one of the
regimes that have it, by turns; where everything is asked, each in both and for all of them.
"""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from browser import THOROUGH, turns
from django.urls import reverse

from kaname.access import api as access
from kaname.access.gate.doors import Address, Rule, addresses, rule_of
from kaname.access.models import Person
from web.sweep.look import CHART_PAGE, LIGHT_PAGE, look
from web.sweep.walk import Page, client

# Pages to which no link leads, each with who opens it: the way in, what a form asks for, and what only some cases have.
BESIDE = {
    "account_login": ("", "/accounts/login/"),
    "account_inactive": ("", "/accounts/inactive/"),
    "search": ("attorney", "/search/?q=架空"),
    "parts": ("attorney", "/parts/"),
    "outreach_answers": ("cao", "/outreach/answers/?q=架空"),
    "measures": ("attorney", "/cases/{designated}/measures/"),
    "custody": ("attorney", "/cases/{designated}/custody/"),
    "custody_measures": ("attorney", "/cases/{designated}/custody/measures/"),
    "custody_leak": ("attorney", "/cases/{designated}/custody/leak/"),
    "custody_decided": ("attorney", "/cases/{designated}/custody/decisions/"),
    "alarms": ("attorney", "/alarms/"),
    "task_load": ("meti", "/task/load/"),
    "task_views": ("jpo", "/task/views/"),
    "task_absence": ("mext", "/task/absence/"),
    "task_absences": ("admin", "/task/absences/"),
    "consultation": ("attorney", "/cases/{designated}/consultation/"),
    "consultations": ("meti", "/consultations/"),
    "case_notes": ("attorney", "/cases/{designated}/notes/"),
    "case_checklist": ("attorney", "/cases/{designated}/checklist/"),
    "checklists": ("admin", "/checklists/"),
    "anchors": ("attorney", "/anchors/"),
    "tour": ("attorney", "/tour/"),
}
# No pages: each with why not. What answers nothing but forms is told by itself (it refuses to be looked at).
NO_PAGES = {
    "answers a form": """
        account_logout kept read_day upload case_upload new_check act_check evidence_carry shock_carry mandate_end
        shock_run_begin shock_run_do shock_worth plan_worth_discard
        mfa_reauthenticate mfa_login_webauthn openid_connect_callback letter_issue task_change task_do
        task_marks task_undo
        task_view_change task_view_save task_absence_clear task_absence_end
    """,
    "a file": """
        openapi healthz screening_download planner_ics names_download ownership_bods ownership_companies
        ownership_holders vendor_file plan_vendor_file passport_file evidence_figures evidence_record
        shock_figures shock_record shock_run_figures
        glance_csv glance_report glance_slides document calendar_feed new_sheet act_sheet letter
        letter_draft letter_whole letter_issued
        paper_picture paper_small package verifier anchor_file why_ics mfa_download_recovery_codes
    """,
    "leads on": "case_usual passports mfa_list_webauthn account_signup socialaccount_signup socialaccount_connections",
    # Opened by a link out of a mail, a second step of login, another organisation, or a case in a state that the
    # demonstration does not have: held by assert_clean in the tests of their part.
    "elsewhere": """
        account_set_password welcome vendor_invitation mfa_authenticate mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_remove_webauthn mfa_edit_webauthn mfa_add_webauthn mfa_activate_totp
        mfa_reauthenticate_webauthn openid_connect_login socialaccount_login_cancelled socialaccount_login_error
        screening_columns planner_fork evidence_dependence shock_run key_first council_leave notices_feed
        task_job task_act task_sample task_bulk
        consultation_ask consultation_check consultation_begin consultation_answer
        custody_request
        case_package new_package paper paper_page keeping lost
    """,
}
_NO_PAGES = {name for names in NO_PAGES.values() for name in names.split()}
DOORS = {a.name: a for a in addresses() if rule_of(a.name) is not Rule.TOKEN and not a.name.startswith("admin:")}
CHARTS = ("glance", "shock_table", "evidence_product", "evidence_compare", "ownership_drawing", "case_flow")


def test_no_page_is_left_out(tour):
    """What is neither reached nor opened here is named as no page; and what is named there stands in the URL table."""
    known = {page.name for page in tour.pages} | set(BESIDE) | _NO_PAGES
    left = [name for name, door in DOORS.items() if name not in known and not _only_answers_forms(tour, door)]
    assert [f"{name}: no link leads there; add it to BESIDE, or to NO_PAGES with why it is none" for name in left] == []
    assert sorted((_NO_PAGES | set(BESIDE)) - set(DOORS)) == []


def _only_answers_forms(tour, door: Address) -> bool:
    case = next(page.at.split("/")[2] for page in tour.pages if page.key == "case patents")
    values = {"case": case} | dict.fromkeys(re.findall("<int:(.*?)>", door.route), 1)
    where = reverse(door.name, kwargs={name: values.get(name, "x") for name in door.parameters})
    return client(Person.objects.get(email="attorney@demo.example")).get(where).status_code == 405


@cache
def designated(who: str) -> str:
    """A case with a designation that this person may see."""
    person = Person.objects.get(email=f"{who}@demo.example")
    found = (at for at in access.standings(person, "patents.application") if "designation" in at.standing.tracks)
    return str(next(found).case.public_id)


@pytest.mark.parametrize("name", sorted(set(DOORS) - _NO_PAGES))
def test_a_page_holds_everything(tour, name):
    pages = [page for page in tour.pages if page.name == name]
    if name in BESIDE and not pages:
        who, at = BESIDE[name]
        pages.append(Page(name, who, at.format(designated=designated(who)) if "{" in at else at))
    most = CHART_PAGE if name.startswith(CHARTS) else LIGHT_PAGE
    found = {}
    for page in turns(name, pages):
        tab = tour.tab(page.who)
        for language in turns(page.key, ("ja", "en")):
            told = look(tab, page.at, language, most, page.key.replace(" ", "-"))
            keep(page.key, page.who, page.at, language, told)
            if told:
                found[page.key, language] = told
    assert not found, "\n".join(f"{key}: {line}" for key, lines in found.items() for line in lines)


def keep(key: str, who: str, at: str, language: str, told: list[str]) -> None:
    """A line for the result sheet, where one is asked for (KANAME_SWEEP names the file)."""
    if file := os.environ.get("KANAME_SWEEP"):
        line = {"key": key, "who": who, "at": at, "language": language, "found": told, "all": THOROUGH}
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
