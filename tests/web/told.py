"""What an answer of the office says to people, and tables pasted into a form that takes one."""

import re

from django.test import Client


def said(response, status: int = 200) -> str:
    """The words of a page, without its tags."""
    assert response.status_code == status, response
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def pasted(office: Client, where: str, **typed: str) -> str:
    """A form that is taken; where it leads to."""
    answer = office.post(where, typed)
    assert answer.status_code == 302, said(answer, 400)
    return answer["Location"]
