"""What was spent: reports, charts, CSV, and the export of a person's data.

Plays single parts over a store; charts are drawn in a worker, as in production. Needs PostgreSQL for some,
else these are skipped; takes half a minute.
"""
