"""The filing package (申請・届出の一式): what an operator or applicant hands to the government's filing service, and
what an authority takes in again.

    pack(person, case, seq) -> bytes        a ZIP: form.pdf, form.xlsx, filing.json, attachments, manifest.json
    opened(name, content) -> Package        checked whole against its manifest; nothing is written
    tried(person, package, case="") -> answer of the law        taken(person, package, case="") -> Done | Refused

A package is data, not proof: whoever takes it in answers for whom it came from. What is proof travels as a bundle.
"""

from kaname.papers.packages.make import pack
from kaname.papers.packages.read import LARGEST, Attachment, Package, opened
from kaname.papers.packages.take import Done, attached, taken, tried

__all__ = ["LARGEST", "Attachment", "Done", "Package", "attached", "opened", "pack", "taken", "tried"]
