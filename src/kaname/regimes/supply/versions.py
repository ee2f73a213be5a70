"""The days on which the rules of Chapter 2 changed. An act is judged by the rules of its day, not by those of today."""

from datetime import date

IN_FORCE = date(2022, 8, 1)  # Chapter 2
FIRST_PRODUCTS = date(2022, 12, 23)  # eleven products
FIRST_ORDERS = date(2022, 12, 28)  # certification orders of MAFF and MLIT
METI_MHLW_ORDERS = date(2023, 1, 19)  # certification orders of METI and MHLW
TWELFTH = date(2024, 2, 2)  # electronic components; uranium among the minerals
TECHNOLOGY = date(2024, 3, 29)  # policies ask for protection of technology (revised until then)
UNSECURED = date(2024, 3, 15)  # premium of unsecured insurance (Cabinet Order Art. 6(2))
FACILITY_MANAGER = date(2025, 2, 19)  # order on facility managers
CUSTODY = date(2025, 6, 1)  # the penalty renamed in Arts. 93 and 95
FOUR_MORE = date(2025, 12, 24)  # products 13 to 16, wider scopes
VENTILATOR_ORDER = date(2025, 12, 26)  # joint certification order of MHLW and METI
TARIFF = date(2026, 4, 1)  # Art. 30 renumbered
ACT_38_MAIN = date(2026, 9, 18)  # Act No. 38 of 2026; its text was not read (question 201)

DECIDED = {FIRST_PRODUCTS: date(2022, 12, 20), TWELFTH: date(2024, 1, 30), FOUR_MORE: date(2025, 12, 19)}

VERSIONS = (
    IN_FORCE, FIRST_PRODUCTS, FIRST_ORDERS, METI_MHLW_ORDERS, TWELFTH, UNSECURED, TECHNOLOGY, FACILITY_MANAGER,
    CUSTODY, FOUR_MORE, VENTILATOR_ORDER, TARIFF, ACT_38_MAIN,
)  # fmt: skip
