"""Numeric engines: arrays and tables in, arrays and tables out. They know no regime."""
