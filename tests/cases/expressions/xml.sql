SELECT xmlelement(NAME a, xmlattributes(nick, size AS s), 'x', id), xmlforest(nick, size AS n)
    FROM rider;
SELECT xmlelement(NAME a, xmlattributes(nick, 'x' AS nick)) FROM rider;
SELECT xmlelement(NAME a, xmlattributes(nick || 'x')) FROM rider;
SELECT xmlforest(1 + 1);
SELECT xmlconcat(page, '<a/>') FROM rider;
SELECT xmlconcat(size) FROM rider;
SELECT xmlparse(DOCUMENT $1), xmlparse(CONTENT nick), xmlpi(NAME a, 'x'), xmlroot(page, VERSION
    '1.0', STANDALONE YES) FROM rider;
SELECT page IS DOCUMENT, page IS NOT DOCUMENT, xmlserialize(CONTENT page AS text),
    xmlserialize(DOCUMENT page AS varchar(3)) FROM rider;
SELECT xmlserialize(CONTENT page AS int) FROM rider;
SELECT xmlserialize(CONTENT size AS text) FROM rider;
SELECT nick IS DOCUMENT FROM rider;
SELECT xmlagg(page ORDER BY id), xpath('/a', page), xmlexists('/a' PASSING BY REF page) FROM rider;
