"""What access raises when it does not do what was asked. Each says what to do."""

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


class NotAllowed(AccessError, PermissionError):
    """The one who asks may not do this."""

    text = T("この操作をする権限がない", "you may not do this")
