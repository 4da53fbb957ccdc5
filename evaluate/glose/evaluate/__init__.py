"""Stage 3: gold and predicted layers in, scores with intervals, tests and errors out."""
