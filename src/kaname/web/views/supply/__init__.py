"""The pages of stable supply (Chapter 2): from the evidence of dependence to plans, support and what it achieved."""
