"""Tags of the station's templates."""
