"""The office's store of cases: an append-only ledger of legal acts, and the projection that lists read.

`kaname.ledger.api` is the front door. `perform` is the only way in; nothing else writes an entry but `import`, which
takes in what another office has signed, and bulk intake, which writes the same entries in batches.
"""
