-- Who publishes takes a number and holds nobody. The row `cuce` of feria_serie says from here on how far the numbers
-- from outside go; whoever would be given one of them takes the next above.
CREATE SEQUENCE feria_cuce_serie AS integer MAXVALUE 9999999;
GRANT SELECT, USAGE ON SEQUENCE feria_cuce_serie TO qhatu_aplicacion;
SELECT setval('feria_cuce_serie', ultimo) FROM feria_serie WHERE ambito = 'cuce';
