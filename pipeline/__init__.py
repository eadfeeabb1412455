"""Moves data: reads files, cuts texts into sentences, writes tables, checks and shows them."""
