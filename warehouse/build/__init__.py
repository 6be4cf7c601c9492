"""Build a draft release: components, marts, audits."""
