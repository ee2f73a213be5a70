"""Support for the development of specified critical technologies (特定重要技術の開発支援), Chapter 4 of the Act.

`kinds.KINDS` are its case kinds. A procedure is a file of its own name; `catalogue` holds the programmes, the visions
and their technologies, calls, projects, money and councils as dated data; `laws`, `roles`, `questions` and `versions`
are what the declarations share. Of what is done under the chapter much is practice and no law: it is marked so, and
what a programme asks for stands in `catalogue.programmes`.
"""
