"""Work outside requests: tasks in the database, jobs due by the clock, the worker that does both."""
