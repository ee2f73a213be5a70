"""One word of the glossary."""

from dataclasses import dataclass
from datetime import date

from kaname.law.provision import Bases, Provision, cited
from kaname.law.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Term:
    """A word: as the law or the field has it, its reading in hiragana, its one English word, what it means.

    `basis`: where the law defines or uses it; `source`: where a word comes from that no law has. One of both stands.
    `also`: other names it goes by, to be found under. `see`: ids of neighbours.
    """

    id: str
    ja: str
    kana: str
    en: str
    means: Text
    basis: Bases = ()
    source: Text | None = None
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        return Text(self.ja, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.ja, self.kana, self.en, *self.also)

    @property
    def links(self) -> tuple[tuple[Text, str], ...]:
        """The laws it comes from, with the address of their official text."""
        laws = dict.fromkeys(p.law for p in self.basis if isinstance(p, Provision) and p.law.url)
        return tuple((Text(law.name_ja, law.name_en), law.url) for law in laws)

    def told(self, lang: Lang, on: date) -> dict[str, object]:
        """The term for programs: both words, the meaning and its provision in one language, by the numbers of a day."""
        return {
            "term": self.id, "ja": self.ja, "kana": self.kana, "en": self.en, "also": list(self.also),
            "means": self.means[lang], "basis": cited(self.basis, lang, on),
            "source": self.source[lang] if self.source else "", "see": list(self.see),
            "texts": [url for _, url in self.links],
        }  # fmt: skip
