"""The holdings table, as delimited text, Parquet or a workbook."""
