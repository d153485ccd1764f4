"""The regular expressions of PostgreSQL's tokens.

Source of the rules: PostgreSQL manual, section 4.1 (Lexical Structure).
"""

from __future__ import annotations

import re

from sqlwright.patterns import pattern

# Said by what is not in them: sets that reach to the end of Unicode take 20 ms to compile.
_START = r"[^\x00-@\[-^`{-\x7f]"
_PART = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_TAG_PART = r"[^\x00-/:-@\[-^`{-\x7f]"
IDENTIFIER = f"{_START}{_PART}*"

TOKEN = pattern(
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
_BLANK = r"[ \t\n\r\f\v]"
# A token with the blanks before it, or a comment; the blanks alone where what surrounds a token
# might change what it is.
PIECE = pattern(
    rf"""
    {_BLANK}*+
    (?:
        {IDENTIFIER}+(?!['&])
      | [,()\[\];]
      | \.(?:\.|(?![0-9]))
      | :[:=]?
      | --[^\n\r]*+
      | /\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/
      | [-+*/%<>=~!@#^&|`?]++
      | "[^"]++"(?!")
      | '[^']*+'(?!{_BLANK}*+['-])
      | [0-9]++(?!{_PART}|\.)
      | \$[0-9]++(?!{_PART})
      |
    )
    """,
    re.VERBOSE,
)
STRING_END = pattern(r"(?:[^']++|'')*+'")
ESCAPE_STRING_END = pattern(r"(?:[^'\\]++|''|\\.)*+'", re.DOTALL)
BITS_END = pattern(r"[^']*+'")
QUOTED_NAME_END = pattern(r'(?:[^"]++|"")*+"')
CONTINUATION = pattern(r"(?:[ \t\f\v]|--[^\n\r]*+)*+[\n\r](?:[ \t\n\r\f\v]++|--[^\n\r]*+[\n\r])*+'")
COMMENT_EDGE = pattern(r"/\*|\*/")
DOLLAR_QUOTE = pattern(rf"\$(?:{_START}{_TAG_PART}*)?\$")
PARAMETER = pattern(r"\$([0-9]+)")
NUMBER = pattern(
    r"""
    (?P<radix> 0[xX](?:_?[0-9A-Fa-f])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+ )
  | (?P<digits> [0-9](?:_?[0-9])*+ )
    (?P<fraction> \.(?!\.)(?:[0-9](?:_?[0-9])*+)? )?
    (?P<exponent> [eE][-+]?[0-9](?:_?[0-9])*+ )?
  | (?P<point> \.[0-9](?:_?[0-9])*+ )(?P<point_exponent> [eE][-+]?[0-9](?:_?[0-9])*+ )?
    """,
    re.VERBOSE,
)
EMPTY_RADIX = pattern(rf"0([xXoObB])_?(?!{_PART})")
WORD_AFTER = pattern(IDENTIFIER)
NAME_AFTER = pattern(f"{_PART}+")
NAMELIKE_END = pattern(r"[A-Za-z_][0-9A-Za-z_]*$")
EMPTY_EXPONENT = pattern(r"[eE][-+]")
