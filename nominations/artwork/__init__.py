"""Pictures and papers of a program, drawn once and written as SVG, PNG or PDF. Knows no models."""
