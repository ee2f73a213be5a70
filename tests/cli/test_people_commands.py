"""`kaname person`, `mandate`, `compartment`: an office is peopled from the command line; each mistake is one line."""

import json
import re

import pytest
from click.testing import CliRunner

from access.conftest import act_office, sqlite_office, sqlite_template  # noqa: F401
from kaname.access.login import invitations
from kaname.access.models import Mandate, Move, Office, Person, Placement
from kaname.cli import root
from kaname.ledger.models import Case

TARO, HANAKO, JIRO = "taro@example.jp", "hanako@example.jp", "jiro@example.jp"
FIRST = ("person", "add", TARO, "--name", "要 太郎", "--office", "架空省", "--sort", "authority", "--administrator")
BY = ("--by", TARO)


@pytest.fixture
def kaname(act_office, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*args, status=0, lang="en"):
        found = CliRunner().invoke(root, args, env={"KANAME_LANG": lang})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        assert found.exit_code == status, found.output
        return found.output

    return call


@pytest.fixture
def peopled(kaname):
    """An administrator and two people of the ministry."""
    kaname(*FIRST)
    for email, name in ((HANAKO, "Hanako"), (JIRO, "Jiro")):
        kaname("person", "add", email, "--name", name, "--office", "架空省", *BY)
    return kaname


@pytest.fixture
def case(peopled):
    """A case that Hanako sees, and Jiro too."""
    data = '{"ipc": ["B64C 39/02"]}'
    call = ("open", "patents.application", "first_review.file", "--on", "2025-09-16", "--data", data, "--json")
    for email in (HANAKO, JIRO):
        peopled("mandate", "add", email, "jpo", *BY)
    return json.loads(peopled(*call))["case"]


def test_the_first_administrator_of_a_new_office_comes_in_by_the_link(kaname):
    link, hint = kaname(*FIRST).splitlines()
    assert hint == "hand it to 要 太郎; good once, within 72 hours; shown this once"
    secret = re.fullmatch(r"http://127\.0\.0\.1:8000/accounts/welcome/([\w-]{43})", link.rstrip("/"))[1]
    assert invitations.accept(secret, "a long password for this test").email == TARO
    assert (Person.objects.get().administers, Office.objects.get().sort) == (True, "authority")


def test_the_link_names_the_address_of_the_office(kaname, settings):
    settings.ORIGIN = "https://office.example"
    assert json.loads(kaname(*FIRST, "--json"))["link"].startswith("https://office.example/accounts/welcome/")


def test_people_are_added_listed_reset_and_ended(peopled):
    rows = {row["email"]: row for row in json.loads(peopled("person", "list", "--json"))}
    assert set(rows) == {TARO, HANAKO, JIRO}
    assert (rows[TARO]["administers"], rows[HANAKO]["administers"], rows[HANAKO]["state"]) == (True, False, "invited")
    hanako = Person.objects.get(email=HANAKO)
    hanako.set_password("a long password for this test")
    hanako.save()
    assert invitations.invited(json.loads(peopled("person", "reset", HANAKO, *BY, "--json"))["link"].split("/")[5])
    hanako.refresh_from_db()
    assert not hanako.has_usable_password()
    assert peopled("person", "end", JIRO, *BY) == "the account of Jiro has ended\n"
    assert "終了" in peopled("person", "list", lang="ja")
    assert not Person.objects.get(email=JIRO).is_active


def test_the_only_administrator_is_let_in_again_by_the_host_alone(peopled):
    assert "/welcome/" in peopled("person", "reset", TARO)
    assert peopled("person", "reset", HANAKO, status=2).startswith("--by: missing")


def test_a_mandate_is_given_listed_and_ended(peopled):
    made = json.loads(peopled("mandate", "add", HANAKO, "applicant", "--kind", "patents.application", "--party", "雲",
                              "--read-only", "--sealed", "--from", "2026-01-01", *BY, "--json"))  # fmt: skip
    kept = Mandate.objects.get(public_id=made["id"])
    assert (kept.role, kept.party, kept.may_act, kept.sealed, kept.granted_by.email) == (
        "applicant", "雲", False, True, TARO,
    )  # fmt: skip
    row = json.loads(peopled("mandate", "list", "--json"))[0]
    assert (row["id"], row["person"], row["from"], row["until"]) == (made["id"], HANAKO, "2026-01-01", None)
    assert "read only, sealed" in peopled("mandate", "list", "--of", HANAKO)
    assert json.loads(peopled("mandate", "list", "--on", "2025-12-31", "--json")) == []
    peopled("mandate", "end", made["id"], *BY)
    assert json.loads(peopled("mandate", "list", "--json")) == []
    assert len(json.loads(peopled("mandate", "list", "--all", "--json"))) == 1


def test_members_alone_move_cases_and_people(case, peopled):
    peopled("compartment", "add", "秘1", "--first", HANAKO, *BY)
    by = ("--by", HANAKO)
    peopled("compartment", "place", case, "--in", "秘1", *by)
    assert Placement.objects.get().case.public_id == case
    told = peopled("compartment", "place", case, "--open", "--by", JIRO, status=2)
    assert told == "kaname: there is no such case\n"
    assert "last member" in peopled("compartment", "leave", "秘1", HANAKO, *by, status=2)
    peopled("compartment", "join", "秘1", JIRO, *by)
    assert json.loads(peopled("compartment", "list", "--by", JIRO, "--json"))[0]["members"] == [HANAKO, JIRO]
    assert peopled("compartment", "leave", "秘1", HANAKO, *by) == "Hanako is out\n"
    assert "秘1" not in peopled("compartment", "list", *by)
    peopled("compartment", "place", case, "--open", "--by", JIRO)
    assert (Placement.objects.count(), Move.objects.count(), Case.objects.get().public_id) == (0, 2, case)


ADD = ("person", "add", "new@example.jp", "--name", "N")
MISTAKES = [
    ((*ADD, "--office", "架空省"), "--by: missing; expected the e-mail address of the administrator who does this"),
    ((*ADD, "--office", "架空省", "--by", HANAKO), f"--by: '{HANAKO}' is no administrator"),
    ((*ADD, "--office", "架空省", "--by", "x@y.jp"), "--by: there is no person 'x@y.jp'"),
    ((*ADD, "--office", "雲社", *BY), "--office: there is no office '雲社' (known: 架空省); to make it, add --sort"),
    ((*ADD, "--office", "雲社", "--sort", "club", *BY),
     "--sort: expected one of authority, company, attorney"),
    ((*ADD, "--office", "架空省", "--sort", "company", *BY), "--sort: '架空省' is there already, as authority"),
    (("person", "add", "none", "--name", "N", "--office", "雲社", "--sort", "company", *BY),
     "EMAIL: this is no e-mail address"),
    (("person", "add", HANAKO, "--name", "N", "--office", "架空省", *BY),
     "EMAIL: there is a person with this address already"),
    (("person", "add", "new@example.jp", "--name", "a\nb", "--office", "架空省", *BY),
     "--name: expected one line of 1 to 128 characters (see kaname person add --help)"),
    (("person", "end", "x@y.jp", *BY), "EMAIL: there is no person 'x@y.jp'"),
    (("person", "end", TARO, *BY), "EMAIL: you cannot change your own rights; ask another administrator"),
    (("person", "reset", TARO, *BY), "--by: ask another administrator to reset your own account"),
    (("mandate", "add", TARO, "applicant", *BY),
     "EMAIL: you cannot change your own rights; ask another administrator"),
    (("mandate", "add", HANAKO, "applicant", "--kind", "x", *BY), "--kind: expected one of patents.application, "),
    (("mandate", "add", HANAKO, "king", *BY), "ROLE: expected one of agency_heads, "),
    (("mandate", "add", HANAKO, "applicant", "--case", "7", *BY), "CASE: there is no case '7'"),
    (("mandate", "add", HANAKO, "applicant", "--from", "2026-02-01", "--until", "2026-01-31", *BY),
     "--until: the last day lies before the first"),
    (("mandate", "list", "--all", "--on", "2026-01-01"), "--on: not together with --all"),
    (("mandate", "end", "abcdefghijklmnop", *BY), "MANDATE: there is no mandate 'abcdefghijklmnop'"),
    (("compartment", "add", "C", "--first", TARO, *BY), "--first: an administrator cannot be the first member"),
    (("compartment", "add", "C", "--first", HANAKO), "--by: missing; expected a value"),
    (("compartment", "join", "C", JIRO, *BY), f"COMPARTMENT: {TARO} is in no compartment 'C'"),
    (("compartment", "place", "1", *BY), "--in: expected either --in or --open"),
    (("compartment", "place", "1", "--in", "C", "--open", *BY), "--in: expected either --in or --open"),
]  # fmt: skip


def test_each_mistake_is_one_line_and_changes_nothing(peopled):
    def kept():
        return [model.objects.count() for model in (Person, Office, Mandate, Placement)]

    taro = Person.objects.get(email=TARO)
    taro.set_password("a long password for this test")  # who has come in cannot reset the own account
    taro.save()
    before = kept()
    for call, told in MISTAKES:
        found = peopled(*call, status=2)
        assert (found.startswith(told), found.count("\n")) == (True, 1), (call, found)
        japanese = peopled(*call, status=2, lang="ja")
        assert japanese != found
        assert japanese.count("\n") == 1
    assert kept() == before


def test_who_has_ended_is_given_nothing(peopled):
    peopled("person", "end", JIRO, *BY)
    peopled("compartment", "add", "C", "--first", HANAKO, *BY)
    ended = "EMAIL: this person's account has ended\n"
    assert peopled("mandate", "add", JIRO, "applicant", *BY, status=2) == ended
    assert peopled("compartment", "join", "C", JIRO, "--by", HANAKO, status=2) == ended
    assert peopled("person", "end", JIRO, *BY, status=2) == ended
    assert peopled("person", "reset", JIRO, *BY, status=2) == ended


def test_the_first_person_is_an_administrator(kaname):
    told = kaname(*FIRST[:-1], status=2)
    assert told == "--administrator: there is no administrator yet; make the first person one\n"
    assert not Office.objects.exists()


def test_of_two_that_have_the_same_name_the_id_is_asked(peopled):
    for _ in range(2):
        peopled("compartment", "add", "C", "--first", HANAKO, *BY)
    assert "give an id" in peopled("compartment", "join", "C", JIRO, "--by", HANAKO, status=2)
    room = json.loads(peopled("compartment", "list", "--by", HANAKO, "--json"))[0]["id"]
    assert peopled("compartment", "join", room, JIRO, "--by", HANAKO) == "Jiro is in\n"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["person", "mandate", "compartment"])
def test_help_in_both_languages_has_an_example(kaname, name, lang):
    for sub in root.get_command(None, name).table:
        told = kaname(name, sub, "--help", lang=lang)
        assert f"$ kaname {name} {sub}" in told
        assert ("Usage: " in told) is (lang == "en")
