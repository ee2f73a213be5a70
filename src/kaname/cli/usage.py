"""Mistakes in the call itself, in both languages: an argument that is missing, an option that does not exist."""

import re

import click

from kaname.law import Lang, T, Text

_EXTRA = re.compile(r"^Got unexpected extra arguments? \((?P<args>.*)\)$")


def line(error: click.UsageError, lang: Lang) -> str:
    """What was wrong, and where to look it up, in one line."""
    path = error.ctx.command_path if error.ctx else "kaname"
    see = T(f"（使い方：{path} --help）", f" (see {path} --help)")
    return _what(error)[lang] + see[lang]


def _what(error: click.UsageError) -> Text:
    match error:
        case click.MissingParameter():
            name = _name(error)
            return T(f"{name}: 書かれていない；必要", f"{name}: missing; expected a value")
        case click.NoSuchOption():
            near = f"{error.option_name}: "
            return T(f"{near}そのようなオプションはない{_ja(error.possibilities)}",
                     f"{near}no such option{_en(error.possibilities)}")  # fmt: skip
        case click.NoSuchCommand():
            name = f"{error.command_name}: "
            return T(f"{name}そのようなコマンドはない{_ja(error.possibilities)}",
                     f"{name}no such command{_en(error.possibilities)}")  # fmt: skip
        case click.BadOptionUsage():
            name = f"{error.option_name}: "
            if "requires" in error.message:
                return T(f"{name}値がない；必要", f"{name}missing; expected a value")
            return T(f"{name}値は要らない；名だけを", f"{name}takes no value; expected the name alone")
        case click.BadParameter():
            return _bad_value(error)
    if extra := _EXTRA.match(error.message):
        args = extra["args"]
        return T(f"{args}: 余分な引数", f"{args}: more arguments than expected")
    return T(error.message, error.message)


def _bad_value(error: click.BadParameter) -> Text:
    name = _name(error)
    if error.param and isinstance(error.param.type, click.Choice):
        choices = list(error.param.type.choices)
        return T(f"{name}: 選べない値；{'、'.join(choices)} のいずれか",
                 f"{name}: not a choice; expected one of {', '.join(choices)}")  # fmt: skip
    return T(f"{name}: {error.message}", f"{name}: {error.message}")


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return max(error.param.opts, key=len) if isinstance(error.param, click.Option) else error.param.human_readable_name


def _ja(near: list[str] | None) -> str:
    return f"；近い名：{'、'.join(near)}" if near else ""


def _en(near: list[str] | None) -> str:
    return f"; did you mean {' or '.join(near)}?" if near else ""
