-- Units are told once of a call that fits what they do, where they are and how large it is.
CREATE TABLE feria_rubro (
    segmento VARCHAR(2) NOT NULL,
    division VARCHAR(2) NOT NULL,
    CONSTRAINT pk_feria_rubro PRIMARY KEY (segmento, division),
    CONSTRAINT ck_feria_rubro_segmento CHECK (segmento ~ '^[0-9]{2}$'),
    CONSTRAINT ck_feria_rubro_division CHECK (division ~ '^[0-9]{2}$')
);
GRANT SELECT ON feria_rubro TO qhatu_aplicacion;

CREATE TABLE feria_proceso_invitado (
    convocatoria_id UUID NOT NULL,
    hecho_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_proceso_invitado PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_proceso_invitado_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id)
);
GRANT SELECT, INSERT ON feria_proceso_invitado TO qhatu_aplicacion;

CREATE TABLE feria_invitacion (
    convocatoria_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    invitada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_invitacion PRIMARY KEY (convocatoria_id, unidad_id),
    CONSTRAINT fk_feria_invitacion_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_proceso_invitado (convocatoria_id),
    CONSTRAINT fk_feria_invitacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_feria_invitacion_unidad ON feria_invitacion (unidad_id, invitada_en);
GRANT SELECT, INSERT ON feria_invitacion TO qhatu_aplicacion;

CREATE TABLE feria_sin_invitaciones (
    unidad_id UUID NOT NULL,
    desde TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_sin_invitaciones PRIMARY KEY (unidad_id),
    CONSTRAINT fk_feria_sin_invitaciones_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id)
);
GRANT SELECT, INSERT, DELETE ON feria_sin_invitaciones TO qhatu_aplicacion;

-- What takes bids already was published without invitations: nobody is told of it now.
INSERT INTO feria_proceso_invitado (convocatoria_id)
    SELECT id FROM feria_convocatoria WHERE estado <> 'borrador';

-- A segment of UNSPSC, and the divisions of CIIU whose units usually provide it.
INSERT INTO feria_rubro (segmento, division)
    SELECT r.segmento, unnest(string_to_array(r.divisiones, ' '))
    FROM (VALUES
        ('10', '01 02 46'), ('11', '01 02 05 07 08 16 24'), ('12', '20 46'), ('13', '20 22'), ('14', '17 46 47'),
        ('15', '19 46 47'), ('20', '28 46'), ('21', '28 46'), ('22', '28 46 77'), ('23', '28 46'), ('24', '22 25 28 46'),
        ('25', '29 30 45'), ('26', '27 28 46'), ('27', '25 28 46 47'), ('30', '16 23 24 25 43 46 47'), ('31', '22 24 25 46'),
        ('32', '26 46'), ('39', '27 43 46 47'), ('40', '22 25 28 43 46 47'), ('41', '26 32 46'), ('42', '21 32 46 47'),
        ('43', '26 46 47 62'), ('44', '17 32 46 47'), ('45', '26 28 46 47'), ('46', '14 25 46 80'), ('47', '20 46 47 81'),
        ('48', '28 46 47'), ('49', '32 46 47'), ('50', '01 03 10 11 46 47'), ('51', '21 46 47'), ('52', '13 27 31 32 46 47'),
        ('53', '13 14 15 46 47'), ('54', '32 46 47'), ('55', '18 58 46 47'), ('56', '16 25 31 46 47'), ('60', '32 46 47'),
        ('70', '01 02 81'), ('71', '09'), ('72', '41 42 43'), ('73', '10 13 14 18 25 28'), ('76', '37 38 39 81'),
        ('77', '38 39 71 72'), ('78', '49 50 51 52 53'), ('80', '69 70 73 78 82'), ('81', '62 63 71 72'), ('82', '18 58 59 73 74'),
        ('83', '35 36 61'), ('84', '64 65 66'), ('85', '75 86 87'), ('86', '85'), ('90', '55 56 79 90 93'), ('91', '95 96'),
        ('92', '80 84'), ('93', '84 88 94'), ('94', '94')
    ) r (segmento, divisiones);
