"""Station 8: reports put together from the stations below; it owns nothing."""
