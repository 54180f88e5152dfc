-- Where a good was made, as its seller declares it: a country (ISO 3166), or empty.
ALTER TABLE comercio_producto
    ADD COLUMN origen varchar(2) DEFAULT '' NOT NULL,
    ADD CONSTRAINT ck_comercio_producto_origen CHECK (origen ~ '^([A-Z]{2})?$'),
    ADD CONSTRAINT ck_comercio_producto_origen_de_un_bien CHECK (origen = '' OR modalidad = 'envio');
GRANT UPDATE (origen) ON comercio_producto TO qhatu_aplicacion;

-- Each category is of a family of the United Nations' classification (UNSPSC), which public buyers use.
ALTER TABLE comercio_categoria ADD COLUMN unspsc varchar(8);
UPDATE comercio_categoria c SET unspsc = f.familia FROM (VALUES
    ('granos-andinos', '50220000'), -- cereal and pulse products
    ('cafe-y-cacao', '50200000'), -- beverages: coffee and tea
    ('miel-y-dulces', '50160000'), -- chocolate, sugars, sweeteners and confectionery
    ('castana-y-frutos-secos', '50100000'), -- nuts and seeds
    ('ajies-sal-y-especias', '50170000'), -- seasonings and preservatives
    ('charque-y-conservas', '50190000'), -- prepared and preserved foods
    ('infusiones', '50200000'),
    ('singani-y-vinos', '50200000'),
    ('alpaca-y-llama', '53100000'), -- clothing
    ('aguayos-y-tejidos', '11160000'), -- fabrics and leather materials
    ('ropa-y-polleras', '53100000'),
    ('cuero-y-calzado', '53110000'), -- footwear
    ('sombreros', '53100000'),
    ('ceramica', '60120000'), -- arts and crafts
    ('tallado-en-madera', '60120000'),
    ('instrumentos', '60130000'), -- musical instruments
    ('joyeria-y-plateria', '54100000'), -- jewelry
    ('cesteria', '60120000'),
    ('mascaras-y-danza', '60120000'),
    ('juguetes', '60140000'), -- toys and games
    ('muebles', '56100000'), -- accommodation furniture
    ('cocina', '52150000'), -- domestic kitchenware
    ('ropa-de-cama', '52120000'), -- bedclothes, linen and towels
    ('limpieza', '47130000'), -- cleaning and janitorial supplies
    ('jabones-y-cosmetica', '53130000'), -- personal care products
    ('plantas-medicinales', '51210000'), -- miscellaneous drugs: herbal
    ('semillas-y-abonos', '10150000'), -- seeds, bulbs, seedlings and cuttings
    ('herramientas', '27110000'), -- hand tools
    ('riego-y-apicultura', '21100000'), -- agricultural and forestry machinery
    ('papeleria', '44120000'), -- office supplies
    ('libros', '55100000'), -- printed media
    ('uniformes', '53100000'),
    ('confeccion', '73140000'), -- fiber, textile and fabric industries
    ('reparaciones', '72100000'), -- building and facility maintenance and repair
    ('refrigerios', '90100000'), -- restaurants and catering
    ('turismo', '90120000'), -- travel facilitation
    ('diseno-e-imprenta', '82120000') -- reproduction services
) AS f (codigo, familia) WHERE c.codigo = f.codigo;
ALTER TABLE comercio_categoria ADD CONSTRAINT ck_comercio_categoria_unspsc
    CHECK ((unspsc IS NULL) = (padre_codigo IS NULL) AND unspsc ~ '^[0-9]{4}0000$');
