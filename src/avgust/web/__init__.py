"""The browser's side of Avgust: thin Django over the domain, one app a station of the data's way."""
