"""What access raises when it does not do what was asked. Each says what to do."""

from allauth.core.exceptions import ReauthenticationRequired

from kaname.law import T, Text


class AccessError(Exception):
    """Nothing was changed. `text` is for the user, `field` names the field of a form it is about."""

    text: Text

    def __init__(self, text: Text | None = None, field: str = "") -> None:
        self.text = text or type(self).text
        self.field = field
        super().__init__(self.text.en)


class Unknown(AccessError, LookupError):
    """No such person, mandate or compartment, for the one who asks."""

    text = T("該当するものはない", "there is no such thing")


class Unproved(AccessError, ReauthenticationRequired):
    """Sealed, and who asks for it at a page has not proved within five minutes that it is still them: the middleware of
    the login leads to the page that asks, and back."""

    text = T("本人であることを確かめてから", "prove first that it is still you")


class NotAllowed(AccessError, PermissionError):
    """The one who asks may not do this."""

    text = T("この操作をする権限がない", "you may not do this")
