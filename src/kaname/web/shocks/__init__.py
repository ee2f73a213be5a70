"""The pages of shocks as plain values, and the geometry of their drawings."""
