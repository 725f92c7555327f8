"""The words everyone shares. Knows no files, no clock, no blogs' policy; imports nothing above it."""
