"""The Global LEI Foundation's records: who is who, and who consolidates whom."""
