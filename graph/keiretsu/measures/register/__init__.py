"""The measures at register scale: on columns, without an object per party or holding."""
