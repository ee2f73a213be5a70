"""What the pages of stable supply keep and work out beside the ledger."""
