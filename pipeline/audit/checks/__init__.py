"""The checks: one small module each; a module that makes a ``Check`` is found by itself."""
