"""A text in both languages. Every word a user sees is one of these."""

from dataclasses import dataclass
from typing import ClassVar, Literal

Lang = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Japanese and English; `text["ja"]` picks a language."""

    ja: str
    en: str

    __iter__: ClassVar[None] = None  # what can be indexed Python would walk through, and this has no end

    def __getitem__(self, lang: Lang) -> str:
        return self.ja if lang == "ja" else self.en

    def __str__(self) -> str:
        return f"{self.ja} | {self.en}"

    def fill(self, **values: object) -> "Text":
        """Put values into the {places} of both texts; a value that is itself a Text speaks each language."""
        return Text(*(getattr(self, lang).format(**_in(lang, values)) for lang in ("ja", "en")))


def _in(lang: str, values: dict[str, object]) -> dict[str, object]:
    return {k: getattr(v, lang) if isinstance(v, Text) else v for k, v in values.items()}


T = Text
