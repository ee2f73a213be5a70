"""Mail: a reminder, or the day's digest. Plain text; of a case its number and what is due, never its title or parties.

Mail goes over wires that the office does not own, so that nothing of a case in a compartment is in it, and every mail
says the same of that. What is said is found when it is sent: rights that have ended meanwhile leave it unsaid.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Item
from kaname.access.models import Person
from kaname.days import JST
from kaname.law import T
from kaname.law.text import Lang
from kaname.ledger import clock
from kaname.notices import account, outbox, waits
from kaname.notices.models import How, Outgoing, State, Wishes
from kaname.notices.remind import Reminder, reminders

LATE = timedelta(days=3)  # a reminder that could not be sent for longer is told by the inbox
WEEK = timedelta(days=7)
_LISTED = 50

_CLOSED = T("閉じた区画にある案件のことは、電子メールには書きません。ログインしてご覧ください。",
            "Mail never tells of cases in closed compartments. Log in to see them.")  # fmt: skip
_WHOLE = T("設定を変えるには：{at}", "To change what you are sent: {at}")
_REMINDER = T("要：期日のお知らせ（{day}）", "Kaname: a day to keep ({day})")
_DIGEST = T("要：{day}の予定　{n}件", "Kaname: {n} matters as of {day}")
_WAITS = T("要：確認をお待ちしていることがあります", "Kaname: something waits for you")
_LOOK = T("ログインしてご覧ください。", "Log in to see what it is.")
_OVERDUE = T("期限を過ぎたもの", "Overdue")
_TODAY = T("今日が末日のもの", "Last day today")
_SOON = T("一週間以内", "Within a week")
_ASKED = T("お知らせを頼まれたもの", "What you asked to be reminded of")
_MORE = T("ほか{n}件は受信箱にあります。", "{n} more are in the inbox.")
_LEFT = (T("{n}日過ぎ", "{n} days over"), T("今日", "today"), T("あと{n}日", "{n} days left"))


class NotSent(Exception):
    """Why a mail did not go. `for_good`: the server will not have it; `server`: nothing goes at the moment."""

    def __init__(self, why: str, *, for_good: bool = False, server: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good, self.server = why, for_good, server


def is_set_up() -> bool:
    """Whether the office has a mail server (KANAME_SMTP)."""
    return bool(settings.KANAME_MAIL)


# -- what is to be sent ----------------------------------------------------------------------------------------------


def plan(now: datetime) -> None:
    """Put today's digests whose hour has come, and the reminders that have."""
    if is_set_up():
        outbox.put(_digests(now))
        outbox.put(_reminders(now))
        outbox.put(waits.plan(now))
        outbox.put(account.plan(now))


def _digests(now: datetime) -> Iterator[Outgoing]:
    local = now.astimezone(JST)
    day = local.date().isoformat()
    wanted = Wishes.objects.filter(digest_hour__lte=local.hour, person__is_active=True).select_related("person")
    there = set(Outgoing.objects.filter(key__startswith=f"digest/{day}/").values_list("person_id", flat=True))
    for one in wanted.exclude(person__in=there).iterator():
        yield outbox.message(f"digest/{day}/{one.person.public_id}", "mail", one.person, {"digest": day}, now)


def _reminders(now: datetime) -> Iterator[Outgoing]:
    today = now.astimezone(JST).date()
    asked = Q(reminder_rules__how=How.MAIL)
    for person in Person.objects.filter(asked, is_active=True).distinct().iterator():
        for one in reminders(person, today, How.MAIL, outward=True):
            if today - one.on <= LATE:
                yield outbox.message(f"remind/{person.public_id}/{one.key}", "mail", person, {"remind": one.key}, now)


# -- sending it ------------------------------------------------------------------------------------------------------


def deliver(row: Outgoing, connection: Any) -> str:
    """Send one; returns the state it then has. Raises NotSent."""
    found = written(row)
    if found is None:
        return State.VOID
    subject, body = found
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [row.person.email], connection=connection, headers={
        "Message-ID": f"<{row.public_id}@{settings.KANAME_MAIL_DOMAIN}>", "Auto-Submitted": "auto-generated",
    })  # fmt: skip
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise NotSent(f"mail server: {_short(error)}", server=True) from None
    try:
        mail.send()
    except ValueError:  # the address or the sender would write a line of its own into the head
        raise NotSent("the address cannot be written to", for_good=True) from None
    except SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise NotSent(f"recipient refused ({code})", for_good=code >= 500) from None
    except SMTPSenderRefused as error:
        raise NotSent(f"sender refused ({error.smtp_code})", server=True) from None
    except SMTPResponseException as error:
        raise NotSent(f"refused ({error.smtp_code})", for_good=error.smtp_code >= 500) from None
    except (OSError, SMTPException) as error:
        raise NotSent(f"mail server: {_short(error)}", server=True) from None
    return State.SENT


def connection() -> Any:
    """To the office's server; opened when the first mail goes."""
    return get_connection()


def _short(error: Exception) -> str:
    return type(error).__name__  # its words may quote what was sent


def written(row: Outgoing) -> tuple[str, str] | None:
    """Subject and body; None where nothing is left to say, or nobody to say it to."""
    about, person = json.loads(row.about), row.person
    if not person.is_active:
        return None
    lang: Lang = "en" if person.language == "en" else "ja"
    if "account" in about:
        return _account(person, about, lang)
    if "waits" in about:
        return _waits(person, about["waits"], lang)
    if "digest" in about:
        return _digest(person, date.fromisoformat(about["digest"]), lang)
    return _reminder(person, about["remind"], lang)


def _reminder(person: Person, key: str, lang: Lang) -> tuple[str, str] | None:
    found = [r for r in reminders(person, clock.today(), How.MAIL, outward=True) if r.key == key]
    if not found:
        return None
    item = found[0].item
    assert item.day is not None
    return _REMINDER.fill(day=item.day)[lang], _body([line(item, lang)], lang)


def _waits(person: Person, page: str, lang: Lang) -> tuple[str, str] | None:
    if not waits.still(page, person, clock.now()):
        return None
    return _WAITS[lang], _body([_LOOK[lang], *([where] if (where := _at(waits.address(page))) else [])], lang)


def _account(person: Person, about: dict[str, Any], lang: Lang) -> tuple[str, str] | None:
    found = account.said(about, person)
    if found is None:
        return None
    subject, lines, page = found
    where = [_at(page)] if page and _at(page) else []
    return subject[lang], "\n".join([*(one[lang] for one in lines), *where, "", "-- ", account.FOOT[lang]]) + "\n"


def _digest(person: Person, day: date, lang: Lang) -> tuple[str, str] | None:
    items = access.due(person, day, None, day + WEEK, outward=True)
    asked = [r for r in reminders(person, day, How.DIGEST, outward=True) if r.on == day]
    groups = (
        (_OVERDUE, [i for i in items if i.day and i.day < day]), (_TODAY, [i for i in items if i.day == day]),
        (_SOON, [i for i in items if i.day and i.day > day]), (_ASKED, _beside(asked, items)),
    )  # fmt: skip
    count = sum(len(group) for _, group in groups)
    if not count:
        return None
    lines: list[str] = []
    for title, group in groups:
        if group:
            lines += [f"■ {title[lang]}", *(line(i, lang) for i in group[:_LISTED])]
            lines += [_MORE.fill(n=len(group) - _LISTED)[lang]] if len(group) > _LISTED else []
            lines.append("")
    return _DIGEST.fill(day=day, n=count)[lang], _body(lines, lang)


def _beside(asked: list[Reminder], items: list[Item]) -> list[Item]:
    told = set(items)
    return list(dict.fromkeys(r.item for r in asked if r.item not in told))


def line(item: Item, lang: Lang) -> str:
    """One matter in words that may leave the office."""
    assert item.day is not None and item.days is not None
    left = _LEFT[(item.days > 0) - (item.days < 0) + 1].fill(n=abs(item.days))[lang]
    number = T(f"第{item.number}号", f"No. {item.number}")[lang]
    where = _at(reverse("case", args=[item.case]))
    return f"{item.day}  {left}  {item.label[lang]}  {item.kind_label[lang]} {number}" + (
        f"\n  {where}" if where else ""
    )


def _body(lines: list[str], lang: Lang) -> str:
    where = _at(reverse("notices_settings"))
    foot = [_CLOSED[lang], *([_WHOLE.fill(at=where)[lang]] if where else [])]
    return "\n".join([*lines, "", "-- ", *foot]) + "\n"


def _at(path: str) -> str:
    return f"{settings.ORIGIN}{path}" if settings.ORIGIN else ""
