"""The regular expressions of PostgreSQL's tokens.

Source of the rules: PostgreSQL manual, section 4.1 (Lexical Structure).
"""

from __future__ import annotations

import re

# Said by what is not in them: sets that reach to the end of Unicode take 20 ms to compile.
_START = r"[^\x00-@\[-^`{-\x7f]"
_PART = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_TAG_PART = r"[^\x00-/:-@\[-^`{-\x7f]"
IDENTIFIER = f"{_START}{_PART}*"

TOKEN = re.compile(
    rf"""
    (?:[ \t\n\r\f\v]++|--[^\n\r]*+)*+
    (?:
        ([eEbBxXnN]'|[uU]&['"])
      | ({IDENTIFIER})
      | ([,()\[\];])
      | (')
      | (\.?[0-9])
      | ([.:][.:=]?)
      | ([-+*/%<>=~!@#^&|`?]+)
      | (")
      | (\$)
      | ([^ \t\n\r\f\v])
    )
    """,
    re.VERBOSE,
)
STRING_END = re.compile(r"(?:[^']++|'')*+'")
ESCAPE_STRING_END = re.compile(r"(?:[^'\\]++|''|\\.)*+'", re.DOTALL)
BITS_END = re.compile(r"[^']*+'")
QUOTED_NAME_END = re.compile(r'(?:[^"]++|"")*+"')
CONTINUATION = re.compile(
    r"(?:[ \t\f\v]|--[^\n\r]*+)*+[\n\r](?:[ \t\n\r\f\v]++|--[^\n\r]*+[\n\r])*+'"
)
COMMENT_EDGE = re.compile(r"/\*|\*/")
DOLLAR_QUOTE = re.compile(rf"\$(?:{_START}{_TAG_PART}*)?\$")
PARAMETER = re.compile(r"\$([0-9]+)")
NUMBER = re.compile(
    r"""
    (?P<radix> 0[xX](?:_?[0-9A-Fa-f])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+ )
  | (?P<digits> [0-9](?:_?[0-9])*+ )
    (?P<fraction> \.(?!\.)(?:[0-9](?:_?[0-9])*+)? )?
    (?P<exponent> [eE][-+]?[0-9](?:_?[0-9])*+ )?
  | (?P<point> \.[0-9](?:_?[0-9])*+ )(?P<point_exponent> [eE][-+]?[0-9](?:_?[0-9])*+ )?
    """,
    re.VERBOSE,
)
EMPTY_RADIX = re.compile(rf"0([xXoObB])_?(?!{_PART})")
WORD_AFTER = re.compile(IDENTIFIER)
NAME_AFTER = re.compile(f"{_PART}+")
NAMELIKE_END = re.compile(r"[A-Za-z_][0-9A-Za-z_]*$")
EMPTY_EXPONENT = re.compile(r"[eE][-+]")
