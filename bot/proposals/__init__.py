"""A neutral document to a proposed plan, and what it changes in a plan that is there already."""
