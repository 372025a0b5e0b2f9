"""Reports in, incidents and fronts out."""
