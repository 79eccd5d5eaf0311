"""Large files leave the request: asked for on a page, written by the worker, kept for days for who asked."""
