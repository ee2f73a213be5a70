"""Shocks through a network of firms (or sectors): who hurts whom how much, once lost.

`net.Network` holds the links; `scenario` says what is lost; `risk.systemic_risk` gives the economic systemic risk of
each scenario (Diem et al. 2022), `paths.path_of_loss` the chains behind a score, `inventory.inventory_run` the days
after (Inoue and Todo 2019); `measures` puts stocks, spare capacity and second sources in. The engines load a compiler:
import these modules where they are used, not from here.

Where nobody lists firms: `io_table`, `leontief` and `sectors` go from an input-output table to sectors and to imports
that fail; `margins` and `reconstruct` draw plausible networks of firms where only totals are known; `chips` asks a
chain of stages and providers what has no second source.
"""
