"""Pages for eyes: each report with its figures and findings marked, an index, an overview; no network needed.

Example: ``zhibiao review outputs``
"""
