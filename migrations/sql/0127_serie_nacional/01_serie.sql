-- The serial of a CUCE is of the whole country and never begins again: it goes on above the greatest given.

INSERT INTO feria_serie (ambito, ultimo)
    SELECT 'cuce', max(ultimo) FROM feria_serie WHERE ambito LIKE 'cuce:%' HAVING count(*) > 0;
DELETE FROM feria_serie WHERE ambito LIKE 'cuce:%';
