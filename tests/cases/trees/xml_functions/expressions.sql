SELECT xmlelement(NAME a, xmlattributes(b, c AS d), e);
SELECT xmlforest(a, b AS c);
SELECT xmlparse(CONTENT a PRESERVE WHITESPACE);
SELECT xmlpi(NAME php, a);
SELECT xmlroot(a, VERSION NO VALUE);
SELECT xmlserialize(DOCUMENT a AS text);
SELECT xmlconcat(a, b);
