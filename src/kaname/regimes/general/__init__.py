"""The general part of the Act (総則・雑則・罰則): Chapters 1, 6 and 7, and what is told to the public about all of it.

`kinds.KINDS` are its case kinds. `catalogue` holds the editions of the basic policy and the guidelines, single dated
facts and the points of the resolutions of both Houses; `timeline`, `penalties` and `outreach` are pure functions.
"""
