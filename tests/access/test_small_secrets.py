"""Small secrets in the database: opened for their purpose alone, by the office's own key, in the next version too."""

import pytest

from kaname.access.vault import Broken, lock, unlock


@pytest.fixture(autouse=True)
def known(settings):
    settings.SECRET_KEY = "k"


def test_what_is_locked_opens_for_its_purpose_alone(settings):
    locked = lock(b"a secret", "totp")
    assert unlock(locked, "totp") == b"a secret" and b"secret" not in locked
    for purpose, blob in (
        ("kept", locked),
        ("", locked),
        ("totp", locked[:-1]),
        ("totp", b""),
        ("totp", b"\0" + locked),
    ):
        with pytest.raises(Broken):
            unlock(blob, purpose)
    settings.SECRET_KEY = "another"
    with pytest.raises(Broken):
        unlock(locked, "totp")


def test_the_same_is_never_locked_alike():
    one, other = lock(b"a secret", "totp"), lock(b"a secret", "totp")
    assert one[:12] != other[:12] and len(one) == 12 + 8 + 16


def test_what_versions_before_have_locked_opens_still():
    locked = "aed9e5e32890e25d6c4170f6c2827ce782e476dc9b7117a49c98012203163af62a275788"
    assert unlock(bytes.fromhex(locked), "totp") == b"a secret"
