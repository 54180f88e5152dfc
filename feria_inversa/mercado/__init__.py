"""The market of the State for who looks for it: its needs, their search, alerts."""
