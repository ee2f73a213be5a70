"""The pages of recovery and of what a restore lost, in Chromium: as they are at first, and with everything on them."""

import pytest
from browser import assert_clean, shot

from access.folk import person
from kaname.ledger import recovery
from kaname.ledger.proof import restores
from kaname.ledger.proof.restores import Lost


@pytest.fixture
def boss(site, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    return person("Boss", admin=True)


def test_both_pages_are_clean_empty_and_full(browse, boss):
    holders = [person(name, "foreign_filer") for name in ("架空 花子", "空想 次郎", "見本 一郎")]
    page = browse(boss)
    for path in ("/people/keys/", "/anchors/lost/"):
        assert_clean(page, path, languages=("ja",))
    three = recovery.make([who.public_id for who in holders], boss.public_id)
    recovery.kit(boss.public_id)
    recovery.drill(three[0], three[2])
    restores.raise_epoch()
    restores.note([Lost("a" * 26, n, f"{n:064x}", restores.RECEIPT) for n in range(1, 4)])
    for path in ("/people/keys/", "/anchors/lost/"):
        assert_clean(page, path)
        page.set_viewport_size({"width": 390, "height": 844})
        shot(page, f"narrow-{path.strip('/').replace('/', '-')}")
