"""Tables in, maps out."""
