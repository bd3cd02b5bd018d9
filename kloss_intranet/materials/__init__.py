"""A meeting's folders of files, in versions."""
