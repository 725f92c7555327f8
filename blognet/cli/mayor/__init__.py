"""The mayor's commands, one module each but for those that differ only in their verb."""
