"""The rules of Avgust: plain Python, values in and values out. No Django, no connection, no clock."""
