"""One file per file format; it knows nothing of congresses and nothing of pages."""
