"""Who a command is about, and who does it: people by e-mail address, and what access says against it, as one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kaname.cli.language import said
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

if TYPE_CHECKING:  # the commands import Django once the office is open
    from kaname.access.models import Person

PERSON = T("人の電子メールアドレス", "e-mail address of the person")
BY = T("これをする管理者。ほかに管理者がいなければ要らない（この機械が行う）",
       "the administrator who does this; not needed where there is no other one (the host does it)")  # fmt: skip
MEMBER = T("これをする構成員", "the member who does this")


class Line(click.ParamType[str]):
    """Text in one line, as long as the database keeps it."""

    name = "text"

    def __init__(self, longest: int = 128) -> None:
        self.longest = longest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if not 0 < len(text) <= self.longest or not text.isprintable():
            self.fail(said(T(f"1 から {self.longest} 文字の一行で",
                             f"expected one line of 1 to {self.longest} characters")), param, ctx)  # fmt: skip
        return text


EMAIL = Line(254)


def wrong(place: str, text: Text) -> BadInput:
    return BadInput([Problem(place, 0, "", text)])


def person(email: str, place: str = "EMAIL") -> "Person":
    """The person of an address. Raises BadInput."""
    from kaname.access.models import Person

    found: Person | None = Person.objects.select_related("office").filter(email=email.lower()).first()
    if found is None:
        raise wrong(place, T(f"「{email}」という人はいない", f"there is no person {email!r}"))
    return found


def granter(by: str | None, concerned: "Person | None" = None) -> "Person | None":
    """The administrator who does it. None, the host itself, only where no administrator other than `concerned` is left:
    the first one is made so, and the only one let in again.
    """
    from kaname.access.models import Person

    if by is not None:
        found = person(by, "--by")
        if not (found.is_active and found.administers):
            raise wrong("--by", T(f"「{by}」は管理者でない", f"{by!r} is no administrator"))
        return found
    others = Person.objects.filter(administers=True, is_active=True)
    if others.exclude(pk=concerned.pk if concerned else None).exists():
        raise wrong("--by", T("書かれていない；これをする管理者の電子メールアドレスを",
                              "missing; expected the e-mail address of the administrator who does this"))  # fmt: skip
    return None


@contextmanager
def told(**places: str) -> Iterator[None]:
    """What access refuses becomes one line; `places` says which argument or option a field of it is, and `unknown`
    which one names what is not there."""
    from kaname.access.api import AccessError, Unknown

    try:
        yield
    except AccessError as error:
        field = error.field or ("unknown" if isinstance(error, Unknown) else "")
        raise wrong(places.get(field, f"--{error.field}" if error.field else "--by"), error.text) from None
