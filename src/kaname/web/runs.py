"""Japanese words on an English page are told to be Japanese (WCAG 3.1.2): a voice reads them as such, a font fits them.

What people have recorded (names, titles, reasons) is shown as it was filed, in whatever language; no template knows it
beforehand. So each run is marked here, in the finished page, as `<span lang="ja" data-filed>`. What the office itself
says in Japanese on such a page its templates mark with a `lang` of their own, and nothing is added there.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

_LETTER = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
RUN = re.compile(f"[{_LETTER}](?:[{_LETTER}\u3001-\u3003\u3008-\u301f\uff01-\uff65]*[{_LETTER}])?")
# Where no mark can stand, and what says by itself that it is Japanese.
_ASIDE = re.compile(r'<(script|style|textarea|title|option|svg)\b.*?</\1>|<(\w+)\b[^>]*\blang="ja"[^>]*>.*?</\2>', re.S)


class Runs:
    """Middleware: for whole pages and for the parts that a live page asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if html and not response.streaming and (get_language() or "").startswith("en"):
            response.content = told(response.content.decode()).encode()
        return response


def told(page: str) -> str:
    """The page with every run of Japanese marked that stands between tags and says nothing of its language."""
    aside = [m.span() for m in _ASIDE.finditer(page)]
    starts = [start for start, _ in aside]
    return "".join(_pieces(page, aside, starts))


def _pieces(page: str, aside: list[tuple[int, int]], starts: list[int]) -> Iterator[str]:
    done, seen, inside = 0, 0, False
    for run in RUN.finditer(page):
        start, end = run.span()
        around = bisect_right(starts, start) - 1
        if around >= 0 and start < aside[around][1]:
            continue
        opens, closes = page.rfind("<", seen, start), page.rfind(">", seen, start)
        seen, inside = start, inside if opens == closes else opens > closes  # both are -1 where no tag stood between
        if inside:
            continue  # within a tag: an attribute is read in the language of what bears it
        yield f'{page[done:start]}<span lang="ja" data-filed>{run[0]}</span>'
        done = end
    yield page[done:]
