"""The standings of a program: computed until it is announced, read from the newest frozen result afterwards."""

from awards.standings.basis import Basis, basis_of, rules_in
from awards.standings.orders import Order, Place, Runner, frozen_orders, live_orders, orders_of
from awards.standings.rows import Row, Table, frozen_tables, live_tables, rows_of, tables_of
from awards.standings.scores import components_of, counted_scores, results_of, rules_of

__all__ = [
    "Basis",
    "Order",
    "Place",
    "Row",
    "Runner",
    "Table",
    "basis_of",
    "components_of",
    "counted_scores",
    "frozen_orders",
    "frozen_tables",
    "live_orders",
    "live_tables",
    "orders_of",
    "results_of",
    "rows_of",
    "rules_in",
    "rules_of",
    "tables_of",
]
