"""One module a kind of defect: `kind` declares it, `find` finds it."""
