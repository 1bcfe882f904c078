"""The style guide: every component in every state, and the helpers that belong to the entry grid."""
