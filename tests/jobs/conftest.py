"""A job's life part by part: waiting, its price, its pictures, the way through Spark, outages of the database.

Plays single parts over a store, with a Spark that answers at once. Needs PostgreSQL for a part of them, else these
are skipped; takes a minute and a half.
"""
