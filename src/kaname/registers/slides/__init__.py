"""The picture of the Act as a slide deck (PPTX): 16:9, its charts and tables native, so that people can work on.

    pptx(picture, lang) -> bytes         the same bytes for the same picture

A slide's title is the finding; sources stand under each block and, with their addresses, in the notes.
"""

from kaname.registers.slides.build import pptx

__all__ = ["pptx"]
