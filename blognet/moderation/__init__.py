"""Who may decide and what stands. Subjects, events, standing, roles: values and pure functions, no files, no clock."""
