"""What `make bench` runs; every figure of the README comes from here."""
