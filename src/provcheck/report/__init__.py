"""Report in, text out: HTML, JSON and the terminal summary."""
