"""Commands that speak both languages and are imported when called: the root group, groups, commands, their help."""

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from kaname.cli import usage
from kaname.cli.language import LANGUAGES, chosen, said
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

_USAGE = T("使い方: ", "Usage: ")
_ARGUMENTS, _OPTIONS = T("引数", "Arguments"), T("オプション", "Options")
_COMMANDS, _EXAMPLES = T("コマンド", "Commands"), T("例", "Example")
_HELP = T("この説明を表示して終わる", "show this help")
_LANG = T("表示の言語（既定は環境変数 KANAME_LANG、LANG）", "language (default: KANAME_LANG, LANG)")
_INTERRUPTED, _PIPE_CLOSED = 130, 141  # 128 + the number of the signal, as shells report it
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_CUT_SHORT = T("書ききれない（{why}）；空きを確かめてもう一度", "cut short ({why}); look at the room there, then again")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a group's table: the name, the module whose `command` it is, and a few words."""

    name: str
    module: str
    about: Text
    attribute: str = "command"


class Said(click.Option):
    """An option whose help is a Text."""

    def __init__(self, *args: Any, about: Text = _LANG, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about


class SaidArgument(click.Argument):
    """An argument whose help is a Text."""

    def __init__(self, *args: Any, about: Text, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about


class Command(click.Command):
    """A command with help in both languages and an example."""

    def __init__(self, *args: Any, about: Text, examples: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.about, self.examples = about, examples
        self.params.append(Said(["--lang"], type=click.Choice(LANGUAGES), expose_value=False))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), said(_USAGE))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.about))
        arguments = [(p.make_metavar(ctx), said(p.about)) for p in self.params if isinstance(p, SaidArgument)]
        options = [(_spec(p, ctx), said(p.about)) for p in self.params if isinstance(p, Said)]
        _section(formatter, _ARGUMENTS, arguments)
        _section(formatter, _OPTIONS, [*options, ("--help", said(_HELP))])
        self.format_commands(ctx, formatter)
        with formatter.section(said(_EXAMPLES)):
            for example in self.examples:
                formatter.write(f"{' ' * formatter.current_indent}$ {example}\n")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A command has none; a group lists its own."""


def _spec(option: click.Option, ctx: click.Context) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.make_metavar(ctx)}"


def _section(formatter: click.HelpFormatter, title: Text, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(said(title)):
            formatter.write_dl(rows)


class Group(Command, click.Group):
    """A group that knows its commands by a table and imports a command when it is called."""

    def __init__(self, name: str, table: Sequence[Entry], **more: Any) -> None:
        super().__init__(name=name, no_args_is_help=False, invoke_without_command=True, **more)
        self.table = {entry.name: entry for entry in table}
        self.callback = _help_when_alone

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        found = getattr(import_module(entry.module), entry.attribute)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.table and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=self.table, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _section(formatter, _COMMANDS, [(entry.name, said(entry.about)) for entry in self.table.values()])


@click.pass_context
def _help_when_alone(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


class Root(Group):
    """The whole command line: settles the language, and turns every user's mistake into lines and a status."""

    def main(self, args: Sequence[str] | None = None, **more: Any) -> Any:  # type: ignore[override]
        """Run; exits with the status unless `standalone_mode=False`, which returns it."""
        args = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal without Japanese letters shows "?", not a traceback
        status = self._status(args, str(more.get("prog_name") or "kaname"))
        if more.get("standalone_mode", True):
            sys.exit(status)
        return status

    def _status(self, args: list[str], prog_name: str) -> int:
        lang = chosen(args, os.environ)
        try:
            result = super().main(args, prog_name=prog_name, standalone_mode=False, obj=lang)
            return result if isinstance(result, int) else 0
        except BadInput as bad:
            lines = bad.lines(lang)
        except click.UsageError as error:
            lines = [usage.line(error, lang)]
        except click.ClickException as error:
            lines = [error.format_message()]
        except click.Abort:
            return _INTERRUPTED
        for line in lines:
            click.echo(line, err=True)
        return 2

    def invoke(self, ctx: click.Context) -> Any:
        # Whoever reads the output may leave early (`kaname ... | head`): that is no mistake and needs no message.
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _write_no_more()
            ctx.exit(_PIPE_CLOSED)
        except OSError as error:
            if error.errno not in _FULL or error.filename is not None:
                raise
            _write_no_more()
            raise BadInput([Problem("stdout", 0, "", _CUT_SHORT.fill(why=error.strerror))]) from None


def _write_no_more() -> None:
    """What is left in the buffer goes nowhere: Python would try it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def option(*names: str, about: Text, **more: Any) -> Callable[[Any], Any]:
    """An option with its help in both languages."""
    return click.option(*names, cls=Said, about=about, **more)


def argument(name: str, about: Text, **more: Any) -> Callable[[Any], Any]:
    """A positional argument with its help in both languages."""
    return click.argument(name, cls=SaidArgument, about=about, **more)


def bilingual(name: str, about: Text, *examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Turn a function into a command of the table."""
    return click.command(name, cls=Command, about=about, examples=examples)
