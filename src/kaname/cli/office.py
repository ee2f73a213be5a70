"""The office's database for a command: settings read, tables there, guards whole, or one line that says what to do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from kaname.cli.language import said
from kaname.cli.progress import progress
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

_DAMAGED = T("データベースが壊れている（{error}）；kaname up を止め、kaname restore で写しに戻すこと（今の状態は残る）",
             "the database is damaged ({error}); stop kaname up, then put a backup in place: kaname restore BACKUP "
             "(what is there now is kept)")  # fmt: skip
_DENIED = T("この接続の役割に権利がない（{error}）；KANAME_DATABASE_URL の"
            "役割を：仕事は kaname_web、表は kaname_owner",
            "the role of this connection may not do this ({error}); look at KANAME_DATABASE_URL: kaname_web for work, "
            "kaname_owner to change tables")  # fmt: skip
_NOT_DONE = T("読み書きできない（{why}）；フォルダ、権利、空きを確かめること",
              "cannot be read or written ({why}); look at the folder, its rights and the room on the disk")  # fmt: skip
_NOT_NOW = T("データベースを今は使えない（{error}）；ほかに動いているもの、ディスクの空き、KANAME_DATABASE_URL を"
             "確かめて、もう一度",
             "the database cannot be used now ({error}); look at what else is running, at the room on the disk and at "
             "KANAME_DATABASE_URL, then again")  # fmt: skip
_SILENT = 1000  # rows: a second of work, which nobody need be told of
_CASE = T("事件の番号（一覧の番号、又は 26 文字の id）", "a case: its number in the list, or its id of 26 characters")


@contextmanager
def office(*, guarded: bool = True, alone: bool = False) -> Iterator[None]:
    """Within the block the ledger can be used. `guarded=False`: also where guards or tables are missing. `alone`: by
    nobody else (see `site.at_work`)."""
    settings()
    from django.db import DatabaseError, OperationalError

    from kaname.ledger import guards
    from kaname.ledger.errors import LedgerError
    from kaname.ledger.keys import KeyProblem
    from kaname.ledger.signed import Untrusted
    from kaname.site import at_work
    from kaname.site.home import Unsafe
    from kaname.typeset import Unprintable

    try:
        with at_work.alone() if alone else at_work.together():
            if guarded:
                _first_start()
                guards.require()
            yield
    except at_work.AtWork as error:
        if not alone:
            raise BadInput([Problem("kaname", 0, "", error.text)]) from None
        click.echo(f"kaname: {said(error.text)}", err=True)
        raise click.exceptions.Exit(1) from None
    except (LedgerError, KeyProblem, Untrusted, Unprintable) as error:
        raise BadInput([Problem("kaname", 0, "", error.text)]) from None
    except Unsafe as error:
        raise BadInput([Problem("kaname", 0, "", error.text)]) from None
    except OperationalError as error:  # busy, full, not to be reached
        raise BadInput([Problem("kaname", 0, "", _NOT_NOW.fill(error=" ".join(str(error).split())))]) from None
    except DatabaseError as error:
        denied = getattr(error.__cause__, "sqlstate", "") == "42501"
        text = (_DENIED if denied else _DAMAGED).fill(error=" ".join(str(error).split()))
        raise BadInput([Problem("kaname", 0, "", text)]) from None
    except BrokenPipeError:  # whoever reads has seen enough: no fault
        raise
    except OSError as error:  # no such folder, no right, no room
        raise _not_done(error) from None


def settings() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
    try:
        django.setup()
    except OSError as error:  # KANAME_HOME is no folder, or another user's
        raise _not_done(error) from None
    except (RuntimeError, ValueError) as error:  # a setting cannot be used
        text = getattr(error, "text", None) or T(str(error), str(error))
        raise BadInput([Problem("kaname", 0, "", text)]) from None


def _not_done(error: OSError) -> BadInput:
    return BadInput([Problem(str(error.filename or "kaname"), 0, "", _NOT_DONE.fill(why=error.strerror or error))])


def _first_start() -> None:
    """An embedded database without tables is a new office: they are made. A server's owner makes them by hand."""
    from django.db import connection

    from kaname.site import prepare

    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        prepare.require_new()
        migrate()


def migrate() -> int:
    """Tables as this version has them, then the rows of the lists that it would make otherwise: how many those were."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return catch_up()


def catch_up() -> int:
    """Rows of the lists that have fallen behind made again, told while it lasts. Whoever stops it goes on next time."""
    from kaname.ledger import api as ledger

    if (many := ledger.behind()) > _SILENT:
        text = T(f"一覧の {many:,} 件を作り直している。止めても、次は続きから。",
                 f"{many:,} rows of the lists are being made again; if stopped, it goes on next time.")  # fmt: skip
        click.echo(said(text), err=True)
    with progress() as done:
        return ledger.catch_up(progress=done)


def case_id(given: str) -> str:
    """The public id of a case given by id or number. Raises BadInput."""
    from kaname.ledger import store
    from kaname.ledger.models import Case

    if given.isascii() and given.isdecimal() and len(given) < 19:
        found = Case.objects.filter(series="", number=int(given)).values_list("public_id", flat=True).first()
    else:
        head = store.head(given) if len(given) == 26 and given.isascii() and given.isalnum() else None
        found = head.public_id if head else None
    if found is None:
        text = T(f"「{given}」という事件はない；{_CASE.ja}を", f"there is no case {given!r}; expected {_CASE.en}")
        raise BadInput([Problem("CASE", 0, "", text)])
    return str(found)


CASE: Text = _CASE


def plain(value: Any) -> Any:
    """A receipt or row as plain data."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
