"""Values and rules: jobs, states, money, budgets, limits.

Plays calls of plain functions, with random values too. Needs nothing; takes a few seconds.
"""
