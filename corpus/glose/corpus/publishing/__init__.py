"""A corpus as a folder for others: Parquet by split, a card to read, Croissant for machines."""
