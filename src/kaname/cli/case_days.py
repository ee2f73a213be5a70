"""Days on which a case can stand: those that the kernel takes in a form."""

from datetime import date
from typing import Any

import click

from kaname.cli.language import said
from kaname.cli.params import Day
from kaname.law import T, Text
from kaname.procedure.forms import EARLIEST, LATEST


def outside(day: date) -> Text | None:
    """Why a day of a case cannot be used, or None where it can."""
    if EARLIEST <= day <= LATEST:
        return None
    return T(
        f"{day} は使えない；{EARLIEST} から {LATEST} までの日を",
        f"cannot use {day}; expected a day from {EARLIEST} to {LATEST}",
    )


class CaseDay(Day):
    """A day on which a case can stand."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day = super().convert(value, param, ctx)
        if wrong := outside(day):
            self.fail(said(wrong), param, ctx)
        return day
