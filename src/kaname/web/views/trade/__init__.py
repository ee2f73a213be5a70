"""Evidence of dependence: tables of trade given, products looked at, figures explained, the sheet for a case."""
