"""Dependence and criticality out of trade and production data: flows in, figures out that explain themselves.

A file becomes flows (`reading`) or production: exact numbers, countries as ISO 3166 letters, a note for every rule that
was applied to a row. `measures` states the formulas on arrays, `page` computes them for a product, importer and year,
`cube` the three most asked ones for every importer and product at once.
"""
