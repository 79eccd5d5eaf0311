"""What an authority publishes of a programme: what may be in it, how it is chosen, how machines read it.

`PublicMeasure` is the whole of what leaves the office: a fact that has no field there cannot be published.
"""
