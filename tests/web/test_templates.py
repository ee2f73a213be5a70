"""What can be read off the templates themselves: both languages complete, nothing inline that the policy would stop."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import kaname.web

FOLDER = Path(kaname.web.__file__).parent / "templates"
TEMPLATES = sorted(str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*.html"))
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
_NAMES = {
    "Kaname",
    "要",
    "禁",
    "i",
    "日本語",
    "English",
}  # signs, and abbreviations such as CSV: alike in both languages


def _text(source: str) -> list[str]:
    """The words that stand in a template outside all tags, attributes' words among them."""
    source = re.sub(r"{% block text_class %}.*?{% endblock %}", "", source)  # the name of a class
    source = re.sub(r"<script[^>]*>.*?</script>", "", _TAGS.sub(" ", source), flags=re.S)
    source = re.sub(r'class="mono">kaname [^<]*', "", source)  # a command is the same in both languages
    said = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', source)
    return " ".join((re.sub(r"<[^>]*>", " ", source), *said)).split()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_word_is_said_in_both_languages(name):
    words = [w for w in _text((FOLDER / name).read_text()) if w not in _NAMES]
    assert [w for w in words if _JAPANESE.search(w)] == []
    assert [w for w in words if re.fullmatch(r"[A-Za-z]*[a-z][A-Za-z]*[.,:;?!]?", w)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_pair_of_texts_is_one_language_twice(name):
    for quote in "\"'":
        pairs = re.findall(
            rf"{{% t {quote}([^{quote}]*){quote} {quote}([^{quote}]*){quote}", (FOLDER / name).read_text()
        )
        for ja, en in pairs:
            assert not _JAPANESE.search(en) or en == "日本語", (ja, en)
            without = re.sub(r"kaname(?: [a-z-]+)+", "", ja)  # a command is the same in both
            assert not re.search(r"[a-z]{3,} [a-z]{3,}", without), (ja, en)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_inline(name):
    source = _TAGS.sub("", (FOLDER / name).read_text())
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r'(?:src|href)="(?:https?:)?//', source), "everything comes from the office itself"


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_can_be_read_by_django(name):
    get_template(name)
