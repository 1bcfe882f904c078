"""Templates, submissions, rules, workflow, consolidation with lineage, and the issued report."""
