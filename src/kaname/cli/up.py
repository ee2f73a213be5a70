"""`kaname up`: look whether all is in order, then serve the office until it is told to stop."""

import click

from kaname.cli import show
from kaname.cli.group import bilingual, option
from kaname.cli.language import said
from kaname.cli.office import catch_up, migrate, office
from kaname.law import T, Text

_ABOUT = T("事務所を開く。台帳の守り、表、時計を確かめ、整っていなければ始めない。終わりは Ctrl-C。",
           "Open the office. Guards, tables and clock are looked at first; it does not start where one is wrong. "
           "Ctrl-C ends it.")  # fmt: skip
_READY = T("整っている。", "All is in order.")
_STARTED = T("要は {address} で動いている（終わりは Ctrl-C）", "Kaname is at {address} (Ctrl-C ends it)")
_PREPARING = T("見本の事務所を用意している。初めてのときは一分ほどかかる。",
               "Preparing the demonstration office. The first time takes about a minute.")  # fmt: skip
_NOT_ALONE = T(
    "{host} でほかの機械から届くようにするには、KANAME_ORIGIN に https:// の所在を（docs/install.md）",
    "to be reached from other machines on {host}, set KANAME_ORIGIN to the https:// address (docs/install.md)",
)
_HERE = ("127.0.0.1", "::1", "localhost")


@bilingual("up", _ABOUT, "kaname up", "kaname up --check")
@option("--port", type=click.IntRange(1, 65535), default=8000, about=T("番号（既定は 8000）", "port (default: 8000)"))
@option("--host", default="127.0.0.1", about=T("待ち受ける所（既定は 127.0.0.1、この機械だけ）",
                                              "where to listen (default: 127.0.0.1, this machine only)"))  # fmt: skip
@option("--workers", type=click.IntRange(1, 64), default=2, about=T("応対の数（既定は 2）", "workers (default: 2)"))
@option("--demo", is_flag=True, about=T("空なら見本を入れてから", "fill an empty office with a demonstration first"))
@option("--check", is_flag=True, about=T("確かめるだけで終わる：0 か 1", "only look whether all is in order: 0 or 1"))
@click.pass_context
def command(ctx: click.Context, port: int, host: str, workers: int, demo: bool, check: bool) -> None:
    with office(guarded=False):
        from django.conf import settings
        from django.db import connections

        from kaname.ledger import destruction
        from kaname.site import checks, daily, engines, files, prepare, sending, server

        if not check:
            server.require_free(host, port)
            if demo:
                click.echo(said(_PREPARING), err=True)
            prepare.tables(migrate)
        found = [f.text for f in checks.findings()]
        if host not in _HERE and not settings.ORIGIN:
            found.append(_NOT_ALONE.fill(host=host))
        if check or found:
            _tell(ctx, [*found, *(f.text for f in checks.weaknesses())])
        catch_up()  # before anybody asks: a request makes few rows
        destruction.finish()  # what an old backup has brought back
        files.collect()
        if demo:
            from kaname.demo.office import furnish, is_empty

            if is_empty():
                furnish()
        needed = sending.is_needed()
        connections.close_all()  # the workers are forked: none may inherit a connection
        with engines.compiled_beside(), sending.beside(needed), daily.at_work():
            told = _started(settings.ORIGIN or f"http://{_named(host)}:{port}/")
            server.serve(host, port, workers, lambda: show.lines(told))


def _tell(ctx: click.Context, found: list[Text]) -> None:
    for text in found:
        click.echo(f"kaname: {said(text)}", err=True)
    if not found:
        show.lines([said(_READY)])
    ctx.exit(1 if found else 0)


def _started(address: str) -> list[str]:
    """For whoever sits before it: the address, and the logins of a demonstration."""
    from kaname.demo.logins import logins

    return [said(_STARTED.fill(address=address)), *map(said, logins())]


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host
