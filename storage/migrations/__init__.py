"""The steps of the schema, one a file in versions/, each with a test from the step before."""
