"""Documents that tell the same story: copies, updates, and dispatches that contain one another."""
