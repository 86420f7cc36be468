"""Measures of registers that one machine's memory does not hold: on DuckDB, or on Apache Spark."""
