"""What can be done with files: look at what they are, make pictures bare, keep them."""
