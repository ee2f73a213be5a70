"""The pages of trade evidence: figures in words and units, drawings, and the page of a product as plain values."""
