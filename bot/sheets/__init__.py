"""What the styles look like: a picture of each, made once, and the sheets that show them."""
