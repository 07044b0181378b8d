"""How fast, small and light scormkit is, as ratios to the smallest honest program that does the same."""
