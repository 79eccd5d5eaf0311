"""The look and the manners shared by every station: layout, components, errors, preferences, search."""
