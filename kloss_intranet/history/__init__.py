"""The real history as data files with its reader and importer, and the invented demo season."""
