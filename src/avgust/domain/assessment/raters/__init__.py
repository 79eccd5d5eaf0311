"""Agreement and severity of raters."""
