"""Results of assessment: works, their specifications, files of results, what was taken and what was not."""
