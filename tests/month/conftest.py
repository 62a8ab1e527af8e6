"""A month of hundreds of members: the books must agree with Spark's bill.

Plays a script to the store, the service and the worker before the sandbox's Spark, without Discord. Needs nothing;
takes half a minute.
"""
