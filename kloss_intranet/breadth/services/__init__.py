"""What can be done to a breadth strip."""
