"""Agreement of layers of the same documents: what `glose evaluate agree` computes."""
