"""The fictional Приреченская область: a territory, its people and its resolutions, the same on every machine."""
