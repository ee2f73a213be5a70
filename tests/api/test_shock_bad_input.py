"""Bad networks over the API: a clear refusal at the field, or the right answer; never a wrong number."""

import pytest

from api.calls import Caller, is_problem

FIRMS = "firm,industry\nA,x\nB,y\nC,z\nD,y\n"
LINKS = "supplier,buyer,value\nA,B,10\nB,C,20\nD,C,5\n"

BAD = [
    ("A,A,5\n", "", "another firm than itself"), ("A,C,-5\n", "", "a number not below 0"),
    ("A,X,5\n", "", "an identifier in the table"), ("A,C,nan\n", "", "a number not below 0"),
    ('A,C,"1,5"\n', "", "a number not below 0"), ("A,C,1e308\nD,B,1e308\n", "", "too large to be added up"),
    ("", "E,\n", "an industry"), ("", "A,x\n", "each only once"),
]  # fmt: skip


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read"))


def asked(links: str, firms: str = FIRMS) -> dict:
    return {"links": {"name": "l.csv", "text": links}, "firms": {"name": "f.csv", "text": firms}, "lost": ["A"],
            "days": 3}  # fmt: skip


def told(kumo, body) -> str:
    errors = is_problem(kumo.post("/shocks", body, **{"accept-language": "en"}), 422, "invalid")["errors"]
    return str(errors)


@pytest.mark.parametrize(("link", "firm", "said"), BAD)
def test_a_bad_network_is_refused(kumo, link, firm, said):
    assert said in told(kumo, asked(LINKS + link, FIRMS + firm))


@pytest.mark.parametrize("links", ["", "supplier,buyer,value\n", "a;b;c\n1;2;3\n"])
def test_no_table_is_refused(kumo, links):
    assert told(kumo, asked(links))


def test_what_is_odd_but_right_has_the_right_answer(kumo):
    def score(links: str) -> float:
        answer = kumo.post("/shocks", asked(links))
        assert answer.status_code == 200, answer.content
        return answer.json()["score"]

    plain = score(LINKS)
    assert score(LINKS.replace("10\n", '"1,000"\n').replace("20\n", "2000\n").replace("5\n", "500\n")) == plain
    assert score(LINKS.replace("10\n", "1e16\n").replace("20\n", "2e16\n").replace("5\n", "5e15\n")) == pytest.approx(
        plain
    )
    assert score("supplier,buyer,value\nA,B,0\n") == 0.0
    assert score("supplier,buyer,value\nA,B,10\nD,C,30\n") == pytest.approx(0.25)
