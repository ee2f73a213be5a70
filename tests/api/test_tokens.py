"""A token is kept as a digest only, ends by itself and by hand, and never outlives the right of its person."""

from datetime import timedelta

import pytest

from kaname.access import tokens
from kaname.access.models import Token
from kaname.ledger import clock


def test_the_secret_is_kept_nowhere(world):
    token, secret = tokens.make(world.kumo, "nightly", ("read",), 30)
    assert secret.startswith(token.hint) and len(secret) >= len("kaname_") + 43
    assert secret not in str(Token.objects.filter(pk=token.pk).values().get())
    assert tokens.holder(secret).person == world.kumo


@pytest.mark.parametrize("wrong", ["", "kaname_", "kaname_" + "x" * 43, "ん" * 20, "k" * 500])
def test_another_secret_opens_nothing(world, wrong):
    world.token("kumo")
    assert tokens.holder(wrong) is None


def test_it_ends_by_hand_once(world):
    token, secret = tokens.make(world.kumo, "nightly", ("read",), 30)
    assert not tokens.end(world.minister, token.public_id), "another person's"
    assert tokens.holder(secret)
    assert tokens.end(world.kumo, token.public_id)
    assert tokens.holder(secret) is None
    assert not tokens.end(world.kumo, token.public_id)


def test_it_ends_by_itself(world, monkeypatch):
    _, secret = tokens.make(world.kumo, "nightly", ("read",), 30)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=29, hours=23))
    assert tokens.holder(secret)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30, minutes=1))
    assert tokens.holder(secret) is None


def test_it_ends_with_its_person(world):
    secret = world.token("kumo")
    world.kumo.is_active = False
    world.kumo.save()
    assert tokens.holder(secret) is None


def test_use_is_noted_at_most_once_an_hour(world, django_assert_num_queries):
    secret = world.token("kumo")
    with django_assert_num_queries(2):
        tokens.holder(secret)
    with django_assert_num_queries(1):
        tokens.holder(secret)
    assert Token.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ("read",), 1), ("x" * 65, ("read",), 1), ("a\0b", ("read",), 1), ("x", (), 1), ("x", ("read", "all"), 1),
     ("x", ("admin",), 1), ("x", ("read",), 0), ("x", ("read",), 367)],
)  # fmt: skip
def test_what_cannot_be_made_says_what_was_expected(world, name, scopes, days):
    with pytest.raises(tokens.BadToken) as wrong:
        tokens.make(world.kumo, name, scopes, days)
    assert wrong.value.text.ja and wrong.value.text.en
    assert not Token.objects.exists()
