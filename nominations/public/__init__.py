"""A program as strangers meet it: what is said of it, its picture, its paper."""
