"""Rows too many for the database: results of pupils as Parquet, asked through DuckDB.

The only package that opens DuckDB. What is asked is an Ibis expression (`expressions.py`), which runs
unchanged on Spark where results outgrow one machine.
"""
