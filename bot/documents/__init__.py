"""Bytes to a neutral document: headings, paragraphs and tables with their cells; knows nothing of plans."""
