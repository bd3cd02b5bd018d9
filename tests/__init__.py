"""The tests mirror the package: what guards an area stands in the folder of its name."""
