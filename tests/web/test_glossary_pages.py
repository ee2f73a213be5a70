"""The glossary in the browser: found by reading, indexed in both languages, open to everyone."""

from html import unescape

from browser import assert_clean
from django.test import Client

from kaname.law import glossary

PAGES = ("/glossary/", "/glossary/?q=禁", "/glossary/?q=zzz", "/glossary/security-designation/", "/glossary/sealed/")


def told(path: str, status: int = 200) -> str:
    answer = Client(headers={"accept-language": "ja"}).get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_the_pages_of_the_glossary_are_clean(site, browse):
    tab = browse(site.person("要 花子"))
    for path in PAGES:
        assert_clean(tab, path)


def test_every_term_has_its_page_and_what_is_no_term_has_none(site):
    for term in glossary.TERMS:
        assert term.means.ja in told(f"/glossary/{term.id}/")
    told("/glossary/no-such-term/", 404)


def test_the_index_of_the_reader_s_language_and_the_table_to_take_away(site):
    assert "さ行" in told("/glossary/") and "保全指定" in told("/glossary/?q=ホゼン")
    csv = b"".join(Client().get("/glossary/?csv=1").streaming_content).decode("utf-8-sig")
    assert len(csv.splitlines()) == len(glossary.TERMS) + 1
