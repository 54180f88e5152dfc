"""Red flags: what of a process, an entity or a supplier is worth a look, each explained, with its answer."""
