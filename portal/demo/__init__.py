"""The demo: an invented company's program, the same every time, dated relative to today."""
