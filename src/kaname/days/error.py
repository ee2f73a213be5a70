"""The one error of this package."""

from kaname.law import Lang, Text


class DayError(ValueError):
    """A day, period or date text that cannot be computed; `text` says in both languages what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text

    def __getitem__(self, lang: Lang) -> str:
        return self.text[lang]
