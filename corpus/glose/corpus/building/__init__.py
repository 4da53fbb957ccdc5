"""Documents to records: files are found, decoded, freed of headers and credits, and segmented."""
