"""Education campaigns: one purpose, a period, a branch that takes part; materials, sessions, quizzes, coverage."""
