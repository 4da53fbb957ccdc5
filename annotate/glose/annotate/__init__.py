"""Stage 2: people and programs annotate documents."""
