"""The audit: figures of reports that cannot all be true."""
