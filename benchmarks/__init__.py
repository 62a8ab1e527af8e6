"""What the bot costs and how fast it is, each figure beside a yardstick's in the same run.

`python -m benchmarks [NAME …]`; each module that measures has a `rows(scale)`, and `benchmarks/__main__.py` names
it.
"""
