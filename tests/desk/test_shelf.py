"""What lies on a desk has its time, also where nobody looks; what was computed lately is found again."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.utils import timezone

from kaname.access.models import Office, Person
from kaname.cli import root
from kaname.desk import run_out
from kaname.desk.models import Sheet
from kaname.desk.shelf import Lately

LENT = [m for m in apps.get_app_config("desk").get_models() if issubclass(m, Sheet) and hasattr(m, "ends_at")]


@pytest.mark.django_db(transaction=True)
def test_everything_that_has_had_its_time_goes_where_nobody_looks(monkeypatch):
    monkeypatch.setattr("kaname.cli.papers.office", nullcontext)
    office = Office.objects.create(sort="company", name_ja="架空", name_en="Kaku")
    person = Person.objects.create_user("hana@example.jp", None, name="花", office=office)
    more = {"Holdings": {"entities": 0}, "NameCheck": {"form": "csv"}}
    for model in LENT:
        for over in (True, False):
            ends_at = timezone.now() + timedelta(days=-1 if over else 1)
            given = more.get(model.__name__, {"form": "csv", "sort": "links", "digest": "0" * 64})
            one = model(office=office, person=person, rows=1, ends_at=ends_at, **given)
            one.take("a.csv", b"a")
            one.save(force_insert=True)
    assert {model.__name__ for model in LENT} >= {"TradeTable", "ShockTable", "Holdings", "NameCheck"}
    done = CliRunner().invoke(root, ["papers"])
    assert done.exit_code == 0, done.output
    assert {model.__name__: model.objects.count() for model in LENT} == {model.__name__: 1 for model in LENT}


def test_the_worker_throws_away_now_and_then(monkeypatch):
    swept = []
    monkeypatch.setattr(run_out, "sweep", lambda: swept.append(now))
    monkeypatch.setattr(run_out, "_next", 0.0)
    for now in (1000.0, 1001.0, 1599.0, 1600.0):
        run_out.now_and_then(now)
    assert swept == [1000.0, 1600.0]


def test_what_was_made_lately_is_not_made_again():
    made, lately = [], Lately(2)

    def make(what):
        return lambda: made.append(what) or what

    for key in ("a", "b", "a", "c", "a", "b"):  # b is the first to go, for a was asked for since
        assert lately.remembered((key, 1), make(key)) == key
    assert made == ["a", "b", "c", "b"]
    lately.forget("b")
    lately.remembered(("a", 1), make("a"))
    lately.remembered(("b", 1), make("b"))
    assert made == ["a", "b", "c", "b", "b"]
