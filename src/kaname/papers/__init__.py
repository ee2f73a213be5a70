"""Documents: encrypted as they come in, in KANAME_HOME/documents; bound to a case by the act that names them.

A field of the type DOCUMENT holds a reference: `document:ID:COMMITMENT`. The commitment is a salted digest, so that the
ledger proves which document was meant and yet gives nothing of it away; name, digest and key of a document are sealed.
`kaname.papers.api` is the front door.
"""
