"""Tokens by which a program acts for a post over the API, and the answers kept so that nothing is done twice."""
