"""No finding of the house rules; each rule finds a violation planted for it; exceptions that nobody needs are gone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import static_rules

PLANTED = {
    "rows_of_cases": ("kaname/web/x.py", "def page(request, id):\n    return Case.objects.get(public_id=id)\n"),
    "markup": ("kaname/web/x.py", "def name(value):\n    return mark_safe(f'<b>{value}</b>')\n"),
    "own_sql": ("kaname/web/x.py", "Standing.objects.filter(visible_to(p, d)).extra(where=[typed])\n"),
    "processes": ("kaname/papers/x.py", "import subprocess\nsubprocess.run(['unzip', name])\n"),
    "network": ("kaname/web/x.py", "from urllib.request import urlopen\n"),
    "wall_clock": ("kaname/procedure/x.py", "from datetime import date\nDUE = date.today()\n"),
    "chance": ("kaname/access/x.py", "from random import choice\n"),
    "weak_digests": ("kaname/ledger/x.py", "import hashlib\nhashlib.sha1(b'')\n"),
    "logs": ("kaname/papers/x.py", "_log.warning('kept', extra={'title': document.title})\n"),
    "tokens": ("kaname/web/x.py", "@csrf_exempt\ndef take(request):\n    return do(request)\n"),
    "openings": ("kaname/web/x.py", "found = papers.fetch(request.user, document)\n"),
    "patterns": ("kaname/web/x.py", "import re\nfound = re.search(request.GET['q'], text)\n"),
    "days_of_instants": ("kaname/web/x.py", "row = Row(h.role, h.filed_at.date())\n"),
    "digits": ("kaname/web/x.py", "page = int(asked) if asked.isdigit() else 1\n"),
}
OTHERS = [
    ("rows_of_cases", "kaname/papers/x.py", "rows = [e for e in Entry.objects.all()]"),
    ("rows_of_cases", "kaname/desk/x.py", "Sealed._base_manager.filter(entry=e)"),
    ("days_of_instants", "kaname/cli/x.py", "day = version.at.date()"),
    ("processes", "kaname/web/x.py", "eval(typed)"),
    ("processes", "kaname/web/x.py", "import os\nos.system(typed)"),
    ("processes", "kaname/web/x.py", "import pickle"),
    ("own_sql", "kaname/web/x.py", "RawSQL(typed, [])"),
    ("logs", "kaname/web/x.py", "_log.info(f'read {value}')"),
    ("logs", "kaname/web/x.py", "_log.info('read %s', value)"),
    ("logs", "kaname/web/x.py", "_log.info('came', extra={'person': person.public_id})"),
    ("logs", "kaname/web/x.py", "_log.warning('failed', extra={'account': email})"),
    ("logs", "kaname/web/x.py", "_log.warning('failed', extra={'network': request.META['REMOTE_ADDR']})"),
    ("patterns", "kaname/desk/x.py", "re.sub(f'^{word}$', '', text)"),
    ("patterns", "kaname/desk/x.py", "re.compile('|'.join(words))"),
    ("patterns", "kaname/desk/x.py", "def f(WORD):\n    return re.compile(r'\\b' + WORD)"),
    ("patterns", "kaname/desk/x.py", "re.fullmatch(string=text, pattern=word)"),
    ("patterns", "kaname/desk/x.py", "from re import compile"),
    ("network", "kaname/papers/x.py", "import requests"),
    ("wall_clock", "kaname/regimes/x.py", "clock.now()"),
]


def test_the_sources_keep_the_rules():
    found = [f"{path}:{line}: {rule}: {what}" for path, text in static_rules.files()
             for rule, line, what in static_rules.findings(path, text)]  # fmt: skip
    assert found == [], "another way, or a reason in EXCEPTIONS of tests/static_rules.py"


def test_templates_and_scripts_keep_theirs():
    found = [one for one in static_rules.of_pages() if one[0] not in static_rules.IN_PAGES]
    assert found == []
    assert {path for path, _, _ in static_rules.of_pages()} == set(static_rules.IN_PAGES)


def test_every_rule_has_a_violation_planted():
    assert set(PLANTED) == set(static_rules.RULES)


@pytest.mark.parametrize(("rule", "path", "source"), [(r, *p) for r, p in PLANTED.items()] + OTHERS)
def test_a_planted_violation_is_found(rule, path, source):
    assert [name for name, _, _ in static_rules.findings(path, source)] == [rule]


@pytest.mark.parametrize("source", ["_seen = Case.objects.filter(visible_to(p, d), pk=1)", "_log.info('kept')",
                                    "_log.info('came', extra={'person': pseudonym('person', p.public_id)})",
                                    "mark_safe('<br>')", "re.sub(f'{re.escape(word)}$', '', text)",
                                    "_DAY = '[0-9]'\n_AT = re.compile(_DAY + r'日')",
                                    "@csrf_exempt\ndef a(r): return b(r)\n@csrf_protect\ndef b(r): ..."])  # fmt: skip
def test_what_is_in_order_is_no_finding(source):
    assert list(static_rules.findings("kaname/web/x.py", source)) == []


@pytest.mark.parametrize("text", ["{{ name|safe }}", "{% autoescape off %}", "<script>go()</script>", '<p style="x">',
                                  '<a href="javascript:go()">', '<b onclick="go()">'])  # fmt: skip
def test_what_is_planted_in_a_template_is_found(text):
    assert list(static_rules.in_page(text, static_rules.IN_TEMPLATES))


@pytest.mark.parametrize("text", ["a.innerHTML = b", "eval(x)", "localStorage.x", "document.write(x)"])
def test_what_is_planted_in_a_script_is_found(text):
    assert list(static_rules.in_page(text, static_rules.IN_SCRIPTS))


@pytest.mark.parametrize("text", ["kept[field.name] = field.value", "a.b[name] ??= 1", "const one = { [name]: 1 };",
                                  "Object.fromEntries(new FormData(form))", "Object.assign(kept, JSON.parse(text))",
                                  "f(x)[key] += 1"])  # fmt: skip
def test_a_name_of_a_user_as_the_name_of_a_member_is_found(text):
    assert list(static_rules.in_page(text, static_rules.KEYS_OF_OBJECTS))


@pytest.mark.parametrize("text", ["const [a, b] = pair", "rows[0] = row", "if (at[i] === to) go()", "a[i] == b",
                                  "set[key](one)", "[...list].map((x) => x)", 'a["x"] = 1'])  # fmt: skip
def test_other_brackets_are_none(text):
    assert not list(static_rules.in_page(text, static_rules.KEYS_OF_OBJECTS))


def test_a_global_of_the_document_is_found():
    assert list(static_rules.in_page("go(document.forms)", static_rules.ON_DOCUMENT))
    assert not list(static_rules.in_page("document.querySelector('x')", static_rules.ON_DOCUMENT))


def test_every_exception_is_needed_and_has_a_reason():
    sources = dict(static_rules.files())
    for name, files in static_rules.EXCEPTIONS.items():
        for path, reason in files.items():
            assert list(static_rules.RULES[name](path, ast.parse(sources[path]))), f"{name}: {path} needs none any more"
            assert len(reason) > 20


@pytest.mark.parametrize(("code", "source"), [
    ("S602", "import subprocess\nsubprocess.run(name, shell=True)\n"),
    ("S608", "def of(table):\n    return f'SELECT * FROM {table}'\n"),
    ("S324", "import hashlib\nhashlib.md5(b'')\n"),
    ("S105", "password = 'kaname'\n"),
    ("S301", "import pickle\npickle.loads(b'')\n"),
    ("S501", "import requests\nrequests.get('https://x', verify=False, timeout=1)\n"),
])  # fmt: skip
def test_the_linters_own_rules_are_on(code, source, tmp_path):
    """As set in pyproject.toml, for a file that lies in the package."""
    ruff, here = Path(sys.executable).with_name("ruff"), Path(__file__).parents[1]
    command = [
        ruff,
        "check",
        "--output-format",
        "concise",
        "--no-cache",
        "--stdin-filename",
        "src/kaname/web/x.py",
        "-",
    ]
    said = subprocess.run(command, input=source, capture_output=True, text=True, cwd=here, check=False).stdout
    assert code in said
