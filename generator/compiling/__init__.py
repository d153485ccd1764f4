"""The package as machine code: its own source, rewritten where mypyc needs it and compiled.

`SQLWRIGHT_COMPILED=1 pip install .` builds such a wheel (`generator/compiled_wheel.py`).
"""
